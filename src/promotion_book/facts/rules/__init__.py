"""What the figures themselves must obey, by what the rules ask.

A rule on single rows, with the rows that their keys name, is a row of `row_rules.csv`. One that takes more is a function
here, which takes the tables (texts, as printed, with the corrections applied) and yields findings: it chooses the rows that
break it, and gives the line that is printed for each of them.

    rows = tables["left_out"]
    used = rows[rows["fact_id"].isin(tables["targets"]["fact_id"])]
    yield from report(used, "left_out:fact_id: used: found {fact_id!r}; allowed facts without a figure; delete this row")

Rules look only at cells that are well formed; malformed cells are `structure`'s findings, and empty here. Days are
compared as they are written. To add one: write the row, or the function under `@rule`, and break a table on
purpose in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts import grammar
from promotion_book.facts.findings import Finding
from promotion_book.facts.periods import Period, parse_or_none, real_days
from promotion_book.facts.place_settings import JANUARY
from promotion_book.facts.rows import records
from promotion_book.facts.schema import TABLES

KEYS: Mapping[str, Mapping[str, str]] = {
    **{name: table.foreign for name, table in TABLES.items()},
    "targets": {**TABLES["targets"].foreign, "superseded_by": "targets"},
    "indicators": {**TABLES["indicators"].foreign, "part_of": "indicators"},
}
"""By table the columns that name rows of a table."""


class NotReadError(Exception):
    """A rule asks for a table that could not be read."""


class Tables(dict[str, pd.DataFrame]):
    """The tables that could be read, as texts with a column `line`; the month with which years begin; the day of the check,
    where it counts.
    """

    def __init__(
        self, texts: Mapping[str, pd.DataFrame], *, year_begins: int = JANUARY, today: date | None = None
    ) -> None:
        super().__init__(texts)
        self.year_begins, self.today = year_begins, today
        self._rows: dict[str, list[CheckedRow]] = {}
        self._by_key: dict[str, dict[str, CheckedRow | None]] = {}

    def __missing__(self, name: str) -> pd.DataFrame:
        raise NotReadError(name)

    def rows(self, name: str) -> list[CheckedRow]:
        """The rows of a table one by one."""
        if name not in self._rows:
            self._rows[name] = [CheckedRow(cells, self, leads=KEYS.get(name, {})) for cells in records(self[name])]
        return self._rows[name]

    def row(self, name: str, key: str) -> CheckedRow | None:
        """The row of a table with a key; None where there is none, and for no key."""
        if name not in self._by_key:
            self._by_key[name] = {row[TABLES[name].key[0]]: row for row in self.rows(name)} | {"": None}
        return self._by_key[name].get(key)


class CheckedRow(dict[str, Any]):
    """The cells of a row by column. It also has those of the rows that its keys name: "indicator_unit" is the unit of the
    row that `indicator_id` names, empty where there is none. And it has what is `DERIVED`.
    """

    def __init__(self, cells: Mapping[str, Any], tables: Tables, *, leads: Mapping[str, str]) -> None:
        super().__init__(cells)
        self.tables, self.leads = tables, leads

    def __missing__(self, name: str) -> Any:
        if name in DERIVED:
            return DERIVED[name](self)
        for key, table in self.leads.items():
            stem = f"{key.removesuffix('_id')}_"
            if name.startswith(stem):
                row = self.tables.row(table, self[key])
                return row[name.removeprefix(stem)] if row is not None else ""
        raise KeyError(name)

    def span(self) -> Period | None:
        """The period of the row with the days that it has where years begin with another month."""
        span = parse_or_none(self["period"])
        return span and real_days(span, self.tables.year_begins)


DERIVED: Mapping[str, Callable[[CheckedRow], Any]] = {
    "known": lambda row: row["known_on"] or row["source_published_on"],  # since when a figure is public
    "first": lambda row: str(span.start) if (span := row.span()) else "",  # the days of its period
    "last": lambda row: str(span.end or "") if (span := row.span()) else "",
    "today": lambda row: str(row.tables.today or date.max),
    "year_begins": lambda row: row.tables.year_begins,
}
Rule = Callable[[Tables], Iterable[Finding]]
RULES: list[Rule] = []
FIGURES = ("observations", "targets")
SERIES = ["indicator_id", "area", "scope"]  # what is one series of figures


def rule(function: Rule) -> Rule:
    """A function that every check asks: it is entered among the rules."""
    RULES.append(function)
    return function


def report(rows: pd.DataFrame, line: str, *, note: bool = False) -> Iterator[Finding]:
    """A finding on each of the rows: `table:column: rule: found ...; allowed ...; what to do`, with columns in braces.

    A note refuses nothing.
    """
    where, rule, said = line.split(": ", 2)
    (table, column), parts = where.split(":"), said.removeprefix("found ").split("; ")
    for row in records(rows):
        found, allowed, action = (part.format(**row) for part in parts)
        allowed = allowed.removeprefix("allowed ")
        yield Finding(f"{table.format(**row)}.csv", int(row["line"]), column, rule, found, allowed, action, note=note)


def figures(tables: Tables) -> pd.DataFrame:
    """Observations and targets in one table, with the name of their own in `table`; a column that theirs has not is empty."""
    return pd.concat([tables[name].assign(table=name) for name in FIGURES], ignore_index=True).fillna("")


def pick(rows: pd.DataFrame, flags: Iterable[bool]) -> pd.DataFrame:
    """The rows whose flag is set."""
    picked = [*flags]
    return rows[pd.Series(picked, rows.index, dtype=bool)] if any(picked) else rows[:0]


def look_up(keys: pd.Series[Any], told: pd.Series[Any]) -> pd.Series[Any]:
    """What a column that has keys for its index says for these keys; empty for unknown ones, and where there is no key."""
    by_key = told.to_dict() | {"": ""}
    return pd.Series([by_key.get(key, "") for key in keys], keys.index, dtype=object)


def follow(tables: Tables, column: str, *, keys: pd.Series[Any]) -> pd.Series[Any]:
    """What the rows that keys name say in a column, `"indicators.unit"`; empty for keys of no row."""
    name, column = column.split(".")
    return look_up(keys, tables[name].set_index(TABLES[name].key[0])[column])


def known_since(tables: Tables, rows: pd.DataFrame) -> pd.Series[Any]:
    """Since when figures or targets are public: the day that they say, else that of their source."""
    published = follow(tables, "sources.published_on", keys=rows["source_id"])
    return rows["known_on"].where(rows["known_on"] != "", published)


def last_days(labels: pd.Series[Any]) -> pd.Series[Any]:
    """The last day of each period in the calendar, as a text; empty for a label that is none, and for an open end."""
    spans = [parse_or_none(label) for label in labels]
    return pd.Series([str(span.end) if span and span.end else "" for span in spans], labels.index, dtype=object)


def numbers(column: pd.Series[Any]) -> pd.Series[float]:
    """The numbers of a column of texts; NaN for a cell that is none."""
    return column.map(grammar.number).astype(float)
