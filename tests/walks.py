"""A walk through the pages of a site, and what goes wrong on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
SHAPES = {"runOnly": TAGS, "rules": {name: {"enabled": False} for name in COLOURS}}  # all rules but those on colours
DESK, PHONE = 1280, 320
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
