"""Which assumption matters most? The inputs of a path to a target, the range of each, and how far each alone moves it.

    growth_swings(known, "handicraft_exports", "handicraft_exports_growth", outlooks)    # what a growth leads to

A range is read from the figures and targets that are known, or given as a parameter, never made up. An
input of which only one value is known stays there. Where nothing can move there is nothing to say: None. A sensitivity
speaks of the model and of the ranges, not of causes, nor of how likely their ends are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.scenarios.assumptions import ConstantGrowth
from promotion_book.scenarios.projection import Scenario, project
from promotion_book.statistics.growth_assumption import GrowthOutlook, wishes
from promotion_book.statistics.leading import ONE_YEAR


@dataclass(frozen=True)
class Bar:
    """What the model gives at the low and at the high end of one input; `swing` is the distance of the two."""

    name: str
    at_low: float
    at_high: float
    swing: float


@dataclass(frozen=True)
class Tornado:
    """The model at its base inputs, and a bar an input, the largest swing first."""

    base: float
    bars: tuple[Bar, ...]


def tornado(model: Callable[..., float], base: Mapping[str, Any], ranges: Mapping[str, tuple[Any, Any]]) -> Tornado:
    """How far does the result move when one assumption moves and the others stay?

    .. math:: w_i = |f_i(h_i) - f_i(l_i)|

    Symbols: $w_i$ is the swing of input $i$; $f_i(x)$ is the result where this input is $x$ and each other one has its base
    value; $l_i$ and $h_i$ are the low and the high end of its range.
    Source: the one-at-a-time method. It does not see inputs that act together.
    Worked cases: S030

    Args:
        model: called with every input of `base` by name.
        ranges: low and high of the inputs that are uncertain, whatever the model takes; the others keep their base.
    """
    bars = []
    for name, (low, high) in ranges.items():
        at_low, at_high = (float(model(**{**base, name: value})) for value in (low, high))
        bars.append(Bar(name, at_low, at_high, abs(at_high - at_low)))
    return Tornado(float(model(**base)), tuple(sorted(bars, key=lambda bar: -bar.swing)))


@dataclass(frozen=True)
class Input:
    """An input: its low end, its base and its high end, and the sources they are from. Equal ends are no range."""

    low: Any
    base: Any
    high: Any
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sensitivity:
    """All inputs by name, and the swings of those that have a range, the largest first."""

    inputs: Mapping[str, Input]
    swings: Tornado

    @property
    def still(self) -> list[str]:
        """The inputs without a range."""
        return [name for name, given in self.inputs.items() if given.low == given.high]


def swings(model: Callable[..., float], inputs: Mapping[str, Input]) -> Sensitivity | None:
    """How far each input that has a range moves a model, the others at their base; None where none has a range."""
    ranges = {name: (given.low, given.high) for name, given in inputs.items() if given.low != given.high}
    base = {name: given.base for name, given in inputs.items()}
    return Sensitivity(inputs, tornado(model, base, ranges)) if ranges else None


def growth_swings(known: Known, indicator: str, *, rates: str, outlooks: Sequence[GrowthOutlook]) -> Sensitivity | None:
    """What moves the figure of a target's year: `growth` a year, the `first` year of growth, the `start`.

    Growth goes from the low assumption to the high one. It begins in the year after the start or, at the
    latest, with the years for which a source wants growth; until then the figure stays as it is. The start has
    every figure that its year may have had.

    Args:
        indicator: the indicator of the target.
        rates: the indicator whose targets say in which years growth is wanted.
        outlooks: a low, a base and a high growth from the same figure to the same target; none gives None.
    """
    if not outlooks:
        return None
    low, base, high = outlooks

    def model(growth: float, first: int, start: float) -> float:
        grows = Scenario("custom", (ConstantGrowth(growth),))
        return float(project(grows, start, since=first - 1, until=base.end_year).iloc[-1])

    growth = Input(low.growth, base.growth, high.growth)
    return swings(
        model,
        {"growth": growth, "first": _first(known, rates, path=base), "start": _start(known, indicator, path=base)},
    )


def _first(known: Known, rates: str, *, path: GrowthOutlook) -> Input:
    first, wanted = path.base_year + 1, wishes(known, rates, frequency="years")
    begins = wanted["period_start"].dt.year
    wanted = wanted[(begins > first) & (wanted["period_end"].dt.year == path.end_year)]
    latest = first if wanted.empty else int(wanted["period_start"].dt.year.max())
    return Input(first, first, latest, tuple(wanted["source_id"].unique()))


def _start(known: Known, indicator: str, *, path: GrowthOutlook) -> Input:
    rows = readings(known, indicator, path.base_year)
    levels = [path.base, *(float(v) for column in ("low", "value", "high") for v in rows[column].dropna())]
    return Input(min(levels), path.base, max(levels), tuple(rows["source_id"].unique()))


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
