"""Any other workbook or CSV file: a small mapping file says of what it is, and in which column what stands.

    place: hanoi
    period: 2026-H1
    sheet: Bảng 1                # without it the first one
    heading_row: 3               # without it the first one
    standing: actual             # of figures without a standing of their own
    columns:                     # by their headings, or by their letters: =B
      code: Chỉ tiêu
      done: Thực hiện
      note: Ghi chú
    names:                       # what stands there for a code
      Số sản phẩm được công nhận: kip_recognised

Figures are in the units of the tables, money in whole dong and not in millions, unless `money_in_millions` says `yes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pandas as pd
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import BaseModel, ConfigDict, Field

from promotion_book.facts.findings import quote
from promotion_book.intake.cell_findings import CellFinding
from promotion_book.intake.cell_values import text_of
from promotion_book.intake.form_layout import MILLION, VERSION
from promotion_book.intake.sheet_rows import FIGURES, Report, SheetRows, read_sheet, seen
from promotion_book.running.declarations import NonEmpty, read_declaration

MappedColumn = Literal["code", "done", "standing", "national", "local", "own", "note"]
BY_LETTER = "="


class SheetMapping(BaseModel):
    """A mapping file, as the module describes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: NonEmpty
    period: NonEmpty
    area: str = ""
    language: str = "vi"
    sheet: str = ""
    heading_row: int = Field(default=1, ge=1, le=1000)
    standing: Literal["", "actual", "provisional", "estimate", "to_date"] = ""
    money_in_millions: bool = False
    columns: Mapping[MappedColumn, NonEmpty]
    names: Mapping[str, NonEmpty] = {}

    def identity(self) -> dict[str, str]:
        """What the file is of, as a form says it."""
        return {"version": VERSION, **{name: getattr(self, name) for name in ("place", "period", "area", "language")}}


def read_mapping(path: Path) -> SheetMapping:
    """A mapping file.

    Raises:
        DeclarationError: a line for everything that is wrong with it.
        OSError: it cannot be read.
    """
    mapping: SheetMapping = read_declaration(path, path.name, model=SheetMapping).value
    return mapping


def read_mapped(
    file: str, book: Workbook, report: Report, mapping: SheetMapping
) -> tuple[pd.DataFrame, list[CellFinding]]:
    """The figures of a workbook that a mapping describes, with the columns of `sheet_rows.FIGURES`, and findings."""
    nothing = pd.DataFrame(columns=FIGURES)
    if mapping.sheet and mapping.sheet not in book.sheetnames:
        values = {"found": quote(mapping.sheet), "allowed": ", ".join(map(quote, book.sheetnames))}
        return nothing, [CellFinding(file, "sheet", values=values)]
    sheet = book[mapping.sheet] if mapping.sheet else book.worksheets[0]
    if sheet.sheet_state != "visible":
        return nothing, [CellFinding(file, "hidden-sheet", sheet.title)]
    places = {key: _place(sheet, heading, mapping.heading_row) for key, heading in mapping.columns.items()}
    lacking = [mapping.columns[key] for key, place in places.items() if not place]
    lacking += [key for key in ("code", "done") if key not in places]
    if lacking:
        values = {"found": report.words.text("nothing"), "allowed": ", ".join(map(quote, lacking))}
        return nothing, [CellFinding(file, "headings", sheet.title, f"A{mapping.heading_row}", values)]
    scale = MILLION if mapping.money_in_millions else 1
    told = replace(report, names=mapping.names, standing=mapping.standing, money_scale=scale)
    there = {str(key): place for key, place in places.items()}
    return read_sheet(SheetRows(file, sheet, there, mapping.heading_row), told)


def _place(sheet: Worksheet, heading: str, row: int) -> int:
    """The number of the column that a mapping names; 0 where there is none."""
    if heading.startswith(BY_LETTER) and heading[1:].isalpha() and len(heading) <= 4:
        return int(column_index_from_string(heading[1:].upper()))
    return next((cell.column for cell in sheet[row] if seen(text_of(cell)) == seen(heading)), 0)
