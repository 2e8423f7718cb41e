"""How a probability is told: by number and word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion_book.scenarios import probability
from promotion_book.scenarios.probability import Chance, chance


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        (0.0, Chance(5, "less_than", "very_unlikely")),
        (0.02, Chance(5, "less_than", "very_unlikely")),
        (0.03, Chance(5, "", "very_unlikely")),
        (0.11, Chance(10, "", "unlikely")),
        (0.328, Chance(35, "", "about_as_likely_as_not")),
        (0.406, Chance(40, "", "about_as_likely_as_not")),
        (0.67, Chance(65, "", "about_as_likely_as_not")),
        (0.7, Chance(70, "", "likely")),
        (0.9, Chance(90, "", "likely")),
        (0.94, Chance(95, "", "very_likely")),
        (1.0, Chance(95, "more_than", "very_likely")),
    ],
)
def test_a_probability_is_told_in_steps_of_five_and_by_a_word(p, expected):
    assert chance(p) == expected


@given(st.floats(0, 1))
def test_what_is_told_is_near_the_probability_and_its_one_bound_is_true(p):
    told = chance(p)
    assert 5 <= told.percent <= 95
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
