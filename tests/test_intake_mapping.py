"""Any other table comes in through a mapping file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from forms import rows, take, told

pytestmark = pytest.mark.xdist_group("forms")


MAPPING = """\
place: lang_moi
period: 2025
heading_row: 2
standing: actual
money_in_millions: yes
columns:
  code: Chỉ tiêu
  done: "=C"
names:
  Sản phẩm OCOP: ocop_total
  Xuất khẩu: handicraft_exports
"""


@pytest.fixture
def mapping(tmp_path) -> Path:
    path = tmp_path / "mapping.yml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def taken_in(place: Path) -> dict[str, str]:
    """The figures of the first file, by their indicators."""
    return {row["indicator_id"]: row["value"] for row in rows(place, "observations") if row["source_id"] == "form_001"}


def test_any_other_table_comes_in_through_a_mapping(place, mapping, tmp_path):
    table = tmp_path / "table.csv"
    text = "Báo cáo;;\nchỉ tiêu;Đơn vị;Thực hiện\nSản phẩm OCOP;sản phẩm;15\nXuất khẩu;triệu USD;5.5\n"
    table.write_text(text, encoding="utf-8-sig")
    assert take(table, "--mapping", mapping)[0] == 0
    assert taken_in(place) == {"ocop_total": "15", "handicraft_exports": "5500000"}


def test_a_mapped_table_is_refused_by_cell_as_a_form_is(same, mapping, tmp_path):
    table = tmp_path / "form.xlsx.csv"
    table.write_text('Báo cáo,,\nChỉ tiêu,,\nSản phẩm OCOP,,"1.234,5"\nGốm,,5\n', encoding="utf-8")
    output = take(table, "--mapping", mapping, "--language", "en")[1]
    assert told(output) == ["form.xlsx.csv:Sheet!C3:text", "form.xlsx.csv:Sheet!A4:unknown-name"]


def test_numbers_that_are_texts_are_read_by_the_decimal_sign_that_the_mapping_names(place, mapping, tmp_path):
    table = tmp_path / "table.csv"
    mapping.write_text(MAPPING + 'decimal: ","\n', encoding="utf-8")
    table.write_text("Báo cáo;;\nChỉ tiêu;;\nSản phẩm OCOP;;15\nXuất khẩu;;5,5\n", encoding="utf-8")
    assert take(table, "--mapping", mapping)[0] == 0
    assert taken_in(place) == {"ocop_total": "15", "handicraft_exports": "5500000"}


@pytest.mark.parametrize("text", ["15¹", "15 16", "15*", "½"])
def test_what_is_no_number_alone_is_none_by_a_decimal_sign_either(same, mapping, tmp_path, text):
    table = tmp_path / "form.xlsx.csv"
    mapping.write_text(MAPPING + 'decimal: ","\n', encoding="utf-8")
    table.write_text(f"Báo cáo;;\nChỉ tiêu;;\nSản phẩm OCOP;;{text}\n", encoding="utf-8")
    assert told(take(table, "--mapping", mapping)[1]) == ["form.xlsx.csv:Sheet!C3:words"]


def test_a_heading_that_stands_over_two_columns_is_not_guessed_at(same, mapping, tmp_path):
    table = tmp_path / "form.xlsx.csv"
    mapping.write_text(MAPPING.replace('"=C"', "Thực hiện"), encoding="utf-8")
    table.write_text(";2024;2025\nChỉ tiêu;Thực hiện;Thực hiện\nSản phẩm OCOP;12;15\n", encoding="utf-8")
    assert told(take(table, "--mapping", mapping)[1]) == ["form.xlsx.csv:Sheet!B2:two-headings"]


def test_a_number_of_a_csv_that_may_be_two_is_asked_about(same, mapping, tmp_path):
    table = tmp_path / "form.xlsx.csv"
    table.write_text("Báo cáo;;\nChỉ tiêu;;\nSản phẩm OCOP;;1.234\n", encoding="utf-8")
    assert told(take(table, "--mapping", mapping, "--language", "en")[1]) == ["form.xlsx.csv:Sheet!C3:unclear"]


def test_a_mapped_sheet_may_have_headings_and_notes_across_it_and_rows_that_are_left_out(place, mapping, tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ["Báo cáo"],
        ["Chỉ tiêu", "", "Thực hiện"],
        ["I. OCOP"],
        ["Sản phẩm OCOP", "", 15],
        ["Tổng cộng", "", 15],
    ):
        book.active.append(row)
    book.active.merge_cells("A3:D3")
    book.save(tmp_path / "table.xlsx")
    mapping.write_text(MAPPING + '  Tổng cộng: ""\n', encoding="utf-8")
    assert take(tmp_path / "table.xlsx", "--mapping", mapping)[0] == 0
    assert taken_in(place) == {"ocop_total": "15"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            "Báo cáo;;\nTên;;\n",
            "A2: mapped-headings: found nothing; allowed the heading 'Chỉ tiêu'; mend heading_row or columns in the mapping file",
        ),
        (
            "Báo cáo;;\nChỉ tiêu;;\nGốm;;5\n",
            "A3: unknown-name: found 'Gốm', which is no indicator; allowed a row of names in the mapping file; write one, "
            'with "" where the row is not to be taken in',
        ),
    ],
)
def test_what_a_mapping_file_lacks_is_to_be_mended_there(same, mapping, tmp_path, table, said):
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    output = take(tmp_path / "table.csv", "--mapping", mapping, "--language", "en")[1]
    assert output.splitlines()[0] == f"table.csv:Sheet!{said}"


def test_everything_wrong_with_a_mapping_file_is_said(same, tmp_path):
    path = tmp_path / "mapping.yml"
    path.write_text("place: lang_moi\ncolumns:\n  cod: A\nheading_row: none\n", encoding="utf-8")
    code, output = take(tmp_path / "x.csv", "--mapping", path)
    assert (code, [line.split(": ")[0] for line in output.splitlines()]) == (
        2,
        ["mapping.yml:1:period", "mapping.yml:3:columns.cod.[key]", "mapping.yml:4:heading_row"],
    )
