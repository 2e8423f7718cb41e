"""Making the pages of an edition: taken from the cache where nothing changed, else run.

    for made in make_pages({"hanoi/2025/en/notebooks/ocop": job, ...}, cache, runner=runner, root=root):
        made.page, made.why, made.outcome

A job that has to run works in a draft of the cache. A good one becomes an entry, and the page is placed
from it; of a failed one the notebook and its log are kept where the page would be. What was made before
something stopped is in the cache, and is not made again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from promotion_book.running.cache import CACHED, RECORD, Cache
from promotion_book.running.execution import Job, Outcome
from promotion_book.running.inputs import Inputs, page_inputs
from promotion_book.running.pool import Runner

NOTEBOOK = "page.ipynb"


@dataclass(frozen=True)
class PageOutcome:
    """A page, what came of its job, and why it had to run, or `CACHED`."""

    page: str
    outcome: Outcome
    why: str

    def __str__(self) -> str:
        if self.why == CACHED:
            return f"{self.page}: {CACHED}"
        end = "failed" if self.outcome.problems else f"ran {self.outcome.seconds:.1f} s"
        return f"{self.page}: {end}; {self.why}"


@dataclass(frozen=True)
class Task:
    """A page that has to be made: its job, what it needs, and why."""

    page: str
    job: Job
    needs: Inputs
    why: str


def make_pages(jobs: Mapping[str, Job], cache: Cache, *, runner: Runner, root: Path) -> Iterator[PageOutcome]:
    """Make pages by their names, each as it comes; a failure never hides the others.

    Raises:
        CacheError: the cache is being pruned.
        ParameterError, PackageError: a notebook's inputs cannot be told; nothing has run then.
        OSError: a file cannot be read or written.
    """
    tasks: dict[Path, Task] = {}
    with cache.used():
        needed = {page: page_inputs(job, root) for page, job in jobs.items()}
        try:
            for page, job in jobs.items():
                entry = cache.find(needed[page])
                if entry:
                    yield _placed(cache, Task(page, job, needed[page], CACHED), entry=entry)
                    continue
                draft = cache.draft(needed[page])
                tasks[draft] = Task(page, job, needed[page], cache.why(page, needed[page]))
                runner.submit(replace(job, output=draft / NOTEBOOK))
            for outcome in runner.as_completed():
                yield _finished(cache, tasks.pop(outcome.job.folder), outcome=outcome)
        finally:
            runner.cancel()
            for draft in tasks:
                shutil.rmtree(draft, ignore_errors=True)


def _finished(cache: Cache, task: Task, *, outcome: Outcome) -> PageOutcome:
    if not outcome.problems:
        return _placed(cache, task, entry=cache.keep(outcome.job.folder, task.needs), seconds=outcome.seconds)
    task.job.folder.mkdir(parents=True, exist_ok=True)
    for kept, place in ((outcome.job.failed, task.job.failed), (outcome.job.log, task.job.log)):
        if kept.exists():
            shutil.move(kept, place)
    shutil.rmtree(outcome.job.folder)
    return PageOutcome(task.page, replace(outcome, job=task.job), task.why)


def _placed(cache: Cache, task: Task, *, entry: Path, seconds: float = 0.0) -> PageOutcome:
    """Put what an entry holds where the page belongs."""
    shutil.copytree(entry, task.job.folder, ignore=shutil.ignore_patterns(RECORD, NOTEBOOK), dirs_exist_ok=True)
    shutil.copyfile(entry / NOTEBOOK, task.job.output)
    cache.remember(task.page, task.needs)
    return PageOutcome(task.page, Outcome(task.job, seconds=seconds), task.why)
