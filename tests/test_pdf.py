"""A book on paper: its pages as one document, and what Chromium makes of it."""

from __future__ import annotations

import io
import os
import re
import select
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import PdfObject

from builders import ENGLISH
from promotion_book.report.marks import NOTICE, ONLINE, mark
from promotion_book.site.copies.pdf import Chromium, PrintError, find_chromium
from promotion_book.site.copies.print_page import Cover, annexed_pages, print_page, reading_order
from promotion_book.words.language import Language

START, OCOP, DEEP = "book/index", "notebooks/ocop", "notebooks/what_if/half/index"
PAGES = [START, OCOP, DEEP]
COVER = Cover("Report, 2024", ("Figures public by 31 March.", "Revision r1."))
VIETNAMESE = Language("vi", {"Contents": "Mục lục"})
STYLE = Path("book/_static/book.css")
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><rect width="90" height="60"/></svg>'
ROWS = "".join(f"<tr><th>Commune {n}</th><td>{n} products<br>graded</td></tr>" for n in range(1, 121))
LONG = f"<table class='report-table'><thead><tr><th>Name</th><th>Heading</th></tr></thead><tbody>{ROWS}</tbody></table>"

FIGURE = '<figure class="report-figure"><img src="results/a.svg" alt="A square"><figcaption>Said.</figcaption></figure>'
LATER = '<a href="what_if/half/index.html#top">Later</a>'
BODY = f"{LONG}<h2>Kết quả chính</h2><p>{LATER}</p>{FIGURE}"


def html_page(title: str, body: str = "", around: str = "") -> bytes:
    article = f'<article class="bd-article">\n<section id="top"><h1>{title}</h1>{body}</section>\n</article>'
    return f"<!doctype html><html><body>{around}<main>{article}</main></body></html>".encode()


def book(**bodies: str) -> dict[str, bytes]:
    """A book of three pages; `start`, `ocop`, `deep` are what they say."""
    said = {START: ("Report", "start"), OCOP: ("Communes &amp; products", "ocop"), DEEP: ("What if", "deep")}
    pages = {f"{name}.html": html_page(title, bodies.get(key, "")) for name, (title, key) in said.items()}
    return pages | {"_static/book.css": STYLE.read_bytes(), "notebooks/results/a.svg": SQUARE}


def merged(cover: Cover = COVER, numbers: Mapping[str, int] | None = None, **bodies: str) -> str:
    return print_page(book(**bodies), PAGES, cover=cover, words=ENGLISH, numbers=numbers)


def section(name: str, **bodies: str) -> str:
    """What the document has of a page, after its heading."""
    found = re.search(f'<section class="bd-article" id="{name}">.*?</h1>(.*?)</section>', merged(**bodies), re.DOTALL)
    assert found
    return found[1]


def links(document: str) -> list[tuple[str, str]]:
    return re.findall(r'<a(?: href="([^"]*)")?>([^<]*)</a>', document)


def test_the_pages_are_sections_in_the_order_of_the_contents():
    found = re.findall('<section class="bd-article" id="([^"]*)"', merged())
    assert found == ["book-index", "notebooks-ocop", "notebooks-what_if-half-index"]


def test_the_cover_says_which_revision_it_is_and_stands_for_the_heading_of_the_start_page():
    document = merged()
    assert re.findall("<header.*?</header>", document) == [
        '<header class="cover"><h1>Report, 2024</h1><p>Figures public by 31 March.</p><p>Revision r1.</p></header>'
    ]
    assert re.findall("<h1>(.*?)</h1>", document) == ["Report, 2024", "Communes &amp; products", "What if"]


def test_the_cover_names_the_address_of_the_book_where_it_has_one():
    address = "https://example.org/hanoi/2024/r1/en/"
    assert (address, address) in links(merged(Cover("Report", ("r1",), address)))


def test_the_contents_list_names_each_page_and_its_sheet():
    document = merged(numbers={"notebooks-ocop": 3, "notebooks-what_if-half-index": 12})
    assert re.findall(r'<li><a href="#([^"]*)">(.*?)</a></li>', document) == [
        ("notebooks-ocop", "Communes &amp; products<span>3</span>"),
        ("notebooks-what_if-half-index", "What if<span>12</span>"),
    ]


