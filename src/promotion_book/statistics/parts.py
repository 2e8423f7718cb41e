"""Parts of a whole over the years: their shares and what they add to its growth; what an edition knows in, frames out."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts import Known
from promotion_book.statistics.growth import contributions
from promotion_book.statistics.shares import rounded_percent


def parts_of(known: Known, whole: str) -> pd.DataFrame:
    """The parts of an indicator, one column each, for the years in which every part is known and there is a whole.

    An indicator that is broken down in several ways has the parts of the first one.
    """
    rows = known.indicators.query("part_of == @whole")
    names = rows.loc[rows["breakdown"].isin(rows["breakdown"].head(1)), "indicator_id"]
    columns = {name: known.series(name).dropna(subset=["value"]).set_index("period")["value"] for name in names}
    table = pd.DataFrame(columns).dropna()
    return table[table.sum(axis=1) > 0]


def shares_of_last_year(table: pd.DataFrame) -> pd.DataFrame:
    """Value and share of the parts in the last year, the largest first: `share` in per cent, rounded so that they add up to 100."""
    last = table.iloc[-1].sort_values(ascending=False, kind="stable")
    return pd.DataFrame({"value": last, "share": rounded_percent(list(last), 1)})


def growth_by_part(table: pd.DataFrame) -> pd.DataFrame:
    """What each part added to the growth of the whole in the last year: before, after, points (percentage points).

    Empty where fewer than two years are known.
    """
    if len(table) < 2:
        return pd.DataFrame(columns=["before", "after", "points"], dtype=float)
    before, after = table.iloc[-2], table.iloc[-1]
    points = contributions({str(k): float(v) for k, v in before.items()}, {str(k): float(v) for k, v in after.items()})
    return pd.DataFrame({"before": before, "after": after, "points": pd.Series(points)})
