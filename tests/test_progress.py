"""The progress method on one target: each kind, each refusal, each grade."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from goals import CUMULATIVE, END, GROWTH, YEARLY, judged, point, series, target, told

from promotion_book.statistics.pace import linear_pace, pace_class
from promotion_book.statistics.targets import Point


def test_a_level_on_its_way_is_classed_by_its_pace():
    found = judged(target(), series(100, 110, 120, 130, first=2020), 2023)
    assert (found.status, round(found.pace or 0, 3), found.expected, found.projected) == ("accelerate", 0.833, 136, 150)


def test_a_money_level_follows_a_rate():
    found = judged(target(path="geometric"), series(100, 110, 120, 130, first=2020), 2023)
    assert (found.status, round(found.pace or 0, 3)) == ("accelerate", 0.927)


def test_a_pace_at_the_bound_of_a_class_is_in_it_whatever_the_decimals():
    assert pace_class(linear_pace(1348.0, 1813.12, 2572.0, 4, 10)) == "on_track"
    assert pace_class(linear_pace(0.3, 0.48, 1.2, 3, 9)) == "accelerate"
    assert pace_class(0.9499) == "accelerate"


def test_a_base_of_zero_falls_back_to_the_straight_line():
    goal = target(path="geometric", base_value=0.0, base_status="implied", minimum=150)
    found = judged(goal, series(30, 60, 90), 2023)
    assert (found.status, found.pace, found.grade) == ("on_track", 1.0, "C")


def test_a_figure_that_falls_moves_away():
    assert judged(target(), series(100, 95, first=2020), 2021).status == "moving_away"


def test_a_level_is_judged_by_the_figure_of_the_last_day():
    assert judged(target(), [*series(100, first=2020), point(2025, 170)], 2025).status == "met"
    assert judged(target(), [*series(100, first=2020), point(2025, 150)], 2025).status == "missed"


def test_a_running_total_that_reached_its_target_cannot_lose_it():
    goal = target(indicator_kind="cumulative", minimum=150, stretch=180, reading="at_least_low_stretch_high")
    found = judged(goal, series(117, 163, first=2020), 2021)
    assert (found.status, found.met_in) == ("met", 2021)


@pytest.mark.parametrize(
    ("figures", "since"),
    [
        ([(2010, 170), (2020, 100), (2025, 165)], 2025),
        ([(2020, 100), (2022, 165), (2023, 150), (2024, 162), (2025, 165)], 2024),
        ([(2020, 100), (2022, 165), (2023, 162), (2025, 165)], 2022),
        ([(2018, 100), (2019, 165), (2020, 165), (2025, 165)], None),
        ([(2022, 165), (2025, 165)], None),
    ],
    ids=["lost before its base", "lost on its way", "kept", "reached before its base", "never seen below"],
)
def test_a_level_was_reached_in_the_year_from_which_on_it_stayed_so_if_its_figures_show_one(figures, since):
    found = judged(target(), [point(year, value) for year, value in figures], 2025)
    assert (found.status, found.met_in) == ("met", since)


def test_a_stock_above_its_target_before_the_end_is_met_so_far_and_still_has_its_pace():
    found = judged(target(minimum=110), series(100, 115, first=2020), 2021)
    assert (found.status, found.pace) == ("met", 7.5)


def test_a_figure_of_the_first_year_of_a_plan_can_meet_its_target():
    goal = target(minimum=110, counts_from=date(2021, 1, 1))
    assert judged(goal, series(100, 115, first=2020), 2022).status == "met"


def test_a_figure_of_the_first_day_of_a_plan_is_not_one_of_before_it():
    goal = target(minimum=110, counts_from=date(2021, 12, 31))
    assert judged(goal, series(100, 115, first=2020), 2022).status == "met"


def test_a_range_is_judged_by_its_low_end():
    goal = target(minimum=150, stretch=180, reading="at_least_low_stretch_high")
    assert [judged(goal, [point(2025, v)], 2025).status for v in (140, 165, 190)] == ["missed", "met", "met"]


@pytest.mark.parametrize(
    ("goal", "points", "year", "reason"),
    [
        (target(), [], 2023, "no_figure"),
        (target(), series(100, first=2020), 2023, "pace_not_assessable"),
        (target(base_year=None), series(100, 110, first=2020), 2021, "base_missing"),
        (target(base_year=2024), series(100, 110, first=2020), 2021, "base_missing"),
        (target(), series(100, 110, first=2020), 2025, "final_figure_missing"),
        (target(path="geometric"), series(-100, 110, first=2020), 2021, "sign_change"),
        (target(minimum=90, counts_from=date(2022, 1, 1)), series(95, 97, first=2020), 2023, "before_the_plan"),
        (CUMULATIVE, [], 2022, "no_figure"),
        (CUMULATIVE, [point(2021, 50), point(2023, 50)], 2023, "years_missing"),
        (CUMULATIVE, series(50, 50), 2025, "final_figure_missing"),
        (GROWTH, [point(2022, 4)], 2022, "years_missing"),
    ],
)
def test_a_verdict_that_the_figures_do_not_allow_is_refused(goal, points, year, reason):
    found = judged(goal, points, year)
    assert (*told(found), found.grade) == ("not_assessable", reason, "D")


def test_a_count_of_a_part_of_one_year_is_no_figure_of_a_total_over_years():
    found = judged(CUMULATIVE, [Point(date(2025, 1, 1), date(2025, 6, 30), 50, "to_date")], 2025)
    assert (*told(found), found.latest, found.share) == ("not_assessable", "no_figure", None, None)


def test_the_amount_of_one_year_is_no_share_of_a_total_over_years():
    found = judged(CUMULATIVE, [point(2025, 50)], 2025)
    assert (*told(found), found.latest.value, found.share) == ("not_assessable", "years_missing", 50, None)


def test_a_missing_base_year_is_replaced_by_the_next_later_one_and_flagged():
    found = judged(target(base_year=2019), series(100, 110, 120, first=2020), 2022)
    assert (found.base.year, found.base.status, found.grade) == (2020, "shifted", "B")


def test_a_target_whose_time_has_not_come_is_not_started():
    assert judged(CUMULATIVE, series(100, first=2020), 2020).status == "not_started"
    assert judged(target(), series(100, first=2020), 2020).status == "not_started"


def test_a_total_over_years_is_set_against_the_time_that_has_passed():
    found = judged(CUMULATIVE, series(50, 50, 50), 2023)
    assert (found.status, round(found.pace, 4), found.expected) == ("accelerate", 0.8333, 180)


def test_a_total_follows_its_published_plan_rather_than_the_straight_line():
    goal = replace(CUMULATIVE, profile=(40, 50, 60, 70, 80))
    assert judged(goal, series(30, 45, 60), 2023).pace == 0.9


def test_a_figure_of_several_years_from_the_first_on_stands_for_those_that_it_adds_up():
    span = Point(date(2021, 1, 1), date(2022, 12, 31), 100)
    plan = replace(CUMULATIVE, profile=(40, 50, 60, 70, 80))
    for points in ([span, point(2023, 50)], [point(2021, 30), span, point(2023, 50)]):
        found = judged(CUMULATIVE, points, 2023)
        assert (found.status, found.latest.value, round(found.pace, 4)) == ("accelerate", 150, 0.8333)
        assert judged(plan, points, 2023).pace == 1.0
    assert told(judged(CUMULATIVE, [span, point(2024, 50)], 2024)) == ("not_assessable", "years_missing")
    assert told(judged(YEARLY, [span], 2023)) == ("not_assessable", "years_missing")


def test_a_total_that_is_reached_early_is_met():
    found = judged(CUMULATIVE, series(200, 150), 2022)
    assert (found.status, found.latest.value) == ("met", 350)


def test_a_total_that_was_published_as_one_figure_is_judged_by_it():
    whole = Point(date(2021, 1, 1), END, 310)
    assert judged(CUMULATIVE, [point(2021, 5), whole], 2025).status == "met"


def test_a_surplus_year_does_not_repair_a_missed_one():
    assert judged(YEARLY, series(250, 150, 400), 2023).status == "missed"
    assert judged(YEARLY, series(250, 200, 400), 2023).status == "on_track"


def test_growth_on_average_is_a_geometric_mean():
    found = judged(GROWTH, series(6, 4, 5), 2023)
    assert (found.status, round(found.latest.value, 3)) == ("on_track", 4.997)
    assert judged(GROWTH, series(6, 4, 5, 5, 5), 2025).status == "missed"


def test_a_milestone_is_reached_or_not_once_it_is_due():
    goal = target(kind="milestone", minimum=1)
    assert [judged(goal, [point(2024, v)], 2024).status for v in (1, 0)] == ["met", "not_assessable"]
    assert [told(judged(goal, [point(year, 0)], 2025)) for year in (2024, 2025)] == [
        ("not_assessable", "final_figure_missing"),
        ("missed", ""),
    ]
    assert judged(goal, [point(2024, 0)], 2024).reason == "not_due"


def test_a_pair_that_the_method_does_not_have_is_refused():
    goal = replace(CUMULATIVE, reading="maintain")
    assert told(judged(goal, series(50, 50), 2022)) == ("not_assessable", "no_method")


@pytest.mark.parametrize(
    ("value", "word", "told"),
    [
        (150, "low", ("not_assessable", "only_a_bound")),
        (150, "high", ("missed", "")),
        (160, "low", ("met", "")),
        (170, "high", ("not_assessable", "only_a_bound")),
    ],
)
def test_over_150_does_not_miss_160_and_nearly_150_does(value, word, told):
    goal = target(stretch=180, reading="at_least_low_stretch_high")
    found = judged(goal, [replace(point(2025, value), **{word: float(value)})], 2025)
    assert (found.status, found.reason) == told


def test_a_pace_from_a_bound_is_that_of_its_value_with_less_evidence():
    exact, over = point(2023, 130), replace(point(2023, 130), low=130.0)
    found = [judged(target(), [*series(100, 110, 120, first=2020), last], 2023) for last in (exact, over)]
    assert [(one.status, one.grade) for one in found] == [("accelerate", "A"), ("accelerate", "B")]


def test_one_year_that_is_over_its_value_makes_a_sum_a_bound_too():
    amounts = [replace(point(2021, 50), low=50.0), *series(60, 60, 60, 60, first=2022)]
    assert told(judged(CUMULATIVE, amounts, 2025)) == ("not_assessable", "only_a_bound")
    assert judged(replace(CUMULATIVE, minimum=290), amounts, 2025).status == "met"


def test_a_year_that_may_miss_leaves_open_a_target_of_every_year_unless_another_missed_it():
    over = replace(point(2021, 190), low=190.0)
    assert told(judged(YEARLY, [over, *series(250, first=2022)], 2022)) == ("not_assessable", "only_a_bound")
    assert judged(YEARLY, [over, *series(150, first=2022)], 2022).status == "missed"


@pytest.mark.parametrize(
    ("latest", "grade"),
    [
        (point(2025, 170), "A"),
        (point(2025, 170, "derived"), "B"),
        (point(2025, 170, disputed=True), "B"),
        (point(2025, 170, "estimate"), "C"),
        (point(2025, 170, "provisional"), "C"),
    ],
)
def test_the_grade_tells_how_good_the_evidence_is(latest, grade):
    assert judged(target(), [*series(100, first=2020), latest], 2025).grade == grade


def test_two_figures_alone_give_a_pace_of_grade_b():
    assert judged(target(), series(100, 130, first=2020), 2021).grade == "B"
    assert judged(target(), series(100, 110, 120, first=2020), 2022).grade == "A"


def test_figures_after_the_day_do_not_count():
    assert judged(target(), [*series(100, 110, first=2020), point(2025, 999)], 2021).latest.value == 110


def test_a_target_that_is_over_is_not_judged_by_a_later_figure():
    found = judged(target(), series(150, 170, first=2026), 2027)
    assert (*told(found), found.latest, found.share) == ("not_assessable", "no_figure", None, None)


def test_a_target_that_is_over_keeps_the_figure_it_was_judged_by():
    found = judged(target(), series(155, 165, 190, first=2024), 2026)
    assert (found.status, found.latest) == ("met", point(2025, 165))


def test_an_implied_base_lowers_the_grade_only_where_a_pace_was_measured_from_it():
    goal = target(base_value=0, base_status="implied")
    assert judged(goal, series(100, 110, 120, 130, 170), 2025).grade == "A"
    assert judged(goal, series(100, 110, 120), 2023).grade == "C"


def test_a_rate_of_growth_has_a_difference_and_no_share():
    found = judged(GROWTH, series(4, 4, 4), 2023)
    assert (found.share, round(found.difference, 6)) == (None, -1)
    assert judged(target(), series(100, 110), 2022).difference is None


def test_a_sum_over_years_has_the_sources_and_the_doubts_of_its_parts():
    parts = [replace(p, sources=(f"src_{p.end.year}",), disputed=p.end.year == 2021) for p in series(90, 100)]
    latest = judged(CUMULATIVE, parts, 2022).latest
    assert (latest.value, latest.sources, latest.disputed) == (190, ("src_2021", "src_2022"), True)
