"""A pool on this machine: each job in a process forked from one in which all libraries are imported.

The process of a job is limited in memory and on the clock. Stopping asks it first, so that it ends its
kernel and what that started; one that does not answer is killed. What a user has set for Python, IPython and
matplotlib, and locale and time zone, are no part of a run: it has `SETTINGS`, and a folder without any of them.
"""

from __future__ import annotations

import atexit
import os
import resource
import shutil
import signal
import sys
import time
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from multiprocessing.connection import Connection, wait
from pathlib import Path
from tempfile import mkdtemp
from types import FrameType
from typing import NoReturn

from papermill_warm.owner import Inherited, give_kernel, start
from papermill_warm.parent import FIXED, WARM_UP, end_with_parent
from promotion_book.report.numbering import CHAPTER_VARIABLE
from promotion_book.report.results import VARIABLE
from promotion_book.running.execution import Job, Outcome, begun_last, execute
from promotion_book.running.pool import Runner
from promotion_book.running.pool.process import Process, start_process
from promotion_book.running.warm_up import EDITIONS

SETTINGS = {
    "PYTHONHASHSEED": "0",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "SOURCE_DATE_EPOCH": "0",  # the date in a drawing of matplotlib
    "MPLBACKEND": "",  # the kernel's own, which shows a figure below its cell
    "PYTHONSTARTUP": "",
}
STEPS = "promotion_book.running.warm_up:steps"  # what the warm parent of this book does before it forks
DRAWING = "svg.hashsalt: promotion-book\n"
KERNEL = """c.InteractiveShell.system_raise_on_error = True  # a command of the shell that fails, fails the cell
c.IPKernelApp.exec_lines = ["del quit, exit"]  # they would end the kernel after its cell, as if that were the last one
"""
TRIES = 2
GRACE = 5.0  # seconds for a process to end what it started


@dataclass(frozen=True)
class Limits:
    """What a job may use: seconds on the clock, and bytes of memory in each of its processes."""

    seconds: float = 300.0
    bytes: int = 4 << 30


