"""Tables and formulas as a browser lays them out on a desk and on a phone, by the style of the book."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page

from builders import ENGLISH
from promotion_book.book.methods import method_html
from promotion_book.report.sources import Source, add_source
from promotion_book.report.tables import Column, Table
from promotion_book.words.markup import keep_ranges

pytestmark = pytest.mark.browser
STYLE = Path("book/_static/book.css")
FONT = "body { font: 16px 'DejaVu Sans'; margin: 16px } * { box-sizing: border-box }"
SHORT = Source("src_001", "Lao Động, 2025d").link
WRITTEN = '<div class="pst-scrollable-table-container"><table class="table"><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table></div>'


@pytest.fixture
def laid_out(browser) -> Iterator[Callable[[str, int], Page]]:
    """Shows HTML in the style of the book, in a window of a width."""
    pages = []

    def show(body: str, width: int) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900})
        pages.append(page)
        page.set_content(f"<style>{FONT}{STYLE.read_text(encoding='utf-8')}</style>{body}")
        return page

    yield show
    for page in pages:
        page.close()


def lines(page: Page, part: str) -> list[int]:
    """How many lines each element takes."""
    script = "(all) => all.map((one) => new Set([...one.getClientRects()].map((box) => Math.round(box.top))).size)"
    return page.eval_on_selector_all(part, script)


def wide(page: Page, part: str) -> list[bool]:
    """Whether each element has more than it shows."""
    return page.eval_on_selector_all(part, "(all) => all.map((one) => one.scrollWidth > one.clientWidth)")


def test_the_title_stays_in_sight_while_the_contents_scroll(laid_out):
    items = [f'<div class="sidebar-primary-item">{one}</div>' for one in ("<header>T</header>", "<nav>N</nav>")]
    body = f'<div class="bd-sidebar-primary"><div>{"".join(items)}</div></div>'
    page = laid_out(
        f"<style>.bd-sidebar-primary {{ height: 400px; overflow: auto }} nav {{ height: 2000px }}</style>{body}", 1280
    )
    page.eval_on_selector(".bd-sidebar-primary", "(one) => { one.scrollTop = 900 }")
    top = "(one) => Math.round(one.getBoundingClientRect().top)"
    assert page.eval_on_selector("header", top) == page.eval_on_selector(".bd-sidebar-primary", top)


def test_a_row_has_its_name_in_few_lines_a_short_source_in_one_and_no_range_breaks(laid_out):
    row = {
        "name": "Growth of gross regional domestic product",
        "period": "Giai đoạn 2016–2020",
        "source": add_source("75%", SHORT),
    }
    cells = dict.fromkeys("ab", "many words of a long note " * 4)
    columns = tuple(Column(key, key, str) for key in ["name", "period", "source", *cells])
    page = laid_out(keep_ranges(Table("t", "T", columns=columns, frame=pd.DataFrame([row | cells])).html()), 690)
    name = page.locator("tbody th").bounding_box()["width"]
    assert (name >= 136, lines(page, "td a"), lines(page, ".unbroken")) == (True, [1], [1])


def test_two_short_words_stay_on_their_line_and_a_long_address_does_not_widen_a_long_table(laid_out):
    source = Source("src_001", "hiennguyen9874/vn-macroeconomics-of-the-general-office, 2025").link
    row = {"name": "Sản phẩm", "standing": "thực hiện", "source": source} | dict.fromkeys(
        "abcd", "many words of a note " * 4
    )
    columns = tuple(Column(key, "Tính chất" if key == "standing" else key, str) for key in row)
    table = Table("t", "T", columns=columns, frame=pd.DataFrame([row])).html()
    page = laid_out(f'<details class="long-table" open><summary>T</summary>{table}</details>', 690)
    width = page.locator("td.short").bounding_box()["width"]
    assert (width > 65, wide(page, ".table-scroll")) == (True, [False])


def test_all_figures_of_a_page_are_seen_without_scrolling_on_a_desk(laid_out):
    row = {
        "Indicator \u2195": "Growth of administration",
        "Period \u2195": "January–September 2025",
        "Figure \u2195": "VND\N{NO-BREAK SPACE}1,234.56\N{NO-BREAK SPACE}trillion",
        "Scope \u2195": "state-owned",
        "Standing \u2195": "estimate; confirmed",
        "Source \u2195": Source("src_001", "Thời báo Tài chính, 2023e").link,
        "Note \u2195": "Preliminary; the announcement of the year before had another figure.",
    }
    columns = tuple(Column(key, key, number=key.startswith("Figure")) for key in row)
    table = Table("t", "T", columns=columns, frame=pd.DataFrame([row])).html()
    page = laid_out(f'<details class="long-table" open><summary>T</summary>{table}</details>', 720)
    assert wide(page, ".table-scroll") == [False]


def test_of_a_table_of_two_columns_the_one_with_more_words_is_wider_and_a_source_has_room(laid_out):
    frame = pd.DataFrame([{"a": "target met", "b": "The figure has reached the target, or the low end of its range."}])
    columns = (Column("a", "Status"), Column("b", "Meaning"))
    sourced = frame.assign(a="Cut in the use of resources and materials in all of the city", b=add_source("75%", SHORT))
    shares = []
    for rows in (frame, sourced):
        page = laid_out(Table("t", "T", columns=columns, frame=rows).html(), 690)
        name, beside = (page.locator(part).bounding_box()["width"] for part in ("tbody th", "tbody td"))
        shares.append(name > beside)
    assert shares == [False, True]


def test_entries_of_a_cell_are_as_far_from_each_other_as_each_is_even(laid_out):
    entries = "<br>\n".join(add_source(n, SHORT) for n in ("one", "two", "three"))
    page = laid_out(f'<table class="report-table"><tr><td>{entries}</td></tr></table>', 690)
    tops = [one.bounding_box()["y"] for one in page.locator(".cell-source").all()]
    assert tops[1] - tops[0] == pytest.approx(tops[2] - tops[1], abs=0.1)
    assert tops[1] - tops[0] < 55


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["Method", *(f"{n} figures" for n in (5, 7, 10, 12))], ["past change continued", *["18.1 / 2.82"] * 4]),
        (["Years ahead", *["95% range", "80%, after steady growth", "95%, totals"] * 2], ["1", *["79%"] * 6]),
        (["Years ahead", *["95%"] * 7], ["1", *["95%"] * 7]),
    ],
    ids=["two measures", "long heads", "many columns"],
)
def test_a_written_table_of_numbers_is_seen_as_a_whole_on_a_phone(laid_out, heads, row):
    body = WRITTEN.format(head="".join(f"<th>{h}</th>" for h in heads), row="".join(f"<td>{c}</td>" for c in row))
    page = laid_out(body, 360)
    assert page.locator("table").bounding_box()["width"] <= 328


LONG = r"d_h = (y_{t+h} - f_{t+h}) - (y_{t+1} - f_{t+1}) \\ p \ge 0.33: \text{about as likely as not, as a reader would say}"


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_a_formula_is_seen_as_a_whole_with_the_words_beside_it_and_its_function_breaks_at_dots(laid_out, width):
    said = {"question": "?", "formula": LONG, "symbols": "", "source": ""}
    name = "scenarios.scores.weighted_interval_score"
    page = laid_out(method_html(name, said, sentences=[], language=ENGLISH), width)
    formula, words = page.locator(".formula-line").last.locator("math, span").all()
    assert wide(page, ".method-formula, .method-code") == [False, False]
    assert words.bounding_box()["x"] > formula.bounding_box()["x"] + formula.bounding_box()["width"]
    assert page.locator("code").inner_html().count("<wbr>") == 4


def test_no_line_of_a_method_begins_with_the_full_stop_after_a_formula(laid_out):
    said = {"question": "?", "formula": "x", "source": ""}
    ends = "".join(
        method_html("a.b", {**said, "symbols": f"{'a ' * n}is $y_{{t}}$."}, sentences=[], language=ENGLISH)
        for n in range(40, 60)
    )
    page = laid_out(ends, 360)
    assert lines(page, ".method-symbols .unbroken") == [1] * 20


def test_no_head_or_name_of_a_page_ends_in_a_line_of_one_syllable(laid_out):
    title = "".join(f"<span>{one}</span> " for one in ["Đào", "tạo", "nghề", "và", "tập", "huấn", "quản", "lý"])
    of_one = f'<article class="bd-article"><h1>{title}</h1></article><p class="prev-next-title">{title}</p>'
    page = laid_out(f"<style>h1, p {{ width: 17em; font-size: 16px }}</style>{of_one}", 390)
    last = "(all) => { const tops = all.map((one) => one.offsetTop); return tops.filter((top) => top === Math.max(...tops)).length }"
    assert [page.eval_on_selector_all(f"{part} span", last) for part in ("h1", "p")] == [2, 2]
