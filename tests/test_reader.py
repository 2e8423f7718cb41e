"""A reader's promises on the newest edition as it is served: nothing from elsewhere, light, and for everybody.

The edition is really built, in both languages, and served by `promotion-book serve` with its strict policy.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from walks import DESK, PHONE, WHOLE, Walk

from promotion_book.words.language import LANGUAGES, SOURCE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("the site as it is served")]
TODAY = date(2026, 11, 24)
COMMAND = [sys.executable, "-c", "from promotion_book.cli import app; app()", "serve", "--port", "0"]
EDITION, CHAPTER = "hanoi/2025", "notebooks/handicraft_exports"
FIRST, NEXT = 300_000, 100_000  # bytes that a page may transfer, compressed: the first one, and each after it
LANGUAGE = [pytest.param(code, marks=() if code == SOURCE else pytest.mark.nightly) for code in LANGUAGES]
CODES = pytest.mark.parametrize("code", LANGUAGE)
FOCUSED = """async () => {
  const it = document.activeElement;
  if (it === document.body) return null;
  await Promise.allSettled(document.getAnimations().map((moving) => moving.finished));
  const bar = document.querySelector(".bd-header-article").getBoundingClientRect();
  const seen = (box) => {
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    return left < right && top < bottom && it.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
  };
  const boxes = [it, ...it.querySelectorAll("*")].flatMap((part) => [...part.getClientRects()]);
  const ring = (part) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || /0px 0px 0px [2-9]px/.test(boxShadow);
  };
  return [`${it.tagName} ${it.className} ${it.textContent.trim().slice(0, 40)}`, boxes.some(seen) && [it, ...it.children].some(ring)];
}"""


@pytest.fixture(scope="module")
def published(newest_site) -> Path:
    return newest_site


@pytest.fixture(scope="module")
def address(published, project) -> Iterator[str]:
    """Where `promotion-book serve` shows the site."""
    with subprocess.Popen(COMMAND, cwd=project, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().split()[0]
        server.terminate()


def pages(published: Path, code: str) -> list[str]:
    """All pages in a language: those of the edition, and those of the site that show or lead to editions."""
    found = [path.relative_to(published) for path in sorted(published.rglob("*.html"))]
    mine = [path for path in found if "r0" not in path.parts and path.as_posix() != f"{EDITION}/{code}/index.html"]
    opening = re.compile(rf'\s*<!doctype html>\s*<html lang="{code}"', re.IGNORECASE)
    return [path.as_posix() for path in mine if opening.match((published / path).read_text(encoding="utf-8"))]


BY_DAY = pytest.param((SOURCE, None), marks=pytest.mark.xdist_group("a walk by day"), id="by day")
BY_NIGHT = [
    pytest.param((code, width), marks=[pytest.mark.xdist_group(f"{code} {width}"), pytest.mark.nightly])
    for code in LANGUAGES
    for width in (PHONE, DESK)
]


@pytest.fixture(scope="module", params=[BY_DAY, *BY_NIGHT], ids=str)
def walk(request, browser, address, published) -> Iterator[Walk]:
    """A walk in a language, at night in a window of one width. A page that leads on by itself is held."""
    code, width = request.param
    with browser.new_context() as context:
        walk = Walk(context.new_page(), address)
        for name in pages(published, code):
            held = 'http-equiv="refresh"' in (published / name).read_text(encoding="utf-8")
            if held:
                context.route(re.compile(r"book/index\.html$"), lambda route: route.abort("aborted"))
                onward = re.compile(re.escape(address) + r"archive\.\w+\.html(#.*)?$")
                context.route(onward, lambda route: route.abort("aborted"))
            walk.visit_by_night(name, width) if width else walk.visit_by_day(name)
            context.unroute_all()
        yield walk


def test_no_request_leaves_the_site_and_the_strict_policy_refuses_nothing(walk):
    assert (walk.elsewhere, walk.wrong) == ([], [])


def test_no_page_breaks_a_rule_on_accessibility_in_light_or_dark(walk):
    assert walk.broken == []


def test_no_page_scrolls_sideways(walk):
    assert walk.wide == []


@CODES
def test_every_kind_of_page_of_an_old_edition_says_that_a_newer_one_exists(window, address, code):
    page, wrong = window(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def add_newer(route: Route) -> None:
        known = route.fetch().json()
        newer = known["editions"][0] | {"period": "2030", "name": "2030"}
        route.fulfill(json=known | {"editions": [newer, *known["editions"]]})

    page.route(f"**/editions.{code}.json", add_newer)
    for name in (CHAPTER, "book/index", "search"):
        page.goto(f"{address}{EDITION}/{code}/{name}.html")
        expect(page.locator(".edition-news a")).to_have_text("2030")
    assert wrong == []


@CODES
def test_an_explorer_works_under_the_strict_policy(window, address, code):
    page = window()
    page.goto(f"{address}{EDITION}/{code}/{CHAPTER}.html")
    said = page.locator(".report-explorer figcaption")
    before = said.inner_text()
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page.locator("svg.explorer-chart.wide")).to_be_visible()
    expect(said).not_to_have_text(before)
    assert page.said == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_verdict_and_six_figures_are_seen_at_once_on_a_desk_and_one_below_the_other_on_a_phone(window, address, code):
    for width, columns in ((DESK, 3), (390, 1)):
        page = window(width)
        page.goto(f"{address}{EDITION}/{code}/book/index.html")
        verdict, *tiles = [part.bounding_box() for part in page.locator(".verdict, .headline-tiles li").all()]
        assert (len(tiles), len({tile["x"] for tile in tiles})) == (6, columns)
        assert max(box["x"] + box["width"] for box in (verdict, *tiles)) <= width
        assert width != DESK or max(box["y"] + box["height"] for box in tiles) <= 900


@CODES
@pytest.mark.parametrize("names", [("summary", "handicraft_exports"), ("handicraft_exports", "economy")], ids="-".join)
def test_a_first_chapter_is_light_and_the_next_one_lighter(window, address, code, names):
    page, sizes, sent = window(), [], []
    kept: set[str] = set()  # by the browser, as it keeps what it has of a site
    page.on("response", lambda found: sent.append(found))
    for name in names:
        page.goto(f"{address}{EDITION}/{code}/notebooks/{name}.html")
        page.evaluate(WHOLE)
        page.wait_for_load_state("networkidle")
        new = {found.url: found for found in sent if found.url not in kept and not found.url.startswith("data:")}
        sizes.append(sum(len(gzip.compress(found.body())) for found in new.values()))
        kept |= set(new)
    assert (sizes[0] < FIRST, sizes[1] < NEXT) == (True, True), sizes


def walked(page: Page, key: str, most: int = 400) -> tuple[list[str], list[str]]:
    """The places that a key leads to until it leaves the page, and those of them that are hidden or have no ring."""
    there: list[tuple[str, bool]] = []
    for _ in range(most):
        page.keyboard.press(key)
        step = page.evaluate(FOCUSED)
        if step is None:
            break
        there.append(step)
    return [name for name, _ in there], [name for name, seen in there if not seen]


@CODES
@pytest.mark.parametrize("width", [320, 1280])
def test_whoever_walks_with_the_keyboard_sees_where_they_are_and_gets_back(window, address, code, width):
    page = window(width)
    page.goto(f"{address}{EDITION}/{code}/{CHAPTER}.html")
    there, hidden = walked(page, "Tab")
    back, hidden_back = walked(page, "Shift+Tab", len(there))
    assert (hidden, hidden_back) == ([], [])
    assert back == there[::-1], "the way back"
    assert all(any(part in name for name in there) for part in ("table-scroll", "INPUT", "SUMMARY", "search-button"))


@CODES
def test_with_the_keyboard_alone_i_switch_search_move_an_explorer_and_read_a_table(window, address, code):
    page = window()
    page.goto(f"{address}{EDITION}/{code}/{CHAPTER}.html")
    switch = page.locator(".edition-switcher summary")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".edition-menu")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".edition-menu a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(switch).to_be_focused()
    table = page.locator(".table-scroll").first
    assert (table.get_attribute("role"), table.get_attribute("tabindex")) == ("region", "0")
    said = page.locator(".report-explorer figcaption")
    before = said.inner_text()
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowRight")
    expect(said).not_to_have_text(before)
    page.keyboard.press("Control+k")
    page.keyboard.type("lang nghe")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search\.html\?q=lang"))
    expect(page.locator("#search-results li").first).to_be_visible()
    expect(
        page.locator("#search-results p.context", has_text=re.compile("làng nghề", re.IGNORECASE)).first
    ).to_be_visible()
    expect(page.locator(".bd-article-container input[type=search]")).to_be_focused()
