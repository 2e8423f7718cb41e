"""The files of a package as bytes and text: what must hold before a table can be read.

A file must be there, be UTF-8 without a byte-order mark, end its lines with a line feed, and keep
its text in the composed Unicode form (NFC), or a search for "làng nghề" misses half of it.
A file that cannot be decoded is left out of the further checks; the others go on.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from pathlib import Path
from typing import Any

from promotion_book.facts.findings import Finding

BOM = b"\xef\xbb\xbf"
DESCRIPTOR = "datapackage.json"
Rows = list[list[str]]


def read_descriptor(folder: Path) -> tuple[dict[str, Any] | None, list[Finding]]:
    """The descriptor of a package, or None with the reason."""
    text, findings = _decoded(folder, DESCRIPTOR)
    if text is None:
        return None, findings
    try:
        descriptor = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{error.msg} at column {error.colno}"
        action = "mend the JSON; an editor that checks JSON shows the place"
        return None, [*findings, Finding(DESCRIPTOR, error.lineno, "", "json", where, "valid JSON", action)]
    if not isinstance(descriptor, dict) or "resources" not in descriptor:
        action = "write a Frictionless data package"
        return None, [*findings, Finding(DESCRIPTOR, 1, "", "json", "no resources", "an object with resources", action)]
    return descriptor, findings


def read_rows(folder: Path, name: str) -> tuple[Rows | None, list[Finding]]:
    """The rows of a CSV file, header first, or None with the reason."""
    text, findings = _decoded(folder, name)
    if text is None:
        return None, findings
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if not rows:
        return None, [
            *findings,
            Finding(name, 1, "", "empty", "an empty file", "a header and rows", "restore the file"),
        ]
    return rows, findings + _decomposed(name, rows)


def _decoded(folder: Path, name: str) -> tuple[str | None, list[Finding]]:
    path = folder / name
    try:
        content = path.read_bytes()
    except OSError as error:
        action = "put the file into the folder of the place, or take it out of datapackage.json"
        found = "nothing" if isinstance(error, FileNotFoundError) else str(error.strerror)
        return None, [Finding(name, 0, "", "missing-file", found, "a readable file", action)]
    findings = _marks(name, content)
    try:
        return content.removeprefix(BOM).decode("utf-8").replace("\r\n", "\n"), findings
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"byte 0x{content[error.start]:02x}"
        return None, [*findings, Finding(name, line, "", "encoding", found, "UTF-8", "save the file as UTF-8")]


def _marks(name: str, content: bytes) -> list[Finding]:
    findings = []
    if content.startswith(BOM):
        action = "save the file as UTF-8 without a byte-order mark"
        findings.append(Finding(name, 1, "", "byte-order-mark", "a byte-order mark", "none", action))
    returns = content.count(b"\r")
    if returns:
        line = content[: content.index(b"\r")].count(b"\n") + 1
        found = f"{returns} carriage returns, the first in this line"
        findings.append(
            Finding(name, line, "", "line-ending", found, "line feeds only", "save the file with LF line ends")
        )
    return findings


def _decomposed(name: str, rows: Rows) -> list[Finding]:
    header = rows[0]
    return [
        Finding(
            name, number, _name(header, place), "decomposed-text", repr(cell), "text in NFC", "write " + repr(composed)
        )
        for number, row in enumerate(rows, start=1)
        for place, cell in enumerate(row)
        if (composed := unicodedata.normalize("NFC", cell)) != cell
    ]


def _name(header: list[str], place: int) -> str:
    return header[place] if place < len(header) else str(place + 1)
