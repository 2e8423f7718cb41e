"""The workbook of an edition: every table of the book, readable for people, screen readers and programs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from builders import ENGLISH
from folders import ROOT, run_cells
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.report.tables_file import PageTable, read_page_tables, table_record
from promotion_book.site.about import About
from promotion_book.site.copies.workbook import write_workbook
from promotion_book.words.sheets import sheet_name

ABOUT = About(
    title="Industrial promotion in Hanoi, 2025",
    place="Hanoi",
    period="2025",
    known="Figures public by 31 March 2026.",
    revision="Revision r1, published on 24 November 2026.",
    published=date(2026, 11, 24),
    author="The report book",
    citation="The report book, Industrial promotion in Hanoi, 2025, r1.",
)


def dollars(value: float) -> str:
    return f"USD\N{NO-BREAK SPACE}{value / 1e6:.0f}\N{NO-BREAK SPACE}million"


def table(**changes) -> Table:
    shown = (
        Column("year", "Year"),
        Column("exports", "Exports", dollars, number=True),
        Column("share", "Share", lambda share: f"{100 * share:.1f}%", number=True),
    )
    rows = [{"year": "2018", "exports": 192e6, "share": 0.24}, {"year": "2019", "exports": None, "share": 0.1618}]
    return Table("exports", "Exports of crafts", columns=shown, frame=as_frame(rows), **changes)


def paged(made: Table, *sources: str) -> PageTable:
    return PageTable(
        table_record(made, sources), "crafts", "Handicraft exports", f"notebooks/results/crafts/{made.name}.csv"
    )


def opened(*tables: PageTable, about: About = ABOUT) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_workbook(about, tables, words=ENGLISH)))


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def said(sheet: Worksheet) -> list[object]:
    return [row[0] for row in rows(sheet)]


def headings(sheet: Worksheet) -> list[str]:
    (found,) = sheet.tables.values()
    return [column.name for column in found.tableColumns]


def area(sheet: Worksheet) -> list[tuple[object, ...]]:
    (found,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[found.ref]]


def test_the_cover_says_what_the_edition_is():
    assert said(opened()["Cover"])[:9] == [
        "Industrial promotion in Hanoi, 2025",
        "Place: Hanoi",
        "Period: 2025",
        "Figures public by 31 March 2026.",
        "Revision r1, published on 24 November 2026.",
        "Made by: The report book",
        "Licence: Creative Commons Attribution 4.0 (CC BY 4.0),",
        "https://creativecommons.org/licenses/by/4.0/",
        "How to cite: The report book, Industrial promotion in Hanoi, 2025, r1.",
    ]


def test_the_cover_names_the_corrections():
    about = replace(ABOUT, corrections=("Correction of 24 November 2026. Counted twice.",))
    assert said(opened(about=about)["Cover"])[5] == "Correction of 24 November 2026. Counted twice."


def test_the_properties_tell_title_maker_language_and_the_day_of_publication():
    found = opened().properties
    assert (found.title, found.creator, found.language, found.created, found.modified) == (
        "Industrial promotion in Hanoi, 2025",
        "The report book",
        "en",
        datetime(2026, 11, 24),
        datetime(2026, 11, 24),
    )


def test_the_contents_list_every_sheet_with_its_page():
    assert area(opened(paged(table()))["Contents"]) == [
        ("Sheet", "What it holds", "Page of the report"),
        ("Notes", "How to read the sheets", "–"),
        ("1 Exports of crafts", "Exports of crafts", "Handicraft exports"),
    ]


def test_the_contents_lead_to_every_sheet():
    book = opened(paged(table()))
    links = [row[0].hyperlink.location for row in book["Contents"].iter_rows(min_row=4)]
    assert links == ["'Notes'!A1", "'1 Exports of crafts'!A1"]


def test_the_notes_explain_every_sign():
    assert [row[0] for row in area(opened()["Notes"])] == [
        "Sign or heading",
        "–",
        "Text",
        "…, as number",
        "Value, low end and high end, as number",
        "Unit",
        "… in the CSV",
        "Percentages",
        "Decimals",
        "CSV",
    ]


def test_a_sheet_has_title_note_sources_and_then_the_table():
    assert rows(opened(paged(table(note="Not audited."), "A, 2020", "B, 2021"))["1 Exports of crafts"]) == [
        ("Exports of crafts", None, None, None),
        ("Page of the report: Handicraft exports", None, None, None),
        ("Not audited.", None, None, None),
        ("Sources: A, 2020; B, 2021.", None, None, None),
        ("CSV: notebooks/results/crafts/exports.csv", None, None, None),
        ("Contents", None, None, None),
        ("Year", "Exports", "Share", "Exports, as number"),
        ("2018", "USD 192 million", 0.24, 192000000),
        ("2019", "–", 0.1618, "–"),
    ]


def test_a_table_is_marked_up_as_one_with_a_title():
    sheet = opened(paged(table()))["1 Exports of crafts"]
    (found,) = sheet.tables.values()
    assert (found.ref, found.headerRowCount, found.autoFilter, headings(sheet)) == (
        "A5:D7",
        1,
        None,
        ["Year", "Exports", "Share", "Exports, as number"],
    )


def test_no_cell_is_merged_and_the_text_of_a_table_is_wrapped():
    sheet = opened(paged(table()))["1 Exports of crafts"]
    assert list(sheet.merged_cells.ranges) == []
    assert {cell.alignment.wrap_text for row in sheet["A5:B7"] for cell in row} == {True}


def test_numbers_and_their_headings_stand_apart_from_the_text_beside_them():
    sheet = opened(paged(table()))["1 Exports of crafts"]
    looks = [(cell.alignment.horizontal, cell.alignment.indent) for cell in (*sheet["C5:C7"][0], *sheet["D"][4:])]
    assert set(looks) == {("right", 1)}


def test_what_stands_above_a_table_fills_lines_and_no_narrow_column():
    made = paged(replace(table(note="word " * 40)))
    sheet = opened(made)["1 Exports of crafts"]
    across = sum(sheet.column_dimensions[letter].width for letter in "ABC")
    lines = said(sheet)[2:5]
    assert " ".join(lines) == ("word " * 40).strip()
    assert across / 2 < len(lines[0]) < across


def test_on_paper_a_sheet_has_the_columns_of_the_page_and_not_the_numbers_behind_them():
    sheet = opened(paged(table()))["1 Exports of crafts"]
    assert sheet.print_area == "'1 Exports of crafts'!$A$1:$C$7"


def test_columns_are_narrow_enough_to_be_read_on_a_page():
    columns = tuple(Column(f"c{n}", f"Column {n}", str) for n in range(9))
    made = Table("t", "T", columns=columns, frame=as_frame([{column.key: "word " * 20 for column in columns}]))
    sheet = opened(paged(made))["1 T"]
    assert sum(column.width for column in sheet.column_dimensions.values()) <= 220


def test_where_room_is_short_columns_share_it_by_how_much_text_they_hold():
    columns = tuple(Column(f"c{n}", f"C{n}", str) for n in range(4))
    rows = [{"c0": "word " * 11, "c1": "word " * 11, "c2": "word " * 11, "c3": "2018"} for _ in range(10)]
    made = Table("t", "T", columns=columns, frame=as_frame([*rows, rows[0] | {"c3": "word " * 9}]))
    sheet = opened(paged(made))["1 T"]
    assert [round(sheet.column_dimensions[letter].width) for letter in "AD"] == [48, 18]


def test_a_table_for_programs_is_left_to_its_csv():
    made = Table("codes", "Codes", frame=as_frame([{"indicator_id": "jobs", "low": 7}]), raw=("indicator_id", "low"))
    assert opened(paged(made)).sheetnames == ["Cover", "Contents", "Notes"]


def test_a_row_is_as_high_as_its_text_and_a_sheet_lies_across_one_page_wide_with_its_headings_on_each():
    column = Column("a", "A", str)
    made = Table("t", "T", columns=(column,), frame=as_frame([{"a": "one"}, {"a": "word " * 100}]))
    sheet = opened(paged(made))["1 T"]
    (found,) = sheet.tables.values()
    assert found.ref == "A5:A7"
    heights = [sheet.row_dimensions[row].height for row in (5, 6, 7)]
    assert heights == [None, None, 15 * 7]  # the usual height is not written
    setup = (sheet.page_setup.orientation, int(sheet.page_setup.paperSize), int(sheet.page_setup.fitToHeight))
    assert (*setup, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", 9, 0, True)
    assert sheet.print_title_rows == "$5:$5"


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("Exports of crafts", "Table 3.2 Exports of crafts"),
        ("Exports of crafts, source by source", "Table 3.2 Exports of crafts"),
        ("Villages with a craft and recognised villages, by district", "Table 3.2"),
    ],
)
def test_a_sheet_is_called_by_the_number_of_the_report_and_what_of_its_caption_is_whole(caption, name):
    numbered = paged(replace(table(), caption=caption))
    book = opened(replace(numbered, record={**numbered.record, "number": "Table 3.2"}))
    assert (book.sheetnames[3], said(book.worksheets[3])[0][:10]) == (name, "Table 3.2.")


def figures(page: str, *values: int | None) -> PageTable:
    """All figures of a page; the last has no number."""
    frame = as_frame([{"figure": str(value), "value": value} for value in values])
    made = Table(
        "all_figures", "All figures of this page", columns=(Column("figure", "Figure"),), frame=frame, raw=("value",)
    )
    record = table_record(made, [], units=["jobs"] * len(values))
    return PageTable(record, page, page, f"notebooks/results/{page}/all_figures.csv")


def test_the_figures_of_all_pages_are_on_one_sheet_with_their_units():
    book = opened(figures("crafts", 7, 8), paged(table()), figures("ocop", 9))
    assert book.sheetnames[3:] == ["1 All figures", "2 Exports of crafts"]
    assert area(book["1 All figures"]) == [
        ("Page of the report", "Figure", "Unit", "Value, as number"),
        ("crafts", "7", "jobs", 7),
        ("crafts", "8", "jobs", 8),
        ("ocop", "9", "jobs", 9),
    ]


def test_the_numbers_of_a_figure_have_its_title_and_below_it_what_is_drawn():
    about = {"caption": "Exports fell, as in 2018", "subtitle": "Exports of crafts", "alt": "Chart: Exports."}
    record = table_record(table(), [], number="Figure 3.1", **about)
    book = opened(PageTable(record, "crafts", "Handicraft exports", "exports.csv"))
    assert area(book["Contents"])[2] == ("Figure 3.1", "Figure 3.1. Exports fell, as in 2018", "Handicraft exports")
    assert said(book["Figure 3.1"])[:3] == [
        "Figure 3.1. Exports fell, as in 2018",
        "Page of the report: Handicraft exports",
        "Exports of crafts",
    ]


def test_a_table_that_many_pages_have_is_called_in_a_word_or_two():
    named = replace(table(), name="targets", caption="Targets")
    assert opened(paged(named)).sheetnames[3:] == ["1 Status"]


def test_headings_stay_in_sight_where_what_stands_above_them_leaves_room():
    book = opened(paged(table()), paged(replace(table(note="word " * 500), name="long", caption="Long")))
    assert [sheet.freeze_panes for sheet in book.worksheets[3:]] == ["B6", "B1"]


def test_a_table_without_rows_says_so():
    assert said(opened(paged(replace(table(), frame=as_frame([]))))["1 Exports of crafts"])[-2:] == [
        "The table has no rows in this edition.",
        "Contents",
    ]


def test_the_same_tables_give_the_same_bytes():
    assert write_workbook(ABOUT, [paged(table())], words=ENGLISH) == write_workbook(
        ABOUT, [paged(table())], words=ENGLISH
    )


def test_nothing_of_the_moment_is_in_the_file():
    with ZipFile(io.BytesIO(write_workbook(ABOUT, [paged(table())], words=ENGLISH))) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.parametrize(
    ("number", "caption", "name"),
    [
        (1, "Exports", "1 Exports"),
        (12, "Share of key products in output", "12 Share of key products in…"),
        (2, "Sources: A/B [1]?", "2 Sources A B 1"),
        (3, "People's committee", "3 People s committee"),
    ],
)
def test_a_sheet_has_a_short_name_that_a_spreadsheet_takes(number, caption, name):
    assert sheet_name(number, caption) == name


def test_every_table_of_a_chapter_is_whole_and_every_figure_is_there_as_a_number(tmp_path, monkeypatch, sketched):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(ROOT / "data"))
    monkeypatch.chdir(tmp_path)
    run_cells(ROOT / "notebooks/programme.ipynb")
    files = {"notebooks/results/training.tables.json": Path("results/training.tables.json").read_bytes()}
    training = read_page_tables(files, {"notebooks/training": "Training"})
    book = opened(*training)
    for sheet in book.worksheets[1:]:
        held = area(sheet)
        assert [cell for row in held for cell in row if cell in (None, "")] == []
        assert held[0] == tuple(headings(sheet))
        assert len({heading.casefold() for heading in headings(sheet)}) == len(held[0])
    sheet = book["1 All figures"]
    figures = next(one for one in training if one.record["name"] == "all_figures").record
    (values,) = (one["values"] for one in figures["raw"] if one["key"] == "value")
    place = headings(sheet).index("Value, as number")
    assert [row[place] for row in area(sheet)[1:]] == ["–" if value is None else value for value in values]
