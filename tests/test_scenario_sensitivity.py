"""Sensitivity: one input at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion_book.scenarios.sensitivity import Bar, tornado

BASE = {"growth": 0.055, "fx": 1.0, "coverage": 1.0}
RANGES = {"growth": (0.03, 0.08), "fx": (0.97, 1.03), "coverage": (0.9, 1.05)}


def exports(growth, fx, coverage, start=450.0):
    return start * (1 + growth) ** 3 * fx * coverage


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
