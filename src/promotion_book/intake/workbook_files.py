"""Workbooks that come in: what must hold of a file before a cell of it is looked at.

A CSV file is read as a workbook of one sheet. A file that is encrypted, of another format, damaged or far too large is
refused before anything is made of it: sizes are those that its zip names, which it cannot exceed, and rows are counted
in the text of the sheets.
"""

from __future__ import annotations

import csv
import io
import warnings
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from promotion_book.facts.files import BOM
from promotion_book.facts.grammar import number
from promotion_book.intake.cell_findings import CellFinding

LARGEST_FILE, LARGEST_CONTENT, MOST_ROWS = 20_000_000, 100_000_000, 20_000  # bytes, bytes, rows of all sheets together
OLD = bytes.fromhex("d0cf11e0a1b11ae1")  # a compound file: an old workbook, or an encrypted one
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SHEETS, MARK = "xl/worksheets/", b"<row"
ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
UNREADABLE = (
    *(BadZipFile, InvalidFileException, zlib.error, SyntaxError, EOFError, OSError, NotImplementedError),
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError, OverflowError),
)


def open_book(path: Path) -> tuple[Workbook | None, list[CellFinding]]:
    """A workbook, or None with the reason why it is not read."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            return None, [_too_large(path, path.stat().st_size, LARGEST_FILE)]
        content = path.read_bytes()
    except OSError:
        return None, [CellFinding(path.name, "missing")]
    if path.suffix.lower() == ".csv":
        return _from_csv(path, content)
    if content.startswith(OLD):
        return None, [CellFinding(path.name, "password" if ENCRYPTED in content else "old-format")]
    try:
        refused = _oversized(path, content)
        return (None, [refused]) if refused else (_loaded(content), [])
    except UNREADABLE as error:
        rule = "no-workbook" if isinstance(error, BadZipFile) and not content.startswith(b"PK") else "damaged"
        return None, [CellFinding(path.name, rule)]


def _loaded(content: bytes) -> Workbook:
    """What openpyxl reads; its remarks on parts that it leaves out, none of which holds a figure, are not told."""
    with warnings.catch_warnings(record=True):
        warnings.resetwarnings()
        return load_workbook(io.BytesIO(content))


def _oversized(path: Path, content: bytes) -> CellFinding | None:
    """Why a workbook is not unpacked: too much in it, or what only an attacker writes."""
    with ZipFile(io.BytesIO(content)) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST_CONTENT:
            return _too_large(path, size, LARGEST_CONTENT)
        parts = {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    if "xl/workbook.xml" not in parts:
        return CellFinding(path.name, "no-workbook")
    if any(sign in part for part in parts.values() for sign in ENTITIES):
        return CellFinding(path.name, "damaged")
    rows = sum(part.count(MARK) for name, part in parts.items() if name.startswith(SHEETS))
    return _too_many(path, rows) if rows > MOST_ROWS else None


def _too_large(path: Path, size: int, most: int) -> CellFinding:
    return CellFinding(path.name, "too-large", values={"found": f"{size / 1e6:.0f}", "allowed": f"{most / 1e6:.0f}"})


def _too_many(path: Path, rows: int) -> CellFinding:
    return CellFinding(path.name, "too-many-rows", values={"found": rows, "allowed": MOST_ROWS})


def _from_csv(path: Path, content: bytes) -> tuple[Workbook | None, list[CellFinding]]:
    """A CSV file as a workbook: cells that are numbers in the grammar of the tables are numbers, all others texts."""
    try:
        text = content.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        return None, [CellFinding(path.name, "encoding")]
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return None, [CellFinding(path.name, "damaged")]
    if len(rows) > MOST_ROWS:
        return None, [_too_many(path, len(rows))]
    book = Workbook()
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if cell:
                target = book.active.cell(row, column)
                found = number(cell)
                target.value = cell if found is None else found
                target.data_type = "s" if found is None else "n"  # text that begins like a formula is text
    return book, []
