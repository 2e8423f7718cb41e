"""Growth: rates, contributions, and what is still required.

Rates are fractions (0.05 is 5 per cent a year); amounts keep the unit of their input.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import pandas as pd

from promotion_book.statistics.refusal import Refused


def cagr(base: float, current: float, years: float) -> float:
    """How fast did a figure grow a year?

    .. math:: g = \\left(\\frac{y_t}{y_0}\\right)^{1/(t - t_0)} - 1

    Source: the definition used by Open SDG's progress measure.
    Worked cases: P001, P002, P040

    Raises:
        Refused: no time between the figures, a base of zero, or a change of sign.
    """
    if years <= 0:
        raise Refused("no_time")
    if base == 0:
        raise Refused("base_value_zero")
    if current and (base < 0) != (current < 0):
        raise Refused("sign_change")
    return finite(lambda: (current / base) ** (1 / years) - 1)


def compound_path(start: float, rate: float, *, years: int) -> list[float]:
    """Where does a constant growth lead?

    The start is included: `years + 1` values.

    .. math:: y_{t+k} = y_t \\, (1 + g)^k

    Symbols: $y_{t+k}$ is the figure after $k$ more years.
    Source: the definition of compound growth.
    Worked cases: S001

    Raises:
        Refused: a figure becomes too large to be computed.
    """
    return [compound(start, rate, years=k) for k in range(years + 1)]


def compound(start: float, rate: float, *, years: float) -> float:
    """A figure after years of constant growth.

    Raises:
        Refused: it becomes too large to be computed.
    """
    return finite(lambda: start * (1 + rate) ** years)


def finite(result: Callable[[], float]) -> float:
    """The result of a computation.

    Raises:
        Refused: it is too large for a number of the computer.
    """
    try:
        found = float(result())
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise Refused("not_finite")
    return found


def required_growth(start: float, target: float, years: float) -> float:
    """How fast must a figure grow from now on to reach its target in time?

    .. math:: g = \\left(\\frac{y_T}{y_t}\\right)^{1/(T - t)} - 1

    Source: the definition of compound growth, solved for the rate.
    Worked cases: S003

    Raises:
        Refused: as `cagr`.
    """
    return cagr(start, target, years)


def mean_growth(rates: Sequence[float]) -> float:
    """How fast did a figure grow on average, given the rates of single years?

    .. math:: \\bar g = \\left(\\prod_i (1 + g_i)\\right)^{1/n} - 1

    Symbols: $g_i$ is the growth of one year, $n$ the number of years; $\\bar g$ is the geometric mean.
    Source: the meaning of an average rate of growth; the arithmetic mean would overstate it.

    Raises:
        Refused: no rates, or one below -100 %, which would turn the sign of the figure.
    """
    if not rates:
        raise Refused("no_figure")
    if min(rates) < -1:
        raise Refused("below_minus_100")
    return finite(lambda: math.prod(1 + rate for rate in rates) ** (1 / len(rates)) - 1)


def implied_base(target: float, rate: float, *, years: int) -> float:
    """Which base do a target and its growth imply, where the source gives no base?

    .. math:: y_0 = \\frac{y_T}{(1 + g)^{T - t_0}}

    Source: the definition of compound growth, solved for the base.
    Worked cases: P110

    Raises:
        Refused: growth of -100 % or less, which leaves nothing to work back from.
    """
    if rate <= -1:
        raise Refused("below_minus_100")
    return finite(lambda: target / (1 + rate) ** years)


def contributions(table: pd.DataFrame) -> pd.DataFrame:
    """How much did each part add to the growth of the whole, in percentage points?

    .. math:: c_i = 100 \\, \\frac{y_{i1} - y_{i0}}{\\sum_i y_{i0}}

    Symbols: $y_{i0}$ and $y_{i1}$ are part $i$ before and after, $c_i$ its contribution; the sum runs over all parts.
    Source: the definition; the contributions add up to the growth.
    Worked cases: R001

    Args:
        table: a column a part, and a row a year, of which the last two are compared; a part without a figure is zero.

    Returns:
        A row a part: `before`, `after`, and `points`, its contribution. Empty where fewer than two years are known.

    Raises:
        Refused: the whole was zero before.
    """
    if len(table) < 2:
        return pd.DataFrame(columns=["before", "after", "points"], dtype=float)
    before, after = table.fillna(0.0).iloc[-2], table.fillna(0.0).iloc[-1]
    if before.sum() == 0:
        raise Refused("base_value_zero")
    return pd.DataFrame({"before": before, "after": after, "points": 100 * (after - before) / before.sum()})
