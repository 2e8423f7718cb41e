"""The figures in the rows of a sheet, and what is wrong with each of its cells.

    rows = SheetRows("form.xlsx", sheet, places, top=4)
    read_sheet(rows, report)                     # a frame of figures, and findings

`places` says in which column what stands; a form and a mapped sheet differ in nothing else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from promotion_book.facts import Package, Period
from promotion_book.facts.findings import quote
from promotion_book.facts.rows import at
from promotion_book.facts.suggestion import near_names
from promotion_book.intake.cell_findings import CellFinding
from promotion_book.intake.cell_values import is_empty, number_of, number_words, text_of
from promotion_book.intake.form_items import money_of_funds
from promotion_book.intake.form_layout import FUNDS, MILLION, STANDINGS, standings
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.translation import load_language

FIGURES = [
    "file",
    "sheet",
    "cell",
    "standing_cell",
    "indicator_id",
    "area",
    "period",
    "value",
    "scale",
    "status",
    "note",
]
AMOUNTS = ("done", *FUNDS)


@dataclass(frozen=True)
class Report:
    """What a file reports on: a place, a period, an area of the place; on which day it came, and the language of findings.

    `names` are words of the file that stand for codes, and `standing` is that of figures that name none.
    """

    package: Package
    period: Period
    area: str
    received: date
    words: Language
    names: Mapping[str, str] = field(default_factory=dict)
    standing: str = ""
    money_scale: int = MILLION

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The indicators that can be reported, by their id, with the `dimension` of their unit."""
        rows = self.package["indicators"]
        units = self.package["units"].set_index("unit_id")["dimension"]
        rows = rows[rows["derivation"] == ""].set_index("indicator_id", drop=False)
        return rows.assign(dimension=rows["unit"].map(units))

    @cached_property
    def funds(self) -> pd.DataFrame:
        """The money of each fund by what it pays for."""
        return money_of_funds(self.package)

    @cached_property
    def standings(self) -> dict[str, str]:
        """What the tables call a standing, by its word in any language."""
        words = {key: key for key in STANDINGS}
        for code in LANGUAGES:
            words |= {seen(word): key for key, word in standings(load_language(code)).items()}
        return words


@dataclass(frozen=True)
class SheetRows:
    """The rows of a sheet of a file below the heading in row `top`, and in which column (from 1) what stands."""

    file: str
    sheet: Worksheet
    places: Mapping[str, int]
    top: int

    def cell(self, row: int, key: str) -> Cell | None:
        """The cell of a row in which something stands; None where the sheet has no such column, or nothing there."""
        cell = self.sheet.cell(row, self.places[key]) if key in self.places else None
        return None if cell is None or is_empty(cell) else cell

    def finding(self, rule: str, cell: str, **values: object) -> CellFinding:
        """A finding on a cell of the sheet."""
        return CellFinding(self.file, rule, self.sheet.title, cell, values)


