"""Indicators without a numeric target: whether they move the way that is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.periods import in_years
from promotion_book.facts.rows import each
from promotion_book.statistics.pace import signed_growth
from promotion_book.statistics.refusal import Refused

YEARS, FEWEST = 5, 3
KINDS = ("level", "flow", "share")


@dataclass(frozen=True)
class Direction:
    """How an indicator moved: first and last year and figure, growth a year (a fraction).

    `rate` is positive in the wanted direction.
    """

    indicator_id: str
    first: tuple[int, float]
    last: tuple[int, float]
    rate: float


def directions(known: Known, targeted: set[str]) -> list[Direction]:
    """The direction of every indicator that forms a series, has a wanted direction and no target.

    The growth is that from the first figure of the last years (`YEARS`) to the last figure; fewer
    than `FEWEST` figures, or a figure of zero, give no direction.
    """
    rows = known.indicators
    wanted = rows[
        rows["kind"].isin(KINDS)
        & rows["direction"].isin(("increase", "decrease"))
        & rows["series"].eq("yes")
        & ~rows["indicator_id"].isin(targeted)
    ]
    found = [_direction(known.series(row.indicator_id), row) for row in each(wanted)]
    return [direction for direction in found if direction]


def _direction(series: pd.DataFrame, indicator: Any) -> Direction | None:
    figures = [(row.period_end, float(row.value)) for row in each(series.dropna(subset=["value"]))]
    recent = [figure for figure in figures if figure[0].year >= figures[-1][0].year - YEARS]
    if len(recent) < FEWEST:
        return None
    (since, base), (until, current) = recent[0], recent[-1]
    try:
        rate = signed_growth(base, current, years=in_years(until) - in_years(since))
    except Refused:
        return None
    wanted = rate if indicator.direction == "increase" else -rate
    return Direction(indicator.indicator_id, (since.year, base), (until.year, current), wanted)
