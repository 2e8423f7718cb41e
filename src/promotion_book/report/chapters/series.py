"""The targets of an indicator and the ways to them, as marks and paths of a chart."""

from __future__ import annotations

import pandas as pd

from promotion_book.charts.elements import Goal, Path
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.statistics.growth_assumption import wishes


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
