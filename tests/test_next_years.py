"""What each year that is left must bring for a target still to come, beside the pace so far."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import world

from promotion_book.scenarios.comparison import comparisons
from promotion_book.scenarios.next_years import next_years, required_each_year
from promotion_book.statistics.statuses import statuses_in_force

NONE = float("nan")


def asked(asks: str = "stock", **cells: float) -> dict[str, object]:
    """What is required of one row: by 2030, from a figure of 2025."""
    usual = {"wanted": 100.0, "first": 2026, "year": 2030, "since": 2025, "rest": 0.0, "figure": 50.0, "usual": NONE}
    row = required_each_year(pd.DataFrame([{"asks": asks, **usual, **cells}])).iloc[0]
    return {name: row[name] for name in ("years", "each_year", "usual_figure", "enough")}


def test_a_stock_needs_the_same_addition_in_each_year():
    assert asked(usual=8.0) == {"years": 5, "each_year": 10, "usual_figure": 90, "enough": False}


def test_a_stock_that_was_counted_before_its_year_was_over_has_the_rest_of_that_year_too():
    assert asked(rest=0.25, usual=8.0) == {"years": 5.25, "each_year": 50 / 5.25, "usual_figure": 92, "enough": False}


def test_a_stock_that_has_reached_its_target_needs_nothing():
    found = asked(figure=120.0, usual=0.0)
    assert (found["each_year"], found["enough"]) == (0, True)


def test_a_total_is_left_to_the_years_after_the_last_figure_of_its_period():
    assert asked("total", since=2027, figure=40.0, usual=20.0) == {
        "years": 3,
        "each_year": 20,
        "usual_figure": 100,
        "enough": True,
    }


def test_a_total_that_has_not_begun_is_left_to_all_its_years():
    assert asked("total", since=2023, figure=NONE)["each_year"] == 20


def test_a_rounded_mean_of_years_that_just_reach_a_total_is_enough():
    assert asked("total", since=2027, figure=0.0, usual=round(100 / 3, 9))["enough"]
    assert not asked("total", since=2027, figure=0.0, usual=33.3)["enough"]


def test_what_is_wanted_anew_is_wanted_in_each_year():
    assert asked("anew", figure=80.0, usual=90.0) == {
        "years": 5,
        "each_year": 100,
        "usual_figure": 90,
        "enough": False,
    }


def test_without_a_figure_a_stock_asks_for_nothing_that_could_be_said():
    found = asked(figure=NONE)
    assert math.isnan(float(str(found["each_year"])))
    assert found["enough"] is None


@given(st.floats(1, 1e9), st.floats(1, 1e9), st.integers(1, 20))
def test_additions_and_growth_both_lead_to_the_target_or_keep_what_is_beyond_it(figure, wanted, years):
    rows = pd.DataFrame(
        [{"asks": "stock", "wanted": wanted, "first": 2026, "year": 2025 + years, "since": 2025, "figure": figure}]
    )
    row = required_each_year(rows.assign(rest=0.0, usual=NONE)).iloc[0]
    assert figure + years * row["each_year"] == pytest.approx(max(figure, wanted))
    assert figure * (1 + row["growth"]) ** years == pytest.approx(max(figure, wanted))


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 1e6), st.integers(1, 10))
def test_the_pace_so_far_is_enough_where_it_is_no_less_than_what_each_year_must_bring(figure, wanted, usual, years):
    rows = pd.DataFrame([{"asks": "total", "wanted": wanted, "first": 2026, "year": 2025 + years, "since": 2025}])
    row = required_each_year(rows.assign(rest=0.0, figure=figure, usual=usual)).iloc[0]
    if abs(usual - row["each_year"]) > 1e-6:
        assert row["enough"] == (usual > row["each_year"])


def test_both_ends_of_a_range_have_a_row_and_a_ceiling_has_none(package):
    shared = {"indicator_id": "ocop_total", "kind": "level", "unit": "products", "source_id": "src_001"}
    high = {"low": 2300.0, "high": 2500.0, "reading": "at_least_low_stretch_high"}
    targets = [shared | {"period": "2025"} | high, shared | {"period": "2026", "value": 9.0, "reading": "at_most"}]
    done = [shared | {"period": "2019-2022", "value": 2000.0}, shared | {"period": "2019-2023", "value": 2100.0}]
    table = next_years(world(package, targets, done).known)
    assert table[["wanted", "each_year", "usual"]].to_numpy().tolist() == [[2300, 100, 100], [2500, 200, 100]]


def test_what_is_wanted_of_a_part_has_a_row_of_its_own_and_takes_no_figure_of_the_whole(package):
    shared = {"indicator_id": "ocop_total", "unit": "products", "source_id": "src_001"}
    targets = [shared | {"kind": "level", "period": "2025", "value": 40.0, "scope": scope} for scope in ("", "women")]
    table = next_years(world(package, targets, [shared | {"period": "2023", "value": 20.0}]).known)
    assert table[["scope", "reason"]].to_numpy().tolist() == [["", ""], ["women", "no_figure"]]


def test_in_the_middle_of_a_year_that_year_is_left(package):
    target = {"indicator_id": "clusters_filled", "kind": "flow", "path": "per_period", "unit": "clusters"}
    row = target | {"period": "2023", "value": 6.0, "source_id": "src_001"}
    table = next_years(world(package, [row], until=date(2023, 6, 30)).known)
    assert table[["years", "each_year"]].to_numpy().tolist() == [[1, 6]]


@pytest.mark.parametrize(
    ("start", "asked"), [(pd.Timestamp("2024-01-01"), ["anew", 1.8]), (pd.NaT, ["stock", pytest.approx(0.1)])]
)
def test_the_plan_of_one_year_asks_for_its_amount_and_not_for_an_addition_to_an_earlier_figure(package, start, asked):
    rate = {"indicator_id": "energy_saved_rate", "unit": "percent", "source_id": "src_001"}
    plan = rate | {"kind": "share", "period": "2024", "value": 1.8, "plan_start": start}
    table = next_years(world(package, [plan], [rate | {"period": "2022", "value": 1.6}]).known)
    assert table[["asks", "each_year"]].to_numpy().tolist() == [asked]


@pytest.mark.parametrize(
    ("bounds", "pace"),
    [({"low": 900.0}, []), ({"high": 900.0}, []), ({"low": 900.0, "high": 900.0}, [100.0]), ({}, [100.0])],
)
def test_a_figure_of_which_only_a_bound_is_known_shows_no_pace(package, bounds, pace):
    firms = {"indicator_id": "supporting_firms", "unit": "firms", "source_id": "src_001"}
    figures = [firms | {"period": "2022", "value": 800.0}, firms | {"period": "2023", "value": 900.0} | bounds]
    table = next_years(world(package, [firms | {"kind": "level", "period": "2030", "value": 1200.0}], figures).known)
    assert table["usual"].dropna().tolist() == pace


def test_a_total_with_a_missing_year_is_at_least_what_is_known_and_shows_no_pace(package):
    goal = {"indicator_id": "kip_recognised", "kind": "cumulative", "period": "2021-2025", "value": 300.0}
    goal |= {"source_id": "src_022", "unit": "products"}
    known = {"indicator_id": "kip_recognised", "source_id": "src_022", "unit": "products"}
    figures = [{**known, "period": str(year), "value": 50.0} for year in (2022, 2023)]
    (row,) = next_years(world(package, [goal], figures).known).itertuples()
    assert (row.figure, row.figure_low, row.each_year, pd.isna(row.usual_figure)) == (100.0, 100.0, 100.0, True)
    required = comparisons(world(package, [goal], figures).known).query("name == 'required'")
    assert required[["aim", "reason"]].to_numpy().tolist() == [[300.0, "years_missing"]]


TURNS = {"indicator_id": "machinery_turns", "source_id": "src_022", "unit": "turns"}


@pytest.mark.parametrize(
    ("figures", "so_far", "years", "reason"),
    [
        ({"2021": 10.0, "2022": 20.0}, 30.0, 3, ""),
        ({"2021": 10.0, "2021-2022": 30.0}, 30.0, 3, ""),
        ({"2021-2022": 30.0, "2023": 5.0}, 35.0, 2, ""),
        ({"2018": 70.0, "2019-2020": 90.0}, 0.0, 2, "no_figure"),
        ({"2019-2022": 90.0}, 0.0, 2, "no_figure"),
    ],
)
def test_a_total_adds_up_what_counts_from_its_first_day_and_the_single_years_after_it(
    package, figures, so_far, years, reason
):
    goal = {**TURNS, "kind": "cumulative", "period": "2021-2025", "value": 100.0}
    known = world(package, [goal], [{**TURNS, "period": label, "value": value} for label, value in figures.items()])
    (row,) = next_years(known.known).itertuples()
    assert (row.figure, row.years, row.each_year, row.reason) == (so_far, years, (100 - so_far) / years, reason)
    assert pd.isna(row.figure_low)


@pytest.mark.parametrize(("indicator", "unit"), [("machinery_turns", "turns"), ("kip_recognised", "products")])
@pytest.mark.parametrize(
    ("figures", "so_far", "left"),
    [
        ({"2021-2023": 150.0}, 150, 2),
        ({"2021-2022": 100.0, "2023": 50.0}, 150, 2),
        ({"2021": 10.0, "2022-2023": 90.0}, 10, 4),
    ],
)
def test_the_verdict_on_a_total_and_what_it_asks_of_the_years_left_rest_on_the_same_amounts_of_several_years(
    package, indicator, unit, figures, so_far, left
):
    given = {"indicator_id": indicator, "unit": unit, "source_id": "src_022"}
    goal = {**given, "kind": "cumulative", "period": "2021-2025", "value": 300.0}
    known = world(package, [goal], [{**given, "period": label, "value": n} for label, n in figures.items()]).known
    (row,), (verdict,) = next_years(known).itertuples(), statuses_in_force(known, date(2023, 1, 1))["assessment"]
    assert (row.figure, verdict.latest.value, row.each_year) == (so_far, so_far, (300 - so_far) / left)


def test_a_scenario_that_is_required_counts_what_several_years_brought_together(package):
    given = {"indicator_id": "kip_recognised", "unit": "products", "source_id": "src_022"}
    goal = {**given, "kind": "cumulative", "period": "2021-2025", "value": 300.0}
    done = [{**given, "period": label, "value": n} for label, n in {"2021-2022": 100.0, "2023": 50.0}.items()]
    required = comparisons(world(package, [goal], done).known).query("name == 'required'")
    assert required["aim"].tolist() == [75]


def test_a_total_of_years_to_come_is_left_to_all_of_them_and_the_figures_before_are_known(package):
    goal = {**TURNS, "kind": "cumulative", "period": "2026-2030", "value": 100.0}
    (row,) = next_years(world(package, [goal], [{**TURNS, "period": "2023", "value": 9.0}]).known).itertuples()
    assert (row.figure, row.figure_year, row.years, row.reason) == (0.0, 2023, 5, "")


def test_what_is_wanted_in_each_year_anew_is_asked_of_the_years_that_are_not_over(package):
    goal = {**TURNS, "kind": "flow", "period": "2021-2025", "value": 50.0}
    (row,) = next_years(world(package, [goal], [{**TURNS, "period": "2021", "value": 40.0}]).known).itertuples()
    assert (row.asks, row.since, row.years) == ("anew", 2023, 2)
