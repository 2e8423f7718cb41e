"""What one unit of a plan costs, and what a budget is by the end of each year.

Amounts are pairs of a low and a high end, which are equal for a point.
"""

from __future__ import annotations

from promotion_book.statistics.assessment import Assessment
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.targets import Point, Target

Pair = tuple[float, float]


def total_so_far(found: Assessment) -> Point | None:
    """The total up to the latest figure: None where years of it are missing, or nothing was found."""
    partly = bool(found.reason) and found.target.kind in ("cumulative", "flow")
    return None if partly else found.latest


def ends(target: Target) -> Pair:
    """The low and the high end of a target, equal for a point."""
    return target.minimum, target.minimum if target.stretch is None else target.stretch


def unit_cost(budget: float, counts: Pair) -> Pair:
    """What does one unit cost, if the whole budget serves nothing else?

    .. math:: c_l = \\frac{B}{y_h} \\\\ c_h = \\frac{B}{y_l}

    Symbols: $B$ is the budget of a plan, $y_l$ and $y_h$ are the low and the high end of what the plan wants for it.
    Source: the definition of a unit cost. A plan's budget is not what was spent.

    Raises:
        Refused: nothing, or less than nothing, is wanted.
    """
    low, high = counts
    if low <= 0:
        raise Refused("not_positive")
    return budget / high, budget / low


def evenly(budget: float, first: int, *, last: int) -> dict[int, float]:
    """What is spent by the end of each year, if every year of a plan takes the same?

    .. math:: B_t = B \\, \\frac{t - t_0 + 1}{n}

    Symbols: $B$ is the budget, $t_0$ the first of the $n$ years.
    Source: the straight line through the period.
    """
    years = last - first + 1
    return {year: budget * (year - first + 1) / years for year in range(first, last + 1)}
