"""The edition on paper: how much it is, and that nothing of it is broken or left alone."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html
from paper_book import ABOUT
from pypdf import PdfReader

from promotion_book.site.copies.print_page import print_page, reading_order
from promotion_book.words.language import LANGUAGES
from promotion_book.words.translation import load_language

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("the newest edition")]
MOST, WHOLE = 60, 140  # sheets before the annexes, and of the edition
WIDTH = 665  # pixels: what a sheet has between its margins
TOKEN = re.compile(r"\d[\d.,/]*%?–[\d.,/]*\d%?|[^\s–/-]+[–/-]*")  # what no line break may part
FOOT = re.compile(r"\d+ / \d+")
MINUTES = 600_000  # milliseconds: other tests may need the processors too


def pdf_lines(content: bytes, folder: Path) -> list[list[str]]:
    """The lines of each sheet. Without the program a test is skipped; on CI it fails."""
    program = shutil.which("pdftotext")
    if not program:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("it needs pdftotext (Debian: poppler-utils)")
    (folder / "edition.pdf").write_bytes(content)
    done = subprocess.run([program, "-raw", folder / "edition.pdf", "-"], capture_output=True, text=True, check=True)
    return [sheet.strip().splitlines() for sheet in done.stdout.split("\f")[:-1]]


class Paper:
    """The document of an edition, and the PDF that Chromium makes of it."""

    def __init__(self, document: str, pdf: bytes, folder: Path, *, wide: int) -> None:
        self.wide = wide
        self.document = html.document_fromstring(document)
        for line in self.document.xpath("//br"):
            line.tail = f" {line.tail or ''}"
        self.reader, self.sheets = PdfReader(io.BytesIO(pdf)), pdf_lines(pdf, folder)

    def sheet_of(self, place: str) -> int:
        """On which sheet a place is, the first being 0."""
        return self.reader.get_destination_page_number(self.reader.named_destinations[f"/{place}"])


@pytest.fixture(scope="module", params=LANGUAGES)
def paper(request, newest_edition, browser, tmp_path_factory) -> Paper:
    built, folder = newest_edition(request.param), tmp_path_factory.mktemp("paper")
    shutil.copytree(built.html, folder, dirs_exist_ok=True)
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}
    pages = reading_order(files["book/index.html"].decode("utf-8"))
    document = print_page(files, pages, about=ABOUT, words=load_language(request.param))
    (folder / "print.html").write_text(document, encoding="utf-8")
    page = browser.new_page(viewport={"width": WIDTH, "height": WIDTH})
    page.emulate_media(media="print")
    page.goto((folder / "print.html").as_uri(), timeout=MINUTES)
    wide = page.evaluate("document.documentElement.scrollWidth")
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    return Paper(document, pdf, folder, wide=wide)


def test_the_chapters_take_no_more_sheets_than_people_read(paper):
    chapters, annexes, _ = paper.document.xpath("//nav[@class='contents']/ol")
    first = annexes.xpath("./li[1]/a/@href")[0].removeprefix("#")
    assert len(chapters) > 10
    assert 20 < paper.sheet_of(first) <= MOST


def test_the_edition_takes_no_more_sheets_than_people_print(paper):
    assert len(paper.sheets) <= WHOLE


def test_nothing_is_wider_than_a_sheet_which_would_make_all_of_them_smaller(paper):
    assert paper.wide <= WIDTH


def test_no_number_and_no_word_of_a_table_is_broken(paper):
    there = {token for sheet in paper.sheets for line in sheet for token in TOKEN.findall(line)}
    cells = [cell.text_content() for cell in paper.document.iter("th", "td") if cell.find(".//math") is None]
    assert len(cells) > 5000
    assert {token for cell in cells for token in TOKEN.findall(cell)} - there == set()


def test_no_heading_is_the_last_line_of_a_sheet(paper):
    headings = {" ".join(h.text_content().split()) for h in paper.document.xpath("//section//*[self::h1 or self::h2]")}
    contents = max(paper.sheets, key=lambda sheet: len(headings.intersection(sheet)))
    said = [[line for line in sheet if not FOOT.fullmatch(line)] for sheet in paper.sheets if sheet is not contents]
    last = [lines[-1] for lines in said if lines]
    assert len(last) > 20
    assert [line for line in last if line in headings] == []
