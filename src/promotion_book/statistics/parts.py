"""What the parts of a whole add to its growth: frames in, frames out."""

from __future__ import annotations

import pandas as pd

from promotion_book.statistics.growth import contributions


def growth_by_part(table: pd.DataFrame) -> pd.DataFrame:
    """What each part added to the growth of the whole in the last year: before, after, points (percentage points).

    Empty where fewer than two years are known.
    """
    if len(table) < 2:
        return pd.DataFrame(columns=["before", "after", "points"], dtype=float)
    before, after = table.iloc[-2], table.iloc[-1]
    points = contributions({str(k): float(v) for k, v in before.items()}, {str(k): float(v) for k, v in after.items()})
    return pd.DataFrame({"before": before, "after": after, "points": pd.Series(points)})
