"""The seal of a built edition: what went into it, what is told about it, and the sha256 of every file that came out.

    _build/hanoi/2025/en/edition.json
    _build/hanoi/2025/en/data.zip        the data package as it was read
    _build/hanoi/2025/en/software/       the software that made it

It is written last. Without a seal, or with files that are not those of the seal, there is nothing to publish.
What is published later is made from the seal and the files alone.
"""

from __future__ import annotations

import json
import platform
import re
from dataclasses import asdict
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from promotion_book import __version__
from promotion_book.book.untranslated import untranslated_texts
from promotion_book.facts import Package, PackageError, edition, read
from promotion_book.facts.calendar import releases
from promotion_book.facts.known import known_in
from promotion_book.facts.package import listed_places
from promotion_book.facts.periods import real_days
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.parameters import PLACES
from promotion_book.report.results import RESULTS, is_result, result_records
from promotion_book.running.configuration import CONFIG, CONTENTS, LOCK, author, base_address, contact, repository
from promotion_book.running.data_package import data_files, zip_package
from promotion_book.running.hashing import file_sha256, folder_sha256, sha256
from promotion_book.running.inputs import PACKAGE, SOURCE_CODE, below
from promotion_book.running.plan import EditionBuild
from promotion_book.site.earlier import earlier_projections
from promotion_book.site.software import read_commit, software_files
from promotion_book.site.store import SiteError
from promotion_book.words.translation import load_language

SEAL = "edition.json"
DATA, SOFTWARE = "data.zip", "software"
TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)
WRITTEN = (CONFIG, CONTENTS, LOCK, "tests/cases.csv", "book", "notebooks")  # what people write, besides the data
TEXTS = ("place", "period", "language", "cut_off", "author", "address", "contact", "repository")
TEXTS_OF_SOFTWARE = ("version", "commit", "data")
TABLES = ("names", "counts", "inputs", "parameters", "software", "files")
FIELDS = {**dict.fromkeys((*TEXTS, *TEXTS_OF_SOFTWARE), str), **dict.fromkeys(TABLES, dict), "clean": bool}
FIELDS |= dict.fromkeys(("covers", "calendar", "untranslated"), list)


def write_seal(built: EditionBuild, root: Path, *, package: Package) -> None:
    """Write the seal of a finished edition, and the data package that it was made from."""
    beside = [read(name).folder for name in places_beside(built.html, package.place)]
    data = zip_package(package.folder, beside, until=built.edition.period)
    (built.folder / DATA).write_bytes(data)
    (built.folder / SOFTWARE).mkdir(exist_ok=True)
    for name, content in software_files(root).items():
        (built.folder / SOFTWARE / name).write_bytes(content)
    commit, clean = read_commit(root)
    record = {
        "place": built.edition.place,
        "period": built.edition.period,
        "language": built.language,
        **_told(built, package, root=root),
        "author": author(root),
        "address": base_address(root),
        "contact": contact(root),
        "repository": repository(root),
        "calendar": [asdict(release) for release in releases(package)],
        "version": __version__,
        "commit": commit,
        "clean": clean,
        "inputs": hash_inputs(root, built, package=package),
        "untranslated": untranslated_texts(built.source, built.language),
        "parameters": page_parameters(built.html),
        "data": sha256(data),
        "software": folder_sha256(built.folder / SOFTWARE),
        "files": folder_sha256(built.html),
        **({"what_if": package.what_if} if package.what_if else {}),
    }
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True, default=date.isoformat) + "\n"
    draft = built.folder / f"{SEAL}.draft"
    draft.write_text(text, encoding="utf-8")
    draft.replace(built.folder / SEAL)


def _told(built: EditionBuild, package: Package, *, root: Path) -> dict[str, Any]:
    """The edition in words and numbers: its cut-off, its names, and how many figures and findings it has."""
    report = edition(package, built.edition.period)
    days = real_days(report.period, package.year_begins)
    known = known_in(package, report)
    context = Context(known, load_language(built.language))
    names: dict[str, Any] = {
        "pages": page_titles(built.html),
        "place": package.place_name(built.language),
        "period": context.period(built.edition.period),
        "programmes": [context.programme(programme) for programme in package["programmes"]["programme_id"]],
        "author": author(root, built.language),
        "calendar": {release.period: context.period(release.period) for release in releases(package)},
        "notes": {
            row.period: note for row in each(package["release_calendar"]) if (note := context.in_language(row, "note"))
        },
    }
    counts = {
        "figures": len(known.observations),
        "targets": known.number_of_targets,
        "sources": int(known.sources["used"].sum()),
        "conflicts": len(known.conflicts),
        "corrections": len(package["corrections"]),
    }
    return {
        "cut_off": report.cut_off.isoformat(),
        "covers": [str(days.start), str(days.end)],
        "names": names,
        "counts": counts,
    }


