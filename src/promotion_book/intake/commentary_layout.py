"""The files of the commentary on a period: each begins with what was said of its chapter in the last period.

    data/<place>/commentary/2026-H1/training.en.md      the text of 2025, to be brought up to date

What still says what it said is told by `promotion-book check`, and so is what refers to a figure that is no longer the
newest one.
"""

from __future__ import annotations

from pathlib import Path

from promotion_book.facts import Edition, Package
from promotion_book.facts.commentary import EDITION, FOLDER, last_commentary
from promotion_book.facts.place_programmes import place_programmes
from promotion_book.whole_files import replace_files


def lay_out_commentary(package: Package, report: Edition) -> list[Path]:
    """Write the files that are not there and that had a text in an earlier period; those that were written.

    Raises:
        OSError: one cannot be written.
    """
    lacking = [path for path in _files(package, report) if not path.exists()]
    begun = {path: last.read_bytes() for path in lacking if (last := last_commentary(path))}
    for path in begun:
        path.parent.mkdir(parents=True, exist_ok=True)
    replace_files(begun)
    return [*begun]


def chapters_without_text(package: Package, report: Edition) -> list[str]:
    """The chapters of the place on which nothing is said of a period."""
    said = {path.name.partition(".")[0] for path in _files(package, report) if path.is_file()}
    return [chapter for chapter in _chapters(package) if chapter not in said]


def _chapters(package: Package) -> list[str]:
    return [EDITION, *dict.fromkeys(place_programmes(package)["chapter"])]


def _files(package: Package, report: Edition) -> list[Path]:
    folder = package.folder / FOLDER / report.period.label
    return [folder / f"{chapter}.{language}.md" for chapter in _chapters(package) for language in package.languages]
