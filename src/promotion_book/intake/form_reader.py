"""A form that came back: which place, period and area it is of, and its figures with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from promotion_book.facts.findings import quote
from promotion_book.intake.cell_findings import CellFinding
from promotion_book.intake.cell_values import text_of
from promotion_book.intake.form_layout import ASIDE, COLUMNS, HEADING_ROW, IDENTITY, PREFIX, headings
from promotion_book.intake.sheet_rows import FIGURES, Report, SheetRows, read_sheet
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.translation import load_language

PLACES = {key: place for place, key in enumerate(COLUMNS, start=1)}


def form_identity(book: Workbook) -> dict[str, str]:
    """What a form is of: version, place, period, area and language; empty for a workbook that is no form."""
    names = {name: book.defined_names.get(f"{PREFIX}{name}") for name in IDENTITY}
    return {name: str(found.value).strip('"') for name, found in names.items() if found is not None}


def read_form(file: str, book: Workbook, report: Report) -> tuple[pd.DataFrame, list[CellFinding]]:
    """The figures of a form, with the columns of `sheet_rows.FIGURES`, and findings on its sheets and cells."""
    aside = {load_language(code).text(ASIDE[name]) for code in LANGUAGES for name in ASIDE}
    words = load_language(form_identity(book)["language"])
    frames, findings = [pd.DataFrame(columns=FIGURES)], list[CellFinding]()
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            findings.append(CellFinding(file, "hidden-sheet", sheet.title))
        elif sheet.title not in aside and sheet.max_row > 1:
            wrong = [*_headings(file, sheet, words)]
            findings += wrong
            if not wrong:
                found, problems = read_sheet(SheetRows(file, sheet, PLACES, HEADING_ROW), report)
                frames.append(found)
                findings += problems
    return pd.concat([frame for frame in frames if len(frame)] or frames[:1], ignore_index=True), findings


def _headings(file: str, sheet: Worksheet, words: Language) -> Iterator[CellFinding]:
    """Findings on headings that are not those of the form; where there are none at all, on the first alone."""
    wanted = headings(words)
    there = {key: sheet.cell(HEADING_ROW, place) for key, place in PLACES.items()}
    wrong = [key for key, cell in there.items() if text_of(cell) != wanted[key]]
    for key in wrong[:1] if len(wrong) == len(PLACES) else wrong:
        values = {"found": quote(text_of(there[key])), "allowed": quote(wanted[key])}
        yield CellFinding(file, "headings", sheet.title, there[key].coordinate, values)
