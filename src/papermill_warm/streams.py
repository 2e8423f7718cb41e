"""The streams of a forked kernel: ipykernel's own, but who prints also sends, and no thread is waited for.

What a child process has written to the descriptors is taken from the pipe with each flush, so that it stands
with the cell that ran the child, however busy the machine is.
"""

from __future__ import annotations

import io
import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, redirect_stderr, redirect_stdout
from typing import Any

from ipykernel import iostream
from ipykernel.iostream import PIPE_BUFFER_SIZE

PIPE_CAPACITY = 1 << 16


class IOPubThread(iostream.IOPubThread):
    """ipykernel's thread for what is published: it flushes now and then; messages do not wait for it."""

    def send_multipart(self, *message: Any, **options: Any) -> None:
        """Send a message at once."""
        self._really_send(*message, **options)


class OutStream(iostream.OutStream):
    """A standard stream, and what is written past it to its descriptor."""

    _flush_pending: bool

    def __init__(self, *options: Any, **more: Any) -> None:
        self.order = threading.RLock()
        super().__init__(*options, **more)

    def flush(self) -> None:
        """Send what has been written; a flush that is due later stays due, and no other is planned beside it."""
        if self._is_master_process():
            self._take()
        due = self._flush_pending
        self._flush()
        self._flush_pending = due

    def _flush(self) -> None:
        with self.order if self._is_master_process() else nullcontext():
            super()._flush()

    def _watch_pipe_fd(self) -> None:
        while self._watched(None):
            self._take()

    def _watched(self, patience: float | None) -> bool:
        """Whether the descriptor is watched and has something to read, now or in some seconds; None waits for ever."""
        pipe = [self._fid] if self._should_watch else []
        return bool(pipe and select.select(pipe, [], [], patience)[0] and self._should_watch)

    def _take(self) -> None:
        """Write what is in the pipe, in pieces of the size that ipykernel decodes."""
        with self.order:
            for _ in range(PIPE_CAPACITY // PIPE_BUFFER_SIZE + 1):
                if not self._watched(0):
                    return
                piece = os.read(self._fid, PIPE_BUFFER_SIZE)
                self._should_watch = bool(piece)
                self.write(piece.decode(errors="replace"))
                os.write(self._original_stdstream_copy, piece)


class Quiet(io.StringIO):
    """A stream with what libraries ask of a kernel's own while they are imported."""

    encoding = iostream.OutStream.encoding


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing is said, as before the first cell of a notebook."""
    with redirect_stdout(Quiet()), redirect_stderr(Quiet()):
        yield
