"""The warm parent, as the process that owns it sees it.

    start()            # it begins to warm up, and nobody waits
    forked(folder)     # waits until it is warm, and forks a kernel

A process has one parent, whichever of its threads asks, and a new one when that has died. Where kernels
cannot be forked, the reason is logged once.
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
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any

from promotion_book.publishing.warm.client import Kernel
from promotion_book.publishing.warm.parent import LIMIT, THREADS

logger = logging.getLogger("papermill")

PROGRAM = (
    "import sys; sys.path[:1] = filter(None, sys.path[:1])\n"  # nothing is imported from the working folder
    "from promotion_book.publishing.warm import parent; parent.main(int(sys.argv[1]))"
)
LIMITS = [value for name, value in vars(resource).items() if name.startswith("RLIMIT_")]


class NotWarm(Exception):
    """No kernel can be forked; the message says why."""


class Parent:
    """The warm parent as its owner sees it; its number of threads is known when it is warm."""

    threads: int | None = None

    def __init__(self) -> None:
        if platform.system() != "Linux":
            raise NotWarm(f"kernels are forked on Linux only, not on {platform.system()}")
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command, environment = [sys.executable, "-c", PROGRAM, str(theirs.fileno())], {**os.environ, **THREADS}
        with theirs:
            self.process = subprocess.Popen(  # in a group of its own: what stops this process at a terminal does not
                command, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()], env=environment, process_group=0
            )

    @property
    def dead(self) -> bool:
        """Whether the parent has been warm and is no more."""
        return self.threads is not None and self.process.poll() is not None

    def fork(self, folder: Path) -> Kernel:
        """A kernel in a folder, with what a process that starts now would inherit. Waits for the parent to be warm.

        Raises:
            NotWarm: the parent is gone, or cannot fork.
        """
        self.threads = self.threads or int(self._answer()["threads"])
        if self.threads != 1:
            raise NotWarm(f"the warm parent has {self.threads} threads")
        ours, theirs = socket.socketpair()
        with ours, theirs:
            said = self._ask(inheritance(folder), [theirs.fileno(), 1, 2])
            if "pid" not in said:
                raise NotWarm(str(said["reason"]))
            return Kernel(int(said["pid"]), Connection(ours.detach()))

    def close(self) -> None:
        """End the parent and its kernels."""
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


def inheritance(folder: Path) -> dict[str, Any]:
    """What a process that this one starts in a folder would inherit."""
    mask = re.search(r"^Umask:\s*(\d+)", Path("/proc/self/status").read_text(encoding="utf-8"), re.MULTILINE)
    assert mask
    return {
        "environment": {**os.environ, "JPY_PARENT_PID": str(os.getpid())},
        "folder": str(folder.absolute()),
        "mask": int(mask[1], 8),
        "limits": {limit: resource.getrlimit(limit) for limit in LIMITS},
    }


class Owner:
    """This process as the owner of a parent."""

    def __init__(self) -> None:
        self.asking = Lock()
        self.parent: Parent | None = None
        self.said: set[str] = set()

    def start(self) -> Parent | None:
        """The parent, warm or not yet; None where there can be none."""
        with self.asking:
            try:
                return self._present()
            except NotWarm as reason:
                return self._none(reason)

    def fork(self, folder: Path) -> Kernel | None:
        """A kernel forked from the parent; None where there can be none."""
        with self.asking:
            try:
                return self._present().fork(folder)
            except NotWarm as reason:
                return self._none(reason)

    def _present(self) -> Parent:
        if self.parent and self.parent.dead:
            self.parent.close()
            self.parent = None
        self.parent = self.parent or Parent()
        return self.parent

    def _none(self, reason: NotWarm) -> None:
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
start, forked = OWNER.start, OWNER.fork
atexit.register(OWNER.close)
os.register_at_fork(after_in_child=OWNER.forget)
