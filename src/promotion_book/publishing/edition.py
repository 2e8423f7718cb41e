"""Building an edition: run every chapter for a place and period, assemble the book, seal it.

    _build/hanoi/2025/en/        the work folder
        source/                  pages and executed notebooks, with notebooks/results/
        html/                    the book
        edition.json             the seal: parameters, cut-off, sha256 of every file of html/

All or nothing: whatever fails is reported together, a failed notebook stays beside its log in
source/notebooks, and without a seal there is nothing to publish.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from promotion_book import __version__
from promotion_book.display.language import Language
from promotion_book.facts import Package, read
from promotion_book.facts import edition as edition_of
from promotion_book.publishing.book import BookError, assemble, chapters, render
from promotion_book.publishing.execution import LIMIT_SECONDS, Job, Outcome, execute_all
from promotion_book.publishing.parameters import check, contract

BUILD = Path("_build")
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


def work_folder(root: Path, place: str, period: str, language: str) -> Path:
    """Where an edition is built."""
    return root / BUILD / place / period / language


def build(
    root: Path,
    place: str,
    period: str,
    language: str,
    progress: Progress,
    limit: float = LIMIT_SECONDS,
    workers: int = 2,
) -> Built:
    """Build the edition of a place and period in a language.

    Raises:
        EditionError: a notebook failed or Sphinx warned; nothing can be published.
        ParameterError, PackageError: before anything runs.
    """
    built = Built(work_folder(root, place, period, language), place, period, language)
    shutil.rmtree(built.folder, ignore_errors=True)
    source = built.folder / "source"
    _run_chapters(root, source, {"place": place, "period": period, "language": language}, progress, limit, workers)
    progress("pages", 0, 1)
    assemble(root, source)
    settings = _settings(read(place), period, language)
    try:
        render(source, built.html, settings)
    except BookError as error:
        raise EditionError("\n".join(f"book: {line}" for line in str(error).splitlines())) from error
    progress("pages", 1, 1)
    seal(built, root)
    return built


def _run_chapters(
    root: Path, source: Path, values: dict[str, str], progress: Progress, limit: float, workers: int
) -> None:
    jobs = [_job(notebook, source / "notebooks", values) for notebook in chapters(root)]
    failed: list[Outcome] = []
    progress("chapters", 0, len(jobs))
    for done, outcome in enumerate(execute_all(jobs, workers, limit), start=1):
        progress("chapters", done, len(jobs))
        failed += [outcome] if outcome.problems else []
    if failed:
        raise EditionError("\n".join(failure(outcome) for outcome in sorted(failed, key=lambda o: o.job.name)))


def _job(notebook: Path, folder: Path, values: dict[str, str]) -> Job:
    parameters = check(contract(notebook), values)
    return Job(notebook, parameters, folder, folder / notebook.name, folder / "results" / f"{notebook.stem}.json")


def failure(outcome: Outcome) -> str:
    """The lines on a failed notebook: what stopped it, and where it was kept."""
    kept = outcome.job.failed
    where = f"; kept as {kept}" if kept.exists() else ""
    return "\n".join(f"notebooks/{outcome.job.source.name}: {problem}{where}" for problem in outcome.problems)


def _settings(package: Package, period: str, language: str) -> dict[str, Any]:
    report, words = edition_of(package, period), Language(language)
    place = package.place_name(language)
    title = words.text("Industrial promotion in {place}, {period}", place=place, period=period)
    substitutions = {"edition": period, "place": place, "cut_off": words.day(report.cut_off)}
    return {"html_title": title, "project": title, "language": language, "myst_substitutions": substitutions}


def seal(built: Built, root: Path) -> None:
    """Write the seal of a finished edition: what went in, and the sha256 of every file that came out."""
    report = edition_of(read(built.place), built.period)
    record = {
        "place": built.place,
        "period": built.period,
        "language": built.language,
        "cut_off": report.cut_off.isoformat(),
        "version": __version__,
        "lock": digest(root / "requirements.lock"),
        "data": digests(root / "data" / built.place),
        "files": digests(built.html),
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
    if json.loads(path.read_text(encoding="utf-8"))["files"] != digests(built.html):
        return f"the files of {built.html} are not those that were built; build the edition again"
    return ""


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of every file below a folder, by its path in the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
