"""How far may the outcome lie from the central line? Prediction intervals of short yearly series.

`reference_interval` is the default. Its widths come from other series, not from the few local
figures: the reference class is the yearly series of the M1, M3 and tourism forecasting competitions
(1,344 series, most of them of economies, industries, firms, populations and tourism; those with a
figure that is not above zero, or without any variation, are left out). Each was cut to its last 4 to
10 known figures and `forecasts.combined` was compared with the 4 years that followed. They were not
chosen for Hanoi: that a local series behaves like them is an assumption, and is to be said.

The tables reach from 4 to 10 figures and 4 years ahead. Below 4 figures and beyond 4 years an
interval is refused, since holding the last width would understate what is not known. With more than
10 figures the row of 10 is used: the widths fall with the number of figures, so it errs on the wide
side.

The tables hold for the reference class as a whole, not for each kind of series in it. Where growth
was `steady` the default is too narrow, and the page that shows it says so.

`drift_quantiles` and `log_drift_quantiles` are the textbook intervals, shown beside; on the
reference class those were somewhat too narrow three and four years ahead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from promotion_book.scenarios.forecasts import Floats, ahead, combined, drift, figures
from promotion_book.statistics.refusal import Refused

FEWEST = 4
LONGEST_ROW = 10
FURTHEST = 4
NO_VARIATION = 1e-9
STEADY = 2.0

# Source of the tables: the reference class above; by number of figures, then 1, 2, 3 and 4 years ahead.
# WIDTHS[level]: share `level` of the series ended within this many standard deviations (of the yearly
# log growth, divisor number of growth rates less one) of the central line, on the log scale.
WIDTHS: dict[float, dict[int, tuple[float, ...]]] = {
    0.80: {
        4: (2.49, 3.95, 5.61, 6.93),
        5: (1.98, 3.19, 4.52, 5.45),
        6: (1.68, 2.78, 3.87, 4.79),
        7: (1.61, 2.67, 3.81, 4.65),
        8: (1.58, 2.57, 3.50, 4.28),
        9: (1.55, 2.40, 3.28, 4.01),
        10: (1.47, 2.34, 3.09, 3.81),
    },
    0.95: {
        4: (5.51, 9.55, 13.92, 16.57),
        5: (3.82, 6.63, 10.21, 12.40),
        6: (3.23, 5.63, 9.10, 11.20),
        7: (2.90, 5.14, 8.22, 10.45),
        8: (2.82, 4.78, 7.73, 9.75),
        9: (2.54, 4.48, 6.81, 8.10),
        10: (2.45, 4.27, 6.56, 7.43),
    },
}

# Half of the series ended above the central line by more than this many standard deviations. All are
# above zero: `combined` lags behind growth, and on average such series ended above the central line.
MEDIAN_SIGNED: dict[int, tuple[float, ...]] = {
    4: (0.29, 0.71, 1.14, 1.31),
    5: (0.26, 0.60, 0.99, 1.10),
    6: (0.26, 0.63, 0.92, 1.10),
    7: (0.26, 0.65, 0.91, 1.11),
    8: (0.24, 0.60, 0.90, 1.05),
    9: (0.22, 0.55, 0.89, 0.97),
    10: (0.19, 0.53, 0.81, 0.91),
}


@dataclass(frozen=True)
class Interval:
    """Bounds and central line, one value a year ahead, in the unit of the figures."""

    level: float
    lower: Floats
    centre: Floats
    upper: Floats


def table_row(table: dict[int, tuple[float, ...]], known: int, horizon: int) -> Floats:
    """The values of a table for a series of `known` figures, for the years 1 to `horizon`.

    Raises:
        Refused: fewer than 4 figures, or more than 4 years ahead.
    """
    if known < FEWEST:
        raise Refused("too_few_figures")
    if horizon > FURTHEST:
        raise Refused("too_far_ahead")
    return np.array(table[min(known, LONGEST_ROW)])[: len(ahead(horizon))]


def spread(values: Floats) -> float:
    """The standard deviation of the yearly changes, divisor their number less one.

    Raises:
        Refused: the changes are all alike, so they say nothing on what may happen.
    """
    sd = float(np.diff(values).std(ddof=1))
    if sd <= NO_VARIATION * np.abs(values).max():
        raise Refused("no_variation")
    return sd


def reference_interval(y: ArrayLike, horizon: int, level: float) -> Interval:
    """Within which range did four in five, or nineteen in twenty, of many other yearly series end?

    .. math:: f_h \\, e^{\\pm q_{n,h} \\, s}

    Symbols: $f_h$ is the central line $h$ years ahead; $s$ is the standard deviation of the yearly growth of the
    series on the log scale; $q_{n,h}$ is the width that held the wanted share of the reference series, when $n$ figures
    were known.
    Source: a rule of this report; the widths are those of the yearly series of the M1, M3 and tourism forecasting
    competitions.

    Args:
        y: yearly figures above zero, oldest first.
        horizon: years ahead, 1 to 4.
        level: 0.80 or 0.95.

    Raises:
        Refused: fewer than 4 figures, more than 4 years ahead, growth without any variation, or a figure or a central
            line that is not above zero.
        ValueError: another level.
    """
    if level not in WIDTHS:
        raise ValueError(f"the reference class gives {sorted(WIDTHS)}, not {level}")
    values = figures(y, FEWEST, positive=True)
    widths = table_row(WIDTHS[level], len(values), horizon)
    centre = combined(values, horizon)
    if (centre <= 0).any():
        raise Refused("not_positive")
    factor = np.exp(widths * spread(np.log(values)))
    return Interval(level, centre / factor, centre, centre * factor)


def median_signed(known: int, horizon: int) -> Floats:
    """By how many standard deviations did half of the reference series end above the central line?

    On the log scale. All are above zero; the page that shows an interval says so.

    Raises:
        Refused: fewer than 4 figures, or more than 4 years ahead.
    """
    return table_row(MEDIAN_SIGNED, known, horizon)


def steady(y: ArrayLike) -> bool:
    """Has the figure grown or fallen so steadily that ranges like these hold too few outcomes?

    Of the reference series for which this is true (107 to 345 of them, by the number of figures) the 80% interval held
    only a third to a half, the 95% interval two thirds to 85%; most outcomes outside it lay where the trend led. Of the
    other series the intervals held 83% to 92%, and 96% to 99%.

    .. math:: |\\bar g| > 2 \\, s

    Symbols: $\\bar g$ is the mean and $s$ the standard deviation of the yearly growth on the log scale.
    Source: a rule of this report, from the yearly series of the M1, M3 and tourism forecasting competitions.

    Raises:
        Refused: fewer than 4 figures, or one that is not above zero.
    """
    growth = np.diff(np.log(figures(y, FEWEST, positive=True)))
    return bool(abs(growth.mean()) > STEADY * growth.std(ddof=1))


def drift_errors(y: ArrayLike, horizon: int) -> Floats:
    """How large is the standard error of the average yearly change continued?

    .. math:: \\sigma_h = s \\, \\sqrt{h \\left(1 + \\frac{h}{n - 1}\\right)}

    Symbols: $s$ is the standard deviation of the $n - 1$ yearly changes, $h$ the years ahead.
    Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 5.5.
    Worked cases: S040

    Raises:
        Refused: fewer than 4 figures, or changes that are all alike.
    """
    values, years = figures(y, FEWEST), ahead(horizon)
    return np.asarray(spread(values) * np.sqrt(years * (1 + years / (len(values) - 1))))


def drift_quantiles(y: ArrayLike, horizon: int, probabilities: ArrayLike) -> Floats:
    """Below which value does the outcome stay with a given probability, if yearly changes go on varying as before?

    Shape: one row a probability, one column a year ahead; the unit of the figures.

    .. math:: \\hat y_{n+h} + t_{n-2}(p) \\, \\sigma_h

    Symbols: $t_{n-2}(p)$ is the quantile of Student's distribution with $n - 2$ degrees of freedom at the probability
    $p$; $\\hat y_{n+h}$ is the average change continued and $\\sigma_h$ its standard error.
    Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, 5.5, with Student's
    quantiles in place of the normal ones, since the standard deviation itself is estimated.
    Worked cases: S040

    Raises:
        Refused: fewer than 4 figures, or changes that are all alike.
    """
    from scipy import stats  # here, because it takes long to import, and scipy.special has no quantile at 0

    values = figures(y, FEWEST)
    quantiles = stats.t.ppf(np.atleast_1d(np.asarray(probabilities, dtype=np.float64)), len(values) - 2)
    return np.asarray(drift(values, horizon) + quantiles[:, None] * drift_errors(values, horizon))


def log_drift_quantiles(y: ArrayLike, horizon: int, probabilities: ArrayLike) -> Floats:
    """`drift_quantiles` of the logarithm, turned back into the unit of the figures: yearly growth, not change.

    Shape: one row a probability, one column a year ahead. The row of 0.5 is `forecasts.log_drift`.

    Raises:
        Refused: fewer than 4 figures, one that is not above zero, or growth that is always the same.
    """
    return np.asarray(np.exp(drift_quantiles(np.log(figures(y, FEWEST, positive=True)), horizon, probabilities)))


def log_drift_interval(y: ArrayLike, horizon: int, level: float) -> Interval:
    """The middle share `level` of `log_drift_quantiles`, around past growth continued.

    Raises:
        Refused: as `log_drift_quantiles`.
    """
    lower, centre, upper = log_drift_quantiles(y, horizon, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return Interval(level, lower, centre, upper)
