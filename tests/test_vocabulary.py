"""The vocabulary: what every place may use is read with its tables, redefined by none, and published with them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest

from places import NAME, change_descriptor, put_place
from promotion_book.facts.check import check
from promotion_book.facts.package import PackageError, read
from promotion_book.facts.vocabulary import COMMON
from promotion_book.running.data_package import data_files
from promotion_book.running.named_files import write_files

ROOT = Path(__file__).parent.parent


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """A made-up place beside the vocabulary, whose own tables say only what the vocabulary does not."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    folder = put_place(tmp_path)
    shutil.copytree(ROOT / "data" / "vocabulary", tmp_path / "vocabulary")
    for name in COMMON:
        shutil.copy(ROOT / "data" / "hanoi" / f"{name}.csv", folder / f"{name}.csv")
    return folder


def add_row(path: Path, **cells: str) -> int:
    """Add a row like the first one of a table with other cells; its line comes back."""
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, rows[0].keys(), lineterminator="\n").writerow(rows[0] | cells)
    return len(rows) + 2


def test_a_place_reads_the_vocabulary_and_its_own_rows_as_if_they_stood_in_one_table(place, tmp_path):
    beside = read(NAME)
    write_files(data_files(place), tmp_path / "alone" / NAME)
    assert check(place) == []
    assert check(tmp_path / "alone" / NAME) == []
    assert data_files(tmp_path / "alone" / NAME) == data_files(place)
    assert {"ocop_total", "kip_recognised"} <= set(beside["indicators"]["indicator_id"])


def test_a_change_of_the_vocabulary_is_read(place, tmp_path):
    before = read(NAME)
    add_row(tmp_path / "vocabulary" / "units.csv", unit_id="pots", name_en="pots", name_vi="nồi", dimension="count")
    assert set(read(NAME)["units"]["unit_id"]) - set(before["units"]["unit_id"]) == {"pots"}


def test_a_place_that_redefines_an_id_of_the_vocabulary_is_refused(place):
    line = add_row(place / "indicators.csv", indicator_id="ocop_total")
    found = [(f.file, f.row, f.column, f.rule) for f in check(place)]
    assert found == [("indicators.csv", line, "indicator_id", "redefined")]
    with pytest.raises(PackageError, match="redefined"):
        read(NAME)


def test_a_table_of_the_vocabulary_that_cannot_be_read_is_told_once_and_not_at_each_row_that_names_it(place, tmp_path):
    (tmp_path / "vocabulary" / "units.csv").write_bytes(b"")
    assert [(f.file, f.rule) for f in check(place)] == [
        ("../vocabulary/units.csv", "empty"),
        ("units.csv", "not-examined"),
    ]


def test_a_finding_on_the_vocabulary_names_its_file_and_line(place, tmp_path):
    line = add_row(tmp_path / "vocabulary" / "units.csv", unit_id="pots", name_en="pots", dimension="weight")
    assert [(f.file, f.row, f.column, f.rule) for f in check(place)] == [
        ("../vocabulary/units.csv", line, "dimension", "allowed-value")
    ]


def test_an_income_says_in_its_name_whether_it_is_that_of_a_month_or_of_a_year(package):
    rows = package["indicators"].query("name_en.str.contains('[Ii]ncome') and unit.str.contains('_person_')")
    spans = rows["unit"].str.rpartition("_")[2]
    words = {"month": ("Monthly income", "Thu nhập tháng"), "year": ("Yearly income", "Thu nhập năm")}
    starts = [
        words[span] == (en[: len(words[span][0])], vi[: len(words[span][1])])
        for span, en, vi in zip(spans, rows["name_en"], rows["name_vi"], strict=True)
    ]
    assert len(rows) > 0
    assert rows.loc[[not start for start in starts], "indicator_id"].tolist() == []


def test_a_column_of_a_place_that_rows_of_the_vocabulary_lack_is_one_finding_where_it_is_required(place):
    def add(said: dict[str, Any]) -> None:
        fields = next(one for one in said["resources"] if one["name"] == "programmes")["schema"]["fields"]
        fields.append({"name": "basis", "type": "string", "constraints": {"required": True}})

    change_descriptor(place, add)
    table = place / "programmes.csv"
    header, *rows = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([f"{header},basis", *(f"{row},law" for row in rows), ""]), encoding="utf-8")
    (found,) = check(place)
    assert (found.file, found.found, found.allowed) == ("datapackage.json", '{"required": true}', "unique")