def hash_inputs(root: Path, built: EditionBuild, *, package: Package) -> dict[str, str]:
    """The sha256 of every file that a built edition is made from, by name, and the version of Python.

    Args:
        package: that of its place; those of other places that its pages show are read.
    """
    written = [path for name in WRITTEN for path in _files(root / name)]
    pages = page_parameters(built.html).values()
    others = sorted({str(values["place"]) for values in pages if "place" in values} - {package.place})
    packages = [package, *map(read, others)]
    beside = map(read, places_beside(built.html, package.place))
    data = {
        f"{one.place}/{name}": sha256(content)
        for one in (*packages, *beside)
        for name, content in data_files(one.folder, until=built.edition.period).items()
    }
    read_of_site = {
        name: sha
        for one in packages
        for name, sha in earlier_projections(root, one, period=built.edition.period).items()
    }
    return {
        **below("data", data),
        **below("site", read_of_site),
        **below("package", folder_sha256(PACKAGE, "*.py") | folder_sha256(PACKAGE, "*.css")),
        **below("package/papermill_warm", folder_sha256(SOURCE_CODE / "papermill_warm", "*.py")),
        **{path.relative_to(root).as_posix(): file_sha256(path) for path in written},
        "python": platform.python_version(),
    }


def _files(path: Path) -> list[Path]:
    found = [path] if path.is_file() else sorted(path.rglob("*"))
    return [file for file in found if file.is_file() and not is_result(file)]


def page_parameters(html: Path) -> dict[str, dict[str, Any]]:
    """The parameters that each page ran with, by its result file."""
    found = sorted(path for folder in html.rglob(RESULTS.name) for path in result_records(folder))
    records = {path.relative_to(html).as_posix(): json.loads(path.read_text(encoding="utf-8")) for path in found}
    return {name: record["parameters"] for name, record in records.items()}


def places_beside(html: Path, place: str) -> list[str]:
    """The places that pages of a book set beside its own."""
    named = [str(values[PLACES]) for values in page_parameters(html).values() if PLACES in values]
    return sorted({one for names in named for one in listed_places(names)} - {place})


def page_titles(html: Path) -> dict[str, str]:
    """The title of each page of a book, without that of the book, by the name of the page."""
    found = {}
    for path in sorted(html.rglob("*.html")):
        title = TITLE.search(path.read_text(encoding="utf-8"))
        if title and not path.relative_to(html).as_posix().startswith("_"):
            found[path.relative_to(html).with_suffix("").as_posix()] = (
                unescape(title[1]).partition(" \N{EM DASH} ")[0].strip()
            )
    return found


def read_seal(built: EditionBuild) -> dict[str, Any]:
    """The seal of a built edition.

    Raises:
        SiteError: it is damaged.
        OSError: it cannot be read.
    """
    try:
        record: dict[str, Any] = json.loads((built.folder / SEAL).read_bytes())
    except (ValueError, RecursionError) as error:
        raise SiteError(f"{built.folder / SEAL} is damaged ({error}); build the edition again") from error
    wrong = [
        name for name, kind in FIELDS.items() if not isinstance(record, dict) or type(record.get(name)) is not kind
    ]
    if wrong:
        raise SiteError(f"{built.folder / SEAL} is damaged, or of other software ({wrong[0]}); build the edition again")
    return record


def _parts(built: EditionBuild) -> dict[str, object]:
    """The sha256 of what a built edition consists of."""
    data = built.folder / DATA
    files, made_by = folder_sha256(built.html), folder_sha256(built.folder / SOFTWARE)
    return {"files": files, "software": made_by, "data": file_sha256(data) if data.is_file() else ""}


def check_seal(built: EditionBuild) -> dict[str, Any]:
    """The seal of a built edition whose files are those of its seal.

    Raises:
        SiteError: they are not, or it is a what-if; it cannot be published.
    """
    if not (built.folder / SEAL).is_file():
        raise SiteError(
            f"{built.folder} holds no finished edition; run 'promotion-book build --place {built.edition.place} --period {built.edition.period}'"
        )
    record = read_seal(built)
    if "what_if" in record:
        raise SiteError(
            f"{built.folder} is a what-if ({record['what_if']}); a what-if is private and is never published"
        )
    if any(record[part] != now for part, now in _parts(built).items()):
        raise SiteError(f"the files of {built.html} are not those that were built; build the edition again")
    return record


def inputs_unchanged(built: EditionBuild, root: Path) -> bool:
    """Whether a built edition is whole, and everything that it was made from is still the same."""
    try:
        return bool(check_seal(built)["inputs"] == hash_inputs(root, built, package=read(built.edition.place)))
    except (PackageError, SiteError):
        return False
