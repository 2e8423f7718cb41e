"""How good was a whole distribution, once the outcome is known? Small is good.

Scores work on arrays and keep their shape, by the rules of numpy's broadcasting. They have the unit of the figures.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from promotion_book.scenarios.forecasts import Floats


def _floats(*values: ArrayLike) -> list[Floats]:
    return [np.asarray(value, dtype=np.float64) for value in values]


def pinball(actual: ArrayLike, quantile: ArrayLike, *, probability: ArrayLike) -> Floats:
    """How good is a quantile, the value that the outcome stays below with a given probability?

    .. math:: Q = \\max\\left(p \\, (y - q), (p - 1) \\, (y - q)\\right)

    Symbols: $q$ is the quantile forecast at the probability $p$, $y$ the outcome.
    Source: Gneiting and Raftery (2007), Journal of the American Statistical Association 102, 359-378.
    Worked cases: S053
    """
    outcome, forecast, share = _floats(actual, quantile, probability)
    error = outcome - forecast
    return np.asarray(np.maximum(share * error, (share - 1) * error))


def weighted_interval_score(actual: ArrayLike, quantiles: ArrayLike, *, probabilities: ArrayLike) -> Floats:
    """How good are several ranges around one median, taken together?

    The last axis of `quantiles` runs over the probabilities, its other axes are those of `actual`. The probabilities are
    those of the ends of each range and 0.5 for the median. Of a median alone it is the absolute error.

    .. math:: \\text{WIS} = \\frac{1}{K + \\frac{1}{2}} \\left(\\frac{1}{2} \\, |y - m| + \\sum_{k=1}^{K}
        \\frac{\\alpha_k}{2} \\, W_k\\right) \\\\ W_k = u_k - l_k + \\frac{2}{\\alpha_k} \\, d_k

    Symbols: $y$ is the outcome and $m$ the median; $W_k$ is the score, $l_k$ and $u_k$ are the ends of range $k$, one of
    $K$, $d_k$ is how far the outcome lies outside it, and $\\alpha_k$ is the probability outside it, 0.2 for an 80% range.
    It equals twice the mean pinball score of the quantiles.
    Source: Bracher, Ray, Gneiting and Reich (2021), PLOS Computational Biology 17, e1008618.
    """
    (outcome,) = _floats(actual)
    return np.asarray(2 * pinball(outcome[..., None], quantiles, probability=probabilities).mean(axis=-1))
