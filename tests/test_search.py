"""A search of the newest edition: thirty queries as readers type them each find their page first, without a server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from promotion_book.book.search_texts import page_parts
from promotion_book.running.plan import EditionBuild

pytestmark = pytest.mark.xdist_group("the newest edition")
ACTS = ("4159", "4159/QĐ-UBND", "1292", "45/2012", "496")  # each leads to a programme that rests on it
FIRST = {
    "en": {
        "550": "notebooks/handicraft_exports",
        "USD 192 million": "notebooks/handicraft_exports",
        "craft villages": "notebooks/craft_villages",
        "exports": "notebooks/handicraft_exports",
        "key industrial product": "notebooks/key_industrial_products",
        "OCOP": "notebooks/ocop",
        "training": "notebooks/training",
        "fairs": "notebooks/trade_promotion",
        "exchange rate": "notebooks/economy",
        "Bat Trang": "notebooks/craft_villages",
        "how to read a status": "book/reading",
        "glossary": "book/glossary",
    },
    "vi": {
        "550": "notebooks/handicraft_exports",
        "xuất khẩu thủ công mỹ nghệ": "notebooks/handicraft_exports",
        "san pham cong nghiep chu luc": "notebooks/key_industrial_products",
        "làng nghề": "notebooks/craft_villages",
        "lang nghe": "notebooks/craft_villages",
        "hội chợ": "notebooks/trade_promotion",
        "sản xuất sạch hơn": "notebooks/cleaner_production",
        "hang sao": "notebooks/ocop",
        "tỷ giá": "notebooks/economy",
        "kịch bản": "notebooks/scenarios",
        "thuật ngữ": "book/glossary",
    },
}


@pytest.mark.parametrize(
    ("html", "parts"),
    [
        ('<article class="bd-article"><section id="a"><h1>A<a class="headerlink">#</a></h1>b</section></article>', [("", "A", "b")]),
        (
            '<article class="bd-article"><section id="a"><h1>A</h1><section id="c"><h2>C</h2><ul><li>d</li><li>e<br>f</li></ul>'
            "</section></section></article>",
            [("", "A", ""), ("c", "C", "d e f")],
        ),
        ('<article class="bd-article"><h1>A</h1><details class="hide"><p>x<img>y</p></details>z</article>', [("", "A", "z")]),
        ("<p>no article</p>", [("", "", "")]),
    ],
)  # fmt: skip
def test_a_page_is_searched_by_its_sections_without_code_and_frame(html, parts):
    assert page_parts(html) == parts


@pytest.fixture(params=FIRST)
def built(request, newest_edition) -> EditionBuild:
    """The newest edition, in each language."""
    return newest_edition(request.param)


@pytest.fixture
def opened(window) -> Page:
    return window()


@pytest.fixture
def rank(opened, built) -> Callable[[list[str]], list[str]]:
    """The page that the script of the search ranks first for each of some queries."""
    opened.goto((built.html / "search.html").resolve().as_uri())
    opened.evaluate("globalThis.search = (pages) => { globalThis.pages = pages; }")
    opened.add_script_tag(url=(built.html / "searchtexts.js").resolve().as_uri())
    return lambda queries: opened.evaluate("all => all.map((one) => rank(pages, one).found[0]?.page)", queries)


@pytest.mark.browser
def test_each_query_finds_its_page_first(rank, built):
    wanted = FIRST[built.language]
    assert dict(zip(wanted, rank(list(wanted)), strict=True)) == wanted


@pytest.mark.browser
def test_the_number_of_an_act_finds_a_programme_that_rests_on_it_first(rank, package):
    chapters = package["programmes"].set_index("programme_id")["chapter"]
    acts = package["legal_acts"].set_index("number")["programmes"]
    for asked, page in zip(ACTS, rank(list(ACTS)), strict=True):
        resting = ";".join(acts[acts.index.str.startswith(asked)]).split(";")
        assert page.removeprefix("notebooks/") in {chapters[programme.strip()] for programme in resting}, asked


@pytest.mark.browser
def test_from_a_disk_a_search_shows_the_words_around_what_it_found_and_leads_there(opened, built):
    opened.goto((built.html / "search.html").resolve().as_uri() + "?q=550")
    expect(opened.locator("ul.search .context .highlighted").first).to_have_text("550")
    link = opened.locator("ul.search li a").first
    address = link.get_attribute("href")
    link.click()
    expect(opened.locator("#" + address.partition("#")[2])).to_be_in_viewport()
    assert (address.partition(".html")[0], opened.said) == ("notebooks/handicraft_exports", [])
