"""Forms of a small place, filled in as a department would, or as nobody should."""

from __future__ import annotations

import csv
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook.defined_name import DefinedName
from typer.main import get_command

from promotion_book.cli import app
from promotion_book.intake.form_layout import ASIDE, COLUMNS, HEADING_ROW
from promotion_book.words.translation import load_language

COMMAND = get_command(app)  # made once: that takes longer than most of what commands do here
PLACES = {key: place for place, key in enumerate(COLUMNS, start=1)}
RECEIVED = "2026-02-10"
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


def call(*arguments: object) -> tuple[int, str]:
    """The code and the output of a command."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as ended:
        COMMAND.main([str(argument) for argument in arguments], prog_name="promotion-book")
    return int(ended.value.code or 0), said.getvalue()


def take(path: Path, *options: object) -> tuple[int, str]:
    """The code and the output of an import."""
    return call("import", path, "--received", RECEIVED, *options)


def rows(place: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table of a place."""
    with (place / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(output: str) -> list[str]:
    """The file, sheet and cell, and the rule, of each finding that is printed."""
    return [":".join(line.split(": ")[:2]) for line in output.splitlines() if line.startswith("form.xlsx")]
