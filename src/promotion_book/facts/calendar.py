"""The release calendar: which editions there are and on which day each one stops looking.

An edition sees what was public on its cut-off day. A period that the calendar does not name gets
the rule of the calendar: the last day of the third month after the period.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from promotion_book.facts.package import Package
from promotion_book.facts.periods import Period, months_after, parse

MONTHS_TO_CUT_OFF = 3


@dataclass(frozen=True)
class Edition:
    """The report of one place and period, and the day up to which it knows the world."""

    place: str
    period: Period
    cut_off: date


def edition(package: Package, label: str | int) -> Edition:
    """The edition of a period.

    Raises:
        ValueError: the period does not exist, or is not a year, a half-year or a quarter.
    """
    period = parse(label)
    if not period.reportable or period.end is None:
        raise ValueError(f"period {period} cannot be reported on; allowed: years, half-years and quarters")
    calendar = package["release_calendar"]
    row = calendar[calendar["period"] == period.label]
    cut_off = row["cut_off"].iloc[0].date() if len(row) else months_after(period.end, MONTHS_TO_CUT_OFF)
    return Edition(package.place, period, cut_off)


def released(package: Package, today: date) -> list[str]:
    """The periods whose release day has come, oldest first."""
    calendar = package["release_calendar"]
    due = calendar[calendar["release_on"].dt.date <= today]["period"]
    return sorted(due, key=lambda label: (parse(label).end or date.max, -parse(label).start.toordinal()))
