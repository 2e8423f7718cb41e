"""Probabilities of targets and their words: laws, refusals."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion_book.scenarios import probability
from promotion_book.scenarios.probability import Chance, Ends, LogGrowth, chance, reaching
from promotion_book.statistics.refusal import Refused

scales = st.floats(0.01, 1000)
ASSUMED = LogGrowth(0.06, 0.05)
ESTIMATED = LogGrowth(0.06, 0.05, observed=5)
OBSERVED = [0.02, 0.09, 0.05, 0.11, 0.03]


# Probability of a target


@given(st.floats(1, 1e4), st.integers(1, 15), st.sampled_from([ASSUMED, ESTIMATED]))
def test_the_probability_falls_as_the_target_rises(start, years, growth):
    found = [reaching(start, start * factor, years, growth) for factor in np.linspace(0.8, 2.5, 30)]
    assert all(0 <= low <= high <= 1 for high, low in itertools.pairwise(found))
    assert found[0] > found[-1]


@given(scales, st.sampled_from([ASSUMED, ESTIMATED]))
def test_the_unit_of_start_and_target_does_not_matter(scale, growth):
    one = reaching(450, 550, 3, growth)
    assert reaching(450 * scale, 550 * scale, 3, growth) == pytest.approx(one)


def test_a_target_on_the_mean_path_is_reached_with_even_odds():
    target = 450 * np.exp(3 * 0.06)
    assert [reaching(450, target, 3, growth) for growth in (ASSUMED, ESTIMATED)] == pytest.approx([0.5, 0.5])


def test_estimated_growth_makes_a_distant_target_more_likely_than_assumed_growth():
    assert round(reaching(450, 550, 3, ASSUMED), 3) == 0.406
    assert round(reaching(450, 550, 3, ESTIMATED), 3) == 0.430


def test_growth_estimated_from_very_many_years_is_as_good_as_known():
    many = LogGrowth(0.06, 0.05, observed=10**7)
    assert reaching(450, 550, 3, many) == pytest.approx(reaching(450, 550, 3, ASSUMED), abs=1e-6)


def test_growth_is_estimated_from_the_figures_of_the_years():
    figures = 100 * np.exp(np.cumsum([0, *OBSERVED]))
    found = probability.estimated(probability.log_growths(figures))
    expected = LogGrowth(0.06, float(np.std(OBSERVED, ddof=1)), 5)
    assert (found.mean, found.sd, found.observed) == pytest.approx((expected.mean, expected.sd, expected.observed))


def test_a_range_has_a_probability_for_each_end():
    found = probability.both_ends(lambda target: reaching(117, target, 3, ASSUMED), 150, 180)
    assert found == Ends(reaching(117, 150, 3, ASSUMED), reaching(117, 180, 3, ASSUMED))
    assert found.low > found.high


@pytest.mark.parametrize(
    ("p", "expected", "frequency"),
    [
        (0.0, Chance(5, "less_than", "very_unlikely"), (1, 20)),
        (0.02, Chance(5, "less_than", "very_unlikely"), (1, 20)),
        (0.03, Chance(5, "", "very_unlikely"), (1, 20)),
        (0.11, Chance(10, "", "unlikely"), (1, 10)),
        (0.328, Chance(35, "", "about_as_likely_as_not"), (7, 20)),
        (0.406, Chance(40, "", "about_as_likely_as_not"), (4, 10)),
        (0.67, Chance(65, "", "about_as_likely_as_not"), (13, 20)),
        (0.7, Chance(70, "", "likely"), (7, 10)),
        (0.9, Chance(90, "", "likely"), (9, 10)),
        (0.94, Chance(95, "", "very_likely"), (19, 20)),
        (1.0, Chance(95, "more_than", "very_likely"), (19, 20)),
    ],
)
def test_a_probability_is_told_in_steps_of_five_with_a_count_that_says_the_same_and_a_word(p, expected, frequency):
    assert (chance(p), chance(p).frequency) == (expected, frequency)


@given(st.floats(0, 1))
def test_what_is_told_is_near_the_probability_and_its_one_bound_is_true(p):
    told, (count, of) = chance(p), chance(p).frequency
    assert 5 <= told.percent <= 95
    assert 100 * count == told.percent * of
    assert {
        "less_than": 100 * p < told.percent,
        "more_than": 100 * p > told.percent,
        "": abs(told.percent - 100 * p) <= 2.5 + 1e-9,
    }[told.bound]


@pytest.mark.parametrize(
    ("p", "word"),
    [
        (0.009, "exceptionally_unlikely"),
        (0.01, "very_unlikely"),
        (0.10, "unlikely"),
        (0.33, "about_as_likely_as_not"),
        (0.66, "about_as_likely_as_not"),
        (0.90, "likely"),
        (0.99, "very_likely"),
        (0.991, "virtually_certain"),
    ],
)
def test_a_probability_on_a_bound_gets_the_weaker_word(p, word):
    assert probability.word(p) == word


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_not_put_into_words(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        chance(p)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: reaching(0, 5, 3, ASSUMED), "not_positive"),
        (lambda: reaching(5, -1, 3, ASSUMED), "not_positive"),
        (lambda: reaching(5, 6, 0, ASSUMED), "no_time"),
        (lambda: LogGrowth(0.05, 0.0), "no_variation"),
        (lambda: LogGrowth(0.05, 0.1, observed=2), "too_few_figures"),
        (lambda: probability.estimated([0.1, 0.2]), "too_few_figures"),
        (lambda: probability.estimated(probability.log_growths([100, 105, 110.25, 115.7625])), "no_variation"),
        (lambda: probability.log_growths([100, 0, 5]), "not_positive"),
    ],
)
def test_a_chance_that_would_mislead_is_refused_with_its_reason(call, reason):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.reason == reason
