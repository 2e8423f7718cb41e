"""Which assumption matters most? One at a time always; Sobol indices where four or more inputs are uncertain.

A model is a function of named inputs; ranges are pairs of low and high in the unit of the input. A
sensitivity speaks of the model and of the ranges that were chosen, not of causes, nor of how likely their ends are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from promotion_book.statistics.refusal import Refused

Numbers = NDArray[np.float64]
Ranges = Mapping[str, tuple[float, float]]
FEWEST_INPUTS = 4


@dataclass(frozen=True)
class Bar:
    """What the model gives at the low and at the high end of one input; `swing` is the distance of the two."""

    name: str
    at_low: float
    at_high: float
    swing: float


@dataclass(frozen=True)
class Tornado:
    """The model at its base inputs, and a bar an input, the largest swing first."""

    base: float
    bars: tuple[Bar, ...]


def tornado(model: Callable[..., float], base: Mapping[str, Any], ranges: Mapping[str, tuple[Any, Any]]) -> Tornado:
    """How far does the result move when one assumption moves and the others stay?

    .. math:: w_i = |f(b_1, \\dots, \\text{high}_i, \\dots, b_k) - f(b_1, \\dots, \\text{low}_i, \\dots, b_k)|

    Symbols: $w_i$ is the swing of input $i$; $f$ is the model, $b_1$ to $b_k$ are its base inputs.
    Source: the one-at-a-time method. It does not see inputs that act together.
    Worked cases: S030

    Args:
        model: called with every input of `base` by name.
        ranges: low and high of the inputs that are uncertain, whatever the model takes; the others keep their base.
    """
    bars = []
    for name, (low, high) in ranges.items():
        at_low, at_high = (float(model(**{**base, name: value})) for value in (low, high))
        bars.append(Bar(name, at_low, at_high, abs(at_high - at_low)))
    return Tornado(float(model(**base)), tuple(sorted(bars, key=lambda bar: -bar.swing)))


@dataclass(frozen=True)
class Index:
    """Shares of the variance that one input explains, alone and in all.

    Margins are those of 95% intervals by resampling. They take the points as independent and are rather too wide.
    """

    name: str
    first: float
    first_margin: float
    total: float
    total_margin: float


def sobol(model: Callable[..., Numbers], ranges: Ranges, points: int, seed: int) -> tuple[Index, ...]:
    """Which share of the variation of the result does each assumption explain, alone and together with others?

    .. math:: S_i = \\frac{V(E(y \\mid x_i))}{V(y)} \\\\ T_i = 1 - \\frac{V(E(y \\mid x_{-i}))}{V(y)}

    Symbols: $S_i$ is the share of input $i$ alone, $T_i$ its share with everything it takes part in; $y$ is the
    result, $x_i$ the input, $x_{-i}$ all other inputs; $E$ is a mean and $V$ a variance. Inputs are independent and
    every value of a range is equally likely.
    Source: Sobol, 2001; Saltelli and others, 2010; computed with SALib.

    Args:
        model: called once, with an array an input; gives an array of the same length, `points` times (inputs + 2).
        points: a power of two.

    Raises:
        Refused: fewer than four uncertain inputs, or a result that does not vary.
        ValueError: `points` is not a power of two.
    """
    from SALib.analyze import (
        sobol as analysis,
    )  # here, because it brings scipy.stats: seconds for all who need no index
    from SALib.sample import sobol as sampling

    if len(ranges) < FEWEST_INPUTS:
        raise Refused("too_few_inputs")
    if points < 2 or points & (points - 1):
        raise ValueError("the number of points is a power of two")
    problem = {"num_vars": len(ranges), "names": list(ranges), "bounds": [list(pair) for pair in ranges.values()]}
    rng = np.random.default_rng(seed)
    inputs = sampling.sample(problem, points, calc_second_order=False, seed=rng)
    results = np.asarray(model(**dict(zip(ranges, inputs.T, strict=True))), float)
    if np.ptp(results) == 0:
        raise Refused("no_variation")
    found = analysis.analyze(problem, results, calc_second_order=False, seed=rng)
    columns = zip(*(found[key].tolist() for key in ("S1", "S1_conf", "ST", "ST_conf")), strict=True)
    return tuple(Index(name, *numbers) for name, numbers in zip(ranges, columns, strict=True))
