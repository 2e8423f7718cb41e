"""What a growth assumption leads to, and what a target would take. An assumption, not a forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.once import once
from promotion_book.facts.rows import each
from promotion_book.statistics.growth import compound_path, required_growth
from promotion_book.statistics.refusal import Refused


@dataclass(frozen=True)
class GrowthOutlook:
    """From the last full-year figure to a target's year. Rates are fractions a year.

    `assumed` and `required` are the figures of every year from `base_year` to `end_year`.
    """

    base_year: int
    end_year: int
    base: float
    target: float
    growth: float
    required_growth: float
    assumed: list[float]
    required: list[float]

    @property
    def reached(self) -> float:
        """The figure of the target's year under the assumption."""
        return self.assumed[-1]

    def over(self, until: date) -> bool:
        """Whether the target's year is over by a day."""
        return date(self.end_year, 12, 31) <= until


def growth_outlook(series: pd.DataFrame, target: float, *, end_year: int, growth: float) -> GrowthOutlook:
    """The path of a growth assumption and the path that a target requires, from the last figure.

    Args:
        series: yearly figures of the indicator (`Known.series`), in the unit of the target.
        target: level wanted in `end_year`.
        growth: assumed growth a year, a fraction.

    Raises:
        Refused: no figure, the last one is not before the target's year, or it or the target is not above zero.
    """
    figures = series.dropna(subset=["value"])
    if figures.empty:
        raise Refused("no_figure")
    base_year, base = int(figures["period"].iloc[-1]), float(figures["value"].iloc[-1])
    years = end_year - base_year
    if min(base, target) <= 0:
        raise Refused("not_positive")
    required = required_growth(base, target, years)
    return GrowthOutlook(
        base_year,
        end_year,
        base,
        target,
        growth,
        required,
        compound_path(base, growth, years=years),
        compound_path(base, required, years=years),
    )


@once
def wishes(known: Known, indicator: str, *, frequency: str = "year") -> pd.DataFrame:
    """The target statements in force for the indicator as a whole, by their period: those of a narrower scope want something else.

    `frequency` is that of `Known.statements`; empty for those of any length.
    """
    rows = known.statements(indicator, frequency=frequency)
    wanted = [not scope and name in known.current for name, scope in zip(rows["target_id"], rows["scope"], strict=True)]
    return rows.loc[wanted]


def target_outlooks(known: Known, indicator: str, *, growth: float) -> list[GrowthOutlook]:
    """The outlook on the furthest yearly target that is a single value.

    Empty without a figure before it, and where one of the two is zero or negative: no growth leads from or to it.
    """
    series = known.series(indicator).dropna(subset=["value"])
    goals = wishes(known, indicator).dropna(subset=["value"]).tail(1)
    goals = goals[(goals["period_end"] > series["period_end"].max()) & (goals["value"] > 0)]
    if not (series["value"].tail(1) > 0).all():
        return []
    return [
        growth_outlook(series, float(goal.value), end_year=goal.period_end.year, growth=growth) for goal in each(goals)
    ]
