"""The time of a figure in words: alone, and beside a period that it is not wholly of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts import parse
from promotion_book.report.context import Context
from promotion_book.statistics.results_table import last_day
from promotion_book.words.numbers import DASH


def figure_time(context: Context, indicator: str, *, first: date, last: date) -> str:
    """The time of a figure: 2024, 2021–2024, January–September 2025; the year of its last day for what stands at a time,
    or is counted since a year that the name of the indicator says.
    """
    if _kind(context, indicator) == "level" or first.year < last.year:
        return _years(context, indicator, first=first, last=last) or str(last.year)
    return _months(context, first, last) or str(last.year)


def counted_in(context: Context, figure: str, *, day: date) -> str:
    """A figure with the year that it stands for, or with the month of its count where that year was not over."""
    text = context.language.text
    if (day.month, day.day) == (12, 31):
        return text("{figure} in {year}", figure=figure, year=day.year)
    return text("{figure} in {month}", figure=figure, month=context.language.month(day))


def time_beside(context: Context, indicator: str, *, row: Any, period: str) -> str:
    """The time of a figure where it is not the period itself: 2021–2025, 2019 to 10 November 2025, to 10 November 2025, November
    2025.
    """
    kind, first, end = _kind(context, indicator), row.period_start, parse(period).end
    last = last_day(row, kind)
    if years := _years(context, indicator, first=first, last=last):
        day = context.day(last)
        return years if last.is_year_end else context.language.text("{year} to {day}", year=first.year, day=day)
    if end is None or last >= pd.Timestamp(end):
        return ""
    whole = first.day == 1 and last.is_month_end
    if whole and (months := _months(context, first, last)):
        return months
    day = context.day(last)
    return context.language.text("to {day}", day=day) if kind == "flow" else day


def _kind(context: Context, indicator: str) -> str:
    return str(context.known.package.row("indicators", indicator)["kind"])


def _years(context: Context, indicator: str, *, first: date, last: date) -> str:
    """The years of a figure of several; empty for what stands at a time, or is counted since a year that its name says."""
    said = str(first.year) in context.indicator(indicator)
    if said or first.year == last.year or _kind(context, indicator) == "level":
        return ""
    return f"{first.year}{DASH}{last.year}"


def _months(context: Context, first: date, last: date) -> str:
    """One month, or the first ones of a year; empty for other days."""
    if (first.year, first.month) == (last.year, last.month):
        return context.language.month(last)
    if first.year == last.year and first.month == 1 and last.month < 12:
        return context.period(f"{last.year}-{last.month}M")
    return ""
