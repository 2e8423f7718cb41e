"""All tables of an edition in a language as one workbook, for screen readers and for programs.

    Cover, Contents, Notes      what the edition is, a link to each sheet, how to read the sheets
    1 All figures               every figure of every page: the page, indicator, period, figure, standing, source, unit
    Figure 2.1, Table 2.1 ...   a table each, in the order of the book, called as the report quotes it

A sheet has its title in A1, below it lines on the table, and then the table with one row of headings: no merged and
no blank cell, nothing said by colour alone. Rows are as high as their text, also where a program does not measure it;
on paper a sheet lies across, is one page wide without the numbers that stand beside texts, and each page has the
headings. Tables for programs are left to their CSV. The same tables give the same bytes.
Source: Analysis Function, Releasing statistics in spreadsheets.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from promotion_book.report.tables import MISSING
from promotion_book.report.tables_file import PageTable
from promotion_book.running.named_files import make_zip, read_zip
from promotion_book.site.about import About, licence
from promotion_book.site.copies.sheet_drawing import Sheet, write_sheets
from promotion_book.site.copies.workbook_columns import SheetCell, SheetColumn, columns
from promotion_book.words.language import Language
from promotion_book.words.sheets import LONGEST, sheet_name

FIGURES = "all_figures"
SHORT = {
    "acts": "Legal basis",
    "conflicts": "Disagreement",
    "differences": "Disagreement",
    "elsewhere": "Other areas",
    "measures": "Measures",
    "next_years": "Each year",
    "not_followed": "Not followed",
    "other_figures": "Other figures",
    "period_results": "Results",
    "searches": "Nothing found",
    "targets": "Status",
    "what_if": "What if",
}  # tables that many pages have, in a word or two
PAUSE = re.compile(r"[,;:]\s|\s\(")  # where a caption may end
PROPERTIES = "docProps/core.xml"


def write_workbook(about: About, tables: Sequence[PageTable], *, words: Language) -> bytes:
    """The workbook of an edition, as an xlsx file."""
    contents, tables = words.text("Contents"), _with_all_figures([*filter(_is_for_readers, tables)], words)
    notes = Sheet(words.text("Notes"), words.text("How to read the sheets"), (_back(contents),), _notes(words))
    shown = [_sheet(number, table, contents=contents, words=words) for number, table in enumerate(tables, start=1)]
    cover = Sheet(words.text("Cover"), about.title, tuple(map(SheetCell, _cover(about, words))))
    listed = _contents(contents, [notes, *shown], pages=[MISSING, *(table.page for table in tables)], words=words)
    about_file = {"title": about.title, "author": about.author, "created": datetime.combine(about.published, time())}
    return _in_language(write_sheets([cover, listed, notes, *shown], about_file), words.code)


def _is_for_readers(table: PageTable) -> bool:
    """Whether a table has headings in words."""
    return any(column["heading"] != column["key"] for column in table.record["columns"])


def _cover(about: About, words: Language) -> Iterator[str]:
    text = words.text
    yield f"{text('Place')}: {about.place}"
    yield f"{text('Period')}: {about.period}"
    yield about.known
    yield about.revision
    yield from about.corrections
    yield text("Made by: {author}", author=about.author)
    yield licence(words)
    yield f"{text('How to cite')}: {about.citation}"
    yield text(
        "After this sheet come the contents, with a link to each sheet, notes on how to read the sheets, and the tables "
        "of the report in its order, one on each sheet. A sheet begins with its title and what belongs to the table; "
        "the table follows, with its headings in one row."
    )


def _contents(name: str, listed: Sequence[Sheet], *, pages: Sequence[str], words: Language) -> Sheet:
    """The list of the sheets, with the page that each table is from."""
    text = words.text
    table = (
        SheetColumn(text("Sheet"), tuple(SheetCell(sheet.name, link=sheet.name) for sheet in listed)),
        SheetColumn(text("What it holds"), tuple(SheetCell(sheet.title) for sheet in listed)),
        SheetColumn(text("Page of the report"), tuple(map(SheetCell, pages))),
    )
    return Sheet(name, name, (SheetCell(text("The name of each sheet is a link to it.")),), table)


def _notes(words: Language) -> tuple[SheetColumn, ...]:
    text = words.text
    told = {
        MISSING: text("There is no value: none was found, or none applies."),
        text("Text"): text("What the page of the report shows, with unit and words."),
        text("…, as number"): text(
            "The number behind the text of the column of this name, not rounded, without unit and words: for "
            "USD 192 million it is 192000000, for 45% it is 45 or 0.45, as in the CSV. Such columns stand after those of "
            "the report and are not printed."
        ),
        text("Value, low end and high end, as number"): text(
            "A range has two ends and no value. What is over a figure has it as value and as low end; what is up to "
            "a figure, or nearly it, has it as value and as high end."
        ),
        text("Unit"): text(
            "That of the value, the low end and the high end of the row, and of other figures of its indicator."
        ),
        text("… in the CSV"): text("A number that the page does not show, by the name that its column has in the CSV."),
        text("Percentages"): text("A column of nothing but percentages holds shares: 16.2% is the number 0.162."),
        text("Decimals"): text(
            "A column of numbers shows the decimals of the page, or up to four where the page does not show it; its "
            "cells hold the number not rounded."
        ),
        "CSV": text(
            "The CSV of a table, with a decimal point in every language, lies where its sheet says: in the folder of "
            "the edition in this language, and in its copy to read offline. Those of all figures lie in the folder of "
            "each page."
        ),
    }
    return SheetColumn(text("Sign or heading"), tuple(map(SheetCell, told))), SheetColumn(
        text("Meaning"), tuple(map(SheetCell, told.values()))
    )


def _sheet(number: int, table: PageTable, *, contents: str, words: Language) -> Sheet:
    """The sheet of a table, with the number by which the report quotes it, or else that of the sheet."""
    text, record = words.text, table.record
    said = [text("Page of the report: {page}", page=table.page)]
    said += [record[part] for part in ("subtitle", "note") if record[part]]
    label = text("Source") if len(record["sources"]) == 1 else text("Sources")
    said += [f"{label}: {'; '.join(record['sources'])}."] if record["sources"] else []
    said += [f"{text('CSV')}: {table.csv}"]
    said += [] if record["rows"] else [text("The table has no rows in this edition.")]
    found = tuple(columns(record, words)) if record["rows"] else ()
    rows = (*(SheetCell(_one_line(row)) for row in said), _back(contents))
    title = ". ".join(filter(None, [record["number"], _one_line(record["caption"])]))
    return Sheet(_name(record["number"] or str(number), record, words), title, rows, found)


def _name(number: str, record: Mapping[str, Any], words: Language) -> str:
    """What the sheet of a table is called: a number, and as much of the caption as has room and is whole.

    The title of a figure is a sentence, of which no part is whole.
    """
    short = record["name"] in SHORT
    caption = words.text(SHORT[record["name"]]) if short else _one_line(record["caption"])
    room = LONGEST - len(number) - 1
    ends = [len(caption), *(pause.start() for pause in PAUSE.finditer(caption) if not record["alt"])]
    return sheet_name(number, caption[: max((end for end in ends if end <= room), default=0)])


def _with_all_figures(tables: Sequence[PageTable], words: Language) -> list[PageTable]:
    """The tables of a book with one of all figures first, in the place of those of its pages."""
    pages = [table for table in tables if table.record["name"] == FIGURES]
    if not pages:
        return list(tables)
    records = [table.record for table in pages]
    raw = zip(*(record["raw"] for record in records), strict=True)
    page = {"key": "page", "heading": words.text("Page of the report"), "number": False}
    whole = {
        **records[0],
        "number": "",
        "caption": words.text("All figures"),
        "columns": [page, *records[0]["columns"]],
        "rows": [[{"text": table.page, "value": table.page}, *row] for table in pages for row in table.record["rows"]],
        "units": [unit for record in records for unit in record["units"]],
        "raw": [{"key": same[0]["key"], "values": [value for one in same for value in one["values"]]} for same in raw],
    }
    others = [table for table in tables if table.record["name"] != FIGURES]
    return [
        replace(pages[0], record=whole, page=words.text("all pages"), csv=posixpath.basename(pages[0].csv)),
        *others,
    ]


def _back(contents: str) -> SheetCell:
    return SheetCell(contents, link=contents)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _in_language(file: bytes, code: str) -> bytes:
    """A workbook whose properties name its language."""
    parts = read_zip(file)
    end = b"</cp:coreProperties>"
    told = f"<dc:language>{code}</dc:language>".encode()
    return make_zip({**parts, PROPERTIES: parts[PROPERTIES].replace(end, told + end)})
