"""A book on paper: its pages as one document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from paper_book import ABOUT, DEEP, OCOP, PAGES, book, html_page

from builders import ENGLISH
from promotion_book.report.marks import NOTICE, ONLINE, mark
from promotion_book.site.about import About, licence
from promotion_book.site.copies.print_page import annexed_pages, number_sheets, print_page, reading_order


def merged(about: About = ABOUT, numbers: Mapping[str, int] | None = None, **bodies: str) -> str:
    return number_sheets(print_page(book(**bodies), PAGES, about=about, words=ENGLISH), numbers or {})


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
    lines = "<h1>Report, 2024</h1><p>Figures public by 31 March.</p><p>Revision r1.</p>"
    assert f'<header class="cover">{lines}<div>' in document
    assert re.findall("<h1>(.*?)</h1>", document) == ["Report, 2024", "Summary", "Communes &amp; products", "What if"]


def test_the_cover_names_the_address_of_the_book_where_it_has_one():
    address = "https://example.org/hanoi/2024/r1/"
    assert (f"{address}en/",) * 2 in links(merged(replace(ABOUT, address=address)))


def test_the_contents_list_names_each_page_and_its_sheet():
    document = merged(numbers={"book-index": 2, "notebooks-ocop": 3, "notebooks-what_if-half-index": 12})
    assert re.findall(r'<li><a href="#([^"]*)">(.*?)</a></li>', document) == [
        ("book-index", "Summary<span>2</span>"),
        ("notebooks-ocop", "Communes &amp; products<span>3</span>"),
        ("notebooks-what_if-half-index", "What if<span>12</span>"),
    ]


def test_the_contents_list_comes_after_the_cover_and_before_everything_else():
    assert re.findall(r'<(header|nav|section class="bd-article")', merged())[:3] == [
        "header",
        "nav",
        'section class="bd-article"',
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
    document = merged(replace(ABOUT, address="https://example.org/"), ocop='<a href="results/a.csv">CSV</a>')
    assert ("https://example.org/en/notebooks/results/a.csv", "CSV") in links(document)


def test_pictures_are_the_wide_ones_and_named_from_the_start_of_the_book():
    picture = (
        '<picture><source media="(max-width: 599px)" srcset="results/a-narrow.svg">'
        '<img src="results/a.svg" alt="A &quot;square&quot;" width="90" loading="lazy"></picture>'
    )
    assert section("notebooks-ocop", ocop=picture) == (
        """<img src="notebooks/results/a.svg" alt='A "square"' width="90">"""
    )


def test_a_picture_names_its_own_hatching():
    picture = '<svg><defs><pattern id="h"></pattern></defs><path style="fill: url(#h)"></path></svg>'
    assert section("notebooks-ocop", ocop=picture) == picture.replace('"h"', '"notebooks-ocop--h"').replace(
        "#h", "#notebooks-ocop--h"
    )


FOLDED = '<p>a</p><details class="long-table" id="all"><summary>All (2)</summary><table></table></details><p>b</p>'


def test_a_table_that_is_folded_on_a_screen_stands_at_the_end_and_in_its_place_where_that_is():
    link = '<p class="annexed"><a href="#notebooks-ocop--annex-1">All (2)</a></p>'
    assert section("notebooks-ocop", ocop=FOLDED) == f"<p>a</p>{link}<p>b</p>"
    last = merged(ocop=FOLDED).rpartition('<section class="bd-article" id="annex">')[2]
    assert last.startswith(
        '<h1>Long tables</h1><h2 id="annex-notebooks-ocop">Communes &amp; products</h2>'
        '<div class="long-table" id="notebooks-ocop--annex-1"><table></table></div></section>'
    )


def test_the_tables_at_the_end_are_listed_by_the_pages_that_they_belong_to_with_their_sheets():
    found = merged(ocop=FOLDED, numbers={"annex-notebooks-ocop": 7, "notebooks-ocop--annex-1": 8})
    assert '<a href="#notebooks-ocop--annex-1">All (2)<span>8</span></a>' in found
    listed = '<li><a href="#annex-notebooks-ocop">Communes &amp; products<span>7</span></a></li>'
    assert f"<h2>Long tables</h2>\n<ol>\n{listed}" in found


def test_a_list_that_nobody_reads_through_is_in_the_spreadsheet_and_in_its_place_stands_that():
    found = merged(ocop=FOLDED.replace("<table>", '<table id="table-all_figures">'))
    assert '<p>a</p><p class="annexed"><a>All (2)<span>in the spreadsheet</span></a></p><p>b</p>' in found
    assert "Long tables" not in found


def test_the_last_part_of_the_contents_and_pages_below_others_are_annexes():
    def part(caption: str, *names: str) -> str:
        return f'<p class="caption">{caption}</p>' + "".join(f'<a href="../{name}.html">a</a>' for name in names)

    sidebar = f'<nav class="bd-links">{part("Report", OCOP, DEEP)}{part("Figures", "book/about")}</nav>'
    assert annexed_pages(html_page("Report", "", sidebar).decode()) == {DEEP, "book/about"}


def test_the_cover_says_who_made_it_and_how_it_is_cited():
    document = merged(replace(ABOUT, author="A & B", citation="A & B, r1.", ways=("Contact: a@b",)))
    free = f"<p>{licence(ENGLISH)}</p>"
    told = f"<p>Made by: A &amp; B</p>{free}<p>How to cite: A &amp; B, r1.</p><p>Contact: a@b</p>"
    assert f"<div>{told}</div></header>" in document


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
        '<section class="how-to-cite"><h2>How to cite</h2></section>',
        '<div class="method-code"><p>In the code: <code>a.b</code></p></div>',
        '<details class="rerun"><summary>Run</summary><p>code</p></details>',
        '<script type="application/json">{"a": "</p>"}</script>',
        '<div class="on-screen docutils container"><p>On a phone each row becomes a card.</p></div>',
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
    formula = '<math display="block"><mi>g</mi><mo>=</mo><mspace width="1em"></mspace></math> &lt; ấ'
    assert section("notebooks-ocop", ocop=formula) == formula


def test_every_sheet_has_the_title_and_the_last_line_of_the_cover_whatever_signs_they_have():
    document = merged(replace(ABOUT, title='A "b" </style>', revision="last"))
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
