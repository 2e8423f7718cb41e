"""Copies of a published book in one language: to read offline, its tables as a spreadsheet, the report in Word, and on paper.

They lie beside the languages of a revision. There is a PDF where it was published with a printer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from promotion_book.book.downloads import offline_name, pdf_name, word_name, workbook_name
from promotion_book.report.tables_file import ENDING, read_page_tables
from promotion_book.site.copies.citation import citation_sentence, title
from promotion_book.site.copies.offline import offline_zip
from promotion_book.site.copies.pdf import Printer
from promotion_book.site.copies.print_page import Cover, reading_order
from promotion_book.site.copies.report_parts import read_parts
from promotion_book.site.copies.stamp import day_in_words, edition_line
from promotion_book.site.copies.word_report import write_report
from promotion_book.site.copies.workbook import About, write_workbook
from promotion_book.site.manifest import START, Manifest, corrections
from promotion_book.words.language import Language
from promotion_book.words.translation import load_language


def make_copies(
    history: Sequence[Manifest], code: str, *, book: Mapping[str, bytes], data: bytes, printer: Printer | None
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
    shelf = without_records(book)
    order = reading_order(book[f"{START}.html"].decode("utf-8"))
    about, parts = (
        _about(history, words),
        read_parts(book, read_page_tables(book, {page: page for page in order}), words),
    )
    made = {
        word_name(shown.place, shown.period, language=code): write_report(data, parts, about, words=words),
        offline_name(shown.place, shown.period, language=code): offline_zip(shown, code, files=shelf),
        workbook_name(shown.place, shown.period, language=code): write_workbook(
            about, read_page_tables(book, _titles(shown, code, order=order)), words=words
        ),
    }
    if printer:
        made[pdf_name(shown.place, shown.period, language=code)] = printer(shelf, order, _cover(shown, words), words)
    return made


def without_records(book: Mapping[str, bytes]) -> dict[str, bytes]:
    """What of a built book readers get: all but the records of its tables, which the spreadsheet holds."""
    return {name: content for name, content in book.items() if not name.endswith(ENDING)}


def _titles(shown: Manifest, code: str, *, order: Sequence[str]) -> dict[str, str]:
    titles = shown.pages(code)
    return {page: titles[page] for page in order}


def _about(history: Sequence[Manifest], words: Language) -> About:
    shown = history[0]
    return About(
        title=title(shown, words),
        place=shown.names[words.code]["place"],
        period=shown.names[words.code]["period"],
        cut_off=date.fromisoformat(shown.cut_off),
        revision=edition_line(shown, words),
        published=shown.day,
        author=shown.author_in(words.code),
        citation=citation_sentence(shown, words),
        reason=shown.note.told(words.code)[1] if shown.note else "",
        corrections=tuple(_corrected(m, words) for m in corrections(history)),
    )


def _corrected(correction: Manifest, words: Language) -> str:
    assert correction.note is not None
    told = words.text("Correction of {day}.", day=day_in_words(correction.published_on, words))
    return f"{told} {correction.note.told(words.code)[1]}"


def _cover(shown: Manifest, words: Language) -> Cover:
    known = words.text("Figures public by {day}.", day=day_in_words(shown.cut_off, words))
    address = f"{shown.address}{shown.folder}/{words.code}/" if shown.address else ""
    licence = words.text(
        "Licence: Creative Commons Attribution 4.0 (CC BY 4.0), https://creativecommons.org/licenses/by/4.0/"
    )
    cited = f"{words.text('How to cite')}: {citation_sentence(shown, words)}"
    made = words.text("Made by: {author}", author=shown.author_in(words.code))
    ways = {words.text("Contact"): shown.contact, words.text("Source of the project"): shown.repository}
    notes = (made, licence, cited, *(f"{label}: {way}" for label, way in ways.items() if way))
    return Cover(title(shown, words), (known, edition_line(shown, words)), address, notes, shown.author_in(words.code))
