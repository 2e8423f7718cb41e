"""The columns of a table in the workbook: text as the page shows it, and numbers as numbers.

    page           workbook
    1,350          1350, shown as 1,350
    16.2%          0.162, shown as 16.2%
    USD 2 million  the text, and beside it in a column of its own the number 2000000
    a dash         [x]

Which of these a column is follows from all its cells. Then comes the unit of each row, where the rows say it, and last
the numbers of the CSV that no column of the page has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from promotion_book.site.copies.sheet_headings import code_heading, csv_heading
from promotion_book.words.language import MINUS, NON_BREAKING, Language

ABSENT = "[x]"
LARGE = 10_000


@dataclass(frozen=True)
class SheetCell:
    """A text or a number, with the number format of a spreadsheet; `link` is the name of a sheet that it leads to."""

    value: str | float
    form: str = ""
    link: str = ""


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: a heading that no other column has, and a cell a row."""

    heading: str
    cells: tuple[SheetCell, ...]


def columns(record: Mapping[str, Any], words: Language) -> list[SheetColumn]:
    """The columns of a table, by its record as `tables_file` makes it."""
    shown = [
        column
        for number, told in enumerate(record["columns"])
        for column in _shown(told, [row[number] for row in record["rows"]], not record["raw"], words)
    ]
    named = {column["key"]: column["heading"] for column in record["columns"]}
    raw = [SheetColumn(csv_heading(one["key"], named, words), _plain_numbers(one["values"])) for one in record["raw"]]
    units = () if "unit" in named else _units(record["units"], words)
    return _apart([*shown, *units, *raw], words)


def _units(units: Sequence[str | None], words: Language) -> Iterator[SheetColumn]:
    """The units of the rows, where these say them."""
    if any(units):
        yield SheetColumn(words.text("Unit"), tuple(SheetCell(unit or ABSENT) for unit in units))


def _shown(
    told: Mapping[str, Any], cells: Sequence[Mapping[str, Any]], alone: bool, words: Language
) -> Iterator[SheetColumn]:
    """A column of the page: one of numbers, or one of text with the numbers behind it beside it.

    Args:
        alone: no column of the CSV has the numbers, so that those of texts are read from the texts.
    """
    heading, values = told["heading"], [cell["value"] for cell in cells]
    heading = code_heading(told["key"], words) if heading == told["key"] else heading
    numbers = [None if isinstance(value, str) else value for value in values]
    readable = any(value is not None for value in (values if told["number"] and alone else numbers))
    read = [_number(cell["text"], cell["value"], words) for cell in cells]
    if readable and None not in read:
        yield SheetColumn(heading, tuple(cell for cell in read if cell))
        return
    yield SheetColumn(heading, tuple(SheetCell(_text(cell)) for cell in cells))
    if any(number is not None for number in numbers):
        yield SheetColumn(words.text("{heading}, as number", heading=heading), _plain_numbers(numbers))


def _text(cell: Mapping[str, Any]) -> str:
    text = str(cell["text"]).replace(NON_BREAKING, " ").strip()
    return ABSENT if cell["value"] is None or not text else text


def _number(text: str, value: str | float | None, words: Language) -> SheetCell | None:
    """A cell whose text is but a number or a percentage; None for another one."""
    if value is None:
        return SheetCell(ABSENT)
    if not isinstance(value, str) and text == str(value):
        return SheetCell(value, "0" if isinstance(value, int) else "General")
    found = _written_number(*words.separators).fullmatch(text)
    return (
        _as_shown(text, value, decimals=len(found["decimals"] or ""), percent=bool(found["percent"]), words=words)
        if found
        else None
    )


@cache
def _written_number(group: str, point: str) -> re.Pattern[str]:
    """A number as a page shows it, perhaps a percentage."""
    group, point = re.escape(group), re.escape(point)
    return re.compile(
        rf"[-{MINUS}]?(0|[1-9]\d{{0,2}}({group}\d{{3}})+|[1-9]\d*)({point}(?P<decimals>\d+))?(?P<percent>%)?"
    )


def _as_shown(text: str, value: str | float, *, decimals: int, percent: bool, words: Language) -> SheetCell | None:
    """A number in the format of the page; None where the page shows another one than is behind it."""
    group, point = tuple(words.separators)
    said = float(text.rstrip("%").replace(group, "").replace(point, ".").replace(MINUS, "-"))
    form = ("#,##0" if group in text else "0") + ("." + "0" * decimals if decimals else "") + ("%" if percent else "")
    size = 100 if percent else 1
    if isinstance(value, str):
        return SheetCell(said / size, form)
    near = 0.5000001 * 10**-decimals
    if math.isclose(value * size, said, rel_tol=0, abs_tol=near):
        return SheetCell(value, form)
    return SheetCell(value / size, form) if math.isclose(value, said, rel_tol=0, abs_tol=near) else None


def _plain_numbers(values: Sequence[float | None]) -> tuple[SheetCell, ...]:
    """Numbers as they are; years are small enough to stay without separators."""
    return tuple(SheetCell(ABSENT) if value is None else SheetCell(value, _form(value)) for value in values)


def _form(value: float) -> str:
    return "#,##0" if abs(value) >= LARGE else "0" if value == int(value) else "General"


def _apart(found: Sequence[SheetColumn], words: Language) -> list[SheetColumn]:
    """The columns with headings of their own; a spreadsheet takes no empty one, and capitals for small letters."""
    taken: set[str] = set()
    result = []
    for number, column in enumerate(found, start=1):
        named = " ".join(column.heading.split()) or words.text("Column {n}", n=number)
        heading = named if named.casefold() not in taken else f"{named} ({number})"
        taken.add(heading.casefold())
        result.append(replace(column, heading=heading))
    return result
