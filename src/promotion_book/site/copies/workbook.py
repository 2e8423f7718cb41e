"""All tables of an edition in a language as one workbook, for screen readers and for programs.

    Cover, Contents, Notes      what the edition is, a link to each sheet, how to read the sheets
    1 All figures               every figure of every page: the page, indicator, period, figure, unit, standing, source
    2 Exports, 3 Targets, ...   a table each, in the order of the book

A sheet has its title in A1, below it short rows on the table, and then the table with one row of headings: no
merged and no blank cell, nothing said by colour alone. Rows are as high as their text, also where a program does not
measure it; on paper a sheet lies across, is one page wide, and each page has the headings. The same tables give the
same bytes.
Source: Analysis Function, Releasing statistics in spreadsheets.
"""

from __future__ import annotations

import io
import posixpath
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from promotion_book.report.tables_file import PageTable
from promotion_book.running.zips import make_zip
from promotion_book.site.copies.workbook_columns import ABSENT, SheetCell, SheetColumn, columns
from promotion_book.words.language import Language
from promotion_book.words.sheet_names import sheet_name

FIRST_WIDTH, NARROWEST, WIDEST = 40, 12, 60
LINE, MOST_LINES = 15, 27  # points; a row is at most 409 points high
FROZEN = 12 * LINE  # points: so high may be what stands above the headings where these stay in sight
A4, FOOTER = 9, "&L&A&R&P / &N"  # the name of the sheet, and which page of it
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
PROPERTIES = "docProps/core.xml"
TABLE = {"autofilter": False, "first_column": True, "style": "Table Style Light 15"}
TOP = {"valign": "top"}
WRAPPED = {**TOP, "text_wrap": True}
TITLE, HEADING = {"bold": True, "font_size": 14}, {**WRAPPED, "bold": True}
LINK = {**WRAPPED, "font_color": "#0000EE", "underline": 1}

Style = Callable[..., Any]  # makes a format of the file, each once


@dataclass(frozen=True)
class About:
    """What the cover says of an edition; `revision` and `corrections` are sentences."""

    title: str
    place: str
    period: str
    cut_off: date
    revision: str
    published: date
    author: str
    corrections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its title, rows of text below it, and a table."""

    name: str
    title: str
    said: tuple[SheetCell, ...]
    table: tuple[SheetColumn, ...] = ()


def write_workbook(about: About, tables: Sequence[PageTable], *, words: Language) -> bytes:
    """The workbook of an edition, as an xlsx file."""
    contents, tables = words.text("Contents"), _with_all_figures(tables, words)
    notes = Sheet(words.text("Notes"), words.text("How to read the sheets"), (_back(contents),), _notes(words))
    named = enumerate(zip(tables, _names(tables, words), strict=True), start=1)
    shown = [_sheet(number, table, name, contents=contents, words=words) for number, (table, name) in named]
    cover = Sheet(words.text("Cover"), about.title, tuple(map(SheetCell, _cover(about, words))))
    listed = _contents(contents, [notes, *shown], pages=[ABSENT, *(table.page for table in tables)], words=words)
    return _in_language(_written(about, [cover, listed, notes, *shown]), words.code)


def _cover(about: About, words: Language) -> Iterator[str]:
    text = words.text
    yield f"{text('Place')}: {about.place}"
    yield f"{text('Period')}: {about.period}"
    yield f"{text('Figures public by')}: {words.day(about.cut_off)}"
    yield about.revision
    yield from about.corrections or (text("No error had to be corrected so far."),)
    yield text("Made by: {author}", author=about.author)
    yield text("Licence: Creative Commons Attribution 4.0 (CC BY 4.0), https://creativecommons.org/licenses/by/4.0/")
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
        ABSENT: text("There is no value: none was found, or none applies. The pages of the report show a dash."),
        text("Text"): text("What the page of the report shows, with unit and words."),
        text("…, as number"): text(
            "The number behind the text of the column before, not rounded, without unit and words: "
            "beside USD 192 million it is 192000000, beside 45% it is 45 or 0.45, as in the CSV."
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
            "A column of numbers shows the decimals of the page; its cells hold the number not rounded."
        ),
        text("CSV"): text(
            "The CSV of a table, with a decimal point in every language, lies where its sheet says: in the folder of "
            "the edition in this language, and in its copy to read offline. Those of all figures lie in the folder of "
            "each page."
        ),
    }
    return SheetColumn(text("Sign or heading"), tuple(map(SheetCell, told))), SheetColumn(
        text("Meaning"), tuple(map(SheetCell, told.values()))
    )


def _sheet(number: int, table: PageTable, name: str, *, contents: str, words: Language) -> Sheet:
    """The sheet of a table, with the number by which the report quotes it, and a name."""
    text, record = words.text, table.record
    said = [text("Page of the report: {page}", page=table.page)]
    said += [record["note"]] if record["note"] else []
    said += [f"{text('Computed from')}: {'; '.join(record['sources'])}."] if record["sources"] else []
    said += [f"{text('CSV')}: {table.csv}"]
    said += [] if record["rows"] else [text("The table has no rows in this edition.")]
    found = tuple(columns(record, words)) if record["rows"] else ()
    rows = (*(SheetCell(_one_line(row)) for row in said), _back(contents))
    title = ". ".join(filter(None, [record["number"], _one_line(record["caption"])]))
    return Sheet(sheet_name(number, name), title, rows, found)


def _names(tables: Sequence[PageTable], words: Language) -> list[str]:
    """What the sheets of tables are called: by their captions; where several have one, in short, with their pages."""
    seen = Counter(table.record["caption"] for table in tables)
    return [_paged(table, words) if seen[table.record["caption"]] > 1 else table.record["caption"] for table in tables]


def _paged(table: PageTable, words: Language) -> str:
    name = table.record["name"]
    return f"{words.text(SHORT[name]) if name in SHORT else table.record['caption']}, {table.page}"


def _with_all_figures(tables: Sequence[PageTable], words: Language) -> list[PageTable]:
    """The tables of a book with one of all figures first, in the place of those of its pages."""
    pages = [table for table in tables if table.record["name"] == FIGURES]
    if not pages:
        return list(tables)
    records = [table.record for table in pages]
    keys = dict.fromkeys(one["key"] for record in records for one in record["raw"])
    page = {"key": "page", "heading": words.text("Page of the report"), "number": False}
    whole = {
        **records[0],
        "number": "",
        "caption": words.text("All figures"),
        "columns": [page, *records[0]["columns"]],
        "rows": [[{"text": table.page, "value": table.page}, *row] for table in pages for row in table.record["rows"]],
        "units": [unit for record in records for unit in record["units"]],
        "raw": [{"key": key, "values": [value for record in records for value in _raw(record, key)]} for key in keys],
    }
    others = [table for table in tables if table.record["name"] != FIGURES]
    return [PageTable(whole, words.text("all pages"), posixpath.basename(pages[0].csv)), *others]


def _raw(record: Mapping[str, Any], key: str) -> list[Any]:
    """A column of the CSV; without values where the record does not have it."""
    return next((one["values"] for one in record["raw"] if one["key"] == key), [None] * len(record["rows"]))


def _back(contents: str) -> SheetCell:
    return SheetCell(contents, link=contents)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _written(about: About, sheets: Sequence[Sheet]) -> bytes:
    """The sheets as a file, of the day of publication."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    created = datetime.combine(about.published, time())
    book.set_properties({"title": about.title, "author": about.author, "created": created})
    style = cache(lambda **look: book.add_format(look))
    for number, sheet in enumerate(sheets):
        _draw(book.add_worksheet(sheet.name), sheet, number=number, style=style)
    book.close()
    return out.getvalue()


