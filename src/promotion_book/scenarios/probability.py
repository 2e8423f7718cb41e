"""How likely is a target, if the year-to-year variation of the past continues?

Growth is independent from year to year and normal on the log scale. That is an assumption about the
future, and it leaves out whatever the past did not show. Probabilities are fractions; for readers
`chance` rounds them to five percentage points and never to 0 or 100.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, stdtr

from promotion_book.scenarios.forecasts import figures
from promotion_book.statistics.refusal import Refused

STEP = 5
FEWEST = 3
SMALLEST = 1e-9  # a standard deviation below this is the rounding of equal growth rates
WORDS = (
    ("exceptionally_unlikely", 0.01),
    ("very_unlikely", 0.10),
    ("unlikely", 0.33),
    ("about_as_likely_as_not", 0.66),
    ("likely", 0.90),
    ("very_likely", 0.99),
)


@dataclass(frozen=True)
class LogGrowth:
    """Mean and standard deviation of yearly log growth.

    `observed` is the number of growth rates they were estimated from, or None where they are assumed.

    Raises:
        Refused: no variation, or fewer than three growth rates.
    """

    mean: float
    sd: float
    observed: int | None = None

    def __post_init__(self) -> None:
        if self.observed is not None and self.observed < FEWEST:
            raise Refused("too_few_figures")
        if self.sd < SMALLEST:
            raise Refused("no_variation")

    def spread(self, years: float) -> float:
        """The scale of the log growth over some years, with the error of the estimated mean if there is one.

        Raises:
            Refused: no years.
        """
        if years <= 0:
            raise Refused("no_time")
        return self.sd * math.sqrt(years * (1 + (years / self.observed if self.observed else 0)))


def log_growths(y: ArrayLike) -> NDArray[np.float64]:
    """Log growth from each figure to the next; the figures are a year apart, oldest first.

    Raises:
        Refused: fewer than two figures, or one that is not above zero.
    """
    return np.diff(np.log(figures(y, 2, positive=True)))


def estimated(growths: ArrayLike) -> LogGrowth:
    """Mean and standard deviation (n - 1) of observed log growths.

    Raises:
        Refused: fewer than three growth rates, or all of them equal.
    """
    rates = figures(growths, FEWEST)
    return LogGrowth(float(rates.mean()), float(rates.std(ddof=1)), len(rates))


def reaching(start: float, target: float, years: float, growth: LogGrowth) -> float:
    """How likely is a figure to reach its target, if past year-to-year variation continues?

    .. math:: P = 1 - F\\left(\\frac{\\ln(y_T / y_t) - h m}{s \\sqrt{h (1 + h/n)}}\\right)

    Symbols: $h$ is the number of years left; $m$ and $s$ are mean and standard deviation of yearly log growth;
    $n$ is the number of growth rates behind them; $F$ is Student's distribution with $n - 1$ degrees of freedom.
    Where $m$ and $s$ are assumed, $h/n$ is 0 and $F$ is normal.
    Source: log growth that is independent and normal; the predictive distribution of a normal sample.
    Worked cases: S020

    Raises:
        Refused: a figure that is not above zero, or no years.
    """
    if start <= 0 or target <= 0:
        raise Refused("not_positive")
    distance = (math.log(target / start) - years * growth.mean) / growth.spread(years)
    return float(ndtr(-distance) if growth.observed is None else stdtr(growth.observed - 1, -distance))


@dataclass(frozen=True)
class Ends:
    """The probabilities of reaching the low and the high end of a range."""

    low: float
    high: float


def both_ends(probability: Callable[[float], float], low: float, high: float) -> Ends:
    """How likely are the two ends of a target range? The middle is never used.

    .. math:: P(y \\ge y_{\\text{low}}) \\\\ P(y \\ge y_{\\text{high}})

    Symbols: $y_{\\text{low}}$ and $y_{\\text{high}}$ are the ends of the range.
    Source: a rule of this report.
    """
    return Ends(probability(low), probability(high))


@dataclass(frozen=True)
class Chance:
    """A probability for readers: keys and whole numbers that `display` puts into words.

    `percent` is 5 to 95; its `bound` is empty, `less_than` or `more_than`.
    """

    percent: int
    bound: str
    word: str

    @property
    def frequency(self) -> tuple[int, int]:
        """The same as so many in ten, or in twenty where ten have no whole number: (7, 20) for 35."""
        of = 10 if self.percent % 10 == 0 else 20
        return self.percent * of // 100, of


def chance(probability: float) -> Chance:
    """How is a probability published?

    It is rounded to five percentage points. What would round to 0% or 100% is less than 5% or more than 95%. The count
    in ten or twenty says the same, and the word is that of the rounded percentage, so all three agree.

    Source: a rule of this report, with the words of the Intergovernmental Panel on Climate Change.

    Raises:
        ValueError: not a probability.
    """
    if not 0 <= probability <= 1:
        raise ValueError("a probability lies between 0 and 1")
    rounded = STEP * math.floor(100 * probability / STEP + 0.5)
    percent = min(max(rounded, STEP), 100 - STEP)
    return Chance(percent, {0: "less_than", 100: "more_than"}.get(rounded, ""), word(percent / 100))


def word(probability: float) -> str:
    """Which word goes with a probability?

    .. math:: p > 0.99: \\text{ virtually certain} \\\\ p > 0.90: \\text{ very likely} \\\\ p > 0.66: \\text{ likely}
        \\\\ p \\ge 0.33: \\text{ about as likely as not} \\\\ p \\ge 0.10: \\text{ unlikely}
        \\\\ p \\ge 0.01: \\text{ very unlikely} \\\\ p < 0.01: \\text{ exceptionally unlikely}

    Symbols: $p$ is the probability; the first line that holds counts. A bound belongs to the weaker word.
    Source: the Intergovernmental Panel on Climate Change, guidance notes on uncertainty of 2005.
    Worked cases: S140, S141, S142, S143, S145, S146
    """
    for name, upper in WORDS:
        if probability < upper or (probability == upper > 0.5):
            return name
    return "virtually_certain"
