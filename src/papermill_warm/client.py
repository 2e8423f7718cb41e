"""A forked kernel as nbclient sees it: kernel manager, kernel client and channels in one.

It ends when its wire is closed, and is killed if it does not or still has a cell to run; what it has started
and left in its process group goes with it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import select
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import Empty
from typing import Any

from jupyter_client.session import Session
from nbclient.exceptions import DeadKernelError

from papermill_warm.wire import KEY, Wire

logger = logging.getLogger("papermill")

PATIENCE = 2.5  # seconds that a kernel has for each step of its end, as with jupyter_client


class Channel:
    """A channel of a kernel: what is sent, and what has been received and not yet taken."""

    def __init__(self, kernel: Kernel) -> None:
        self.kernel = kernel
        self.messages: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def send(self, message: dict[str, Any]) -> None:
        """Send a message."""
        self.kernel.send(message)

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message.

        Raises:
            Empty: none came in `timeout` seconds.
            DeadKernelError: none will ever come.
        """
        self.kernel.listen()
        try:
            message = await asyncio.wait_for(self.messages.get(), timeout)
        except TimeoutError:
            raise Empty from None
        if message is None:
            self.messages.put_nowait(None)
            logger.error("Kernel died while waiting for execute reply.")  # nbclient's words
            raise DeadKernelError("Kernel died")
        return message


class Kernel:
    """A forked kernel."""

    has_kernel = True

    def __init__(self, pid: int, connection: Connection) -> None:
        self.pid, self.handle = pid, os.pidfd_open(pid)
        self.session, self.wire = Session(key=KEY), Wire(connection)
        self.shell_channel, self.iopub_channel = Channel(self), Channel(self)
        self.running = ""
        self._loop: asyncio.AbstractEventLoop | None = None

    def execute(self, code: str, store_history: bool = True, *, stop_on_error: bool = True) -> str:
        """Ask for a cell to be run; the id of the request."""
        asked = {"code": code, "store_history": store_history, "stop_on_error": stop_on_error}
        content = {"silent": False, "user_expressions": {}, "allow_stdin": False, **asked}
        self.running = self.send(self.session.msg("execute_request", content))
        return self.running

    def kernel_info(self) -> str:
        """Ask for the language of the kernel; the id of the request."""
        return self.send(self.session.msg("kernel_info_request", {}))

    def send(self, message: dict[str, Any]) -> str:
        """Send a message; its id. That a kernel is gone is found by whoever waits for its answer."""
        with suppress(OSError):
            self.wire.send("shell", self.session.serialize(message))
        return str(message["header"]["msg_id"])

    def listen(self) -> None:
        """Receive messages in the loop that runs."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self.wire.fileno(), self._receive)

    def _receive(self) -> None:
        try:
            name, frames = self.wire.receive()
        except (EOFError, OSError):
            self._deaf()
            self.running = ""
            self.shell_channel.messages.put_nowait(None)
            return
        message = self.session.deserialize(self.session.feed_identities(frames)[1])
        if message["parent_header"].get("msg_id") == self.running and message["msg_type"] == "execute_reply":
            self.running = ""
        (self.shell_channel if name == "shell" else self.iopub_channel).messages.put_nowait(message)

    def _deaf(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self.wire.fileno())

    async def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self.handle >= 0 and not self._ended(0)

    async def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs, and what it has started."""
        self._signal(signal.SIGINT)

    def end(self) -> None:
        """End the process and what it has left behind."""
        self._deaf()
        self.wire.close()
        for step in () if self.running else (signal.SIGTERM, signal.SIGKILL):
            if self._ended(PATIENCE):
                break
            self._signal(step)
        self._signal(signal.SIGKILL)
        os.close(self.handle)
        self.handle = -1

    def _ended(self, patience: float) -> bool:
        return bool(select.select([self.handle], [], [], patience)[0])

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)
