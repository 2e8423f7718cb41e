"""Is the table of earlier projections as it was made? Its numbers fit each other, the calendar and the indicators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.rows import each
from promotion_book.facts.rules import Rule, Tables

FILE = "forecast_vintages.csv"
ORDER = ["low95", "low80", "value", "high80", "high95"]
ONE = ["period", "indicator_id", "method", "target_year"]
ACTION = "restore the row as it was published"


def ranges_lie_one_in_the_other(tables: Tables) -> Iterator[Finding]:
    """low95 <= low80 <= value <= high80 <= high95, and all within the limits of the indicator."""
    table = tables["forecast_vintages"]
    numbers = table[ORDER].apply(pd.to_numeric, errors="coerce")
    turned = (numbers.ffill(axis=1).diff(axis=1) < 0).any(axis=1)
    for row in each(table[turned]):
        yield _at(row, "value", rule="range", found=_numbers(row), allowed=" <= ".join(ORDER))
    limits = tables["indicators"].drop_duplicates("indicator_id").set_index("indicator_id")
    for limit, beyond in (("limit_low", numbers.lt), ("limit_high", numbers.gt)):
        bound = pd.to_numeric(table["indicator_id"].map(limits[limit]), errors="coerce")
        for row in each(table.assign(bound=bound)[beyond(bound, axis=0).any(axis=1)]):
            yield _at(row, "value", rule="outside-limits", found=_numbers(row), allowed=f"{limit} {row.bound:g}")


def years_fit_each_other(tables: Tables) -> Iterator[Finding]:
    """A projection looks from the last year known at its cut-off day to its target year."""
    for row in each(tables["forecast_vintages"]):
        origin, target, ahead = (_year(text) for text in (row.origin_year, row.target_year, row.years_ahead))
        if origin and target and ahead and target - origin != ahead:
            yield _at(
                row,
                "years_ahead",
                rule="years",
                found=row.years_ahead,
                allowed=f"{target - origin}, from origin_year to target_year",
            )
        if origin and row.origin_year > row.cut_off[:4]:
            yield _at(
                row,
                "origin_year",
                rule="years",
                found=row.origin_year,
                allowed=f"up to {row.cut_off[:4]}, the year of the cut-off day",
            )


def editions_are_those_of_the_calendar(tables: Tables) -> Iterator[Finding]:
    """A projection belongs to an edition that the calendar announces, with its cut-off day; told at its first row."""
    calendar = dict(zip(tables["release_calendar"]["period"], tables["release_calendar"]["cut_off"], strict=True))
    for row in each(tables["forecast_vintages"].drop_duplicates(["period", "cut_off"])):
        announced = calendar.get(row.period)
        if announced is None:
            yield _at(
                row, "period", rule="edition", found=repr(row.period), allowed="an edition of release_calendar.csv"
            )
        elif announced != row.cut_off:
            yield _at(
                row, "cut_off", rule="edition", found=row.cut_off, allowed=f"{announced}, as in release_calendar.csv"
            )


def versions_have_no_gap(tables: Tables) -> Iterator[Finding]:
    """The versions of a projection are 1, 2, 3 and so on."""
    table = tables["forecast_vintages"]
    version = pd.to_numeric(table["version"], errors="coerce")
    expected = version.groupby([table[name] for name in ONE]).rank(method="first")
    for row in each(table.assign(expected=expected, number=version).query("number != expected")):
        yield _at(row, "version", rule="version", found=row.version, allowed=f"{row.expected:g}")


def _at(row: Any, column: str, *, rule: str, found: str, allowed: str) -> Finding:
    return Finding(FILE, int(row.line), column, rule, found, allowed, ACTION)


def _numbers(row: Any) -> str:
    return " ".join(getattr(row, name) for name in ORDER)


def _year(text: str) -> int | None:
    return int(text) if text.isdigit() else None


RULES: list[Rule] = [
    ranges_lie_one_in_the_other,
    years_fit_each_other,
    editions_are_those_of_the_calendar,
    versions_have_no_gap,
]
