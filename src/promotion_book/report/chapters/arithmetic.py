"""Arithmetic on published figures in tables and sentences: what they imply, and whether they can be true together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.implied import (
    check_stock,
    figures_of_the_place,
    implied_years_before,
)


def implied_by_growth(context: Context, pairs: Sequence[tuple[str, str]]) -> Table:
    """The figure of the year before that a figure and its growth imply, beside what was printed for it.

    Args:
        pairs: an indicator and that of its growth; every year with both is shown.
    """
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Year"), str),
        Column("value", text("Printed"), number=True),
        Column("growth", text("Growth printed"), number=True),
        Column("implied", text("Implied for the year before"), number=True),
        Column("printed", text("Printed for the year before"), number=True),
    )
    rows = [row for level, rate in pairs for row in _implied_rows(context, level, rate=rate)]
    sources = context.sources(source for row in rows for source in row["sources"])
    return Table(
        "implied_by_growth",
        text("What figures and growth rates imply"),
        columns=columns,
        frame=as_frame(rows),
        sources=sources,
    )


def _implied_rows(context: Context, level: str, *, rate: str) -> list[dict[str, Any]]:
    of, figure = context.numbers.of, context.numbers.figure
    printed = figures_of_the_place(context.known, level)
    rows = []
    for row in each(implied_years_before(context.known, level, rate=rate).assign(indicator_id=level)):
        before = printed[printed["period"] == str(int(row.Index) - 1)]
        rows.append(
            {
                "indicator_id": level,
                "period": row.Index,
                "value": figure(row),
                "growth": of(rate, row.growth),
                "implied": of(level, round(row.implied, -10)),
                "printed": "; ".join(figure(one) for one in each(before)) or None,
                "sources": (row.source_id, row.growth_source, *before["source_id"]),
            }
        )
    return rows


def stock_table(context: Context, total: str, *, additions: str) -> Table:
    """Whether each printed total is the printed one before plus the printed additions of the year."""
    text, show = context.language.text, context.short(total)
    columns = (
        Column("year", text("Year"), str),
        Column("before", text("Total before"), show, number=True),
        Column("added", text("Added"), show, number=True),
        Column("expected", text("Total expected"), show, number=True),
        Column("total", text("Total given"), show, number=True),
        Column("agrees", text("Agrees"), lambda a: text("yes") if a else text("no")),
    )
    frame = check_stock(context.known, total, additions=additions)
    sources = context.sources([*frame["total_source"], *frame["added_source"]])
    return Table(f"{total}_check", text("Do the totals add up?"), columns=columns, frame=frame, sources=sources)
