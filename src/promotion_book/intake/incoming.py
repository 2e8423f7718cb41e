"""A file that came in: of which place, period and area it is, its figures, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from promotion_book.facts import read
from promotion_book.facts.areas import was_there
from promotion_book.facts.findings import quote
from promotion_book.facts.package import places
from promotion_book.facts.periods import parse_or_none
from promotion_book.intake.cell_findings import CellFinding
from promotion_book.intake.cell_values import text_of
from promotion_book.intake.form_layout import ASIDE, HEADING_ROW, VERSION, headings
from promotion_book.intake.mapping import SheetMapping, mapping_of_form
from promotion_book.intake.sheet_rows import Remark, SheetReader, read_sheet
from promotion_book.intake.workbook_files import open_book
from promotion_book.running.hashing import file_sha256
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.translation import load_language

FIRST_LANGUAGE = "vi"  # of a file that does not say in which language it was filled in


@dataclass(frozen=True)
class Incoming:
    """A file as it was read.

    `mapping` says of which place and period it is and what stands where, None where that cannot be read; `words` is the
    language of its findings; `figures` has the columns of `sheet_rows.read_sheet`, and `remarks` are notes without a figure.
    """

    file: str
    sha256: str
    mapping: SheetMapping | None
    words: Language
    figures: pd.DataFrame
    remarks: list[Remark]
    findings: list[CellFinding]


def read_incoming(path: Path, *, place: str, period: str, language: str, given: SheetMapping | None = None) -> Incoming:
    """A form, or by a mapping another workbook or CSV file.

    Args:
        place, period: those that are wanted; empty where those of the file are.
        language: that of the findings; empty where it is that of the file.
        given: what stands where in a file that is no form.
    """
    book, findings = open_book(path)
    mapping, version = (given, "") if given or book is None else mapping_of_form(book)
    spoken = language or (mapping.language if mapping else "")
    words = load_language(spoken if spoken in LANGUAGES else FIRST_LANGUAGE)
    figures, remarks = list[dict[str, Any]](), list[Remark]()
    if book is not None:
        findings = [*_identity_findings(path.name, mapping, version=version, place=place, period=period)]
        mapping = None if findings else mapping
        if mapping:
            for sheet, wrong in _sheets(path.name, book, mapping, words=words, form=given is None):
                findings += wrong
                if not wrong:
                    found, said, flaws = read_sheet(SheetReader(path.name, sheet, mapping, read(mapping.place), words))
                    figures, remarks, findings = [*figures, *found], [*remarks, *said], [*findings, *flaws]
            findings = findings if figures or findings else [CellFinding(path.name, "empty")]
    sha = file_sha256(path) if path.is_file() else ""
    return Incoming(path.name, sha, mapping, words, pd.DataFrame(figures), remarks, findings)


def _identity_findings(
    file: str, mapping: SheetMapping | None, *, version: str, place: str, period: str
) -> Iterator[CellFinding]:
    """What is wrong with the place, period, area and version of a file."""
    if mapping is None or mapping.language not in LANGUAGES or not (mapping.place and mapping.period):
        yield CellFinding(file, "other-form")
        return
    if version:
        yield CellFinding(file, "version", values={"found": version, "allowed": VERSION})
    known = [place] if place else places()
    if mapping.place not in known:
        yield CellFinding(file, "place", values={"found": mapping.place, "allowed": ", ".join(known)})
    when = parse_or_none(mapping.period)
    if when is None or not when.reportable or mapping.period != (period or mapping.period):
        allowed = period or "2026, 2026-H1, 2026-Q3, 2026-05"
        yield CellFinding(file, "period", values={"found": mapping.period, "allowed": allowed})
    if mapping.place in known and mapping.area:
        areas = read(mapping.place)["areas"].set_index("area_id")
        if mapping.area not in areas.index:
            yield CellFinding(file, "area", values={"found": mapping.area, "allowed": ", ".join(areas.index)})
        elif when and not was_there(areas.loc[mapping.area], when):
            name = areas.loc[mapping.area, f"name_{mapping.language}"]
            yield CellFinding(file, "ended", values={"found": name, "period": mapping.period})


def _sheets(
    file: str, book: Workbook, mapping: SheetMapping, *, words: Language, form: bool
) -> Iterator[tuple[Worksheet, list[CellFinding]]]:
    """The sheets with figures, each with why it is not read."""
    if mapping.sheet and mapping.sheet not in book.sheetnames:
        values = {"found": quote(mapping.sheet), "allowed": ", ".join(map(quote, book.sheetnames))}
        yield book.worksheets[0], [CellFinding(file, "sheet", values=values)]
        return
    aside = {load_language(code).text(ASIDE[name]) for code in LANGUAGES for name in ASIDE}
    for sheet in book.worksheets if form else [book[mapping.sheet] if mapping.sheet else book.worksheets[0]]:
        if sheet.sheet_state != "visible":
            yield sheet, [CellFinding(file, "hidden-sheet", sheet.title)]
        elif not form:
            yield sheet, []
        elif sheet.title not in aside and sheet.max_row > 1:
            yield sheet, [*_heading_findings(file, sheet, load_language(mapping.language))]


def _heading_findings(file: str, sheet: Worksheet, words: Language) -> Iterator[CellFinding]:
    """Findings on headings that are not those of the form; where there are none at all, on the first alone."""
    cells = {sheet.cell(HEADING_ROW, place): wanted for place, wanted in enumerate(headings(words).values(), start=1)}
    wrong = [cell for cell, wanted in cells.items() if text_of(cell) != wanted]
    for cell in wrong[:1] if len(wrong) == len(cells) else wrong:
        values = {"found": quote(text_of(cell)), "allowed": quote(cells[cell])}
        yield CellFinding(file, "headings", sheet.title, cell.coordinate, values)
