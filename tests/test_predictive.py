"""One distribution for range and chance: what holds for every series, what is refused, and a case by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from promotion_book.scenarios import reference_errors
from promotion_book.scenarios.forecasts import combine
from promotion_book.scenarios.predictive import FURTHEST, Predictive, running_total, scale, yearly
from promotion_book.statistics.refusal import Refused

FIGURES = [100.0, 120.0, 114.0, 136.8, 150.48]  # growth of 20%, -5%, 20% and 10%
TABLES = (reference_errors.YEARLY, reference_errors.SUMS)
logs = st.lists(st.floats(-1, 1), min_size=3, max_size=14)
levels = st.floats(0.01, 0.97)


@st.composite
def predictives(draw):
    """The distribution of some series, of its figures or of the total that they add up to."""
    y = 100 * np.exp(np.cumsum([0, *draw(logs)]))
    make = draw(st.sampled_from([yearly, lambda flows, horizon: running_total(flows, 250, horizon=horizon)]))
    try:
        return make(y, FURTHEST)
    except Refused:
        assume(False)


def test_the_scale_is_worked_out_by_hand():
    growth = [0.1823, -0.0513, 0.1823, 0.0953]  # of mean 0.1022 and standard deviation 0.1102
    assert np.diff(np.log(FIGURES)) == pytest.approx(growth, abs=5e-5)
    assert scale(FIGURES) == pytest.approx((0.1102**2 + 0.1022**2 / 2) ** (1 / 3), rel=1e-3)


def test_the_distribution_is_the_table_of_five_figures_in_the_scale_of_the_series():
    found, size = yearly(FIGURES, 2), scale(FIGURES)
    median = combine(FIGURES, 2) * np.exp(np.array([0.111, 0.170]) * size)
    assert found.median == pytest.approx(median)
    assert found.interval(0.80)[0] == pytest.approx(median * np.exp(np.array([-0.61, -0.95]) * size))
    assert found.interval(0.80)[1] == pytest.approx(median * np.exp(np.array([0.51, 0.87]) * size))
    assert found.at_least(median[1] * np.exp(0.54 * size))[1] == pytest.approx(0.2)


def test_a_total_adds_up_the_projections_of_its_years():
    found, flows = running_total(FIGURES, 1000, horizon=3), yearly(FIGURES, 3).median
    assert found.median == pytest.approx(1000 + np.cumsum(flows))
    upper = 1000 + np.cumsum(flows) * np.exp(np.array([0.51, 0.67, 0.73]) * scale(FIGURES))
    assert found.interval(0.80)[1] == pytest.approx(upper)


def test_with_more_than_ten_figures_the_row_of_ten_is_used():
    y = [*FIGURES, *(1.1 * np.array(FIGURES)), *(1.3 * np.array(FIGURES))]
    assert yearly(y, FURTHEST).errors == pytest.approx(scale(y) * np.array(reference_errors.YEARLY[10]))


def test_the_tables_rise_from_quantile_to_quantile_around_a_median_of_zero():
    rows = np.concatenate([np.array(list(table.values())).reshape(-1, 15) for table in TABLES])
    assert (np.diff(rows, axis=1) > 0).all()
    assert (rows[:, reference_errors.PROBABILITIES.index(0.5)] == 0).all()


def test_the_first_year_of_a_total_is_the_yearly_distribution():
    one, total = yearly(FIGURES, 1), running_total(FIGURES, 0, horizon=1)
    assert (total.median, total.errors) == (one.median, pytest.approx(one.errors))


@given(predictives(), levels, levels)
def test_a_wider_level_holds_the_narrower_one(found, one, other):
    narrow, wide = (found.interval(level) for level in sorted([one, other]))
    bounds = np.vstack([wide[0], narrow[0], found.median, narrow[1], wide[1]])
    assert (np.diff(bounds, axis=0) >= 0).all()


@pytest.mark.parametrize("level", [0.80, 0.95])
@given(found=predictives())
def test_a_range_widens_with_the_years(found, level):
    lower, upper = found.interval(level)
    assert (np.diff((upper - found.reached) / (lower - found.reached)) > 0).all()


@given(predictives(), levels)
def test_the_chance_of_the_ends_of_a_range_is_what_lies_outside_it(found, level):
    lower, upper = found.interval(level)
    for year in range(FURTHEST):
        assert found.at_least(lower[year])[year] == pytest.approx((1 + level) / 2)
        assert found.at_least(upper[year])[year] == pytest.approx((1 - level) / 2)


@given(predictives())
def test_the_projection_is_as_likely_passed_as_not(found):
    assert [found.at_least(value)[year] for year, value in enumerate(found.median)] == pytest.approx([0.5] * FURTHEST)


@given(predictives(), st.floats(-100, 1e4), st.floats(0, 1e4))
def test_a_higher_target_is_never_more_likely(found, target, more):
    assert (found.at_least(target + more) <= found.at_least(target)).all()


@given(predictives())
def test_beyond_the_tables_a_chance_is_that_of_their_ends(found):
    assert found.at_least(found.reached + 1e-9) == pytest.approx([0.99] * FURTHEST)
    assert found.at_least(1e15) == pytest.approx([0.01] * FURTHEST)


@given(logs, st.floats(0.001, 1e6))
def test_the_unit_of_the_figures_does_not_matter(growth, unit):
    y = 100 * np.exp(np.cumsum([0, *growth]))
    try:
        one, other = yearly(y, FURTHEST), yearly(unit * y, FURTHEST)
    except Refused:
        return
    assert other.quantile(0.1) == pytest.approx(unit * one.quantile(0.1), rel=1e-4)
    assert other.at_least(110 * unit) == pytest.approx(one.at_least(110), abs=1e-4)


@pytest.mark.parametrize(
    ("y", "horizon", "reason"),
    [
        (FIGURES[:3], 1, "too_few_figures"),
        (FIGURES, 7, "too_far_ahead"),
        ([100, 110, 121, 133.1], 1, "no_variation"),
        ([100, 0, 110, 120], 1, "not_positive"),
        ([100, 60, 30, 1], 6, "not_positive"),
    ],
)
def test_figures_and_totals_are_refused_alike(y, horizon, reason):
    for make in (yearly, lambda flows, years: running_total(flows, 5, horizon=years)):
        with pytest.raises(Refused) as refusal:
            make(y, horizon)
        assert refusal.value.reason == reason


@pytest.mark.parametrize("level", [0.99, 1.0])
def test_a_level_beyond_the_tables_is_no_range(level):
    with pytest.raises(ValueError, match=r"reach from 0\.01 to 0\.99"):
        yearly(FIGURES, 1).interval(level)


def test_what_a_total_has_reached_it_keeps():
    assert Predictive(np.array([5.0]), np.array([[-1.0] * 7 + [0.0] + [1.0] * 7]), 100).at_least(100) == [1.0]
