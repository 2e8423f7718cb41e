"""Each rule of the table on single rows finds the cells that break it, and not those beside them that do not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from record_row_cases import RECORD_CASES
from row_cases import AREAS, CASES, Cells, of, year
from small_tables import HANOI, asked, found, tables

from promotion_book.facts.reader import load
from promotion_book.facts.rules import DERIVED, Tables
from promotion_book.facts.rules.row_rules import NAMES
from promotion_book.facts.schema import TABLES

TODAY = date(2026, 11, 28)
CURRENCIES = {
    "units": [{"unit_id": name, "dimension": "money"} for name in ("usd", "vnd")],
    "indicators": [{"indicator_id": "whole", "unit": "vnd"}],
}


def tried(which: int) -> list[Any]:
    """Rule, row and other tables: of the rows that break a rule, or of those that do not."""
    return [(rule, row, case[2]) for rule, case in (CASES | RECORD_CASES).items() for row in case[which]]


def is_found(rule: str, row: Cells, others: dict[str, list[Cells]]) -> bool:
    table, column, name = rule.split(":")
    rows = [*others.get(table, []), row]
    said = found(rule, TODAY, **{**others, table: rows})
    return (f"{table}.csv", len(rows) + 1, column, name) in said


@pytest.mark.parametrize(("rule", "row", "others"), tried(0))
def test_a_row_that_breaks_a_rule_is_found(rule, row, others):
    assert is_found(rule, row, others)


@pytest.mark.parametrize(("rule", "row", "others"), tried(1))
def test_a_row_that_breaks_no_rule_is_not_found(rule, row, others):
    assert not is_found(rule, row, others)


def test_money_in_one_currency_is_no_part_of_money_in_another():
    assert is_found("indicators:part_of:unit", {"unit": "usd", "part_of": "whole"}, CURRENCIES)
    assert not is_found("indicators:part_of:unit", {"unit": "vnd", "part_of": "whole"}, CURRENCIES)


def test_what_should_rise_is_not_wanted_at_most():
    directions = {"increase": True, "none": False, "maintain": False}
    rows = {way: is_found("targets:reading:direction", {"reading": "at_most"}, of(direction=way)) for way in directions}
    assert rows == directions


def test_a_figure_of_an_area_that_ended_is_noted():
    (rule,) = asked("observations:area:ended")
    (noted,) = rule(tables(observations=[year(2025, area="district")], **AREAS))
    assert (noted.note, noted.allowed) == (True, "a figure up to 2025-06-30, the last day of the area")


def test_what_a_period_may_be_is_said_once():
    (rule,) = asked("observations:period:period")
    (finding,) = rule(tables(observations=[{"period": "9999"}]))
    assert (finding.found, str(finding).count("2024-H1")) == ("period '9999' does not exist", 1)


def test_each_rule_can_be_told_of_a_row_whether_it_breaks_it_or_not():
    hanoi = Tables(load(HANOI).texts)
    for rule in asked(":"):
        row = hanoi.rows(rule.table)[0]
        row["cell"] = row[rule.column]
        rule.finding(row)


def test_no_column_hides_what_the_rules_call_by_its_name():
    columns = {name for table in TABLES.values() for name in table.names}
    assert columns & {*NAMES, *DERIVED, "cell"} == set()
