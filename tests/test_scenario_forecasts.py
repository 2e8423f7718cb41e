"""Lines of forecasts and backtests: what holds for every series, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from promotion_book.scenarios import backtest, forecasts
from promotion_book.statistics.refusal import Refused

METHODS = {
    "naive": forecasts.naive,
    "drift": forecasts.drift,
    "theta": forecasts.theta,
    "combined": forecasts.combine,
}
FIGURES = [374.0, 395.0, 402.0, 431.0, 448.0, 470.0]

each_method = pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
amounts = st.floats(80, 120)
series = st.lists(amounts, min_size=4, max_size=12)
horizons = st.integers(1, 4)
doublings = st.integers(-20, 20)
few = settings(max_examples=25)  # each of them fits a smoothing parameter, of every method


def refusal(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason


@each_method
@few
@given(y=series, horizon=horizons, k=doublings)
def test_another_unit_of_the_figures_is_another_unit_of_the_forecast(method, y, horizon, k):
    unit = 2.0**k
    assert method(np.array(y) * unit, horizon) == pytest.approx(method(y, horizon) * unit)


@each_method
def test_a_figure_that_never_changed_is_forecast_to_stay(method):
    assert method([250.0] * 5, 3) == pytest.approx([250.0] * 3)


@each_method
@few
@given(y=series, horizon=horizons)
def test_a_longer_horizon_continues_the_shorter_one(method, y, horizon):
    assert method(y, horizon + 1)[:horizon].tolist() == method(y, horizon).tolist()


def test_theta_continues_a_straight_line_at_half_its_slope():
    assert forecasts.theta([10.0, 14.0, 18.0, 22.0], 3) == pytest.approx([24.0, 26.0, 28.0])


@given(series, st.floats(0, 1))
def test_no_other_smoothing_parameter_has_smaller_errors_than_the_fitted_one(y, other):
    errors = [forecasts.smooth(y, alpha, start=y[0])[1] for alpha in (forecasts.fit_alpha(y), other)]
    assert errors[0] <= errors[1] + 1e-6


def test_smoothing_starts_at_the_first_figure_unless_told_otherwise():
    assert (forecasts.ses([10.0, 20.0], 0.5), forecasts.ses([10.0, 20.0], 0.5, start=20.0)) == (15.0, 17.5)


@pytest.mark.parametrize(
    ("method", "y", "reason"),
    [
        (forecasts.naive, [], "too_few_figures"),
        (forecasts.drift, [5.0], "too_few_figures"),
        (forecasts.theta, [5.0, 6.0], "too_few_figures"),
        (forecasts.combine, [5.0, 6.0], "too_few_figures"),
    ],
)
def test_a_method_says_why_it_refuses_a_series(method, y, reason):
    assert refusal(lambda: method(y, 1)) == reason


@pytest.mark.parametrize(("y", "horizon"), [([1.0, math.nan, 2.0], 1), ([[1.0, 2.0], [3.0, 4.0]], 1), (FIGURES, 0)])
def test_a_gap_a_table_or_no_horizon_is_a_mistake_of_the_caller(y, horizon):
    with pytest.raises(ValueError):
        forecasts.combine(y, horizon)


def test_a_backtest_has_one_table_per_horizon_with_every_method_beside_the_outcome():
    methods = {"naive": forecasts.naive, "drift": forecasts.drift}
    tables = backtest.rolling_origin([100.0, 108.0, 116.0, 112.0, 125.0], methods)
    known = pd.RangeIndex(3, 5, name="known")
    first = pd.DataFrame({"actual": [112.0, 125.0], "naive": [116.0, 112.0], "drift": [124.0, 116.0]}, index=known)
    second = pd.DataFrame({"actual": [125.0], "naive": [116.0], "drift": [132.0]}, index=known[:1])
    assert list(tables) == [1, 2]
    pd.testing.assert_frame_equal(tables[1], first)
    pd.testing.assert_frame_equal(tables[2], second)


@few
@given(series.filter(lambda y: len(y) > 4), st.floats(1, 200))
def test_a_backtest_never_sees_a_later_figure(y, other):
    before, after = (backtest.rolling_origin(z, METHODS) for z in (y, [*y[:-1], other]))
    for horizon in before:
        pd.testing.assert_frame_equal(before[horizon][list(METHODS)], after[horizon][list(METHODS)])


def test_a_backtest_needs_a_figure_after_its_first_origin():
    assert refusal(lambda: backtest.rolling_origin([1.0, 2.0, 3.0], METHODS)) == "too_few_figures"
