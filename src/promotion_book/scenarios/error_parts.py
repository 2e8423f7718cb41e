"""Why was an earlier projection off: because the figures it started from were revised, or by its level, or by its trend?

error_parts(scores(known), outcomes(known, indicators))    # a row a pair whose error can be split
mean_parts(parts)                                          # a row a kind and year ahead, where the pairs are enough
"""

from __future__ import annotations

import pandas as pd

from promotion_book.scenarios.track_record import GROUPS

PARTS = ["revised", "level", "trend"]
VINTAGE = ["indicator_id", "period", "cut_off", "origin_year", "way"]
ENOUGH = 10  # pairs, below which a mean is refused


def error_parts(scored: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """How much of the error of each projection is revised data, level and trend?

    .. math:: y_{t+h} - f_{t+h} = r + l + d_h \\\\ r = y_t - \\tilde y_t \\\\ l = (y_{t+1} - f_{t+1}) - r \\\\
        d_h = (y_{t+h} - f_{t+h}) - (y_{t+1} - f_{t+1})

    Symbols: $f_{t+h}$ is the projection from year $t$, $\\tilde y_t$ the last figure known then and $y_t$ what is known of
    that year now; $y_{t+h}$ is what came; $r$ is the revision, $l$ the error of the first year beyond it, and $d_h$ what the
    years after the first added.
    Source: the error of a path, taken apart year by year; the three parts add up to it.
    Worked cases: S152

    Args:
        scored: pairs of `track_record.scores`: the columns of `VINTAGE`, kind, target_year, years_ahead, value, naive (the
            last figure known then) and outcome.
        now: figures of single years as they are known now: indicator_id, target_year and outcome.

    Returns:
        The pairs whose first year came too, and of whose year of origin a figure is known now, with `error` and `PARTS`, in
        shares of the last figure known then.
    """
    figures = now.set_index(["indicator_id", "target_year"])["outcome"]
    figures = figures[~figures.index.duplicated()]
    origin = pd.MultiIndex.from_frame(scored[["indicator_id", "origin_year"]])
    rows = scored.assign(error=scored["outcome"] - scored["value"], origin=figures.reindex(origin).to_numpy())
    first = rows[rows["years_ahead"] == 1].drop_duplicates(VINTAGE).set_index(VINTAGE)["error"]
    one = first.reindex(pd.MultiIndex.from_frame(rows[VINTAGE])).to_numpy()
    revised = rows["origin"] - rows["naive"]
    split = rows.assign(revised=revised, level=one - revised, trend=rows["error"] - one).drop(columns="origin")
    split = split[split[PARTS].notna().all(axis=1) & (split["naive"] != 0)].reset_index(drop=True)
    return split.assign(**{name: split[name] / split["naive"] for name in ["error", *PARTS]})


def mean_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """The mean size of the error and of its parts, by kind, way and years ahead.

    Sizes do not add up to that of the error, because parts of different sign take from each other.

    Returns:
        A row a group with `pairs`, and `error` and `PARTS`, which are missing where fewer than 10 pairs stand behind them.
    """
    sizes = parts[["error", *PARTS]].abs()
    groups = [parts[name] for name in GROUPS]
    table = sizes.groupby(groups).mean().assign(pairs=sizes.groupby(groups).size())
    enough = table["pairs"] >= ENOUGH
    return table.assign(**{name: table[name].where(enough) for name in ["error", *PARTS]}).reset_index()
