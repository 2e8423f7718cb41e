"""Sensitivity: one input at a time, over the ranges that are known, and the largest swing first."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import world

from promotion_book.scenarios.sensitivity import INPUTS, growth_swings, readings, tornado
from promotion_book.statistics.growth_assumption import target_outlooks

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


EXPORTS, RATES = "handicraft_exports", "handicraft_exports_growth"
PERIODS = pytest.mark.parametrize("period", ["2020", "2024-H1", "2025"])
GOAL = {"indicator_id": EXPORTS, "period": "2025", "value": 400e6, "unit": "usd", "source_id": "src_029"}
FIGURE = {"indicator_id": EXPORTS, "period": "2020", "value": 200e6, "unit": "usd", "source_id": "src_001"}
WANTED = {"indicator_id": RATES, "period": "2023-2025", "value": 8, "unit": "percent", "source_id": "src_014"}


def outlooks(known, *rates):
    return [outlook for rate in rates or (0.05, 0.08, 0.09) for outlook in target_outlooks(known, EXPORTS, growth=rate)]


@PERIODS
def test_growth_its_first_year_and_the_start_have_the_ranges_that_are_known(known_in, period):
    known = known_in(period)
    found = growth_swings(known, EXPORTS, rates=RATES, outlooks=outlooks(known))
    assert found.to_dict("records") == [
        {
            **{"name": "growth", "low": 0.05, "base": 0.08, "high": 0.09, "sources": ()},
            **{"at_low": pytest.approx(192e6 * 1.05**7), "at_high": pytest.approx(192e6 * 1.09**7)},
            "swing": pytest.approx(80.82e6, rel=1e-4),
        },
        {
            **{"name": "first", "low": 2019, "base": 2019, "high": 2021},
            "sources": ("src_029", "seed_002", "seed_000", "src_061"),
            **{"at_low": pytest.approx(192e6 * 1.08**7), "at_high": pytest.approx(192e6 * 1.08**5)},
            "swing": pytest.approx(46.94e6, rel=1e-4),
        },
        {
            **{"name": "start", "low": 175e6, "base": 192e6, "high": 192e6, "sources": ("src_116", "src_038")},
            **{"at_low": pytest.approx(175e6 * 1.08**7), "at_high": pytest.approx(192e6 * 1.08**7)},
            "swing": pytest.approx(29.135e6, rel=1e-4),
        },
    ]


def test_a_reading_of_a_year_is_its_own_figure_or_a_yearly_one_around_it(package):
    around = [
        FIGURE,
        FIGURE | {"period": "2019-2020", "value": 180e6, "scope": "year_not_stated"},
        FIGURE | {"period": "2018-2022", "value": 210e6, "scope": "average_a_year"},
        FIGURE | {"period": "2019-2021", "value": 600e6},
        FIGURE | {"period": "2020", "value": 10e6, "scope": "distinct_firms"},
        FIGURE | {"period": "2020-9M", "value": 150e6},
        FIGURE | {"period": "2020", "value": 500e6, "status": "plan"},
        FIGURE | {"period": "2020", "value": 70e6, "area": "vietnam"},
        FIGURE | {"period": "2021", "value": 230e6},
    ]
    known = world(package, [GOAL], around).known
    assert sorted(readings(known, EXPORTS, 2020)["value"]) == [180e6, 200e6, 210e6]


def test_growth_begins_no_later_than_a_source_wants_it_and_no_earlier_than_after_the_start(package):
    earlier, later = WANTED | {"period": "2019-2025"}, WANTED | {"period": "2026-2030"}
    ranges = {}
    for name, wanted in {"none": [], "wanted": [WANTED], "earlier": [earlier], "other end": [later]}.items():
        known = world(package, [GOAL, *wanted], [FIGURE]).known
        found = growth_swings(known, EXPORTS, rates=RATES, outlooks=outlooks(known)).query("name == 'first'")
        ranges[name] = [*found[["low", "base", "high"]].itertuples(index=False, name=None)]
    assert ranges == {"none": [], "wanted": [(2021, 2021, 2023)], "earlier": [], "other end": []}


def test_where_nothing_has_a_range_there_is_nothing_to_say(package):
    known = world(package, [GOAL], [FIGURE]).known
    for none in (outlooks(known, 0.08, 0.08, 0.08), []):
        assert growth_swings(known, EXPORTS, rates=RATES, outlooks=none).empty
