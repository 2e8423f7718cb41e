"""Does a figure reach a target, and which way is better? The one place that knows the readings.

Every kind of target asks these functions, along either path, while its period runs and when it is over. So a better
figure never has a worse status, and a figure equal to the target counts as reached.
"""

from __future__ import annotations

import math

from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.targets import Point, Target

SAME = 1e-12  # relative; what a sum or a power of decimals may be off
ANY = math.inf


def reached(target: Target, value: float) -> bool:
    """Does a figure reach a target, as its reading says?

    .. math:: \\text{at least, and the low end of a range: } y \\ge y_T \\\\ \\text{at most: } y \\le y_T \\\\
        \\text{stay within a band: } L \\le y \\le H \\\\ \\text{maintain: } |y - y_T| \\le \\tau

    Symbols: $y$ is the figure, $L$ and $H$ are the edges of the band, $\\tau$ is the tolerance of the target. A figure
    equal to the target has reached it.
    Source: a rule of this report; the middle of a range is never used.
    Worked cases: P115, P116, P117, P118, P120, P121, P122, P123, P131
    """
    low, high = bounds(target)
    return low <= value <= high or _same(value, low) or _same(value, high)


def reaches(target: Target, point: Point) -> bool | None:
    """Does a figure reach a target, whatever its source leaves open? None where the figure is a bound that decides nothing.

    Over 900 reaches 850, does not keep below 900, and says nothing of 950; nearly 900 the other way round.
    """
    if not point.bound:
        return reached(target, point.value)
    least = point.value if point.high != point.value else -ANY
    most = point.value if point.low != point.value else ANY
    if reached(target, least) and reached(target, most):
        return True
    low, high = bounds(target)
    beside = most <= low or _same(most, low) or least >= high or _same(least, high)
    return False if beside else None


def sure(target: Target, point: Point) -> bool:
    """Whether a figure reaches a target.

    Raises:
        Refused: it is a bound that decides nothing.
    """
    done = reaches(target, point)
    if done is None:
        raise Refused("only_a_bound")
    return done


def bounds(target: Target) -> tuple[float, float]:
    """The lowest and the highest figure that reach a target; infinite where there is no bound."""
    match target.reading:
        case "at_most":
            return -ANY, target.minimum
        case "stay_within":
            return target.minimum, target.minimum if target.stretch is None else target.stretch
        case "maintain":
            return target.minimum - target.tolerance, target.minimum + target.tolerance
    return target.minimum, ANY


def sign(target: Target) -> int:
    """The sign of progress: 1 where more is better, -1 where less is, and 0 where nearer to a band is."""
    return {"at_most": -1, "stay_within": 0, "maintain": 0}.get(target.reading, 1)


def _same(value: float, bound: float) -> bool:
    return math.isclose(value, bound, rel_tol=SAME, abs_tol=SAME)
