"""Scenarios beside each other without a scenario of a source: what a target still to come asks, and business as usual."""

from __future__ import annotations

from datetime import date

import pytest
from worlds import world

from promotion_book.scenarios.comparison import comparisons


def wants(indicator: str, kind: str, period: str, value: float, **rest: object) -> dict[str, object]:
    return {"indicator_id": indicator, "kind": kind, "period": period, "value": value, "source_id": "seed_002", **rest}


def came(indicator: str, *figures: tuple[str, float]) -> list[dict[str, object]]:
    return [
        {"indicator_id": indicator, "period": year, "value": value, "source_id": "seed_002"} for year, value in figures
    ]


def lines(package, targets, figures, until: date = date(2023, 12, 31)) -> list[tuple[object, ...]]:
    """Name, last year, last value and aim of each line."""
    none = package["scenarios"].iloc[:0]
    found = comparisons(world(package, targets, figures, until=until, scenarios=none).known)
    found["end"] = found["end"].where(found["reason"] == "", found["reason"])
    found["until"] = found["until"].fillna("")
    return [*found[["name", "until", "end", "aim"]].itertuples(index=False, name=None)]


DESIGNS = came("handicraft_new_designs", ("2022", 300.0), ("2023", 400.0))


def test_a_total_of_yearly_amounts_asks_for_an_equal_part_of_what_is_left(package):
    target = wants("handicraft_new_designs", "cumulative", "2022-2025", 1900.0)
    assert lines(package, [target], DESIGNS) == [
        ("required", 2025, 600, 600),
        ("business_as_usual", 2025, 350, None),
    ]


def test_what_is_wanted_every_year_anew_is_required_from_the_next_year_on(package):
    target = wants("handicraft_new_designs", "flow", "2024-2026", 500.0, path="per_period")
    assert lines(package, [target], DESIGNS)[0] == ("required", 2026, 500, 500)


def test_a_rate_of_growth_goes_on_at_its_mean(package):
    target = wants("grdp_growth", "growth", "2025", 8.0, path="per_period")
    figures = came("grdp_growth", ("2021", 3.0), ("2022", 9.0), ("2023", 6.0))
    usual = lines(package, [target], figures)[-1]
    mean = 100 * ((1.03 * 1.09 * 1.06) ** (1 / 3) - 1)
    assert usual == ("business_as_usual", 2025, pytest.approx(mean, abs=1e-6), None)


def test_each_year_that_a_target_names_has_its_path(package):
    targets = [wants("ocop_total", "level", year, value) for year, value in (("2024", 2200.0), ("2026", 2600.0))]
    figures = came("ocop_total", ("2023", 2000.0))
    assert [line[1:3] for line in lines(package, targets, figures)] == [(2024, 2200), (2026, 2600)]


@pytest.mark.parametrize(
    "target",
    [
        wants("ocop_total", "level", "2023", 2600.0),
        wants("ocop_total", "level", "2025", 2600.0, reading="at_most"),
        wants("ocop_total", "level", "2025", 2600.0, scope="all_firms"),
        wants("supporting_firms", "level", "2025", 2600.0),
    ],
    ids=["it is over", "a ceiling", "a narrower scope", "no figure"],
)
def test_other_targets_have_no_scenarios(package, target):
    assert lines(package, [target], came("ocop_total", ("2023", 2000.0))) == []


def test_a_ceiling_beside_a_target_has_no_path_and_a_level_that_is_reached_has_a_reason(package):
    levels = [("2025", 2000.0, "at_least"), ("2026", 2600.0, "at_least"), ("2027", 9000.0, "at_most")]
    targets = [wants("ocop_total", "level", year, value, reading=reading) for year, value, reading in levels]
    assert lines(package, targets, came("ocop_total", ("2023", 2000.0))) == [
        ("required", "", "reached", 2000),
        ("required", 2026, 2600, 2600),
    ]


def test_a_total_of_years_to_come_asks_for_an_equal_part_of_it_in_each_of_them(package):
    target = wants("handicraft_new_designs", "cumulative", "2026-2030", 2500.0)
    assert lines(package, [target], DESIGNS)[0] == ("required", 2030, 500, 500)


def test_a_figure_of_the_last_year_itself_leaves_nothing_to_project(package):
    target, figures = wants("ocop_total", "level", "2023", 2600.0), [("2022-12-31", 1000.0), ("2023-03-31", 2000.0)]
    assert lines(package, [target], came("ocop_total", *figures), until=date(2023, 6, 30)) == []


def test_a_target_of_the_running_year_is_still_to_come_in_the_middle_of_it(package):
    target = wants("ocop_total", "level", "2023", 2600.0)
    figures = came("ocop_total", ("2022", 2000.0))
    assert lines(package, [target], figures, until=date(2023, 6, 30)) == [("required", 2023, 2600, 2600)]
