"""A process for one job: forked from the warm parent of this process, or, where none can be, started anew.

It calls a function with one end of a socket. Its output and errors go to a log.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol

from promotion_book.publishing.warm.owner import called

PROGRAM = (
    "import sys; from importlib import import_module; from multiprocessing.connection import Connection\n"
    "module, name = sys.argv[1].split(':'); getattr(import_module(module), name)(Connection(int(sys.argv[2])))"
)


class Process(Protocol):
    """A process that runs."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""

    def ended(self, patience: float) -> bool:
        """Whether it has ended, waiting so many seconds for that."""


class Forked:
    """A process forked from the warm parent, which collects it when it ends."""

    def __init__(self, pid: int) -> None:
        self.handle = os.pidfd_open(pid)

    def terminate(self) -> None:
        """Ask it to end."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._signal(signal.SIGKILL)

    def ended(self, patience: float) -> bool:
        """Whether it has ended, waiting so many seconds for that."""
        return bool(select.select([self.handle], [], [], patience)[0])

    def __del__(self) -> None:
        os.close(self.handle)

    def _signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, number)


class Started(subprocess.Popen[bytes]):
    """A process started anew."""

    def ended(self, patience: float) -> bool:
        """Whether it has ended, waiting so many seconds for that."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(patience)
        return self.returncode is not None


def process(function: str, folder: Path, log: Path, environment: Mapping[str, str]) -> tuple[Process, Connection]:
    """A process in a folder that calls a function, `module:name`, with its end of a socket; the other end is returned."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        forked = called(function, folder, (descriptor, descriptor), environment)
        if forked:
            return Forked(forked[0]), forked[1]
        return _started(function, folder, descriptor, environment)
    finally:
        os.close(descriptor)


def _started(function: str, folder: Path, log: int, environment: Mapping[str, str]) -> tuple[Process, Connection]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        started = Started(
            [sys.executable, "-c", PROGRAM, function, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        return started, Connection(ours.detach())
