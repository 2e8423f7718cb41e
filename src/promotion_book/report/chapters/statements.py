"""What different sources say of the same thing, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.facts.rows import each, is_target
from promotion_book.facts.schema import RULES
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.words.status_words import CHECKED, FIGURE_STATUS

RAW = (
    *("indicator_id", "area", "scope", "period", "value", "low", "high", "unit"),
    *("status", "source_id", "checked", "note"),
)
DOUBTS = ("not_found", "ambiguous", "wrong")


def statements_table(context: Context, rows: pd.DataFrame, *, name: str, caption: str) -> Table:
    """Rows of the tables as a reader's table: indicator, period, figure, scope, standing, source, note.

    The scope of a place that was formed in the last years names it, so that it is told from what it was.
    """
    text = context.language.text
    own = context.area(context.known.package.area) if context.formed is not None else ""
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Period"), context.period_title),
        Column("figure", text("Figure"), number=True),
        Column("scope", text("Scope")),
        Column("standing", text("Standing")),
        Column("source", text("Source")),
        Column("note", text("Note")),
    )
    shown = [
        {
            **row._asdict(),
            "figure": context.numbers.figure(row, target=is_target(row)),
            "scope": context.scope(row) or own,
            "standing": _standing(context, row),
            "source": context.source(row.source_id).link,
            "note": context.in_language(row, "note"),
        }
        for row in each(rows)
    ]
    return Table(name, caption, columns=columns, frame=as_frame(shown), raw=RAW)


def _standing(context: Context, row: Any) -> str:
    text = context.language.text
    rule = context.known.package.row("indicators", row.indicator_id)["programme_id"] == RULES
    standing = text(FIGURE_STATUS["target" if is_target(row) else "rule" if rule else row.status])
    return f"{standing}; {text(CHECKED[row.checked])}" if row.checked in DOUBTS else standing
