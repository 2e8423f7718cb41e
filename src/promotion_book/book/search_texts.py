"""What a search looks through: the text of each page by its sections, in a script, which a page on a disk can load too.

    searchtexts.js
    search([{"page": "notebooks/ocop", "parts": [["", "One Commune One Product", "..."], ["stars", "Stars", "..."]]}]);

`search.js` ranks the pages and shows the words around what was found. Sphinx's own index knows neither how often nor
where a page says a word, and its search asks for every page that it found.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from promotion_book.book.page_tree import BREAK, has, read_page
from promotion_book.book.when_built import when_built

SCRIPT, PAGE = "searchtexts.js", "search"
LEFT_OUT = has("headerlink", "dateline", "about-page", "hide", "figure-files")
SILENT = f".//script | .//style | .//svg | .//button | .//nav | .//*[{LEFT_OUT}]"
IN_LINE = {"a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup"}  # all else parts what it says
HEADINGS = ("h1", "h2", "h3", "h4")


def page_parts(page: str) -> list[tuple[str, str, str]]:
    """The parts of a page, its own title first: address, heading, text without what is folded as code."""
    article = next(read_page(page).iter("article"), None)
    if article is None:
        return [("", "", "")]
    for element in article.xpath(SILENT):
        element.drop_tree()
    for element in article.iter():
        if element.tag not in IN_LINE:
            element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
    address, heads = "", list[tuple[str, str]]()
    for element in article.iter("section", *HEADINGS):
        if element.tag == "section":
            address = element.get("id", "")
        else:
            heads.append((address if heads else "", element.text_content()))
            element.clear(keep_tail=True)
            element.text = BREAK
    before, *texts = article.text_content().split(BREAK)
    heads, texts = heads or [("", "")], texts or [""]
    texts[0] = before + texts[0]
    return [(where, _plain(head), _plain(text)) for (where, head), text in zip(heads, texts, strict=True)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _replace_search(app: Sphinx) -> None:
    """Sphinx makes no index, and its page of the search is a page of the book."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.search = False
        app.config.html_additional_pages = {PAGE: f"{PAGE}.html"}


def _write(app: Sphinx) -> None:
    """Write the texts of all pages."""
    out = Path(app.outdir)
    pages = [{"page": name, "parts": page_parts(_read(out, name))} for name in sorted(app.env.found_docs)]
    text = ",\n".join(json.dumps(page, ensure_ascii=False) for page in pages)
    (out / SCRIPT).write_text(f"search([\n{text}\n]);\n", encoding="utf-8")


def _read(out: Path, name: str) -> str:
    return (out / f"{name}.html").read_text(encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.connect("builder-inited", _replace_search)
    when_built(app, _write)
