"""Rows of earlier projections that do not fit each other, the calendar or the indicators are found."""

from __future__ import annotations

import pytest
from small_tables import asked, tables

from promotion_book.facts.rules.vintage_rules import editions_are_those_of_the_calendar, versions_have_no_gap

CALENDAR = [{"period": "2022", "cut_off": "2023-03-31"}]
INDICATORS = [{"indicator_id": "jobs", "limit_low": "0", "limit_high": "100"}]
RANGES = {"low95": "1", "low80": "2", "value": "3", "high80": "8", "high95": "9"}


def findings(*rows):
    """Column and rule of everything that is wrong with rows of earlier projections."""
    made = tables(forecast_vintages=list(rows), release_calendar=CALENDAR, indicators=INDICATORS)
    rules = [*asked("forecast_vintages"), editions_are_those_of_the_calendar, versions_have_no_gap]
    return [(finding.row, finding.column, finding.rule) for rule in rules for finding in rule(made)]


@pytest.mark.parametrize("row", [{}, RANGES, {**RANGES, "low80": "", "high80": ""}])
def test_a_sound_row_is_no_finding(row):
    assert findings(row) == []


@pytest.mark.parametrize(
    ("cells", "column", "rule"),
    [
        ({**RANGES, "high95": "7"}, "value", "range"),
        ({"value": "3", "low95": "1", "high95": "2"}, "value", "range"),
        ({**RANGES, "low80": ""}, "low80", "range"),
        ({"value": "-33"}, "value", "outside-limits"),
        ({"value": "1000"}, "value", "outside-limits"),
        ({**RANGES, "low95": "-1"}, "value", "outside-limits"),
        ({"years_ahead": "2"}, "years_ahead", "years"),
        ({"origin_year": "2024", "target_year": "2025"}, "origin_year", "years"),
        ({"period": "1999"}, "period", "edition"),
        ({"cut_off": "2023-03-30"}, "cut_off", "edition"),
        ({"version": "7"}, "version", "version"),
    ],
)
def test_a_row_that_does_not_fit_is_found(cells, column, rule):
    assert findings(cells) == [(2, column, rule)]


def test_versions_without_a_gap_are_no_finding():
    assert findings({}, {"version": "2", "value": "11"}, {"version": "3"}) == []
