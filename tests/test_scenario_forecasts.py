"""Central lines, their intervals and backtests: what holds for every series, and what is refused."""

from __future__ import annotations

import itertools
import math
import statistics

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion_book.scenarios import backtest, forecasts, intervals
from promotion_book.statistics.growth import cagr, compound_path
from promotion_book.statistics.refusal import Refused

METHODS = {
    "naive": forecasts.naive,
    "drift": forecasts.drift,
    "log_drift": forecasts.log_drift,
    "theta": forecasts.theta,
    "damped": forecasts.damped_drift,
    "combined": forecasts.combined,
}
LEVELS = sorted(intervals.WIDTHS)
FIGURES = [374.0, 395.0, 402.0, 431.0, 448.0, 470.0]

each_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
amounts = st.floats(80, 120)
series = st.lists(amounts, min_size=4, max_size=12)
uneven = series.filter(lambda y: np.diff(np.log(y)).std() > 1e-3)
horizons = st.integers(1, 4)
doublings = st.integers(-20, 20)


def refusal(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason


@each_method
@given(y=series, horizon=horizons, k=doublings)
def test_another_unit_of_the_figures_is_another_unit_of_the_forecast(method, y, horizon, k):
    unit = 2.0**k
    assert method(np.array(y) * unit, horizon) == pytest.approx(method(y, horizon) * unit)


@each_method
def test_a_figure_that_never_changed_is_forecast_to_stay(method):
    assert method([250.0] * 5, 3) == pytest.approx([250.0] * 3)


@each_method
@given(y=series, horizon=horizons)
def test_a_longer_horizon_continues_the_shorter_one(method, y, horizon):
    assert method(y, horizon + 1)[:horizon].tolist() == method(y, horizon).tolist()


def test_drift_continues_a_straight_line():
    assert forecasts.drift([10.0, 13.0, 16.0, 19.0], 3).tolist() == [22.0, 25.0, 28.0]


def test_theta_continues_a_straight_line_at_half_its_slope():
    assert forecasts.theta([10.0, 14.0, 18.0, 22.0], 3) == pytest.approx([24.0, 26.0, 28.0])


@given(series, horizons)
def test_log_drift_is_past_growth_compounded(y, horizon):
    rate = cagr(y[0], y[-1], len(y) - 1)
    assert forecasts.log_drift(y, horizon) == pytest.approx(compound_path(y[-1], rate, horizon)[1:])


@given(series, horizons)
def test_the_combination_is_the_mean_of_three_methods(y, horizon):
    members = [forecasts.naive(y, horizon), forecasts.drift(y, horizon), forecasts.theta(y, horizon)]
    assert forecasts.combined(y, horizon) == pytest.approx(np.mean(members, axis=0))


def test_a_damped_trend_adds_a_fixed_part_of_the_addition_before():
    assert forecasts.damped(100.0, 10.0, 3, damping=0.5).tolist() == [105.0, 107.5, 108.75]


@given(st.floats(1, 100), st.floats(0.1, 20), st.floats(0.1, 0.95))
def test_a_damped_trend_comes_near_its_limit_and_never_passes_it(level, trend, damping):
    path, limit = forecasts.damped(level, trend, 400, damping), forecasts.damped_limit(level, trend, damping)
    assert path.max() <= limit * (1 + 1e-12)
    assert path[-1] == pytest.approx(limit)


@given(series, st.floats(0, 1))
def test_no_other_smoothing_parameter_has_smaller_errors_than_the_fitted_one(y, other):
    errors = [forecasts.smoothed(y, alpha, y[0])[1] for alpha in (forecasts.fitted_alpha(y), other)]
    assert errors[0] <= errors[1] + 1e-6


def test_smoothing_starts_at_the_first_figure_unless_told_otherwise():
    assert (forecasts.ses([10.0, 20.0], 0.5), forecasts.ses([10.0, 20.0], 0.5, start=20.0)) == (15.0, 17.5)


@pytest.mark.parametrize(
    ("method", "y", "reason"),
    [
        (forecasts.naive, [], "too_few_figures"),
        (forecasts.drift, [5.0], "too_few_figures"),
        (forecasts.damped_drift, [5.0], "too_few_figures"),
        (forecasts.log_drift, [5.0], "too_few_figures"),
        (forecasts.log_drift, [5.0, 0.0, 6.0], "not_positive"),
        (forecasts.theta, [5.0, 6.0], "too_few_figures"),
        (forecasts.combined, [5.0, 6.0], "too_few_figures"),
    ],
)
def test_a_method_says_why_it_refuses_a_series(method, y, reason):
    assert refusal(lambda: method(y, 1)) == reason


@pytest.mark.parametrize(("y", "horizon"), [([1.0, math.nan, 2.0], 1), ([[1.0, 2.0], [3.0, 4.0]], 1), (FIGURES, 0)])
def test_a_gap_a_table_or_no_horizon_is_a_mistake_of_the_caller(y, horizon):
    with pytest.raises(ValueError):
        forecasts.combined(y, horizon)


def test_the_reference_interval_is_the_central_line_times_the_width_of_its_row():
    s = statistics.stdev(math.log(b / a) for a, b in itertools.pairwise(FIGURES))
    centre = forecasts.combined(FIGURES, 2)
    found = intervals.reference_interval(FIGURES, 2, 0.80)
    assert found.lower == pytest.approx([centre[0] * math.exp(-1.68 * s), centre[1] * math.exp(-2.78 * s)])
    assert found.upper == pytest.approx([centre[0] * math.exp(1.68 * s), centre[1] * math.exp(2.78 * s)])
    assert found.centre.tolist() == centre.tolist()


def test_more_than_ten_figures_take_the_widths_of_ten():
    for level in LEVELS:
        assert intervals.table_row(intervals.WIDTHS[level], 12, 4).tolist() == list(intervals.WIDTHS[level][10])


@given(uneven, doublings)
def test_the_wider_level_holds_the_narrower_one_and_both_hold_the_central_line(y, k):
    narrow, wide = (intervals.reference_interval(np.array(y) * 2.0**k, 4, level) for level in LEVELS)
    bounds = np.array([wide.lower, narrow.lower, narrow.centre, narrow.upper, wide.upper])
    assert (np.diff(bounds, axis=0) > 0).all()


@pytest.mark.parametrize("make", [intervals.reference_interval, intervals.log_drift_interval])
@pytest.mark.parametrize("level", LEVELS)
@given(y=uneven)
def test_an_interval_widens_with_the_horizon(make, level, y):
    found = make(y, 4, level)
    assert (np.diff(found.upper / found.lower) > 0).all()


def test_the_reference_widths_grow_with_the_horizon_and_shrink_with_the_figures():
    for level in LEVELS:
        widths = np.array([intervals.WIDTHS[level][n] for n in range(4, 11)])
        assert widths.shape == (7, 4)
        assert (np.diff(widths, axis=1) > 0).all()
        assert (np.diff(widths, axis=0) < 0).all()


def test_the_reference_series_ended_above_the_central_line_and_the_further_ahead_the_more():
    medians = np.array([intervals.median_signed(n, 4) for n in range(4, 11)])
    assert (medians > 0).all()
    assert (np.diff(medians, axis=1) > 0).all()


@pytest.mark.parametrize(
    ("y", "horizon", "reason"),
    [
        ([5.0, 6.0, 8.0], 1, "too_few_figures"),
        (FIGURES, 5, "too_far_ahead"),
        ([10.0, 20.0, 40.0, 80.0], 1, "no_variation"),
        ([5.0, 6.0, -1.0, 8.0], 1, "not_positive"),
        ([1000.0, 10.0, 5.0, 1.0], 1, "not_positive"),
    ],
    ids=["three figures", "five years", "constant growth", "below zero", "central line below zero"],
)
def test_the_reference_interval_says_why_it_is_refused(y, horizon, reason):
    assert refusal(lambda: intervals.reference_interval(y, horizon, 0.80)) == reason


def test_a_level_without_a_table_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError):
        intervals.reference_interval(FIGURES, 1, 0.90)


