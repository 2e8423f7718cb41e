"""What stands in the rows of a sheet, and which of its cells are refused, without a command around it."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from promotion_book.intake.mapping import SheetMapping
from promotion_book.intake.sheet_rows import SheetReader, read_sheet
from promotion_book.words.language import Language

ROWS = (
    ("Report", None, None, None),
    ("Content", "Unit", "Done", "Note"),
    ("ocop_total", "products", 15, "Counted."),
    ("I. Sales", None, None, "In what follows."),
    ("kip_recognised", "products", 40, None),
)
COLUMNS = {"code": "Content", "done": "Done", "note": "=D"}


def reader(package, mapping: dict[str, object] | None = None, **changed: object) -> SheetReader:
    """What reads a sheet of two figures, some of whose cells are others."""
    sheet = Workbook().active
    for row in ROWS:
        sheet.append(row)
    for cell, value in changed.items():
        sheet[cell] = value
    said = {"place": "hanoi", "period": "2025", "heading_row": 2, "standing": "actual", "columns": COLUMNS}
    return SheetReader("table.xlsx", sheet, SheetMapping(**said | (mapping or {})), package, Language("en"))


def refused(of: SheetReader) -> list[tuple[str, str]]:
    """The cell and the rule of each finding."""
    return [(finding.cell, finding.rule) for finding in read_sheet(of)[2]]


def test_a_heading_of_other_letters_behind_an_equals_sign_is_no_letter_of_a_column(package):
    assert refused(reader(package, {"columns": COLUMNS | {"note": "=Số"}})) == [("A2", "mapped-headings")]


@pytest.mark.parametrize(("area", "said"), [("", "hanoi"), ("gia_lam", "gia_lam")])
def test_a_figure_is_of_the_area_of_its_mapping_or_else_of_the_place(package, area, said):
    figures, remarks, findings = read_sheet(reader(package, {"area": area}))
    assert [(one["indicator_id"], one["area"], one["value"], one["note"]) for one in figures] == [
        ("ocop_total", said, "15", "Counted."),
        ("kip_recognised", said, "40", ""),
    ]
    assert (remarks, findings) == ([], [])


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("D1:D2", []),
        ("A4:D4", []),
        ("A4:D5", [("A4", "merged")]),
        ("C3:C4", [("C3", "merged")]),
        ("F3:G5", []),
    ],
    ids=["headings", "across", "across two rows", "figures", "beside what is read"],
)
def test_merged_cells_among_those_that_are_read_are_refused_but_not_a_heading_or_note(package, cells, found):
    of = reader(package)
    of.sheet.merge_cells(cells)
    assert [one for one in refused(of) if one[1] == "merged"] == found


@pytest.mark.parametrize(("last", "found"), [("B", []), ("D", [("B2", "hidden-column")])])
def test_a_hidden_group_of_columns_is_refused_where_one_of_them_is_read(package, last, found):
    of = reader(package)
    of.sheet.column_dimensions.group("B", last, hidden=True)
    assert refused(of) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [("kip_recognised", []), ("kip_recognised_total", [("A5", "unknown-name")])],
)
def test_what_follows_from_other_figures_cannot_be_reported(package, code, found):
    assert refused(reader(package, A5=code)) == found