def test_ids_stay_unique_although_each_page_has_the_same():
    found = re.findall('id="([^"]*--[^"]*)"', merged())
    assert found == ["book-index--top", "notebooks-ocop--top", "notebooks-what_if-half-index--top"]


def test_links_between_pages_lead_to_their_sections():
    body = '<a href="../../ocop.html">a</a><a href="../../ocop.html#stars">b</a><a href="#top">c</a>'
    assert links(section("notebooks-what_if-half-index", deep=body)) == [
        ("#notebooks-ocop", "a"),
        ("#notebooks-ocop--stars", "b"),
        ("#notebooks-what_if-half-index--top", "c"),
    ]


def test_links_into_the_world_stay():
    body = '<a href="https://example.org/?a=1&amp;b=2">a</a><a href="mailto:a@example.org">b</a>'
    assert links(section("notebooks-ocop", ocop=body)) == [
        ("https://example.org/?a=1&amp;b=2", "a"),
        ("mailto:a@example.org", "b"),
    ]


def test_links_to_other_files_are_text_where_the_book_has_no_address():
    assert links(section("notebooks-ocop", ocop='<a href="results/a.csv" download>CSV</a>')) == [("", "CSV")]


def test_links_to_other_files_lead_to_the_address_of_the_book():
    document = merged(Cover("Report", ("r1",), "https://example.org/en/"), ocop='<a href="results/a.csv">CSV</a>')
    assert ("https://example.org/en/notebooks/results/a.csv", "CSV") in links(document)


def test_pictures_are_the_wide_ones_and_named_from_the_start_of_the_book():
    picture = (
        '<picture><source media="(max-width: 599px)" srcset="results/a-narrow.svg">'
        '<img src="results/a.svg" alt="A &quot;square&quot;" width="90" loading="lazy"></picture>'
    )
    assert section("notebooks-ocop", ocop=picture) == (
        '<img src="notebooks/results/a.svg" alt="A &quot;square&quot;" width="90">'
    )


FOLDED = '<p>a</p><details class="long-table" id="all"><summary>All (2)</summary><table></table></details><p>b</p>'


def test_a_table_that_is_folded_on_a_screen_stands_at_the_end_and_in_its_place_where_that_is():
    link = '<p class="annexed"><a href="#notebooks-ocop--annex-1">All (2)</a></p>'
    assert section("notebooks-ocop", ocop=FOLDED) == f"<p>a</p>{link}<p>b</p>"
    last = merged(ocop=FOLDED).rpartition('<section class="bd-article" id="annex">')[2]
    assert last.startswith(
        "<h1>Long tables</h1><h2>Communes &amp; products</h2>"
        '<div class="long-table" id="notebooks-ocop--annex-1"><table></table></div></section>'
    )


def test_a_table_at_the_end_is_named_with_its_sheet():
    found = merged(ocop=FOLDED, numbers={"annex": 7, "notebooks-ocop--annex-1": 8})
    assert '<a href="#notebooks-ocop--annex-1">All (2)<span>8</span></a>' in found
    assert '<h2>Annexes</h2>\n<ol>\n<li><a href="#annex">Long tables<span>7</span></a></li>' in found


def test_the_last_part_of_the_contents_and_pages_below_others_are_annexes():
    def part(caption: str, *names: str) -> str:
        return f'<p class="caption">{caption}</p>' + "".join(f'<a href="../{name}.html">a</a>' for name in names)

    sidebar = f'<nav class="bd-links">{part("Report", OCOP, DEEP)}{part("Figures", "book/about")}</nav>'
    assert annexed_pages(html_page("Report", "", sidebar).decode()) == {DEEP, "book/about"}


def test_the_cover_says_who_made_it_and_how_it_is_cited():
    document = merged(Cover("Report", ("r1",), notes=("Made by: A & B", "How to cite: A & B")))
    assert "<div><p>Made by: A &amp; B</p><p>How to cite: A &amp; B</p></div></header>" in document


def test_a_number_of_a_figure_is_text_on_paper():
    assert section("notebooks-ocop", ocop='<a class="exhibit-number" href="#figure-a">Figure 3.2</a> A') == (
        '<a class="exhibit-number">Figure 3.2</a> A'
    )


