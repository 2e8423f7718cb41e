"""Is the release calendar one that can be kept? Its editions follow each other, and nothing is of a day to come that should be past."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from promotion_book.facts.calendar import age
from promotion_book.facts.expected import MONTHS, overdue
from promotion_book.facts.findings import Finding
from promotion_book.facts.rows import each
from promotion_book.facts.rules import Tables, last_days, report, rule


@rule
def editions_are_announced(tables: Tables) -> Iterator[Finding]:
    """The calendar names at least one edition."""
    if tables["release_calendar"].empty:
        action = "announce an edition"
        yield Finding("release_calendar.csv", 0, "", "calendar", "no edition", "a row for each edition", action)


@rule
def editions_follow_each_other(tables: Tables) -> Iterator[Finding]:
    """An edition on a period that ends later has a later cut-off day."""
    rows = tables["release_calendar"].assign(end=last_days(tables["release_calendar"]["period"]))
    rows = rows[rows["end"] != ""].sort_values("period", key=lambda labels: labels.map(age), kind="stable")
    before = rows[["period", "cut_off", "end"]].shift(1)
    rows = rows.assign(day=before["cut_off"], other=before["period"])
    yield from report(
        rows[rows["cut_off"] < rows["day"]],
        "release_calendar:cut_off: calendar: found {cut_off}; allowed after {day}, the cut-off day of {other}; "
        "mend one of the two days",
    )
    yield from report(
        rows[(rows["cut_off"] == rows["day"]) & (rows["end"] != before["end"])],
        "release_calendar:cut_off: calendar: found {cut_off}, as for {other}; allowed a day of its own; "
        "mend the day, or delete one of the two editions",
    )


@rule
def figures_are_overdue(tables: Tables) -> Iterator[Finding]:
    """Expected figures have come by the day of the check; a note says which have not."""
    if tables.today is None:
        return
    rows, indicators, areas = tables["observations"], tables["indicators"], tables["areas"]
    indicators = indicators[indicators["expected_every"].isin(MONTHS) & (indicators["expected_months"] != "")]
    rows = rows.assign(period_end=pd.to_datetime(last_days(rows["period"]), errors="coerce"))
    areas = areas.assign(valid_to=pd.to_datetime(areas["valid_to"], errors="coerce"))
    lines = dict(zip(indicators["indicator_id"], indicators["line"], strict=True))
    for late in each(overdue(rows, indicators, areas, on=tables.today, year_begins=tables.year_begins)):
        found = f"no figure of {late.area} for {late.period}, expected by {late.due}"
        allowed, action = f"a figure; overdue for {late.days} days", "look for the figure, or mend what is expected"
        line = int(lines[late.indicator_id])
        yield Finding("indicators.csv", line, "expected_months", "overdue", found, allowed, action, note=True)
