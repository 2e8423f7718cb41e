"""Targets that the method does not know, or reads against the wanted direction, are found."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.target_rules import (
    METHOD,
    OF_INDICATOR,
    observed_bases_are_figures,
    total_runs_as_long_as_its_figures,
    wholes_are_to_reach_their_parts,
)

READINGS = ("at_least", "at_most", "maintain", "stay_within", "at_least_low_stretch_high")
PATHS = ("linear", "geometric", "profile", "per_period", "ceiling", "band")


def in_one_row(rule, direction="none", of="flow", **cells):
    """What a rule finds in a target: column and rule."""
    indicators = [{"indicator_id": "jobs", "kind": of, "direction": direction}]
    return [(column, name) for _, _, column, name in found(rule, indicators=indicators, targets=[cells])]


@pytest.mark.parametrize("kind", METHOD)
def test_a_pair_that_the_method_does_not_have_is_found_and_every_other_is_not(kind):
    for reading in READINGS:
        for path in PATHS:
            said = in_one_row(":method", of=OF_INDICATOR[kind][0], kind=kind, reading=reading, path=path)
            readings = METHOD[kind]
            wrong = "reading" if reading not in readings else "path" if path not in readings[reading] else ""
            assert said == ([(wrong, "method")] if wrong else [])


@pytest.mark.parametrize(
    ("kind", "reading", "path", "column"),
    [
        ("cumulative", "maintain", "band", "reading"),
        ("milestone", "at_most", "linear", "reading"),
        ("level", "at_least", "ceiling", "path"),
        ("level", "at_most", "band", "path"),
        ("flow", "at_least", "profile", "path"),
        ("growth", "at_least", "geometric", "path"),
        ("cumulative", "at_most", "profile", "path"),
    ],
)
def test_pairs_without_sense_are_not_in_the_method(kind, reading, path, column):
    cells = {"kind": kind, "reading": reading, "path": path}
    assert in_one_row(":method", of=OF_INDICATOR[kind][0], **cells) == [(column, "method")]


@pytest.mark.parametrize(
    ("kind", "of"), [("level", "growth"), ("growth", "level"), ("share", "level"), ("flow", "growth")]
)
def test_a_kind_that_has_no_sense_for_its_indicator_is_found(kind, of):
    (path, *_) = METHOD[kind]["at_least"]
    cells = {"kind": kind, "reading": "at_least", "path": path}
    assert in_one_row(":method", of=of, **cells) == [("kind", "method")]


@pytest.mark.parametrize(
    ("direction", "reading", "wrong"),
    [
        ("decrease", "at_least", True),
        ("decrease", "at_least_low_stretch_high", True),
        ("increase", "at_most", True),
        ("decrease", "at_most", False),
        ("increase", "at_least", False),
        ("none", "at_most", False),
        ("none", "at_least", False),
        ("maintain", "maintain", False),
        ("decrease", "stay_within", False),
    ],
)
def test_a_reading_against_the_direction_of_the_indicator_is_found(direction, reading, wrong):
    said = in_one_row(":direction", direction=direction, reading=reading)
    assert said == ([("reading", "direction")] if wrong else [])


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"reading": "stay_within", "value": "10", "low": "", "high": "20"}, "low"),
        ({"reading": "at_least_low_stretch_high", "value": "10"}, "low"),
        ({"reading": "at_most", "value": "", "low": "10", "high": "20"}, "reading"),
        ({"reading": "maintain", "value": "", "low": "10", "high": "20"}, "reading"),
        ({"reading": "maintain", "tolerance": "-1"}, "tolerance"),
        ({"reading": "at_least", "tolerance": "1"}, "tolerance"),
    ],
)
def test_a_target_without_what_its_reading_needs_is_found(cells, column):
    assert in_one_row(":range", **cells) == [(column, "range")]


@pytest.mark.parametrize(
    "cells",
    [
        {"reading": "stay_within", "value": "", "low": "0", "high": "20"},
        {"reading": "at_least", "value": "10", "low": "10"},
        {"reading": "maintain", "tolerance": "0"},
    ],
)
def test_a_target_with_what_its_reading_needs_is_fine(cells):
    assert in_one_row(":range", **cells) == []


PLAN = {"kind": "cumulative", "period_start": "2021-01-01", "period_end": "2023-12-31", "period": "2021-2023"}


@pytest.mark.parametrize(
    ("path", "profile", "wrong"),
    [
        ("profile", "1;2;3", False),
        ("linear", "", False),
        ("profile", "1;2", True),
        ("profile", "1;2;3;4", True),
        ("profile", "1;2;three", True),
        ("profile", "1;2;", True),
        ("profile", "1;2;inf", True),
        ("profile", "", True),
        ("linear", "1;2;3", True),
    ],
)
def test_a_plan_has_a_number_for_each_year(path, profile, wrong):
    said = in_one_row(":profile", path=path, profile=profile, **PLAN)
    assert said == ([("profile", "profile")] if wrong else [])


def test_a_plan_has_a_number_for_each_year_since_its_start():
    cells = {
        "path": "profile",
        "profile": "1;2;3",
        "period": "2024",
        "period_end": "2024-12-31",
        "plan_start": "2022-01-01",
    }
    assert in_one_row(":profile", **cells) == []


@pytest.mark.parametrize(
    ("base", "value", "wrong"),
    [
        ("", "10", False),
        ("5", "10", False),
        ("-5", "-10", False),
        ("", "0", True),
        ("0", "10", True),
        ("-5", "10", True),
    ],
)
def test_a_rate_from_or_through_zero_is_found(base, value, wrong):
    said = in_one_row("targets:path:rate", path="geometric", base_value=base, value=value)
    assert said == ([("path", "rate")] if wrong else [])
    assert in_one_row("targets:path:rate", path="linear", base_value=base, value=value) == []


@pytest.mark.parametrize(
    ("kind", "plan_start", "since", "wrong"),
    [
        ("cumulative", "", "2019", True),
        ("cumulative", "2021-01-01", "2019", False),
        ("cumulative", "", "2025", False),
        ("level", "", "2019", False),
        ("flow", "", "2019", False),
    ],
)
def test_a_total_of_one_year_is_found_where_figures_run_over_several(kind, plan_start, since, wrong):
    series = {"indicator_id": "jobs", "area": "hanoi"}
    period = {"period": "2025", "period_start": "2025-01-01", "period_end": "2025-12-31"}
    figure = {"period": f"{since}-2025", "period_start": f"{since}-01-01", "period_end": "2025-12-31"}
    rows = found(
        total_runs_as_long_as_its_figures,
        targets=[series | period | {"kind": kind, "plan_start": plan_start}],
        observations=[series | figure],
    )
    assert [(column, rule) for _, _, column, rule in rows] == ([("kind", "total")] if wrong else [])


@pytest.mark.parametrize(
    ("of", "years", "findings"),
    [("flow", ("2021", "2025"), [("kind", "flow")]), ("flow", ("2025", "2025"), []), ("level", ("2021", "2025"), [])],
)
def test_a_level_of_several_years_is_no_target_of_what_every_year_brings(of, years, findings):
    first, last = years
    period = {"period": "-".join(dict.fromkeys(years)), "period_start": f"{first}-01-01", "period_end": f"{last}-12-31"}
    assert in_one_row(":flow", of=of, kind="level", **period) == findings


@pytest.mark.parametrize(
    ("value", "year", "right"), [("10.0", "2022", True), ("9", "2022", False), ("10", "2021", False)]
)
def test_an_observed_base_that_no_figure_of_its_year_has_is_found(value, year, right):
    targets = [{"base_value": value, "base_year": year, "base_status": "observed", "period": "2025"}]
    told = found(observed_bases_are_figures, targets=targets, observations=[{"value": "10"}])
    assert told == ([] if right else [("targets.csv", 2, "base_value", "base")])


@pytest.mark.parametrize("column", ["base_year", "plan_start", "known_on"])
def test_a_day_that_lies_a_generation_before_the_end_of_a_target_is_found(column):
    rows = [{"period": "2050", column: f"{year}-01-01"[: 4 if column == "base_year" else 10]} for year in (2020, 2019)]
    assert found(":years", targets=rows) == [("targets.csv", 3, column, "years")]


@pytest.mark.parametrize(("tolerance", "right"), [("0", True), ("10", True), ("11", False)])
def test_a_tolerance_that_is_more_than_the_target_is_found(tolerance, right):
    said = in_one_row(":range", reading="maintain", tolerance=tolerance)
    assert said == ([] if right else [("tolerance", "range")])


@pytest.mark.parametrize(("part", "cells", "lines"), [("9", {}, []), ("11", {}, [2]), ("11", {"period": "2023"}, [])])
def test_a_target_of_a_whole_that_is_smaller_than_that_of_a_part_is_found(part, cells, lines):
    indicators = [{"indicator_id": "jobs"}, {"indicator_id": "new_jobs", "part_of": "jobs"}]
    rows = [{}, {"target_id": "t2", "indicator_id": "new_jobs", "value": part, **cells}]
    told = found(wholes_are_to_reach_their_parts, targets=rows, indicators=indicators)
    assert told == [("targets.csv", line, "value", "whole") for line in lines]
