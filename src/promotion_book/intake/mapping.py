"""What a workbook or CSV file is of, and in which column what stands; a form says it itself, of any other file a mapping does.

    place: hanoi
    period: 2026-H1
    sheet: Bảng 1                # without it the first one
    heading_row: 3               # without it the first one
    standing: actual             # of figures without a standing of their own
    columns:                     # by their headings, or by their letters: =B
      code: Chỉ tiêu
      done: Thực hiện
      note: Ghi chú
    names:                       # what stands there for a code; "" for a row that is not taken in
      Số sản phẩm được công nhận: kip_recognised
      Tổng cộng: ""
    decimal: ","                 # the decimal sign of numbers that are texts, as in a CSV; without it none is read

Figures are in the units of the tables, money in whole dong and not in millions, unless `money_in_millions` says `yes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from pydantic import BaseModel, ConfigDict, Field

from promotion_book.intake.form_layout import COLUMNS, ENTRY, HEADING_ROW, IDENTITY, PREFIX, VERSION
from promotion_book.running.declarations import NonEmpty

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
    names: Mapping[str, str] = {}
    decimal: Literal["", ",", "."] = ""

    @property
    def of_form(self) -> bool:
        """Whether a form says this of itself: it has a column of units."""
        return "unit" in self.columns


def mapping_of_form(book: Workbook) -> tuple[SheetMapping | None, str]:
    """What a form says of itself, as a mapping, and its version where that is another one; None for a workbook that is no form."""
    names = {name: book.defined_names.get(f"{PREFIX}{name}") for name in IDENTITY}
    told: dict[str, Any] = {name: str(found.value).strip('"') for name, found in names.items() if found is not None}
    if len(told) < len(IDENTITY):
        return None, ""
    version = told.pop("version")
    letters = dict(zip(COLUMNS, map(get_column_letter, range(1, len(COLUMNS) + 1)), strict=True))
    columns = {key: f"{BY_LETTER}{letters[key]}" for key in ("code", "item", "unit", *ENTRY)}
    mapping = SheetMapping.model_construct(**told, heading_row=HEADING_ROW, money_in_millions=True, columns=columns)
    return mapping, "" if version == VERSION else version or "?"