@pytest.mark.parametrize(
    "only_for_screens",
    [
        '<a class="headerlink" href="#top" title="Link">#</a>',
        '<details class="admonition hide above-input"><summary>Show</summary><details>a</details>b</details>',
        '<div class="explorer-controls pst-js-only"><div><input type="range"></div><output></output></div>',
        '<p class="figure-files">Download: <a href="a.csv">CSV</a></p>',
        '<details class="figure-table"><summary>Numbers</summary><table></table></details>',
        '<svg class="chart narrow" viewBox="0 0 2 2"><text>a</text></svg>',
        '<details class="about-page"><summary>About</summary><details>a</details>b</details>',
        '<details class="rerun"><summary>Run</summary><p>code</p></details>',
        '<script type="application/json">{"a": "</p>"}</script>',
        "<noscript><p>The sliders need JavaScript.</p></noscript>",
        mark(ONLINE, '<p><a href="../../archive.en.html">All editions</a></p>'),
    ],
)
def test_what_only_a_screen_can_do_is_left_out(only_for_screens):
    assert section("notebooks-ocop", ocop=f"<p>a</p>{only_for_screens}<p>b</p>") == "<p>a</p><p>b</p>"


def test_the_notice_of_a_correction_stays():
    assert section("notebooks-ocop", ocop=mark(NOTICE, '<aside role="note">Corrected.</aside>')) == (
        '<aside role="note">Corrected.</aside>'
    )


def test_mathematics_and_signs_stay_as_they_are():
    formula = '<math display="block"><mi>g</mi><mo>&#x0003D;</mo><mspace width="1em"></mspace></math> &lt; ấ'
    assert section("notebooks-ocop", ocop=formula) == formula


def test_every_sheet_has_the_title_and_the_last_line_of_the_cover_whatever_signs_they_have():
    document = merged(Cover('A "b" </style>', ("first", "last")))
    assert (
        r'@page { @top-left { content: "A \22 b\22  \3c /style>" } @top-right { content: "last" } }'
        in document.split("</style>")[0]
    )


def test_the_reading_order_is_that_of_the_sidebar():
    sidebar = (
        '<nav class="bd-links bd-docs-nav"><a href="#">Report</a><a href="../notebooks/ocop.html">a</a>'
        '<a href="../notebooks/what_if/half/index.html">b</a></nav><nav><a href="about.html">c</a></nav>'
    )
    assert reading_order(html_page("Report", '<a href="methods.html">d</a>', sidebar).decode()) == PAGES


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
        Chromium(failing)(book(), PAGES, COVER, ENGLISH)
    first, *others = str(error.value).splitlines()
    assert first == f"Chromium ended with 3 and no PDF ({failing})"
    assert others == ["line 2", "line 3", "line 4", "line 5", "line 6"]


def test_a_chromium_that_writes_nothing_is_an_error(tmp_path):
    with pytest.raises(PrintError, match="ended with 0 and no PDF"):
        Chromium(program(tmp_path, "true"))(book(), PAGES, COVER, ENGLISH)


def test_a_chromium_that_hangs_is_ended_with_its_children(tmp_path):
    hanging = program(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(PrintError, match="took longer than 2 s"):
        Chromium(hanging, seconds=2)(book(), PAGES, COVER, ENGLISH)
    with suppress(ProcessLookupError):
        child = os.pidfd_open(int((tmp_path / "child").read_text(encoding="utf-8")))
        assert select.select([child], [], [], 10)[0]
        os.close(child)


def printed(words: Language = VIETNAMESE, **bodies: str) -> bytes:
    printer = find_chromium()
    assert printer
    return printer(book(**bodies), PAGES, COVER, words)


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
    assert told == ["Report, 2024", ["Mục lục"], "Communes & products", ["Kết quả chính"], "What if"]


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
def test_the_pdf_knows_no_clock_and_no_program(reader, pdf):
    assert dict(reader.metadata) == {"/Title": "Report, 2024"}
    assert not re.search(r"Date|Tool", reader.root_object["/Metadata"].get_object().get_data().decode())
    assert not re.search(rb"Skia|HeadlessChrome|/tmp/", pdf)


@pytest.mark.browser
def test_the_same_book_gives_the_same_bytes(pdf):
    assert printed(ocop=BODY) == pdf


@pytest.mark.browser
def test_chromium_tells_its_version(browser):
    found = find_chromium()
    assert found
    assert re.fullmatch(r"Chromium [\d.]+( .*)?", found.version())
