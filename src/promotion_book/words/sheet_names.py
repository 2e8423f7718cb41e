"""What the sheets of a spreadsheet are called."""

from __future__ import annotations

import re

LONGEST = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def sheet_name(number: int | str, caption: str) -> str:
    """A name that a spreadsheet takes: the number makes it unique, whole words of the caption fill it up."""
    name = " ".join(f"{number} {FORBIDDEN.sub(' ', caption)}".split())
    if len(name) > LONGEST:
        name = name[: LONGEST + 1].rpartition(" ")[0]
    return name.rstrip(" ,;.")
