"""The forked kernel: ipykernel's application, kernel and shell, with one socket in place of five ports.

Whatever ipykernel does with a cell it does here too: streams of the process and of its children, rich
displays, magics, top-level await, comms. Only the ports, the heartbeat and subshells are missing. The
parent prepares the application as far as that needs no thread, no socket and nothing of the notebook; the
kernel does the rest.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipykernel_launcher
import traitlets
import zmq
from ipykernel import ipkernel, kernelapp
from ipykernel.utils import _async_in_context
from IPython.core.application import BaseIPythonApplication
from jupyter_client.session import Session, new_id
from tornado.ioloop import IOLoop

from papermill_warm.streams import IOPubThread, OutStream, quiet
from papermill_warm.wire import KEY, Wire, pack_content

ARGUMENTS = ["-f", "", "--HistoryManager.hist_file=:memory:"]


class WireStream:
    """A channel of the wire in place of a stream or socket of ZeroMQ."""

    closed = False
    io_loop: IOLoop

    def __init__(self, wire: Wire, channel: str) -> None:
        self.wire, self.channel = wire, channel
        self.context = zmq.Context()

    def send_multipart(self, frames: list[Any], *_: Any, **__: Any) -> None:
        """Send a message; where nobody is left to read it, it is lost."""
        with suppress(OSError):
            self.wire.send(self.channel, frames)


class IPythonKernel(ipkernel.IPythonKernel):
    """A kernel that reads its requests from the wire and ends with it."""

    _supports_kernel_subshells = False
    _execute_sleep = 0.0
    shell_stream = traitlets.Any()

    def start(self) -> None:
        """Read requests from now on."""
        self.shell.exit_now = False
        self.io_loop = self.shell_stream.io_loop = IOLoop.current()
        handle = _async_in_context(partial(self.shell_main, None))
        self.io_loop.add_handler(self.shell_stream.wire, partial(self._read, handle), IOLoop.READ)

    def _read(self, handle: Callable[[list[zmq.Message]], Any], wire: Wire, _: int) -> None:
        try:
            frames = wire.receive()[1]
        except (EOFError, OSError):
            self.io_loop.remove_handler(wire)
            self.io_loop.add_callback(self.shutdown_request, None, [], {"header": {}, "content": {"restart": False}})
        else:
            self.io_loop.add_callback(handle, [zmq.Message(frame) for frame in frames])

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Nothing waits that an error would have to abort: the client sends one request at a time."""


class IPKernelApp(kernelapp.IPKernelApp):
    """ipykernel's application, in two steps: before and after the fork."""

    outstream_class = f"{OutStream.__module__}.{OutStream.__name__}"

    def prepare(self) -> None:
        """The first step, in the parent: configuration, kernel and shell."""
        self.session = Session(parent=self, key=KEY, pack=pack_content)
        BaseIPythonApplication.initialize(self, ARGUMENTS)
        self.init_pdb()
        self.init_kernel()
        self.init_path()
        self.init_shell()
        assert self.shell.display_formatter.formatters  # they are made when they are first asked for

    def init_kernel(self) -> None:
        """The kernel, not yet connected."""
        with quiet():
            self.kernel = IPythonKernel.instance(
                parent=self,
                session=self.session,
                shell_channel_thread=SimpleNamespace(parent_thread=threading.current_thread()),
                log=self.log,
                profile_dir=self.profile_dir,
                user_ns=self.user_ns,
            )

    def serve(self, connection: Connection) -> None:
        """The second step, in the kernel's own process: be the kernel of a notebook until it is done."""
        wire = Wire(connection)
        os.register_at_fork(after_in_child=wire.forget)
        self._connect(wire)
        self._settle()
        self.init_gui_pylab()
        self.init_extensions()
        self.init_code()
        if "matplotlib" in sys.modules:
            sys.modules["matplotlib"].rcParams["backend"] = os.environ["MPLBACKEND"]
        self.start()

    def _connect(self, wire: Wire) -> None:
        """Threads, streams and hooks, as ipykernel makes them at its start."""
        kernel, shell = self.kernel, self.shell
        self.session.pid, self.session.session = os.getpid(), new_id()
        self.iopub_thread = IOPubThread(WireStream(wire, "iopub"), pipe=True, session=self.session)
        self.iopub_thread.start()
        self.iopub_socket = self.iopub_thread.background_socket
        self.configure_tornado_logger()
        self.init_io()
        threading.Thread()  # takes the number of ipykernel's poller: threads of a notebook may tell theirs
        self.init_signal()
        self.displayhook.get_execution_count = lambda: kernel.execution_count
        kernel.shell_stream = WireStream(wire, "shell")
        kernel.iopub_thread, kernel.iopub_socket = self.iopub_thread, self.iopub_socket
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = self.iopub_socket

    def _settle(self) -> None:
        """What the shell takes from the environment and the working folder."""
        self.shell.init_environment()
        self.shell.starting_dir = str(Path.cwd())
        self.shell.history_manager.dir_hist[:] = [Path.cwd()]


def prepare_app() -> IPKernelApp:
    """The application, as far as it can be made before the fork."""
    sys.argv[:] = [str(ipykernel_launcher.__file__), *ARGUMENTS]
    app = IPKernelApp.instance()
    app.prepare()
    return app


def finish() -> None:
    """What an interpreter does at its end, but for taking its modules apart."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    gc.collect()
