"""Which assumption matters most? The inputs of a path to a target, the range of each, and how far each alone moves it.

    growth_swings(known, "handicraft_exports", "handicraft_exports_growth", outlooks)    # what a growth leads to

A range is read from the figures and targets that are known, or given as a parameter, never made up. An
input of which only one value is known stays there. Where nothing can move there is no row. A sensitivity
speaks of the model and of the ranges, not of causes, nor of how likely their ends are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from promotion_book.facts import Known
from promotion_book.scenarios.assumptions import ConstantGrowth
from promotion_book.scenarios.projection import Scenario, project
from promotion_book.statistics.growth_assumption import GrowthOutlook, wishes
from promotion_book.statistics.leading import ONE_YEAR

INPUTS = ["name", "low", "base", "high", "sources"]


def tornado(model: Callable[..., float], inputs: pd.DataFrame) -> pd.DataFrame:
    """How far does the result move when one assumption moves and the others stay?

    .. math:: w_i = |f_i(h_i) - f_i(l_i)|

    Symbols: $w_i$ is the swing of input $i$; $f_i(x)$ is the result where this input is $x$ and each other one has its base
    value; $l_i$ and $h_i$ are the low and the high end of its range.
    Source: the one-at-a-time method. It does not see inputs that act together.
    Worked cases: S030

    Args:
        model: called with every input by name.
        inputs: a row an input: `name`, and `low`, `base` and `high`, whatever the model takes. Equal ends are no range.

    Returns:
        The inputs that have a range, the largest swing first, with `at_low` and `at_high`, what the model gives at its ends,
        and `swing`, the distance of the two.
    """
    base, rows = dict(zip(inputs["name"], inputs["base"], strict=True)), inputs[inputs["low"] != inputs["high"]]
    for end in ("low", "high"):
        given = zip(rows["name"], rows[end], strict=True)
        rows = rows.assign(**{f"at_{end}": [float(model(**{**base, name: value})) for name, value in given]})
    rows = rows.assign(swing=(rows["at_high"] - rows["at_low"]).abs())
    return rows.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def growth_swings(known: Known, indicator: str, *, rates: str, outlooks: Sequence[GrowthOutlook]) -> pd.DataFrame:
    """What moves the figure of a target's year, as `tornado` has it: `growth` a year, the `first` year of growth, the `start`.

    Growth goes from the low assumption to the high one. It begins in the year after the start or, at the
    latest, with the years for which a source wants growth; until then the figure stays as it is. The start has
    every figure that its year may have had. Of each range `sources` has the ids of those that it is from.

    Args:
        indicator: the indicator of the target.
        rates: the indicator whose targets say in which years growth is wanted.
        outlooks: a low, a base and a high growth from the same figure to the same target; none gives no row.
    """
    if not outlooks:
        return pd.DataFrame(columns=[*INPUTS, "at_low", "at_high", "swing"])
    low, base, high = outlooks

    def model(growth: float, first: int, start: float) -> float:
        grows = Scenario("custom", (ConstantGrowth(growth),))
        return float(project(grows, start, since=first - 1, until=base.end_year).iloc[-1])

    first, latest, wanted = base.base_year + 1, *_latest_beginning(known, rates, path=base)
    starts = readings(known, indicator, base.base_year)
    levels = [base.base, *starts[["low", "value", "high"]].stack().dropna()]
    rows = [
        ("growth", low.growth, base.growth, high.growth, ()),
        ("first", first, first, latest, wanted),
        ("start", min(levels), base.base, max(levels), tuple(starts["source_id"].unique())),
    ]
    return tornado(model, pd.DataFrame(rows, columns=INPUTS, dtype=object))


def _latest_beginning(known: Known, rates: str, *, path: GrowthOutlook) -> tuple[int, tuple[str, ...]]:
    """The last year in which a source may want growth to begin, and the sources that do."""
    first, wanted = path.base_year + 1, wishes(known, rates, frequency="years")
    begins = wanted["period_start"].dt.year
    wanted = wanted[(begins > first) & (wanted["period_end"].dt.year == path.end_year)]
    return int(max([first, *wanted["period_start"].dt.year])), tuple(wanted["source_id"].unique())


def readings(known: Known, indicator: str, year: int) -> pd.DataFrame:
    """Every figure that a year may have had: those for it, and those for some year or an average of years around it.

    Figures of another scope, of a part of the year, and totals of several years are none.
    """
    rows = known.figures(indicator, known.package.area)
    rows = rows.loc[rows["status"] != "plan"]
    of_it = (rows["period"] == str(year)) & (rows["scope"] == "")
    around = (rows["period_start"].dt.year <= year) & (year <= rows["period_end"].dt.year)
    found: pd.DataFrame = rows[of_it | (around & rows["scope"].isin(ONE_YEAR))]
    return found
