"""Fans: how far the figures of coming years may lie from a path, with unequal sides.

The two-piece normal distribution joins the left half of one normal to the right half of another at
the mode. Figures, modes and standard deviations share one unit; arguments may be arrays that
broadcast. A level such as 0.9 is the probability inside a band, under the assumptions of the fan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from promotion_book.statistics.refusal import Refused

LEVELS = (0.3, 0.6, 0.9)
Numbers = NDArray[np.float64]


class TwoPieceNormal:
    """Mode and the standard deviations below and above it: numbers, or one array a year.

    Raises:
        Refused: a standard deviation is not above zero.
    """

    def __init__(self, mode: ArrayLike, sigma_low: ArrayLike, sigma_high: ArrayLike) -> None:
        self.mode, self.sigma_low, self.sigma_high = (np.asarray(v, float) for v in (mode, sigma_low, sigma_high))
        if not (np.all(self.sigma_low > 0) and np.all(self.sigma_high > 0)):
            raise Refused("no_variation")

    @property
    def below(self) -> Numbers:
        """The probability of a figure below the mode."""
        return np.asarray(self.sigma_low / (self.sigma_low + self.sigma_high))


def density(normal: TwoPieceNormal, x: ArrayLike) -> Numbers:
    """How dense are the figures around a value?

    .. math:: f(x) = \\frac{2}{\\sigma_1 + \\sigma_2} \\, \\varphi\\left(\\frac{x - \\mu}{\\sigma}\\right)

    Symbols: $\\mu$ is the mode; $\\sigma$ is $\\sigma_1$ below the mode and $\\sigma_2$ above it; $\\varphi$ is the
    density of the standard normal distribution.
    Source: Britton, Fisher and Whitley, Bank of England Quarterly Bulletin, 1998.
    """
    distance = np.asarray(x, float) - normal.mode
    z = distance / np.where(distance < 0, normal.sigma_low, normal.sigma_high)
    return np.asarray(np.sqrt(2 / np.pi) / (normal.sigma_low + normal.sigma_high) * np.exp(-(z**2) / 2))


def cumulative(normal: TwoPieceNormal, x: ArrayLike) -> Numbers:
    """How probable is a figure up to a value?

    .. math:: x \\le \\mu: F(x) = \\frac{2 \\sigma_1}{\\sigma_1 + \\sigma_2} \\, \\Phi\\left(\\frac{x - \\mu}{\\sigma_1}\\right) \\\\
        x > \\mu: F(x) = 1 - \\frac{2 \\sigma_2}{\\sigma_1 + \\sigma_2} \\, \\Phi\\left(\\frac{\\mu - x}{\\sigma_2}\\right)

    Symbols: $\\mu$ is the mode, $\\sigma_1$ and $\\sigma_2$ the standard deviations below and above it; $\\Phi$ is the
    standard normal distribution.
    Source: the integral of the density.
    """
    distance = np.asarray(x, float) - normal.mode
    left = 2 * normal.below * ndtr(distance / normal.sigma_low)
    right = 1 - 2 * (1 - normal.below) * ndtr(-distance / normal.sigma_high)
    return np.asarray(np.where(distance < 0, left, right))


def quantile(normal: TwoPieceNormal, p: ArrayLike) -> Numbers:
    """Below which value does a figure stay with a given probability?

    .. math:: p \\le p_\\mu: x = \\mu + \\sigma_1 \\Phi^{-1}\\left(\\frac{p}{2 p_\\mu}\\right) \\\\
        p > p_\\mu: x = \\mu - \\sigma_2 \\Phi^{-1}\\left(\\frac{1 - p}{2 (1 - p_\\mu)}\\right) \\\\
        p_\\mu = \\frac{\\sigma_1}{\\sigma_1 + \\sigma_2}

    Symbols: $\\mu$ is the mode, $p_\\mu$ the probability of a figure below it, $\\Phi^{-1}$ the quantile of the
    standard normal distribution.
    Source: the distribution, solved for the value.
    """
    p = np.asarray(p, float)
    left = normal.mode + normal.sigma_low * ndtri(np.minimum(p / (2 * normal.below), 0.5))
    right = normal.mode - normal.sigma_high * ndtri(np.minimum((1 - p) / (2 * (1 - normal.below)), 0.5))
    return np.asarray(np.where(p < normal.below, left, right))


def mean(normal: TwoPieceNormal) -> Numbers:
    """Where does the mean of a fan with unequal sides lie?

    .. math:: \\mu + \\sqrt{\\frac{2}{\\pi}} \\, (\\sigma_2 - \\sigma_1)

    Symbols: $\\mu$ is the mode, $\\sigma_1$ and $\\sigma_2$ the standard deviations below and above it.
    Source: Britton, Fisher and Whitley, Bank of England Quarterly Bulletin, 1998.
    """
    return np.asarray(normal.mode + np.sqrt(2 / np.pi) * (normal.sigma_high - normal.sigma_low))


def variance(normal: TwoPieceNormal) -> Numbers:
    """How wide is a fan with unequal sides?

    .. math:: \\left(1 - \\frac{2}{\\pi}\\right) (\\sigma_2 - \\sigma_1)^2 + \\sigma_1 \\sigma_2

    Symbols: $\\sigma_1$ and $\\sigma_2$ are the standard deviations below and above the mode.
    Source: Wallis, National Institute Economic Review, 1999.
    """
    gap = normal.sigma_high - normal.sigma_low
    return np.asarray((1 - 2 / np.pi) * gap**2 + normal.sigma_low * normal.sigma_high)


def bank_of_england(mode: ArrayLike, sigma: ArrayLike, gamma: ArrayLike) -> TwoPieceNormal:
    """How do the uncertainty and skewness of the Bank of England give the two sides?

    .. math:: \\sigma_1^2 = \\frac{\\sigma^2}{1 - \\gamma} \\\\ \\sigma_2^2 = \\frac{\\sigma^2}{1 + \\gamma}

    Symbols: $\\sigma$ is the uncertainty, $\\gamma$ the skewness between $-1$ and 1, above zero where the lower side
    is the longer one; $\\sigma_1$ and $\\sigma_2$ are the standard deviations below and above the mode.
    Source: Britton, Fisher and Whitley, Bank of England Quarterly Bulletin, 1998.
    Worked cases: S011

    Raises:
        ValueError: gamma is not between -1 and 1.
    """
    sigma, gamma = np.asarray(sigma, float), np.asarray(gamma, float)
    if not np.all(np.abs(gamma) < 1):
        raise ValueError("gamma lies between -1 and 1")
    return TwoPieceNormal(mode, sigma / np.sqrt(1 - gamma), sigma / np.sqrt(1 + gamma))


def gamma_of_skew(sigma: ArrayLike, skew: ArrayLike) -> Numbers:
    """Which skewness belongs to the published distance from mode to mean?

    .. math:: \\beta = \\frac{\\pi s^2}{2 \\sigma^2} \\\\
        \\gamma^2 = 1 - \\left(\\frac{\\sqrt{1 + 2 \\beta} - 1}{\\beta}\\right)^2

    Symbols: $s$ is the mean minus the mode, which the Bank of England publishes as skew; $\\gamma$ has the
    opposite sign; $\\sigma$ is the uncertainty.
    Source: the parameters of the Bank of England, solved for gamma; written so that a skew of zero gives zero.
    """
    skew = np.asarray(skew, float)
    root = np.sqrt(1 + np.pi * (skew / np.asarray(sigma, float)) ** 2)
    return np.asarray(-np.sign(skew) * np.sqrt((root - 1) * (root + 3)) / (root + 1))


def equal_tail(normal: TwoPieceNormal, level: ArrayLike) -> tuple[Numbers, Numbers]:
    """Between which values does a figure lie, with equal chances of falling below and above?

    .. math:: F^{-1}\\left(\\frac{1 - q}{2}\\right) \\text{ to } F^{-1}\\left(\\frac{1 + q}{2}\\right)

    Symbols: $q$ is the probability inside the band, $F^{-1}$ the quantile. The median is in every such band.
    Source: Wallis, National Institute Economic Review, 1999.
    Worked cases: S013
    """
    level = np.asarray(level, float)
    return quantile(normal, (1 - level) / 2), quantile(normal, (1 + level) / 2)


def highest_density(normal: TwoPieceNormal, level: ArrayLike) -> tuple[Numbers, Numbers]:
    """What is the shortest band that holds a given probability?

    .. math:: \\mu - z \\sigma_1 \\text{ to } \\mu + z \\sigma_2 \\\\ z = \\Phi^{-1}\\left(\\frac{1 + q}{2}\\right)

    Symbols: $q$ is the probability inside the band, $\\mu$ the mode, which is in every such band; $\\sigma_1$ and
    $\\sigma_2$ are the standard deviations below and above it.
    Source: both ends have the same density; Britton, Fisher and Whitley, 1998, draw such bands.
    Worked cases: S013
    """
    z = ndtri((1 + np.asarray(level, float)) / 2)
    return normal.mode - z * normal.sigma_low, normal.mode + z * normal.sigma_high


BANDS = {"equal_tail": equal_tail, "highest_density": highest_density}


@dataclass(frozen=True)
class Fan:
    """A path with bands: `low` and `high` have a row a level and a column a year; `bands` names the kind."""

    path: Numbers
    levels: tuple[float, ...]
    low: Numbers
    high: Numbers
    bands: str


def fan(
    path: Sequence[float],
    sigma_low: ArrayLike,
    sigma_high: ArrayLike,
    levels: Sequence[float] = LEVELS,
    bands: str = "equal_tail",
) -> Fan:
    """Which bands lie around a path, where a figure is as likely to end above it as below?

    .. math:: \\mu_h = y_h - F_0^{-1}(0.5)

    Symbols: $y_h$ is the path in year $h$ and the median of the fan, $\\mu_h$ its mode; $F_0$ is the distribution
    around a mode of zero.
    Source: a rule of this report: the line drawn is the median, and the bands have equal tails.

    Args:
        path: a figure a year; standard deviations are numbers, or one a year.
        levels: probabilities inside the bands.
        bands: `equal_tail`, or `highest_density` for the shortest bands.
    """
    line = np.asarray(path, float)
    median = quantile(TwoPieceNormal(np.zeros_like(line), sigma_low, sigma_high), 0.5)
    low, high = BANDS[bands](TwoPieceNormal(line - median, sigma_low, sigma_high), np.reshape(levels, (-1, 1)))
    return Fan(line, tuple(levels), low, high, bands)
