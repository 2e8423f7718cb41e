"""Where figures after the start of assumed paths lie beside them."""

from __future__ import annotations

import pytest
from worlds import world

from promotion_book.scenarios.later import later_figures

EXPORTS = {"indicator_id": "handicraft_exports", "unit": "usd", "source_id": "src_038"}
AVERAGE = {"period": "2022", "scope": "average_a_year"}
SLOW, FAST = {2021: 105.0, 2022: 110.0}, {2021: 110.0, 2022: 121.0}


def places(package, *figures, paths=(SLOW, FAST)):
    """The period and the place of each figure after 2020 that is compared."""
    known = world(package, [], [EXPORTS | one for one in figures]).known
    return [(one.row.period, one.place) for one in later_figures(known, "handicraft_exports", since=2020, paths=paths)]


@pytest.mark.parametrize(("value", "place"), [(109, "below"), (110, "among"), (121, "among"), (122, "above")])
def test_a_figure_lies_below_among_or_above_the_paths(package, value, place):
    assert places(package, AVERAGE | {"value": value}) == [("2022", place)]


@pytest.mark.parametrize(
    ("low", "high", "place"), [(100, 109, "below"), (100, 111, "among"), (120, 130, "among"), (122, 130, "above")]
)
def test_a_range_lies_among_the_paths_where_it_touches_one(package, low, high, place):
    assert places(package, AVERAGE | {"low": low, "high": high, "value": float("nan")}) == [("2022", place)]


@pytest.mark.parametrize(("value", "place"), [(107, "below"), (108, "among"), (116, "above")])
def test_an_average_of_several_years_is_set_against_the_mean_of_the_paths(package, value, place):
    average = {"period": "2021-2022", "value": value, "scope": "average_a_year"}
    assert places(package, average) == [("2021-2022", place)]


def test_a_year_that_no_path_reaches_has_no_place(package):
    assert places(package, AVERAGE | {"value": 1}, paths=[{2021: 105.0}]) == [("2022", "")]


def test_what_is_of_a_part_of_a_year_of_another_scope_planned_or_no_later_is_not_compared(package):
    assert (
        places(
            package,
            {"period": "2021-H1", "value": 60},
            {"period": "2022", "value": 9, "scope": "organiser"},
            {"period": "2022", "value": 110, "status": "plan"},
            AVERAGE | {"period": "2020", "value": 90},
        )
        == []
    )
