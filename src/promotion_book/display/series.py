"""Figures of one indicator over time: the series with its targets, and plans beside outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from promotion_book.display.charts import Goal, Mark, Path, plan_chart, series_chart
from promotion_book.display.context import Context
from promotion_book.display.figures import Figure
from promotion_book.display.numbers import DASH
from promotion_book.display.tables import Column, Table
from promotion_book.display.words import FIGURE_STATUS
from promotion_book.facts.rows import at, each, records


def series_figure(
    context: Context,
    indicator: str,
    area: str | None = None,
    goals: Sequence[Goal] = (),
    paths: Sequence[Path] = (),
) -> Figure | None:
    """The yearly series of an indicator with its targets; None when fewer than two figures are known.

    No line joins the figures of an indicator that does not form a series.
    """
    series = context.known.series(indicator, area=area).dropna(subset=["value"])
    if len(series) < 2:
        return None
    marks = [Mark(row.period_end.year, row.value, row.status) for row in each(series)]
    title = f"{context.indicator(indicator)}, {series['period'].iloc[0]}{DASH}{series['period'].iloc[-1]}"
    show = context.short(indicator)
    kind = context.language.text("Line chart")
    joined = at(context.known.indicators, indicator)["series"] == "yes"
    draw = series_chart(marks, show, context.language, goals, paths, joined)
    sources = context.sources(series["source_id"])
    return Figure(
        indicator,
        title,
        kind,
        change_sentence(context, indicator, series),
        draw,
        series_table(context, indicator, series),
        sources,
    )


def series_table(context: Context, indicator: str, series: pd.DataFrame) -> Table:
    """The numbers of a series with status and source."""
    text = context.language.text
    columns = (
        Column("period", text("Period"), context.period),
        Column("value", context.indicator(indicator), lambda v: context.numbers.of(indicator, v), number=True),
        Column("status", text("Standing"), lambda s: text(FIGURE_STATUS[s])),
        Column("source_id", text("Source"), lambda s: context.source(s).label),
    )
    rows = records(series[["period", "value", "status", "source_id"]])
    return Table(indicator, context.indicator(indicator), columns, rows)


def change_sentence(context: Context, indicator: str, series: pd.DataFrame) -> str:
    """From the first to the last figure of a series, in one sentence."""
    first, last = series.iloc[0], series.iloc[-1]
    of, text = context.numbers.of, context.language.text
    values = {
        "first": of(indicator, first["value"]),
        "then": context.period(first["period"]),
        "last": of(indicator, last["value"]),
        "now": context.period(last["period"]),
        "standing": "" if last["status"] == "actual" else f" ({text(FIGURE_STATUS[last['status']])})",
    }
    return text("From {first} in {then} to {last} in {now}{standing}.", **values)


def target_goals(context: Context, indicator: str) -> list[Goal]:
    """The targets of an indicator that are known, as marks of a chart; replaced ones are left out."""
    rows = context.known.statements(indicator)
    rows = rows[~rows["superseded_by"].isin(rows["target_id"]) & (rows["period_start"].dt.year >= 2015)]
    rows = rows.drop_duplicates(["period", "value", "low", "high"])
    goals = []
    for row in each(rows):
        low = row.low if pd.notna(row.low) else row.value
        high = row.high if pd.notna(row.high) and pd.isna(row.value) else low
        label = context.numbers.figure(row, words=False, target=True)
        goals.append(Goal(row.period_start.year, row.period_end.year, low, high, label))
    return goals


def required_paths(context: Context, indicator: str) -> list[Path]:
    """The straight way from the base to the low end of each target that names its base."""
    rows = context.known.statements(indicator)
    rows = rows[
        ~rows["superseded_by"].isin(rows["target_id"]) & rows["superseded_by"].eq("") & rows["base_year"].notna()
    ]
    rows = rows[rows["period_end"].dt.date >= context.known.until]
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


def plan_figure(context: Context, indicator: str) -> Figure | None:
    """What was planned for each year and what came of it; None without a plan."""
    plans, outcomes = context.known.series(indicator, plans=True), context.known.series(indicator)
    if plans.empty:
        return None
    periods = [int(p) for p in [*plans["period"], *outcomes["period"]]]
    years = list(range(min(periods), max(periods) + 1))
    planned = {int(r.period): (r.value, r.value) if pd.notna(r.value) else (r.low, r.high) for r in each(plans)}
    actual = {int(r.period): float(r.value) for r in each(outcomes.dropna(subset=["value"]))}
    show = context.short(indicator)
    draw = plan_chart(years, actual, planned, show, context.language)
    title = context.language.text("{name}: plan and outcome", name=context.indicator(indicator))
    table = _plan_table(context, indicator, years, planned, actual)
    sources = context.sources([*plans["source_id"], *outcomes["source_id"]])
    finding = _plan_finding(context, planned, actual)
    kind = context.language.text("Bar chart")
    return Figure(f"{indicator}_plan", title, kind, finding, draw, table, sources)


def _plan_finding(context: Context, planned: dict[int, tuple[float, float]], actual: dict[int, float]) -> str:
    both = sorted(set(planned) & set(actual))
    reached = [y for y in both if actual[y] >= planned[y][0]]
    if not both:
        return context.language.text("Plans are published, outcomes of the same years are not.")
    return context.language.text(
        "Years with both figures: {years}. The outcome reached the plan, or its low end, in {n} of {all}.",
        n=len(reached),
        all=len(both),
        years=", ".join(map(str, both)),
    )


def _plan_table(
    context: Context,
    indicator: str,
    years: list[int],
    planned: dict[int, tuple[float, float]],
    actual: dict[int, float],
) -> Table:
    text = context.language.text
    show = context.short(indicator)
    columns = (
        Column("year", text("Year"), str),
        Column("plan_low", text("Plan, low end"), show, number=True),
        Column("plan_high", text("Plan, high end"), show, number=True),
        Column("outcome", text("Outcome"), show, number=True),
    )
    rows = [
        {
            "year": y,
            "plan_low": planned.get(y, (None, None))[0],
            "plan_high": planned.get(y, (None, None))[1],
            "outcome": actual.get(y),
        }
        for y in years
    ]
    return Table(
        f"{indicator}_plan", text("{name}: plan and outcome", name=context.indicator(indicator)), columns, rows
    )
