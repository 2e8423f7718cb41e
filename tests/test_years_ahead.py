"""What targets to come ask of each year, as readers see it beside the pace so far."""

from __future__ import annotations

import pytest
from worlds import figure, target, world

from builders import plain
from promotion_book.report.chapters.years_ahead import yearly_table


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (3100.0, ["300 more a year; growth of 11.4%", "3,500 by 2025, at the pace of 2022–2023: enough"]),
        (4000.0, ["750 more a year; growth of 26.5%", "3,500 by 2025, at the pace of 2022–2023: not enough"]),
        (2000.0, ["nothing more: the last figure reaches it", "3,500 by 2025, at the pace of 2022–2023: enough"]),
    ],
)
def test_each_year_from_now_is_told_beside_the_pace_so_far(package, wanted, told):
    done = [figure("2019-2022", 2000.0), figure("2019-2023", 2500.0)]
    table = yearly_table(world(package, [target("2025", wanted)], done))
    cells = plain(table.text()).splitlines()[2].split("\t")
    assert cells[2:] == ["2,500 in 2023", *told]


def test_what_the_pace_misses_is_not_written_like_the_target(package):
    done = [figure("2019-2022", 2000.0), figure("2019-2023", 2499.9)]
    table = yearly_table(world(package, [target("2025", 3500.0)], done))
    assert plain(table.text()).splitlines()[2].split("\t")[-1] == "3,499 by 2025, at the pace of 2022–2023: not enough"


@pytest.mark.parametrize(
    ("wanted", "needed"),
    [
        (80.0, "5 percentage points more a year"),
        (72.0, "1 percentage point more a year"),
        (92.0, "11 percentage points more a year"),
    ],
)
def test_what_a_share_must_gain_is_told_in_percentage_points_and_not_as_growth(package, wanted, needed):
    rate = {"indicator_id": "trained_labour_rate", "unit": "percent"}
    figures = [figure(year, value, **rate) for year, value in (("2022", 60.0), ("2023", 70.0))]
    table = yearly_table(world(package, [target("2025", wanted, kind="share", **rate)], figures))
    assert plain(table.text()).splitlines()[2].split("\t")[3] == needed


@pytest.mark.parametrize(
    ("bound", "beyond", "needed"),
    [
        ({"low": 900.0}, {}, "at most 50 more a year; growth of 5.5%"),
        ({"high": 900.0}, {}, "at least 50 more a year; growth of 5.4%"),
        ({"low": 900.0, "high": 900.0}, {}, "50 more a year; growth of 5.4%"),
        ({}, {"low": 1000.0}, "at least 50 more a year; growth of 5.4%"),
        ({"high": 900.0}, {"low": 1000.0}, "at least 50 more a year; growth of 5.4%"),
        ({"low": 900.0}, {"low": 1000.0}, "from over 900 to over 1,000"),
    ],
)
def test_the_need_of_a_year_is_a_bound_where_it_is_one_and_no_number_from_a_bound_to_a_bound(
    package, bound, beyond, needed
):
    firms = {"indicator_id": "supporting_firms", "unit": "firms"}
    goal, done = target("2025", 1000.0, **beyond, **firms), figure("2023", 900.0, **bound, **firms)
    assert plain(yearly_table(world(package, [goal], [done])).text()).splitlines()[2].split("\t")[3] == needed


def test_a_figure_of_a_part_of_the_year_is_told_with_its_month_and_two_statements_have_a_row_each(package):
    firms = {"indicator_id": "supporting_firms", "unit": "firms"}
    goals = [
        target("2025", value, source_id=source, **firms)
        for value, source in ((1000.0, "seed_002"), (999.0, "seed_000"))
    ]
    table = yearly_table(world(package, goals, [figure("2023-10", 900.0, **firms)]))
    told = {line.split("\t")[2] for line in plain(table.text()).splitlines()[2:4]}
    stated = "Sources that state a target differently have a row each."
    assert (told, stated in table.note) == ({"900 in October 2023"}, True)


def test_a_target_that_is_a_range_has_one_row_from_end_to_end(package):
    wanted = {"low": 3100.0, "high": 4000.0, "reading": "at_least_low_stretch_high"}
    done = [figure("2019-2022", 2000.0), figure("2019-2023", 2500.0)]
    table = yearly_table(world(package, [target("2025", float("nan"), **wanted)], done))
    assert plain(table.text()).splitlines()[2].split("\t")[2:] == [
        "2,500 in 2023",
        "300–750 more a year; growth of 11.4–26.5%",
        "3,500 by 2025, at the pace of 2022–2023: enough for the lower end",
    ]


