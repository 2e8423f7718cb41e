"""Areas: which one lies in which, and when its boundaries were others.

An area has a first and a last day where it matters. Figures of an area from before its first day, and of areas that ended,
are of another territory: they stand in the tables under the area of their day, or for a span that reaches over it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts.periods import Period
from promotion_book.facts.rows import each

LATELY = 5  # years: those of a plan


def area_on(areas: pd.DataFrame, area: str, *, day: date) -> str:
    """What an area was on a day: itself, or where it ended before or began later, what followed or preceded it."""
    rows = {row.area_id: row for row in each(areas)}
    for _ in rows:
        row = rows.get(area)
        if row is None:
            break
        ended = pd.notna(row.valid_to) and row.valid_to.date() < day
        begins = pd.notna(row.valid_from) and row.valid_from.date() > day
        other = row.successor if ended else row.predecessor if begins else ""
        if other not in rows:
            break
        area = other
    return area


def was_there(area: Any, when: Period) -> bool:
    """Whether an area, a row of its table, was there on a day of a period."""
    start, end = pd.Timestamp(when.start), pd.Timestamp(when.end or when.start)
    return not (area.valid_to < start or area.valid_from > end)


def territories(areas: pd.DataFrame, area: str) -> list[str]:
    """What an area was one after the other: the areas before it, and itself last."""
    before, found = areas.set_index("area_id")["predecessor"], [area]
    while before.get(found[0], "") and before[found[0]] not in found:
        found.insert(0, before[found[0]])
    return found


def formed_lately(areas: pd.DataFrame, area: str, *, until: date) -> pd.Timestamp | None:
    """The day on which an area followed another one, if that is less than `LATELY` years before a day."""
    row: Any = areas.set_index("area_id").loc[area]
    lately = row["predecessor"] and row["valid_from"] > pd.Timestamp(until) - pd.DateOffset(years=LATELY)
    return row["valid_from"] if lately else None


def in_its_territory(figures: pd.DataFrame, areas: pd.DataFrame, *, area: str) -> pd.DataFrame:
    """The figures of an area that end within its days, so that they can be compared."""
    row = next(iter(each(areas[areas["area_id"] == area])), None)
    since = row.valid_from if row is not None else pd.NaT
    return figures if pd.isna(since) else figures[figures["period_end"] >= since]
