"""The article of a page as a tree, and where in it something is.

article = read_article(page)
article.xpath(f".//p[{has('verdict')}]")
"""

from __future__ import annotations

import posixpath
from typing import Any

from lxml import html

Element = Any  # lxml has no types
BREAK = "\N{LINE SEPARATOR}"  # stands for a break while text is read


def read_page(page: str) -> Element:
    """A whole page, without its comments."""
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8", remove_comments=True))


def read_article(page: str) -> Element:
    """The article of a page, or all of a page that has none."""
    document = read_page(page)
    return next(document.iter("article"), document)


def has(*names: str) -> str:
    """The condition of a path that an element has one of some classes."""
    return " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names)


def beside(page: str, address: str) -> str:
    """A relative address on a page, from the start of the book."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), address))
