"""The table of rules on single rows names nothing that a row does not have."""

from __future__ import annotations

from small_tables import HANOI, asked

from promotion_book.facts.reader import load
from promotion_book.facts.rules import DERIVED, Tables
from promotion_book.facts.rules.row_rules import NAMES
from promotion_book.facts.schema import TABLES


def test_each_rule_can_be_asked_and_told_of_a_row_whether_it_breaks_it_or_not():
    tables = Tables(load(HANOI).texts)
    for rule in asked(":"):
        row = tables.rows(rule.table)[0]
        row["cell"] = row[rule.column]
        rule.finding(row)
    assert {rule.table for rule in asked(":")} <= TABLES.keys()


def test_no_column_hides_what_the_rules_call_by_its_name():
    columns = {name for table in TABLES.values() for name in table.names}
    assert columns & {*NAMES, *DERIVED, "cell"} == set()
