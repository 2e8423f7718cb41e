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


def half(path: Path) -> None:
    Workbook().save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def open_document(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")


def encrypted(path: Path) -> None:
    Workbook().save(path)
    content = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(sign)
        while place >= 0:
            content[place + flags] |= 1
            place = content.find(sign, place + 4)
    path.write_bytes(content)


def rewritten(path: Path, old: bytes, new: bytes) -> None:
    Workbook().save(path)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part.replace(old, new))


STRICT = b"schemas.openxmlformats.org/spreadsheetml/2006", b"purl.oclc.org/ooxml/spreadsheetml"
STYLES = b"</cellXfs>", b"<xf/>" * 70_000 + b"</cellXfs>"


FILES = {
    "text": (lambda path: path.write_text("Kính gửi", encoding="utf-8"), "no-workbook"),
    "nothing": (lambda path: path.write_bytes(b""), "no-workbook"),
    "an archive of something else": (lambda path: ZipFile(path, "w").close(), "no-workbook"),
    "a password": (lambda path: path.write_bytes(COMPOUND + "EncryptedPackage".encode("utf-16-le")), "password"),
    "an old workbook": (lambda path: path.write_bytes(COMPOUND + b"Workbook"), "old-format"),
    "half a workbook": (half, "damaged"),
    "a sheet of OpenDocument": (open_document, "no-workbook"),
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
    "a part with a password": (encrypted, "damaged"),
    "a strict workbook": (lambda path: rewritten(path, *STRICT), "no-workbook"),
    "more styles than Excel has": (lambda path: rewritten(path, *STYLES), "damaged"),
    "an entity": (lambda path: zipped(path, b"<!DOCTYPE a>"), "damaged"),
    "an entity in another encoding": (lambda path: zipped(path, "<!DOCTYPE a>".encode("utf-16")), "damaged"),
}


@pytest.mark.parametrize(("write", "rule"), FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_form_is_refused_before_it_is_unpacked(tmp_path, write, rule):
    write(tmp_path / "form.xlsx")
    book, findings = open_book(tmp_path / "form.xlsx")
    assert (book, [(finding.file, finding.rule) for finding in findings]) == (None, [("form.xlsx", rule)])


def in_rows(book: Workbook, path: Path, rows: int) -> None:
    for number in range(1, rows + 1):
        book.active.cell(number, 1, 5)
    book.save(path)


def in_last_row(book: Workbook, path: Path, rows: int) -> None:
    book.active.cell(rows, 1, 5)
    book.save(path)


def in_lines(_: Workbook, path: Path, rows: int) -> None:
    path.write_text("a,5\n" * rows, encoding="utf-8")


@pytest.mark.parametrize(("rows", "rules"), [(3, []), (4, ["too-many-rows"])])
@pytest.mark.parametrize(
    ("write", "name"), [(in_rows, "form.xlsx"), (in_last_row, "form.xlsx"), (in_lines, "form.csv")]
)
def test_a_file_of_as_many_rows_as_are_allowed_is_read(tmp_path, monkeypatch, write, name, rows, rules):
    monkeypatch.setattr("promotion_book.intake.workbook_files.MOST_ROWS", 3)
    write(Workbook(), tmp_path / name, rows)
    assert [finding.rule for finding in open_book(tmp_path / name)[1]] == rules


@pytest.mark.parametrize("encoding", ["utf-16", "cp1258"])
def test_a_csv_file_in_another_encoding_is_refused(tmp_path, encoding):
    (tmp_path / "form.csv").write_bytes("Số;5".encode(encoding, errors="replace").replace(b"?", b"\xea"))
    assert [finding.rule for finding in open_book(tmp_path / "form.csv")[1]] == ["encoding"]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_the_cells_of_a_csv_file_is_that_of_most_lines(tmp_path, sign):
    lines = ["Title, with; all | signs,,,", *(sign.join(row) for row in (("code", "done"), ("a", "1"), ("b", "2")))]
    (tmp_path / "form.csv").write_text("\n".join(lines), encoding="utf-8")
    book, _ = open_book(tmp_path / "form.csv")
    assert [[cell.value for cell in row[:2]] for row in book.active.iter_rows(min_row=2)] == [
        ["code", "done"],
        ["a", 1],
        ["b", 2],
    ]


def test_a_workbook_with_macros_is_read_and_they_are_not(tmp_path):
    book, types = tmp_path / "book.xlsx", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    Workbook().save(book)
    with ZipFile(book) as old, ZipFile(tmp_path / "form.xlsm", "w") as new:
        for name in old.namelist():
            usual = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            new.writestr(name, old.read(name).replace(usual, types))
        new.writestr("xl/vbaProject.bin", b"code")
    read, findings = open_book(tmp_path / "form.xlsm")
    assert (read.vba_archive, findings) == (None, [])


@pytest.mark.parametrize("text", ["a,1\x01", "a,\0", "a" + "," * 20_000])
def test_a_csv_file_that_no_sheet_can_hold_is_refused(tmp_path, text):
    (tmp_path / "form.csv").write_text(text, encoding="utf-8")
    assert [finding.rule for finding in open_book(tmp_path / "form.csv")[1]] == ["damaged"]


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    assert [finding.rule for finding in open_book(tmp_path / "form.xlsx")[1]] == ["missing"]
