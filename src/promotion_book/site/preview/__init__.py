"""What an author sees while editing: the page as it will be, a moment after the file was saved.

    preview = open_preview(root, EditionId("hanoi", "2025"), language="en", runner=runner)
    preview.refresh()                # the first time everything, later what changed
    for _ in saved_files(root): preview.refresh()

Only pages with an input that changed run again, and only their files are written anew. A page that fails
keeps what it showed last. The preview lies under `_build/preview/` and is never published.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from promotion_book.book.rendering import BookError, assemble_source, render_book
from promotion_book.report.results import is_result
from promotion_book.running.configuration import BUILD, CONFIG, CONTENTS, ONLY
from promotion_book.running.execution import describe_failure
from promotion_book.running.inputs import PACKAGE, Inputs, page_inputs
from promotion_book.running.pages import PageOutcome, make_pages
from promotion_book.running.plan import EditionBuild, EditionId, plan_edition, preview_settings, project_cache
from promotion_book.running.pool import Runner
from promotion_book.site.earlier import copy_earlier_projections
from promotion_book.words.translation import load_language

SOURCES = {".ipynb", ".md", ".yml", ".csv", ".json", ".css", ".js", ".svg", ".po", ".py"}


@dataclass
class Preview:
    """The preview of an edition, or of the pages of it that are wanted alone: where it is, and what its pages were made with."""

    root: Path
    built: EditionBuild
    runner: Runner
    only: Sequence[str] = ()
    made: dict[str, Inputs] = field(default_factory=dict)

    def refresh(self) -> list[str]:
        """Bring the preview up to date; the lines on what was done, or what is wrong.

        Raises:
            DeclarationError, ParameterError, PackageError, CacheError: nothing was done.
        """
        begun = monotonic()
        planned = plan_edition(self.root, self.built, only=self.only)
        copy_earlier_projections(self.root, planned)
        needed = {page: page_inputs(job, self.root) for page, job in planned.jobs.items()}
        stale = {page: job for page, job in planned.jobs.items() if self.made.get(page) != needed[page]}
        found = list(make_pages(stale, project_cache(self.root), runner=self.runner, root=self.root))
        self.made |= {page: needed[page] for page in stale}
        assemble_source(self.root, self.built.source, contents=planned.contents)
        try:
            settings = preview_settings(planned.settings, load_language(self.built.language))
            start, new = planned.contents["root"], not self.built.html.exists()
            render_book(self.built.source, self.built.html, given=settings, start=start, clean=new)
        except BookError as error:
            return [*map(_told, found), *(f"book: {line}" for line in str(error).splitlines())]
        shown = "all else is up to date" if any(one.outcome.problems for one in found) else "up to date"
        return [*map(_told, found), f"{shown} in {monotonic() - begun:.1f} s"]


def open_preview(root: Path, edition: EditionId, *, language: str, runner: Runner, only: Sequence[str] = ()) -> Preview:
    """The preview of an edition, of all its pages or of those that are named."""
    folder = root / BUILD / "preview" / (ONLY if only else "") / edition.folder / language
    if only:
        shutil.rmtree(folder, ignore_errors=True)  # other pages may have been wanted before
    return Preview(root, EditionBuild(folder, edition, language), runner, only)


def _told(made: PageOutcome) -> str:
    return describe_failure(made.outcome) if made.outcome.problems else str(made)


def saved_files(root: Path) -> Iterator[set[Path]]:
    """The files that a preview is made from, in sets as they are saved."""
    from watchfiles import watch

    folders = [root / "notebooks", root / "book", root / "data", PACKAGE, root / CONFIG, root / CONTENTS]
    for found in watch(*folders, watch_filter=lambda _, path: is_source(Path(path)), debounce=200, step=50):
        yield {Path(path) for _, path in found}


def is_source(path: Path) -> bool:
    """Whether a preview is made from a file; what a notebook leaves when it is run by hand is not."""
    return path.suffix in SOURCES and not is_result(path)
