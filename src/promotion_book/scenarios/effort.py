"""What a target collected over a period still takes, and what one unit of a plan costs.

Targets are those of several years, or of one, whose yearly amounts add up: jobs, establishments,
courses. Amounts are in the unit of the target, as pairs of its low and its high end, which are equal
for a point. Nothing is guessed: where no figure was found, what a year left may take lies between two
assumptions, that the straight line was kept and that nothing was done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from promotion_book.statistics.assessment import Assessment
from promotion_book.statistics.growth import required_addition
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.targets import Point, Target

Pair = tuple[float, float]


@dataclass(frozen=True)
class Remaining:
    """A target over a period on the day `on`: that of the latest figure, or else the end of the reporting period.

    `expected` is the straight line on that day; `achieved` is None without a total up to then. `left` are the
    years after the day, 0 when the period is over. What each of them takes is `needed`, or without a total
    between `on_line` (as if the straight line was kept) and `from_nothing`; None when no year is left.
    """

    on: date
    begun: bool
    expected: Pair
    achieved: Point | None
    left: float
    on_line: Pair
    needed: Pair | None
    from_nothing: Pair | None
    missing: Pair | None


def over_a_period(rows: pd.DataFrame) -> pd.DataFrame:
    """The judged statements whose amounts add up over their period; ceilings are left out."""
    years = rows["period_end"].dt.year - rows["period_start"].dt.year
    adds_up = (rows["kind"] == "cumulative") | ((rows["kind"] == "flow") & (years == 0))
    kept: pd.DataFrame = rows[adds_up & (rows["reading"] != "at_most")]
    return kept


def remaining(found: Assessment, until: date) -> Remaining:
    """What was to be expected of a target over a period, what was found, and what each year left takes.

    .. math:: \\text{a year, between } \\frac{y_T}{n} \\text{ and } \\frac{y_T}{n - m}

    Symbols: $m$ of the $n$ years of the period are over. The two hold where no total was found: the first if the
    straight line was kept, the second if nothing was done. With a total `remaining_effort` says what is needed.
    Source: the straight line through the period.

    Args:
        found: the assessment of a statement of `over_a_period`.
        until: the end of the reporting period.
    """
    target, achieved = found.target, total_so_far(found)
    on = min(achieved.end if achieved else until, target.end)
    elapsed, wanted = max(0.0, _years(target.start, on)), ends(target)
    left = target.years - elapsed
    value = achieved.value if achieved else 0.0
    needed = (
        _pair(remaining_effort(end, value, elapsed=elapsed, total=target.years).needed for end in wanted)
        if left > 0
        else None
    )
    return Remaining(
        on=on,
        begun=elapsed > 0,
        expected=_pair(end * elapsed / target.years for end in wanted),
        achieved=achieved,
        left=left,
        on_line=_pair(end / target.years for end in wanted),
        needed=needed if achieved else None,
        from_nothing=None if achieved else needed,
        missing=_pair(max(0.0, end - value) for end in wanted) if achieved else None,
    )


@dataclass(frozen=True)
class Effort:
    """Of a total collected over a period, in its unit: expected by now, and still needed a year."""

    expected: float
    needed: float


def remaining_effort(target: float, achieved: float, *, elapsed: float, total: float) -> Effort:
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
    return Effort(target * elapsed / total, required_addition(achieved, target, years=total - elapsed))


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


def _years(start: date, end: date) -> float:
    """Years from the first day of a month to the last day of another."""
    return ((end.year - start.year) * 12 + end.month - start.month + 1) / 12


def _pair(values: Iterable[float]) -> Pair:
    low, high = values
    return low, high
