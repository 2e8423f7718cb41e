"""Is the release calendar one that can be kept? Its editions follow each other, and nothing is of a day to come that should be past."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from typing import Any

from promotion_book.facts.calendar import age
from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import day
from promotion_book.facts.periods import months_after, parse, parse_or_none
from promotion_book.facts.rows import each, records
from promotion_book.facts.rules import FIGURES, Rule, Tables

FILE = "release_calendar.csv"
MONTHS_TO_LOOK_BACK = 12


def editions_are_announced(tables: Tables) -> Iterator[Finding]:
    """The calendar names at least one edition; each reports on a year, a half-year or a quarter."""
    if tables["release_calendar"].empty:
        yield Finding(FILE, 0, "", "calendar", "no edition", "a row for each edition", "announce an edition")
    for row in each(tables["release_calendar"]):
        period = parse_or_none(row.period)
        if period and not period.reportable:
            allowed = "a year, a half-year or a quarter"
            yield _at(
                row,
                "period",
                found=f"{period}, a {period.frequency}",
                allowed=allowed,
                action="name the period of the edition",
            )


def days_follow_each_other(tables: Tables) -> Iterator[Finding]:
    """A release is announced before its day, and looks back on a period that ended within the year before its cut-off."""
    for row in each(tables["release_calendar"]):
        if row.announced_on > row.release_on:
            yield _at(
                row,
                "announced_on",
                found=row.announced_on,
                allowed=f"up to {row.release_on}",
                action="mend one of the two days",
            )
        period = parse_or_none(row.period)
        latest = months_after(period.end, MONTHS_TO_LOOK_BACK) if period and period.end else None
        if latest and row.cut_off > str(latest):
            yield _at(row, "cut_off", found=row.cut_off, allowed=f"up to {latest}", action="mend the day")


def editions_follow_each_other(tables: Tables) -> Iterator[Finding]:
    """An edition on a period that ends later has a later cut-off day."""
    rows = [row for row in each(tables["release_calendar"]) if parse_or_none(row.period)]
    rows.sort(key=lambda row: age(row.period))
    for earlier, later in itertools.pairwise(rows):
        if later.cut_off < earlier.cut_off:
            allowed = f"after {earlier.cut_off}, the cut-off day of {earlier.period}"
            yield _at(later, "cut_off", found=later.cut_off, allowed=allowed, action="mend one of the two days")
        elif later.cut_off == earlier.cut_off and parse(later.period).end != parse(earlier.period).end:
            found = f"{later.cut_off}, as for {earlier.period}"
            yield _at(
                later,
                "cut_off",
                found=found,
                allowed="a day of its own",
                action="mend the day, or delete one of the two editions",
            )


def nothing_is_of_tomorrow(today: date) -> Rule:
    """The rule that no source, figure or announcement is dated after a day, the day of the check."""

    def rule(tables: Tables) -> Iterator[Finding]:
        dated = [("sources", "published_on"), ("release_calendar", "announced_on")]
        for name, column in [*dated, *((name, "known_on") for name in FIGURES)]:
            table = tables[name]
            for row in records(table[table[column] > str(today)]):
                allowed, action = f"up to {today}, the day of this check", "mend the day"
                yield Finding(f"{name}.csv", int(row["line"]), column, "tomorrow", row[column], allowed, action)

    return rule


def sources_have_the_day_of_their_precision(tables: Tables) -> Iterator[Finding]:
    """A source of which only the year or the month is known counts from its last day."""
    for row in each(tables["sources"]):
        months = {"year": 12, "month": 0}.get(row.precision)
        known = day(row.published_on)
        if months is None or known is None:
            continue
        last = date(known.year, 12, 31) if months else months_after(known, 0)
        if known != last:
            found = f"{known} with the precision {row.precision}"
            allowed, action = f"{last}, the last day that it can mean", "write that day, or the precision day"
            yield Finding("sources.csv", row.line, "published_on", "precision", found, allowed, action)


RULES: list[Rule] = [
    editions_are_announced,
    days_follow_each_other,
    editions_follow_each_other,
    sources_have_the_day_of_their_precision,
]


def _at(row: Any, column: str, *, found: str, allowed: str, action: str) -> Finding:
    return Finding(FILE, int(row.line), column, "calendar", found, allowed, action)
