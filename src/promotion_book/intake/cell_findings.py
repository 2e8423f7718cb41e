"""A finding on a workbook: one thing wrong with what somebody filled in, by sheet and cell, in the language they read.

form.xlsx:3 Training!K7: text: found the text '1.330,5'; allowed a number; clear the cell and type 1330.5
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from promotion_book.facts.findings import on_one_line
from promotion_book.words.language import Language

SENTENCES = {
    "missing": "found no such file; allowed an Excel workbook (.xlsx) or a CSV file; look at its name",
    "password": "found a file with a password; allowed one that opens without; save it in Excel without a password",
    "old-format": "found a workbook of Excel 97–2003 (.xls); allowed .xlsx; save it as an Excel workbook (.xlsx)",
    "no-workbook": "found a file that is no Excel workbook; allowed .xlsx; send the form itself, saved as .xlsx",
    "damaged": "found a workbook that cannot be read; allowed a whole one; open it in Excel and save it under a new name",
    "too-large": "found {found} MB; allowed up to {allowed} MB; take out what does not belong to the form",
    "too-many-rows": "found {found} rows; allowed up to {allowed}; delete the rows and sheets that are not of the form",
    "too-many-cells": "found {found} cells; allowed up to {allowed}; delete the rows, columns and sheets that are not of the form",
    "encoding": "found a CSV file that is not in UTF-8; allowed UTF-8; save it in Excel as “CSV UTF-8”",
    "other-form": "found a workbook that is not the form; allowed the form as it was sent out, or a mapping file "
    "that says what stands where; fill in the form itself",
    "version": "found version {found} of the form; allowed version {allowed}; ask for the form of today and copy the figures",
    "place": "found a form of {found}; allowed one of {allowed}; import it for its own place",
    "period": "found a form for {found}; allowed one for {allowed}; fill in the form of that period",
    "area": "found a form of the area {found}; allowed {allowed}; ask for a new form",
    "ended": "found a form of {found} for {period}; allowed an area that was there then; ask for the form of one",
    "sheet": "found no sheet {found}; allowed {allowed}; mend the mapping file, or the name of the sheet",
    "headings": "found {found}; allowed the heading {allowed}; put it back: columns are not renamed, moved or deleted",
    "mapped-headings": "found {found}; allowed the heading {allowed}; mend heading_row or columns in the mapping file",
    "two-headings": "found the heading {found} in {cells}; allowed one column for it; name the column by its letter, as in =B, in the "
    "mapping file",
    "outside": "found {found} beside the table, where nobody reads it; allowed an empty cell; put it into the note of its row, or delete it",
    "empty": "found no figure; allowed a form with one or more; fill in the cells that are open",
    "hidden-sheet": "found a hidden sheet; allowed sheets that everybody sees; show it",
    "hidden-row": "found a hidden row with a figure; allowed rows that everybody sees; show it",
    "hidden-column": "found a hidden column; allowed columns that everybody sees; show it",
    "merged": "found merged cells ({found}); allowed single cells; undo it, and type into each cell",
    "formula": "found the formula {found}; allowed a number; copy the cell and paste it as a value",
    "text": "found the text {found}; allowed a number; clear the cell and type {meant}",
    "unclear": "found the text {found}, which may be {meant}; allowed a number; clear the cell and type the number that is meant",
    "words": "found the text {found}; allowed a number without words; type the number, and the words into the note",
    "date": "found the day {found}; allowed a number; set the format of the cell to Number and type the number again",
    "percent": "found {found}, which Excel shows as {shown}; allowed the number that stands before the sign; "
    "set the format of the cell to Number and type {shown} without the sign",
    "format": "found {found}, which the format of the cell shows without its thousands or its sign, with words or not at all; allowed the number "
    "that everybody sees; set the format of the cell to Number and type it again",
    "struck": "found {found}, struck through, too small to be read or in the colour of its background; allowed what everybody sees and nobody took back; "
    "empty the cell, or give it an ordinary font",
    "error": "found {found}; allowed a number; type the number",
    "digits": "found {found}; allowed a number of up to 18 digits and 15 decimals; type the figure as it was reported",
    "note": "found the note {found}; allowed an ordinary text of up to {allowed} characters; type it again, or empty the cell",
    "no-code": "found a figure without the code of its row; allowed the code of the form; put it back",
    "unknown": "found the code {found}{near}; allowed a code of the form; put it back",
    "unknown-name": 'found {found}, which is no indicator{near}; allowed a row of names in the mapping file; write one, with "" '
    "where the row is not to be taken in",
    "item": "found the item {found} beside the code {code}; allowed {allowed}; put back what stood there, and give the figure of this item",
    "unit": "found the unit {found}; allowed {allowed}; put it back, and give the figure in this unit",
    "twice": "found {found} a second time, after {first}; allowed one figure; clear one of the two",
    "range": "found {found}; allowed {allowed}; mend the figure",
    "no-fund": "found money of a fund for which the form does not ask here; allowed an empty cell; put it into the row it belongs to",
    "no-figure": "found a standing without a figure; allowed both or neither; type the figure, or empty the cell",
    "standing": "found {found}; allowed {allowed}; choose one of them from the list",
    "early": "found a final figure that came before the end of its period ({allowed}); allowed an estimate, or what was counted by "
    "that day; choose another standing",
    "doubt": "found {found}, far from the figures beside it (allowed {allowed}); allowed a figure that somebody confirms; "
    "mend it, or say in the note of its row why it holds",
    "unlikely": "found {found}, of which the check of all data says, in English: {said}; allowed a figure that somebody confirms; "
    "mend it, or say in the note of its row why it holds",
    "beside": "found {found}, beside which the figure of {period} is far from others ({name}; allowed {allowed}); allowed figures "
    "that somebody confirms; mend this one, or say in the note of its row why both hold",
    "contradicts": "found {found}, which does not fit what is known of {period} ({name}); allowed a contradiction with its reason; "
    "mend the figure, or say in the note why",
    "differs": "found {found}, where {other} stood before; allowed a change with its reason; say in the note of its row why",
    "check": "the check of all data says, in English: {said}",
}


@dataclass(frozen=True)
class CellFinding:
    """One thing wrong with a file: `sheet` and `cell` are empty where it is the whole file or sheet.

    `values` are those of the sentence of its rule.
    """

    file: str
    rule: str
    sheet: str = ""
    cell: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def line(self, words: Language) -> str:
        """The finding as a line: file:sheet!cell: rule: what was found, what is allowed, what to do."""
        at = f":{self.sheet}{'!' if self.cell else ''}{self.cell}" if self.sheet else ""
        return on_one_line(f"{self.file}{at}: {self.rule}: {words.text(SENTENCES[self.rule], **self.values)}")
