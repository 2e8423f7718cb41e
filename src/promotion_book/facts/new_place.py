"""What a new place begins with: its descriptor, a guide to its tables, these with their headers, its area and first releases.

    write_place(Path("data"), NewPlace("bac_ninh", {"en": "Bac Ninh", "vi": "Bắc Ninh"}), today=today, vocabulary=common)

The tables are those of `schema`; the rows of units, programmes and indicators in `data/vocabulary/` are shared. It is
sound as it is and can be built at once: what it does not know yet, its pages leave out. A place of another country may
have its own currency, one language, and years that begin in another month than January (`place_settings`); what the
vocabulary says of agencies and acts of Viet Nam it goes without.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from promotion_book.alone import alone_in
from promotion_book.facts.calendar import default_cut_off
from promotion_book.facts.descriptor import DESCRIPTOR, required_in
from promotion_book.facts.periods import months_after, parse, real_days
from promotion_book.facts.place_settings import COUNTRY, CURRENCY, JANUARY, LICENCE, LICENCE_ADDRESS
from promotion_book.facts.rows import records
from promotion_book.facts.rules.cell_rules import NO_WORDS
from promotion_book.facts.rules.duplicate_rules import seen
from promotion_book.facts.schema import ID, LANGUAGES, LEVELS, NAME, RESOURCES, TABLES
from promotion_book.facts.texts import flaw
from promotion_book.facts.vocabulary import VOCABULARY, unit_in

MONEY = "money"  # the dimension of its units
LONGEST = 30  # characters of the name of a folder, and of an id
TEMPLATE, GUIDE = Path(__file__).with_name("new_place.md"), "README.md"
# folders beside those of places: of the data, of a site, and of what is built
RESERVED = (VOCABULARY, "latest", "cache", "only", "preview", "rebuilt", "references")
DRAFT = ".new_place"  # in the data folder: a place that is not whole yet has a name that no place has
KINDS = LEVELS[1:]
FIRST = {"note_en": "First release of the series.", "note_vi": "Lần công bố đầu tiên của loạt báo cáo."}


class NewPlaceError(ValueError):
    """A place that cannot be begun; the message has one line for each reason."""


@dataclass(frozen=True)
class Called:
    """What a table calls by an id, and its names by language."""

    id: str
    names: Mapping[str, str]


VIETNAM, DONG = Called(COUNTRY, {"en": "Viet Nam", "vi": "Việt Nam"}), Called(CURRENCY, {"en": "dong", "vi": "đồng"})


@dataclass(frozen=True)
class NewPlace:
    """A place to begin: the name of its folder, its names for readers by language, which level of area it is, and what is
    other than in Viet Nam: its country, its currency, and the month with which its years begin.

    It has the languages in which it has a name.
    """

    name: str
    names: Mapping[str, str]
    kind: str = "province"
    country: Called = VIETNAM
    currency: Called = DONG
    year_begins: int = JANUARY

    @property
    def languages(self) -> list[str]:
        """The languages of its report."""
        return [code for code in LANGUAGES if self.names.get(code)]


def write_place(data: Path, place: NewPlace, *, today: date, vocabulary: Path) -> list[Path]:
    """Write the folder of a new place into a data folder, whole; its files come back in the order of their names.

    Args:
        vocabulary: its folder, which the data folder of a new repository does not have yet.

    Raises:
        NewPlaceError: as `refuse_place`.
        OSError: a file cannot be written; there is no folder then.
    """
    folder, draft = data / place.name, data / DRAFT
    with alone_in(data):
        refuse_place(data, place, vocabulary=vocabulary)
        files = _tables(vocabulary, place, today=today)
        files |= {DESCRIPTOR: _descriptor(place), GUIDE: _guide(place, today)}
        shutil.rmtree(draft, ignore_errors=True)
        try:
            draft.mkdir()
            for name, text in files.items():
                (draft / name).write_text(text, encoding="utf-8", newline="\n")
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return [folder / name for name in sorted(files)]


def refuse_place(data: Path, place: NewPlace, *, vocabulary: Path) -> None:
    """Stop where a place cannot be begun.

    Raises:
        NewPlaceError: the name is taken or no name of a folder, a name for readers cannot be read, the kind is none, or
            there is no vocabulary.
    """
    problems = list(_refusals(data, place, vocabulary=vocabulary))
    if problems:
        raise NewPlaceError("\n".join(problems))


def _refusals(data: Path, place: NewPlace, *, vocabulary: Path) -> Iterator[str]:
    """Why a place cannot be begun."""
    if not re.fullmatch(ID, place.name) or len(place.name) > 2 * LONGEST:
        allowed = f"up to {2 * LONGEST} small letters without marks, digits and _, as bac_ninh"
        yield f"name {place.name!r}; allowed {allowed}; write such a name"
    elif place.name in (*RESERVED, place.country.id):
        yield f"name {place.name!r} stands for something else; choose another name"
    elif os.path.lexists(data / place.name):
        yield f"{data / place.name} is there already; choose another name, or delete it first"
    for option, called in (("--country", place.country), ("--currency", place.currency)):
        if not re.fullmatch(ID, called.id) or len(called.id) > LONGEST:
            allowed = f"up to {LONGEST} small letters without marks, digits and _"
            yield f"{option} {called.id!r}; allowed {allowed}; write such a name"
    yield from _name_refusals(place)
    if place.kind not in KINDS:
        yield f"--kind {place.kind!r}; allowed {', '.join(KINDS)}"
    if not JANUARY <= place.year_begins <= 12:
        yield f"--year-begins {place.year_begins}; allowed 1 to 12, the month with which its years begin"
    if not vocabulary.is_dir():
        yield f"{vocabulary}: no such folder; take it from a release of this report"
    elif _units(vocabulary).get(place.currency.id, {}).get("dimension", MONEY) != MONEY:
        yield f"--currency {place.currency.id!r} is a unit of something else; choose another name"


def _name_refusals(place: NewPlace) -> Iterator[str]:
    """Names for readers that cannot be read or are missing: there has to be one of the place, and all others in its languages."""
    allowed = f"a text of 1 to {NAME} characters"
    if not place.languages:
        options = " or ".join(f"--name-{code}" for code in LANGUAGES)
        yield f"{options}: found nothing; allowed {allowed}, in one language or more; write the name"
    named = {"--name": place.names, "--country": place.country.names, "--currency": place.currency.names}
    for option, names in named.items():
        for code in place.languages:
            text = names.get(code, "")
            problem = flaw(text, NAME, drawn=True) if text else ("", "nothing", allowed, "write the name")
            if problem:
                yield f"{option}-{code}: found {problem[1]}; allowed {problem[2]}; {problem[3]}"
            elif NO_WORDS.fullmatch(text):
                yield f"{option}-{code}: found {text!r}; allowed words; write the name that readers are to read"
    for code in place.languages:
        if seen(place.names[code]) == seen(place.country.names.get(code, "")):
            yield f"--name-{code}: found the name of the country; allowed one of its own; write it, such as {place.names[code]} City"


def _descriptor(place: NewPlace) -> str:
    """What the package says of itself and of its tables."""
    title = place.names[place.languages[0]]
    settings = {"country": place.country.id, "currency": place.currency.id, "year_begins": place.year_begins}
    usual = {"country": COUNTRY, "currency": CURRENCY, "year_begins": JANUARY}
    other = {name: value for name, value in settings.items() if value != usual[name]}
    told: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"{place.name.replace('_', '-')}-industrial-promotion",
        "title": f"Industrial promotion in {title}",
        "description": f"Programmes, indicators, targets and observations of the industrial promotion of {title}, "
        "each figure with its source.",
        "version": "1.0.0",
        "languages": place.languages,
        "keywords": ["industrial promotion", "khuyến công", title, "targets"],
        "licenses": [
            {
                "name": LICENCE,
                "path": LICENCE_ADDRESS,
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "place": {"area": place.name, **_in_columns(place.names), **other},
    }
    told["resources"] = [_as_required(resource, told) for resource in RESOURCES]
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _tables(vocabulary: Path, place: NewPlace, *, today: date) -> dict[str, str]:
    """The tables by file: those of areas and releases with rows, the others with their headers."""
    area = {"area_id": place.name, **_in_columns(place.names), "parent": place.country.id, "level": place.kind}
    country = {"area_id": place.country.id, **_in_columns(place.country.names), "level": LEVELS[0]}
    rows = {
        "areas": [area, country],
        "units": _units_of_money(vocabulary, place.currency),
        "release_calendar": _releases(today, place.year_begins),
    }
    frames = {table.file: pd.DataFrame(rows.get(table.name, []), columns=table.names) for table in TABLES.values()}
    return {file: frame.to_csv(index=False, lineterminator="\n") for file, frame in frames.items()}


def _in_columns(names: Mapping[str, str]) -> dict[str, str]:
    return {f"name_{code}": text for code, text in names.items() if text}


def _as_required(resource: dict[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A resource that asks for the texts that a place of these languages and this country has to have."""
    columns = {column.name: column for column in required_in(TABLES[resource["name"]], said).columns}
    fields = [
        {**field, "constraints": dict(columns[field["name"]].constraints)} if "constraints" in field else field
        for field in resource["schema"]["fields"]
    ]
    return {**resource, "schema": {**resource["schema"], "fields": fields}}


