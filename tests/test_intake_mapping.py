"""Any other table comes in through a mapping file."""

from __future__ import annotations

from pathlib import Path

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


def test_any_other_table_comes_in_through_a_mapping(place, mapping, tmp_path):
    table = tmp_path / "table.csv"
    text = "Báo cáo;;\nchỉ tiêu;Đơn vị;Thực hiện\nSản phẩm OCOP;sản phẩm;15\nXuất khẩu;triệu USD;5.5\n"
    table.write_text(text, encoding="utf-8-sig")
    assert take(table, "--mapping", mapping)[0] == 0
    found = {row["indicator_id"]: row["value"] for row in rows(place, "observations") if row["source_id"] == "form_001"}
    assert found == {"ocop_total": "15", "handicraft_exports": "5500000"}


def test_a_mapped_table_is_refused_by_cell_as_a_form_is(same, mapping, tmp_path):
    table = tmp_path / "form.xlsx.csv"
    table.write_text('Báo cáo,,\nChỉ tiêu,,\nSản phẩm OCOP,,"1.234,5"\nGốm,,5\n', encoding="utf-8")
    output = take(table, "--mapping", mapping, "--language", "en")[1]
    assert told(output) == ["form.xlsx.csv:Sheet!C3:text", "form.xlsx.csv:Sheet!A4:unknown"]


def test_everything_wrong_with_a_mapping_file_is_said(same, tmp_path):
    path = tmp_path / "mapping.yml"
    path.write_text("place: lang_moi\ncolumns:\n  cod: A\nheading_row: none\n", encoding="utf-8")
    code, output = take(tmp_path / "x.csv", "--mapping", path)
    assert (code, [line.split(": ")[0] for line in output.splitlines()]) == (
        2,
        ["mapping.yml:1:period", "mapping.yml:3:columns.cod.[key]", "mapping.yml:4:heading_row"],
    )
