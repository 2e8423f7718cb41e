"""What Chromium makes of a book on paper."""

from __future__ import annotations

import io
import os
import re
import select
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from paper_book import ABOUT, PAGES, book
from pypdf import PdfReader
from pypdf.generic import PdfObject

from builders import ENGLISH
from promotion_book.site.copies.pdf import Chromium, PrintError, find_chromium
from promotion_book.words.language import Language

VIETNAMESE = Language(
    "vi", {"Contents": "Mục lục", "Summary": "Tóm tắt", "Annexes": "Phụ lục", "Long tables": "Bảng dài"}
)
ROWS = "".join(f"<tr><th>Commune {n}</th><td>{n} products<br>graded</td></tr>" for n in range(1, 121))
LONG = f"<table class='report-table'><thead><tr><th>Name</th><th>Heading</th></tr></thead><tbody>{ROWS}</tbody></table>"

FIGURE = '<figure class="report-figure"><img src="results/a.svg" alt="A square"><figcaption>Said.</figcaption></figure>'
LATER = '<a href="what_if/half/index.html#top">Later</a>'
BODY = f"{LONG}<h2>Kết quả chính</h2><p>{LATER}</p>{FIGURE}"


def test_without_chromium_there_is_no_printer(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert find_chromium() is None


def program(folder: Path, script: str) -> str:
    path = folder / "chromium"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_a_chromium_that_fails_is_an_error_with_its_last_lines(tmp_path):
    failing = program(tmp_path, "for n in 1 2 3 4 5 6; do echo line $n; done; exit 3")
    with pytest.raises(PrintError) as error:
        Chromium(failing)(book(), PAGES, ABOUT, ENGLISH)
    first, *others = str(error.value).splitlines()
    assert first == f"Chromium ended with 3 and no PDF ({failing})"
    assert others == ["line 2", "line 3", "line 4", "line 5", "line 6"]


def test_a_chromium_that_writes_nothing_is_an_error(tmp_path):
    with pytest.raises(PrintError, match="ended with 0 and no PDF"):
        Chromium(program(tmp_path, "true"))(book(), PAGES, ABOUT, ENGLISH)


def test_a_chromium_that_hangs_is_ended_with_its_children(tmp_path):
    hanging = program(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(PrintError, match="took longer than 2 s"):
        Chromium(hanging, seconds=2)(book(), PAGES, ABOUT, ENGLISH)
    with suppress(ProcessLookupError):
        child = os.pidfd_open(int((tmp_path / "child").read_text(encoding="utf-8")))
        assert select.select([child], [], [], 10)[0]
        os.close(child)


SCREEN = '<section><h2>Only on screens</h2><p>Choose.</p><div class="cell"><div class="output"></div></div></section>'
METHODS = "".join(
    f"{'<p>More.</p>' * (12 + n)}<h2>Rule {n}</h2><p>It is said {n}.</p><div class='method'>{'<p>Formula.</p>' * 9}</div>"
    for n in range(24)
)
TABLES = "".join(
    "<table class='report-table'><tbody>{}<tr><th>Last of {}</th></tr></tbody></table>".format(
        "".join(f"<tr><th>Row {row} of {n}</th></tr>" for row in range(9 + n)), n
    )
    for n in range(24)
)


def printed(words: Language = VIETNAMESE, **bodies: str) -> bytes:
    printer = find_chromium()
    assert printer
    return printer(book(**bodies), PAGES, ABOUT, words)


@pytest.fixture(scope="module")
def pdf(browser: object) -> bytes:
    """A book with a long table, a link to a later page, and a figure."""
    return printed(ocop=BODY)


@pytest.fixture
def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def nodes(node: object) -> Iterator[dict[str, object]]:
    """The elements below one of a tagged PDF."""
    found = node.get_object() if isinstance(node, PdfObject) else None
    for kid in found if isinstance(found, list) else []:
        yield from nodes(kid)
    if isinstance(found, dict):
        yield found
        yield from nodes(found.get("/K"))


def tags(node: object) -> Iterator[str]:
    """The kinds of the elements below one of a tagged PDF."""
    return (str(found.get("/S", "")) for found in nodes(node))


@pytest.mark.browser
def test_the_pdf_is_tagged_and_has_a_language_and_a_title_to_show(reader):
    root = reader.root_object
    shown = (root["/MarkInfo"]["/Marked"], root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert shown == (True, "vi", True)


@pytest.mark.browser
def test_the_pdf_says_that_it_is_pdf_ua_and_every_figure_and_link_has_a_text(reader):
    assert '"http://www.aiim.org/pdfua/ns/id/">1</pdfuaid:part>' in reader.root_object["/Metadata"].get_data().decode()
    figures = [node for node in nodes(reader.root_object["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
    assert [str(figure.get("/Alt")) for figure in figures] == ["A square"]
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert links
    assert [link for link in links if not link.get("/Contents")] == []
    assert {str(page.get("/Tabs")) for page in reader.pages} == {"/S"}


@pytest.mark.browser
def test_tables_headings_and_pictures_are_tagged_as_such(reader):
    assert {"/Table", "/TH", "/TD", "/H1", "/H2", "/Figure", "/Link"} <= set(
        tags(reader.root_object["/StructTreeRoot"])
    )


@pytest.mark.browser
def test_the_outline_has_the_headings_in_their_order(reader):
    chapters = [item if isinstance(item, list) else str(item.title) for item in reader.outline]
    told = [[str(one.title) for one in item] if isinstance(item, list) else item for item in chapters]
    assert told == ["Report, 2024", ["Mục lục"], "Tóm tắt", "Communes & products", ["Kết quả chính"], "What if"]


@pytest.mark.browser
def test_every_sheet_is_a4_and_says_which_one_it_is(reader):
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in reader.pages}
    assert sizes == {(595, 842)}
    count = len(reader.pages)
    assert [f"{n} / {count}" in page.extract_text() for n, page in enumerate(reader.pages, start=1)] == [True] * count


@pytest.mark.browser
def test_every_sheet_but_the_first_begins_with_the_title_and_the_revision(reader):
    lines = [page.extract_text().splitlines() for page in reader.pages]
    running = [any("Report, 2024" in line and "Revision r1." in line for line in sheet) for sheet in lines]
    assert running == [False, *[True] * (len(lines) - 1)]


@pytest.mark.browser
def test_the_contents_list_has_the_sheets_on_which_the_chapters_begin(reader):
    starts = {
        str(o.title): reader.get_destination_page_number(o) + 1 for o in reader.outline if not isinstance(o, list)
    }
    contents = next(page.extract_text() for page in reader.pages if "Mục lục" in page.extract_text())
    found = {title: int(number) for title, number in re.findall(r"(Communes & products|What if)\s+(\d+)", contents)}
    assert found == {title: starts[title] for title in ("Communes & products", "What if")}


@pytest.mark.browser
def test_links_inside_the_book_lead_to_places_in_the_pdf(reader):
    annotations = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    wanted = [str(a["/Dest"]) for a in annotations if "/Dest" in a]
    assert "/notebooks-what_if-half-index--top" in wanted
    assert set(wanted) <= set(reader.named_destinations)


@pytest.mark.browser
def test_a_table_has_its_head_on_each_sheet_and_no_row_is_cut(reader):
    sheets = [text for page in reader.pages if re.search(r"Commune \d", text := page.extract_text())]
    assert len(sheets) > 1
    assert ["Heading" in sheet for sheet in sheets] == [True] * len(sheets)
    rows = [(len(re.findall(r"Commune \d+", sheet)), sheet.count("graded")) for sheet in sheets]
    assert [first for first, _ in rows] == [second for _, second in rows]
    assert sum(first for first, _ in rows) == 120


@pytest.mark.browser
def test_the_pdf_says_what_it_is_and_who_made_it_and_knows_no_clock_and_no_program(reader, pdf):
    known = {"/Title": "Report, 2024", "/Author": "A. Potter", "/Subject": "Figures public by 31 March. Revision r1."}
    assert dict(reader.metadata) == known
    assert not re.search(r"Date|Tool", reader.root_object["/Metadata"].get_object().get_data().decode())
    assert not re.search(rb"Skia|HeadlessChrome|/tmp/", pdf)


@pytest.mark.browser
def test_a_section_that_only_a_screen_can_show_has_no_heading_on_paper(browser):
    found = PdfReader(io.BytesIO(printed(ocop=SCREEN)))
    assert "Only on screens" not in "".join(page.extract_text() for page in found.pages)


@pytest.mark.browser
def test_what_announces_a_method_is_not_left_alone_at_the_end_of_a_sheet(browser):
    sheets = [page.extract_text() for page in PdfReader(io.BytesIO(printed(ocop=METHODS))).pages]
    said = [re.findall(r"It is said \d+\.|Formula\.|More\.", sheet) for sheet in sheets]
    assert sum("It is said" in one for sheet in said for one in sheet) == 24
    assert [sheet[-1] for sheet in said if sheet and "said" in sheet[-1]] == []


@pytest.mark.browser
def test_the_last_row_of_a_table_is_not_left_alone_on_a_sheet(browser):
    sheets = [page.extract_text() for page in PdfReader(io.BytesIO(printed(ocop=TABLES))).pages]
    rows = [re.findall(r"(?:Row \d+|Last) of \d+", sheet) for sheet in sheets]
    assert sum(len(sheet) for sheet in rows) == sum(range(10, 34))
    assert [sheet[0] for sheet in rows if sheet and sheet[0].startswith("Last")] == []


@pytest.mark.browser
def test_the_same_book_gives_the_same_bytes(pdf):
    assert printed(ocop=BODY) == pdf


@pytest.mark.browser
def test_chromium_tells_its_version(browser):
    found = find_chromium()
    assert found
    assert re.fullmatch(r"Chromium [\d.]+( .*)?", found.version())