@pytest.mark.parametrize(
    ("y", "found"),
    [
        ([100.0, 110.0, 120.0, 133.0], True),
        ([133.0, 120.0, 110.0, 100.0], True),
        ([100.0, 110.0, 105.0, 120.0], False),
    ],
    ids=["steady growth", "steady fall", "growth with a setback"],
)
def test_growth_is_steady_when_its_mean_is_more_than_twice_its_spread(y, found):
    assert intervals.steady(y) is found


@pytest.mark.parametrize("quantiles", [intervals.drift_quantiles, intervals.log_drift_quantiles])
@given(y=uneven.filter(lambda y: np.diff(y).std() > 1e-3), horizon=st.integers(1, 8))
def test_quantiles_are_ordered(quantiles, y, horizon):
    found = quantiles(y, horizon, [0.05, 0.3, 0.5, 0.7, 0.95])
    assert found.shape == (5, horizon)
    assert (np.diff(found, axis=0) > 0).all()


@given(uneven, horizons)
def test_the_middle_quantile_of_log_drift_is_past_growth_continued(y, horizon):
    assert intervals.log_drift_quantiles(y, horizon, 0.5)[0] == pytest.approx(forecasts.log_drift(y, horizon))


def test_the_drift_interval_holds_its_share_of_random_walks_even_with_five_figures():
    walks = np.exp(np.random.default_rng(7).normal(0.05, 0.1, (4000, 9)).cumsum(axis=1))
    found = [intervals.log_drift_interval(walk[:5], 4, 0.80) for walk in walks]
    inside = np.array([(i.lower <= walk[5:]) & (walk[5:] <= i.upper) for i, walk in zip(found, walks, strict=True)])
    assert inside.mean(axis=0) == pytest.approx([0.80] * 4, abs=0.02)


