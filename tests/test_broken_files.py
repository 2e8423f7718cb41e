"""What may stand in the place of a table: each is found by file and line, and no rule on the others is skipped."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from folders import ROOT
from places import read_findings
from promotion_book.cli.common import check_package
from promotion_book.facts.files import LARGEST
from promotion_book.facts.findings import refusing
from promotion_book.facts.package import places
from promotion_book.facts.schema import TABLES

BYTES: dict[str, tuple[Callable[[bytes], bytes], int, str]] = {
    "UTF-16": (lambda t: t.decode().encode("utf-16"), 1, "encoding"),
    "UTF-32": (lambda t: t.decode().encode("utf-32"), 1, "encoding"),
    "Latin-1": (lambda t: t.replace(b"products,products", b"products,prod\xe9"), 2, "encoding"),
    "Windows-1258": (lambda t: t.decode().encode("cp1258", "replace"), 5, "encoding"),
    "half a surrogate": (lambda t: t.replace(b"products,products", b"products,\xed\xa0\x80"), 2, "encoding"),
    "empty": (lambda _: b"", 1, "empty"),
    "one line end": (lambda _: b"\n", 1, "column-name"),
    "zeros": (lambda _: bytes(100), 1, "column-name"),
    "a page": (lambda _: b"<html>404</html>", 1, "column-name"),
    "a pointer of a large file": (lambda _: b"version https://git-lfs.github.com/spec/v1\nsize 12\n", 1, "column-name"),
    "a title": (lambda t: b"Source: GSO\n2026\n\n" + t, 1, "above-header"),
    "a comment": (lambda t: b"# units\n" + t, 1, "above-header"),
    "sep=,": (lambda t: b"sep=,\n" + t, 1, "above-header"),
    "an empty first line": (lambda t: b"\n" + t, 1, "above-header"),
    "a space in the header": (lambda t: t.replace(b"unit_id", b"unit_id ", 1), 1, "column-name"),
    "another case": (lambda t: t.replace(b"unit_id", b"Unit_ID", 1), 1, "column-name"),
    "a mark twice": (lambda t: b"\xef\xbb\xbf" * 2 + t, 1, "column-name"),
    "a column twice": (lambda t: t.replace(b"name_vi", b"name_en", 1), 1, "column-name"),
    "columns swapped": (lambda t: t.replace(b"name_en,name_vi", b"name_vi,name_en", 1), 1, "column-name"),
    "a column more": (lambda t: t.replace(b"\n", b",x\n"), 1, "column-name"),
    "a column less": (lambda t: b"".join(line.rpartition(b",")[0] + b"\n" for line in t.splitlines()), 1, "column-name"),
    "tabs": (lambda t: t.replace(b",", b"\t"), 1, "column-name"),
    "a cell more": (lambda t: t.replace(b",count", b",,count", 1), 2, "extra-cell"),
    "a cell less": (lambda t: t.replace(b",count", b"", 1), 2, "missing-cell"),
    "a footer": (lambda t: t.replace(b"\nfirms", b"\nSource: GSO\nfirms", 1), 3, "missing-cell"),
    "marks of a merge": (lambda t: t.replace(b"\nfirms", b"\n<<<<<<< ours\nfirms", 1), 3, "missing-cell"),
    "a blank row": (lambda t: t.replace(b"\nfirms", b"\n\nfirms", 1), 3, "blank-row"),
    "a row of commas": (lambda t: t.replace(b"\nfirms", b"\n,,,,,,\nfirms", 1), 3, "blank-row"),
    "the header again": (lambda t: t.replace(b"\nfirms", b"\n" + t.split(b"\n")[0] + b"\nfirms", 1), 3, "header-twice"),
    "an open quotation": (lambda t: t.replace(b"\nfirms", b'\n"firms', 1), 3, "quotation-mark"),
    "a quotation inside": (lambda t: t.replace(b"\nfirms", b'\n"fi"rms', 1), 3, "quotation-mark"),
    "a cell without end": (lambda t: t.replace(b"firms,firms", b"firms," + b"x" * 200_000, 1), 3, "quotation-mark"),
    "carriage returns alone": (lambda t: t.replace(b"\n", b"\r"), 1, "line-ending"),
}  # fmt: skip


def test_a_folder_of_tables_is_a_place_also_where_its_descriptor_was_lost(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    for name in ("lost/units.csv", "whole/datapackage.json", "letters/note.txt", "vocabulary/units.csv"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    assert places() == ["lost", "whole"]


@pytest.mark.parametrize(("change", "line", "rule"), BYTES.values(), ids=BYTES)
def test_a_file_that_is_no_table_is_found_by_its_line(small_folder, change, line, rule):
    path = small_folder.path / "units.csv"
    path.write_bytes(change(path.read_bytes()))
    found = read_findings(small_folder.path)
    assert (line, rule) in [(finding.row, finding.rule) for finding in found if finding.file == "units.csv"]


def test_a_cell_without_end_is_found_also_where_another_library_lets_cells_be_longer(small_folder):
    before = csv.field_size_limit(10**9)
    try:
        change, line, rule = BYTES["a cell without end"]
        path = small_folder.path / "units.csv"
        path.write_bytes(change(path.read_bytes()))
        found = [(finding.row, finding.rule) for finding in read_findings(small_folder.path)]
    finally:
        csv.field_size_limit(before)
    assert (line, rule) in found


def _sparse(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(LARGEST + 1)


STANDS: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing": (lambda _: None, "nothing"),
    "a folder": (Path.mkdir, "a folder"),
    "a pipe": (os.mkfifo, "no regular file"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "a link that leads to itself"),
    "a link that leads out": (lambda path: path.symlink_to(ROOT / "data/hanoi/units.csv"), "a link that leads out"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "a link that leads out of the folder"),
    "too much": (_sparse, f"{LARGEST + 1} bytes, more than {LARGEST}"),
}


@pytest.mark.parametrize("name", ["units.csv", "datapackage.json"])
@pytest.mark.parametrize(("put", "said"), STANDS.values(), ids=STANDS)
def test_what_stands_in_the_place_of_a_file_is_found(small_folder, put, said, name):
    (small_folder.path / name).unlink()
    put(small_folder.path / name)
    (found,) = read_findings(small_folder.path)
    assert (found.file, found.row, found.rule, found.found[: len(said)]) == (name, 0, "missing-file", said)


READ_BEFORE_RULES = ("areas", "corrections", "indicators", "observations", "programmes", "scenarios")
EACH_TABLE = [pytest.param(name, marks=() if name in READ_BEFORE_RULES else pytest.mark.nightly) for name in TABLES]


@pytest.mark.parametrize("table", EACH_TABLE)
def test_a_missing_table_stops_no_rule_of_the_others(small_folder, table):
    (small_folder.path / f"{table}.csv").unlink()
    assert {(f.file, f.rule) for f in refusing(check_package(small_folder.path))} == {
        (f"{table}.csv", "missing-file"),
        (f"{table}.csv", "not-examined"),
    }


def test_a_table_that_is_missing_says_in_one_line_how_much_waits_for_it(small_folder):
    (small_folder.path / "targets.csv").unlink()
    (waiting,) = [f for f in check_package(small_folder.path) if f.rule == "not-examined"]
    said = r"no table, so that its cells, keys that name its rows and [1-9]\d+ of [1-9]\d+ rules wait"
    assert re.fullmatch(said, waiting.found)


def test_rows_that_stand_twice_end_no_check(small_folder):
    for path in small_folder.path.glob("*.csv"):
        header, *rows = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join([header, *rows, *rows[:1]]))
    expected = {path.name for path in small_folder.path.glob("*.csv") if path.read_bytes().count(b"\n") > 1}
    assert {f.file for f in check_package(small_folder.path) if f.rule == "duplicate-key"} == expected


def test_a_table_that_is_not_named_is_found(small_folder):
    (small_folder.path / "units (copy).csv").write_text("x", encoding="utf-8")
    assert [(f.file, f.rule) for f in read_findings(small_folder.path)] == [("units (copy).csv", "unnamed-file")]
