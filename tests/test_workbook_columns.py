"""The columns of a sheet: text as a page shows it, and numbers as numbers."""

from __future__ import annotations

from datetime import date

import pytest

from builders import ENGLISH
from promotion_book.report.sources import add_source
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.report.tables_file import table_record
from promotion_book.site.copies.workbook_columns import columns, csv_heading
from promotion_book.words.language import Language
from promotion_book.words.markup import fill

VIETNAMESE = Language("vi", {"{heading}, as number": "{heading}, dạng số"})


def one(column: Column, *values: object, raw: tuple[str, ...] = (), words: Language = ENGLISH) -> dict[str, list]:
    """The columns of the workbook for one column of the page: value and number format by heading."""
    record = table_record(
        Table(
            "t", "T", columns=(column,), frame=as_frame([{column.key: value, "low": 7} for value in values]), raw=raw
        ),
        [],
    )
    return {made.heading: [(cell.value, cell.form) for cell in made.cells] for made in columns(record, words)}


def test_a_text_is_one_column():
    assert one(Column("a", "Standing"), "plan") == {"Standing": [("plan", "")]}


def test_what_stands_below_the_head_of_a_row_is_a_note_in_a_column_of_its_own():
    assert one(Column("a", "Content"), add_source("Fairs", "Of the city."), "Courses") == {
        "Content": [("Fairs", ""), ("Courses", "")],
        "Note": [("Of the city.", ""), ("\N{EN DASH}", "")],
    }


def test_a_number_is_one_column_that_looks_as_on_the_page():
    assert one(Column("a", "Jobs", lambda v: f"{v:,.1f}", number=True), 1350.25) == {"Jobs": [(1350.25, "#,##0.0")]}


def test_a_year_has_no_separators():
    assert one(Column("a", "Year", number=True), 2025) == {"Year": [(2025, "0")]}


def test_a_share_is_a_percentage():
    assert one(Column("a", "Share", lambda v: f"{100 * v:.1f}%"), 0.16234) == {"Share": [(0.16234, "0.0%")]}


def test_a_figure_in_per_cent_is_a_percentage_too():
    assert one(Column("a", "Growth", lambda v: f"{v:.2f}%"), 3.27) == {"Growth": [(pytest.approx(0.0327), "0.00%")]}


def test_a_negative_number_of_the_page_is_a_number():
    assert one(Column("a", "Change", lambda v: f"\N{MINUS SIGN}{-v:.1f}"), -2.34) == {"Change": [(-2.34, "0.0")]}


def test_a_number_with_words_stands_beside_its_text():
    assert one(Column("a", "Ahead", lambda v: f"{v} years"), 2) == {
        "Ahead": [("2 years", "")],
        "Ahead, as number": [(2, "0")],
    }


def test_a_number_that_the_page_shows_as_another_one_stands_beside_its_text():
    assert one(Column("a", "Exports", lambda v: f"{v / 1e6:.0f}"), 192e6) == {
        "Exports": [("192", "")],
        "Exports, as number": [(192000000, "#,##0")],
    }


def test_a_number_that_was_written_before_is_read_in_the_language_of_the_page():
    assert one(Column("a", "Từ", number=True), "1.350,5", words=VIETNAMESE) == {"Từ": [(1350.5, "#,##0.0")]}


def test_a_large_loss_has_separators_as_a_large_gain_has():
    found = one(Column("a", "Left", lambda v: f"{v} dong"), -20_000, 20_000)
    assert found["Left, as number"] == [(-20_000, "#,##0"), (20_000, "#,##0")]


def test_a_share_that_was_written_before_is_a_percentage():
    assert one(Column("a", "Share", number=True), "16.2%") == {"Share": [(pytest.approx(0.162), "0.0%")]}


def test_numbers_that_were_written_before_are_numbers_where_no_other_cell_of_their_column_has_words():
    assert one(Column("a", "Figure", number=True), "7", raw=("a", "low")) == {
        "Figure": [(7, "0")],
        "Low end, as number": [(7, "0")],
    }
    assert one(Column("a", "Figure", number=True), "7", "over 7", raw=("a", "low")) == {
        "Figure": [("7", ""), ("over 7", "")],
        "Low end, as number": [(7, "0"), (7, "0")],
    }


def test_the_unit_of_each_row_stands_before_the_numbers_of_the_csv():
    made = Table(
        "t",
        "T",
        columns=(Column("a", "A"),),
        frame=as_frame([{"a": "x", "low": 7}, {"a": "y", "low": 8}]),
        raw=("low",),
    )
    found = columns(table_record(made, [], units=["jobs", None]), ENGLISH)
    assert [(column.heading, [cell.value for cell in column.cells]) for column in found] == [
        ("A", ["x", "y"]),
        ("Unit", ["jobs", "–"]),
        ("Low end, as number", [7, 8]),
    ]


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        ("low95", "Range of 95%, low end"),
        ("met", "target met"),
        ("hanoi", "Hanoi, as number"),
        ("done", "Result, as number"),
        ("own", "own in the CSV"),
    ],
)
def test_a_number_that_a_page_does_not_show_has_a_heading_in_words(key, heading):
    assert csv_heading(key, {"shown_hanoi": "Hanoi", "done_shown": "Result"}, ENGLISH) == heading


@pytest.mark.parametrize(
    ("value", "form"),
    [(0.1658577994, "0.####"), (-0.0287999999999994, "0.####"), (2.00000001, "0"), (41999.5, "#,##0")],
)
def test_a_number_that_the_page_does_not_show_has_few_decimals(value, form):
    record = table_record(
        Table("t", "T", columns=(Column("a", "A"),), frame=as_frame([{"a": "x", "low": value}]), raw=("low",)), []
    )
    assert [(cell.value, cell.form) for cell in columns(record, ENGLISH)[-1].cells] == [(value, form)]


def test_headings_are_unique_and_not_empty():
    made = Table(
        "t", "T", columns=(Column("a", ""), Column("b", "In all"), Column("c", "IN ALL")), frame=as_frame([{}])
    )
    assert [c.heading for c in columns(table_record(made, []), ENGLISH)] == ["Column 1", "In all", "IN ALL (3)"]


def test_a_cell_of_a_record_has_its_lines_with_its_source_in_brackets_and_what_it_leads_to():
    cell = fill("<b>7</b>\nmore<br>\n{rest}", rest=add_source("Fairs", fill('<a href="s.html#a">A &amp; B</a>')))
    made = Table("t", "T", columns=(Column("n", "N"), Column("a", "A")), frame=as_frame([{"a": cell}]))
    assert table_record(made, [])["rows"][0][1] | {"value": ""} == {
        "text": "7 more\nFairs (A & B)",
        "value": "",
        "links": {"A & B": "s.html#a"},
    }


def test_a_record_holds_numbers_texts_days_and_nothing():
    column = Column("a", "A", lambda v: fill("<b>{v}</b>", v=v))
    values = [2.0, 0.5, "x", date(2026, 3, 31), None]
    record = table_record(Table("t", "T", columns=(column,), frame=as_frame([{"a": value} for value in values])), [])
    assert [row[0]["value"] for row in record["rows"]] == [2, 0.5, "x", "2026-03-31", None]
    assert [row[0]["text"] for row in record["rows"]] == ["2.0", "0.5", "x", "2026-03-31", "–"]
