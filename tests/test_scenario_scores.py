"""Scores of forecasts: their laws, and agreement with their definitions computed in another way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from promotion_book.scenarios import scores

values = st.floats(-100, 100)
positive = st.floats(0.5, 100)
LEVELS = (0.2, 0.05)  # outside the 80% and the 95% range
QUANTILES = [0.025, 0.1, 0.5, 0.9, 0.975]


@given(values, values)
def test_the_pinball_score_of_the_median_is_half_the_absolute_error(y, q):
    assert scores.pinball(y, q, probability=0.5) == pytest.approx(abs(y - q) / 2)


def test_a_quantile_is_scored_best_where_it_is_the_quantile():
    random = np.random.default_rng(3).normal(size=20_000)
    found = {q: scores.pinball(random, q, probability=0.9).mean() for q in (1.0, stats.norm.ppf(0.9), 1.6)}
    assert min(found, key=found.get) == stats.norm.ppf(0.9)


@given(values, values, st.lists(positive, min_size=4, max_size=4))
def test_the_weighted_interval_score_is_that_of_its_published_weights(y, median, widths):
    ends = [
        median - widths[0] - widths[1],
        median - widths[0],
        median,
        median + widths[2],
        median + widths[2] + widths[3],
    ]

    def interval(low, high, alpha):
        return high - low + 2 / alpha * (max(low - y, 0) + max(y - high, 0))

    ranges = [interval(ends[1], ends[3], 0.2), interval(ends[0], ends[4], 0.05)]
    expected = (abs(y - median) / 2 + sum(a / 2 * w for a, w in zip(LEVELS, ranges, strict=True))) / 2.5
    assert scores.weighted_interval_score(y, ends, probabilities=QUANTILES) == pytest.approx(expected, abs=1e-9)


@given(values, values)
def test_of_a_single_figure_the_weighted_interval_score_is_its_error(y, figure):
    assert scores.weighted_interval_score(y, [figure] * 5, probabilities=QUANTILES) == pytest.approx(
        abs(y - figure), abs=1e-9
    )


def test_ranges_are_scored_row_by_row():
    outcomes, rows = np.array([1.0, 5.0]), np.array([[0.0, 2.0, 4.0], [3.0, 4.0, 8.0]])
    one_by_one = [
        scores.weighted_interval_score(y, row, probabilities=[0.1, 0.5, 0.9])
        for y, row in zip(outcomes, rows, strict=True)
    ]
    assert scores.weighted_interval_score(outcomes, rows, probabilities=[0.1, 0.5, 0.9]) == pytest.approx(one_by_one)
