"""What the figures themselves must obey: one function a rule, by what the rules ask.

Each rule takes the tables (texts, as printed, with the corrections applied) and yields findings: it chooses the rows that
break it, and gives the line that is printed for each of them.

    rows = tables["targets"]
    late = rows[rows["plan_start"] > rows["period_start"]]
    yield from report(late, "targets:plan_start: order: found {plan_start}; allowed up to {period_start}; mend the day")

Rules look only at cells that are well formed; malformed cells are `structure`'s findings, and empty here. Days are
compared as they are written. Besides the tables a rule may take `year_begins`, the month with which years begin, and
`today`, the day of the check. To add one: write the function under `@rule`, and break a table on purpose in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import pandas as pd

from promotion_book.facts import grammar
from promotion_book.facts.findings import Finding
from promotion_book.facts.periods import parse_or_none
from promotion_book.facts.rows import records
from promotion_book.facts.schema import TABLES

Tables = dict[str, pd.DataFrame]
Rule = Callable[[Tables], Iterable[Finding]]
AnyRule = TypeVar("AnyRule", bound=Callable[..., Iterable[Finding]])
RULES: list[Callable[..., Iterable[Finding]]] = []
FIGURES = ("observations", "targets")
SERIES = ["indicator_id", "area", "scope"]  # what is one series of figures


def rule(function: AnyRule) -> AnyRule:
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
    return rows[pd.Series([*flags], rows.index, dtype=bool)]


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
