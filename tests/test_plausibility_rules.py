"""Figures that are hard to believe are found, and a confirmation in the row answers them and nothing else."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.plausibility_rules import figures_are_plausible

KINDS = {
    "jobs": ("flow", "people"),
    "share": ("share", "percent"),
    "growth": ("growth", "percent"),
    "money": ("level", "vnd"),
}
INDICATORS = [
    {"indicator_id": name, "kind": kind, "unit": unit, "direction": "increase"} for name, (kind, unit) in KINDS.items()
]
ANSWER = {"confirmed_by": "A statistician", "confirmed_why": "The year of the fair."}


def doubts(figures, indicator="jobs", **rest):
    """Lines and rules of the doubts about the yearly figures of an indicator from 2018 on."""
    rows = [
        {"indicator_id": indicator, "unit": KINDS[indicator][1], "value": str(value)}
        | {"period": str(year), "period_start": f"{year}-01-01", "period_end": f"{year}-12-31"}
        | (rest.get(f"y{year}") or {})
        for year, value in enumerate(figures, start=2018)
    ]
    return [(line, rule) for _, line, _, rule in found(figures_are_plausible, observations=rows, indicators=INDICATORS)]


@pytest.mark.parametrize(
    ("figures", "lines"),
    [
        ([10, 12, 14], []),
        ([10, 12000, 14], [3]),
        ([10000, 12, 14000], [3]),
        ([10, 99, 980], []),
        ([10, 100], [2, 3]),
        ([10, 120, 12], [3]),
        ([10, 0, 12], []),
        ([10], []),
        ([1, 9, 80, 700], []),
    ],
)
def test_a_figure_ten_times_its_neighbours_is_found(figures, lines):
    assert doubts(figures) == [(line, "far-off") for line in lines]


@pytest.mark.parametrize(
    ("start", "value", "lines"),
    [(2021, 360, [3]), (2021, 160, []), (2019, 360, []), (2025, 360, [])],
    ids=[
        "no less than since before",
        "less than since before",
        "since the same year",
        "what stands at the end of the year",
    ],
)
def test_a_running_total_that_begins_later_is_smaller(start, value, lines):
    rows = [
        {"indicator_id": "titles", "unit": "products", "value": str(amount), "observation_id": str(number)}
        | {"period_start": f"{first}-01-01", "period_end": f"{last}-12-31", "period": f"{first}-{last}"}
        for number, (first, last, amount) in enumerate([(2019, 2024, 330), (start, 2025, value)])
    ]
    indicators = [{"indicator_id": "titles", "kind": "cumulative", "unit": "products"}]
    said = found(figures_are_plausible, observations=rows, indicators=indicators)
    assert [(line, rule) for _, line, _, rule in said] == [(line, "start") for line in lines]


@pytest.mark.parametrize(
    ("ends", "lines"),
    [
        ({"low": "5", "high": "50"}, []),
        ({"low": "5", "high": "51"}, [2]),
        ({"value": "10", "high": "1000"}, [2]),
        ({"value": "", "low": "0", "high": "50"}, []),
    ],
)
def test_a_range_of_which_one_end_is_more_than_ten_times_the_other_is_found(ends, lines):
    assert doubts([10], y2018={"value": "", **ends}) == [(line, "far-off") for line in lines]


def test_a_flow_of_five_years_is_not_set_beside_single_years():
    five = {"period": "2016-2020", "period_start": "2016-01-01", "period_end": "2020-12-31"}
    assert doubts([10, 12, 90], y2020=five) == []


@pytest.mark.parametrize(("half", "lines"), [(300, []), (300_000, [4])])
def test_the_only_flow_of_its_length_is_set_beside_the_others_by_the_month(half, lines):
    five = {"period": "2016-2020", "period_start": "2016-01-01", "period_end": "2020-12-31"}
    first = {"period": "2020-H1", "period_start": "2020-01-01", "period_end": "2020-06-30"}
    assert doubts([3000, 3600, half], y2018=five, y2019=five, y2020=first) == [(line, "far-off") for line in lines]


def test_the_only_figure_of_an_indicator_is_set_beside_those_of_its_programme_in_the_unit():
    others = [
        {"indicator_id": f"other_{n}", "observation_id": f"x{n}", "unit": "vnd", "value": "1000"} for n in range(4)
    ]
    indicators = [*INDICATORS, *({"indicator_id": f"other_{n}", "unit": "vnd", "kind": "level"} for n in range(4))]
    rows = [{"indicator_id": "money", "unit": "vnd", "value": "1000000"}, *others]
    assert found(figures_are_plausible, observations=rows, indicators=indicators) == [
        ("observations.csv", 2, "value", "far-off")
    ]


@pytest.mark.parametrize(
    ("figures", "lines"), [([5, 80, -7], []), ([0.5, 12, 3], []), ([5, 1230, 3], [3]), ([90, 150], [])]
)
def test_rates_of_growth_may_differ_widely_but_not_without_bound(figures, lines):
    assert [line for line, _ in doubts(figures, "growth")] == lines


def test_a_share_or_a_rate_of_growth_given_as_a_fraction_is_found():
    assert doubts([30, 0.325, 34], "share") == [(3, "fraction")]
    assert doubts([8.5, 0.085, -0.0073, 0.02, -0.97], "growth") == [(3, "fraction"), (4, "fraction")]


@pytest.mark.parametrize(("figures", "lines"), [([380, 0, 400], [3]), ([380, 0], [3]), ([380, 0, 90], []), ([0], [])])
def test_a_zero_beside_large_figures_is_found(figures, lines):
    assert doubts(figures) == [(line, "far-off") for line in lines]


def test_the_only_row_of_another_area_is_found():
    assert doubts([10, 11, 12], y2019={"area": "vietnam"}) == [(3, "lone-area")]


def test_a_target_that_was_not_public_before_its_end_is_found():
    rows = [{"known_on": "2023-01-01"}]
    assert found(figures_are_plausible, targets=rows, indicators=INDICATORS) == [
        ("targets.csv", 2, "known_on", "past-target")
    ]


def test_a_confirmation_answers_a_doubt():
    assert doubts([10, 12000, 14], y2019=ANSWER) == []


@pytest.mark.parametrize("half", [{"confirmed_by": "A statistician"}, {"confirmed_why": "The year of the fair."}])
def test_half_a_confirmation_answers_nothing(half):
    assert doubts([10, 12000, 14], y2019=half) == [(3, "far-off")]


def test_a_confirmation_of_what_nobody_doubts_is_found():
    assert doubts([10, 12, 14], y2019=ANSWER) == [(3, "stale")]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([5, 6, 8, 7], []),
        ([5, 6, 8, 51], [(5, "far-off")]),
        ([5, 8, 51], []),
        ([1, 1.5, 1.2, 15], []),
        ([5.1, 6.2, 0.05], [(4, "fraction")]),
        ([5.12, 6.21, 0.05], []),
        ([5, 6, 0.4], []),
    ],
)
def test_a_rate_of_growth_unlike_those_of_other_years_is_found(figures, expected):
    assert doubts(figures, "growth") == expected


@pytest.mark.parametrize(
    ("indicator", "cells", "rules"),
    [
        ("jobs", {"base_value": "9"}, []),
        ("jobs", {"base_value": "11"}, ["behind"]),
        ("growth", {"unit": "percent", "value": "-8"}, ["behind"]),
        ("growth", {"unit": "percent", "value": "", "low": "0.06", "high": "0.08"}, ["fraction"]),
        ("growth", {"unit": "percent", "value": "", "low": "0", "high": "8"}, []),
    ],
)
def test_a_target_that_lies_behind_its_start_or_is_a_fraction_is_found(indicator, cells, rules):
    rows = [{"indicator_id": indicator, "kind": KINDS[indicator][0], "value": "10"} | cells]
    told = found(figures_are_plausible, targets=rows, indicators=INDICATORS)
    assert [rule for _, _, _, rule in told] == rules


@pytest.mark.parametrize(
    ("value", "why", "told"),
    [
        ("60", "The figure of the country.", []),
        ("6000", "The figure of the country.", [(8, "far-off")]),
        ("6000", "The figure of the country, 6000 as it is printed.", []),
    ],
)
def test_a_confirmation_of_an_area_answers_for_its_amount_where_it_names_it(value, why, told):
    row = {"area": "vietnam", "value": value, "confirmed_by": "A statistician", "confirmed_why": why}
    indicators = [INDICATORS[0] | {"programme_id": "crafts"}]
    years = [{"observation_id": str(year), "value": "50", "period_end": f"{year}-12-31"} for year in range(2016, 2022)]
    rows = [one | {"unit": "people"} for one in (*years, row)]
    found_at = found(figures_are_plausible, observations=rows, indicators=indicators)
    assert [(line, rule) for _, line, _, rule in found_at] == told
