"""Shares and concentration. Shares are fractions of the whole unless a name says per cent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from promotion_book.statistics.refusal import Refused


def shares(values: Sequence[float]) -> list[float]:
    """Shares of the parts in their sum.

    Raises:
        Refused: the sum is zero.
    """
    total = math.fsum(values)
    if total == 0:
        raise Refused("base_value_zero")
    return [value / total for value in values]


def rounded_percent(values: Sequence[float], decimals: int = 0) -> list[float]:
    """How are shares rounded so that the percentages still add up to 100?

    .. math:: p_i = \\lfloor 100\\, s_i \\rfloor + e_i

    Symbols: $p_i$ is the printed percentage; $\\lfloor 100\\, s_i \\rfloor$ is rounded down; $e_i$ is 1 for the
    largest remainders, as many as are missing to 100, and else 0.
    Source: the method of largest remainders (Hare quota); of equal remainders the first wins.
    """
    scale = 10**decimals
    exact = [100 * scale * share for share in shares(values)]
    floors = [math.floor(round(number, 9)) for number in exact]
    missing = 100 * scale - sum(floors)
    order = sorted(range(len(exact)), key=lambda i: (-round(exact[i] - floors[i], 9), i))
    raised = set(order[:missing])
    return [(floor + (i in raised)) / scale for i, floor in enumerate(floors)]


def rounding_note_needed(values: Sequence[float], total: float, *, decimals: int) -> bool:
    """Whether rounded figures no longer add up to their rounded total.

    Source: publishing practice: the note on rounding is made, not typed.
    Worked cases: T006
    """
    rounded = math.fsum(round(value, decimals) for value in values)
    return round(rounded, decimals) != round(total, decimals)


@dataclass(frozen=True)
class Concentration:
    """Concentration of parts. `hhi` from 1/n to 1; `effective` is the number of equal parts like it."""

    hhi: float
    normalised: float
    effective: float


def concentration(values: Sequence[float]) -> Concentration:
    """How strongly is a whole concentrated on few parts?

    .. math:: H = \\sum_i s_i^2 \\\\ H^* = \\frac{H - 1/n}{1 - 1/n} \\\\ N = \\frac{1}{H}

    Symbols: $n$ is the number of parts; $H$ runs from $1/n$ to 1 and $H^*$ from 0 to 1; $N$ is the number of
    equal parts that would give the same $H$.
    Source: the index of Herfindahl and Hirschman; on its scale of 10,000, H is multiplied by 10,000.
    Worked cases: R002

    Raises:
        Refused: the sum is zero.
    """
    h = math.fsum(share**2 for share in shares(values))
    n = len(values)
    return Concentration(h, 1.0 if n == 1 else (h - 1 / n) / (1 - 1 / n), 1 / h)


def concentration_ratio(values: Sequence[float], largest: int) -> float:
    """How much of a whole do its largest parts hold?

    .. math:: \\text{share of the largest} = \\sum_{i=1}^{k} s_{(i)}

    Symbols: $s_{(i)}$ are the shares, the largest first; $k$ is how many are added.
    Source: the definition.
    Worked cases: R002, R005
    """
    return math.fsum(sorted(shares(values), reverse=True)[:largest])


def gini(values: Sequence[float], corrected: bool = False) -> float:
    """How unequal are the parts? The Gini coefficient is 0 for equal parts.

    `corrected` multiplies by n/(n-1) for few parts.

    .. math:: G = \\frac{2\\sum_i i\\,y_{(i)}}{n\\sum_i y_i} - \\frac{n+1}{n}

    Symbols: $y_{(i)}$ are the parts, the smallest first; $n$ is their number. For few parts $G$ is multiplied by
    $n/(n-1)$, so that the most unequal case gives 1.
    Source: the definition on ordered values.
    Worked cases: R004

    Raises:
        Refused: the sum is zero, or fewer than two parts for the correction.
    """
    ordered, n = sorted(values), len(values)
    total = math.fsum(ordered)
    if total == 0:
        raise Refused("base_value_zero")
    if corrected and n < 2:
        raise Refused("pace_not_assessable")
    g = 2 * math.fsum(i * x for i, x in enumerate(ordered, start=1)) / (n * total) - (n + 1) / n
    return g * n / (n - 1) if corrected else g
