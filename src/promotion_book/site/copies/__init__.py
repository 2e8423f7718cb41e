"""Copies of a published book in one language: to read offline, its tables as a spreadsheet, the report in Word, and on paper.

They lie beside the languages of a revision. There is a PDF where it was published with a printer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from promotion_book.book.downloads import copy_name
from promotion_book.report.tables_file import ENDING, read_page_tables
from promotion_book.site.about import about
from promotion_book.site.copies.pdf import Chromium
from promotion_book.site.copies.print_page import reading_order
from promotion_book.site.copies.report_parts import read_parts
from promotion_book.site.copies.word_report import write_report
from promotion_book.site.copies.workbook import write_workbook
from promotion_book.site.copies.zip_copies import offline_zip
from promotion_book.site.manifest import START, Manifest
from promotion_book.words.translation import load_language


def make_copies(
    history: Sequence[Manifest], code: str, *, book: Mapping[str, bytes], data: bytes, printer: Chromium | None
) -> dict[str, bytes]:
    """The copies of the first of an edition's revisions, by their names.

    Args:
        book: the files of the book in a language, as they are published, with the records of its tables.
        data: its data package, which may hold a template of the report in Word.

    Raises:
        PrintError: it cannot be printed.
        SiteError: the template cannot be filled.
    """
    shown, words = history[0], load_language(code)
    told, shelf = about(history, words), without_records(book)
    order, titles = reading_order(book[f"{START}.html"].decode("utf-8")), shown.pages(code)
    tables = read_page_tables(book, {page: titles[page] for page in order})
    made = {
        ".docx": write_report(data, read_parts(book, tables, words), told, words=words),
        ".zip": offline_zip(shown, code, files=shelf),
        ".xlsx": write_workbook(told, tables, words=words),
    }
    if printer:
        made[".pdf"] = printer(shelf, order, told, words)
    return {copy_name(shown.place, shown.period, ending, language=code): copy for ending, copy in made.items()}


def without_records(book: Mapping[str, bytes]) -> dict[str, bytes]:
    """What of a built book readers get: all but the records of its tables, which the spreadsheet holds."""
    return {name: content for name, content in book.items() if not name.endswith(ENDING)}
