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


def make_pages(jobs: Mapping[str, Job], cache: Cache, *, runner: Runner, root: Path) -> Iterator[PageOutcome]:
    """Make pages by their names, each as it comes; a failure never hides the others.

    Raises:
        CacheError: the cache is being pruned.
        ParameterError, PackageError: a notebook's inputs cannot be told; nothing has run then.
        OSError: a file cannot be read or written.
    """
    waiting: dict[Path, PageOutcome] = {}
    with cache.used():
        needed = {page: page_inputs(job, root) for page, job in jobs.items()}
        try:
            for page, job in jobs.items():
                entry = cache.find(needed[page])
                if entry:
                    yield _placed(PageOutcome(page, Outcome(job), CACHED), entry, needs=needed[page], cache=cache)
                    continue
                draft = cache.draft(needed[page])
                waiting[draft] = PageOutcome(page, Outcome(job), cache.why(page, needed[page]))
                runner.submit(replace(job, output=draft / NOTEBOOK))
            for outcome in runner.as_completed():
                made = waiting.pop(outcome.job.folder)
                yield _finished(made, outcome, needs=needed[made.page], cache=cache)
        finally:
            runner.cancel()
            for draft in waiting:
                shutil.rmtree(draft, ignore_errors=True)


def _finished(made: PageOutcome, outcome: Outcome, *, needs: Inputs, cache: Cache) -> PageOutcome:
    """A page that ran in a draft, with what came of it."""
    drafted, job = outcome.job, made.outcome.job
    made = replace(made, outcome=replace(outcome, job=job))
    if not outcome.problems:
        return _placed(made, cache.keep(drafted.folder, needs), needs=needs, cache=cache)
    job.folder.mkdir(parents=True, exist_ok=True)
    for kept, place in ((drafted.failed, job.failed), (drafted.log, job.log)):
        if kept.exists():
            shutil.move(kept, place)
    shutil.rmtree(drafted.folder)
    return made


def _placed(made: PageOutcome, entry: Path, *, needs: Inputs, cache: Cache) -> PageOutcome:
    """A page, where it belongs with all that its entry holds."""
    job = made.outcome.job
    shutil.copytree(entry, job.folder, ignore=shutil.ignore_patterns(RECORD, NOTEBOOK), dirs_exist_ok=True)
    shutil.copyfile(entry / NOTEBOOK, job.output)
    cache.remember(made.page, needs)
    return made
