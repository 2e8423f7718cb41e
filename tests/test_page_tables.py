"""The tables of a book as they are read: each with its page and its CSV, in the order of the pages."""

from __future__ import annotations

import json

import pytest

from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.report.tables_file import read_page_tables, table_record

RECORD = table_record(
    Table("exports", "Exports", columns=(Column("year", "Year"),), frame=as_frame([{"year": "2018"}])), []
)


def test_tables_of_a_book_come_in_the_order_of_its_pages():
    made = json.dumps({"tables": [RECORD]}).encode("utf-8")
    names = ("notebooks/results/a.tables.json", "notebooks/b/fast/results/b.tables.json")
    found = read_page_tables(
        dict.fromkeys(names, made), {"notebooks/b/fast/index": "Fast", "book/x": "X", "notebooks/a": "A"}
    )
    assert [(one.page, one.csv) for one in found] == [
        ("Fast", "notebooks/b/fast/results/b/exports.csv"),
        ("A", "notebooks/results/a/exports.csv"),
    ]


def test_a_table_that_the_start_page_shows_is_of_that_page():
    made = json.dumps({"tables": [RECORD, RECORD | {"name": "others"}]}).encode()
    files = {"notebooks/results/a.tables.json": made, "book/index.html": b'<div id="table-exports">'}
    found = read_page_tables(files, {"book/index": "Start", "notebooks/a": "A"})
    assert [(one.record["name"], one.page) for one in found] == [("exports", "Start"), ("others", "A")]


def test_tables_without_a_page_are_refused():
    with pytest.raises(ValueError, match=r"notebooks/results/a\.tables\.json: no page of the book left it"):
        read_page_tables({"notebooks/results/a.tables.json": b""}, {"notebooks/b": "B"})
