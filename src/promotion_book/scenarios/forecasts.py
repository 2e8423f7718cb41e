"""Central lines of short yearly series: a few fixed methods, and one combination for every series.

A method takes the figures, oldest first, one a year and without a gap, and the number of years ahead;
it returns one value a year, in the unit of the figures. No method is ever chosen by its fit to the figures:
five of them cannot tell methods apart. The choice rests on other series, the 1,344 yearly series of
the M1, M3 and tourism forecasting competitions: `benchmarks/calibration.py` prints the errors of all
methods there. Most outcomes lay above `combine`; the projection is that line moved to the median
(`predictive`). `naive` and `drift` are printed beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from promotion_book.statistics.refusal import Refused

Floats = NDArray[np.float64]
Method = Callable[[ArrayLike, int], Floats]

GRID = 1001
ZOOMS = 3


def figures(y: ArrayLike, minimum: int, positive: bool = False) -> Floats:
    """The figures as an array, once they are enough for a method.

    Raises:
        Refused: fewer than `minimum` figures, or one that is not above zero where all must be.
        ValueError: a figure is missing or infinite, or the figures are not one series.
    """
    values = np.asarray(y, dtype=np.float64)
    if values.ndim != 1 or not np.isfinite(values).all():
        raise ValueError("a series is one row of finite figures, one a year")
    if len(values) < minimum:
        raise Refused("too_few_figures")
    if positive and (values <= 0).any():
        raise Refused("not_positive")
    return values


def ahead(horizon: int) -> Floats:
    """The years ahead, 1 to `horizon`."""
    if horizon < 1:
        raise ValueError("a forecast looks at least one year ahead")
    return np.arange(1.0, horizon + 1)


def naive(y: ArrayLike, horizon: int) -> Floats:
    """What if the figure stays where it is?

    .. math:: \\hat y_{n+h} = y_n

    Symbols: $y_n$ is the latest figure, $\\hat y_{n+h}$ what this method gives for $h$ years later.
    Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 5.2.
    Worked cases: S059

    Raises:
        Refused: no figure.
    """
    return np.full(len(ahead(horizon)), figures(y, 1)[-1])


def drift(y: ArrayLike, horizon: int) -> Floats:
    """What if the figure keeps changing by its average yearly change?

    .. math:: \\hat y_{n+h} = y_n + h \\, \\frac{y_n - y_1}{n - 1}

    Symbols: $y_1$ is the first and $y_n$ the latest of $n$ yearly figures.
    Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 5.2.
    Worked cases: S040

    Raises:
        Refused: fewer than two figures.
    """
    values = figures(y, 2)
    return np.asarray(values[-1] + ahead(horizon) * ((values[-1] - values[0]) / (len(values) - 1)))


def smooth(y: ArrayLike, alpha: ArrayLike, *, start: float) -> tuple[Floats, Floats]:
    """The last level of exponential smoothing, and the sum of its squared one-year errors.

    Both have the shape of `alpha`: many smoothing parameters are tried in one pass.
    """
    parts = np.asarray(alpha, dtype=np.float64)
    level, squares = np.full(parts.shape, float(start)), np.zeros(parts.shape)
    for value in figures(y, 1):
        error = value - level
        squares = squares + error**2
        level = level + parts * error
    return level, squares


def ses(y: ArrayLike, alpha: float, *, start: float | None = None) -> float:
    """What is the level of a series that has no trend, when old figures count less and less?

    .. math:: l_t = l_{t-1} + \\alpha \\, (y_t - l_{t-1}) \\\\ \\hat y_{n+h} = l_n

    Symbols: $l_t$ is the level in year $t$, and the first level is the first figure unless another is given;
    $\\alpha$ is the weight of the newest figure, from 0 to 1.
    Source: simple exponential smoothing; Hyndman and Athanasopoulos, Forecasting: Principles and Practice,
    3rd edition, 8.1.
    Worked cases: S047

    Raises:
        Refused: no figure.
    """
    values = figures(y, 1)
    level, _ = smooth(values, alpha, start=values[0] if start is None else start)
    return float(level)


def fit_alpha(y: ArrayLike) -> float:
    """Which weight of the newest figure would have given the smallest squared errors one year ahead?

    The first level is the first figure. The weight is searched on a grid from 0 to 1 that is refined around
    its best point, to seven decimals; of equally good weights it is the smallest.

    .. math:: \\sum_{t=2}^{n} (y_t - l_{t-1})^2 \\to \\min, \\quad 0 \\le \\alpha \\le 1

    Symbols: $l_{t-1}$ is the level before year $t$, which depends on the weight $\\alpha$.
    Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 8.1.

    Raises:
        Refused: fewer than three figures.
    """
    values = figures(y, 3)
    best, width = 0.5, 0.5
    for _ in range(ZOOMS):
        grid = np.linspace(max(0.0, best - width), min(1.0, best + width), GRID)
        best = float(grid[np.argmin(smooth(values, grid, start=values[0])[1])])
        width = 2 * (grid[1] - grid[0])
    return best


@dataclass(frozen=True)
class ThetaFit:
    """The two lines of the Theta method: a straight line, and the level of the line with doubled curvature."""

    figures: int
    intercept: float
    slope: float
    alpha: float
    level: float

    def forecast(self, horizon: int) -> Floats:
        """The mean of the two lines, one value a year."""
        straight = self.intercept + self.slope * (self.figures + ahead(horizon))
        return np.asarray((straight + self.level) / 2)


def theta_fit(y: ArrayLike, alpha: float | None = None) -> ThetaFit:
    """Both lines of the Theta method; `alpha` is fitted to the second line unless it is given.

    Raises:
        Refused: fewer than three figures.
    """
    values = figures(y, 3)
    years = np.arange(1.0, len(values) + 1)
    centred = years - years.mean()
    slope = float(centred @ values / (centred @ centred))
    intercept = float(values.mean() - slope * years.mean())
    bent = 2 * values - (intercept + slope * years)
    weight = fit_alpha(bent) if alpha is None else alpha
    return ThetaFit(len(values), intercept, slope, weight, ses(bent, weight))


def theta(y: ArrayLike, horizon: int) -> Floats:
    """Where do half the long trend and half the latest level lead?

    .. math:: \\hat y_{n+h} = \\frac{1}{2} \\left(a + b \\, (n + h)\\right) + \\frac{1}{2} \\, l_n

    Symbols: $a + b\\,t$ is the least-squares line through the figures, the first of them at $t = 1$; $l_n$ is the last
    level of simple exponential smoothing of $2 y_t - (a + b\\,t)$, with its weight fitted.
    Source: Assimakopoulos and Nikolopoulos (2000), International Journal of Forecasting 16, 521–530.
    Worked cases: S043

    Raises:
        Refused: fewer than three figures.
    """
    return theta_fit(y).forecast(horizon)


def combine(y: ArrayLike, horizon: int) -> Floats:
    """Where does a series lead, by one rule for all series?

    .. math:: \\hat y_{n+h} = \\frac{1}{3} \\left(a_{n+h} + b_{n+h} + c_{n+h}\\right)

    Symbols: $a_{n+h}$ is the latest figure, $b_{n+h}$ the average yearly change continued and $c_{n+h}$ the Theta method.
    Source: a rule of this report. Most outcomes of other series lay above this line, so the projection is moved up.
    Worked cases: S048

    Raises:
        Refused: fewer than three figures.
    """
    return np.asarray((naive(y, horizon) + drift(y, horizon) + theta(y, horizon)) / 3)
