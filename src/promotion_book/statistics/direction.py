"""Indicators without a numeric target: whether they move the way that is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import each
from promotion_book.statistics.other_measures import eurostat_class_without_target, open_sdg_without_target
from promotion_book.statistics.pace import signed_growth
from promotion_book.statistics.refusal import Refused

YEARS, FEWEST = 5, 3
KINDS = ("level", "flow", "share")


@dataclass(frozen=True)
class Direction:
    """How an indicator moved: first and last year and figure, growth a year (a fraction), two classes.

    `rate` is positive in the wanted direction. A class is None where it would be another one without the first or
    without the last figure: it then tells which years were chosen rather than how the indicator moved.
    """

    indicator_id: str
    first: tuple[int, float]
    last: tuple[int, float]
    rate: float
    open_sdg: str | None
    eurostat: str | None


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
    figures = [(row.period_end.year, float(row.value)) for row in each(series.dropna(subset=["value"]))]
    recent = [figure for figure in figures if figure[0] >= figures[-1][0] - YEARS]
    if len(recent) < FEWEST:
        return None
    try:
        spans = [_moved(figures, indicator) for figures in (recent, recent[1:], recent[:-1])]
    except Refused:
        return None
    rates, open_sdg, eurostat = zip(*spans, strict=True)
    return Direction(indicator.indicator_id, recent[0], recent[-1], rates[0], _one_of(open_sdg), _one_of(eurostat))


def _moved(figures: list[tuple[int, float]], indicator: Any) -> tuple[float, str, str]:
    """Growth a year in the wanted direction from the first to the last of these figures, and its two classes."""
    (first, base), (last, current) = figures[0], figures[-1]
    sign = 1 if indicator.direction == "increase" else -1
    limit = indicator.limit_high if indicator.kind == "share" else None
    rate = sign * signed_growth(base, current, last - first)
    return rate, open_sdg_without_target(rate, base, limit).status, eurostat_class_without_target(rate)


def _one_of(classes: tuple[str, ...]) -> str | None:
    return classes[0] if len(set(classes)) == 1 else None