def test_a_target_without_a_figure_says_so(package):
    both = [target("2025", 3000.0), target("2025", 900.0, indicator_id="rural_jobs", unit="jobs")]
    table = yearly_table(world(package, both, [figure("2019-2023", 2500.0)]))
    (told,) = [line for line in plain(table.text()).splitlines()[2:] if "900" in line]
    assert told.split("\t")[2] == "no published figure that fits was found"


def test_targets_of_which_none_has_a_figure_or_asks_something_of_each_year_say_so_once(package):
    fairs = {"indicator_id": "export_fairs", "unit": "fairs", "kind": "flow", "path": "per_period"}
    table = yearly_table(world(package, [target("2025", 3000.0), target("2025", 2.0, **fairs)]))
    assert [table.caption, table.note, [column.key for column in table.columns]] == [
        "Targets to come",
        "No published figure that fits was found, so what is still needed each year cannot be computed.",
        ["target", "wanted_shown"],
    ]


def test_the_last_figure_of_what_is_wanted_anew_is_told_with_its_own_year(package):
    jobs = {"indicator_id": "rural_jobs", "unit": "jobs"}
    wanted = target("2025", 900.0, kind="flow", path="per_period", **jobs)
    table = yearly_table(world(package, [wanted], [figure("2021", 700.0, **jobs)]))
    assert plain(table.text()).splitlines()[2].split("\t")[2] == "700 in 2021"


@pytest.mark.parametrize(
    ("wanted", "needed"),
    [
        (target("2024-2025", 7.0, kind="cumulative"), "3.5 a year"),
        (target("2024-2025", 1.0, low=1.0, kind="cumulative"), "at least 0.5 a year"),
        (target("2024-2025", 3.0, kind="flow", path="per_period"), "–"),
    ],
    ids=["a total", "a total that is more than that", "every year anew"],
)
def test_what_is_needed_each_year_is_told_where_it_says_more_than_the_target(package, wanted, needed):
    fairs = {"indicator_id": "export_fairs", "unit": "fairs"}
    both = [wanted | fairs, target("2025", 4000.0)]
    table = yearly_table(world(package, both, [figure("2019-2023", 2500.0)]))
    (told,) = [line.split("\t")[3] for line in plain(table.text()).splitlines()[2:] if "fairs" in line]
    assert told == needed


def test_a_share_of_an_older_year_says_from_when_on_and_a_target_keeps_its_over(package):
    rate = {"indicator_id": "trained_labour_rate", "unit": "percent"}
    wanted = target("2025", 80.0, kind="share", low=80.0, **rate)
    table = yearly_table(world(package, [wanted], [figure("2021", 70.0, **rate)]))
    cells = plain(table.text()).splitlines()[2].split("\t")
    assert cells[1:] == [
        "over 80%; VOV, 2020",
        "70% in 2021",
        "at least 2.5 percentage points more a year, from 2021 on",
    ]
    assert "pace" not in table.note


def test_a_total_is_told_so_far_from_its_first_year_on(package):
    jobs = {"indicator_id": "rural_jobs", "unit": "jobs"}
    wanted = target("2021-2025", 900.0, kind="cumulative", **jobs)
    table = yearly_table(world(package, [wanted], [figure("2021", 300.0, **jobs)]))
    assert plain(table.text()).splitlines()[2].split("\t")[2:] == ["300 so far", "150 a year"]


def test_without_a_target_to_come_the_table_says_until_when_none_was_public(package):
    assert yearly_table(world(package, [])).empty == "No target still to come was public by 31 March 2024."


def test_a_limit_to_come_is_named_below_what_other_targets_ask(package):
    losses, saved = ({"indicator_id": name, "unit": "percent"} for name in ("power_loss_rate", "energy_saved_rate"))
    goals = [target("2030", 3.0, **losses, kind="share", reading="at_most"), target("2030", 5.0, **saved, kind="share")]
    table = yearly_table(world(package, goals))
    assert len(table.frame) == 1
    told = "A limit asks for nothing to be added and has no row; a figure above it must fall (Losses of electricity in the grid (2030): at most 3%)."
    assert table.note.endswith(told)
