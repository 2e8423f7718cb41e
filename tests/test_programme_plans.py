"""What a page says of a programme's results and the years to come, as far as it was public."""

from __future__ import annotations

from io import StringIO

import pandas as pd
import pytest
from worlds import figure, target, world

from builders import plain
from promotion_book.report.chapters.period_results import results_as_table, silent_plans
from promotion_book.report.context import Context
from promotion_book.report.tables import Table
from promotion_book.statistics.results_table import content_items, period_results, results_table


def results_of(context: Context, *indicators: str, period: str = "2023") -> Table:
    found = results_table(*content_items(context.known, indicators), period=period)
    return results_as_table(context, found, period=period, name="results", note="")


def told(table: Table) -> list[list[str]]:
    """The cells of the rows of a table."""
    return [line.split("\t") for line in plain(table.text()).splitlines()[2:]]


def silent(context: Context, *names: str) -> list[list[str]]:
    """The plans of some indicators for 2023 of which no figure is known."""
    found = period_results(context.known, names, period="2023")
    return told(silent_plans(context, found, indicators=pd.Index(names), period="2023"))


def test_the_results_of_a_period_stand_against_its_plan(package):
    done = [figure("2019-2022", 2000.0), figure("2019-2023", 2500.0)]
    context = world(package, [target("2023", 2400.0)], done)
    assert told(results_of(context, "ocop_total"))[0][:6] == [
        "OCOP products recognised so far",
        "2,400",
        "2,500 (2019–2023)",
        "104%",
        "2,000 (2019–2022)",
        "25%",
    ]


def test_the_csv_of_the_results_names_the_source_of_what_was_done(package):
    context = world(package, [target("2023", 2400.0)], [figure("2019-2023", 2500.0)])
    found = pd.read_csv(StringIO(results_of(context, "ocop_total").csv()))
    assert found["source_id"].tolist() == context.known.series("ocop_total")["source_id"].tolist()


def test_in_a_half_year_the_plan_of_its_year_is_told_as_that(package):
    context = world(package, [target("2023", 2400.0)], [figure("2023-H1", 1200.0)])
    (row,) = told(results_of(context, "ocop_total", period="2023-H1"))
    assert row[1:4] == ["2,400 for 2023", "1,200", "50% for 2023"]


def test_the_share_of_a_plan_keeps_the_word_of_the_source_of_the_figure(package):
    nearly = figure("2019-2023", 2300.0, high=2300.0)
    context = world(package, [target("2023", 2400.0)], [nearly])
    (row,) = told(results_of(context, "ocop_total"))
    assert row[1:4] == ["2,400", "nearly 2,300 (2019–2023)", "nearly 96%"]


@pytest.mark.parametrize(
    ("done", "plan", "left"), [({"low": 900.0}, {}, "at most 1,100"), ({}, {"low": 2000.0}, "at least 1,100")]
)
def test_what_is_left_of_a_plan_is_a_bound_where_it_is_one(package, done, plan, left):
    context = world(package, [target("2021-2025", 2000.0, **plan)], [figure("2019-2023", 900.0, **done)])
    assert told(results_of(context, "ocop_total"))[0][-1] == left


def test_where_nothing_is_left_of_a_plan_no_column_says_so(package):
    context = world(package, [target("2021-2025", 2000.0)], [figure("2019-2023", 2400.0)])
    assert [column.key for column in results_of(context, "ocop_total").columns][-1] == "since_shown"


@pytest.mark.parametrize(
    ("indicator", "said", "shown"),
    [
        ("supporting_firms", figure("2023-11", 900.0, low=900.0), "over 900 (November 2023)"),
        ("energy_awards", figure("2021-2023", 12.0), "12 (2021–2023)"),
        ("exports", figure("2023", 2e10, high=2e10, status="estimate"), "nearly USD 20 billion (estimate)"),
        ("ocop_total", figure("2019-01-01/2023-11-10", 3463.0), "3,463 (2019 to 10 November 2023)"),
        (
            "fdi_registered",
            figure("2023", 2e9, status="to_date", known_on="2023-11-10"),
            "USD 2 billion (to 10 November 2023)",
        ),
    ],
)
def test_a_result_is_told_with_what_its_source_leaves_open(package, indicator, said, shown):
    known = pd.Timestamp(said.pop("known_on", None))
    unit = package.row("indicators", indicator)["unit"]
    context = world(package, [], [said | {"indicator_id": indicator, "unit": unit, "known_on": known}])
    assert told(results_of(context, indicator))[0][1] == shown


def test_a_count_of_a_part_of_the_year_is_no_change_from_a_whole_year(package):
    counted = figure("2023", 2e9, status="to_date", known_on=pd.Timestamp("2023-11-10"))
    rows = [one | {"indicator_id": "fdi_registered", "unit": "usd"} for one in (figure("2022", 4e9), counted)]
    table = results_of(world(package, [], rows), "fdi_registered")
    assert [column.key for column in table.columns] == ["indicator_id", "done_shown", "before_shown"]


def test_a_plan_is_told_with_both_ends_of_its_range_and_without_one_the_table_is_of_results(package):
    wanted = target("2023", float("nan"), low=2400.0, high=2600.0, reading="at_least_low_stretch_high")
    planned, alone = (
        results_of(world(package, goals, [figure("2019-2023", 2500.0)]), "ocop_total") for goals in ([wanted], [])
    )
    assert told(planned)[0][1] == "2,400–2,600"
    assert [planned.caption, alone.caption] == ["Plan and results of 2023", "Results of 2023"]


