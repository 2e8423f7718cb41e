"""Figures of one indicator over time: the series with its targets, and plans beside outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pandas as pd

from promotion_book.charts.axes import rows_height
from promotion_book.charts.elements import Goal, Mark, Path
from promotion_book.charts.years import Statement, series_chart, statements_chart
from promotion_book.facts import Period, parse
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.sentences import change_sentence
from promotion_book.report.sources import Source
from promotion_book.report.tables import Column, Table
from promotion_book.statistics.growth_assumption import wishes
from promotion_book.words.numbers import DASH
from promotion_book.words.status_words import FIGURE_STATUS


def series_figure(
    context: Context,
    indicator: str,
    *,
    area: str | None = None,
    goals: Sequence[Goal] = (),
    paths: Sequence[Path] = (),
) -> ReportFigure | Table | None:
    """The yearly figures of an indicator; a table for a single one, None without any.

    A series is a line, with its targets and the paths to them. Figures that do not form a series have a row each.
    """
    series = context.known.series(indicator, area=area).dropna(subset=["value"])
    if series.empty:
        return None
    table = series_table(context, indicator, series=series)
    if len(series) == 1:
        return table
    sources = context.sources(series["source_id"])
    years = f"{series['period'].iloc[0]}{DASH}{series['period'].iloc[-1]}"
    title = f"{context.indicator(indicator)}{context.in_unit(indicator)}, {years}"
    if context.known.package.row("indicators", indicator)["series"] != "yes":
        return _dots_figure(context, series.assign(indicator_id=indicator), title=title, table=table, sources=sources)
    marks = [Mark(row.period_end.year, row.value, row.status) for row in each(series)]
    draw = series_chart(marks, context.short(indicator), language=context.language, goals=goals, paths=paths)
    kind, finding = context.language.text("Line chart"), change_sentence(context, indicator, series=series)
    return ReportFigure(indicator, title, kind=kind, finding=finding, draw=draw, table=table, sources=sources)


def _dots_figure(
    context: Context, rows: pd.DataFrame, *, title: str, table: Table, sources: tuple[Source, ...]
) -> ReportFigure:
    """Figures of an indicator that do not form a series."""
    indicator, apart = str(rows["indicator_id"].iloc[0]), breaks(rows["period"])
    draw = statements_chart(_all_said(context, rows), context.short(indicator), language=context.language, breaks=apart)
    finding, height = _spread_sentence(context, indicator, series=rows), rows_height(rows, 0.4, breaks=apart)
    return ReportFigure(
        indicator,
        title,
        kind=context.language.text("Dot chart"),
        finding=finding,
        draw=draw,
        table=table,
        sources=sources,
        height=height,
        narrow_height=height,
    )


def breaks(periods: Iterable[str]) -> list[int]:
    """The numbers of the periods that do not follow the one before them."""
    known = [parse(label) for label in periods]
    return [n for n, (one, then) in enumerate(pairwise(known), start=1) if day_after(one) != then.start]


def day_after(period: Period) -> date:
    """The first day after a period that has an end."""
    assert period.end is not None
    return period.end + timedelta(days=1)


def series_table(context: Context, indicator: str, *, series: pd.DataFrame) -> Table:
    """The numbers of a series with status and source."""
    text = context.language.text
    columns = (
        Column("period", text("Period"), context.period_title),
        Column("value", context.indicator(indicator), lambda v: context.numbers.of(indicator, v), number=True),
        Column("status", text("Standing"), lambda s: text(FIGURE_STATUS[s])),
        Column("source_id", text("Source"), lambda s: context.source(s).link),
    )
    frame = series[["period", "value", "status", "source_id"]]
    return Table(indicator, context.indicator(indicator), columns=columns, frame=frame)


def _spread_sentence(context: Context, indicator: str, *, series: pd.DataFrame) -> str:
    of = context.numbers.of
    return context.language.text(
        "{n} figures between {low} and {high}; they do not form a series.",
        n=len(series),
        low=of(indicator, series["value"].min(), words=False),
        high=of(indicator, series["value"].max()),
    )


def target_goals(context: Context, indicator: str) -> list[Goal]:
    """The targets of an indicator that are known, as marks of a chart; replaced ones and those of a narrower scope are left out."""
    rows = wishes(context.known, indicator, frequency="")
    rows = rows[rows["period_start"].dt.year >= 2015].drop_duplicates(["period", "value", "low", "high"])
    goals = []
    for row in each(rows):
        low = row.low if pd.notna(row.low) else row.value
        high = row.high if pd.notna(row.high) and pd.isna(row.value) else low
        label = context.numbers.figure(row, words=False, target=True)
        goals.append(Goal(row.period_start.year, row.period_end.year, low, high, label))
    return goals


def required_paths(context: Context, indicator: str) -> list[Path]:
    """The straight way from the base to the low end of each target that names its base."""
    rows = wishes(context.known, indicator, frequency="")
    rows = rows[rows["base_year"].notna() & (rows["period_end"].dt.date >= context.known.until)]
    figures = context.known.series(indicator).dropna(subset=["value"]).set_index("period")["value"]
    paths = {}
    for row in each(rows):
        year, low = int(row.base_year), row.low if pd.notna(row.low) else row.value
        base = row.base_value if pd.notna(row.base_value) else figures.get(str(year))
        if base is not None:
            paths[year, row.period_end.year, low] = Path(
                [year, row.period_end.year], [base, low], context.language.text("required")
            )
    return list(paths.values())


def _all_said(context: Context, rows: pd.DataFrame) -> list[Statement]:
    return [
        Statement(row.period, *_ends(row), context.numbers.figure(row, words=False), row.status) for row in each(rows)
    ]


def _ends(row: Any) -> tuple[float, float]:
    return (row.value, row.value) if pd.notna(row.value) else (row.low, row.high)
