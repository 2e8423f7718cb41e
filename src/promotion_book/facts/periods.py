"""Periods: the labels of the tables and the days they stand for.

    2024                    a year
    2024-H1  2024-Q3        a half-year, a quarter
    2024-07                 a month
    2019-9M                 the first nine months of a year
    2016-2020               a range of years
    2024-09-10              a day
    2018-01-01/2020-09-16   any other span
    2018-05-15/..           from a day on, with an open end

A label that fits none of these, or names a day that does not exist, is refused with `ValueError`.
Years, half-years, quarters, months and months so far can be reported on (`Period.reportable`).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

ALLOWED = "2024, 2024-H1, 2024-Q3, 2024-07, 2019-9M, 2016-2020, 2024-09-10, 2018-01-01/2020-09-16 or 2018-05-15/.."
REPORTABLE = ("year", "half", "quarter", "month", "months")
A_YEAR = 366  # days, at most
FREQUENCIES = (*REPORTABLE, "years", "day", "span", "open")


@dataclass(frozen=True)
class Period:
    """A span of days with its label; `end` is None for an open end."""

    label: str
    start: date
    end: date | None
    frequency: str

    @property
    def reportable(self) -> bool:
        """Whether an edition can report on it: a year or the part of one that ends with a month."""
        return self.frequency in REPORTABLE

    def __str__(self) -> str:
        return self.label


@cache
def parse(label: str | int) -> Period:
    """The period of a label; a whole number is read as a year.

    Raises:
        ValueError: naming the label and the forms that are allowed.
    """
    text = str(label)
    for pattern, frequency, span in _FORMS:
        found = pattern.fullmatch(text)
        if found:
            try:
                start, end = span(*found.groups())
            except ValueError as error:
                raise ValueError(f"period {text!r} does not exist ({error})") from error
            if end is not None and end < start:
                raise ValueError(f"period {text!r} ends before it starts")
            return Period(text, start, end, frequency)
    raise ValueError(f"period {text!r} does not exist; allowed: {ALLOWED}")


def year_before(label: str) -> str:
    """The label of the same period of the year before; empty for a period that is no year and no part of one."""
    period = parse(label)
    return f"{period.start.year - 1}{label[4:]}" if period.reportable else ""


def parse_or_none(label: str) -> Period | None:
    """The period of a label, or None where there is none."""
    try:
        return parse(label)
    except ValueError:
        return None


Span = tuple[date, date | None]


def _months(year: str, first: int, *, last: int) -> Span:
    if not 1 <= last <= 12:
        raise ValueError("month must be in 1..12")
    return date(int(year), first, 1), date(int(year), last, calendar.monthrange(int(year), last)[1])


_YEAR, _DAY = r"((?:19|20)[0-9]{2})", r"((?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2})"
_FORMS: list[tuple[re.Pattern[str], str, Callable[..., Span]]] = [
    (re.compile(_YEAR), "year", lambda year: _months(year, 1, last=12)),
    (re.compile(_YEAR + r"-H([12])"), "half", lambda year, n: _months(year, 6 * int(n) - 5, last=6 * int(n))),
    (re.compile(_YEAR + r"-Q([1-4])"), "quarter", lambda year, n: _months(year, 3 * int(n) - 2, last=3 * int(n))),
    (re.compile(_YEAR + r"-([0-9]{2})"), "month", lambda year, month: _months(year, int(month), last=int(month))),
    (re.compile(_YEAR + r"-([1-9][0-9]?)M"), "months", lambda year, last: _months(year, 1, last=int(last))),
    (re.compile(_YEAR + "-" + _YEAR), "years", lambda first, last: (date(int(first), 1, 1), date(int(last), 12, 31))),
    (re.compile(_DAY), "day", lambda day: (date.fromisoformat(day), date.fromisoformat(day))),
    (re.compile(_DAY + "/" + _DAY), "span", lambda a, b: (date.fromisoformat(a), date.fromisoformat(b))),
    (re.compile(_DAY + r"/\.\."), "open", lambda start: (date.fromisoformat(start), None)),
]


def months_after(day: date, months: int) -> date:
    """The last day of the month that lies so many months after the month of `day`."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    return date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])


def rest_of_year(day: date) -> float:
    """What is left of its year after a day, as a part of that year."""
    last = date(day.year, 12, 31)
    return (last - date(day.year, day.month, day.day)).days / last.timetuple().tm_yday


def in_years(day: date) -> float:
    """The end of a day in years: that of the last day of 2024 is 2025."""
    return day.year + 1 - rest_of_year(day)


def real_days(period: Period, year_begins: int) -> Period:
    """A year or years with the days that they have where years begin with a month: with 4, the year 2024 begins on 1 April
    2024 and ends on 31 March 2025.
    """
    later = year_begins - 1
    if not later or period.end is None:
        return period
    start = months_after(period.start, later - 1) + timedelta(days=1)
    return replace(period, start=start, end=months_after(period.end, later))


def label_of(start: date, end: date | None) -> str:
    """The usual label of a span of days: the shortest one, `2022` rather than `2022-2022`, `2022-12M` or two days."""
    if end is None:
        return f"{start}/.."
    if start == end:
        return str(start)
    months = end.month - start.month + 1
    whole = start.day == 1 and end == months_after(end, 0)
    if not whole or (start.year != end.year and (start.month, end.month) != (1, 12)):
        return f"{start}/{end}"
    if start.year != end.year:
        return f"{start.year}-{end.year}"
    if months == 12:
        return str(start.year)
    if months in _PARTS and end.month % months == 0:
        return f"{start.year}-{_PARTS[months].format(end.month // months)}"
    return f"{start.year}-{months}M" if start.month == 1 else f"{start}/{end}"


_PARTS = {6: "H{}", 3: "Q{}", 1: "{:02}"}
