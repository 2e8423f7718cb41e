"""Sensitivity: one input at a time."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion_book.scenarios.sensitivity import INPUTS, tornado

GROWTH, FX, COVERAGE = ("growth", 0.03, 0.055, 0.08), ("fx", 0.97, 1.0, 1.03), ("coverage", 0.9, 1.0, 1.05)


def inputs(*rows):
    return pd.DataFrame([(*row, ()) for row in rows], columns=INPUTS, dtype=object)


def exports(growth, fx, coverage, start=450.0):
    return start * (1 + growth) ** 3 * fx * coverage


def test_the_largest_swing_comes_first_and_an_input_without_a_range_stays_at_its_base():
    found = tornado(exports, inputs(GROWTH, FX, COVERAGE, ("start", 450, 450, 450)))
    assert [*found["name"]] == ["coverage", "growth", "fx"]
    assert [*found.loc[0, ["at_low", "at_high", "swing"]]] == [
        exports(0.055, 1, 0.9),
        exports(0.055, 1, 1.05),
        pytest.approx(79.26, abs=0.01),
    ]


@given(st.floats(0.01, 1000))
def test_swings_have_the_unit_of_the_result(scale):
    one, scaled = (tornado(exports, inputs(GROWTH, FX, COVERAGE, ("start", *3 * [450 * unit]))) for unit in (1, scale))
    assert [*scaled["swing"]] == pytest.approx([*one["swing"] * scale])


def test_an_input_that_lowers_the_result_swings_as_far_as_one_that_raises_it():
    found = tornado(lambda up, down: up - down, inputs(("up", 0, 0, 2), ("down", 0, 0, 2)))
    assert [*found[["name", "at_low", "at_high", "swing"]].itertuples(index=False, name=None)] == [
        ("up", 0, 2, 2),
        ("down", 0, -2, 2),
    ]


@given(st.lists(st.tuples(*[st.floats(-50, 50)] * 3).map(sorted), min_size=1, max_size=5))
def test_the_base_lies_inside_every_bar_of_a_sum_and_the_largest_swing_is_first(ends):
    found = tornado(lambda **values: sum(values.values()), inputs(*((f"i{n}", *row) for n, row in enumerate(ends))))
    base = sum(base for _, base, _ in ends)
    assert {*found["name"]} == {f"i{n}" for n, (low, _, high) in enumerate(ends) if low != high}
    assert [*found["swing"]] == sorted(found["swing"], reverse=True)
    assert (found["at_low"] <= base + 1e-9).all()
    assert (base <= found["at_high"] + 1e-9).all()