@pytest.mark.parametrize(
    ("y", "reason"),
    [
        ([5.0, 6.0, 8.0], "too_few_figures"),
        ([10.0, 20.0, 40.0, 80.0], "no_variation"),
        ([5.0, 6.0, 0.0, 8.0], "not_positive"),
    ],
)
def test_the_drift_interval_says_why_it_is_refused(y, reason):
    assert refusal(lambda: intervals.log_drift_interval(y, 2, 0.80)) == reason


def test_a_backtest_has_one_table_per_horizon_with_every_method_beside_the_outcome():
    methods = {"naive": forecasts.naive, "drift": forecasts.drift}
    tables = backtest.rolling_origin([100.0, 108.0, 116.0, 112.0, 125.0], methods)
    known = pd.RangeIndex(3, 5, name="known")
    first = pd.DataFrame({"actual": [112.0, 125.0], "naive": [116.0, 112.0], "drift": [124.0, 116.0]}, index=known)
    second = pd.DataFrame({"actual": [125.0], "naive": [116.0], "drift": [132.0]}, index=known[:1])
    assert list(tables) == [1, 2]
    pd.testing.assert_frame_equal(tables[1], first)
    pd.testing.assert_frame_equal(tables[2], second)


@given(series.filter(lambda y: len(y) > 4), st.floats(1, 200))
def test_a_backtest_never_sees_a_later_figure(y, other):
    before, after = (backtest.rolling_origin(z, METHODS) for z in (y, [*y[:-1], other]))
    for horizon in before:
        pd.testing.assert_frame_equal(before[horizon][list(METHODS)], after[horizon][list(METHODS)])


def test_naive_makes_no_error_on_a_figure_that_never_changes():
    tables = backtest.rolling_origin([250.0] * 7, {"naive": forecasts.naive})
    assert [(table["actual"] - table["naive"]).tolist() for table in tables.values()] == [
        [0.0] * k for k in (4, 3, 2, 1)
    ]


def test_a_backtest_needs_a_figure_after_its_first_origin():
    assert refusal(lambda: backtest.rolling_origin([1.0, 2.0, 3.0], METHODS)) == "too_few_figures"
