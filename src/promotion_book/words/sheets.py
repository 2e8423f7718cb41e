"""What the sheets of a spreadsheet are called, how they lie on paper, and how high their rows are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import wrap
from typing import Any

LONGEST = 31
FULL = 0.9  # how much of a line its text fills: the letters of some programs are wider
LINE, MOST_LINES = 15, 27  # points; a row is at most 409 points high
A4 = 9
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def sheet_name(number: int | str, caption: str) -> str:
    """A name that a spreadsheet takes: the number makes it unique, whole words of the caption fill it up."""
    name = " ".join(f"{number} {FORBIDDEN.sub(' ', caption)}".split())
    if len(name) > LONGEST:
        return name[:LONGEST].rpartition(" ")[0].rstrip(" ,;.") + "…"
    return name.rstrip(" ,;.")


def lay_across(sheet: Any) -> None:
    """Let a sheet lie across on paper, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def row_height(texts: Sequence[str], widths: Sequence[float]) -> int:
    """The height of a row in points: that of the cell with the most lines, in columns of so many characters."""
    lines = [
        sum(len(wrap(line, int(FULL * width))) if len(line) >= width else 1 for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return LINE * min(max(lines), MOST_LINES)
