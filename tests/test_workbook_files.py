"""Files that come in: what is no workbook of a form, or would unpack to more than a machine holds, is refused unread."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from promotion_book.intake.workbook_files import open_book

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
BOOK = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


def zipped(path: Path, sheet: bytes, *, book: bytes = BOOK) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)


def last_row(path: Path) -> None:
    book = Workbook()
    book.active["A1048576"] = 1
    book.save(path)


FILES = {
    "text": (lambda path: path.write_text("Kính gửi", encoding="utf-8"), "no-workbook"),
    "nothing": (lambda path: path.write_bytes(b""), "no-workbook"),
    "an archive of something else": (lambda path: ZipFile(path, "w").close(), "no-workbook"),
    "a password": (lambda path: path.write_bytes(COMPOUND + "EncryptedPackage".encode("utf-16-le")), "password"),
    "an old workbook": (lambda path: path.write_bytes(COMPOUND + b"Workbook"), "old-format"),
    "half an archive": (lambda path: path.write_bytes(b"PK\x03\x04 and then nothing"), "damaged"),
    "200 MB of nothing": (lambda path: zipped(path, b"", book=bytes(200_000_000)), "too-large"),
    "100,000 rows": (lambda path: zipped(path, b"<row/>" * 100_000), "too-many-rows"),
    "rows with a prefix": (lambda path: zipped(path, b"<x:row/>" * 100_000), "too-many-rows"),
    "a figure in the last row": (last_row, "too-many-rows"),
    "a row of a million cells": (
        lambda path: zipped(path, b"<row>" + b"<c/>" * 1_000_000 + b"</row>"),
        "too-many-cells",
    ),
    "one merged cell": (lambda path: zipped(path, b'<mergeCell ref="A1:XFD1048576"/>'), "too-many-cells"),
    "an entity": (lambda path: zipped(path, b"<!DOCTYPE a>"), "damaged"),
    "an entity in another encoding": (lambda path: zipped(path, "<!DOCTYPE a>".encode("utf-16")), "damaged"),
}


@pytest.mark.parametrize(("write", "rule"), FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_form_is_refused_before_it_is_unpacked(tmp_path, write, rule):
    write(tmp_path / "form.xlsx")
    book, findings = open_book(tmp_path / "form.xlsx")
    assert (book, [(finding.file, finding.rule) for finding in findings]) == (None, [("form.xlsx", rule)])


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    assert [finding.rule for finding in open_book(tmp_path / "form.xlsx")[1]] == ["missing"]
