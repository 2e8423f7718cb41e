"""What different sources say of the same thing, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.facts.rows import by_indicator, each, is_target
from promotion_book.facts.schema import RULES
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.words.status_words import CHECKED, FIGURE_STATUS

RAW = (
    "indicator_id",
    "area",
    "scope",
    "period",
    "value",
    "low",
    "high",
    "unit",
    "status",
    "source_id",
    "checked",
    "note",
)

DOUBTS = ("not_found", "ambiguous", "wrong")


def statements_table(
    context: Context, rows: pd.DataFrame, *, name: str, caption: str, indicator: bool = False
) -> Table:
    """Rows of the tables as a reader's table: period, figure, scope, standing, source, note.

    The scope of a place that was formed in the last years names it, so that it is told from what it was.
    """
    text = context.language.text
    own = context.area(context.known.package.area) if context.formed is not None else ""
    columns = [
        Column("period", text("Period"), context.period_title),
        Column("figure", text("Figure"), number=True),
        Column("scope", text("Scope")),
        Column("standing", text("Standing")),
        Column("source", text("Source")),
        Column("note", text("Note")),
    ]
    first = [Column("indicator_id", text("Indicator"), context.indicator)] if indicator else []
    shown = [
        {
            **_raw(row),
            "figure": _figure(context, row),
            "scope": context.scope(row) or own,
            "standing": _standing(context, row),
            "source": context.source(row.source_id).link,
            "note": context.in_language(row, "note"),
        }
        for row in each(rows)
    ]
    return Table(name, caption, columns=(*first, *columns), frame=as_frame(shown), raw=RAW)


def all_figures_table(context: Context, rows: pd.DataFrame) -> Table:
    """Every figure of a page with its source, those of an indicator together and the oldest first."""
    caption = context.language.text("All figures of this page")
    ordered = by_indicator(rows, "period_end")
    return statements_table(context, ordered, name="all_figures", caption=caption, indicator=True)


def _raw(row: Any) -> dict[str, Any]:
    return dict(row._asdict())


def _figure(context: Context, row: Any) -> str:
    return context.numbers.figure(row, target=is_target(row))


def _standing(context: Context, row: Any) -> str:
    text = context.language.text
    rule = context.known.package.row("indicators", row.indicator_id)["programme_id"] == RULES
    standing = text(FIGURE_STATUS["target" if is_target(row) else "rule" if rule else row.status])
    return f"{standing}; {text(CHECKED[row.checked])}" if row.checked in DOUBTS else standing