def seen(text: str) -> str:
    """A text without regard to case and to how its marks are written."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def read_sheet(rows: SheetRows, report: Report) -> tuple[pd.DataFrame, list[CellFinding]]:
    """The figures of a sheet, a row a figure with the columns `FIGURES`, and findings on its cells."""
    found = [one for number in range(rows.top + 1, rows.sheet.max_row + 1) for one in _row(rows, report, number)]
    findings = [*_layout(rows), *(one for one in found if isinstance(one, CellFinding))]
    return pd.DataFrame([one for one in found if isinstance(one, dict)], columns=FIGURES), findings


def _layout(rows: SheetRows) -> Iterator[CellFinding]:
    """Findings on merged cells and hidden columns among those that are read."""
    first, last = min(rows.places.values()), max(rows.places.values())
    for area in rows.sheet.merged_cells.ranges:
        if area.max_row > rows.top and area.min_col <= last and area.max_col >= first:
            yield rows.finding("merged", area.coord.partition(":")[0], found=area.coord)
    for dimension in rows.sheet.column_dimensions.values():
        if dimension.hidden and any(dimension.min <= place <= dimension.max for place in rows.places.values()):
            yield rows.finding("hidden-column", f"{get_column_letter(dimension.min)}{rows.top}")


def _row(rows: SheetRows, report: Report, number: int) -> Iterator[CellFinding | dict[str, Any]]:
    """The figures and findings of a row."""
    cells = {key: cell for key in ("code", *AMOUNTS, "standing", "note") if (cell := rows.cell(number, key))}
    amounts = {key: cells[key] for key in AMOUNTS if key in cells}
    if not amounts:
        if "standing" in cells:
            yield rows.finding("no-figure", cells["standing"].coordinate)
        return
    if rows.sheet.row_dimensions[number].hidden:
        yield rows.finding("hidden-row", next(iter(amounts.values())).coordinate)
    if "code" not in cells:
        yield rows.finding("no-code", next(iter(amounts.values())).coordinate)
        return
    told = text_of(cells["code"])
    code = report.names.get(told, told)
    if code not in report.indicators.index:
        near = (
            report.words.text("; did you mean {name}?", name=names[0])
            if (names := near_names(code, report.indicators.index))
            else ""
        )
        yield rows.finding("unknown", cells["code"].coordinate, found=quote(told), near=near)
        return
    status, flaw = _standing(rows, report, number, cell=cells.get("standing"))
    if flaw:
        yield flaw
    note = text_of(cells["note"]) if "note" in cells else ""
    for key, cell in amounts.items():
        yield _figure(rows, report, key, cell=cell, code=code, status=status, note=note, row=number)


def _standing(rows: SheetRows, report: Report, number: int, *, cell: Cell | None) -> tuple[str, CellFinding | None]:
    """What the tables call the standing of a row, and what is wrong with it."""
    if cell is None and report.standing:
        return report.standing, None
    found = report.standings.get(seen(text_of(cell)), "") if cell is not None else ""
    if found:
        return found, None
    at = cell.coordinate if cell is not None else _address(rows, number, "standing")
    told = quote(text_of(cell)) if cell is not None else report.words.text("nothing")
    allowed = report.words.join_list([quote(word) for word in standings(report.words).values()])
    return "", rows.finding("standing", at, found=told, allowed=allowed)


def _address(rows: SheetRows, number: int, key: str) -> str:
    return f"{get_column_letter(rows.places.get(key, rows.places['code']))}{number}"


def _figure(
    rows: SheetRows, report: Report, key: str, *, cell: Cell, code: str, status: str, note: str, row: int
) -> CellFinding | dict[str, Any]:
    """The figure in a cell, or what is wrong with it."""
    value, flaw = number_of(cell, report.words)
    if flaw or value is None:
        rule, values = flaw or ("error", {})
        return rows.finding(rule, cell.coordinate, **values)
    indicator = code if key == "done" else _money(report, code, fund=key)
    if not indicator:
        return rows.finding("no-fund", cell.coordinate)
    allowed = _limits(report, indicator, value=value)
    if allowed:
        return rows.finding("range", cell.coordinate, found=number_words(value, report.words), allowed=allowed)
    scale = report.money_scale if report.indicators["dimension"][indicator] == "money" else 1
    return {
        "file": rows.file,
        "sheet": rows.sheet.title,
        "cell": cell.coordinate,
        "standing_cell": _address(rows, row, "standing"),
        "indicator_id": indicator,
        "area": report.area,
        "period": report.period.label,
        "value": f"{(value * scale).normalize():f}",
        "scale": scale,
        "status": status,
        "note": note,
    }


def _money(report: Report, code: str, *, fund: str) -> str:
    """The indicator of the money that a fund pays for something; empty where there is none."""
    found = report.funds[fund].get(code, "") if len(report.funds) else ""
    return found if isinstance(found, str) else ""


def _limits(report: Report, indicator: str, *, value: Decimal) -> str:
    """What an indicator allows, where a value in the unit of the file is something else; else empty."""
    row, words = at(report.indicators, indicator), report.words
    if row["dimension"] == "count" and round(value, int(row["decimals"])) != value:
        return (
            words.text("up to {n} decimals", n=int(row["decimals"]))
            if row["decimals"]
            else words.text("a whole number")
        )
    scale = report.money_scale if row["dimension"] == "money" else 1
    low, high = float(row["limit_low"]) / scale, float(row["limit_high"]) / scale
    if not (float(value) < low or float(value) > high):  # a limit that is missing is never passed
        return ""
    ends = [number_words(Decimal(repr(end)), words) if pd.notna(end) else "" for end in (low, high)]
    if all(ends):
        return words.text("{low} to {high}", low=ends[0], high=ends[1])
    return words.text("{low} or more", low=ends[0]) if ends[0] else words.text("up to {high}", high=ends[1])
