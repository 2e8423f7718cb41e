"""The progress method on what should fall, stay below a ceiling or stay within a band."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from goals import CUMULATIVE, GROWTH, YEARLY, judged, point, series, target, told

LESS = target(kind="share", indicator_kind="share", reading="at_most", minimum=3, base_value=10, base_status="observed")


def test_an_upper_limit_is_met_from_below():
    goal = target(reading="at_most", minimum=200, base_year=None)
    assert [judged(goal, [point(2025, v)], 2025).status for v in (180, 200, 220)] == ["met", "met", "missed"]


@pytest.mark.parametrize("path", ["linear", "geometric"])
def test_a_figure_that_should_fall_is_met_once_it_is_low_enough_and_else_classed_by_its_pace(path):
    found = [judged(replace(LESS, path=path), [point(2023, v)], 2023) for v in (12, 8, 6.5, 3, 2)]
    assert [f.status for f in found] == ["moving_away", "limited", "accelerate", "met", "met"]
    assert [f.met_in for f in found] == [None, None, None, 2023, 2023]


def test_a_figure_that_should_fall_and_rises_has_a_pace_below_zero():
    found = judged(LESS, [point(2023, 12)], 2023)
    assert (found.expected, round(found.pace, 3), round(found.projected, 3)) == (5.8, -0.476, 13.333)


def test_a_path_at_a_rate_expects_the_figure_that_the_rate_leads_to():
    goal = target(path="geometric", base_value=100, minimum=800, end=date(2023, 12, 31))
    assert judged(goal, [point(2021, 150)], 2021).expected == pytest.approx(200)


def test_a_path_to_zero_is_a_straight_line():
    found = judged(replace(LESS, path="geometric", minimum=0), [point(2023, 5)], 2023)
    assert (found.status, round(found.pace, 3), found.share) == ("accelerate", 0.833, None)


def test_a_base_that_has_reached_the_target_leaves_no_way_to_go():
    found = [judged(target(minimum=90), series(100, v, first=2020), 2021) for v in (95, 90, 85)]
    assert [(f.status, f.pace, f.expected) for f in found] == [
        ("met", None, None), ("met", None, None), ("moving_away", None, None),
    ]  # fmt: skip


def test_a_figure_that_has_reached_its_target_needs_no_base():
    found = [judged(target(base_year=None), [point(2023, v)], 2023) for v in (160, 150)]
    assert [told(f) for f in found] == [("met", ""), ("not_assessable", "base_missing")]


def test_a_bound_is_no_base_of_a_pace():
    base = replace(point(2020, 100), low=100.0)
    found = judged(target(base_value=None), [base, point(2023, 120)], 2023)
    assert told(found) == ("not_assessable", "pace_not_assessable")


def test_a_later_base_that_is_the_only_figure_shows_no_pace_and_says_not_that_the_period_has_not_begun():
    found = [judged(target(base_year=2020), [point(2023, v)], 2023) for v in (120, 160)]
    assert [told(one) for one in found] == [("not_assessable", "pace_not_assessable"), ("met", "")]


def test_a_budget_is_judged_by_where_its_spending_leads():
    goal = replace(CUMULATIVE, reading="at_most", path="ceiling", minimum=200)
    found = [judged(goal, series(*spent), 2023) for spent in ((30, 40, 40), (40, 40, 50), (80, 80, 50))]
    assert [(f.status, f.projected and round(f.projected, 1)) for f in found] == [
        ("within", 183.3),
        ("moving_away", 216.7),
        ("missed", None),
    ]


def test_a_ceiling_that_is_just_used_up_is_met_at_the_end_and_not_before():
    goal = replace(CUMULATIVE, reading="at_most", path="ceiling", minimum=200)
    assert judged(goal, series(40, 40, 120), 2023).status == "moving_away"
    found = judged(goal, series(40, 40, 40, 40, 40), 2025)
    assert (found.status, found.met_in) == ("met", None)


def test_a_running_total_under_a_ceiling_is_within_until_the_end():
    goal = target(reading="at_most", indicator_kind="cumulative", minimum=200, base_year=None)
    found = [judged(goal, [point(year, v)], year) for year, v in ((2023, 200), (2023, 201), (2025, 200))]
    assert [(f.status, f.met_in) for f in found] == [("within", None), ("missed", None), ("met", None)]


def test_a_sum_of_decimals_is_equal_to_its_target():
    goal = replace(CUMULATIVE, end=date(2023, 12, 31), minimum=0.3)
    for reading in ("at_least", "at_most"):
        assert judged(replace(goal, reading=reading), series(0.1, 0.1, 0.1), 2023).status == "met"


def test_a_total_to_be_saved_may_be_written_as_a_reduction():
    goal = replace(CUMULATIVE, reading="at_most", minimum=-300)
    found = judged(goal, series(-50, -50, -50), 2023)
    assert (found.status, round(found.pace, 4), found.expected) == ("accelerate", 0.8333, -180)


def test_a_plan_that_begins_with_nothing_gives_no_pace_yet():
    goal = replace(CUMULATIVE, path="profile", profile=(0, 0, 100, 100, 100))
    assert told(judged(goal, series(10, 10), 2022)) == ("not_assessable", "nothing_planned")


def test_a_ceiling_for_every_year_is_missed_by_one_year_above_it():
    goal = replace(YEARLY, reading="at_most", minimum=5)
    assert judged(goal, series(3, 5), 2022).status == "within"
    assert judged(goal, series(3, 4, 5, 4, 3), 2025).status == "met"
    found = judged(goal, series(9, 3, 8, 4), 2024)
    assert (found.status, found.latest.value) == ("missed", 8)


@pytest.mark.parametrize(
    ("reading", "wanted", "rate", "status"),
    [
        ("at_most", 2, 1, "on_track"),
        ("at_most", 2, 2, "on_track"),
        ("at_most", 2, 3, "moving_away"),
        ("at_most", -2, -3, "on_track"),
        ("at_most", -2, -1.5, "accelerate"),
        ("at_most", -2, 1, "moving_away"),
        ("at_least", 0, 0, "on_track"),
        ("at_least", 0, -1, "moving_away"),
        ("at_least", -2, -1, "on_track"),
        ("at_least", -2, -3, "moving_away"),
        ("at_least", 8, -100, "moving_away"),
    ],
)
def test_growth_may_be_wanted_at_zero_below_zero_or_under_a_ceiling(reading, wanted, rate, status):
    assert judged(replace(GROWTH, reading=reading, minimum=wanted), series(rate, rate), 2022).status == status


def test_growth_over_years_is_not_classed_from_one_of_them():
    found = judged(GROWTH, series(-2.4), 2021)
    assert (*told(found), found.latest.value) == ("not_assessable", "too_few_years", -2.4)


def test_maintain_is_held_or_lost_without_a_percentage():
    goal = target(reading="maintain", minimum=25, tolerance=0.1)
    assert [judged(goal, [point(2025, v)], 2025).status for v in (25.1, 24.9, 25.2)] == ["met", "met", "missed"]
    assert [judged(goal, [point(2022, v)], 2022).status for v in (25.1, 25.2)] == ["met", "moving_away"]
    assert judged(goal, [point(2022, 25.1)], 2022).share is None


def test_a_band_is_kept_between_its_edges():
    goal = target(reading="stay_within", minimum=150, stretch=180)
    assert [judged(goal, [point(2025, v)], 2025).status for v in (140, 165, 190)] == ["missed", "met", "missed"]
    assert [judged(goal, [point(2022, v)], 2022).status for v in (140, 150)] == ["moving_away", "met"]
    assert told(judged(goal, [point(2022, 165)], 2025)) == ("not_assessable", "final_figure_missing")
