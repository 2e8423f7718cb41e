"""Jupyter messages over one socket: each a frame of JSON, followed by its buffers as frames.

Both ends are asynchronous. A message goes to the queue of its channel, `iopub` or `shell`; the end of
the socket is told by `closed`.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from multiprocessing.connection import Connection
from queue import Empty
from threading import Lock
from typing import Any

from jupyter_client.jsonutil import json_default

Message = dict[str, Any]
SHELL = ("execute_request", "execute_reply", "kernel_info_request", "kernel_info_reply")


class Wire:
    """One end of the socket. Sending is safe from any thread; reading happens in the loop that first waits."""

    def __init__(self, connection: Connection) -> None:
        self.closed = False
        self._connection = connection
        self._sending = Lock()
        self._reading: asyncio.AbstractEventLoop | None = None
        self._queues: dict[str, asyncio.Queue[Message]] = defaultdict(asyncio.Queue)

    def send(self, message: Message) -> None:
        """Send a message.

        Raises:
            OSError: the other end is gone.
        """
        buffers = message.get("buffers") or []
        parts = ("header", "parent_header", "metadata", "content", "msg_id", "msg_type")
        text = json.dumps({**{name: message[name] for name in parts}, "frames": len(buffers)}, default=json_default)
        with self._sending:
            for frame in (text.encode("utf-8"), *map(bytes, buffers)):
                self._connection.send_bytes(frame)

    async def get(self, channel: str, timeout: float | None = None) -> Message:
        """The next message of a channel.

        Raises:
            Empty: none came in `timeout` seconds.
        """
        self._read_in(asyncio.get_running_loop())
        try:
            return await asyncio.wait_for(self._queues[channel].get(), timeout)
        except TimeoutError:
            raise Empty from None

    def close(self) -> None:
        """Close this end; closing again does nothing."""
        if self.closed:
            return
        if self._reading is not None and not self._reading.is_closed():
            self._reading.remove_reader(self._connection.fileno())
        self._connection.close()
        self.closed = True

    def _read_in(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._reading is None and not self.closed:
            self._reading = loop
            loop.add_reader(self._connection.fileno(), self._receive)

    def _receive(self) -> None:
        try:
            message = json.loads(self._connection.recv_bytes())
            message["buffers"] = [memoryview(self._connection.recv_bytes()) for _ in range(message.pop("frames"))]
        except (EOFError, OSError):
            self.close()
            return
        channel = "shell" if message["msg_type"] in SHELL else "iopub"
        self._queues[channel].put_nowait(message)
