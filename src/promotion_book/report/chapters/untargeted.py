"""Indicators that have no target: how they moved."""

from __future__ import annotations

from promotion_book.digits import round_number
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.direction import Direction
from promotion_book.words.numbers import DASH


def directions_table(context: Context, directions: list[Direction]) -> Table:
    """Indicators without a target: from, to, and growth a year in the wanted direction."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("years", text("Years")),
        Column("shown_first", text("From"), number=True),
        Column("shown_last", text("To"), number=True),
        Column("rate", text("Change a year (+: the wanted direction)"), lambda v: _signed(context, v), number=True),
    )
    rows = [
        {
            "indicator_id": d.indicator_id,
            "years": f"{d.first[0]}{DASH}{d.last[0]}",
            "shown_first": context.short(d.indicator_id)(d.first[1]),
            "shown_last": context.short(d.indicator_id)(d.last[1]),
            "first_year": d.first[0],
            "last_year": d.last[0],
            "first": d.first[1],
            "last": d.last[1],
            "rate": d.rate,
        }
        for d in directions
    ]
    raw = ("indicator_id", "first_year", "last_year", "first", "last", "rate")
    return Table("directions", text("Indicators without a target"), columns=columns, frame=as_frame(rows), raw=raw)


def _signed(context: Context, rate: float) -> str:
    return ("+" if round_number(rate, 3) > 0 else "") + context.numbers.percent(rate, 1)
