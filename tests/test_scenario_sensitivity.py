"""Sensitivity: known indices, refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion_book.scenarios.sensitivity import Bar, sobol, tornado
from promotion_book.statistics.refusal import Refused

ANGLE = (-math.pi, math.pi)
BASE = {"growth": 0.055, "fx": 1.0, "coverage": 1.0}
RANGES = {"growth": (0.03, 0.08), "fx": (0.97, 1.03), "coverage": (0.9, 1.05)}
UNIT = dict.fromkeys("abcd", (0.0, 1.0))


def exports(growth, fx, coverage, start=450.0):
    return start * (1 + growth) ** 3 * fx * coverage


def ishigami(x1, x2, x3, idle):
    return np.sin(x1) + 7 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1) + 0 * idle


# One at a time


def test_the_largest_swing_comes_first_and_an_input_without_a_range_stays_at_its_base():
    found = tornado(exports, {**BASE, "start": 450}, RANGES)
    assert [bar.name for bar in found.bars] == ["coverage", "growth", "fx"]
    assert found.base == exports(**BASE)
    assert found.bars[0] == Bar(
        "coverage", exports(0.055, 1, 0.9), exports(0.055, 1, 1.05), pytest.approx(79.26, abs=0.01)
    )


@given(st.floats(0.01, 1000))
def test_swings_have_the_unit_of_the_result(scale):
    one, scaled = (tornado(exports, {**BASE, "start": 450 * unit}, RANGES) for unit in (1, scale))
    assert [bar.swing for bar in scaled.bars] == pytest.approx([bar.swing * scale for bar in one.bars])


def test_an_input_that_lowers_the_result_swings_as_far_as_one_that_raises_it():
    found = tornado(lambda up, down: up - down, {"up": 0, "down": 0}, {"up": (0, 2), "down": (0, 2)})
    assert found.bars == (Bar("up", 0, 2, 2), Bar("down", 0, -2, 2))


# Sobol indices


def test_the_indices_of_the_ishigami_function_are_the_known_ones():
    found = sobol(ishigami, {"x1": ANGLE, "x2": ANGLE, "x3": ANGLE, "idle": ANGLE}, points=4096, seed=0)
    known = [("x1", 0.3139, 0.5576), ("x2", 0.4424, 0.4424), ("x3", 0, 0.2437), ("idle", 0, 0)]
    assert [index.name for index in found] == [name for name, _, _ in known]
    for index, (_, first, total) in zip(found, known, strict=True):
        assert (index.first, index.total) == pytest.approx((first, total), abs=0.01)
        assert abs(index.first - first) <= index.first_margin
        assert abs(index.total - total) <= index.total_margin


def test_the_margins_of_first_and_total_shares_are_their_own():
    x1, _, x3, idle = sobol(ishigami, dict.fromkeys(["x1", "x2", "x3", "idle"], ANGLE), points=512, seed=1)
    assert 0.05 < x1.first_margin < 0.9 * x1.total_margin < 0.2
    assert 0.02 < x3.total_margin < 0.6 * x3.first_margin < 0.1
    assert (idle.first_margin, idle.total_margin) == (0, 0)


def test_shares_of_a_sum_add_up_and_nothing_acts_together():
    found = sobol(lambda a, b, c, d: a + 2 * b + 3 * c + 4 * d, UNIT, points=1024, seed=3)
    expected = [weight**2 / 30 for weight in (1, 2, 3, 4)]
    assert [index.first for index in found] == pytest.approx(expected, abs=0.01)
    assert [index.total for index in found] == pytest.approx(expected, abs=0.01)


def test_the_same_seed_gives_the_same_indices_and_margins_and_another_seed_others():
    one, again, other = (sobol(lambda a, b, c, d: a * b + c * d, UNIT, points=64, seed=seed) for seed in (0, 0, 1))
    assert one == again
    assert one != other


def test_three_uncertain_inputs_are_left_to_the_tornado():
    with pytest.raises(Refused, match="too_few_inputs"):
        sobol(exports, RANGES, points=64, seed=1)


def test_a_result_that_does_not_vary_has_no_indices():
    with pytest.raises(Refused, match="no_variation"):
        sobol(lambda a, b, c, d: 5 + 0 * a, UNIT, points=64, seed=1)


@pytest.mark.parametrize("points", [0, 1, 100])
def test_the_number_of_points_is_a_power_of_two(points):
    with pytest.raises(ValueError, match="power of two"):
        sobol(lambda a, b, c, d: a, UNIT, points=points, seed=1)
