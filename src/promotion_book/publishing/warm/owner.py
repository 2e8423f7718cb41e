"""The warm parent and its kernels, as the process that owns them sees them.

The first notebook of a process starts the parent. A kernel stands for nbclient's kernel manager and
kernel client in one. Where kernels cannot be forked, that is logged once.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import platform
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from jupyter_client.session import Session

from promotion_book.publishing.warm.parent import LIMIT, THREADS
from promotion_book.publishing.warm.wire import Message, Wire

logger = logging.getLogger("papermill")


class NotWarm(Exception):
    """No kernel can be forked; the message says why."""


class Parent:
    """The warm parent as its owner sees it."""

    def __init__(self) -> None:
        if platform.system() != "Linux":
            raise NotWarm(f"kernels are forked on Linux only, not on {platform.system()}")
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", "-m", "promotion_book.publishing.warm.parent", str(theirs.fileno())]
        environment = {**os.environ, **THREADS, "MPLBACKEND": "agg"}
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], env=environment)
        theirs.close()
        found = self._answer().get("threads")
        if found != 1:
            self.close()
            raise NotWarm(f"the warm parent has {found} threads")

    def fork(self) -> tuple[int, Connection]:
        """A kernel with this process's environment and working folder: its process id and its socket.

        Raises:
            NotWarm: the parent is gone, or cannot fork.
        """
        ours, theirs = socket.socketpair()
        request = json.dumps({"environment": dict(os.environ), "folder": str(Path.cwd())}).encode("utf-8")
        try:
            socket.send_fds(self.control, [request], [theirs.fileno()])
        except OSError as error:
            raise NotWarm(f"the warm parent cannot be asked: {error}") from error
        finally:
            theirs.close()
        said = self._answer()
        if "pid" not in said:
            ours.close()
            raise NotWarm(str(said["reason"]))
        return int(said["pid"]), Connection(ours.detach())

    def close(self) -> None:
        """End the parent and its kernels."""
        self.control.close()
        self.process.kill()
        self.process.wait()

    def _answer(self) -> dict[str, Any]:
        data = self.control.recv(LIMIT)
        if not data:
            raise NotWarm(f"the warm parent ended with {self.process.wait()}")
        return dict(json.loads(data))


@cache
def parent(owner: int) -> Parent | None:
    """The warm parent of the process `owner`, started once; None, logged once, where there can be none."""
    try:
        started = Parent()
    except NotWarm as reason:
        logger.warning("engine warm: %s; using the standard engine", reason)
        return None
    atexit.register(started.close)
    return started


def forked() -> Kernel | None:
    """A kernel forked from the warm parent of this process; None, logged, where there can be none."""
    warm = parent(os.getpid())
    try:
        return Kernel(*warm.fork()) if warm else None
    except NotWarm as reason:
        logger.warning("engine warm: %s; using the standard engine", reason)
        return None


class Channel:
    """A channel of a kernel as nbclient reads it."""

    def __init__(self, wire: Wire, name: str) -> None:
        self.wire, self.name = wire, name

    async def get_msg(self, timeout: float | None = None) -> Message:
        """The next message. Raises queue.Empty after `timeout` seconds."""
        return await self.wire.get(self.name, timeout)


class Kernel:
    """A forked kernel, as nbclient's kernel manager and kernel client in one."""

    has_kernel = True

    def __init__(self, pid: int, connection: Connection) -> None:
        self.pid, self.handle = pid, os.pidfd_open(pid)
        self.session = Session()
        self.wire = Wire(connection)
        self.iopub_channel, self.shell_channel = Channel(self.wire, "iopub"), Channel(self.wire, "shell")

    def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Ask for a cell to be run; the id of the request."""
        content = {"silent": False, "user_expressions": {}, "allow_stdin": False}
        return self._ask(
            "execute_request", {"code": code, "store_history": store_history, "stop_on_error": stop_on_error, **content}
        )

    def kernel_info(self) -> str:
        """Ask for the language of the kernel; the id of the request."""
        return self._ask("kernel_info_request", {})

    async def is_alive(self) -> bool:
        """Whether the process still runs."""
        return not select.select([self.handle], [], [], 0)[0]

    async def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs."""
        signal.pidfd_send_signal(self.handle, signal.SIGINT)

    def end(self) -> None:
        """End the process and what it started."""
        self.wire.close()
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        os.close(self.handle)

    def _ask(self, kind: str, content: dict[str, Any]) -> str:
        message = self.session.msg(kind, content)
        try:
            self.wire.send(message)
        except OSError:
            logger.debug("the kernel is gone; nbclient finds that out by itself")
        return str(message["msg_id"])
