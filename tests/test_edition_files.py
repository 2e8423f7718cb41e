"""What readers take away from an edition: its CSVs and its workbook, in both languages; and what its charts and signs say in words."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from promotion_book.book.chart_font import LETTERS
from promotion_book.running.plan import EditionBuild
from promotion_book.words.language import LANGUAGES
from promotion_book.words.status_words import SIGNS, STATUS
from promotion_book.words.translation import load_language
from sites import page_tree

pytestmark = pytest.mark.xdist_group("the newest edition")
WORDS = {  # columns that say something in words; `table.column` where others of its name hold numbers
    *("counted", "counts", "kind", "label", "method", "name", "note", "part", "place", "programme", "reason", "row"),
    *(
        "scenario",
        "scope",
        "searched",
        "source",
        "sources",
        "standing",
        "target",
        "told",
        "type",
        "verdict",
        "when",
        "whom",
    ),
    *("chances.chance", "corrections.as_printed", "corrections.used", "errors_one_year_ahead.shown", "revised.figure"),
}


@pytest.fixture(scope="module")
def editions(newest_edition) -> dict[str, EditionBuild]:
    return {code: newest_edition(code) for code in LANGUAGES}


@pytest.fixture(scope="module")
def tables(editions) -> dict[str, dict[str, pd.DataFrame]]:
    """The CSVs of each language by their names; cells are texts."""
    return {
        code: {
            path.relative_to(built.html).as_posix(): pd.read_csv(path, dtype=str, keep_default_na=False)
            for path in sorted(built.html.rglob("*.csv"))
        }
        for code, built in editions.items()
    }


def test_tables_have_the_same_columns_and_rows_in_both_languages(tables):
    shapes = {code: {name: (list(t), len(t)) for name, t in found.items()} for code, found in tables.items()}
    assert len(shapes["en"]) > 100
    assert shapes["vi"] == shapes["en"]


def test_whatever_is_not_words_is_the_same_in_both_languages(tables):
    assert [
        f"{name}: {column}"
        for name, english in tables["en"].items()
        for column in english
        if WORDS.isdisjoint({column, f"{Path(name).stem}.{column}"})
        and not english[column].equals(tables["vi"][name][column])
    ] == []


def test_a_csv_with_letters_beyond_ascii_has_the_mark_by_which_excel_knows_them(editions):
    contents = {path: path.read_bytes() for built in editions.values() for path in built.html.rglob("*.csv")}
    marked = {content.startswith(codecs.BOM_UTF8) for content in contents.values()}
    assert marked == {True, False}
    assert [path for path, text in contents.items() if text.startswith(codecs.BOM_UTF8) == text.isascii()] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_letter_of_a_chart_is_in_the_font_that_comes_with_the_page(editions, code):
    pages = map(page_tree, editions[code].html.rglob("*.html"))
    texts = [text for page in pages for text in page.xpath("//svg//text//text()")]
    letters = {letter for text in texts for letter in text if letter.isprintable()}
    assert len(letters) > 60
    assert letters - {chr(letter) for letters in LETTERS for letter in letters} == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_letter_that_a_picture_of_the_edition_uses_has_its_outline_in_it(editions, code):
    drawn = {path.name: path.read_text(encoding="utf-8") for path in editions[code].html.rglob("results/**/*.svg")}
    lacking = {
        name: {*re.findall(r'href="#(l\d+)"', svg)} - {*re.findall(r' id="(l\d+)"', svg)} for name, svg in drawn.items()
    }
    assert len(drawn) > 10
    assert {name: letters for name, letters in lacking.items() if letters} == {}


@pytest.fixture(scope="module")
def workbooks(newest_site) -> dict[str, openpyxl.Workbook]:
    found = {code: sorted(newest_site.glob(f"hanoi/2025/r0/*-{code}.xlsx")) for code in LANGUAGES}
    return {code: openpyxl.load_workbook(path) for code, (path,) in found.items()}


def headings(sheet) -> list[str]:
    (table,) = sheet.tables.values()
    return [column.name for column in table.tableColumns]


def test_the_headings_of_every_sheet_are_words(workbooks):
    for book in workbooks.values():
        assert len(book.sheetnames) > 100
        told = [heading for sheet in book.worksheets if sheet.tables for heading in headings(sheet)]
        assert [heading for heading in told if "CSV" in heading or "_" in heading] == []


def test_a_sheet_lies_across_and_its_headings_stay_in_sight_on_paper(workbooks):
    for sheet in (sheet for book in workbooks.values() for sheet in book.worksheets if sheet.tables):
        setup = (sheet.page_setup.orientation, int(sheet.page_setup.fitToHeight), sheet.freeze_panes is not None)
        assert (sheet.title, *setup) == (sheet.title, "landscape", 0, True)
        assert sheet.print_title_rows


def test_one_sheet_has_every_figure_of_every_page_with_its_unit(workbooks, tables):
    figures = [table for name, table in tables["en"].items() if name.endswith("/all_figures.csv")]
    for book in workbooks.values():
        sheet = book.worksheets[3]
        (table,) = sheet.tables.values()
        rows = pd.DataFrame([[c.value for c in row] for row in sheet[table.ref]][1:], columns=headings(sheet))
        assert len(rows) == sum(map(len, figures))
        assert (rows.iloc[:, [0, 1, 2, 3]] != "–").all(axis=None)
        unit = [column for column in rows if column in ("Unit", "Đơn vị tính")]
        assert (rows[unit] != "–").all(axis=None)


@pytest.mark.xdist_group("the newest edition")
def test_no_cell_of_a_workbook_holds_markup(workbooks):
    cells = [
        str(cell.value) for book in workbooks.values() for sheet in book for row in sheet.iter_rows() for cell in row
    ]
    assert [text for text in cells if "href=" in text or "<a" in text] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_figure_has_words_and_the_table_of_its_numbers(editions, code):
    figures = {}
    for path in sorted(editions[code].html.rglob("*.html")):
        for figure in page_tree(path).find_class("report-figure"):
            words = figure.xpath(".//img/@alt | .//svg[@role='img']/@aria-label")
            drawn = len(figure.xpath(".//img | .//svg[@role='img']"))
            told = len(words) == drawn > 0 and all(20 < len(each) <= 250 for each in words)
            rows = [table.xpath(".//tbody//tr") for table in figure.find_class("figure-table")]
            figures[path.stem, figure.get("id")] = (told, any(rows))
    assert len(figures) > 30
    assert {where: has for where, has in figures.items() if has != (True, True)} == {}


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_of_this_machine_is_published(editions, project, code):
    texts = [p for p in editions[code].html.rglob("*") if p.suffix in (".html", ".json", ".csv", ".svg", ".js")]
    assert texts
    assert [p.name for p in texts if str(project) in p.read_text(encoding="utf-8", errors="ignore")] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_status_is_told_by_its_sign_and_its_word(editions, code):
    text = load_language(code).text
    words = tuple(f"{SIGNS[status]} {text(word)}" for status, word in STATUS.items())
    page = page_tree(editions[code].html / "notebooks/summary.html")
    told = [cell.text_content() for cell in page.iterfind(f'.//td[@data-label="{text("Status")}"]')]
    assert len(told) > 20
    assert [cell for cell in told if not cell.startswith(words)] == []
