"""How the sheets of the workbook look: widths, heights, formats, and what of them is on paper.

content = write_sheets([Sheet("Table 2.1", "Table 2.1. Exports", said, table)], {"title": "Industrial promotion"})
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from textwrap import wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range

from promotion_book.site.copies.workbook_columns import SheetCell, SheetColumn
from promotion_book.words.sheets import FULL, LINE, lay_across, row_height

NARROWEST, WIDEST, WORD = 12, 60, 24  # characters: of a column at least and at most, and for a word at most
NARROW, WIDE = 90, 160  # characters that a sheet is at least wide, and that can be read across a page
LARGER = 1.4  # the letters of a title
FROZEN = 12 * LINE  # points: so high may be what stands above the headings where these stay in sight
FOOTER = "&L&A&R&P / &N"  # the name of the sheet, and which page of it
TABLE = {"autofilter": False, "first_column": True, "style": "Table Style Light 15"}
TOP = {"valign": "top"}
TEXT, NUMBER = {**TOP, "text_wrap": True, "align": "left"}, {**TOP, "align": "right", "indent": 1}
TITLE, HEADING = {"bold": True, "font_size": 14}, {"text_wrap": True, "bold": True}
LINK = {"font_color": "#0000EE", "underline": 1}

Style = Callable[..., Any]  # makes a format of the file, each once


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its title, texts below it, and a table."""

    name: str
    title: str
    said: tuple[SheetCell, ...]
    table: tuple[SheetColumn, ...] = ()


def write_sheets(sheets: Sequence[Sheet], properties: Mapping[str, Any]) -> bytes:
    """The sheets as a file that says its title, author and the moment that it is of."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties(dict(properties))
    style = cache(lambda **look: book.add_format(look))
    for number, sheet in enumerate(sheets):
        _draw(book.add_worksheet(sheet.name), sheet, number=number, style=style)
    book.close()
    return out.getvalue()


def _draw(page: Any, sheet: Sheet, *, number: int, style: Style) -> None:
    """Fill a sheet of the file: what it says in the first column, a line a row, and the table below."""
    lay_across(page)
    page.set_footer(FOOTER)
    widths = _widths(sheet.table)
    for place, width in enumerate(widths):
        page.set_column(place, place, width)
    across = FULL * sum(widths[: len(_printed(sheet.table)) or 1])
    title = [*_lines(SheetCell(sheet.title), across / LARGER)]
    said = [line for cell in sheet.said for line in _lines(cell, across)]
    for row, line in enumerate([*title, *said]):
        look = TITLE if row < len(title) else {}
        _put(page, row, place=0, cell=line, style=style, look=look)
    if sheet.table:
        _draw_table(page, sheet, top=len(title) + len(said), number=number, widths=widths, style=style)


def _draw_table(page: Any, sheet: Sheet, *, top: int, number: int, widths: Sequence[int], style: Style) -> None:
    """The table of a sheet, marked up as one, from a row on; on paper it has the columns that are printed."""
    looks = [NUMBER if place and not column.is_text else TEXT for place, column in enumerate(sheet.table)]
    bottom = top + len(sheet.table[0].cells)
    area = (top, 0, bottom, len(sheet.table) - 1)
    heads = [
        {"header": column.heading, "header_format": style(**{**look, **HEADING})}
        for column, look in zip(sheet.table, looks, strict=True)
    ]
    page.add_table(*area, {**TABLE, "name": f"table_{number}", "title": sheet.title, "columns": heads})
    page.ignore_errors({"number_stored_as_text": xl_range(*area)})
    page.print_area(0, 0, bottom, len(_printed(sheet.table)) - 1)
    page.repeat_rows(top)
    page.freeze_panes(top + 1 if LINE * top <= FROZEN else 0, 1)
    page.set_row(top, _height([SheetCell(column.heading) for column in sheet.table], widths))
    for row, cells in enumerate(zip(*(column.cells for column in sheet.table), strict=True), start=top + 1):
        page.set_row(row, _height(cells, widths))
        for place, (cell, look) in enumerate(zip(cells, looks, strict=True)):
            _put(page, row, place=place, cell=cell, style=style, look=look)


def _put(page: Any, row: int, *, place: int, cell: SheetCell, style: Style, look: Mapping[str, Any]) -> None:
    """Write a cell as it looks in its column: a link, a text as it is, or a number."""
    if cell.link:
        page.write_url(row, place, f"internal:'{cell.link}'!A1", style(**{**look, **LINK}), str(cell.value))
    elif isinstance(cell.value, str):
        page.write_string(row, place, cell.value, style(**look))
    else:
        page.write_number(row, place, cell.value, style(**look, num_format=cell.form))


def _printed(table: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns that are on paper, which come first."""
    return [column for column in table if column.printed]


def _lines(cell: SheetCell, width: float) -> Iterator[SheetCell]:
    """A text above a table as lines of no more letters; each stands in a row of its own, since no cell is merged."""
    for line in wrap(str(cell.value), int(width), break_long_words=False, break_on_hyphens=False):
        yield SheetCell(line, link=cell.link)


def _height(cells: Sequence[SheetCell], widths: Sequence[int]) -> int:
    """The height of a row in points."""
    return row_height([str(cell.value) for cell in cells], widths)


def _widths(table: Sequence[SheetColumn]) -> list[int]:
    """The widths of the columns in characters: of their longest cells; where a page has no room for these, of those that
    are on it by how much text they hold."""
    printed, widths = _printed(table), [_width(column) for column in table]
    if sum(widths[: len(printed)]) > WIDE:
        needs = [math.sqrt(sum(len(str(cell.value)) for cell in column.cells)) for column in printed]
        shares = [
            max(_longest_word(column), int(WIDE * need / sum(needs)))
            for column, need in zip(printed, needs, strict=True)
        ]
        widths[: len(printed)] = map(min, widths, shares)
    first, *others = widths or [0]
    return [max(first, NARROW - sum(others[: max(len(printed) - 1, 0)])), *others]


def _width(column: SheetColumn) -> int:
    """The width of a column in characters: its longest cell, or a heading of two lines, within bounds."""
    written = [
        _longest_word(column),
        len(column.heading) // 2 + 4,
        *(len(str(cell.value)) + 2 for cell in column.cells),
    ]
    return min(max(written), WIDEST if column.printed else WORD)


def _longest_word(column: SheetColumn) -> int:
    """The width that the longest word of a column needs, within bounds."""
    texts = (column.heading, *(str(cell.value) for cell in column.cells))
    return min(max(NARROWEST, *(len(word) + 2 for text in texts for word in text.split())), WORD)
