"""What different sources say of the same thing, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.charts.axes import narrow_height, row_height
from promotion_book.charts.years import Statement, statements_chart
from promotion_book.facts import parse
from promotion_book.facts.rows import each, is_target
from promotion_book.facts.schema import RULES
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
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


def statements_figure(context: Context, rows: pd.DataFrame, *, name: str, title: str) -> ReportFigure | Table | None:
    """One line a statement: the figure or range of each source; a table for a single one, None without any.

    `rows` are rows of one indicator, of the targets or of the observations.
    """
    rows = rows.drop_duplicates(["period", "scope", "value", "low", "high", "source_id"])
    if len(rows) < 2:
        return statements_table(context, rows, name=name, caption=title) if len(rows) else None
    statements = [_statement(context, row) for row in each(rows)]
    draw = statements_chart(statements, context.short(rows["indicator_id"].iloc[0]), language=context.language)
    table = statements_table(context, rows, name=name, caption=title)
    finding = _finding(context, rows, statements=statements)
    kind = context.language.text("Dot chart")
    labels = [said.label for said in statements]
    height, narrow = 1.3 + row_height(labels, 0.5) * len(rows), narrow_height(labels)
    title += context.in_unit(rows["indicator_id"].iloc[0])
    return ReportFigure(
        name,
        title,
        kind=kind,
        finding=finding,
        draw=draw,
        table=table,
        sources=context.sources(rows["source_id"]),
        height=height,
        narrow_height=narrow,
    )


def statements_table(
    context: Context, rows: pd.DataFrame, *, name: str, caption: str, indicator: bool = False
) -> Table:
    """Rows of the tables as a reader's table: period, figure, scope, standing, source, note."""
    text = context.language.text
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
            "scope": context.scope(row),
            "standing": _standing(context, row),
            "source": context.source(row.source_id).link,
            "note": context.in_language(row, "note"),
        }
        for row in each(rows)
    ]
    return Table(name, caption, columns=(*first, *columns), frame=as_frame(shown), raw=RAW)


def all_figures_table(context: Context, rows: pd.DataFrame) -> Table:
    """Every figure of a page with its source."""
    return statements_table(
        context, rows, name="all_figures", caption=context.language.text("All figures of this page"), indicator=True
    )


def _raw(row: Any) -> dict[str, Any]:
    return dict(row._asdict())


def _figure(context: Context, row: Any) -> str:
    return context.numbers.figure(row, target=is_target(row))


def _standing(context: Context, row: Any) -> str:
    text = context.language.text
    rule = context.known.package.row("indicators", row.indicator_id)["programme_id"] == RULES
    standing = text(FIGURE_STATUS["target" if is_target(row) else "rule" if rule else row.status])
    return f"{standing}; {text(CHECKED[row.checked])}" if row.checked in DOUBTS else standing


def _statement(context: Context, row: Any) -> Statement:
    target = is_target(row)
    ends = (row.value, row.value) if pd.notna(row.value) else (row.low, row.high)
    source, scope = context.source(row.source_id).label, context.scope(row)
    label = f"{context.period(row.period)}: {source}" + (f" ({scope})" if scope else "")
    shown = context.numbers.figure(row, words=False, target=target)
    return Statement(label, float(ends[0]), float(ends[1]), shown, "target" if target else row.status)


def _finding(context: Context, rows: pd.DataFrame, *, statements: list[Statement]) -> str:
    """What the statements have in common: the figure, or how far they lie apart, or only the subject."""
    text, short = context.language.text, context.short(rows["indicator_id"].iloc[0])
    shown = list(dict.fromkeys(said.shown for said in statements))
    comparable = rows["scope"].nunique() == 1 and rows["area"].nunique() == 1
    if comparable and rows["period"].nunique() == 1 and len(shown) == 1:
        return text("{n} sources give {figure}.", n=len(rows), figure=shown[0])
    if not comparable:
        return text("{n} statements, not all of the same scope; they are not compared.", n=len(rows))
    if len({_length(period) for period in rows["period"]}) > 1:
        return text("{n} statements for periods of different length; they are not compared.", n=len(rows))
    low, high = min(said.low for said in statements), max(said.high for said in statements)
    if low == high:
        return text(
            "{n} statements name {figure}, for different periods or less exactly.", n=len(rows), figure=short(low)
        )
    return text("{n} statements between {low} and {high}.", n=len(rows), low=short(low), high=short(high))


def _length(label: str) -> tuple[str, int]:
    """How long a period is: only figures of equally long periods are compared."""
    period = parse(label)
    return period.frequency, period.end.year - period.start.year if period.end else 0
