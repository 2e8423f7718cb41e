"""What printed figures imply, and whether they can be true together: what an edition knows in, frames out."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.derivations import DERIVED
from promotion_book.statistics.growth import previous, whole
from promotion_book.statistics.revisions import closing_stock


def implied_total(known: Known, part: str, *, share: str) -> float | None:
    """The whole that a part and its share imply in the last year with both, in the unit of the part."""
    amounts, shares = (_by_period(known, name)["value"] for name in (part, share))
    both = amounts.index.intersection(shares.index[shares != 0])
    return whole(float(amounts[both[-1]]), float(shares[both[-1]]) / 100) if len(both) else None


def implied_years_before(known: Known, level: str, *, rate: str) -> pd.DataFrame:
    """The figure of the year before that a figure and its growth imply, for every year with both.

    Rows of the series of the level, by period, with `growth` in per cent, `growth_source`, and `implied`.
    """
    levels, rates = _by_period(known, level), _by_period(known, rate)
    both = levels.index.intersection(rates.index[rates["value"] > -100])
    levels, rates = levels.loc[both], rates.loc[both]
    implied = [previous(y, g / 100) for y, g in zip(levels["value"], rates["value"], strict=True)]
    return levels.assign(growth=rates["value"], growth_source=rates["source_id"], implied=implied)


def check_stock(known: Known, total: str, *, additions: str) -> pd.DataFrame:
    """Whether each printed total is the printed one before plus the printed additions of the year.

    Columns: year, before, added, expected, total, agrees, and the sources `total_source` and `added_source`.
    """
    totals, added = (_printed(known, name) for name in (total, additions))
    years = [y for y in totals.index.intersection(added.index) if str(int(y) - 1) in totals.index]
    before = [totals["value"][str(int(year) - 1)] for year in years]
    expected = [closing_stock(stock, added["value"][year]) for stock, year in zip(before, years, strict=True)]
    checked = pd.DataFrame({"year": years, "before": before, "added": [*added["value"][years]], "expected": expected})
    return checked.assign(
        total=[*totals["value"][years]],
        agrees=checked["expected"] == [*totals["value"][years]],
        total_source=[*totals["source_id"][years]],
        added_source=[*added["source_id"][years]],
    )


def _printed(known: Known, indicator: str) -> pd.DataFrame:
    """The yearly figures that a source prints, by period."""
    series = _by_period(known, indicator)
    return series[~series["status"].isin(DERIVED)]


def figures_of_the_place(known: Known, indicator: str) -> pd.DataFrame:
    """The figures of the place that are of no narrower scope."""
    return known.figures(indicator, known.package.area).query("scope == ''")


def _by_period(known: Known, indicator: str) -> pd.DataFrame:
    """The yearly series of an indicator, by period."""
    return known.series(indicator).dropna(subset=["value"]).set_index("period")
