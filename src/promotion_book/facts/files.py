"""The files of a package as bytes, text and rows: what must hold before a table can be read.

A file is a regular file inside the folder of its place, in UTF-8. The byte-order mark, the line ends and the
semicolons that Excel writes are read and noted; `canonical` gives the text as it is published: UTF-8 with commas
and line feeds. A file that cannot be read is left out of the further checks; the others go on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from promotion_book.facts.findings import Finding

BOM = b"\xef\xbb\xbf"
LARGEST = 200_000_000  # bytes
LONGEST = 131_072  # characters of a cell: the limit of the csv module, which another library may have raised
READ_ANYWAY = "nothing to do: it is read, and published copies have none"


class Row(NamedTuple):
    """A row of a table: the line of the file in which it begins, and its cells."""

    line: int
    cells: list[str]


def missing(folder: Path, name: str) -> list[Finding]:
    """The finding that a file cannot be read as it stands; none where it can."""
    _, problem = _content(folder, name)
    action = "put the file into the folder of the place"
    return [Finding(name, 0, "", "missing-file", problem, "a readable file in the folder", action)] if problem else []


def decode(folder: Path, name: str) -> tuple[str | None, list[Finding]]:
    """The text of a file with line feeds only, or None with the reason."""
    content, _ = _content(folder, name)
    if content is None:
        return None, missing(folder, name)
    findings = _marks(name, content)
    try:
        return _unmarked(content), findings
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"byte 0x{content[error.start]:02x}"
        return None, [*findings, Finding(name, line, "", "encoding", found, "UTF-8", "save the file as UTF-8")]


def read_rows(name: str, text: str, columns: Sequence[str]) -> tuple[list[Row] | None, list[Finding]]:
    """The rows of a CSV text of a file, header first, or None with the reason.

    Its delimiter is a comma, or a semicolon where that makes the first row the columns.
    """
    if not text:
        return None, [Finding(name, 1, "", "empty", "an empty file", "a header and rows", "restore the file")]
    delimiter = _delimiter(text, columns)
    try:
        rows = list(_parsed(text, delimiter))
    except _QuoteError as error:
        action = (
            "close it, or write it twice where it belongs to the text; no table of this file is examined until then"
        )
        return None, [Finding(name, error.line, "", "quotation-mark", str(error), "pairs of quotation marks", action)]
    return rows, [
        _noted(name, 1, rule="semicolons", found="cells between semicolons", allowed="commas")
    ] if delimiter == ";" else []


def canonical(content: bytes, columns: Sequence[str] = ()) -> bytes:
    """A file as it is published: UTF-8 without a mark, line feeds, and commas where it is a table of these columns.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    text = _unmarked(content)
    if not columns or _delimiter(text, columns) == ",":
        return text.removesuffix("\n").encode("utf-8") + b"\n"
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(row.cells for row in _parsed(text, ";"))
    return out.getvalue().encode("utf-8")


class _QuoteError(Exception):
    """A row of which the quotation marks do not fit."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


def _content(folder: Path, name: str) -> tuple[bytes | None, str]:
    """The bytes of a file, or None and what stands there instead."""
    path = folder / name
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            return None, "a link that leads out of the folder"
        if not path.is_file():
            return None, "a folder" if path.is_dir() else "no regular file"
        if path.stat().st_size > LARGEST:
            return None, f"{path.stat().st_size} bytes, more than {LARGEST}"
        return path.read_bytes(), ""
    except FileNotFoundError:
        return None, "nothing"
    except OSError as error:
        return None, str(error.strerror)
    except RuntimeError:
        return None, "a link that leads to itself"


def _unmarked(content: bytes) -> str:
    return content.removeprefix(BOM).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _noted(name: str, line: int, *, rule: str, found: str, allowed: str) -> Finding:
    return Finding(name, line, "", rule, found, allowed, READ_ANYWAY, note=True)


def _marks(name: str, content: bytes) -> list[Finding]:
    findings = []
    if content.startswith(BOM):
        findings.append(_noted(name, 1, rule="byte-order-mark", found="a byte-order mark", allowed="none"))
    windows = content.count(b"\r\n")
    if windows:
        found = f"{windows} line ends of Windows, the first in this line"
        findings.append(_noted(name, _line_of(content, b"\r\n"), rule="line-ending", found=found, allowed="line feeds"))
    if content.count(b"\r") > windows:
        line = _line_of(content.replace(b"\r\n", b"\n\n"), b"\r")
        action = "save the file with line feeds as line ends"
        findings.append(Finding(name, line, "", "line-ending", "a carriage return alone", "line feeds", action))
    return findings


def _line_of(content: bytes, sought: bytes) -> int:
    return content[: content.index(sought)].count(b"\n") + 1


def _delimiter(text: str, columns: Sequence[str]) -> str:
    first = text.partition("\n")[0]
    return ";" if len(columns) > 1 and next(csv.reader([first], delimiter=";"), []) == list(columns) else ","


def _parsed(text: str, delimiter: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines, rows = [1], []
    try:
        for cells in reader:
            if max(map(len, cells), default=0) > LONGEST:
                raise csv.Error(f"field larger than field limit ({LONGEST})")
            rows.append(cells)
            lines.append(reader.line_num + 1)
    except csv.Error as error:
        raise _QuoteError(lines[-1], f"a row that cannot be read from here on ({error})") from error
    return [Row(line, cells) for (line, _), cells in zip(pairwise(lines), rows, strict=True)]
