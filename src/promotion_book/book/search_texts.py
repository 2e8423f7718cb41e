"""What a search looks through: the text of each page by its sections, in a script, which a page on a disk can load too.

    searchtexts.js
    search([{"page": "notebooks/ocop", "parts": [["", "One Commune One Product", "..."], ["stars", "Stars", "..."]]}]);

`search.js` ranks the pages and shows the words around what was found. Sphinx's own index knows neither how often nor
where a page says a word, and its search asks for every page that it found.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml.etree import HTMLParser, fromstring
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from promotion_book.report.marks import ARTICLE

SCRIPT, PAGE = "searchtexts.js", "search"
LEFT_OUT = {"headerlink", "dateline", "about-page", "hide", "figure-files"}
SILENT = {"script", "style", "svg", "button", "nav"}
IN_LINE = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup"}  # all else parts what it says
HEADINGS = {"h1", "h2", "h3", "h4"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"}


@dataclass
class Part:
    """A part of a page as it is read."""

    address: str = ""
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


class SearchedPage:
    """The parts of a page: the address of a section in it, its heading, and its text without what is folded as code.

    lxml tells it of each tag and text.
    """

    def __init__(self) -> None:
        self.parts = [Part()]
        self._sections: list[str] = []
        self._hidden: list[str] = []  # the elements that are open within one that is left out
        self._in_heading = False

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """A section has its address, a heading begins a part."""
        if tag not in VOID and (self._hidden or tag in SILENT or LEFT_OUT & set(given.get("class", "").split())):
            self._hidden.append(tag)
        elif tag == "section":
            self._sections.append(given.get("id", ""))
        elif tag in HEADINGS:
            self._in_heading = True
            if self.parts[0].heading:
                self.parts.append(Part(self._sections[-1] if self._sections else ""))
        self._space(tag)

    def end(self, tag: str) -> None:
        """What an element says does not run into the next one."""
        if self._hidden and tag not in VOID:
            self._hidden.pop()
        elif tag in HEADINGS:
            self._in_heading = False
        self._space(tag)

    def data(self, data: str) -> None:
        """A text belongs to the heading or to what follows it."""
        if not self._hidden:
            part = self.parts[-1]
            (part.heading if self._in_heading else part.text).append(data)

    def close(self) -> list[Part]:
        """The parts, when the page is over."""
        return self.parts

    def _space(self, tag: str) -> None:
        if tag not in IN_LINE:
            self.data(" ")


def page_parts(html: str) -> list[tuple[str, str, str]]:
    """The parts of a page, its own title first: address, heading, text."""
    article = ARTICLE.search(html)
    parts: list[Part] = fromstring(article[0] if article else "<p></p>", HTMLParser(target=SearchedPage()))
    return [(part.address, _plain(part.heading), _plain(part.text)) for part in parts]


def _plain(parts: list[str]) -> str:
    return unicodedata.normalize("NFC", " ".join("".join(parts).split()))


def _replace_search(app: Sphinx) -> None:
    """Sphinx makes no index, and its page of the search is a page of the book."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False
        app.config.html_additional_pages = {PAGE: f"{PAGE}.html"}


def _write(app: Sphinx, error: Exception | None) -> None:
    """Write the texts of all pages."""
    if error is None and app.builder.format == "html":
        out = Path(app.outdir)
        pages = [{"page": name, "parts": page_parts(_read(out, name))} for name in sorted(app.env.found_docs)]
        text = ",\n".join(json.dumps(page, ensure_ascii=False) for page in pages)
        (out / SCRIPT).write_text(f"search([\n{text}\n]);\n", encoding="utf-8")


def _read(out: Path, name: str) -> str:
    return (out / f"{name}.html").read_text(encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.connect("builder-inited", _replace_search)
    app.connect("build-finished", _write)
