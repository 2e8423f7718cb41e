"""How good were forecasts, once the outcome is known? Small is good for every score but coverage.

Scores of single outcomes (`pinball`, `interval_score`, `crps_*`) work on arrays and keep their
shape, by the rules of numpy's broadcasting; `mase`, `smape`, `msis` and `coverage` are averages and
give one number. Unless said otherwise a score has the unit of the figures.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from promotion_book.scenarios.forecasts import Floats, figures
from promotion_book.statistics.refusal import Refused


def _floats(*values: ArrayLike) -> list[Floats]:
    return [np.asarray(value, dtype=np.float64) for value in values]


def naive_scale(train: ArrayLike) -> float:
    """The mean absolute change from year to year of the figures that a method was given.

    Raises:
        Refused: fewer than two figures, or figures that never change.
    """
    scale = float(np.abs(np.diff(figures(train, 2))).mean())
    if scale == 0:
        raise Refused("no_variation")
    return scale


def mase(train: ArrayLike, actual: ArrayLike, forecast: ArrayLike) -> float:
    """How large are the errors, compared with the changes from year to year before?

    Below 1 the forecasts erred less than those changes. It has no unit.

    .. math:: \\text{MASE} = \\frac{\\frac{1}{m} \\sum_j |y_j - f_j|}{\\frac{1}{n-1} \\sum_{t=2}^{n} |y_t - y_{t-1}|}

    Symbols: $f_j$ are the $m$ forecasts and $y_j$ their outcomes; $y_t$ are the $n$ figures that were known.
    Source: Hyndman and Koehler (2006), International Journal of Forecasting 22, 679-688.

    Raises:
        Refused: fewer than two known figures, or figures that never change.
    """
    outcome, expected = _floats(actual, forecast)
    return float(np.abs(outcome - expected).mean() / naive_scale(train))


def smape(actual: ArrayLike, forecast: ArrayLike) -> float:
    """How large are the errors in per cent, measured on the mean of outcome and forecast?

    From 0 to 200 per cent. Some libraries give half of it, or a fraction.

    .. math:: \\text{sMAPE} = \\frac{1}{m} \\sum_j \\frac{200 \\, |y_j - f_j|}{|y_j| + |f_j|}

    Symbols: $f_j$ are the $m$ forecasts and $y_j$ their outcomes.
    Source: Makridakis and Hibon (2000), International Journal of Forecasting 16, 451-476.
    Worked cases: S056

    Raises:
        Refused: an outcome and its forecast are both zero.
    """
    outcome, expected = _floats(actual, forecast)
    sizes = np.abs(outcome) + np.abs(expected)
    if (sizes == 0).any():
        raise Refused("base_value_zero")
    return float((200 * np.abs(outcome - expected) / sizes).mean())


def interval_score(actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, alpha: float) -> Floats:
    """How wide is an interval, and how far outside it is the outcome?

    .. math:: W = (u - l) + \\frac{2}{\\alpha} \\max(l - y, 0) + \\frac{2}{\\alpha} \\max(y - u, 0)

    Symbols: $l$ and $u$ are the bounds, $y$ the outcome; $\\alpha$ is the probability outside the interval, 0.2 for an
    80% interval.
    Source: Winkler (1972); Gneiting and Raftery (2007), Journal of the American Statistical Association 102, 359-378.
    Worked cases: S054
    """
    outcome, low, high = _floats(actual, lower, upper)
    outside = np.maximum(low - outcome, 0) + np.maximum(outcome - high, 0)
    return np.asarray(high - low + 2 / alpha * outside)


def msis(train: ArrayLike, actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, alpha: float) -> float:
    """How good are intervals, compared with the changes from year to year before?

    It has no unit.

    .. math:: \\text{MSIS} = \\frac{\\frac{1}{m} \\sum_j W_j}{\\frac{1}{n-1} \\sum_{t=2}^{n} |y_t - y_{t-1}|}

    Symbols: $W_j$ are the $m$ interval scores; $y_t$ are the $n$ figures that were known.
    Source: the guide of the M4 forecasting competition.
    Worked cases: S057

    Raises:
        Refused: fewer than two known figures, or figures that never change.
    """
    return float(interval_score(actual, lower, upper, alpha).mean() / naive_scale(train))


def pinball(actual: ArrayLike, quantile: ArrayLike, probability: ArrayLike) -> Floats:
    """How good is a quantile, the value that the outcome stays below with a given probability?

    .. math:: Q = \\max\\left(p \\, (y - q), (p - 1) \\, (y - q)\\right)

    Symbols: $q$ is the quantile forecast at the probability $p$, $y$ the outcome.
    Source: Gneiting and Raftery (2007), Journal of the American Statistical Association 102, 359-378.
    Worked cases: S053
    """
    outcome, forecast, share = _floats(actual, quantile, probability)
    error = outcome - forecast
    return np.asarray(np.maximum(share * error, (share - 1) * error))


def crps_normal(actual: ArrayLike, mean: ArrayLike, sd: ArrayLike) -> Floats:
    """How good is a whole normal distribution as a forecast?

    .. math:: \\text{CRPS} = \\sigma \\left(z \\, (2 \\Phi(z) - 1) + 2 \\varphi(z) - \\frac{1}{\\sqrt{\\pi}}\\right)
        \\\\ z = \\frac{y - \\mu}{\\sigma}

    Symbols: $\\mu$ is the mean and $\\sigma$ the standard deviation, above zero; $\\Phi$ and $\\varphi$ are the normal
    distribution and its density; $y$ is the outcome.
    Source: Gneiting and Raftery (2007), Journal of the American Statistical Association 102, 359-378.
    Worked cases: S051

    Raises:
        ValueError: a standard deviation that is not above zero.
    """
    outcome, centre, scale = _floats(actual, mean, sd)
    if (scale <= 0).any():
        raise ValueError("a standard deviation is above zero")
    z = (outcome - centre) / scale
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(scale * (z * (2 * ndtr(z) - 1) + 2 * density - 1 / np.sqrt(np.pi)))


def crps_sample(actual: ArrayLike, members: ArrayLike, fair: bool = False) -> Floats:
    """How good is a sample of possible outcomes as a forecast?

    The last axis of `members` is the sample, its other axes those of `actual`. The empirical score takes the sample for
    the whole distribution; the fair one takes it for a draw from a larger one, and does not punish its smallness.

    .. math:: \\text{CRPS} = \\frac{1}{m} \\sum_i |x_i - y| - \\frac{1}{2 m^2} \\sum_i \\sum_j |x_i - x_j|
        \\\\ \\text{fair: } \\frac{1}{m} \\sum_i |x_i - y| - \\frac{1}{2 m (m - 1)} \\sum_i \\sum_j |x_i - x_j|

    Symbols: $x_i$ are the $m$ members of the sample, $y$ is the outcome.
    Source: Gneiting and Raftery (2007), Journal of the American Statistical Association 102, 359-378; the fair form is
    Ferro's (2014), Quarterly Journal of the Royal Meteorological Society 140, 1917-1923.
    Worked cases: S052

    Raises:
        Refused: no member, or a single one for the fair form.
    """
    outcome, sample = _floats(actual, members)
    m = sample.shape[-1]
    if m < (2 if fair else 1):
        raise Refused("too_few_figures")
    ranks = 2 * np.arange(1, m + 1) - m - 1
    pairs = (np.sort(sample, axis=-1) * ranks).sum(axis=-1)
    distance = np.abs(sample - outcome[..., None]).mean(axis=-1)
    return np.asarray(distance - pairs / (m * (m - 1 if fair else m)))


def crps_quantiles(actual: ArrayLike, quantiles: ArrayLike, probabilities: ArrayLike) -> Floats:
    """How good is a set of quantiles as a forecast of the whole distribution?

    The last axis of `quantiles` runs over the probabilities, its other axes are those of `actual`. The probabilities are
    evenly spaced and centred, such as 0.1, 0.3, 0.5, 0.7, 0.9; others only approximate the score.

    .. math:: \\text{CRPS} \\approx \\frac{2}{k} \\sum_i Q_{p_i}

    Symbols: $Q_{p_i}$ is the pinball score at the probability $p_i$, one of $k$.
    Source: Gneiting and Raftery (2007), Journal of the American Statistical Association 102, 359-378.
    """
    (outcome,) = _floats(actual)
    return np.asarray(2 * pinball(outcome[..., None], quantiles, probabilities).mean(axis=-1))


def coverage(actual: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> float:
    """Which share of the outcomes lies within their intervals?

    A fraction; a bound belongs to its interval.

    .. math:: C = \\frac{1}{m} \\sum_j [l_j \\le y_j \\le u_j]

    Symbols: $l_j$ and $u_j$ are the bounds and $y_j$ the outcome of interval $j$, one of $m$; the bracket is 1 where it
    holds and else 0.
    Source: the definition.
    Worked cases: S058
    """
    outcome, low, high = _floats(actual, lower, upper)
    return float(((low <= outcome) & (outcome <= high)).mean())
