"""What was said of the years after the start of assumed paths, and where it lies beside them.

    later_figures(known, "handicraft_exports", 2018, paths)[0].place     # below

A figure of a whole year is compared, and so is one that a source gives for a year without naming it or as an
average a year; it is set against the mean of the paths over its years. Figures of a part of a year or of another
scope are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import each
from promotion_book.statistics.leading import of_one_year


@dataclass(frozen=True)
class Later:
    """A figure, its two ends, and the lowest and the highest path at its time; None where no path reaches it."""

    row: Any
    low: float
    high: float
    paths: tuple[float, float] | None

    @property
    def place(self) -> str:
        """Whether it lies below all paths, above all or among them; empty where no path reaches it."""
        if self.paths is None:
            return ""
        return "below" if self.high < self.paths[0] else "above" if self.low > self.paths[1] else "among"


def later_figures(known: Known, indicator: str, *, since: int, paths: Sequence[Mapping[int, float]]) -> list[Later]:
    """Where does every comparable figure after a year lie beside assumed paths?

    Args:
        since: the year from which the paths start.
        paths: values by year, in the unit of the indicator; at least one.
    """
    rows = _after(known, indicator, since=since)
    return [_beside(row, paths) for row in each(rows[of_one_year(rows)])]


def _after(known: Known, indicator: str, *, since: int) -> pd.DataFrame:
    rows = known.figures(indicator, known.package.area).query("status != 'plan'")
    after: pd.DataFrame = rows[rows["period_end"].dt.year > since]
    return after


def _beside(row: Any, paths: Sequence[Mapping[int, float]]) -> Later:
    low, high = (row.low, row.high) if pd.isna(row.value) else (row.value, row.value)
    years = range(row.period_start.year, row.period_end.year + 1)
    found = [[path[year] for year in years if year in path] for path in paths]
    means = [sum(values) / len(values) for values in found if values]
    return Later(row, low, high, (min(means), max(means)) if means else None)
