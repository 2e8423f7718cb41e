"""Indicators without a numeric target: whether they move the way that is wanted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.periods import in_years
from promotion_book.facts.rows import each
from promotion_book.statistics.pace import signed_growth
from promotion_book.statistics.refusal import Refused

YEARS, FEWEST = 5, 3
KINDS = ("level", "flow", "share")
COLUMNS = ["indicator_id", "first_year", "last_year", "first", "last", "rate"]


def directions(known: Known, targeted: set[str]) -> pd.DataFrame:
    """How every indicator moved that forms a series, has a wanted direction and no target: a row with `COLUMNS`.

    `rate` is the growth a year, a fraction, from the first figure of the last years (`YEARS`) to the last figure, positive in
    the wanted direction; fewer than `FEWEST` figures, or a figure of zero, give no row.
    """
    rows = known.indicators
    wanted = rows[
        rows["kind"].isin(KINDS)
        & rows["direction"].isin(("increase", "decrease"))
        & rows["series"].eq("yes")
        & ~rows["indicator_id"].isin(targeted)
    ]
    found = [_direction(known.series(row.indicator_id), row) for row in each(wanted)]
    return pd.DataFrame([row for row in found if row], columns=COLUMNS)


def _direction(series: pd.DataFrame, indicator: Any) -> tuple[Any, ...] | None:
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
    return indicator.indicator_id, since.year, until.year, base, current, wanted
