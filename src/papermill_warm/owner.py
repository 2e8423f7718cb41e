"""The warm parent, as the process that owns it sees it.

    start()                          # it begins to warm up, and nobody waits
    fork_kernel(folder)              # a kernel, as warm as the parent is by then
    fork_call(function, inherited)   # waits until it is warm; a kernel, and a process that calls a function to run a
                                     # notebook in it

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
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, TypeVar

from papermill_warm.client import Kernel
from papermill_warm.parent import FIXED, LIMIT

logger = logging.getLogger("papermill")

PROGRAM = (
    "import sys; sys.path[:1] = filter(None, sys.path[:1])\n"  # nothing is imported from the working folder
    "from papermill_warm import parent; parent.main(int(sys.argv[1]))"
)
Asked = TypeVar("Asked")
LIMITS = [value for name, value in vars(resource).items() if name.startswith("RLIMIT_")]


class Child(NamedTuple):
    """A forked process and its socket; `kernel` is the process id of the kernel that it was given, or 0."""

    pid: int
    connection: Connection
    kernel: int = 0


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
        command, given = [sys.executable, "-c", PROGRAM, str(theirs.fileno())], {**os.environ, **FIXED, **environment}
        with theirs:
            self.process = subprocess.Popen(  # in a group of its own: what stops this process at a terminal does not
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env=given, process_group=0
            )

    @property
    def dead(self) -> bool:
        """Whether the parent has been warm and is no more."""
        return self.threads is not None and self.process.poll() is not None

    def fork(self, inherited: Inherited, function: str = "", *, given: Sequence[int] = ()) -> Child:
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
            return Child(int(said["pid"]), Connection(ours.detach()))

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
        self.given: Child | None = None
        self.said: set[str] = set()
        self.environment: dict[str, str] = {}

    def start(self, **environment: str) -> Parent | None:
        """The parent, warm or not yet; None where there can be none. It has this environment, or is replaced."""
        with self.asking:
            if not environment.items() <= self.environment.items():
                self.close()
                self.environment |= environment
            return self._asked(self._present)

    def fork_kernel(self, folder: Path) -> Kernel | None:
        """A kernel: the one that was given, or one forked from the parent; None where there can be none."""
        child, self.given = self.given, None
        if not child:
            with self.asking:
                child = self._asked(lambda: self._present().fork(Inherited(folder, hurry=True)))
        return Kernel(child.pid, child.connection) if child else None

    def fork_call(self, function: str, inherited: Inherited) -> Child | None:
        """A process that calls a function, `module:name`, with its socket and that of a kernel; None as above."""

        def fork() -> Child:
            kernel = self._present().fork(inherited)
            with closing(kernel.connection) as wire:
                return self._present().fork(inherited, function, given=[wire.fileno()])._replace(kernel=kernel.pid)

        with self.asking:
            return self._asked(fork)

    def give_kernel(self, kernel: int, wire: Connection) -> None:
        """Let the next notebook of this process run in a kernel that was forked for it."""
        self.given = Child(kernel, wire)

    def _present(self) -> Parent:
        if self.parent and self.parent.dead:
            self.close()
        self.parent = self.parent or Parent(self.environment)
        return self.parent

    def _asked(self, ask: Callable[[], Asked]) -> Asked | None:
        """What the parent gives; None where it gives nothing, and the reason is logged once."""
        try:
            return ask()
        except NotWarm as reason:
            if str(reason) not in self.said:
                self.said.add(str(reason))
                logger.warning("engine warm: %s; using the standard engine", reason)
            return None

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
start, fork_kernel, fork_call, give_kernel = OWNER.start, OWNER.fork_kernel, OWNER.fork_call, OWNER.give_kernel
atexit.register(OWNER.close)
os.register_at_fork(after_in_child=OWNER.forget)
