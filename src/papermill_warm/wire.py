"""Jupyter's multipart messages over one socket, each to a channel: `shell` or `iopub`.

A message is the name of its channel and the frames that a Session makes of it, sent in one piece: the
number of parts, their sizes, the parts. One side reads in a loop; sending is safe from any thread. A process
that the notebook forks has the wire no more. Half a character, which Jupyter cannot send and then waits for ever,
goes as the replacement character, with either engine.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterable
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from jupyter_client.jsonutil import json_default
from jupyter_client.session import json_packer

KEY = b"wire"  # the messages are signed because jupyter_client wants it; nobody else can reach the socket
NUMBER = struct.Struct("!Q")


def pack_content(content: Any) -> bytes:
    """The content of a message, as a kernel packs it."""
    try:
        return json_packer(content)
    except UnicodeEncodeError:
        written = json.dumps(content, default=json_default, ensure_ascii=False, allow_nan=False)
        return written.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode("utf-8")


class Wire:
    """One end of the socket."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sending = Lock()

    def fileno(self) -> int:
        """The descriptor of the socket."""
        return self._connection.fileno()

    @property
    def closed(self) -> bool:
        """Whether this end is closed."""
        return self._connection.closed

    def send(self, channel: str, frames: Iterable[bytes | memoryview]) -> None:
        """Send a message.

        Raises:
            OSError: an end is closed.
        """
        parts = [channel.encode("utf-8"), *map(bytes, frames)]
        sizes = b"".join(map(NUMBER.pack, [len(parts), *map(len, parts)]))
        with self._sending:
            self._connection.send_bytes(b"".join([sizes, *parts]))

    def receive(self) -> tuple[str, list[bytes]]:
        """The channel and the frames of the next message.

        Raises:
            EOFError, OSError: an end is closed.
        """
        message = self._connection.recv_bytes()
        (count,) = NUMBER.unpack_from(message)
        sizes = struct.unpack_from(f"!{count}Q", message, NUMBER.size)
        start, parts = NUMBER.size * (count + 1), []
        for size in sizes:
            parts.append(message[start : start + size])
            start += size
        return parts[0].decode("utf-8"), parts[1:]

    def close(self) -> None:
        """Close this end; closing again does nothing."""
        self._connection.close()

    def forget(self) -> None:
        """In a forked process: lead to nowhere, without a word to the loop that both processes would share."""
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, self.fileno(), inheritable=False)
        os.close(nowhere)
        self._sending = Lock()
