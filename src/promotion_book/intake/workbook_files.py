"""Workbooks that come in: what must hold of a file before a cell of it is looked at.

A CSV file is read as a workbook of one sheet. A file that is encrypted, of another format, damaged or far too large is
refused before anything is made of it: sizes are those that its zip names, which it cannot exceed, and rows and cells
are counted in the text of the sheets, with what their merged areas would make.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from promotion_book.facts.files import BOM
from promotion_book.facts.grammar import meanings, number
from promotion_book.intake.cell_findings import CellFinding

LARGEST_FILE, LARGEST_CONTENT = 20_000_000, 100_000_000  # bytes
MOST_COLUMNS = 16_384  # of a sheet
MOST_ROWS, MOST_CELLS = 20_000, 500_000  # of all sheets together
MOST_STYLES = 65_490  # that Excel itself gives the cells of a workbook
OLD = bytes.fromhex("d0cf11e0a1b11ae1")  # a compound file: an old workbook, or an encrypted one
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SHEETS = "xl/worksheets/"
MAIN = b"/spreadsheetml/2006/main"  # the form of a workbook that Excel writes unless it is asked for a strict one
ROW, CELL, STYLE = (re.compile(rb"<(?:\w+:)?" + name + rb"\b") for name in (b"row", b"c", b"xf"))
MERGED = re.compile(rb"mergeCell\b[^>]*\bref\s*=\s*[\"']([A-Z0-9:]+)")
NEVER = (b"<!DOCTYPE", b"<!ENTITY", b"\0")  # what only an attacker writes; zeros are those of another encoding
UNREADABLE = (
    *(BadZipFile, InvalidFileException, zlib.error, SyntaxError, EOFError, OSError, RuntimeError),
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
        if refused:
            return None, [refused]
        book = _loaded(content)
        longest = max(sheet.max_row for sheet in book.worksheets)
        return (None, [_too_many(path, "rows", longest)]) if longest > MOST_ROWS else (book, [])
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
    styles = len(STYLE.findall(parts.get("xl/styles.xml", b"")))
    if styles > MOST_STYLES or any(sign in part for part in parts.values() for sign in NEVER):
        return CellFinding(path.name, "damaged")
    sheets = [part for name, part in parts.items() if name.startswith(SHEETS)]
    rows, cells = (sum(len(sign.findall(sheet)) for sheet in sheets) for sign in (ROW, CELL))
    cells += sum(_size(area.decode()) for sheet in sheets for area in MERGED.findall(sheet))
    if rows > MOST_ROWS:
        return _too_many(path, "rows", rows)
    if cells > MOST_CELLS:
        return _too_many(path, "cells", cells)
    return None if MAIN in parts["xl/workbook.xml"] else CellFinding(path.name, "no-workbook")


def _size(area: str) -> int:
    """The number of cells in an area, such as A1:C9."""
    left, top, right, bottom = range_boundaries(area)
    return int((right - left + 1) * (bottom - top + 1))


def _too_large(path: Path, size: int, most: int) -> CellFinding:
    return CellFinding(path.name, "too-large", values={"found": f"{size / 1e6:.0f}", "allowed": f"{most / 1e6:.0f}"})


def _too_many(path: Path, what: str, found: int) -> CellFinding:
    most = {"rows": MOST_ROWS, "cells": MOST_CELLS}[what]
    return CellFinding(path.name, f"too-many-{what}", values={"found": found, "allowed": most})


def _from_csv(path: Path, content: bytes) -> tuple[Workbook | None, list[CellFinding]]:
    """A CSV file as a workbook: cells that are one number alone in the grammar of the tables are numbers, all others texts."""
    try:
        text = content.removeprefix(BOM).decode("utf-8")
    except UnicodeDecodeError:
        return None, [CellFinding(path.name, "encoding")]
    lines = text.splitlines()
    delimiter = max(";\t|,", key=lambda sign: sum(sign in line for line in lines))
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return None, [CellFinding(path.name, "damaged")]
    if len(rows) > MOST_ROWS:
        return None, [_too_many(path, "rows", len(rows))]
    if ILLEGAL_CHARACTERS_RE.search(text) or max(map(len, rows), default=0) > MOST_COLUMNS:
        return None, [CellFinding(path.name, "damaged")]
    book = Workbook()
    for row, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if cell:
                target = book.active.cell(row, column)
                found = number(cell) if len(meanings(cell)) == 1 else None
                target.value = cell if found is None else found
                target.data_type = "s" if found is None else "n"  # text that begins like a formula is text
    return book, []
