"""The kinds of assumption, one small class each: how a figure moves from one year to the next.

`step(value, year)` takes the figure of the year before and gives that of `year`. Assumptions remember
nothing, so they can be joined and limited by others.

Rates and shares are fractions (0.05 is 5 per cent); percentage points are points of a figure that is
itself in per cent. The annotation of a parameter states its unit and limits; see `kinds`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Protocol

from promotion_book.statistics.growth import required_growth
from promotion_book.statistics.refusal import Refused


@dataclass(frozen=True)
class ParameterRule:
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


Growth = Annotated[float, ParameterRule("a fraction a year (0.05 is 5%)", -0.5, 1)]
Points = Annotated[float, ParameterRule("percentage points a year", -100, 100)]
Amount = Annotated[float, ParameterRule("a number a year, in the unit of the indicator")]
Level = Annotated[float, ParameterRule("a number, in the unit of the indicator")]
Year = Annotated[int, ParameterRule("a year", 1990, 2100, whole=True)]
FORMS = ("linear", "geometric")
Form = Annotated[str, ParameterRule(choices=FORMS)]


class Assumption(Protocol):
    """What every kind of assumption can do."""

    def step(self, value: float, year: int) -> float:
        """The figure of `year`, from the figure of the year before."""


@dataclass(frozen=True)
class ConstantGrowth:
    """What if a figure grows by the same rate every year?

    Of a share of 30%, a growth of 5 per cent makes 31.5%.

    .. math:: y_t = y_{t-1} \\, (1 + g)

    Source: the definition of compound growth.
    Worked cases: S001
    """

    growth: Growth

    def step(self, value: float, year: int) -> float:
        """The figure of `year`, from the figure of the year before."""
        return value * (1 + self.growth)


@dataclass(frozen=True)
class PathToTarget:
    """What if a figure moves so that it reaches its target in time?

    .. math:: \\text{linear: } y_t = y_{t-1} + \\frac{y_T - y_{t-1}}{T - t + 1} \\\\
        \\text{geometric: } y_t = y_{t-1} \\left(\\frac{y_T}{y_{t-1}}\\right)^{1/(T - t + 1)}

    Symbols: $y_T$ is the target, $T$ its year.
    Source: the straight line, or the constant growth, that still leads to the target.
    Worked cases: S003, S004

    Raises:
        Refused: by a step after the target's year, where another assumption has to say what follows;
            by a step of a geometric path from zero or through zero.
    """

    target: Level
    year: Year
    path: Form

    def step(self, value: float, year: int) -> float:
        """The figure of `year`, from the figure of the year before."""
        left = self.year - year + 1
        if left <= 0:
            raise Refused("no_time")
        if self.path == "linear":
            return value + (self.target - value) / left
        return value * (1 + required_growth(value, self.target, left))


@dataclass(frozen=True)
class Additions:
    """What if the same number is added every year?

    .. math:: y_t = y_{t-1} + a

    Symbols: $a$ is the addition a year.
    Source: the definition of a straight line.
    """

    amount: Amount

    def step(self, value: float, year: int) -> float:
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

    def step(self, value: float, year: int) -> float:
        """The figure of `year` in per cent, from that of the year before."""
        return value + self.points


@dataclass(frozen=True)
class Cap:
    """What if a figure cannot pass an upper limit? Limits what the assumptions before it lead to.

    .. math:: y_t = \\min(y_t', M)

    Symbols: $y_t'$ is the figure without the limit, $M$ the limit.
    Source: a rule of this report.
    """

    limit: Level

    def step(self, value: float, year: int) -> float:
        """The figure, at most the limit."""
        return min(value, self.limit)


@dataclass(frozen=True)
class Floor:
    """What if a figure cannot fall below a lower limit? Limits what the assumptions before it lead to.

    .. math:: y_t = \\max(y_t', m)

    Symbols: $y_t'$ is the figure without the limit, $m$ the limit.
    Source: a rule of this report.
    """

    limit: Level

    def step(self, value: float, year: int) -> float:
        """The figure, at least the limit."""
        return max(value, self.limit)
