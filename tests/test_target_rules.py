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
    ("value", "year", "right"), [("10.0", "2022", True), ("9", "2022", False), ("10", "2021", False)]
)
def test_an_observed_base_that_no_figure_of_its_year_has_is_found(value, year, right):
    targets = [{"base_value": value, "base_year": year, "base_status": "observed", "period": "2025"}]
    told = found(observed_bases_are_figures, targets=targets, observations=[{"value": "10"}])
    assert told == ([] if right else [("targets.csv", 2, "base_value", "base")])


@pytest.mark.parametrize(("part", "cells", "lines"), [("9", {}, []), ("11", {}, [2]), ("11", {"period": "2023"}, [])])
def test_a_target_of_a_whole_that_is_smaller_than_that_of_a_part_is_found(part, cells, lines):
    indicators = [{"indicator_id": "jobs"}, {"indicator_id": "new_jobs", "part_of": "jobs"}]
    rows = [{}, {"target_id": "t2", "indicator_id": "new_jobs", "value": part, **cells}]
    told = found(wholes_are_to_reach_their_parts, targets=rows, indicators=indicators)
    assert told == [("targets.csv", line, "value", "whole") for line in lines]
