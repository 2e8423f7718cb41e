"""The columns of a table in the workbook: text as the page shows it, and numbers as numbers.

    page           workbook
    1,350          1350, shown as 1,350
    16.2%          0.162, shown as 16.2%
    USD 2 million  the text, and after the columns of the page in one of its own the number 2000000
    a dash         a dash

Which of these a column is follows from all its cells. After the columns of the page, which are those on paper, come the
numbers behind its texts, the unit of each row, where the rows say it, and the numbers of the CSV that no column of the
page has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from promotion_book.report.tables import MISSING
from promotion_book.words.language import MINUS, NON_BREAKING, Language
from promotion_book.words.status_words import STATUS

LARGE, DECIMALS = 10_000, 4
HEADINGS = {  # of numbers that stand beside what readers see
    "value": "Value, as number",
    "low": "Low end, as number",
    "high": "High end, as number",
    "year": "Year",
    "years": "Years",
    "first_year": "First year",
    "last_year": "Last year",
    "since": "Since the year",
    "until": "Until the year",
    "origin_year": "Year of the last figure used",
    "years_ahead": "Years ahead",
    "plan": "Plan, as number",
    "done": "Done, as number",
    "several_plan": "Plan for several years, as number",
    "since_start": "Since the start of the plan, as number",
    "left": "Left of the plan, as number",
    "wanted_high": "Target, high end, as number",
    "target_low": "Target, low end, as number",
    "target_high": "Target, high end, as number",
    "each_year": "Each year, low end, as number",
    "each_year_high": "Each year, high end, as number",
    "growth": "Growth a year, low end, as number",
    "growth_high": "Growth a year, high end, as number",
    "usual_since": "First year of the pace so far",
    "usual_figure": "Usual figure a year, as number",
    "figure": "Latest figure, as number",
    "latest": "Latest figure, as number",
    "latest_value": "Latest figure, as number",
    "start_value": "Figure at the start, as number",
    "end_value": "Figure at the end, as number",
    "difference": "Difference, as number",
    "ratio": "Ratio, as number",
    "share": "Share, as number",
    "value_was": "Figure before, as number",
    "value_now": "Figure now, as number",
    "pace": "At the pace so far, as number",
    "projected": "Projection, as number",
    "low80": "Range of 80%, low end",
    "high80": "Range of 80%, high end",
    "low95": "Range of 95%, low end",
    "high95": "Range of 95%, high end",
}


@dataclass(frozen=True)
class SheetCell:
    """A text or a number, with the number format of a spreadsheet; `link` is the name of a sheet that it leads to."""

    value: str | float
    form: str = ""
    link: str = ""


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: a heading that no other column has, a cell a row, and whether it is on paper."""

    heading: str
    cells: tuple[SheetCell, ...]
    printed: bool = True

    @property
    def is_text(self) -> bool:
        """Whether no cell is a number."""
        return all(isinstance(cell.value, str) for cell in self.cells)


def csv_heading(key: str, shown: Mapping[str, Any], words: Language) -> str:
    """The heading of a column of the CSV in words.

    Args:
        shown: the headings of the columns of the page by their keys; what writes a column in words is `shown_<key>` or
            `<key>_shown`.
    """
    for written in (f"shown_{key}", f"{key}_shown"):
        if written in shown:
            return words.text("{heading}, as number", heading=shown[written])
    if key in STATUS:
        return words.text(STATUS[key])
    if key in HEADINGS:
        return words.text(HEADINGS[key])
    return words.text("{key} in the CSV", key=key)


def columns(record: Mapping[str, Any], words: Language) -> list[SheetColumn]:
    """The columns of a table, by its record as `tables_file` makes it."""
    shown = [
        column
        for number, told in enumerate(record["columns"])
        for column in _shown(told, [row[number] for row in record["rows"]], words)
    ]
    named = {column["key"]: column["heading"] for column in record["columns"]}
    notes = [row[0].get("note") for row in record["rows"]]
    below = SheetColumn(words.text("Note"), tuple(SheetCell(note or MISSING) for note in notes))
    shown[1:1] = [below] if any(notes) else []
    given = [one for one in record["raw"] if _are_numbers(one["values"])]
    raw = [_numbers(csv_heading(one["key"], named, words), one["values"]) for one in given]
    units = () if "unit" in named else _units(record["units"], words)
    behind = [column for column in shown if not column.printed]
    return _apart([*(column for column in shown if column.printed), *behind, *units, *raw], words)


def _units(units: Sequence[str | None], words: Language) -> Iterator[SheetColumn]:
    """The units of the rows, where these say them."""
    if any(units):
        yield SheetColumn(words.text("Unit"), tuple(SheetCell(unit or MISSING) for unit in units), printed=False)


def _shown(told: Mapping[str, Any], cells: Sequence[Mapping[str, Any]], words: Language) -> Iterator[SheetColumn]:
    """A column of the page: one of numbers, or one of text and another one of the numbers behind it."""
    heading, values = told["heading"], [cell["value"] for cell in cells]
    numbers = [None if isinstance(value, str) else value for value in values]
    readable = any(value is not None for value in (values if told["number"] else numbers))
    read = [_number(cell["text"], cell["value"], words) for cell in cells]
    if readable and None not in read:
        yield SheetColumn(heading, tuple(cell for cell in read if cell))
        return
    yield SheetColumn(heading, tuple(SheetCell(_text(cell)) for cell in cells))
    if any(number is not None for number in numbers):
        yield _numbers(words.text("{heading}, as number", heading=heading), numbers)


def _text(cell: Mapping[str, Any]) -> str:
    text = str(cell["text"]).replace(NON_BREAKING, " ").replace("\n", "; ").strip()
    return MISSING if cell["value"] is None or not text else text


def _number(text: str, value: str | float | None, words: Language) -> SheetCell | None:
    """A cell whose text is but a number or a percentage; None for another one."""
    if value is None:
        return SheetCell(MISSING)
    if not isinstance(value, str) and text == str(value):
        return SheetCell(value, "0" if isinstance(value, int) else _form(value))
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


def _are_numbers(values: Sequence[str | float | None]) -> bool:
    """Whether there are values, and all of them are numbers."""
    given = [value for value in values if value is not None]
    return bool(given) and not any(isinstance(value, str) for value in given)


def _numbers(heading: str, values: Sequence[float | None]) -> SheetColumn:
    """A column of numbers that the page does not show; years are small enough to stay without separators."""
    cells = (SheetCell(MISSING) if value is None else SheetCell(value, _form(value)) for value in values)
    return SheetColumn(heading, tuple(cells), printed=False)


def _form(value: float) -> str:
    near = round(value, DECIMALS)
    return "#,##0" if abs(value) >= LARGE else "0" if near == int(near) else f"0.{'#' * DECIMALS}"


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
