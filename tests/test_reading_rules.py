"""What a target is said to be elsewhere, and how it can be read, tried on a few rows."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.reading_rules import (
    one_target_in_two_wordings,
    readings_are_several,
)

YEAR = {"period": "2023", "period_start": "2023-01-01", "period_end": "2023-12-31"}
TARGETS = [
    {"target_id": "t1"},
    {"target_id": "of_another_day", **YEAR, "indicator_id": "products"},
    {"target_id": "of_another_area", "area": "vietnam", "indicator_id": "products"},
    {"target_id": "of_the_same", "source_id": "src_002"},
    {"target_id": "tied", "indicator_id": "products", "same_as": "free"},
    {"target_id": "free", "indicator_id": "firms"},
]


@pytest.mark.parametrize(
    ("named", "rule"),
    [
        ("nothing", "dangling-key"),
        ("of_the_same", "dangling-key"),
        ("of_another_day", "same-as"),
        ("of_another_area", "same-as"),
        ("tied", "same-as"),
    ],
)
def test_a_target_is_tied_only_to_another_one_that_ends_with_it_and_is_not_tied_on(named, rule):
    targets = [TARGETS[0] | {"same_as": named}, *TARGETS[1:]]
    assert found(one_target_in_two_wordings, targets=targets) == [("targets.csv", 2, "same_as", rule)]


def test_a_target_may_be_tied_to_one_that_is_free():
    assert found(one_target_in_two_wordings, targets=[TARGETS[0] | {"same_as": "free"}, *TARGETS[1:]]) == []


@pytest.mark.parametrize(
    ("by", "wrong"),
    [
        (["jobs"], [(2, "target_id", "readings")]),
        (["jobs", "jobs_since"], []),
        (["jobs_since", "jobs_since"], [(2, "target_id", "readings"), (3, "target_id", "readings")]),
    ],
)
def test_a_target_is_read_in_several_ways_and_once_by_its_own_indicator(by, wrong):
    readings = [{"target_id": "t1", "indicator_id": name} for name in by]
    assert found(readings_are_several, targets=[{}], readings=readings) == [
        ("readings.csv", line, column, rule) for line, column, rule in wrong
    ]
