"""What may come of a short yearly series: one distribution, from which range and chance are both read.

    found = yearly([117, 150, 163, 199, 230], horizon=4)
    found.median, found.interval(0.80), found.at_least(300)     # one value a year ahead
    running_total([61, 56, 33, 46, 49], total=300, horizon=4)   # the same for what a total collects

A handful of figures cannot tell how far the next ones may lie from a line. So the distribution is
that of other series: the yearly series of the M1, M3 and tourism forecasting competitions (most of them
of economies, industries, firms, populations and tourism) were cut to 4 to 10 figures, and their next 6
years compared with `forecasts.combine`. `reference_errors` holds what was found. They were not chosen
for a place: that a local series behaves like them is an assumption, and is to be said.

`benchmarks/calibration.py` makes the tables, and tells how far they hold for series that they were not
made from. Below 4 figures and beyond 6 years range and chance are refused together. With more than 10
figures the row of 10 is used: errors shrink with the number of figures, so it errs on the wide side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from promotion_book.scenarios.forecasts import Floats, ahead, combine, figures
from promotion_book.scenarios.reference_errors import PROBABILITIES, SHIFTS, SUMS, YEARLY
from promotion_book.statistics.refusal import Refused

FEWEST, LONGEST_ROW, FURTHEST = 4, 10, 6
NO_VARIATION = 1e-9  # a standard deviation of log growth below this is the rounding of equal growth rates
GROWTH_PART, POWER = 0.5, 2 / 3
_NORMAL = ndtri(PROBABILITIES)


@dataclass(frozen=True, eq=False)
class Predictive:
    """A distribution for each year ahead, in the unit of the figures.

    `added` is the median of what is added to `reached`, which is zero but for a running total; `errors` of shape (years,
    probabilities) are the quantiles of the log error around it, at the `PROBABILITIES` of the tables.
    """

    added: Floats
    errors: Floats
    reached: float = 0.0

    @property
    def median(self) -> Floats:
        """The value that the outcome is as likely above as below: the central line."""
        return self.reached + self.added

    def quantile(self, probability: float) -> Floats:
        """Below which value does the outcome stay with a given probability?

        Between the probabilities of the tables the log error is a straight line of the normal quantile.

        Raises:
            ValueError: a probability further out than those of the tables.
        """
        if not PROBABILITIES[0] <= probability <= PROBABILITIES[-1]:
            raise ValueError(f"the tables reach from {PROBABILITIES[0]} to {PROBABILITIES[-1]}, not to {probability}")
        error = [np.interp(ndtri(probability), _NORMAL, row) for row in self.errors]
        return np.asarray(self.reached + self.added * np.exp(error))

    def interval(self, level: float) -> tuple[Floats, Floats]:
        """The ends of the middle share `level` of the distribution, with as much probability below it as above.

        Raises:
            ValueError: a level wider than the tables.
        """
        return self.quantile((1 - level) / 2), self.quantile((1 + level) / 2)

    def at_least(self, target: float) -> Floats:
        """How likely is the target, or more, in each year ahead?

        Beyond the outermost probability of the tables it is that one: nothing more is known of the tails. What is
        reached stays reached, and no figure falls to zero.
        """
        left = target - self.reached
        if left <= 0:
            return np.ones(len(self.added))
        errors = np.log(left) - np.log(self.added)
        return np.array([ndtr(-np.interp(error, row, _NORMAL)) for error, row in zip(errors, self.errors, strict=True)])


def yearly(y: ArrayLike, horizon: int) -> Predictive:
    """Where may a figure stand in the coming years?

    .. math:: x_{h,p} = \\hat y_{n+h} \\, e^{q_{n,h}(p) \\, s}

    Symbols: $x_{h,p}$ is the value below which the figure stays $h$ years ahead with the probability $p$;
    $\\hat y_{n+h}$ is the combined line and $s$ the scale of the series; $q_{n,h}(p)$ is the error, in scales, below
    which the share $p$ of the reference series stayed that had $n$ figures. The projection is the value for which $p$
    is one half.
    Source: a rule of this report; the errors are those of the yearly series of the M1, M3 and tourism forecasting
    competitions.
    Worked cases: S162

    Args:
        y: yearly figures above zero, oldest first.
        horizon: years ahead, 1 to 6.

    Raises:
        Refused: fewer than 4 figures, more than 6 years ahead, growth without any variation, or a figure or a central
            line that is not above zero.
    """
    values = figures(y, FEWEST, positive=True)
    known, years = min(len(values), LONGEST_ROW), len(ahead(horizon))
    if horizon > FURTHEST:
        raise Refused("too_far_ahead")
    line, size = combine(values, horizon), scale(values)
    if (line <= 0).any():
        raise Refused("not_positive")
    median = line * np.exp(size * np.array(SHIFTS[known][:years]))
    return Predictive(median, size * np.array(YEARLY[known][:years]))


def running_total(flows: ArrayLike, total: float, *, horizon: int) -> Predictive:
    """Where may a total stand, if what is added each year is projected and added up?

    .. math:: X_{h,p} = A + \\left(x_1 + \\dots + x_h\\right) e^{r_{n,h}(p) \\, s}

    Symbols: $X_{h,p}$ is the value below which the total stays $h$ years ahead with the probability $p$; $A$ is the
    total so far; $x_k$ is the projection of what year $k$ from now adds and $s$ the scale of what years add;
    $r_{n,h}(p)$ is the error, in scales, below which the share $p$ of the reference series stayed when $h$ years of each
    were added up.
    Source: a rule of this report; the errors are those of the yearly series of the M1, M3 and tourism forecasting
    competitions.
    Worked cases: S163

    Args:
        flows: what each year added, above zero, oldest first.
        total: the total at the end of the last of these years.
        horizon: years ahead, 1 to 6.

    Raises:
        Refused: as `yearly`, for the flows.
    """
    each = yearly(flows, horizon)
    known = min(len(np.atleast_1d(np.asarray(flows))), LONGEST_ROW)
    return Predictive(np.cumsum(each.median), scale(flows) * np.array(SUMS[known][:horizon]), total)


def scale(y: ArrayLike) -> float:
    """How large are the errors to be expected, compared with those of other series?

    .. math:: s = \\left(v^2 + \\frac{1}{2} \\, \\bar g^2\\right)^{1/3}

    Symbols: $\\bar g$ is the mean and $v$ the standard deviation (divisor: their number less one) of the yearly growth
    on the log scale. The mean counts because steady growth changes too; the power because a few figures show less
    variation, or more, than there is: a series that varied twice as much erred by 1.6 times as much.
    Source: a rule of this report, chosen on the yearly series of the M1, M3 and tourism forecasting competitions.
    Worked cases: S161

    Raises:
        Refused: fewer than 4 figures, one that is not above zero, or growth without any variation.
    """
    growth = np.diff(np.log(figures(y, FEWEST, positive=True)))
    deviation = float(growth.std(ddof=1))
    if deviation <= NO_VARIATION:
        raise Refused("no_variation")
    return float((deviation**2 + GROWTH_PART * growth.mean() ** 2) ** (POWER / 2))
