"""Is the pace enough? Pace so far over the pace that the target asks for.

A ratio of 1 is just enough, 0 is standstill, below 0 the figure moves away from the target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from promotion_book.statistics.growth import cagr, required_growth
from promotion_book.statistics.refusal import Refused

ON_TRACK = 0.95
ACCELERATE = 0.60
SURE = 9  # decimals of a ratio; what a quotient of decimals may be off lies beyond


def pace_class(ratio: float) -> str:
    """Which status does a pace ratio give while the period of the target still runs?

    The classes: on_track, accelerate, limited, moving_away.

    .. math:: R \\ge 0.95: \\text{ on track} \\\\ R \\ge 0.60: \\text{ acceleration needed}
        \\\\ R \\ge 0: \\text{ limited progress} \\\\ R < 0: \\text{ moving away}

    Symbols: the first line that holds counts.
    Source: the bounds of Open SDG and Statistics Canada.
    Worked cases: P017, P019
    """
    ratio = round(ratio, SURE)
    if ratio >= ON_TRACK:
        return "on_track"
    if ratio >= ACCELERATE:
        return "accelerate"
    return "limited" if ratio >= 0 else "moving_away"


def geometric_pace(base: float, current: float, target: float, elapsed: float, total: float) -> float:
    """Is a figure that should grow at a constant rate growing fast enough?

    .. math:: R = s\\,d\\,\\frac{g_o}{|g_r|} \\\\
        g_o = \\left(\\frac{y_t}{y_0}\\right)^{1/(t-t_0)} - 1 \\\\
        g_r = \\left(\\frac{y_T}{y_0}\\right)^{1/(T-t_0)} - 1

    Symbols: $g_o$ is the growth a year so far, $g_r$ the growth a year that was required from the base on; $s$ is
    $-1$ for figures below zero and else 1; $d$ is $-1$ where the target lies below the base and else 1.
    Source: Open SDG, progress measurement methodology.
    Worked cases: P011, P012, P013, P014

    Raises:
        Refused: a base or a target of zero, a change of sign, no time, or a target equal to the base.
    """
    if target == 0:
        raise Refused("target_zero")
    required = required_growth(base, target, total)
    if required == 0:
        raise Refused("no_distance")
    direction = 1 if target > base else -1
    return signed_growth(base, current, years=elapsed) * direction / abs(required)


def signed_growth(base: float, current: float, *, years: float) -> float:
    """Growth a year, positive when the figure itself rises, also for negative figures.

    Source: Open SDG; all figures have one sign.
    Worked cases: P040
    """
    return cagr(base, current, years) * (-1 if base < 0 else 1)


def linear_pace(base: float, current: float, target: float, elapsed: float, total: float) -> float:
    """Is a figure that should change by equal steps changing fast enough?

    .. math:: R = \\frac{(y_t - y_0)/(t - t_0)}{(y_T - y_0)/(T - t_0)}

    Source: the straight line from the base to the target; the Sustainable Development Report uses it too.
    Worked cases: P092

    Raises:
        Refused: no time, or a target equal to the base.
    """
    if elapsed <= 0 or total <= 0:
        raise Refused("no_time")
    if target == base:
        raise Refused("no_distance")
    return ((current - base) / elapsed) / ((target - base) / total)


@dataclass(frozen=True)
class Cumulative:
    """Progress of a sum over a period. Amounts are in the unit of the target, a year each."""

    share: float
    time_share: float
    pace: float
    achieved_per_year: float


def cumulative_pace(target: float, achieved: float, *, elapsed: float, total: float) -> Cumulative:
    """Is a total that is collected over a period growing fast enough?

    .. math:: R = \\frac{a / y_T}{m / n}

    Symbols: $a$ is what was achieved so far, in $m$ of the $n$ years of the period.
    Source: the share achieved against the share of time, a rule of this report.
    Worked cases: P126

    Raises:
        Refused: nothing of the period has passed, or the target is zero.
    """
    if elapsed <= 0 or total <= 0:
        raise Refused("no_time")
    if target == 0:
        raise Refused("base_value_zero")
    share, time_share = achieved / target, elapsed / total
    return Cumulative(share, time_share, share / time_share, achieved / elapsed)


def phased_pace(plan: Sequence[float], actual: Sequence[float]) -> float:
    """Does a total keep up with the yearly plan that was published for it?

    .. math:: R = \\frac{\\sum_{i \\le m} a_i}{\\sum_{i \\le m} p_i}

    Symbols: $a_i$ is the result and $p_i$ the plan of year $i$; $m$ years have passed.
    Source: a rule of this report: a published plan comes before the straight line.
    Worked cases: P127

    Raises:
        Refused: nothing was planned so far.
    """
    planned = sum(plan[: len(actual)])
    if planned == 0:
        raise Refused("nothing_planned")
    return sum(actual) / planned
