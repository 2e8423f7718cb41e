"""Which figure is expected next, from whom, and what is overdue.

An indicator says how often a figure comes (`expected_every`) and how many months after the end of its period
(`expected_months`). The next figure is of the period of that length after the last one that is known.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from promotion_book.facts.periods import Period, label_of, months_after, parse
from promotion_book.facts.place_settings import JANUARY
from promotion_book.facts.rows import each

MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


def overdue(
    observations: pd.DataFrame, indicators: pd.DataFrame, areas: pd.DataFrame, *, on: date, year_begins: int
) -> pd.DataFrame:
    """The series of which the next figure was expected before a day and is not known.

    Args:
        observations: those known on the day, with `period_end` as days.
        indicators: with `expected_every` and `expected_months`; of those without, nothing is expected.
        areas: of which the provinces that have not ended are looked at, and the country for what no province has: who
            gives the figures of one does not give those of the other.
        on: the day.
        year_begins: the month with which years begin.

    Returns:
        Columns: indicator_id, area, last (the last day covered by a figure), period (the label of the next one), due,
        days (overdue); the longest overdue first.
    """
    ends = _watched(observations, areas).groupby(["indicator_id", "area"])["period_end"].agg(["max", "nunique"])
    expected = indicators[indicators["expected_every"] != ""].set_index("indicator_id")
    found = []
    for row in each(ends[ends["nunique"] > 1].reset_index()):
        if row.indicator_id in expected.index and row.max.date() < on:
            every, months = expected.loc[row.indicator_id, ["expected_every", "expected_months"]]
            after = _next_period(row.max.date(), MONTHS[every])
            due = months_after(after.end or date.max, int(months) + year_begins - JANUARY)
            if due < on:
                found.append((row.indicator_id, row.area, row.max, after.label, due, (on - due).days))
    table = pd.DataFrame(found, columns=["indicator_id", "area", "last", "period", "due", "days"])
    return table.sort_values("days", ascending=False, kind="stable", ignore_index=True)


def _watched(observations: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """The outcomes of provinces that have not ended, and those of the country of which no province has any."""
    rows = observations[observations["status"] != "plan"].dropna(subset=["period_end"])
    lasting = areas.loc[areas["valid_to"].isna(), "area_id"]
    level = rows["area"].map(areas.set_index("area_id")["level"])
    local = rows["indicator_id"].isin(rows.loc[level == "province", "indicator_id"])
    return rows[((level == "province") | ((level == "country") & ~local)) & rows["area"].isin(lasting)]


def _next_period(day: date, months: int) -> Period:
    """The year, half-year, quarter or month after the last one that was over on a day."""
    end = months_after(day, 0 if day == months_after(day, 0) else -1)
    end = months_after(end, -(end.month % months))
    return parse(label_of(date(end.year + end.month // 12, end.month % 12 + 1, 1), months_after(end, months)))
