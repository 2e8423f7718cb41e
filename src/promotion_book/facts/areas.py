"""Areas: which one lies in which, and when its boundaries were others.

An area has a first and a last day where it matters. Figures of an area from before its first day, and of areas that ended,
are of another territory: they stand in the tables under the area of their day, or for a span that reaches over it.
"""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.rows import each


def inner_areas(areas: pd.DataFrame, area: str, *, level: str) -> list[str]:
    """The areas of a level that lie in an area, in the order of the table."""
    return areas.loc[(areas["parent"] == area) & (areas["level"] == level), "area_id"].tolist()


def in_its_territory(figures: pd.DataFrame, areas: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """The figures of an area that end within its days, so that they can be compared."""
    row = next(iter(each(areas[areas["area_id"] == area])), None)
    since = row.valid_from if row is not None else pd.NaT
    return figures if pd.isna(since) else figures[figures["period_end"] >= since]