def test_a_plan_that_is_due_and_has_no_figure_is_named_with_its_period_and_what_it_wants(package):
    wanted = [
        target("2023", 2400.0, low=2400.0),
        target("2021-2025", 3000.0, indicator_id="ocop_recognised", kind="cumulative"),
        target("2023", 90.0, indicator_id="craft_villages_recognised", unit="villages", scope="other_definition"),
    ]
    assert silent(world(package, wanted), "ocop_total", "ocop_recognised", "craft_villages_recognised") == [
        ["OCOP products recognised so far", "2023", "over 2,400"],
        ["Recognised craft villages (another definition)", "2023", "90"],
    ]


def test_a_target_without_a_figure_is_named_also_where_another_period_of_its_indicator_has_one(package):
    wanted = {"indicator_id": "green_energy_establishments", "unit": "establishments"}
    goals = [
        target("2023", 70.0, **wanted, kind="flow", path="per_period"),
        target("2021-2023", 330.0, **wanted, kind="cumulative"),
    ]
    context = world(package, goals, [figure("2021-2023", 330.0, **wanted)])
    assert silent(context, wanted["indicator_id"]) == [["Establishments with the Green Energy title", "2023", "70"]]


@pytest.mark.parametrize(
    ("goals", "rows"),
    [
        ([], [["Booths at the Hanoi Gift Show", "2023", "400"]]),
        (
            [target("2023", 5.0, indicator_id="ocop_five_star", unit="products")],
            [["OCOP: five stars", "2023", "5", "target"], ["Booths at the Hanoi Gift Show", "2023", "400", "plan"]],
        ),
    ],
)
def test_what_was_announced_and_is_no_target_is_told_apart_from_targets_where_there_are_any(package, goals, rows):
    booths = {"indicator_id": "gift_show_booths", "unit": "booths", "status": "plan"}
    context = world(package, goals, [figure("2023", 400.0, **booths)])
    assert silent(context, *(goal["indicator_id"] for goal in goals), booths["indicator_id"]) == rows


def test_a_share_of_several_years_stands_beside_its_plan_or_the_limit_that_it_is_to_keep(package):
    losses, saved = ({"indicator_id": name, "unit": "percent"} for name in ("power_loss_rate", "energy_saved_rate"))
    goals = [
        target("2021-2023", 4.0, **losses, kind="share", reading="at_most"),
        target(
            "2021-2023", float("nan"), low=5.0, high=7.0, **saved, kind="share", reading="at_least_low_stretch_high"
        ),
    ]
    done = [figure("2021-2023", 3.4, **losses), figure("2021-2023", 8.26, **saved)]
    table = results_of(world(package, goals, done), "power_loss_rate", "energy_saved_rate")
    assert [row[1:] for row in told(table)] == [
        ["at most 4% for 2021–2023", "3.4%"],
        ["5–7% for 2021–2023", "8.26%"],
    ]


def test_two_bounds_give_no_growth(package):
    revenue = {"indicator_id": "craft_village_revenue", "unit": "vnd"}
    done = [figure(year, value, low=value, **revenue) for year, value in (("2022", 22e12), ("2023", 24e12))]
    table = results_of(world(package, [], done), "craft_village_revenue")
    assert "change" not in [column.key for column in table.columns]


@pytest.mark.parametrize(
    ("third", "lines"),
    [
        (
            {"status": "to_date", "known_on": "2023-11-10"},
            [
                "Content\tResult (to 10 November 2023)",
                "Courses on cleaner production\t5",
                "Craft-transfer classes\t7",
                "Rural jobs created\t9",
            ],
        ),
        (
            {},
            [
                "Content\tResult",
                "Courses on cleaner production\t5 (to 10 November 2023)",
                "Craft-transfer classes\t7 (to 10 November 2023)",
                "Rural jobs created\t9",
            ],
        ),
    ],
)
def test_a_day_that_all_results_share_is_told_in_the_heading_else_beside_its_figure(package, third, lines):
    counted = {"status": "to_date", "known_on": "2023-11-10"}
    figures = [
        figure("2023", 5.0, indicator_id="cp_courses", unit="courses", **counted),
        figure("2023", 7.0, indicator_id="craft_classes", unit="classes", **counted),
        figure("2023", 9.0, indicator_id="rural_jobs", unit="jobs", **third),
    ]
    table = results_of(world(package, [], figures), "cp_courses", "craft_classes", "rural_jobs")
    assert plain(table.text()).splitlines()[1:] == lines


def test_a_plan_over_several_years_is_shown_with_its_years(package):
    wanted = {"indicator_id": "rural_jobs", "unit": "jobs", "kind": "cumulative"}
    context = world(package, [target("2021-2025", 50000.0, **wanted)])
    assert told(results_of(context, "rural_jobs"))[0][1] == "50,000 for 2021–2025"


@pytest.mark.parametrize(
    "name", ["establishments_supported", "rural_jobs", "rural_industry_projects", "vocational_courses"]
)
def test_what_a_department_did_in_one_period_is_not_the_total_since_the_plan_began(package, name):
    unit = {"indicator_id": name, "unit": package.row("indicators", name)["unit"]}
    plan = target("2021-2025", 10000.0, **unit, kind="cumulative")
    known = world(package, [plan], [figure("2023", 51.0, **unit)]).known
    (row,) = period_results(known, (name,), period="2023").itertuples()
    assert (row.done, row.since_start, row.left, row.rate) == (51.0, None, None, None)
