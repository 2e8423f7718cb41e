"""Building an edition: run every chapter for a place and period, assemble the book, seal it.

    _build/hanoi/2025/en/        the work folder (of a what-if: _build/what-if/<name>/hanoi/2025/en/)
        source/                  pages and executed notebooks, with notebooks/results/
        html/                    the book
        edition.json             the seal: parameters, cut-off, sha256 of every file of html/

All or nothing: whatever fails is reported together, a failed notebook stays beside its log in
source/notebooks, and without a seal there is nothing to publish. What was built from the package of a
what-if is marked on every page and in its seal, and is refused by the publisher.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from promotion_book import __version__
from promotion_book.display.language import Language
from promotion_book.facts import Package, read
from promotion_book.facts import edition as edition_of
from promotion_book.publishing.book import BUILD, BookError, assemble, captioned, contents, render
from promotion_book.publishing.chapter import RESULTS
from promotion_book.publishing.execution import LIMIT_SECONDS, Job, Outcome, execute_all
from promotion_book.publishing.grid import Page, pages, sources_pages, titled, with_pages
from promotion_book.publishing.parameters import check, contract
from promotion_book.publishing.translation import language as in_language
from promotion_book.publishing.what_if import WHAT_IFS, WhatIf

SEAL = "edition.json"
Progress = Callable[[str, int, int], None]


class EditionError(Exception):
    """An edition could not be built; the message has one line for each failure."""


@dataclass(frozen=True)
class Built:
    """A built edition: where it is, and what it is of."""

    folder: Path
    place: str
    period: str
    language: str

    @property
    def html(self) -> Path:
        """The folder of the book."""
        return self.folder / "html"


def work_folder(root: Path, place: str, period: str, language: str, what_if: str = "") -> Path:
    """Where an edition is built: of the report, or of the what-if of a name."""
    folder = root / BUILD / WHAT_IFS / what_if if what_if else root / BUILD
    return folder / place / period / language


def build(
    root: Path,
    place: str,
    period: str,
    language: str,
    progress: Progress,
    limit: float = LIMIT_SECONDS,
    workers: int = 2,
    what_if: WhatIf | None = None,
) -> Built:
    """Build the edition of a place and period in a language, of the report or of a what-if.

    Raises:
        EditionError: a notebook failed or Sphinx warned; nothing can be published.
        DeclarationError, ParameterError, PackageError: before anything runs.
    """
    folder = work_folder(root, place, period, language, what_if.name if what_if else "")
    built = Built(folder, place, period, language)
    source = built.folder / "source"
    values = {**(what_if.parameters if what_if else {}), "place": place, "period": period, "language": language}
    found = pages(root)
    sources = sources_pages(found, place)
    jobs = [_job(page, source, values) for page in found]
    shutil.rmtree(built.folder, ignore_errors=True)
    _run(jobs, progress, limit, workers)
    progress("pages", 0, 1)
    assemble(root, source, captioned(with_pages(contents(root), found), in_language(language)))
    settings = {**_settings(read(place), period, language), "sources_pages": sources}
    try:
        render(source, built.html, settings)
    except BookError as error:
        raise EditionError("\n".join(f"book: {line}" for line in str(error).splitlines())) from error
    progress("pages", 1, 1)
    seal(built, root)
    return built


def _run(jobs: list[Job], progress: Progress, limit: float, workers: int) -> None:
    failed: list[Outcome] = []
    progress("chapters", 0, len(jobs))
    for done, outcome in enumerate(execute_all(jobs, workers, limit), start=1):
        progress("chapters", done, len(jobs))
        failed += [outcome] if outcome.problems else []
    if failed:
        raise EditionError("\n".join(failure(outcome) for outcome in sorted(failed, key=lambda o: str(o.job.output))))


def _job(page: Page, source: Path, values: Mapping[str, object]) -> Job:
    """A page as a job, in the folder of its address; its own parameters come before those of the edition."""
    declares = contract(page.notebook)
    parameters = check(
        declares, {name: value for name, value in {**values, **page.parameters}.items() if name in declares}
    )
    output = (source / page.address).with_suffix(".ipynb")
    result = output.parent / RESULTS / f"{page.notebook.stem}.json"
    title = titled(page, {name: parameters.get(name, p.default) for name, p in declares.items()})
    return Job(page.notebook, parameters, output.parent, output, result, title)


def failure(outcome: Outcome) -> str:
    """The lines on a failed notebook: what stopped it, and where it was kept."""
    kept = outcome.job.failed
    where = f"; kept as {kept}" if kept.exists() else ""
    return "\n".join(f"notebooks/{outcome.job.source.name}: {problem}{where}" for problem in outcome.problems)


def _settings(package: Package, period: str, language: str) -> dict[str, Any]:
    report, words = edition_of(package, period), in_language(language)
    place = package.place_name(language)
    title = words.text("Industrial promotion in {place}, {period}", place=place, period=period)
    title = words.text("What-if: {title}", title=title) if package.what_if else title
    substitutions = {"edition": period, "place": place, "cut_off": words.day(report.cut_off)}
    settings = {"html_title": title, "project": title, "language": language, "myst_substitutions": substitutions}
    return {**settings, "what_if": _mark(package, words)} if package.what_if else settings


def _mark(package: Package, words: Language) -> str:
    """What stands on every page of a what-if."""
    return words.text(
        "What-if, not published: {what_if}. These pages show what would follow from the assumptions. "
        "They are neither the report nor a forecast.",
        what_if=package.what_if,
    )


def seal(built: Built, root: Path) -> None:
    """Write the seal of a finished edition: what went in, and the sha256 of every file that came out."""
    package = read(built.place)
    report = edition_of(package, built.period)
    record = {
        "place": built.place,
        "period": built.period,
        "language": built.language,
        "cut_off": report.cut_off.isoformat(),
        "version": __version__,
        "lock": digest(root / "requirements.lock"),
        "data": digests(package.folder),
        "files": digests(built.html),
        **({"what_if": package.what_if} if package.what_if else {}),
    }
    text = json.dumps(record, indent=1, sort_keys=True) + "\n"
    draft = built.folder / f"{SEAL}.draft"
    draft.write_text(text, encoding="utf-8")
    draft.replace(built.folder / SEAL)


def unsealed(built: Built) -> str:
    """Why a built edition cannot be published; empty when its files are those of its seal."""
    path = built.folder / SEAL
    if not path.is_file():
        return f"{built.folder} holds no finished edition; run 'promotion-book build --place {built.place} --period {built.period}'"
    record = json.loads(path.read_text(encoding="utf-8"))
    if "what_if" in record:
        return f"{built.folder} is a what-if ({record['what_if']}); a what-if is private and is never published"
    if record["files"] != digests(built.html):
        return f"the files of {built.html} are not those that were built; build the edition again"
    return ""


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of every file below a folder, by its path in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
