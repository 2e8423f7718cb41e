"""The kinds of assumption, one small class each: how a figure moves from one year to the next.

`step(value, year)` takes the figure of the year before and gives that of `year`. Assumptions remember
nothing, so they can be joined, limited and continued by others. A figure or a parameter may be an
array over draws, shape (draws,); a step works on each draw.

Rates and shares are fractions (0.05 is 5 per cent); percentage points are points of a figure that is
itself in per cent. The annotation of a parameter states its unit and limits; see `kinds`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Protocol

import numpy as np
from numpy.typing import NDArray

from promotion_book.statistics.growth import required_growth
from promotion_book.statistics.refusal import Refused

Values = float | NDArray[np.float64]


@dataclass(frozen=True)
class Parameter:
    """What a parameter may be: a number of a unit within limits, a whole one, or one of some words."""

    unit: str = ""
    low: float = -math.inf
    high: float = math.inf
    whole: bool = False
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        if self.choices:
            return " or ".join(self.choices)
        low = f" from {self.low:g}" if self.low > -math.inf else ""
        return self.unit + low + (f" to {self.high:g}" if self.high < math.inf else "")


Growth = Annotated[Values, Parameter("a fraction a year (0.05 is 5%)", -0.5, 1)]
Points = Annotated[Values, Parameter("percentage points a year", -100, 100)]
Amount = Annotated[Values, Parameter("a number a year, in the unit of the indicator")]
Level = Annotated[Values, Parameter("a number, in the unit of the indicator")]
Share = Annotated[Values, Parameter("a fraction of the total (0.3 is 30%)", 0, 1)]
Money = Annotated[Values, Parameter("money a year", 0)]
UnitCost = Annotated[Values, Parameter("money for one unit, in the currency of the budget", 1)]
Year = Annotated[int, Parameter("a year", 1990, 2100, whole=True)]
FORMS = ("linear", "geometric")
Form = Annotated[str, Parameter(choices=FORMS)]


def one_of(word: str, allowed: Iterable[str]) -> str:
    """The word, where it is allowed.

    Raises:
        ValueError: it is not; the message names the allowed words.
    """
    if word not in allowed:
        raise ValueError(f"{word!r}; allowed: {', '.join(allowed)}")
    return word


class Assumption(Protocol):
    """What every kind of assumption can do."""

    def step(self, value: Values, year: int) -> Values:
        """The figure of `year`, from the figure of the year before; shape () or (draws,)."""


@dataclass(frozen=True)
class ConstantGrowth:
    """What if a figure grows by the same rate every year?

    Of a share of 30%, a growth of 5 per cent makes 31.5%.

    .. math:: y_t = y_{t-1} \\, (1 + g)

    Source: the definition of compound growth.
    Worked cases: S001
    """

    growth: Growth

    def step(self, value: Values, year: int) -> Values:
        """The figure of `year`, from the figure of the year before."""
        return value * (1 + self.growth)


@dataclass(frozen=True)
class GrowthRange:
    """What if a figure grows by a low, a base or a high rate every year?

    Three named assumptions side by side, shape (3,): low, base, high. They are not a probability.

    .. math:: y_t = y_{t-1} \\, (1 + g), \\quad g \\in \\{g_l, g_b, g_h\\}

    Symbols: $g_l$, $g_b$ and $g_h$ are the low, the base and the high growth a year.
    Source: the definition of compound growth.
    Worked cases: S002
    """

    low: Growth
    base: Growth
    high: Growth

    def step(self, value: Values, year: int) -> Values:
        """The figures of `year`, from the figure or the three figures of the year before; shape (3,)."""
        return value * (1 + np.array([self.low, self.base, self.high], dtype=float))


@dataclass(frozen=True)
class PathToTarget:
    """What if a figure moves so that it reaches its target in time?

    .. math:: \\text{linear: } y_t = y_{t-1} + \\frac{y_T - y_{t-1}}{T - t + 1} \\\\
        \\text{geometric: } y_t = y_{t-1} \\left(\\frac{y_T}{y_{t-1}}\\right)^{1/(T - t + 1)}

    Symbols: $y_T$ is the target, $T$ its year.
    Source: the straight line, or the constant growth, that still leads to the target.
    Worked cases: S003, S004

    Raises:
        ValueError: a path that is not of `FORMS`.
        Refused: by a step after the target's year, where another assumption has to say what follows;
            by a step of a geometric path from zero or through zero.
    """

    target: Level
    year: Year
    path: Form

    def __post_init__(self) -> None:
        one_of(self.path, FORMS)

    def step(self, value: Values, year: int) -> Values:
        """The figure of `year`, from the figure of the year before."""
        left = self.year - year + 1
        if left <= 0:
            raise Refused("no_time")
        if self.path == "linear":
            return value + (self.target - value) / left
        growth = np.vectorize(required_growth, otypes=[float])(value, self.target, left)
        return value * (1 + np.asarray(growth, dtype=float))


@dataclass(frozen=True)
class Additions:
    """What if the same number is added every year?

    .. math:: y_t = y_{t-1} + a

    Symbols: $a$ is the addition a year.
    Source: the definition of a straight line.
    """

    amount: Amount

    def step(self, value: Values, year: int) -> Values:
        """The figure of `year`, from the figure of the year before."""
        return value + self.amount


@dataclass(frozen=True)
class PercentagePoints:
    """What if a share changes by the same number of percentage points every year?

    The figure is in per cent: 5 percentage points on a share of 30% make 35%.

    .. math:: y_t = y_{t-1} + p

    Symbols: $p$ is the change a year in percentage points.
    Source: the definition of a percentage point.
    """

    points: Points

    def step(self, value: Values, year: int) -> Values:
        """The figure of `year` in per cent, from that of the year before."""
        return value + self.points


@dataclass(frozen=True)
class StepAmount:
    """What if a programme that adds a number every year starts, stops or changes in a year?

    Nothing before is a start, nothing from the year on is a stop.

    .. math:: t < t_s: \\quad y_t = y_{t-1} + a_0 \\\\ t \\ge t_s: \\quad y_t = y_{t-1} + a_1

    Symbols: $t_s$ is the year of the step; $a_0$ is added in each year before it, $a_1$ from then on.
    Source: a rule of this report.
    """

    year: Year
    before: Amount
    after: Amount

    def step(self, value: Values, year: int) -> Values:
        """The figure of `year`, from the figure of the year before."""
        return value + (self.after if year >= self.year else self.before)


@dataclass(frozen=True)
class StepRate:
    """What if a rate of growth changes in a year?

    .. math:: t < t_s: \\quad y_t = y_{t-1} \\, (1 + g_0) \\\\ t \\ge t_s: \\quad y_t = y_{t-1} \\, (1 + g_1)

    Symbols: $t_s$ is the year of the step; $g_0$ is the growth in each year before it, $g_1$ from then on.
    Source: a rule of this report.
    """

    year: Year
    before: Growth
    after: Growth

    def step(self, value: Values, year: int) -> Values:
        """The figure of `year`, from the figure of the year before."""
        return value * (1 + (self.after if year >= self.year else self.before))


@dataclass(frozen=True)
class ShareOfTotal:
    """What if a figure holds a share of a total that grows?

    The figure of the year before plays no part.

    .. math:: y_t = s \\, Y_0 \\, (1 + g)^{t - t_0}

    Symbols: $s$ is the share, $Y_0$ the total in the year $t_0$ and $g$ its growth a year.
    Source: the definitions of a share and of compound growth.
    """

    share: Share
    total: Level
    year: Year
    growth: Growth

    def step(self, value: Values, year: int) -> Values:
        """The figure of `year`."""
        return self.share * self.total * (1 + self.growth) ** (year - self.year)


@dataclass(frozen=True)
class Budget:
    """What if a yearly budget is spent on units of a known cost, which add to a total?

    .. math:: y_t = y_{t-1} + \\frac{B}{c}

    Symbols: $B$ is the budget a year, $c$ the cost of one unit.
    Source: the definition of a unit cost; that the cost stays what it was is part of the assumption.

    Raises:
        Refused: by a step, for a cost that is not above zero.
    """

    budget: Money
    unit_cost: UnitCost

    def step(self, value: Values, year: int) -> Values:
        """The total of `year`, from the total of the year before."""
        if np.any(np.asarray(self.unit_cost) <= 0):
            raise Refused("not_positive")
        return value + self.budget / self.unit_cost


@dataclass(frozen=True)
class Cap:
    """What if a figure cannot pass an upper limit? Limits what the assumptions before it lead to.

    .. math:: y_t = \\min(y_t', M)

    Symbols: $y_t'$ is the figure without the limit, $M$ the limit.
    Source: a rule of this report.
    """

    limit: Level

    def step(self, value: Values, year: int) -> Values:
        """The figure, at most the limit."""
        return np.minimum(value, self.limit)


@dataclass(frozen=True)
class Floor:
    """What if a figure cannot fall below a lower limit? Limits what the assumptions before it lead to.

    .. math:: y_t = \\max(y_t', m)

    Symbols: $y_t'$ is the figure without the limit, $m$ the limit.
    Source: a rule of this report.
    """

    limit: Level

    def step(self, value: Values, year: int) -> Values:
        """The figure, at least the limit."""
        return np.maximum(value, self.limit)
