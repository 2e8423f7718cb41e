"""A process for one job: forked from the warm parent with a kernel for it, or, where none can be, started anew.

It calls a function with one end of a socket, and that of its kernel if it has one. Their output and errors go
to a log.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from papermill_warm.owner import Inherited, fork_call

PROGRAM = (
    "import sys; from papermill_warm.parent import Connection, call\ncall(sys.argv[1], Connection(int(sys.argv[2])))"
)


class ForkedProcess:
    """A process forked from the warm parent, which collects it when it ends; `kernel` is that of the kernel it was given, or 0."""

    def __init__(self, pid: int, kernel: int) -> None:
        self.kernel, self.handle = kernel, os.pidfd_open(pid)

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


class StartedProcess(subprocess.Popen[bytes]):
    """A process started anew."""

    kernel = 0

    def ended(self, patience: float) -> bool:
        """Whether it has ended, waiting so many seconds for that."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(patience)
        return self.returncode is not None


Process = ForkedProcess | StartedProcess


def start_process(function: str, log: Path, *, inherited: Inherited) -> tuple[Process, Connection]:
    """A process that calls a function, `module:name`, and writes to a log; the other end of its socket is returned."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        inherited = replace(inherited, output=descriptor, errors=descriptor)
        forked = fork_call(function, inherited)
        if forked:
            return ForkedProcess(forked.pid, forked.kernel), forked.connection
        return _started(function, inherited)
    finally:
        os.close(descriptor)


def _started(function: str, inherited: Inherited) -> tuple[Process, Connection]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        started = StartedProcess(
            [sys.executable, "-c", PROGRAM, function, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=inherited.folder,
            stdin=subprocess.DEVNULL,
            stdout=inherited.output,
            stderr=inherited.errors,
            env={**os.environ, **inherited.environment},
            start_new_session=True,
        )
        return started, Connection(ours.detach())
