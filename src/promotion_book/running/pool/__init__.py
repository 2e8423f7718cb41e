"""Running many notebooks: submit jobs, take their outcomes as they come, cancel what is left.

local.py    a pool on this machine: the default
dask.py     the same jobs on Dask workers, on this machine or on many

A failure never hides the others. Only what the notebook is not to blame for is tried again: a process
that died. A cell's error never is, nor a notebook that used up its time.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from typing import Self

from promotion_book.fault import Fault
from promotion_book.running.execution import Job, Outcome


class RunnerError(Fault):
    """Jobs cannot be run at all: no scheduler, workers of another version."""


class Runner(ABC):
    """Runs jobs. Leaving its context cancels what still runs."""

    @abstractmethod
    def submit(self, job: Job) -> None:
        """Let a job run when its turn comes."""

    @abstractmethod
    def as_completed(self) -> Iterator[Outcome]:
        """The outcomes of the submitted jobs, and of those submitted meanwhile, as they come."""

    @abstractmethod
    def cancel(self) -> None:
        """Stop what runs, with all that it started, and forget what waits."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cancel()


def open_runner(scheduler: str = "", workers: int = 0, *, editions: Collection[str] = ()) -> Runner:
    """A runner on the workers of a Dask scheduler, on Dask workers started here, or, with neither, of this machine, where what
    the pages of `editions` share is computed before they run.

    Raises:
        RunnerError: Dask is not installed, there is no scheduler, or both are asked for.
    """
    if scheduler or workers:
        from promotion_book.running.pool.dask import dask_runner

        return dask_runner(scheduler, workers)
    from promotion_book.running.pool.local import LocalRunner

    return LocalRunner(editions=editions)
