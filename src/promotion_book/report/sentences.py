"""Sentences that several chapters say."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.calendar import next_release, releases
from promotion_book.report.context import Context


def change_sentence(context: Context, indicator: str, *, series: pd.DataFrame) -> str:
    """From the first to the last figure of a series, in one sentence."""
    first, last = series.iloc[0], series.iloc[-1]
    of, standing = context.numbers.of, context.standing(last["status"])
    values = {
        "first": of(indicator, first["value"]),
        "then": context.period(first["period"]),
        "last": of(indicator, last["value"]),
        "now": context.period(last["period"]),
        "standing": f" ({standing})" if standing else "",
    }
    return context.language.text("From {first} in {then} to {last} in {now}{standing}.", **values)


def next_release_sentence(context: Context, period: str) -> str:
    """Which edition comes after that of a period, and when; empty where none is announced."""
    coming = next_release(releases(context.known.package), period)
    if coming is None:
        return ""
    day, name = context.day(coming.release_on), context.period(coming.period)
    return context.language.text("Next release: {day} ({period}).", day=day, period=name)


def boundaries_sentence(context: Context) -> str:
    """In which boundaries a place that was formed in the last years is reported on; empty for any other."""
    if context.formed is None:
        return ""
    values = {"day": context.day(context.formed), "area": context.area(context.known.package.area)}
    return context.language.text(
        "This report is on {area}, in the boundaries of {day}. "
        "Earlier figures are of the former area and are not joined to later ones.",
        **values,
    )
