"""Where a stock goes if each year adds as much as the years so far. An assumption, not a forecast. Frames in, frames out."""

from __future__ import annotations

import pandas as pd

from promotion_book.statistics.leading import plan_end

ENOUGH = 3  # figures: two additions, so that there is a slowest and a fastest year
COLUMNS = ["year", "slowest", "value", "fastest"]


def steady_pace(series: pd.DataFrame) -> pd.DataFrame:
    """What would a stock be in the coming years if each of them added as much as a year did on average so far?

    .. math:: y_{t+k} = y_t + k \\, \\frac{y_t - y_0}{t - t_0}

    Symbols: $y_0$ is the first figure, of year $t_0$, and $y_t$ the last one, of year $t$.
    Source: the straight line that goes on; the same pace as in `next_years`.

    Args:
        series: figures of the stock, oldest first, with `year` and `value`.

    Returns:
        A row a year, from that of the last figure to the end of the five-year plan that follows: `year`, `value` and, by
        the additions of the `slowest` and of the `fastest` year that is known, the ends of a range. Empty where fewer
        than three figures are known.
    """
    figures = series.dropna(subset=["value"])
    added = figures["value"].diff().where(figures["year"].diff() == 1).dropna()
    if len(figures) < ENOUGH or added.empty:
        return pd.DataFrame(columns=COLUMNS, dtype=float)
    first, last = figures.iloc[0], figures.iloc[-1]
    usual = (last["value"] - first["value"]) / (last["year"] - first["year"])
    year = int(last["year"])
    ahead = pd.DataFrame({"year": range(year, plan_end(year) + 1)})
    paces = {"slowest": added.min(), "value": usual, "fastest": added.max()}
    return ahead.assign(**{name: last["value"] + pace * (ahead["year"] - year) for name, pace in paces.items()})


def only_bounds(series: pd.DataFrame) -> bool:
    """Whether of no figure of `Known.series` more is known than that it is over a value: two such figures show no pace."""
    return bool((series["low"] == series["value"]).all())
