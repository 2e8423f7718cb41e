"""Scores of forecasts: their laws, and agreement with their definitions computed in another way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from promotion_book.scenarios import scores
from promotion_book.statistics.refusal import Refused

values = st.floats(-100, 100)
positive = st.floats(0.5, 100)
probabilities = st.floats(0.01, 0.99)
samples = st.lists(values, min_size=1, max_size=12)
TRAIN = [10.0, 12.0, 11.0, 15.0, 16.0]


def refusal(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.reason


def test_errors_are_scaled_by_the_changes_before():
    assert scores.mase(TRAIN, [18.0, 17.0], [16.0, 16.0]) == 0.75


@given(st.lists(positive, min_size=2, max_size=6), positive)
def test_scores_in_per_cent_or_scaled_have_no_unit(forecast, unit):
    train, actual, expected = np.array(TRAIN), np.arange(1.0, len(forecast) + 1), np.array(forecast)
    assert scores.mase(train * unit, actual * unit, expected * unit) == pytest.approx(
        scores.mase(train, actual, expected)
    )
    assert scores.smape(actual * unit, expected * unit) == pytest.approx(scores.smape(actual, expected))
    bounds = np.array([expected, expected + 2])
    scaled = scores.msis(train * unit, actual * unit, *(bounds * unit), alpha=0.2)
    assert scaled == pytest.approx(scores.msis(train, actual, *bounds, alpha=0.2))


@given(values, samples, positive, probabilities)
def test_the_other_scores_have_the_unit_of_the_figures(y, sample, unit, p):
    members = np.array(sample)
    assert scores.crps_sample(y * unit, members * unit) == pytest.approx(
        scores.crps_sample(y, members) * unit, abs=1e-9
    )
    assert scores.pinball(y * unit, members * unit, p) == pytest.approx(scores.pinball(y, members, p) * unit, abs=1e-9)
    found = scores.crps_normal(y * unit, members * unit, unit)
    assert found == pytest.approx(scores.crps_normal(y, members, 1.0) * unit, abs=1e-9)


@given(st.lists(positive, min_size=1, max_size=6), st.lists(positive, min_size=1, max_size=6))
def test_the_percentage_error_lies_between_0_and_200_and_is_the_same_both_ways(a, b):
    n = min(len(a), len(b))
    found = scores.smape(a[:n], b[:n])
    assert 0 <= found <= 200
    assert scores.smape(b[:n], a[:n]) == pytest.approx(found)


@given(values, values)
def test_the_pinball_score_of_the_median_is_half_the_absolute_error(y, q):
    assert scores.pinball(y, q, 0.5) == pytest.approx(abs(y - q) / 2)


@given(values, values, positive, st.floats(0.02, 0.9))
def test_the_interval_score_is_the_pinball_score_of_both_bounds(y, lower, width, alpha):
    bounds, tails = np.array([lower, lower + width]), np.array([alpha / 2, 1 - alpha / 2])
    expected = 2 / alpha * scores.pinball(y, bounds, tails).sum()
    assert scores.interval_score(y, *bounds, alpha=alpha) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("y", "mean", "sd"), [(0.0, 0.0, 1.0), (3.0, 1.0, 0.5), (-2.0, 4.0, 3.0)])
def test_the_crps_of_a_normal_is_the_squared_distance_of_the_distributions(y, mean, sd):
    below, _ = integrate.quad(lambda x: stats.norm.cdf(x, mean, sd) ** 2, mean - 12 * sd, y)
    above, _ = integrate.quad(lambda x: stats.norm.sf(x, mean, sd) ** 2, y, mean + 12 * sd)
    assert scores.crps_normal(y, mean, sd) == pytest.approx(below + above, abs=1e-6)


@given(values, values)
def test_the_crps_of_a_sample_of_one_is_the_absolute_error(y, member):
    assert scores.crps_sample(y, [member]) == pytest.approx(abs(y - member))


@given(values, samples)
def test_the_crps_of_a_sample_is_its_definition_over_all_pairs(y, sample):
    pairs = np.abs(np.subtract.outer(sample, sample))
    expected = np.abs(np.array(sample) - y).mean() - pairs.mean() / 2
    assert scores.crps_sample(y, sample) == pytest.approx(expected, abs=1e-9)


@given(values, samples)
def test_the_crps_of_a_sample_is_that_of_its_members_as_evenly_spaced_quantiles(y, sample):
    spaced = (np.arange(len(sample)) + 0.5) / len(sample)
    assert scores.crps_quantiles(y, np.sort(sample), spaced) == pytest.approx(scores.crps_sample(y, sample), abs=1e-9)


def test_many_quantiles_of_a_normal_score_as_the_normal_does():
    spaced = (np.arange(2000) + 0.5) / 2000
    outcomes = np.array([520.0, 545.0, 560.0])
    found = scores.crps_quantiles(outcomes, stats.norm.ppf(spaced, 545, 20), spaced)
    assert found == pytest.approx(scores.crps_normal(outcomes, 545, 20), rel=1e-3)


@given(values, samples.filter(lambda sample: len(sample) > 1))
def test_the_fair_score_never_punishes_more_than_the_empirical_one(y, sample):
    assert scores.crps_sample(y, sample, fair=True) <= scores.crps_sample(y, sample) + 1e-9


def test_the_fair_score_of_small_samples_is_on_average_the_score_of_the_whole_distribution():
    random = np.random.default_rng(11)
    outcome, draws = 0.7, random.normal(size=(40_000, 3))
    found = scores.crps_sample(np.full(len(draws), outcome), draws, fair=True).mean()
    assert found == pytest.approx(scores.crps_normal(outcome, 0, 1), abs=0.01)


def test_samples_and_quantiles_are_scored_row_by_row():
    outcomes = np.array([1.0, 5.0])
    rows = np.array([[0.0, 2.0, 4.0], [3.0, 4.0, 8.0]])
    spaced = [1 / 6, 3 / 6, 5 / 6]
    one_by_one = [float(scores.crps_sample(y, row)) for y, row in zip(outcomes, rows, strict=True)]
    assert scores.crps_sample(outcomes, rows) == pytest.approx(one_by_one)
    assert scores.crps_quantiles(outcomes, rows, spaced) == pytest.approx(one_by_one)


def test_a_bound_belongs_to_its_interval():
    assert scores.coverage([1.0, 2.0, 2.1], [1.0] * 3, [2.0] * 3) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: scores.mase([5.0], [6.0], [6.0]), "too_few_figures"),
        (lambda: scores.mase([5.0, 5.0], [6.0], [6.0]), "no_variation"),
        (lambda: scores.smape([0.0, 5.0], [0.0, 6.0]), "base_value_zero"),
        (lambda: scores.crps_sample(5.0, []), "too_few_figures"),
        (lambda: scores.crps_sample(5.0, [5.0], fair=True), "too_few_figures"),
    ],
)
def test_a_score_says_why_it_is_refused(call, reason):
    assert refusal(call) == reason


def test_a_normal_without_spread_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError):
        scores.crps_normal(1.0, 1.0, 0.0)
