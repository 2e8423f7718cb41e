"""Laws that hold for all numbers, and the cases in which a number is refused."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import yearly
from promotion_book.statistics import growth, pace, revisions, targets
from promotion_book.statistics.growth_assumption import growth_outlook
from promotion_book.statistics.refusal import Refused

amounts = st.floats(1, 1e5)
rates = st.floats(-0.4, 0.9)
years = st.integers(1, 30)
parts = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=12)


@given(amounts, amounts, years)
def test_required_growth_reproduces_the_target(start, target, n):
    rate = growth.required_growth(start, target, n)
    assert growth.compound_path(start, rate, years=n)[-1] == pytest.approx(target, rel=1e-6)


@given(amounts, rates, years)
def test_an_implied_base_grows_to_its_target(target, rate, n):
    assert growth.compound_path(growth.implied_base(target, rate, years=n), rate, years=n)[-1] == pytest.approx(
        target, rel=1e-6
    )


@given(st.lists(rates, min_size=1, max_size=8))
def test_mean_growth_leads_to_the_same_end_as_the_yearly_rates(yearly_rates):
    end = math.prod(1 + rate for rate in yearly_rates)
    mean = growth.mean_growth(yearly_rates)
    assert (1 + mean) ** len(yearly_rates) == pytest.approx(end)
    assert mean <= sum(yearly_rates) / len(yearly_rates) + 1e-12


@given(st.dictionaries(st.text(max_size=3), amounts, min_size=1, max_size=6), st.randoms())
def test_contributions_add_up_to_the_growth_of_the_whole(before, random):
    after = {name: value * random.uniform(0.5, 2) for name, value in before.items()}
    points = growth.contributions(pd.DataFrame([before, after]))["points"]
    whole = 100 * growth.cagr(sum(before.values()), sum(after.values()), 1)
    assert points.sum() == pytest.approx(whole, abs=1e-6)


@given(amounts, amounts, amounts, st.integers(1, 9), st.floats(0.01, 100))
def test_a_pace_does_not_depend_on_the_unit(base, current, target, elapsed, scale):
    assume(abs(target - base) > 1e-3 * base)
    for method in (pace.linear_pace, pace.geometric_pace):
        one = method(base, current, target, elapsed, 10)
        assert method(base * scale, current * scale, target * scale, elapsed, 10) == pytest.approx(
            one, rel=1e-6, abs=1e-6
        )


@given(amounts, amounts, st.integers(1, 10))
def test_whoever_is_at_the_target_at_its_end_had_just_the_pace(base, target, total):
    assume(abs(target - base) > 1e-6 * base)
    assert pace.linear_pace(base, target, target, total, total) == pytest.approx(1)
    assert pace.geometric_pace(base, target, target, total, total) == pytest.approx(1)


def test_revisions_to_zero_have_no_relative_size():
    assert math.isnan(revisions.revisions([1, -1], [0, 0])["relative_absolute"])


@pytest.mark.parametrize(("base", "target"), [(0, 10), (10, 0), (-5, 10), (-5, -2)])
def test_no_growth_leads_from_zero_or_to_zero(base, target):
    with pytest.raises(Refused, match="not_positive"):
        growth_outlook(yearly((2022, base)), target, end_year=2025, growth=0.05)


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (lambda: growth.cagr(0, 5, 1), "base_value_zero"),
        (lambda: growth.cagr(-10, 5, 2), "sign_change"),
        (lambda: growth.cagr(10, 5, 0), "no_time"),
        (lambda: growth.mean_growth([]), "no_figure"),
        (lambda: growth.contributions(pd.DataFrame({"a": [0.0, 1.0]})), "base_value_zero"),
        (lambda: pace.linear_pace(5, 6, 5, 1, 2), "no_distance"),
        (lambda: pace.geometric_pace(5, 6, 5, 1, 2), "no_distance"),
        (lambda: pace.geometric_pace(5, 6, 0, 1, 2), "target_zero"),
        (lambda: pace.cumulative_pace(300, 0, elapsed=0, total=5), "no_time"),
        (lambda: pace.phased_pace([0, 0], [1]), "nothing_planned"),
        (lambda: growth.mean_growth([0.1, -1.2]), "below_minus_100"),
        (lambda: growth.implied_base(100, -1, years=5), "below_minus_100"),
        (lambda: growth.cagr(1e-200, 1e200, 1), "not_finite"),
        (lambda: growth.compound_path(1e200, 1e200, years=2), "not_finite"),
        (lambda: targets.outturn(5, 0), "no_time"),
    ],
)
def test_a_number_that_would_mislead_is_refused_with_its_reason(call, reason):
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.reason == reason


def test_the_outlook_of_handicraft_exports_is_the_arithmetic_of_the_articles():
    outlook = growth_outlook(yearly((2018, 192e6)), 550e6, end_year=2025, growth=0.08)
    assert round(outlook.reached / 1e6) == 329
    assert round(outlook.required_growth, 3) == 0.162


def test_an_outlook_without_a_figure_is_refused():
    with pytest.raises(Refused, match="no_figure"):
        growth_outlook(yearly((2018, float("nan"))), 550e6, end_year=2025, growth=0.08)
