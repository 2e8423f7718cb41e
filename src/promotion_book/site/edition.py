"""Building an edition: make every page for a place and period, assemble the book, seal it.

All or nothing: whatever fails is reported together, a failed notebook stays beside its log in
source/notebooks, and without a seal there is nothing to publish. What was built from the package of a
what-if is marked on every page and in its seal, and is refused by the publisher.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from promotion_book.alone import alone_in
from promotion_book.book.rendering import BookError, assemble_source, render_book
from promotion_book.fault import Fault
from promotion_book.running.cache import CACHED, Cache
from promotion_book.running.execution import Outcome, describe_failure
from promotion_book.running.pages import PageOutcome, make_pages
from promotion_book.running.plan import EditionBuild, plan_edition, project_cache
from promotion_book.running.pool import Runner
from promotion_book.running.what_if_file import WhatIf
from promotion_book.site.earlier import copy_earlier_projections
from promotion_book.site.seal import inputs_unchanged, write_seal

Progress = Callable[[str, int, int], None]
Tell = Callable[[PageOutcome], None]


class EditionError(Fault):
    """An edition could not be built; the message has one line for each failure."""


def build_edition(
    root: Path,
    built: EditionBuild,
    *,
    progress: Progress,
    runner: Runner,
    store: Cache | None = None,
    what_if: WhatIf | None = None,
    only: Sequence[str] = (),
    tell: Tell | None = None,
) -> EditionBuild:
    """Build the edition of a place and period in a language, of the report or of a what-if, in the folder of `built`.

    Args:
        runner: runs the notebooks that are not in the cache.
        only: the pages that are wanted; what has not all pages gets no seal.
        store: the cache of executed notebooks; that of the project if none is given.
        tell: is told of each page as it is made.

    Raises:
        EditionError: a notebook failed or Sphinx warned; nothing can be published.
        SiteError: what it reads of the published site is not as it was published.
        DeclarationError, ParameterError, PackageError, CacheError, RunnerError: before anything runs.
    """
    planned = plan_edition(root, built, what_if=what_if, only=only)
    with alone_in(built.folder.parent):
        shutil.rmtree(built.folder, ignore_errors=True)
        copy_earlier_projections(root, planned)
        made = make_pages(planned.jobs, store or project_cache(root), runner=runner, root=root)
        _run(len(planned.jobs), made, progress=progress, tell=tell)
        progress("pages", 0, 1)
        assemble_source(root, built.source, contents=planned.contents)
        try:
            render_book(built.source, built.html, given=planned.settings, start=planned.contents["root"])
        except BookError as error:
            raise EditionError("\n".join(f"book: {line}" for line in str(error).splitlines())) from error
        progress("pages", 1, 1)
        if not only:
            write_seal(built, root, package=planned.package)
    return built


def is_current(root: Path, built: EditionBuild, *, tell: Tell | None = None) -> bool:
    """Whether an edition is built and nothing has changed since; each of its pages is told as cached then."""
    if not inputs_unchanged(built, root):
        return False
    if tell:
        for page, job in plan_edition(root, built).jobs.items():
            tell(PageOutcome(page, Outcome(job), CACHED))
    return True


def _run(count: int, pages: Iterator[PageOutcome], *, progress: Progress, tell: Tell | None) -> None:
    failed: list[Outcome] = []
    progress("chapters", 0, count)
    for done, made in enumerate(pages, start=1):
        progress("chapters", done, count)
        if tell:
            tell(made)
        failed += [made.outcome] if made.outcome.problems else []
    if failed:
        raise EditionError(
            "\n".join(describe_failure(outcome) for outcome in sorted(failed, key=lambda o: str(o.job.output)))
        )
