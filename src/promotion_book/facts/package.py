"""Reading a data package: `data/<place>/datapackage.json` and its CSV tables.

The tables come back typed by their schema, with the corrections applied, so that whoever reads a package sees what
is used; `printed` holds the figures as the sources printed them. Files and cells are read by the reader and the
grammar of `promotion-book check`; what it finds besides does not keep a package from being read.

The folder of a place is `data/<place>` in the working directory or any folder above it, or under
the folder that the environment variable `PROMOTION_BOOK_DATA` names.

Tables `APART` are read by few pages. A page declares those that it reads, and `declaring` refuses the others,
so that what a page depends on is known before it runs.

A package with a property `what_if` in its descriptor holds the assumptions of an analyst beside the
figures: whatever is made from it says so, and is not published.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from promotion_book.facts.areas import area_on
from promotion_book.facts.corrections import KEYS, apply
from promotion_book.facts.descriptor import DESCRIPTOR
from promotion_book.facts.findings import Finding, refusing
from promotion_book.facts.periods import parse
from promotion_book.facts.place_settings import JANUARY, currency_of, first_month_of, languages_of
from promotion_book.facts.reader import load
from promotion_book.facts.rows import records
from promotion_book.facts.schema import TableSchema
from promotion_book.facts.structure import malformed_cells
from promotion_book.facts.suggestion import did_you_mean
from promotion_book.facts.vocabulary import VOCABULARY, locate, vocabulary_folder
from promotion_book.fault import Fault

DATA_VARIABLE = "PROMOTION_BOOK_DATA"
APART = frozenset({"conflict_notes", "forecast_vintages", "left_out", "scenarios"})

REMEMBERED = 8  # packages that a process has read


class PackageError(Fault):
    """The data package cannot be found or read."""


@dataclass(frozen=True)
class Package:
    """A place's tables. `tables` holds what is used, `texts` what the sources printed, as text.

    `published` are the periods whose published projections are at hand; see `facts.published_projections`.
    """

    place: str
    folder: Path
    descriptor: dict[str, Any]
    tables: dict[str, pd.DataFrame]
    texts: dict[str, pd.DataFrame]
    schemas: dict[str, TableSchema]
    closed: frozenset[str] = frozenset()
    published: frozenset[str] = frozenset()

    def __getitem__(self, table: str) -> pd.DataFrame:
        if table in self.closed:
            raise PackageError(f"table {table!r} is not declared; write open_page(..., tables=[{table!r}])")
        return self.tables[table]

    def declaring(self, tables: Collection[str]) -> Package:
        """The same package, without the tables apart that are not among those declared.

        Raises:
            PackageError: a declared table is not one of those apart.
        """
        unknown = set(tables) - APART
        if unknown:
            raise PackageError(f"tables {sorted(unknown)} are not declared; only {sorted(APART)} are")
        return replace(self, closed=APART.difference(tables))

    def row(self, table: str, key: str) -> dict[str, Any]:
        """The row of a table that has this key in its first column, as a dictionary by column.

        Raises:
            PackageError: there is none.
        """
        if table not in self._keyed:
            rows = self.tables[table]
            self._keyed[table] = dict(zip(rows.iloc[:, 0], records(rows), strict=True))
        return find_row(self._keyed[table], key, table=table)

    @cached_property
    def _keyed(self) -> dict[str, dict[str, dict[str, Any]]]:
        return {}

    @cached_property
    def printed(self) -> dict[str, pd.DataFrame]:
        """The tables that corrections can change, as the sources printed them."""
        return {name: cast_columns(self.schemas[name], self.texts[name]) for name in KEYS}

    @property
    def area(self) -> str:
        """The area that the place itself stands for in the tables."""
        return str(self.descriptor["place"]["area"])

    def on_day(self, day: date) -> Package:
        """The same package, of a place that stands for the area that it was on a day."""
        area = area_on(self.tables["areas"], self.area, day=day)
        return self if area == self.area else self.of_area(area)

    def of_area(self, area: str) -> Package:
        """The same package, as if another area were its place."""
        place = {**self.descriptor["place"], "area": area}
        return replace(self, descriptor={**self.descriptor, "place": place})

    @property
    def country(self) -> str:
        """The country that the place lies in; the place itself where the areas do not say it."""
        areas, found = self.tables["areas"].set_index("area_id"), self.area
        for _ in range(len(areas)):
            if areas["level"].get(found) == "country":
                return found
            found = areas["parent"].get(found, "")
        return self.area

    @property
    def what_if(self) -> str:
        """Title and author of the what-if that the package was made for; empty for the report's own package."""
        return str(self.descriptor.get("what_if", ""))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the place is reported on."""
        return languages_of(self.descriptor)

    @property
    def year_begins(self) -> int:
        """The month with which the years of the place begin."""
        return first_month_of(self.descriptor)

    @property
    def currency(self) -> str:
        """The unit of the money of the place."""
        return currency_of(self.descriptor)

    def place_name(self, language: str) -> str:
        """The name of the place in a language; in its first one where it has none in that."""
        place = self.descriptor["place"]
        return str(place.get(f"name_{language}") or place[f"name_{self.languages[0]}"])


def find_row(rows: Mapping[str, dict[str, Any]], key: str, *, table: str) -> dict[str, Any]:
    """The row of a table that has a key. Raises PackageError: there is none."""
    if key not in rows:
        raise PackageError(f"{table}.csv has no row {key!r}{did_you_mean(str(key), rows)}")
    return rows[key]


def data_folder() -> Path:
    """The folder that holds the places.

    Raises:
        PackageError: no `data` folder in the working directory or above it.
    """
    named = os.environ.get(DATA_VARIABLE)
    if named:
        return Path(named)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if any(folder.glob("data/*/datapackage.json")) or (folder / "data" / VOCABULARY).is_dir():
            return folder / "data"
    raise PackageError(f"no data/<place>/datapackage.json in {here} or above; set {DATA_VARIABLE} to the data folder")


@contextmanager
def data_from(folder: Path) -> Iterator[None]:
    """Let this process, and those it starts, read the places of another folder."""
    before = os.environ.get(DATA_VARIABLE)
    os.environ[DATA_VARIABLE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ[DATA_VARIABLE]
        else:
            os.environ[DATA_VARIABLE] = before


def places() -> list[str]:
    """The places, in alphabetical order: the folders with a descriptor or a table, also those that this user may not read."""
    folders = (path for path in data_folder().iterdir() if path.name != VOCABULARY and not path.name.startswith("."))
    return sorted(path.name for path in folders if _is_place(path))


def _is_place(folder: Path) -> bool:
    """Whether a folder is one of a place; what it lacks, or that it cannot be read, says whoever reads it."""
    try:
        return (folder / DESCRIPTOR).exists() or any(folder.glob("*.csv"))
    except PermissionError:
        return True


def listed_places(names: str) -> list[str]:
    """The places that a text names between commas, each once; all where it is empty."""
    return [*dict.fromkeys(name.strip() for name in names.split(",") if name.strip())] or places()


def read(place: str) -> Package:
    """The data package of a place; the same one as before while its files and the vocabulary have the same bytes.

    Raises:
        PackageError: the place has no package, or a file of it cannot be read.
    """
    folder = data_folder() / place
    common = vocabulary_folder(folder)
    return _read(place, folder, (*_contents(folder), *(_contents(common) if common else ())))


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of a place, in the order of their names; of one that cannot be read only the name."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            yield path.name, path.read_bytes()
        except OSError:
            yield path.name, b""


@lru_cache(maxsize=REMEMBERED)
def _read(place: str, folder: Path, _: tuple[tuple[str, bytes], ...]) -> Package:
    loaded = load(folder)
    _refuse(folder, loaded.findings)
    assert loaded.descriptor is not None
    try:
        used = apply(loaded.texts)
    except ValueError as error:
        raise PackageError(f"{folder}: {error}; run 'promotion-book check --place {place}'") from error
    for rows in (loaded.texts, {name: used[name] for name in KEYS}):
        _refuse(
            folder, [found for name, table in rows.items() for found in malformed_cells(loaded.tables[name], table)]
        )
    tables = {name: cast_columns(loaded.tables[name], rows) for name, rows in _texts(used).items()}
    month = first_month_of(loaded.descriptor.value)
    tables |= {name: in_calendar_years(tables[name], month) for name in KEYS if month != JANUARY}
    return Package(place, folder, loaded.descriptor.value, tables, _texts(loaded.texts), loaded.tables)


def _refuse(folder: Path, findings: list[Finding]) -> None:
    """Stop at the first finding that is more than a note."""
    refused = sorted(map(locate, refusing(findings)))
    if refused:
        there, advice = ", ".join(places()), f"run 'promotion-book check --place {folder.name}'"
        raise PackageError(f"{folder}: cannot be read ({refused[0]}); places: {there}; {advice}")


def _texts(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: rows.drop(columns="line").astype(str) for name, rows in tables.items()}


def cast_columns(schema: TableSchema, rows: pd.DataFrame) -> pd.DataFrame:
    """A table of texts with its columns cast to the types of its schema; empty cells become missing."""
    casts = {column.name: _CASTS[column.type] for column in schema.columns if column.type in _CASTS}
    return rows.assign(**{name: cast(rows[name]) for name, cast in casts.items()})


def in_calendar_years(rows: pd.DataFrame, year_begins: int) -> pd.DataFrame:
    """Figures or targets of a place whose years begin with another month, with the days of the calendar year that has the
    name of theirs: all that is computed counts in years.
    """
    spans = [parse(label) for label in rows["period"]]
    days = {
        "period_start": _date(pd.Series([str(span.start) for span in spans], rows.index, dtype=object)),
        "period_end": _date(pd.Series([str(span.end or "") for span in spans], rows.index, dtype=object)),
    }
    if "plan_start" in rows:
        days["plan_start"] = rows["plan_start"] - pd.DateOffset(months=year_begins - JANUARY)
    return rows.assign(**days)


def _number(column: pd.Series[Any]) -> pd.Series[Any]:
    return column.replace("", "nan").astype(float)


def _date(column: pd.Series[Any]) -> pd.Series[Any]:
    return pd.to_datetime(column, format="%Y-%m-%d")


_CASTS = {"number": _number, "integer": _number, "date": _date}
