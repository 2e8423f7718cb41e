"""Under which assumptions is a target missed? Scenario discovery: many futures, and a box around the misses.

Inputs are independent and every value of a range is equally likely, so shares are shares of the futures
looked at and not probabilities.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from promotion_book.statistics.refusal import Refused

Inputs = Mapping[str, NDArray[np.float64]]
Limits = Mapping[str, tuple[float, float]]
PEEL = 0.05
SMALLEST = 0.05


@dataclass(frozen=True)
class Box:
    """Limits (low, high) of the inputs that matter, without end on the side that is not limited; and what it holds.

    `coverage` is the share of all misses inside, `density` the share of the box that misses, `mass` the
    share of all futures inside.
    """

    limits: Limits
    coverage: float
    density: float
    mass: float


def futures(ranges: Limits, draws: int, seed: int) -> Inputs:
    """Which futures are looked at? A Latin hypercube: every slice of every range is drawn once.

    Source: McKay, Beckman and Conover, 1979; computed with SciPy.
    """
    sample = qmc.LatinHypercube(len(ranges), rng=np.random.default_rng(seed)).random(draws)
    return {name: low + (high - low) * u for (name, (low, high)), u in zip(ranges.items(), sample.T, strict=True)}


def box(limits: Limits, inputs: Inputs, missed: NDArray[np.bool_]) -> Box:
    """How well do limits of the inputs describe the futures that miss a target?

    .. math:: \\text{coverage} = \\frac{m_B}{m} \\\\ \\text{density} = \\frac{m_B}{n_B}

    Symbols: $m$ is the number of futures that miss the target, $m_B$ the number of those inside the limits; $n_B$ is
    the number of all futures inside.
    Source: Bryant and Lempert, Technological Forecasting and Social Change, 2010.

    Raises:
        Refused: no future misses the target, or none is inside the limits.
    """
    inside = np.ones(len(missed), bool)
    for name, (low, high) in limits.items():
        inside &= (inputs[name] >= low) & (inputs[name] <= high)
    if not (missed.any() and inside.any()):
        raise Refused("no_figure")
    hits = missed[inside]
    return Box(limits, float(hits.sum() / missed.sum()), float(hits.mean()), float(inside.mean()))


def peel(inputs: Inputs, missed: NDArray[np.bool_]) -> list[Box]:
    """Which limits of the inputs separate the futures that miss a target from the others?

    Starting from all futures, a twentieth of those left is cut off at one end of one input, where it leaves the highest
    density; and again, until less than a twentieth of all futures would be left or the density no longer rises. Every
    step is a box; the first is without limits.

    Source: the Patient Rule Induction Method of Friedman and Fisher, 1999, without its pasting.

    Args:
        inputs: an array an input, a number a future; missed: whether each future misses the target.

    Raises:
        Refused: no future misses the target.
    """
    boxes = [box({}, inputs, missed)]
    while True:
        cuts = [box(limits, inputs, missed) for limits in _cuts(boxes[-1].limits, inputs)]
        large = [cut for cut in cuts if cut.mass >= SMALLEST and cut.density > boxes[-1].density]
        if not large:
            return boxes
        boxes.append(max(large, key=lambda cut: (cut.density, cut.mass)))


def balanced(boxes: list[Box]) -> Box:
    """Which box says most? The one with the best balance of coverage and density, by their harmonic mean.

    .. math:: \\frac{2 \\, c \\, d}{c + d}

    Symbols: $c$ is the coverage of a box, $d$ its density.
    Source: a rule of this report.
    """
    return max(boxes, key=lambda box: box.coverage * box.density / (box.coverage + box.density))


def _cuts(limits: Limits, inputs: Inputs) -> Iterator[Limits]:
    inside = np.all([(inputs[n] >= low) & (inputs[n] <= high) for n, (low, high) in limits.items()], axis=0)
    for name, values in inputs.items():
        low, high = limits.get(name, (-math.inf, math.inf))
        above, below = np.quantile(values[inside] if limits else values, [PEEL, 1 - PEEL]).tolist()
        yield {**limits, name: (above, high)}
        yield {**limits, name: (low, below)}
