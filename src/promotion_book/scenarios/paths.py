"""Scenarios, alone and composed, and the projections that follow from them.

    plan = Scenario("plan", (ConstantGrowth(0.06), Cap(600e6)))
    project(plan, start=480e6, since=2025, until=2030).values    # the figures of 2025 to 2030

A scenario is a name and assumptions, which hold in each year, in their order. `BestOf` and `Then`
compose scenarios and are projected like them. A path begins with the start, a figure that no
assumption changes. Where the start or a parameter has the shape (draws,), paths have (draws, years).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from promotion_book.scenarios.assumptions import (
    FORMS,
    Additions,
    Assumption,
    ConstantGrowth,
    PathToTarget,
    Values,
    one_of,
)
from promotion_book.statistics.growth import cagr, required_addition
from promotion_book.statistics.refusal import Refused

Path = NDArray[np.float64]
CASES = ("low", "base", "high")
RESERVED = {
    "observed": "the figures that were published",
    "required": "the path that still reaches the target",
    "business_as_usual": "the pace so far goes on",
    "low": "the low case of a growth range",
    "base": "the base case of a growth range",
    "high": "the high case of a growth range",
    "custom": "the assumptions that a reader gives",
}
_BEST = {"increase": np.maximum, "decrease": np.minimum}


class Course(Protocol):
    """A scenario, or scenarios composed."""

    @property
    def name(self) -> str:
        """The name, one of `RESERVED` or of the scenario table."""

    def path(self, start: Values, since: int, until: int) -> Path:
        """The figures of the years `since` to `until`, the start first; shape (..., years)."""


@dataclass(frozen=True)
class Scenario:
    """Named assumptions. Each year applies them in their order, so limits come last."""

    name: str
    assumptions: tuple[Assumption, ...]

    def path(self, start: Values, since: int, until: int) -> Path:
        """The figures of the years `since` to `until`, the start first; shape (..., years)."""
        figures = [start]
        for year in range(since + 1, until + 1):
            value = figures[-1]
            for assumption in self.assumptions:
                value = assumption.step(value, year)
            figures.append(value)
        return np.stack(np.broadcast_arrays(*figures), axis=-1).astype(float)


@dataclass(frozen=True)
class BestOf:
    """The better path of two, year by year: the higher one where `direction` is increase, the lower for decrease.

    Raises:
        ValueError: another direction, by which no path is better.
    """

    name: str
    first: Course
    second: Course
    direction: str

    def __post_init__(self) -> None:
        one_of(self.direction, _BEST)

    def path(self, start: Values, since: int, until: int) -> Path:
        """The figures of the years `since` to `until`, the start first; shape (..., years)."""
        paths = (course.path(start, since, until) for course in (self.first, self.second))
        return np.asarray(_BEST[self.direction](*paths))


@dataclass(frozen=True)
class Then:
    """One scenario up to and including the year `last`, then another from where the first has led."""

    name: str
    first: Course
    second: Course
    last: int

    def path(self, start: Values, since: int, until: int) -> Path:
        """The figures of the years `since` to `until`, the start first; shape (..., years)."""
        change = min(max(self.last, since), until)
        before = self.first.path(start, since, change)
        after = self.second.path(before[..., -1], change, until)[..., 1:]
        draws = np.broadcast_shapes(before.shape[:-1], after.shape[:-1])
        return np.concatenate([np.broadcast_to(part, (*draws, part.shape[-1])) for part in (before, after)], axis=-1)


@dataclass(frozen=True, eq=False)
class Projection:
    """What follows from a scenario: `values` of shape (..., years), in the unit of the start."""

    name: str
    years: tuple[int, ...]
    values: Path


def project(course: Course, start: Values, since: int, until: int) -> Projection:
    """Where does a scenario lead, from the figure of a year to a later year?

    .. math:: y_t = f_n( \\dots f_2( f_1(y_{t-1}) ) )

    Symbols: $f_1, \\dots, f_n$ are the assumptions of the scenario, in their order.
    Source: a rule of this report.
    Worked cases: S002

    Args:
        course: the scenario, or scenarios composed.
        start: figure of the year `since`; shape () or (draws,).
        since: year of the start.
        until: last year of the projection.

    Raises:
        Refused: no start, no year after it, or a refusal of an assumption.
    """
    if until <= since:
        raise Refused("no_time")
    if np.isnan(start).any():
        raise Refused("no_figure")
    return Projection(course.name, tuple(range(since, until + 1)), course.path(start, since, until))


def required(target: float, year: int, path: str) -> Scenario:
    """The reserved scenario `required`: a `linear` or `geometric` path to a target."""
    return Scenario("required", (PathToTarget(target, year, path),))


def business_as_usual(first: float, last: float, years: float, path: str) -> Scenario:
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


@dataclass(frozen=True)
class Effort:
    """Of a total collected over a period, in its unit: expected by now, and still needed a year."""

    expected: float
    needed: float


def remaining_effort(target: float, achieved: float, elapsed: float, total: float) -> Effort:
    """What should a total be by now, and how much is needed in each year that is left?

    .. math:: \\text{expected by now} = y_T \\, \\frac{m}{n} \\\\
        \\text{needed a year} = \\frac{y_T - a}{n - m}

    Symbols: $a$ is what was achieved so far, in $m$ of the $n$ years of the period; nothing is needed once the
    target is reached.
    Source: the straight line through the period.

    Raises:
        Refused: no year of the period is left, or it has not begun.
    """
    if not 0 <= elapsed < total:
        raise Refused("no_time")
    return Effort(target * elapsed / total, required_addition(achieved, target, total - elapsed))
