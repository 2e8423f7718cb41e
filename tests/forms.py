"""Forms of a small place, filled in as a department would, or as nobody should."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook.defined_name import DefinedName

from promotion_book.intake.form_layout import ASIDE, COLUMNS, HEADING_ROW
from promotion_book.words.translation import load_language

PLACES = {key: place for place, key in enumerate(COLUMNS, start=1)}
ASIDE_SHEETS = {load_language(code).text(name) for code in ("en", "vi") for name in ASIDE.values()}


class Form:
    """A form that is filled in and sent back."""

    def __init__(self, path: Path) -> None:
        self.book: Workbook = load_workbook(path)

    def cell(self, code: str, key: str) -> Cell:
        """The cell of a content item in which something of `form_layout.COLUMNS` stands."""
        for sheet in self.book.worksheets:
            for row in range(HEADING_ROW + 1, sheet.max_row + 1):
                if sheet.title not in ASIDE_SHEETS and sheet.cell(row, 1).value == code:
                    return sheet.cell(row, PLACES[key])
        raise KeyError(code)

    def fill(self, code: str, done: object, standing: str = "Final", **further: object) -> Form:
        """Type a figure with its standing into the row of a content item."""
        for key, value in {"done": done, "standing": standing, **further}.items():
            self.cell(code, key).value = value
        return self

    def name(self, name: str, value: str) -> Form:
        """Let the form say that it is of something else."""
        self.book.defined_names[f"form_{name}"] = DefinedName(f"form_{name}", attr_text=f'"{value}"')
        return self

    def save(self, path: Path) -> Path:
        """Write the workbook."""
        self.book.save(path)
        return path
