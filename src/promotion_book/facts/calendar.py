"""The release calendar: which editions there are, on which day each one stops looking, and when it is released.

An edition sees what was public on its cut-off day. A period that the calendar does not name gets
the rule of the calendar: the last day of the third month after the period. A release is announced
`NOTICE_DAYS` ahead, or the calendar says why not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from promotion_book.facts.package import Package
from promotion_book.facts.periods import Period, months_after, parse
from promotion_book.facts.place_settings import JANUARY
from promotion_book.facts.rows import each

MONTHS_TO_CUT_OFF = 3
NOTICE_DAYS = 28


@dataclass(frozen=True)
class Edition:
    """The report of one place and period, and the day up to which it knows the world."""

    place: str
    period: Period
    cut_off: date


@dataclass(frozen=True)
class Release:
    """A row of the calendar: what is released on which day, when that was announced, and why at short notice."""

    period: str
    announced_on: date
    release_on: date
    reason: str = ""

    def refusal(self, today: date) -> str:
        """Why the edition cannot be published on a day; empty when it can."""
        notice = (self.release_on - self.announced_on).days
        if today < self.release_on:
            return (
                f"its release is announced for {self.release_on}, and today is {today}; publish it on that day, or write an "
                "earlier release_on and the reason (note_en) into its row of release_calendar.csv, and build it again"
            )
        if notice < NOTICE_DAYS and not self.reason:
            return (
                f"it was announced {notice} days ahead; allowed {NOTICE_DAYS}, or a reason (note_en) in "
                "release_calendar.csv; write one, and build it again"
            )
        return ""


def edition(package: Package, label: str | int) -> Edition:
    """The edition of a period.

    Raises:
        ValueError: the period does not exist, or is no year and no part of one.
    """
    period = parse(label)
    if not period.reportable or period.end is None:
        raise ValueError(f"period {period} cannot be reported on; allowed: years, half-years, quarters and months")
    if package.year_begins != JANUARY and period.frequency != "year":
        raise ValueError(f"period {period} cannot be reported on; allowed: years, where they do not begin in January")
    calendar = package["release_calendar"]
    row = calendar[calendar["period"] == period.label]
    cut_off = row["cut_off"].iloc[0].date() if len(row) else default_cut_off(period.end, package.year_begins)
    return Edition(package.place, period, cut_off)


def default_cut_off(end: date, year_begins: int) -> date:
    """The day on which an edition stops looking where its calendar does not say it.

    Args:
        end: the last day of its period in the calendar.
        year_begins: the month with which the years of its place begin.
    """
    return months_after(end, year_begins - 1 + MONTHS_TO_CUT_OFF)


def age(label: str) -> tuple[date, int]:
    """Orders the labels of periods: the one that ends first, and of two that end together the shorter one."""
    period = parse(label)
    return period.end or date.max, -period.start.toordinal()


def released_periods(package: Package, today: date) -> list[str]:
    """The periods whose release day has come, oldest first."""
    return sorted((r.period for r in releases(package) if r.release_on <= today), key=age)


def releases(package: Package) -> list[Release]:
    """The rows of the calendar, in the order of release."""
    rows = [
        Release(row.period, row.announced_on.date(), row.release_on.date(), row.note_en)
        for row in each(package["release_calendar"])
    ]
    return sorted(rows, key=lambda release: (release.release_on, age(release.period)))


def next_release(calendar: Sequence[Release], period: str) -> Release | None:
    """The first release after that of a period, among those in the order of release; None if none is announced."""
    days = [release.release_on for release in calendar if release.period == period]
    return next((release for release in calendar if days and release.release_on > days[0]), None)


def earlier(package: Package, report: Edition) -> list[Edition]:
    """The editions before one in its series: those of the calendar with an earlier cut-off day, oldest first."""
    announced = [edition(package, release.period) for release in releases(package)]
    found = [one for one in announced if one.cut_off < report.cut_off]
    return sorted(found, key=lambda one: (one.cut_off, age(one.period.label)))
