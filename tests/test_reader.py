"""A reader's promises on the newest edition as it is served: nothing from elsewhere, light, and for everybody.

The edition is really built, in both languages, and served by `promotion-book serve` with its strict policy.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from promotion_book.words.language import LANGUAGES, SOURCE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("the site as it is served")]
TODAY = date(2026, 11, 24)
COMMAND = [sys.executable, "-c", "from promotion_book.cli import app; app()", "serve", "--port", "0"]
EDITION, CHAPTER = "hanoi/2025", "notebooks/handicraft_exports"
FIRST, NEXT = 300_000, 100_000  # bytes that a page may transfer, compressed: the first one, and each after it
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
SHAPES = {"runOnly": TAGS, "rules": {name: {"enabled": False} for name in COLOURS}}  # all rules but those on colours
DESK, PHONE = 1280, 320
LANGUAGE = [pytest.param(code, marks=() if code == SOURCE else pytest.mark.nightly) for code in LANGUAGES]
CODES = pytest.mark.parametrize("code", LANGUAGE)
FOLDED = "document.querySelectorAll('details:not(.edition-switcher details)')"
WHOLE = f"""() => {{
  for (const part of {FOLDED}) part.open = true;
  for (const image of document.images) image.loading = "eager";
  return Promise.all([...document.images].map((image) => image.decode()));
}}"""
# The theme's script hears of another scheme after a while, and colours then move for a while.
IN_SCHEME = """(scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches
  && (document.documentElement.dataset.theme ?? scheme) === scheme
  && document.getAnimations().every((moving) => moving.playState !== "running")"""
CHECK = """([options, kinds]) => kinds && !kinds.length ? [] : axe.run(
  kinds ? globalThis.parts : document, {...options, preload: false, resultTypes: ['violations']}
).then((found) => found.violations)"""
# A text has its colours from its element, the classes of this, and those around it: each kind is looked at once.
KINDS = """(known) => {
  const kind = (part) => part && `${kind(part.parentElement)} ${part.tagName} ${part.getAttributeNames().filter(
    (name) => name !== "id")} ${part.getAttribute("class")}`;
  const says = (part) => [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const found = new Map();
  for (const part of document.body.querySelectorAll("*")) {
    if (part.checkVisibility() && says(part))
      found.set(kind(part), found.get(kind(part)) ?? part);
  }
  for (const name of known) found.delete(name);
  globalThis.parts = [...found.values()];
  return [...found.keys()];
}"""
ONE_OF_A_KIND = """() => {
  const looks = (part) => [part, ...part.querySelectorAll("*")].map(
    (one) => `${one.tagName} ${one.getAttributeNames()} ${one.getAttribute("class")} ${!one.textContent.trim()}`).join();
  for (const list of document.querySelectorAll("tbody, ul, ol, pre")) {
    const seen = new Set();
    for (const part of [...list.children]) seen.has(looks(part)) ? part.remove() : seen.add(looks(part));
  }
}"""
# A link that is scrolled half below the search counts as a small target, wherever the contents stop.
CONTENTS_FROM_THEIR_TOP = "() => document.querySelector('.bd-sidebar-primary')?.scrollTo(0, 0)"
REACHED = """() => [...document.querySelectorAll('article [tabindex="-1"]')].every(
  (part) => part.scrollWidth <= part.clientWidth)"""  # the theme lets a keyboard reach what scrolls, also in another window
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


@pytest.fixture
def reader(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A reader with a window of a width, who has not been here before."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}))
        return contexts[-1].new_page()

    yield make
    for each in contexts:
        each.close()


def pages(published: Path, code: str) -> list[str]:
    """All pages in a language: those of the edition, and those of the site that show or lead to editions."""
    found = [path.relative_to(published) for path in sorted(published.rglob("*.html"))]
    mine = [path for path in found if "r0" not in path.parts and path.as_posix() != f"{EDITION}/{code}/index.html"]
    opening = re.compile(rf'\s*<!doctype html>\s*<html lang="{code}"', re.IGNORECASE)
    return [path.as_posix() for path in mine if opening.match((published / path).read_text(encoding="utf-8"))]


@dataclass
class Walk:
    """A walk through all pages in a language, and what went wrong on it."""

    page: Page
    root: str
    checking: bool = False
    elsewhere: list[str] = field(default_factory=list)
    wrong: list[tuple[str, Any]] = field(default_factory=list)
    broken: list[tuple[str, ...]] = field(default_factory=list)
    wide: list[tuple[str, int]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("request", lambda asked: self._asked(asked.url))
        self.page.on(
            "response", lambda sent: self.wrong.append((sent.url, sent.status)) if sent.status >= 400 else None
        )
        self.page.on("console", lambda said: self._heard(said.text) if said.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self._heard(str(error)))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.root, "data:")):
            self.elsewhere.append(url)

    def _heard(self, said: str) -> None:
        """What a page says; the checker tries what the policy forbids, and goes without it."""
        if not self.checking:
            self.wrong.append((self.page.url, said))

    def visit(self, name: str, width: int) -> None:
        """Read a page to its end, with all that is folded, in a window of a width."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme="light")
        sent = self.page.goto(self.root + name)
        assert sent is not None
        assert sent.headers["content-security-policy"].startswith(POLICY)
        self.unfold(name, width)
        if self.page.locator(".edition-switcher").count():
            self.page.locator(".edition-menu li").first.wait_for(state="attached")
        self.page.evaluate(Axe().axe_script)

    def unfold(self, name: str, width: int) -> None:
        self.page.evaluate(WHOLE)
        self.wide += [
            (name, wide) for wide in [self.page.evaluate("document.documentElement.scrollWidth")] if wide > width
        ]

    def check(self, name: str, scheme: str, *, rules: object, kinds: list[str] | None = None) -> None:
        """Check the open page, or the parts of it that `KINDS` has found, in light or dark."""
        self.checking = True
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate(CONTENTS_FROM_THEIR_TOP)
        self.page.wait_for_function(IN_SCHEME, arg=scheme)
        for found in self.page.evaluate(CHECK, [rules, kinds]):
            self.broken += [(name, scheme, found["id"], node["html"][:200]) for node in found["nodes"]]
        self.checking = False

    def visit_by_day(self, name: str) -> None:
        """A page on a phone, one of each folder also on a desk; what looks alike is checked once, colours once in the walk."""
        self.visit(name, DESK)
        self.resize(PHONE)
        self.unfold(name, PHONE)
        self.page.evaluate(ONE_OF_A_KIND)
        self.check(name, "light", rules=SHAPES)
        self.resize(DESK)
        folder = name.rpartition("/")[0]
        if folder not in self.folders:
            self.folders.add(folder)
            self.check(name, "light", rules=SHAPES)
        kinds = self.page.evaluate(KINDS, self.kinds)
        self.kinds += kinds
        for scheme in ("light", "dark"):
            self.check(name, scheme, rules={"runOnly": COLOURS}, kinds=kinds)

    def resize(self, width: int) -> None:
        """Read the open page in a window of another width."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.wait_for_function(REACHED)

    def visit_by_night(self, name: str, width: int) -> None:
        """A page as it is opened in a window of a width, every part of it."""
        self.visit(name, width)
        self.check(name, "light", rules={"runOnly": TAGS})
        self.check(name, "dark", rules={"runOnly": COLOURS})


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
def test_every_kind_of_page_of_an_old_edition_says_that_a_newer_one_exists(reader, address, code):
    page, wrong = reader(), []
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
def test_an_explorer_works_under_the_strict_policy(reader, address, code):
    page, wrong = reader(), []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}{EDITION}/{code}/{CHAPTER}.html")
    said = page.locator(".report-explorer figcaption")
    before = said.inner_text()
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page.locator("svg.explorer-chart.wide")).to_be_visible()
    expect(said).not_to_have_text(before)
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_verdict_and_six_figures_are_seen_at_once_on_a_desk_and_one_below_the_other_on_a_phone(reader, address, code):
    for width, columns in ((DESK, 3), (390, 1)):
        page = reader(width)
        page.goto(f"{address}{EDITION}/{code}/book/index.html")
        verdict, *tiles = [part.bounding_box() for part in page.locator(".verdict, .headline-tiles li").all()]
        assert (len(tiles), len({tile["x"] for tile in tiles})) == (6, columns)
        assert max(box["x"] + box["width"] for box in (verdict, *tiles)) <= width
        assert width != DESK or max(box["y"] + box["height"] for box in tiles) <= 900


@CODES
@pytest.mark.parametrize("names", [("summary", "handicraft_exports"), ("handicraft_exports", "economy")], ids="-".join)
def test_a_first_chapter_is_light_and_the_next_one_lighter(reader, address, code, names):
    page, sizes, sent = reader(), [], []
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
def test_whoever_walks_with_the_keyboard_sees_where_they_are_and_gets_back(reader, address, code, width):
    page = reader(width)
    page.goto(f"{address}{EDITION}/{code}/{CHAPTER}.html")
    there, hidden = walked(page, "Tab")
    back, hidden_back = walked(page, "Shift+Tab", len(there))
    assert (hidden, hidden_back) == ([], [])
    assert back == there[::-1], "the way back"
    assert all(any(part in name for name in there) for part in ("table-scroll", "INPUT", "SUMMARY", "search-button"))


@CODES
def test_with_the_keyboard_alone_i_switch_search_move_an_explorer_and_read_a_table(reader, address, code):
    page = reader()
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
