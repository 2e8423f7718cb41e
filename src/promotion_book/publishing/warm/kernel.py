"""The forked kernel: ipykernel's application, kernel and shell, with one socket in place of five ports.

Whatever ipykernel does with a cell it does here too: streams of the process and of its children, rich
displays, magics, top-level await, comms. Only the ports and the heartbeat are missing.
"""

from __future__ import annotations

import asyncio
import os
import threading
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import Any

import zmq
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.session import Session

from promotion_book.publishing.warm.wire import Wire


class WireSession(Session):
    """A session whose messages go over the wire, whatever stream they were meant for."""

    wire: Wire

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, *_: Any, **rest: Any) -> Any:
        """Send a message, or one made of a type and a content."""
        message = msg_or_type
        if isinstance(message, str):
            message = self.msg(message, content, parent, rest.get("header"), rest.get("metadata"))
        buffers = rest.get("buffers") or message.get("buffers")
        self.wire.send({**message, "buffers": buffers})
        return message


class WireKernel(IPythonKernel):
    """A kernel that gets one request at a time, so nothing waits that an error would have to abort."""

    _supports_kernel_subshells = False

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Nothing to abort."""


class WireKernelApp(IPKernelApp):
    """ipykernel's application without ports."""

    def init_connection_file(self, **_: Any) -> None:
        """No connection file."""

    write_connection_file = log_connection_info = init_heartbeat = init_poller = init_connection_file

    def init_sockets(self) -> None:
        """Only the thread that gathers what is printed; its socket is bound to nothing."""
        self.iopub_thread = IOPubThread(zmq.Context().socket(zmq.XPUB), pipe=True, session=self.session)  # type: ignore[no-untyped-call]
        self.iopub_thread.start()  # type: ignore[no-untyped-call]
        self.iopub_socket = self.iopub_thread.background_socket

    def init_kernel(self) -> None:
        """The kernel itself."""
        self.kernel = WireKernel.instance(
            parent=self,
            session=self.session,
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            shell_channel_thread=SimpleNamespace(parent_thread=threading.current_thread()),
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count


def serve(connection: Connection) -> None:
    """Be a kernel for the notebook at the other end, until that end is closed."""
    wire = Wire(connection)
    session = WireSession()
    session.wire = wire
    asyncio.set_event_loop(loop := asyncio.new_event_loop())
    app = WireKernelApp.instance(session=session)
    app.initialize(["--HistoryManager.hist_file=:memory:"])  # type: ignore[no-untyped-call]
    _show_figures()
    loop.run_until_complete(_requests(wire, session, app.kernel))


def _show_figures() -> None:
    """Show figures inline, as a kernel does that imports matplotlib only now."""
    import matplotlib

    backend = os.environ["MPLBACKEND"]
    matplotlib.rcParams["backend"] = backend
    if "inline" in backend:
        from matplotlib_inline.backend_inline import _enable_matplotlib_integration

        _enable_matplotlib_integration()  # type: ignore[no-untyped-call]


async def _requests(wire: Wire, session: Session, kernel: IPythonKernel) -> None:
    while not wire.closed:
        request = await wire.get("shell")
        frames = session.serialize(request)
        await kernel.dispatch_shell([zmq.Message(frame) for frame in frames])
