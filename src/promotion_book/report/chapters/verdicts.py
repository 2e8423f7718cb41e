"""Targets in words: what they count and want, and what the figures say about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any

from promotion_book.digits import round_number, round_to_digits
from promotion_book.report.chapters.figure_time import figure_time
from promotion_book.report.context import Context
from promotion_book.statistics.assessment import Assessment
from promotion_book.statistics.statuses import Reading
from promotion_book.statistics.targets import Point
from promotion_book.words.status_words import REASONS, SIGNS, STATUS

NIL = 9  # decimals of a difference; what lies beyond is nil


def status_label(context: Context, status: str) -> str:
    """Sign and word of a status: the sign alone says it in black and white."""
    return f"{SIGNS[status]} {context.language.text(STATUS[status])}"


def target_name(context: Context, indicator: str, *, scope: str, period: str, readings: Sequence[Reading] = ()) -> str:
    """A target by what it counts (`counted_name`), what narrows it (`context.scope`) if anything does, and its period."""
    said = f", {scope}" if scope else ""
    return f"{counted_name(context, indicator, readings)}{said} ({context.period_beside(period)})"


def counted_name(context: Context, indicator: str, readings: Sequence[Reading]) -> str:
    """The name of an indicator; where a target has several readings, the words with which the names of all of them begin."""
    names = [context.indicator(one.row.indicator_id).split() for one in readings]
    shared = takewhile(lambda words: len({*words}) == 1, zip(*names, strict=False))
    return " ".join(words[0] for words in shared) or context.indicator(indicator)


def statement_name(context: Context, row: Any) -> str:
    """A statement of a target by what it counts, with its scope and period."""
    return target_name(context, row.indicator_id, scope=context.scope(row), period=row.period)


def target_words(context: Context, rows: Iterable[Any]) -> str:
    """What statements that are alike want, in their own words."""
    said = dict.fromkeys(context.numbers.figure(row, words=False, target=True) for row in rows)
    return context.language.text(" or ").join(said)


def newer_words(context: Context, row: Any) -> str:
    """A newer figure that cannot be set against a target, with its time, scope and standing."""
    about = [context.period_beside(row.period), context.scope(row), context.standing(row.status)]
    return f"{context.numbers.figure(row)} ({', '.join(part for part in about if part)})"


def why(context: Context, found: Assessment) -> str:
    """Why there is no verdict yet, or at all; empty for a verdict."""
    text = context.language.text
    if found.status == "not_started" and found.base:
        return text("progress is measured from {year} on", year=found.base.year)
    if found.status == "not_started":
        return text("its period begins in {year}", year=found.target.start.year)
    return text(REASONS[found.reason]) if found.reason else ""


def when_and_standing(context: Context, indicator: str, point: Point) -> str:
    """The time of a figure, and its standing unless it is observed: 2024, estimate."""
    when = figure_time(context, indicator, first=point.start, last=point.end)
    return ", ".join(filter(None, [when, context.standing(point.status)]))


def points(context: Context, difference: float, *, plus: str = "+") -> str:
    """A difference in percentage points, with its sign; one that is not nil is not told as nil."""
    near = round_number(difference, 2) or round_number(round_to_digits(difference, 1), NIL)
    shown, one = (plus if near > 0 else "") + context.numbers.plain(near, NIL), abs(near) == 1
    return context.language.text("{n} percentage point" if one else "{n} percentage points", n=shown)