@cache
def settings() -> dict[str, str]:
    """The environment of every run; its folder lasts as long as this process."""
    folder = Path(mkdtemp(prefix="promotion-book-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "matplotlibrc").write_text(DRAWING, encoding="utf-8")
    (folder / "profile_default").mkdir()
    (folder / "profile_default" / "ipython_kernel_config.py").write_text(KERNEL, encoding="utf-8")
    fonts, drawing = _list_of_fonts(folder), folder / "matplotlibrc"
    return {**SETTINGS, "MPLCONFIGDIR": str(fonts), "IPYTHONDIR": str(folder), "MATPLOTLIBRC": str(drawing)}


def _list_of_fonts(otherwise: Path) -> Path:
    """Where matplotlib keeps its list of fonts. Where nothing can be written there it would warn, and what warns is no page."""
    try:
        usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
        usual.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # of a user without a home
        return otherwise
    return usual if os.access(usual, os.W_OK) else otherwise


@dataclass
class RunningJob:
    """A job that runs, for the `tries`-th time."""

    job: Job
    tries: int
    connection: Connection
    process: Process
    begun: float = field(default_factory=time.monotonic)


class LocalRunner(Runner):
    """Runs jobs side by side on this machine, as many at once as it has processors."""

    def __init__(self, limits: Limits | None = None, workers: int = 0, *, editions: Collection[str] = ()) -> None:
        """`editions` are those whose pages are to be run, as `place/period`: what these share is computed ahead."""
        self.limits = limits or Limits()
        self.workers = workers or len(os.sched_getaffinity(0))
        self._waiting: deque[tuple[Job, int]] = deque()
        self._running: dict[Connection, RunningJob] = {}
        named = {EDITIONS: " ".join(editions)} if editions else {}
        start(**settings(), **{WARM_UP: STEPS}, **named)

    def submit(self, job: Job) -> None:
        """Let a job run when its turn comes."""
        self._waiting.append((job, 1))

    def as_completed(self) -> Iterator[Outcome]:
        """The outcomes of the submitted jobs, and of those submitted meanwhile, as they come."""
        while self._waiting or self._running:
            while self._waiting and len(self._running) < self.workers:
                self._start(*self._waiting.popleft())
            for connection in self._ready():
                running = self._running.pop(connection)
                outcome = self._collected(running)
                if outcome.broken and running.tries < TRIES:
                    self._waiting.appendleft((running.job, running.tries + 1))
                else:
                    yield outcome

    def cancel(self) -> None:
        """Stop what runs, with all that it started, and forget what waits."""
        self._waiting.clear()
        stopped = list(self._running.values())
        self._running.clear()
        for running in stopped:
            running.process.terminate()
        for running in stopped:
            _ended(running)
            running.job.draft.unlink(missing_ok=True)
            running.job.log.unlink(missing_ok=True)

    def _start(self, job: Job, tries: int) -> None:
        from promotion_book.facts.package import DATA_VARIABLE  # not above: pandas would keep the parent waiting
        from promotion_book.facts.published_projections import SITE_VARIABLE

        job.folder.mkdir(parents=True, exist_ok=True)
        places = {DATA_VARIABLE: str(job.data), SITE_VARIABLE: str(job.site or ""), VARIABLE: job.results}
        environment = {**FIXED, **settings(), **places, CHAPTER_VARIABLE: str(job.number)}
        limits = {resource.RLIMIT_AS: (self.limits.bytes, self.limits.bytes)}
        alone = not self._waiting and not self._running
        inherited = Inherited(job.folder, environment=environment, limits=limits, hurry=alone)
        started, connection = start_process(f"{__name__}:run_job", job.log, inherited=inherited)
        connection.send((job, self.limits.bytes, started.kernel))
        self._running[connection] = RunningJob(job, tries, connection, started)

    def _ready(self) -> list[Connection]:
        """The connections that have something to say or have used up their time."""
        oldest = min(running.begun for running in self._running.values())
        spoken = wait(list(self._running), timeout=max(0.0, oldest + self.limits.seconds - time.monotonic()))
        now = time.monotonic()
        return [c for c, running in self._running.items() if c in spoken or now - running.begun >= self.limits.seconds]

    def _collected(self, running: RunningJob) -> Outcome:
        job, late = running.job, not running.connection.poll()
        outcome = None if late else _received(running)
        running.process.terminate()
        _ended(running)
        if outcome is None:
            longer = f"took longer than {self.limits.seconds:g} seconds and was stopped"
            said = longer if late else "the process that ran it ended before it was done"
            outcome = Outcome(job, [begun_last(job, said)], broken=not late)
        if outcome.problems and job.draft.exists():
            job.draft.replace(job.failed)
        if not outcome.problems:
            job.log.unlink(missing_ok=True)
        tries = [f"tried {running.tries} times"] if outcome.broken and running.tries > 1 else []
        return replace(outcome, problems=[*outcome.problems, *tries], seconds=time.monotonic() - running.begun)


def _received(running: RunningJob) -> Outcome | None:
    """What a process says of its job; None where it ended before."""
    try:
        return running.connection.recv()  # type: ignore[no-any-return]
    except (EOFError, ConnectionError):
        return None


def _ended(running: RunningJob) -> None:
    """Wait for a process that was asked to end, and kill one that does not, with its kernel."""
    if not running.process.ended(GRACE):
        running.process.kill()
        running.process.ended(GRACE)
    if running.process.kernel:
        with suppress(ProcessLookupError):
            os.killpg(running.process.kernel, signal.SIGKILL)
    running.connection.close()


def run_job(connection: Connection, wire: Connection | None = None) -> None:
    """What the process of a job does: run, check, put the notebook in place, and tell the runner."""
    signal.signal(signal.SIGTERM, _stop)
    end_with_parent(signal.SIGTERM)
    job, memory, kernel = connection.recv()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    if wire:
        give_kernel(kernel, wire)
    connection.send(execute(job))


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    """End this process as it would end by itself: papermill ends the kernel on the way."""
    sys.exit(128 + number)
