"""Is the release calendar one that can be kept? Its editions follow each other, and nothing is of a day to come that should be past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from promotion_book.facts.calendar import NOTICE_DAYS, age
from promotion_book.facts.expected import MONTHS, overdue
from promotion_book.facts.findings import Finding
from promotion_book.facts.periods import months_after, parse_or_none, real_days
from promotion_book.facts.place_settings import JANUARY
from promotion_book.facts.rows import each
from promotion_book.facts.rules import FIGURES, Tables, last_days, pick, report, rule

MONTHS_TO_LOOK_BACK = 12
LONGEST_NOTICE = 1096  # days, three years
DATED = (  # columns with a day that the check cannot come before
    ("sources", "published_on"),
    ("release_calendar", "announced_on"),
    *((table, "known_on") for table in FIGURES),
)


@rule
def editions_are_announced(tables: Tables) -> Iterator[Finding]:
    """The calendar names at least one edition; each reports on a year, or on a half-year, a quarter or months of one."""
    rows = _with_periods(tables)
    if rows.empty:
        action = "announce an edition"
        yield Finding("release_calendar.csv", 0, "", "calendar", "no edition", "a row for each edition", action)
    yield from report(
        pick(rows, (bool(span) and not span.reportable for span in rows["span"])),
        "release_calendar:period: calendar: found {span}, a {span.frequency}; allowed a year, a half-year, a quarter or months of a year; "
        "name the period of the edition",
    )


@rule
def days_follow_each_other(tables: Tables, year_begins: int = JANUARY) -> Iterator[Finding]:
    """A release is announced before its day, and looks back on a period that ended within the year before its cut-off."""
    rows = _with_periods(tables, year_begins)
    cut_off, release = rows["cut_off"], rows["release_on"]
    latest = [str(months_after(span.end, MONTHS_TO_LOOK_BACK)) if span and span.end else "" for span in rows["span"]]
    rows = rows.assign(latest=latest)
    yield from report(
        rows[(release != "") & (rows["announced_on"] > release)],
        "release_calendar:announced_on: calendar: found {announced_on}; allowed up to {release_on}; mend one of the two days",
    )
    yield from report(
        rows[(rows["latest"] != "") & (cut_off > rows["latest"])],
        "release_calendar:cut_off: calendar: found {cut_off}; allowed up to {latest}; mend the day",
    )
    yield from report(
        rows[(cut_off != "") & (cut_off < rows["end"])],
        "release_calendar:cut_off: calendar: found {cut_off}; allowed from {end} on; mend the day",
    )
    yield from report(
        rows[(release != "") & (release < cut_off)],
        "release_calendar:release_on: calendar: found {release_on}; allowed from {cut_off} on; mend the day",
    )


@rule
def notice_is_given(tables: Tables) -> Iterator[Finding]:
    """A release is announced `NOTICE_DAYS` ahead, or there is a reason why not, and not more than three years ahead."""
    rows = tables["release_calendar"]
    announced, release = (pd.to_datetime(rows[name], errors="coerce") for name in ("announced_on", "release_on"))
    rows = rows.assign(days=(release - announced).dt.days)
    yield from report(
        rows[(rows["days"] < NOTICE_DAYS) & (rows["note_en"] == "")],
        "release_calendar:note_en: calendar: found {days:g} days of notice; "
        f"allowed {NOTICE_DAYS} days, or a reason; write the reason",
    )
    yield from report(
        rows[rows["days"] > LONGEST_NOTICE],
        "release_calendar:release_on: calendar: found {release_on}, {days:g} days after {announced_on}; "
        f"allowed up to {LONGEST_NOTICE} days; mend one of the two days",
    )


@rule
def editions_follow_each_other(tables: Tables) -> Iterator[Finding]:
    """An edition on a period that ends later has a later cut-off day."""
    rows = _with_periods(tables)
    rows = rows[rows["span"].notna()].sort_values("period", key=lambda labels: labels.map(age), kind="stable")
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
def nothing_is_of_tomorrow(tables: Tables, today: date) -> Iterator[Finding]:
    """No source, figure or announcement is dated after the day of the check."""
    for table, column in DATED:
        line = f"{table}:{column}: tomorrow: found {{{column}}}; allowed up to {today}, the day of this check"
        yield from report(tables[table][tables[table][column] > str(today)], f"{line}; mend the day")


@rule
def figures_are_overdue(tables: Tables, today: date, year_begins: int = JANUARY) -> Iterator[Finding]:
    """Expected figures have come by the day of the check, in years that begin with a month; a note says which have not."""
    rows, indicators, areas = tables["observations"], tables["indicators"], tables["areas"]
    indicators = indicators[indicators["expected_every"].isin(MONTHS) & (indicators["expected_months"] != "")]
    rows = rows.assign(period_end=pd.to_datetime(last_days(rows["period"]), errors="coerce"))
    areas = areas.assign(valid_to=pd.to_datetime(areas["valid_to"], errors="coerce"))
    lines = dict(zip(indicators["indicator_id"], indicators["line"], strict=True))
    for late in each(overdue(rows, indicators, areas, on=today, year_begins=year_begins)):
        found = f"no figure of {late.area} for {late.period}, expected by {late.due}"
        allowed, action = f"a figure; overdue for {late.days} days", "look for the figure, or mend what is expected"
        line = int(lines[late.indicator_id])
        yield Finding("indicators.csv", line, "expected_months", "overdue", found, allowed, action, note=True)


@rule
def what_is_expected_has_a_day(tables: Tables) -> Iterator[Finding]:
    """An indicator says how often a figure comes and how many months after its period, or neither."""
    rows = tables["indicators"]
    yield from report(
        rows[(rows["expected_every"] == "") != (rows["expected_months"] == "")],
        "indicators:expected_months: expected: found {expected_months!r} months after every {expected_every!r}; "
        "allowed both, or neither; fill or empty both",
    )


@rule
def sources_have_the_day_of_their_precision(tables: Tables) -> Iterator[Finding]:
    """A source of which only the year or the month is known counts from its last day."""
    rows = tables["sources"]
    rows = rows[rows["precision"].isin(["year", "month"]) & (rows["published_on"] != "")]
    days = rows["published_on"].map(date.fromisoformat)
    months = [months_after(day, 0) for day in days]
    last = [
        str(month.replace(month=12, day=31) if p == "year" else month)
        for p, month in zip(rows["precision"], months, strict=True)
    ]
    yield from report(
        rows.assign(last=last)[rows["published_on"] != last],
        "sources:published_on: precision: found {published_on} with the precision {precision}; "
        "allowed {last}, the last day that it can mean; write that day, or the precision day",
    )


def _with_periods(tables: Tables, year_begins: int = JANUARY) -> pd.DataFrame:
    """The calendar with the `span` of each label, None where there is none, and its last day, `end`, as a text."""
    rows = tables["release_calendar"]
    named = [parse_or_none(label) for label in rows["period"]]
    spans = [span and real_days(span, year_begins) for span in named]
    ends = [str(span.end) if span and span.end else "" for span in spans]
    return rows.assign(span=pd.Series(spans, rows.index, dtype=object), end=ends)
