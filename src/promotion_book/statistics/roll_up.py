"""The parts of a place together: what its districts or communes report, added up, with who is missing.

figures, expected = figures_of_parts(known, indicators, period="2026-H1")
roll_up(figures, expected)
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from promotion_book.facts import Known, conflicts, parse

LEVELS = ("district", "commune")  # whose figures add up to those of a place: of the two, the higher one that reports
PARTS = ["indicator_id", "area", "level", "value"]
ROLLED_UP = ["indicator_id", "level", "total", "reported", "expected", "missing"]
ADD_UP = ("flow", "cumulative", "level")
AMOUNTS = ("count", "money")


def roll_up(figures: pd.DataFrame, expected: pd.DataFrame) -> pd.DataFrame:
    """What do the parts of a place that reported come to, and how many of them are missing?

    .. math:: Y = \\sum_{a \\in R} y_a \\qquad R \\subseteq A

    Symbols: $Y$ is the sum of the parts that reported; $y_a$ is what part $a$ reports, $R$ are the parts that reported, and $A$
    all parts that there were in the period.
    Source: the summary tables that a province makes of the forms of its districts.
    Worked cases: P144

    Nothing is put in the place of a part that did not report: where one is missing, the sum is that of the others.

    Args:
        figures: a row an indicator and part of one level: the columns of `PARTS`, amounts of one period that add up.
        expected: the parts that there were: `area`, `level`.

    Returns:
        A row an indicator: the columns of `ROLLED_UP`; `missing` is the list of the areas that did not report.
    """
    rows = []
    for (name, level), reported in figures.groupby(["indicator_id", "level"], sort=False):
        parts = expected.loc[expected["level"] == level, "area"]
        missing = [area for area in parts if area not in set(reported["area"])]
        rows.append((name, level, reported["value"].sum(), len(reported), len(parts), missing))
    return pd.DataFrame(rows, columns=ROLLED_UP)


def figures_of_parts(known: Known, indicators: Iterable[str], *, period: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the parts of the place report for a period as `roll_up` takes it, and the parts that there were in it.

    Counts and money alone: shares and rates do not add up. Of an area of which sources differ the leading figure counts.
    """
    when, areas = parse(period), known.package["areas"]
    inner = areas[(areas["parent"] == known.package.area) & areas["level"].isin(LEVELS)]
    ended = inner["valid_to"] < pd.Timestamp(when.start)
    begun = inner["valid_from"] > pd.Timestamp(when.end or when.start)
    expected = inner[~ended & ~begun].rename(columns={"area_id": "area"})[["area", "level"]].reset_index(drop=True)
    rows = conflicts.by_rule(
        known.observations[known.observations["indicator_id"].isin(_that_add_up(known, indicators))]
    )
    rows = rows[(rows["period"] == period) & (rows["scope"] == "") & (rows["status"] != "plan")].dropna(
        subset=["value"]
    )
    rows = rows.merge(expected, on="area").drop_duplicates(["indicator_id", "area"])
    levels = rows["level"].map({level: rank for rank, level in enumerate(LEVELS)})
    higher = levels.eq(levels.groupby(rows["indicator_id"]).transform("min")).astype(bool)
    return rows.loc[higher, PARTS].reset_index(drop=True), expected


def _that_add_up(known: Known, indicators: Iterable[str]) -> list[str]:
    dimension = known.package["units"].set_index("unit_id")["dimension"]
    rows = known.indicators.loc[list(indicators)]
    return [*rows.index[rows["kind"].isin(ADD_UP) & rows["unit"].map(dimension).isin(AMOUNTS)]]