def _units(vocabulary: Path) -> dict[str, dict[str, str]]:
    """The units of the vocabulary by their ids."""
    rows = pd.read_csv(vocabulary / TABLES["units"].file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return {row["unit_id"]: row for row in records(rows)}


def _units_of_money(vocabulary: Path, currency: Called) -> list[dict[str, str]]:
    """The units of money that the vocabulary has not: its own, in the currency of the place."""
    common = _units(vocabulary)
    found = {unit_in(name, currency.id): row for name, row in common.items()}
    return [_in_currency(row, name, currency=currency) for name, row in found.items() if name not in common]


def _in_currency(row: dict[str, str], unit: str, *, currency: Called) -> dict[str, str]:
    """A unit of money of the vocabulary in a currency; of one of it English drops the s."""
    names = {f"name_{c}": row[f"name_{c}"].replace(DONG.names[c], text) for c, text in currency.names.items() if text}
    one = currency.names.get("en", "").removesuffix("s") if row["one_en"] else ""
    symbols = {name: currency.id.upper() for name in ("symbol_en", "symbol_vi") if row[name]}
    return row | {"name_en": "", "name_vi": ""} | names | symbols | {"unit_id": unit, "one_en": one}


def _guide(place: NewPlace, today: date) -> str:
    """What to write into the tables first, in the languages of the place and with the days of its newest year."""
    year, others = _newest_year(today, place.year_begins), {*LANGUAGES} - {*place.languages}
    lines = TEMPLATE.read_text(encoding="utf-8").splitlines(keepends=True)
    told = [line for line in lines if not any(f"_{code}` | " in line for code in others)]
    return "".join(told).format(
        name=place.names[place.languages[0]],
        place=place.name,
        currency=place.currency.id,
        money=place.currency.names.get("en") or place.currency.id,
        cut_off=_cut_off(year, place.year_begins),
        this=real_days(parse(year), place.year_begins),
        next=real_days(parse(year + 1), place.year_begins),
    )


def _newest_year(today: date, year_begins: int) -> int:
    """The newest year whose figures can be known."""
    return next(year for year in range(today.year, 0, -1) if _cut_off(year, year_begins) <= today)


def _cut_off(year: int, year_begins: int) -> date:
    return default_cut_off(date(year, 12, 31), year_begins)


def _releases(today: date, year_begins: int) -> list[dict[str, str]]:
    """The newest year whose figures can be known, released on this day, and the year after it."""
    last = _newest_year(today, year_begins)
    released = {last: today, last + 1: months_after(_cut_off(last + 1, year_begins), 1)}
    first, second = (
        {
            "period": str(year),
            "cut_off": str(_cut_off(year, year_begins)),
            "announced_on": str(today),
            "release_on": str(day),
        }
        for year, day in released.items()
    )
    return [first | FIRST, second]
