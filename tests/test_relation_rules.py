"""Rows that lead to themselves, backwards or nowhere are found."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.relation_rules import (
    derivations_are_of_like_indicators,
    facts_are_used_or_left_out,
    keys_tell_the_source_and_the_year,
    nothing_leads_to_itself,
    programmes_have_an_order,
)


def test_a_target_that_replaces_itself_is_found():
    rows = [{"target_id": "a", "superseded_by": "a"}]
    assert found(nothing_leads_to_itself, targets=rows) == [("targets.csv", 2, "superseded_by", "circle")]


def test_a_row_of_which_the_key_is_malformed_leads_nowhere():
    assert found(nothing_leads_to_itself, indicators=[{"indicator_id": ""}]) == []


def test_targets_that_replace_each_other_are_found_and_one_that_leads_into_the_circle_is_not():
    leads = {"a": "b", "b": "c", "c": "a", "d": "a", "e": ""}
    rows = [{"target_id": key, "superseded_by": to} for key, to in leads.items()]
    assert [line for _, line, _, _ in found(nothing_leads_to_itself, targets=rows)] == [2, 3, 4]


@pytest.mark.parametrize("column", ["parent", "predecessor", "successor"])
def test_areas_that_lie_in_each_other_or_follow_each_other_in_a_circle_are_found(column):
    rows = [{"area_id": "a", column: "b"}, {"area_id": "b", column: "a"}]
    assert found(nothing_leads_to_itself, areas=rows) == [("areas.csv", line, column, "circle") for line in (2, 3)]


@pytest.mark.parametrize(
    ("column", "cell"), [("part_of", "jobs"), ("derivation", "total:jobs:2018"), ("derivation", "last:jobs:3")]
)
def test_an_indicator_that_is_part_of_itself_or_derived_from_itself_is_found(column, cell):
    rows = [{"indicator_id": "jobs", column: cell}]
    assert found(nothing_leads_to_itself, indicators=rows) == [("indicators.csv", 2, column, "circle")]


def test_a_fact_that_is_used_and_left_out_is_found():
    rows = {"observations": [{"fact_id": "f1"}], "left_out": [{"fact_id": "f1"}, {"fact_id": "f2"}]}
    assert found(facts_are_used_or_left_out, **rows) == [("left_out.csv", 2, "fact_id", "used")]


@pytest.mark.parametrize(
    ("derivation", "expected"),
    [
        ("total:jobs:2018", []),
        ("total:money:2018", ["unit"]),
        ("sum:jobs:money", ["unit"]),
        ("change:jobs:2018", ["kind"]),
        ("growth:money:2018", []),
        ("growth:rise:2018", ["kind"]),
        ("ratio:jobs:money", []),
    ],
)
def test_a_derivation_of_what_is_counted_otherwise_or_of_another_kind_is_found(derivation, expected):
    parts = [
        {"indicator_id": "jobs"},
        {"indicator_id": "money", "unit": "vnd"},
        {"indicator_id": "rise", "kind": "growth", "unit": "percent"},
    ]
    rows = [*parts, {"indicator_id": "derived", "derivation": derivation}]
    rules = [rule for _, _, _, rule in found(derivations_are_of_like_indicators, indicators=rows)]
    assert rules == expected


@pytest.mark.parametrize(
    ("key", "columns"),
    [
        ("jobs-2022-src_001", []),
        ("jobs-2022-src_002", ["source_id"]),
        ("jobs-2021-src_001", ["period"]),
        ("jobs-2022-h1-gia-lam-src_002", ["source_id"]),
        ("firms-2021-src_002", []),
        ("o1", []),
    ],
)
def test_a_key_that_names_another_source_or_year_than_its_row_is_found(key, columns):
    sources = [{"source_id": "src_001"}, {"source_id": "src_002"}]
    told = found(keys_tell_the_source_and_the_year, sources=sources, observations=[{"observation_id": key}])
    assert [column for _, _, column, _ in told] == columns


def test_a_key_may_be_of_what_was_printed_where_a_correction_mends_it():
    mended = [{"table": "observations", "row_id": "jobs-2021-src_001", "column": "period"}]
    rows = [{"observation_id": "jobs-2021-src_001"}]
    assert found(keys_tell_the_source_and_the_year, observations=rows, corrections=mended) == []


@pytest.mark.parametrize(
    ("positions", "lines"), [(("1", "2", "3", ""), []), (("1", "1", "2", ""), [3]), (("1", "72", "2", ""), [3])]
)
def test_positions_count_the_programmes(positions, lines):
    roles = ("programme", "programme", "context", "rules")
    pairs = enumerate(zip(positions, roles, strict=True))
    rows = [{"programme_id": f"p{n}", "position": position, "role": role} for n, (position, role) in pairs]
    told = found(programmes_have_an_order, programmes=rows)
    assert told == [("programmes.csv", line, "position", "order") for line in lines]
