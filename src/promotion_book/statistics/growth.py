"""Growth: rates, contributions, and what is still required.

Rates are fractions (0.05 is 5 per cent a year); amounts keep the unit of their input.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from promotion_book.statistics.refusal import Refused


def growth(before: float, after: float) -> float:
    """Growth from one figure to the next, as a fraction of the first.

    .. math:: g = \\frac{y_1}{y_0} - 1

    Raises:
        Refused: the first figure is zero, or the sign changes.
    """
    return cagr(before, after, 1)


def cagr(base: float, current: float, years: float) -> float:
    """Compound growth a year between two figures.

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
    if base * current < 0:
        raise Refused("sign_change")
    return float((current / base) ** (1 / years) - 1)


def compound_path(start: float, rate: float, years: int) -> list[float]:
    """The figures of a constant growth rate, the start included: `years + 1` values.

    .. math:: y_{t+k} = y_t \\, (1 + g)^k

    Source: definition.
    Worked cases: S001
    """
    return [start * (1 + rate) ** k for k in range(years + 1)]


def required_growth(start: float, target: float, years: float) -> float:
    """Growth a year that leads from a figure to a target.

    .. math:: g = \\left(\\frac{y_T}{y_t}\\right)^{1/(T - t)} - 1

    Source: the compound path solved for the rate.
    Worked cases: S003

    Raises:
        Refused: as `cagr`.
    """
    return cagr(start, target, years)


def required_addition(stock: float, target: float, years: float) -> float:
    """Additions a year that lead from a stock to a target; 0 once it is reached.

    .. math:: a = \\frac{y_T - y_t}{T - t}

    Source: definition (linear path).
    Worked cases: S004
    """
    if years <= 0:
        raise Refused("no_time")
    return max(0.0, (target - stock) / years)


def mean_growth(rates: Sequence[float]) -> float:
    """Growth a year on average: the geometric mean of yearly rates.

    .. math:: \\bar g = \\left(\\prod_i (1 + g_i)\\right)^{1/n} - 1

    Source: the meaning of an average rate of growth; the arithmetic mean overstates it.

    Raises:
        Refused: no rates.
    """
    if not rates:
        raise Refused("no_figure")
    return float(math.prod(1 + rate for rate in rates) ** (1 / len(rates)) - 1)


def implied_base(target: float, rate: float, years: int) -> float:
    """The base that a target level and a growth target imply together.

    .. math:: y_0 = \\frac{y_T}{(1 + g)^{T - t_0}}

    Source: arithmetic on the statements of a target.
    Worked cases: P110
    """
    return target / (1 + rate) ** years


def previous(value: float, rate: float) -> float:
    """The figure of the year before that a figure and its growth imply.

    .. math:: y_{t-1} = \\frac{y_t}{1 + g}

    Source: the definition of growth, solved for the earlier figure.
    """
    return value / (1 + rate)


def whole(part: float, share: float) -> float:
    """The whole that a part and its share imply.

    .. math:: Y = \\frac{y}{s}

    Source: definition of a share.
    Worked cases: P113
    """
    if share == 0:
        raise Refused("base_value_zero")
    return part / share


def contributions(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Contribution of each part to the growth of the whole, in percentage points; they add up.

    .. math:: c_i = 100 \\, \\frac{y_{i1} - y_{i0}}{\\sum_j y_{j0}}

    Source: definition.
    Worked cases: R001

    Raises:
        Refused: the whole was zero before.
    """
    total = sum(before.values())
    if total == 0:
        raise Refused("base_value_zero")
    names = [*before, *(name for name in after if name not in before)]
    return {name: 100 * (after.get(name, 0.0) - before.get(name, 0.0)) / total for name in names}
