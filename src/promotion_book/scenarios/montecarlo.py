"""Simulated paths of compound growth, block by block: no path outlives its block.

Of every block only counts remain: for each year, how many paths ended in each cell of a grid over the
whole line. The grid is fine in the middle and wide in the tails: for normal growth the counts give
probabilities to within 0.0001, below the error of a million paths. Memory does not grow with the paths.
The same seed and the same version of numpy give the same counts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from promotion_book.scenarios.probability import LogGrowth, estimated
from promotion_book.statistics.refusal import Refused

BLOCK = 16384
CELLS = 16384
HALF = CELLS // 2
FEWEST = 10_000
Numbers = NDArray[np.float64]
Steps = Callable[[np.random.Generator, tuple[int, int]], Numbers]


@dataclass(frozen=True)
class Simulation:
    """Counts of simulated paths: a row a year, a column a cell of the grid around `centre`, in units of `spread`.

    `start` is in the unit of the figures; `generator` and `seed` name what the paths were drawn with.
    """

    start: float
    draws: int
    seed: int
    generator: str
    centre: Numbers
    spread: Numbers
    counts: NDArray[np.int64]

    def quantiles(self, levels: Sequence[float]) -> Numbers:
        """Figures below which a share of the paths stays: a row a level, a column a year."""
        edges = np.arange(CELLS + 1)
        below = np.pad(self.counts.cumsum(axis=1), ((0, 0), (1, 0)))
        cells = [np.interp(np.asarray(levels) * self.draws, row, edges) for row in below]
        return np.asarray(self.start * np.exp(self.centre + self.spread * _value(np.transpose(cells))))

    def reaching(self, target: float, year: int) -> float:
        """The share of the paths at or above a target in a year, counted from 1.

        Raises:
            Refused: the target is zero or negative.
            ValueError: the year was not simulated.
        """
        if target <= 0:
            raise Refused("not_positive")
        if not 1 <= year <= len(self.counts):
            raise ValueError(f"years 1 to {len(self.counts)} were simulated")
        z = (math.log(target / self.start) - self.centre[year - 1]) / self.spread[year - 1]
        return float(self.counts[year - 1, _cell(np.array([z])).item() :].sum() / self.draws)


def simulate(start: float, years: int, growth: LogGrowth, draws: int, seed: int) -> Simulation:
    """Where may a figure end, if each year's growth is drawn from a normal distribution?

    .. math:: y_h = y_t \\exp\\left(\\sum_{i=1}^{h} g_i\\right) \\\\ g_i = m^* + s^* z_i \\\\
        s^* = s \\sqrt{(n - 1) / \\chi^2_{n-1}} \\\\ m^* = m + s^* z_0 / \\sqrt{n}

    Symbols: $y_h$ is the figure after $h$ years, $g_i$ the log growth of year $i$; $m$ and $s$ are its mean and
    standard deviation; $n$ is the number of growth rates behind them; $z_i$ are standard normal draws and
    $\\chi^2_{n-1}$ a chi-squared draw, anew for every path. Where $m$ and $s$ are assumed they stay the same.
    Source: the predictive distribution of a normal sample; its ends agree with the closed form.

    Args:
        start: the figure now; years: how many years ahead; draws: number of paths, at least 10,000.

    Raises:
        Refused: a start that is not above zero, or no years.
        ValueError: too few paths.
    """
    return _count(start, growth, years, _normal(growth), draws, seed)


def resample(start: float, years: int, growths: ArrayLike, draws: int, seed: int) -> Simulation:
    """Where may a figure end, if each year repeats the growth of some past year?

    .. math:: y_h = y_t \\exp\\left(\\sum_{i=1}^{h} g_i\\right)

    Symbols: $y_h$ is the figure after $h$ years; each $g_i$ is one of the observed log growths, drawn with
    replacement.
    Source: Efron's bootstrap, on the log growths. What never happened cannot be drawn.

    Raises:
        Refused: as `simulate`; fewer than three growths, or all of them equal.
        ValueError: too few paths.
    """
    observed = estimated(growths)
    growth = LogGrowth(observed.mean, observed.sd)
    pool = (np.asarray(growths, float) - growth.mean) / growth.sd

    def steps(rng: np.random.Generator, shape: tuple[int, int]) -> Numbers:
        return pool[rng.integers(len(pool), size=shape, dtype=np.uint16)]

    return _count(start, growth, years, steps, draws, seed)


def standard_error(probability: float, draws: int) -> float:
    """How far may a simulated probability lie from the one that more paths would give?

    .. math:: \\sqrt{\\frac{p (1 - p)}{N}}

    Symbols: $p$ is the probability, $N$ the number of paths.
    Source: the standard error of a binomial share.
    Worked cases: S022
    """
    return math.sqrt(probability * (1 - probability) / draws)


def _normal(growth: LogGrowth) -> Steps:
    def assumed(rng: np.random.Generator, shape: tuple[int, int]) -> Numbers:
        return rng.standard_normal(shape)

    def uncertain(rng: np.random.Generator, shape: tuple[int, int]) -> Numbers:
        n, paths = growth.observed or 0, shape[1]
        sd = np.sqrt((n - 1) / rng.chisquare(n - 1, paths))
        steps = rng.standard_normal(shape)
        steps += rng.standard_normal(paths) / math.sqrt(n)
        steps *= sd
        return steps

    return assumed if growth.observed is None else uncertain


def _count(start: float, growth: LogGrowth, years: int, steps: Steps, draws: int, seed: int) -> Simulation:
    if start <= 0:
        raise Refused("not_positive")
    if years < 1:
        raise Refused("no_time")
    if draws < FEWEST:
        raise ValueError(f"at least {FEWEST} paths are needed")
    rng = np.random.default_rng(seed)
    centre, spread = np.array([(h * growth.mean, growth.spread(h)) for h in range(1, years + 1)]).T
    counts = np.zeros((years, CELLS), np.int64)
    for first in range(0, draws, BLOCK):
        paths = min(BLOCK, draws - first)
        walk = np.zeros(paths)
        for step, width, row in zip(steps(rng, (years, paths)), spread / growth.sd, counts, strict=True):
            walk += step
            row += np.bincount(_cell(walk / width), minlength=CELLS)
    name = f"{type(rng.bit_generator).__name__} of numpy {np.__version__}"
    return Simulation(start, draws, seed, name, centre, spread, counts)


def _cell(z: Numbers) -> NDArray[np.int64]:
    """The cell of a standardised value: equal steps of Student's distribution with two degrees of freedom."""
    place = z * z
    place += 2
    np.sqrt(place, out=place)
    np.divide(z, place, out=place)
    place *= HALF - 0.5
    place += HALF
    return np.asarray(place.astype(np.int64))


def _value(place: Numbers) -> Numbers:
    """The standardised value at a place on the grid; `_cell` is its inverse, rounded down."""
    w = np.clip((place - HALF) / (HALF - 0.5), -1 + 1e-12, 1 - 1e-12)
    return np.asarray(w * np.sqrt(2 / (1 - w * w)))
