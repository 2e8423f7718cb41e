"""The progress method on one target: each kind, each refusal, each grade."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from promotion_book.statistics.assessment import Assessment
from promotion_book.statistics.progress import assess
from promotion_book.statistics.targets import Point, Target

END = date(2025, 12, 31)


def point(year: int, value: float, status: str = "actual", disputed: bool = False) -> Point:
    return Point(date(year, 1, 1), date(year, 12, 31), value, status, disputed)


def series(*values: float, first: int = 2021) -> list[Point]:
    return [point(first + i, value) for i, value in enumerate(values)]


def target(**changes) -> Target:
    base = Target(
        target_id="t",
        kind="level",
        reading="at_least",
        path="linear",
        minimum=160,
        stretch=None,
        start=date(2025, 1, 1),
        end=END,
        base_year=2020,
    )
    return replace(base, **changes)


def judged(goal: Target, points: list[Point], year: int) -> Assessment:
    return assess(goal, points, date(year, 12, 31))


def told(found: Assessment) -> tuple[str, str]:
    return found.status, found.reason


CUMULATIVE = target(kind="cumulative", minimum=300, start=date(2021, 1, 1), base_year=None)
YEARLY = target(kind="flow", minimum=200, start=date(2021, 1, 1), base_year=None)
GROWTH = target(kind="growth", minimum=5, start=date(2021, 1, 1), base_year=None)


def test_a_level_on_its_way_is_classed_by_its_pace():
    found = judged(target(), series(100, 110, 120, 130, first=2020), 2023)
    assert (found.status, round(found.pace or 0, 3), found.expected, found.projected, found.needed) == (
        "accelerate", 0.833, 136, 150, 15,
    )  # fmt: skip


def test_a_money_level_follows_a_rate():
    found = judged(target(path="geometric"), series(100, 110, 120, 130, first=2020), 2023)
    assert (found.status, round(found.pace or 0, 3), found.needed_is_rate) == ("accelerate", 0.927, True)


def test_a_base_of_zero_falls_back_to_the_straight_line():
    goal = target(path="geometric", base_value=0.0, base_status="implied", minimum=150)
    found = judged(goal, series(30, 60, 90), 2023)
    assert (found.status, found.pace, found.needed_is_rate, found.grade) == ("on_track", 1.0, False, "C")


def test_a_figure_that_falls_moves_away():
    assert judged(target(), series(100, 95, first=2020), 2021).status == "moving_away"


def test_a_level_is_judged_by_the_figure_of_the_last_day():
    assert judged(target(), [*series(100, first=2020), point(2025, 170)], 2025).status == "met"
    assert judged(target(), [*series(100, first=2020), point(2025, 150)], 2025).status == "missed"


def test_a_running_total_that_reached_its_target_cannot_lose_it():
    goal = target(indicator_kind="cumulative", minimum=150, stretch=180, reading="at_least_low_stretch_high")
    found = judged(goal, series(117, 163, first=2020), 2021)
    assert (found.status, found.stretch_met, found.met_in) == ("met", False, 2021)


def test_a_stock_above_its_target_before_the_end_is_met_so_far_and_still_has_its_pace():
    found = judged(target(minimum=110), series(100, 115, first=2020), 2021)
    assert (found.status, found.pace) == ("met", 7.5)


def test_a_range_is_judged_by_its_low_end_and_annotated_by_its_high_end():
    goal = target(minimum=150, stretch=180, reading="at_least_low_stretch_high")
    assert [judged(goal, [point(2025, v)], 2025).stretch_met for v in (140, 165, 190)] == [False, False, True]
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
        (CUMULATIVE, [], 2022, "no_figure"),
        (CUMULATIVE, [point(2021, 50), point(2023, 50)], 2023, "years_missing"),
        (CUMULATIVE, series(50, 50), 2025, "final_figure_missing"),
        (GROWTH, [point(2022, 4)], 2022, "years_missing"),
    ],
)
def test_a_verdict_that_the_figures_do_not_allow_is_refused(goal, points, year, reason):
    found = judged(goal, points, year)
    assert (*told(found), found.grade) == ("not_assessable", reason, "D")


def test_a_part_of_the_year_is_shown_and_not_judged():
    goal = target(kind="growth", minimum=8, base_year=None)
    found = judged(goal, [Point(date(2025, 1, 1), date(2025, 9, 30), 7.92)], 2025)
    assert (*told(found), found.latest.value) == ("not_assessable", "part_of_period", 7.92)


def test_a_missing_base_year_is_replaced_by_the_next_later_one_and_flagged():
    found = judged(target(base_year=2019), series(100, 110, 120, first=2020), 2022)
    assert (found.base.year, found.base.status, found.flags, found.grade) == (
        2020,
        "shifted",
        ("baseline_shifted",),
        "B",
    )


def test_a_target_whose_time_has_not_come_is_not_started():
    assert judged(CUMULATIVE, series(100, first=2020), 2020).status == "not_started"
    assert judged(target(), series(100, first=2020), 2020).status == "not_started"


def test_a_total_over_years_is_set_against_the_time_that_has_passed():
    found = judged(CUMULATIVE, series(50, 50, 50), 2023)
    assert (found.status, round(found.pace, 4), found.needed, found.expected) == ("accelerate", 0.8333, 75, 180)


def test_a_total_follows_its_published_plan_rather_than_the_straight_line():
    goal = replace(CUMULATIVE, profile=(40, 50, 60, 70, 80))
    assert judged(goal, series(30, 45, 60), 2023).pace == 0.9


def test_a_total_that_is_reached_early_is_met():
    found = judged(CUMULATIVE, series(200, 150), 2022)
    assert (found.status, found.latest.value) == ("met", 350)


def test_a_total_that_was_published_as_one_figure_is_judged_by_it():
    whole = Point(date(2021, 1, 1), END, 310)
    assert judged(CUMULATIVE, [point(2021, 5), whole], 2025).status == "met"


def test_a_surplus_year_does_not_repair_a_missed_one():
    found = judged(YEARLY, series(250, 150, 400), 2023)
    assert (found.status, found.flags) == ("missed", ("missed_2022",))
    assert judged(YEARLY, series(250, 200, 400), 2023).status == "on_track"


def test_growth_on_average_is_a_geometric_mean():
    found = judged(GROWTH, series(6, 4, 5), 2023)
    assert (found.status, round(found.latest.value, 3)) == ("on_track", 4.997)
    assert judged(GROWTH, series(6, 4, 5, 5, 5), 2025).status == "missed"


LESS = target(kind="share", indicator_kind="share", reading="at_most", minimum=3, base_value=10, base_status="observed")


def test_an_upper_limit_is_met_from_below():
    goal = target(reading="at_most", minimum=200, base_year=None)
    assert [judged(goal, [point(2025, v)], 2025).status for v in (180, 200, 220)] == ["met", "met", "missed"]


@pytest.mark.parametrize("path", ["linear", "geometric"])
def test_a_figure_that_should_fall_is_met_once_it_is_low_enough_and_else_classed_by_its_pace(path):
    found = [judged(replace(LESS, path=path), [point(2023, v)], 2023) for v in (12, 8, 6.5, 3, 2)]
    assert [f.status for f in found] == ["moving_away", "limited", "accelerate", "met", "met"]
    assert [f.met_in for f in found] == [None, None, None, 2023, 2023]


def test_what_a_falling_figure_needs_is_below_zero():
    found = judged(LESS, [point(2023, 12)], 2023)
    assert (found.expected, round(found.pace, 3), round(found.projected, 3), found.needed) == (
        5.8,
        -0.476,
        13.333,
        -4.5,
    )


def test_a_path_at_a_rate_expects_the_figure_that_the_rate_leads_to():
    goal = target(path="geometric", base_value=100, minimum=800, end=date(2023, 12, 31))
    assert judged(goal, [point(2021, 150)], 2021).expected == pytest.approx(200)


def test_a_path_to_zero_is_a_straight_line():
    found = judged(replace(LESS, path="geometric", minimum=0), [point(2023, 5)], 2023)
    assert (found.status, round(found.pace, 3), found.share, found.needed_is_rate) == ("accelerate", 0.833, None, False)


def test_a_base_that_has_reached_the_target_leaves_no_way_to_go():
    found = [judged(target(minimum=90), series(100, v, first=2020), 2021) for v in (95, 90, 85)]
    assert [(f.status, f.pace, f.expected) for f in found] == [
        ("met", None, None), ("met", None, None), ("moving_away", None, None),
    ]  # fmt: skip


def test_a_figure_that_has_reached_its_target_needs_no_base():
    found = [judged(target(base_year=None), [point(2023, v)], 2023) for v in (160, 150)]
    assert [told(f) for f in found] == [("met", ""), ("not_assessable", "base_missing")]


def test_the_high_end_of_a_range_has_a_first_year_of_its_own():
    goal = target(minimum=150, stretch=180, reading="at_least_low_stretch_high")
    found = judged(goal, series(117, 163, 175, 190, 185, first=2020), 2024)
    assert (found.met_in, found.stretch_met_in) == (2021, 2023)


def test_the_high_end_of_a_total_is_reached_when_its_sum_is():
    goal = replace(CUMULATIVE, minimum=150, stretch=180, reading="at_least_low_stretch_high")
    found = judged(goal, series(46, 33, 33, 36, 35), 2025)
    assert (found.status, found.latest.value, found.met_in, found.stretch_met_in) == ("met", 183, 2025, 2025)
    assert judged(goal, series(46, 33, 33, 36), 2024).stretch_met_in is None


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
    assert (found.status, round(found.pace, 4), found.needed, found.expected) == ("accelerate", 0.8333, -75, -180)


def test_a_plan_that_begins_with_nothing_gives_no_pace_yet():
    goal = replace(CUMULATIVE, path="profile", profile=(0, 0, 100, 100, 100))
    assert told(judged(goal, series(10, 10), 2022)) == ("not_assessable", "nothing_planned")


def test_a_ceiling_for_every_year_is_missed_by_one_year_above_it():
    goal = replace(YEARLY, reading="at_most", minimum=5)
    assert judged(goal, series(3, 5), 2022).status == "within"
    assert judged(goal, series(3, 4, 5, 4, 3), 2025).status == "met"
    found = judged(goal, series(9, 3, 8, 4), 2024)
    assert (found.status, found.latest.value, found.flags) == ("missed", 8, ("missed_2021", "missed_2023"))


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
    assert told(judged(GROWTH, series(-2.4), 2021)) == ("not_assessable", "too_few_years")


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
