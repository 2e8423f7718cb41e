"""What statements of a target want, in words, and whether they want the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from promotion_book.report.context import Context
from promotion_book.statistics.targets import Target


def wish(row: Any, target: Target) -> tuple[Any, ...]:
    """What a statement wants: equal for statements that want the same of the same thing."""
    thing = (row.indicator_id, row.scope, row.period)
    return (*thing, target.kind, target.reading, target.minimum, target.stretch)


def statement_name(context: Context, row: Any) -> str:
    """Indicator and period of a statement, with its scope."""
    scope = context.scope(row)
    return f"{context.indicator(row.indicator_id)}{f' ({scope})' if scope else ''}, {context.period(row.period)}"


def target_words(context: Context, rows: Iterable[Any]) -> str:
    """What statements that are alike want, in their own words."""
    said = dict.fromkeys(context.numbers.figure(row, words=False, target=True) for row in rows)
    return context.language.text(" or ").join(said)
