"""What statements of a target want, in words, and whether they want the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from promotion_book.report.context import Context
from promotion_book.statistics.targets import Target

SMALL = 100  # below it an amount a year is written with a decimal


def between(context: Context, indicator: str, pair: tuple[float, float], words: bool = True) -> str:
    """A pair as readers see it: one figure where its ends are equal, else the range."""
    row, numbers = context.known.package.row("indicators", indicator), context.numbers
    decimals = max(int(row["decimals"]), int(pair[1] < SMALL))
    if pair[0] == pair[1]:
        return numbers.amount(pair[1], row["unit"], decimals=decimals, words=words)
    return numbers.between(*pair, unit=row["unit"], decimals=decimals, words=words)


def wish(row: Any, target: Target) -> tuple[Any, ...]:
    """What a statement wants: equal for statements that want the same of the same thing."""
    thing = (row.indicator_id, row.scope, row.period)
    return (*thing, target.kind, target.reading, target.minimum, target.stretch)


def statement_name(context: Context, row: Any) -> str:
    """Indicator and period of a statement, with its scope."""
    scope = context.scope(row)
    return f"{context.indicator(row.indicator_id)}{f' ({scope})' if scope else ''}, {context.period(row.period)}"


def target_words(context: Context, rows: Iterable[Any], words: bool = True) -> str:
    """What statements that are alike want, in their own words."""
    said = dict.fromkeys(context.numbers.figure(row, words=words, target=True) for row in rows)
    return context.language.text(" or ").join(said)
