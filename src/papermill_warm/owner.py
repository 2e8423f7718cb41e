"""The warm parent, as the process that owns it sees it.

    start()                          # it begins to warm up, and nobody waits
    forked(folder)                   # waits until it is warm, and forks a kernel
    called(function, inherited)      # forks a kernel, and a process that calls a function to run a notebook in it

A process has one parent, whichever of its threads asks, and a new one when that has died. A process that was
given a kernel uses that. Where nothing can be forked, the reason is logged once.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import platform
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

from papermill_warm.client import Kernel
from papermill_warm.parent import FIXED, LIMIT

logger = logging.getLogger("papermill")

PROGRAM = (
    "import sys; sys.path[:1] = filter(None, sys.path[:1])\n"  # nothing is imported from the working folder
    "from papermill_warm import parent; parent.main(int(sys.argv[1]))"
)
LIMITS = [value for name, value in vars(resource).items() if name.startswith("RLIMIT_")]
Forked = tuple[int, Connection]  # a process and its socket


class NotWarm(Exception):
    """Nothing can be forked; the message says why."""


@dataclass(frozen=True)
class Inherited:
    """What a forked process gets from its owner: folder, output and error streams, more environment, other limits.

    In a `hurry` it does not wait until the parent is warm.
    """

    folder: Path
    output: int = 1
    errors: int = 2
    environment: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    hurry: bool = False

    def request(self, function: str) -> dict[str, Any]:
        """The request for a process that inherits this, and is to call a function or be a kernel."""
        mask = re.search(r"^Umask:\s*(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"), re.MULTILINE)
        assert mask
        return {
            "function": function,
            "hurry": self.hurry,
            "environment": {**os.environ, "JPY_PARENT_PID": str(os.getpid()), **self.environment},
            "folder": str(self.folder.absolute()),
            "mask": int(mask[1], 8),
            "limits": {**{limit: resource.getrlimit(limit) for limit in LIMITS}, **self.limits},
        }


class Parent:
    """The warm parent as its owner sees it; its number of threads is known when it is warm."""

    threads: int | None = None

    def __init__(self, environment: Mapping[str, str]) -> None:
        if platform.system() != "Linux":
            raise NotWarm(f"kernels are forked on Linux only, not on {platform.system()}")
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command, environment = (
            [sys.executable, "-c", PROGRAM, str(theirs.fileno())],
            {**os.environ, **FIXED, **environment},
        )
        with theirs:
            self.process = subprocess.Popen(  # in a group of its own: what stops this process at a terminal does not
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env=environment, process_group=0
            )

    @property
    def dead(self) -> bool:
        """Whether the parent has been warm and is no more."""
        return self.threads is not None and self.process.poll() is not None

    def fork(self, inherited: Inherited, function: str = "", given: Sequence[int] = ()) -> Forked:
        """A process and its socket; `given` are more descriptors for it. Without hurry it waits for the parent to be warm.

        Raises:
            NotWarm: the parent is gone, or cannot fork.
        """
        self.threads = self.threads or int(self._answer()["threads"])
        if self.threads != 1:
            raise NotWarm(f"the warm parent has {self.threads} threads")
        ours, theirs = socket.socketpair()
        with ours, theirs:
            descriptors = [theirs.fileno(), inherited.output, inherited.errors, *given]
            said = self._ask(inherited.request(function), descriptors)
            if "pid" not in said:
                raise NotWarm(str(said["reason"]))
            return int(said["pid"]), Connection(ours.detach())

    def close(self) -> None:
        """End the parent and what it has forked."""
        self.control.close()
        self.process.kill()
        self.process.wait()

    def _ask(self, request: dict[str, Any], descriptors: list[int]) -> dict[str, Any]:
        try:
            socket.send_fds(self.control, [json.dumps(request).encode("utf-8")], descriptors)
        except OSError as error:
            raise NotWarm(f"the warm parent cannot be asked: {error}") from error
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        data = b""
        with suppress(ConnectionError):
            data = self.control.recv(LIMIT)
        if not data:
            raise NotWarm(f"the warm parent ended with {self.process.wait()}")
        return dict(json.loads(data))


class Owner:
    """This process as the owner of a parent."""

    def __init__(self) -> None:
        self.asking = Lock()
        self.parent: Parent | None = None
        self.given: Forked | None = None
        self.said: set[str] = set()
        self.environment: dict[str, str] = {}

    def start(self, **environment: str) -> Parent | None:
        """The parent, warm or not yet; None where there can be none. It has this environment, or is replaced."""
        with self.asking:
            if not environment.items() <= self.environment.items():
                self.close()
                self.environment |= environment
            try:
                return self._present()
            except NotWarm as reason:
                self._tell(reason)
                return None

    def fork(self, folder: Path) -> Kernel | None:
        """A kernel: the one that was given, or one forked from the parent; None where there can be none."""
        if self.given:
            made, self.given = self.given, None
            return Kernel(*made)
        with self.asking:
            try:
                return Kernel(*self._present().fork(Inherited(folder, hurry=True)))
            except NotWarm as reason:
                self._tell(reason)
                return None

    def call(self, function: str, inherited: Inherited) -> tuple[Forked, int] | None:
        """A process that calls a function, `module:name`, with its socket and that of a kernel, and the kernel's
        process id; None as above."""
        with self.asking:
            try:
                kernel, wire = self._present().fork(inherited)
                with closing(wire):
                    return self._present().fork(inherited, function, [wire.fileno()]), kernel
            except NotWarm as reason:
                self._tell(reason)
                return None

    def give(self, kernel: int, wire: Connection) -> None:
        """Let the next notebook of this process run in a kernel that was forked for it."""
        self.given = kernel, wire

    def _present(self) -> Parent:
        if self.parent and self.parent.dead:
            self.close()
        self.parent = self.parent or Parent(self.environment)
        return self.parent

    def _tell(self, reason: NotWarm) -> None:
        if str(reason) not in self.said:
            self.said.add(str(reason))
            logger.warning("engine warm: %s; using the standard engine", reason)

    def close(self) -> None:
        """End the parent."""
        if self.parent:
            self.parent.close()
            self.parent = None

    def forget(self) -> None:
        """In a forked process: leave the parent to the process that owns it."""
        if self.parent:
            self.parent.control.close()
        self.__init__()  # type: ignore[misc]


OWNER = Owner()
start, forked, called, give = OWNER.start, OWNER.fork, OWNER.call, OWNER.give
atexit.register(OWNER.close)
os.register_at_fork(after_in_child=OWNER.forget)
