"""Changes to the files of a package that leave every other byte of them as it stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from promotion_book.facts.files import BOM, read_rows

Cells = Mapping[str, str]


def change_table(content: bytes, rows: Iterable[Mapping[str, Any]], *, mended: Mapping[int, Cells]) -> bytes:
    """A CSV file with rows at its end, and other cells in the rows that begin in some lines; a row without cells goes.

    Columns that the file does not have are left out.
    """
    text = content.removeprefix(BOM).decode("utf-8")
    header = text.partition("\n")[0].rstrip("\r")
    delimiter = ";" if header.count(";") > header.count(",") else ","
    names = next(csv.reader([header], delimiter=delimiter))

    def line(cells: Mapping[str, Any]) -> bytes:
        out = io.StringIO()
        csv.DictWriter(out, names, "", "ignore", delimiter=delimiter, lineterminator="\n").writerow(cells)
        return out.getvalue().encode("utf-8")

    lines = content.splitlines(keepends=True)
    there, _ = read_rows("", text.replace("\r\n", "\n"), names) if mended else ([], [])
    for row in reversed(there or []):
        if row.line in mended:
            cells, end = mended[row.line], row.line + sum(cell.count("\n") for cell in row.cells)
            lines[row.line - 1 : end] = [line({**dict(zip(names, row.cells, strict=True)), **cells})] if cells else []
    whole = b"".join(lines)
    return whole + (b"" if whole.endswith(b"\n") else b"\n") + b"".join(map(line, rows))


def lines_of(content: bytes) -> int:
    """How many lines a file has, so that the next row is in the line after them."""
    return content.count(b"\n") + (not content.endswith(b"\n"))
