"""What a new place begins with: its descriptor, its tables with their headers, its area, and its first releases.

    write_place(Path("data"), NewPlace("bac_ninh", "Bac Ninh", "Bắc Ninh"), today=date(2026, 11, 29))

The tables are those of `data/vocabulary/tables.json`, whose rows of units, programmes and indicators the place shares. It is
sound as it is and can be built at once: what it does not know yet, its pages leave out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from promotion_book.facts.calendar import MONTHS_TO_CUT_OFF
from promotion_book.facts.columns import ID, NAME, SHORT
from promotion_book.facts.descriptor import DESCRIPTOR
from promotion_book.facts.periods import months_after
from promotion_book.facts.schema import LEVELS
from promotion_book.facts.texts import flaw
from promotion_book.facts.vocabulary import VOCABULARY

RESOURCES = "tables.json"
RESERVED = (VOCABULARY, "latest")  # folders beside those of places, of the data and of a site
KINDS = LEVELS[1:]
COUNTRY = {"area_id": "vietnam", "name_en": "Viet Nam", "name_vi": "Việt Nam", "level": "country"}
FIRST = {"note_en": "First release of the series.", "note_vi": "Lần công bố đầu tiên của loạt báo cáo."}
RELEASE = (4, 30)  # month and day of the next release


class NewPlaceError(ValueError):
    """A place that cannot be begun; the message has one line for each reason."""


@dataclass(frozen=True)
class NewPlace:
    """A place to begin: the name of its folder, its names for readers, and which level of area it is."""

    name: str
    name_en: str
    name_vi: str
    kind: str = "province"


def write_place(data: Path, place: NewPlace, *, today: date) -> list[Path]:
    """Write the files of a new place into a data folder; they come back in the order of their names.

    Raises:
        NewPlaceError: the name is taken or no name of a folder, a name for readers cannot be read, the kind is none, or
            the vocabulary has no tables to begin with.
        OSError: a file cannot be written.
    """
    problems = list(_refusals(data, place))
    if problems:
        raise NewPlaceError("\n".join(problems))
    resources = json.loads((data / VOCABULARY / RESOURCES).read_text(encoding="utf-8"))
    files = {DESCRIPTOR: _descriptor(place, resources)} | _tables(place, resources, today=today)
    folder = data / place.name
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in sorted(files)]


def _refusals(data: Path, place: NewPlace) -> Iterator[str]:
    """Why a place cannot be begun."""
    if not re.fullmatch(ID, place.name) or len(place.name) > 2 * SHORT:
        yield f"name {place.name!r}; allowed small letters without marks, digits and _, as bac_ninh; write such a name"
    elif place.name in (*RESERVED, COUNTRY["area_id"]):
        yield f"name {place.name!r} stands for something else; choose another name"
    elif (data / place.name).exists():
        yield f"{data / place.name} is there already; choose another name, or delete it first"
    for option, text in (("--name-en", place.name_en), ("--name-vi", place.name_vi)):
        problem = flaw(text, NAME) if text else ("", "nothing", f"a text of 1 to {NAME} characters", "write the name")
        if problem:
            _, found, allowed, action = problem
            yield f"{option}: found {found}; allowed {allowed}; {action}"
    if place.kind not in KINDS:
        yield f"--kind {place.kind!r}; allowed {', '.join(KINDS)}"
    if not (data / VOCABULARY / RESOURCES).is_file():
        yield f"{data / VOCABULARY / RESOURCES}: no such file; take it from a release of this report"


def _descriptor(place: NewPlace, resources: list[dict[str, Any]]) -> str:
    """What the package says of itself and of its tables."""
    told = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"{place.name.replace('_', '-')}-industrial-promotion",
        "title": f"Industrial promotion in {place.name_en}",
        "description": f"Programmes, indicators, targets and observations of the industrial promotion of {place.name_en}, "
        "each figure with its source.",
        "version": "1.0.0",
        "languages": ["en", "vi"],
        "keywords": ["industrial promotion", "khuyến công", place.name_en, "targets"],
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "place": {"area": place.name, "name_en": place.name_en, "name_vi": place.name_vi},
        "resources": resources,
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _tables(place: NewPlace, resources: list[dict[str, Any]], *, today: date) -> dict[str, str]:
    """The tables by file: those of areas and releases with rows, the others with their headers."""
    area = {"area_id": place.name, "name_en": place.name_en, "name_vi": place.name_vi}
    rows = {
        "areas": [{**area, "parent": COUNTRY["area_id"], "level": place.kind}, COUNTRY],
        "release_calendar": _releases(today),
    }
    return {
        resource["path"]: _table(
            [field["name"] for field in resource["schema"]["fields"]], rows.get(resource["name"], [])
        )
        for resource in resources
    }


def _releases(today: date) -> list[dict[str, str]]:
    """The newest year whose figures can be known, released on this day, and the year after it."""
    last = next(
        year
        for year in (today.year - 1, today.year - 2)
        if months_after(date(year, 12, 31), MONTHS_TO_CUT_OFF) <= today
    )
    release = date(last + 2, *RELEASE)
    return [
        _release(last, announced_on=today, release_on=today) | FIRST,
        _release(last + 1, announced_on=today, release_on=release),
    ]


def _release(year: int, *, announced_on: date, release_on: date) -> dict[str, str]:
    cut_off = months_after(date(year, 12, 31), MONTHS_TO_CUT_OFF)
    days = {"cut_off": cut_off, "announced_on": announced_on, "release_on": release_on}
    return {"period": str(year), **{name: day.isoformat() for name, day in days.items()}}


def _table(columns: list[str], rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
