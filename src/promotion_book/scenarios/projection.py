"""Scenarios, and the projections that follow from them.

    plan = Scenario("plan", (ConstantGrowth(0.06), Cap(600e6)))
    project(plan, 480e6, since=2025, until=2030)    # the figures of 2025 to 2030, by year

A scenario is a name and assumptions, which hold in each year, in their order. A projection begins with the start, a
figure that no assumption changes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from promotion_book.scenarios.assumptions import Additions, Assumption, Cap, Floor
from promotion_book.statistics.refusal import Refused

RESERVED = {
    "observed": "the figures that were published",
    "required": "the path that still reaches the target",
    "business_as_usual": "the pace so far goes on",
    "low": "the low case of a growth range",
    "base": "the base case of a growth range",
    "high": "the high case of a growth range",
    "custom": "the assumptions that a reader gives",
}


@dataclass(frozen=True)
class Scenario:
    """Named assumptions. Each year applies them in their order, so limits come last. The name is one of `RESERVED` or of
    the scenario table.
    """

    name: str
    assumptions: tuple[Assumption, ...]


def project(scenario: Scenario, start: float, *, since: int, until: int) -> pd.Series[float]:
    """Where does a scenario lead, from the figure of a year to a later year?

    The figures by year, `since` to `until`, in the unit of the start.

    .. math:: y_t = f_n( \\dots f_2( f_1(y_{t-1}) ) )

    Symbols: $f_1, \\dots, f_n$ are the assumptions of the scenario, in their order.
    Source: a rule of this report.

    Args:
        scenario: named assumptions.
        start: figure of the year `since`.
        since: year of the start.
        until: last year of the projection.

    Raises:
        Refused: no start, no year after it, or a refusal of an assumption.
    """
    if until <= since:
        raise Refused("no_time")
    if math.isnan(start):
        raise Refused("no_figure")
    figures = {since: start}
    for year in range(since + 1, until + 1):
        value = figures[year - 1]
        for assumption in scenario.assumptions:
            value = assumption.step(value, year)
        figures[year] = value
    return pd.Series(figures, name=scenario.name, dtype=float)


def business_as_usual(pace: float, *, anew: bool) -> Scenario:
    """What if the pace so far goes on? An assumption: past growth is a weak forecast.

    .. math:: \\text{added: } y_t = y_{t-1} + p \\qquad \\text{anew: } y_t = p

    Symbols: $p$ is the pace so far, as `pace_ahead.pace_so_far` has it.
    Source: the straight line; of rates and of what is counted anew each year the mean, because a line through them would
    show chance as a trend.

    Args:
        anew: the pace is what each year brings, and not what it adds.
    """
    return Scenario("business_as_usual", (Floor(pace), Cap(pace)) if anew else (Additions(pace),))