def _draw(page: Any, sheet: Sheet, *, number: int, style: Style) -> None:
    """Fill a sheet of the file: what it says in the first column, and the table below."""
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_footer(FOOTER)
    page.write_string(0, 0, sheet.title, style(**TITLE))
    widths = [max(FIRST_WIDTH, _width(sheet.table[0])) if sheet.table else WIDEST, *map(_width, sheet.table[1:])]
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    for row, cell in enumerate(sheet.said, start=1):
        page.set_row(row, _height([cell], widths))
        _put(page, row, place=0, cell=cell, style=style)
    if sheet.table:
        _draw_table(page, sheet, number=number, widths=widths, style=style)


def _draw_table(page: Any, sheet: Sheet, *, number: int, widths: Sequence[int], style: Style) -> None:
    """The table of a sheet, marked up as one, below what the sheet says."""
    top, heading = len(sheet.said) + 1, style(**HEADING)
    area = (top, 0, top + len(sheet.table[0].cells), len(sheet.table) - 1)
    heads = [{"header": column.heading, "header_format": heading} for column in sheet.table]
    page.add_table(*area, {**TABLE, "name": f"table_{number}", "title": sheet.title, "columns": heads})
    page.ignore_errors({"number_stored_as_text": xl_range(*area)})
    page.repeat_rows(top)
    above = LINE + sum(_height([cell], widths) for cell in sheet.said)
    page.freeze_panes(top + 1 if above <= FROZEN else 0, 1)
    page.set_row(top, _height([SheetCell(column.heading) for column in sheet.table], widths))
    for row, cells in enumerate(zip(*(column.cells for column in sheet.table), strict=True), start=top + 1):
        page.set_row(row, _height(cells, widths))
    for place, column in enumerate(sheet.table):
        for row, cell in enumerate(column.cells, start=top + 1):
            _put(page, row, place=place, cell=cell, style=style)


def _put(page: Any, row: int, *, place: int, cell: SheetCell, style: Style) -> None:
    """Write a cell: a link, a text as it is, or a number."""
    if cell.link:
        page.write_url(row, place, f"internal:'{cell.link}'!A1", style(**LINK), str(cell.value))
    elif isinstance(cell.value, str):
        page.write_string(row, place, cell.value, style(**WRAPPED))
    else:
        page.write_number(row, place, cell.value, style(**TOP, num_format=cell.form))


def _height(cells: Sequence[SheetCell], widths: Sequence[int]) -> int:
    """The height of a row in points: that of the cell with the most lines."""
    lines = [
        sum(-(-max(1, len(line)) // (width - 1)) for line in str(cell.value).split("\n"))
        for cell, width in zip(cells, widths, strict=False)
    ]
    return LINE * min(max(lines, default=1), MOST_LINES)


def _width(column: SheetColumn) -> int:
    """The width of a column in characters: that of its longest cell or word of the heading, within bounds."""
    written = [*column.heading.split(), *(str(cell.value) for cell in column.cells)]
    return min(max(NARROWEST, *(len(text) + 2 for text in written)), WIDEST)


def _in_language(file: bytes, code: str) -> bytes:
    """A workbook whose properties name its language."""
    with ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    end = b"</cp:coreProperties>"
    told = f"<dc:language>{code}</dc:language>".encode()
    return make_zip({**parts, PROPERTIES: parts[PROPERTIES].replace(end, told + end)})
