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

from promotion_book.scenarios.assumptions import (
    FORMS,
    Additions,
    Assumption,
    Cap,
    ConstantGrowth,
    Floor,
    PathToTarget,
    one_of,
)
from promotion_book.statistics.growth import cagr
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


def required_scenario(target: float, year: int, path: str) -> Scenario:
    """The reserved scenario `required`: a `linear` or `geometric` path to a target."""
    return Scenario("required", (PathToTarget(target, year, path),))


def steady(value: float) -> Scenario:
    """What if each year brings the mean so far? Business as usual for rates of growth and for counts a year.

    .. math:: y_t = \\frac{1}{n} \\sum_{i=1}^{n} y_i

    Symbols: $y_1$ to $y_n$ are the figures of single years.
    Source: the mean; a straight line through two rates or two counts would show chance as a trend.

    Args:
        value: the mean.
    """
    return Scenario("business_as_usual", (Floor(value), Cap(value)))


def business_as_usual(first: float, last: float, *, years: float, path: str) -> Scenario:
    """What if the pace so far goes on? An assumption: past growth is a weak forecast.

    .. math:: \\text{linear: } a = \\frac{y_t - y_0}{t - t_0} \\\\
        \\text{geometric: } g = \\left(\\frac{y_t}{y_0}\\right)^{1/(t - t_0)} - 1

    Symbols: $y_0$ is the first and $y_t$ the last figure; $a$ is added each year, or $g$ is the growth a year.
    Source: the straight line, or the constant growth, through the first and the last figure.

    Args:
        first: the first figure.
        last: the last figure.
        years: time between the two.
        path: linear or geometric.

    Raises:
        ValueError: another path.
        Refused: no time between the figures; for a geometric path as `growth.cagr`.
    """
    if years <= 0:
        raise Refused("no_time")
    linear = one_of(path, FORMS) == "linear"
    pace = Additions((last - first) / years) if linear else ConstantGrowth(cagr(first, last, years))
    return Scenario("business_as_usual", (pace,))
