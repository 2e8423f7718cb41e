"""A reader's promises on the newest edition as it is served: nothing from elsewhere, light, and for everybody.

The edition is really built, in both languages, and served by `promotion-book serve` with its strict policy.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect

from promotion_book.display.language import LANGUAGES
from promotion_book.publishing import edition, site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("the site as it is served")]
TODAY = date(2026, 11, 24)
COMMAND = [sys.executable, "-c", "from promotion_book.cli import app; app()", "serve", "--port", "0"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FIRST, NEXT = 300_000, 100_000  # bytes that a page may transfer, compressed: the first one, and each after it
CODES = pytest.mark.parametrize("code", LANGUAGES)


@pytest.fixture(scope="module")
def published(project) -> Path:
    for code in LANGUAGES:
        edition.build(project, "hanoi", "2025", code, lambda *_: None)
    site.publish(project, [("hanoi", "2025")], TODAY)
    return project / "_site"


@pytest.fixture(scope="module")
def address(published) -> Iterator[str]:
    """Where `promotion-book serve` shows the edition."""
    with subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().split()[0] + "hanoi/2025/"
        server.terminate()


@pytest.fixture(scope="module")
def names(published) -> list[str]:
    """The addresses of the pages of an edition, below its language."""
    book = published / "hanoi" / "2025" / "en"
    found = [path.relative_to(book).as_posix() for path in sorted(book.rglob("*.html"))]
    return [name for name in found if name != "index.html"]


@pytest.fixture
def reader(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A reader with a window of a width, in light or dark mode, who has not been here before."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, scheme: Any = "light", height: int = 900) -> Page:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme))
        return contexts[-1].new_page()

    yield make
    for each in contexts:
        each.close()


def seen_whole(page: Page) -> None:
    """Let a page load what it loads when it is scrolled to, and open what is folded."""
    page.evaluate("document.querySelectorAll('details:not(.edition-switcher details)').forEach(d => d.open = true)")
    page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")
    page.wait_for_load_state("networkidle")


@CODES
def test_no_request_leaves_the_site_and_the_strict_policy_refuses_nothing(reader, address, names, code):
    page, wrong, elsewhere = reader(), [], []
    page.on("console", lambda said: wrong.append((page.url, said.text)) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append((page.url, str(error))))
    page.on("request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith(root) else None)
    page.on("response", lambda found: wrong.append((found.url, found.status)) if found.status >= 400 else None)
    root = "{0.scheme}://{0.netloc}/".format(urlsplit(address))
    for name in names:
        sent = page.goto(f"{address}{code}/{name}")
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in sent.headers["content-security-policy"]
        seen_whole(page)
    assert ([url for url in elsewhere if not url.startswith("data:")], wrong) == ([], [])


@CODES
def test_an_explorer_works_under_the_strict_policy(reader, address, code):
    page, wrong = reader(), []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(f"{address}{code}/notebooks/handicraft_exports.html")
    said = page.locator(".report-explorer figcaption")
    before = said.inner_text()
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page.locator("svg.marks")).to_be_visible()
    expect(said).not_to_have_text(before)
    assert wrong == []


@CODES
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_breaks_a_rule_on_accessibility(reader, address, names, code, scheme, width):
    page, found = reader(width, scheme), []
    for name in names:
        page.goto(f"{address}{code}/{name}")
        seen_whole(page)
        for broken in Axe().run(page, options=RULES).response["violations"]:
            found += [(name, broken["id"], node["html"][:200]) for node in broken["nodes"]]
    assert found == []


@CODES
def test_on_the_narrowest_screen_no_page_scrolls_sideways(reader, address, names, code):
    page, wide = reader(320), {}
    for name in names:
        page.goto(f"{address}{code}/{name}")
        seen_whole(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        wide |= {name: width} if width > 320 else {}
    assert wide == {}


def transferred(page: Page, go: Callable[[], object]) -> int:
    """The bytes that come for a page, as a static host compresses them; pictures and scripts included."""
    bodies: list[Response] = []
    page.on("response", bodies.append)
    go()
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", bodies.append)
    return sum(len(gzip.compress(found.body())) for found in bodies if not found.url.startswith("data:"))


@CODES
@pytest.mark.parametrize(("first", "second"), [("summary", "handicraft_exports"), ("handicraft_exports", "economy")])
def test_a_first_chapter_is_light_and_the_next_one_lighter(reader, address, code, first, second):
    page = reader()

    def read(name: str) -> int:
        def go() -> None:
            page.goto(f"{address}{code}/notebooks/{name}.html")
            page.evaluate("document.querySelectorAll('img').forEach(i => i.loading = 'eager')")

        return transferred(page, go)

    sizes = read(first), read(second)
    assert (sizes[0] < FIRST, sizes[1] < NEXT) == (True, True), sizes


FOCUSED = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  if (it === document.body) return null;
  const x = box.left + Math.min(box.width / 2, 40), y = box.top + Math.min(box.height / 2, 10);
  const above = document.elementFromPoint(x, y);
  const hidden = !(above && (it.contains(above) || above.contains(it)));
  return [it.tagName + '.' + it.className + ' ' + (it.innerText || it.ariaLabel || it.name || '').slice(0, 40), hidden,
          Math.min(box.width, box.height)];
}"""


@CODES
@pytest.mark.parametrize("width", [320, 1280])
def test_whoever_walks_with_the_keyboard_sees_where_they_are_and_gets_back(reader, address, code, width):
    page = reader(width)
    page.goto(f"{address}{code}/notebooks/handicraft_exports.html")
    walked = []
    for _ in range(400):
        page.keyboard.press("Tab")
        step = page.evaluate(FOCUSED)
        if step is None:
            break
        walked.append(step)
    hidden = [name for name, covered, _ in walked if covered]
    assert (len(walked) > 40, hidden) == (True, [])
    for _ in range(len(walked)):
        page.keyboard.press("Shift+Tab")
        step = page.evaluate(FOCUSED)
        if step is not None:
            assert not step[1], step


@CODES
def test_with_the_keyboard_alone_i_switch_search_move_an_explorer_and_read_a_table(reader, address, code):
    page = reader()
    page.goto(f"{address}{code}/notebooks/handicraft_exports.html")
    switch = page.locator(".edition-switcher summary")
    switch.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".edition-menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(switch).to_be_focused()
    table = page.locator(".table-scroll").first
    assert (table.get_attribute("role"), table.get_attribute("tabindex")) == ("region", "0")
    page.keyboard.press("Control+k")
    page.keyboard.type("lang nghe")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"search\.html\?q=lang"))
    expect(page.locator("#search-results li").first).to_be_visible()
