"""The figures in the rows of a sheet, and what is wrong with each of its cells: a form and a mapped sheet differ in nothing.

figures, remarks, findings = read_sheet(SheetReader("form.xlsx", sheet, mapping, package, words))
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from promotion_book.facts import Package
from promotion_book.facts.findings import quote
from promotion_book.facts.grammar import NUMBER
from promotion_book.facts.periods import parse
from promotion_book.facts.schema import PROSE
from promotion_book.facts.suggestion import near_names
from promotion_book.facts.texts import flaw
from promotion_book.intake.cell_findings import CellFinding
from promotion_book.intake.cell_values import (
    LOWEST,
    NARROWEST,
    conceals,
    is_empty,
    is_struck,
    number_of,
    number_words,
    text_of,
)
from promotion_book.intake.form_items import money_of_funds
from promotion_book.intake.form_layout import FUNDS, scale_of, standings, unit_words
from promotion_book.intake.mapping import BY_LETTER, SheetMapping
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.translation import load_language

AMOUNTS = ("done", *FUNDS)
LONGEST = PROSE - 100  # characters of a note: the text that quotes it in another language is longer
LETTERS = re.compile(rf"{BY_LETTER}[A-Za-z]{{1,3}}")
NO_STANDING = "provisional"  # stands for a standing that is wrong, so that the figure is looked at all the same


class Remark(NamedTuple):
    """A note in a row without a figure."""

    indicator: str
    note: str


@dataclass(frozen=True)
class SheetReader:
    """A sheet of a file that is read: what stands where in it, and the language of findings."""

    file: str
    sheet: Worksheet
    mapping: SheetMapping
    package: Package
    words: Language

    @cached_property
    def places(self) -> dict[str, int]:
        """The number of each column that the mapping names; 0 where there is none."""
        return {str(key): self._place(heading) for key, heading in self.mapping.columns.items()}

    def _place(self, heading: str) -> int:
        if LETTERS.fullmatch(heading):
            return int(column_index_from_string(heading.removeprefix(BY_LETTER).upper()))
        return next((cell.column for cell in self.headed(heading)), 0)

    def headed(self, heading: str) -> list[Cell]:
        """The cells of the row of headings that say something."""
        return [cell for cell in self.sheet[self.mapping.heading_row] if _seen(text_of(cell)) == _seen(heading)]

    @cached_property
    def codes(self) -> set[str]:
        """The indicators that can be reported."""
        rows = self.package["indicators"]
        return {*rows.loc[rows["derivation"] == "", "indicator_id"]}

    @cached_property
    def funds(self) -> pd.DataFrame:
        """The money of each fund by what it pays for."""
        return money_of_funds(self.package)

    @cached_property
    def concealing(self) -> list[Any]:
        """The areas that a condition may conceal; whether it does now is not computed."""
        formats = list(self.sheet.conditional_formatting)
        return [one.sqref for one in formats if any(rule.dxf and conceals(rule.dxf) for rule in one.rules)]

    def is_concealed(self, cell: Cell) -> bool:
        """Whether a condition may conceal a cell."""
        return any(cell.coordinate in area for area in self.concealing)

    def cell(self, row: int, key: str) -> Cell | None:
        """The cell of a row in which something stands; None where the sheet has no such column, or nothing there."""
        cell = self.sheet.cell(row, self.places[key]) if key in self.places else None
        return None if cell is None or is_empty(cell) else cell

    def standing_cell(self, row: int) -> str:
        """The cell of a row with its standing, or its code where the sheet has no standings."""
        return f"{get_column_letter(self.places.get('standing', self.places['code']))}{row}"

    def finding(self, rule: str, cell: str, **values: object) -> CellFinding:
        """A finding on a cell of the sheet."""
        return CellFinding(self.file, rule, self.sheet.title, cell, values)


def _seen(text: str) -> str:
    """A text without regard to case and to how its marks are written."""
    return unicodedata.normalize("NFC", text).casefold().strip()


@cache
def _standing_words() -> dict[str, str]:
    """What the tables call a standing, by its word in any language."""
    told = {code: standings(load_language(code)) for code in LANGUAGES}
    return {_seen(word): key for words in told.values() for key, name in words.items() for word in (key, name)}


def read_sheet(reader: SheetReader) -> tuple[list[dict[str, Any]], list[Remark], list[CellFinding]]:
    """The figures of a sheet, notes without one, and findings on its cells.

    Returns:
        A figure: file, sheet, cell, standing_cell; indicator_id, area, period, value (in the unit of the indicator),
        scale (how much 1 in the file is in this unit), status and note.
    """
    mapping = reader.mapping
    lacking = [mapping.columns[key] for key in mapping.columns if not reader.places[key]]
    lacking += [key for key in ("code", "done") if key not in reader.places]
    if lacking:
        values = {"found": reader.words.text("nothing"), "allowed": ", ".join(map(quote, lacking))}
        rule = "headings" if mapping.of_form else "mapped-headings"
        return [], [], [reader.finding(rule, f"A{mapping.heading_row}", **values)]
    found: list[CellFinding | Remark | dict[str, Any]] = [*_layout(reader)]
    for number in range(mapping.heading_row + 1, reader.sheet.max_row + 1):
        found += _row(reader, number)
    return (
        [one for one in found if isinstance(one, dict)],
        [one for one in found if isinstance(one, Remark)],
        [one for one in found if isinstance(one, CellFinding)],
    )


def _layout(reader: SheetReader) -> Iterator[CellFinding]:
    """Findings on headings that stand twice, merged cells and hidden columns among those that are read, and what stands beside
    the table of a form; a heading or note across a mapped sheet is none.
    """
    first, last = min(reader.places.values()), max(reader.places.values())
    for heading in reader.mapping.columns.values():
        if len(cells := reader.headed(heading)) > 1:
            told = ", ".join(cell.coordinate for cell in cells)
            yield reader.finding("two-headings", cells[0].coordinate, found=quote(heading), cells=told)
    for area in reader.sheet.merged_cells.ranges:
        across = area.min_col <= first and area.max_col >= last and area.min_row == area.max_row
        read = area.max_row > reader.mapping.heading_row and area.min_col <= last and area.max_col >= first
        if read and (reader.mapping.of_form or not across):
            yield reader.finding("merged", area.coord.partition(":")[0], found=area.coord)
    for dimension in reader.sheet.column_dimensions.values():
        if (dimension.hidden or dimension.width < NARROWEST) and any(
            dimension.min <= place <= dimension.max for place in reader.places.values()
        ):
            yield reader.finding("hidden-column", f"{get_column_letter(dimension.min)}{reader.mapping.heading_row}")
    if reader.mapping.of_form and reader.sheet.max_column > last:
        for cells in reader.sheet.iter_rows(reader.mapping.heading_row, min_col=last + 1):
            yield from (
                reader.finding("outside", cell.coordinate, found=quote(text_of(cell)))
                for cell in cells
                if not is_empty(cell)
            )


def _row(reader: SheetReader, number: int) -> Iterator[CellFinding | Remark | dict[str, Any]]:
    """The figures and findings of a row, or its note where it has no figure."""
    cells = {key: cell for key in ("code", *AMOUNTS, "standing", "note") if (cell := reader.cell(number, key))}
    amounts = {key: cells[key] for key in AMOUNTS if key in cells}
    named = text_of(cells["code"]) if "code" in cells else ""
    code = reader.mapping.names.get(named, named)
    if not amounts:
        if "standing" in cells:
            yield reader.finding("no-figure", cells["standing"].coordinate)
        elif "note" in cells and code in reader.codes:
            yield from _struck(reader, cells)
            yield Remark(code, text_of(cells["note"]))
        return
    first = next(iter(amounts.values())).coordinate
    if _is_hidden(reader, number):
        yield reader.finding("hidden-row", first)
    if named and not code:
        return
    if "code" not in cells:
        yield reader.finding("no-code", first)
        return
    if code not in reader.codes:
        near = near_names(code, reader.codes)
        meant = reader.words.text("; did you mean {name}?", name=near[0]) if near else ""
        rule = "unknown" if reader.mapping.of_form else "unknown-name"
        yield reader.finding(rule, cells["code"].coordinate, found=quote(named), near=meant)
        return
    yield from (*_struck(reader, cells), *_beside_the_figure(reader, number, cells, code=code))
    note = _note(cells.get("note"))
    row = {
        "file": reader.file,
        "sheet": reader.sheet.title,
        "standing_cell": reader.standing_cell(number),
        "area": reader.mapping.area or reader.package.area,
        "period": parse(reader.mapping.period).label,
        "status": _status(reader, cells.get("standing")) or NO_STANDING,
        "note": code if note is None else note,  # the code stands for it as well
    }
    for key, cell in amounts.items():
        yield _figure(reader, key, cell=cell, code=code, row=row)


def _beside_the_figure(
    reader: SheetReader, number: int, cells: Mapping[str, Cell], *, code: str
) -> Iterator[CellFinding]:
    """Findings on the item, the unit, the standing and the note of a figure."""
    words = load_language(reader.mapping.language)
    if item := reader.cell(number, "item"):
        found, name = text_of(item), words.name(reader.package.row("indicators", code))
        if found != name:
            yield reader.finding("item", item.coordinate, found=quote(found), code=code, allowed=quote(name))
    unit = unit_words(reader.package, code, words)
    if "unit" in reader.places and text_of(shown := reader.sheet.cell(number, reader.places["unit"])) != unit:
        yield reader.finding("unit", shown.coordinate, found=quote(text_of(shown)), allowed=quote(unit))
    if not _status(reader, cells.get("standing")):
        yield _wrong_standing(reader, number, cell=cells.get("standing"))
    if _note(cells.get("note")) is None:
        found = quote(text_of(cells["note"]))
        yield reader.finding("note", cells["note"].coordinate, found=found, allowed=LONGEST)


def _is_hidden(reader: SheetReader, number: int) -> bool:
    row = reader.sheet.row_dimensions[number]
    return bool(row.hidden) or (row.height is not None and row.height < LOWEST)


def _struck(reader: SheetReader, cells: Mapping[str, Cell]) -> Iterator[CellFinding]:
    """Findings on the cells of a row that somebody took back or nobody sees."""
    for cell in (cell for cell in cells.values() if is_struck(cell) or reader.is_concealed(cell)):
        yield reader.finding("struck", cell.coordinate, found=quote(text_of(cell)))


def _note(cell: Cell | None) -> str | None:
    """The note in a cell; None where it is no text that the tables take: a formula, a day, a truth, or what is too long."""
    if cell is None:
        return ""
    note = text_of(cell)
    return note if cell.data_type in ("s", "n") and flaw(note, LONGEST) is None else None


def _status(reader: SheetReader, cell: Cell | None) -> str:
    """What the tables call the standing in a cell; empty where it is none."""
    return reader.mapping.standing if cell is None else _standing_words().get(_seen(text_of(cell)), "")


def _wrong_standing(reader: SheetReader, number: int, *, cell: Cell | None) -> CellFinding:
    found = quote(text_of(cell)) if cell is not None else reader.words.text("nothing")
    allowed = reader.words.join_list([quote(word) for word in standings(reader.words).values()])
    return reader.finding("standing", reader.standing_cell(number), found=found, allowed=allowed)


def _figure(
    reader: SheetReader, key: str, *, cell: Cell, code: str, row: dict[str, Any]
) -> CellFinding | dict[str, Any]:
    """The figure in a cell, or what is wrong with it."""
    value, wrong = number_of(cell, reader.words, decimal=reader.mapping.decimal)
    if wrong or value is None:
        rule, values = wrong or ("error", {})
        return reader.finding(rule, cell.coordinate, **values)
    indicator = code if key == "done" else reader.funds[key].get(code)
    if not isinstance(indicator, str):
        return reader.finding("no-fund", cell.coordinate)
    scale = scale_of(reader.package, indicator) if reader.mapping.money_in_millions else 1
    scaled = f"{(value * scale).normalize():f}"
    if not NUMBER.fullmatch(scaled):
        return reader.finding("digits", cell.coordinate, found=quote(number_words(value, reader.words)))
    return row | {"cell": cell.coordinate, "indicator_id": indicator, "value": scaled, "scale": scale}
