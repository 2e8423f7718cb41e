"""Rows added to the files of a package, without a change to what stands in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from promotion_book.facts.files import BOM
from promotion_book.facts.rows import records


def with_rows(content: bytes, rows: pd.DataFrame) -> bytes:
    """A CSV file with rows at its end, in the order of its header; columns that it does not have are left out."""
    text = content.removeprefix(BOM).decode("utf-8")
    header = text.partition("\n")[0].rstrip("\r")
    delimiter = ";" if header.count(";") > header.count(",") else ","
    names = next(csv.reader([header], delimiter=delimiter))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, restval="", extrasaction="ignore", delimiter=delimiter, lineterminator="\n")
    writer.writerows(records(rows))
    return content + (b"" if content.endswith(b"\n") else b"\n") + out.getvalue().encode("utf-8")


def lines_of(content: bytes) -> int:
    """How many lines a file has, so that the next row is in the line after them."""
    return content.count(b"\n") + (not content.endswith(b"\n"))


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Put files in the place of others: all of them are written before the first one is replaced.

    Raises:
        OSError: one cannot be written; none is replaced then.
    """
    drafts = {path.with_name(f".{path.name}.draft"): path for path in contents}
    try:
        for draft, path in drafts.items():
            draft.write_bytes(contents[path])
        for draft, path in drafts.items():
            draft.replace(path)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)
