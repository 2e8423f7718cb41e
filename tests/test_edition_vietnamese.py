"""The Vietnamese edition: nothing of it is English but code, terms, and what sources are called."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag

from promotion_book.running.notebooks import read_notebook
from promotion_book.running.plan import EditionBuild
from promotion_book.words.alphabet import alphabet_key

pytestmark = pytest.mark.xdist_group("the newest edition in Vietnamese")
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|were|for|with|not|from|(?<!CC )by|which|that|this|figure|figures|target|targets|source|year|"
    r"table|page|show|hide|search|download|next|previous|toggle)\b",
    re.IGNORECASE,
)
NOT_OURS = (  # code; titles, labels and addresses of sources; works that methods cite; the English terms
    "script, style, pre, code, .report-table span[id], td[data-label='Gọi tắt'], a[href*='sources_and_conflicts.html#'], .method-source, "
    "section#glossary td:nth-child(2), .language-switcher"
)
PAPER = "The Hanoi Times"  # which names a figure of its own in a chart, and in the sources of another place
READ = ("aria-label", "title", "placeholder", "alt", "data-label")


@pytest.fixture(scope="module")
def built(newest_edition) -> EditionBuild:
    return newest_edition("vi")


@pytest.fixture(scope="module")
def pages(built) -> dict[str, BeautifulSoup]:
    paths = [path for path in built.html.rglob("*.html") if "_static" not in path.parts]
    return {p.relative_to(built.html).as_posix(): BeautifulSoup(p.read_bytes(), "lxml") for p in paths}


def read_aloud(page: BeautifulSoup) -> list[str]:
    """What a reader sees or hears of a page, without what keeps its own language."""
    others = {id(part) for other in page.select(NOT_OURS) for part in (other, *other.descendants)}
    ours = [part for part in page.descendants if id(part) not in others]
    labels = [part[name] for part in ours if isinstance(part, Tag) for name in READ if part.get(name)]
    return labels + [" ".join(part.split()) for part in ours if type(part) is NavigableString]


def test_no_english_is_left_on_a_page(pages):
    said = {name: [text.replace(PAPER, "") for text in read_aloud(page)] for name, page in pages.items()}
    left = {name: [text for text in texts if ENGLISH.search(text)] for name, texts in said.items()}
    assert {name: texts for name, texts in left.items() if texts} == {}


def test_every_page_says_that_it_is_vietnamese(pages):
    assert {page.html["lang"] for page in pages.values()} == {"vi"}


def test_every_page_is_that_of_the_english_edition(pages):
    own = [name for name in pages if name not in ("index.html",)]
    for name in own:
        switch = pages[name].select_one(".language-switcher a")
        assert (switch["hreflang"], switch["href"]) == ("en", f"{'../' * (name.count('/') + 1)}en/{name}")


def test_numbers_and_days_are_those_of_the_locale(pages):
    names = ("book/index.html", "notebooks/handicraft_exports.html")
    start, exports = (pages[name].get_text(" ").replace("\N{NO-BREAK SPACE}", " ") for name in names)
    assert "31/3/2026" in start
    assert "15/01/2027" in start
    assert (
        "Không tìm thấy số liệu cả năm nào sau năm 2018; muốn đạt mục tiêu lẽ ra phải tăng ít nhất 16,2% mỗi năm"
        in exports
    )
    assert not re.search(r"\d \b(billion|million|trillion)\b", start + exports)


def test_every_picture_has_a_text_of_at_most_250_characters(pages):
    charts = [chart for page in pages.values() for chart in page.select("img, svg[role=img]")]
    texts = [chart.get("alt") or chart.get("aria-label", "") for chart in charts]
    assert texts
    assert all(0 < len(text) <= 250 for text in texts)


def test_headings_keep_the_addresses_that_they_have_in_english(pages):
    ids = {element["id"] for element in pages["notebooks/ocop.html"].find_all(id=True)}
    assert {"findings", "targets", "by-district", "all-figures"} <= ids


def test_titles_of_the_grid_and_captions_of_the_contents_are_vietnamese(pages):
    contents = pages["book/index.html"].select_one(".bd-docs-nav").get_text(" ")
    assert "Phương án: giá trị bằng tiền tăng 5%/năm, chỉ tiêu khác đạt 50% nhịp độ đến nay" in contents
    assert "Thời gian tới" in contents


def test_the_glossary_begins_with_vietnamese_terms_in_the_order_of_their_alphabet(pages):
    tables = pages["book/glossary.html"].select("section#glossary table")
    heads = [[cell.get_text() for cell in table.select("thead th")] for table in tables]
    terms = [[row.find("td").get_text() for row in table.select("tbody tr")] for table in tables]
    assert heads == [["Tiếng Việt", "Tiếng Anh", "Ý nghĩa"]] * 2
    assert [(said[0], said[-1]) for said in terms] == [
        ("chỉ số sản xuất công nghiệp (IIP)", "vốn đối ứng"),
        ("ấn bản", "trạng thái"),
    ]
    assert terms == [sorted(said, key=alphabet_key) for said in terms]


def test_the_notebook_to_take_away_is_told_in_vietnamese(built):
    cells = [
        cell
        for cell in read_notebook(built.html / "notebooks/results/ocop.ipynb").cells
        if cell.cell_type == "markdown"
    ]
    assert cells[0].source.startswith("# Mỗi xã một sản phẩm (OCOP)")
    assert [cell.source for cell in cells if ENGLISH.search(cell.source)] == []


def test_the_command_runs_the_page_in_its_language(pages):
    assert "-p period=2025 -p language=vi" in pages["notebooks/ocop.html"].select_one(".rerun").get_text()
