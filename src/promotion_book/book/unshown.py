"""What somebody writes into a page and no reader would see: the browser drops it, or the page has no name. It stops the build,
in the words in which outputs of cells are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from promotion_book.running.notebooks import ELSEWHERE, UNSHOWN

logger = logging.getLogger(__name__)
ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


def find_unshown(page: nodes.document) -> Iterator[tuple[str, nodes.Node]]:
    """What no reader of a page would see, each as a sentence with its place, and titles that are missing or one too many."""
    titles = [section for section in page.children if isinstance(section, nodes.section)]
    if not titles:
        yield "the page has no title; begin it with a line '# ' and its title", page
    for section in titles[1:]:
        yield f"a second title, {section[0].astext()!r}, and a page has one; begin its line with '##'", section
    for raw in page.findall(nodes.raw):
        for what in [what for pattern, what in UNSHOWN.items() if re.search(pattern, raw.astext(), re.IGNORECASE)][:1]:
            yield f"the page holds {what}", raw
    for image in page.findall(nodes.image):
        if ADDRESS.match(image["uri"]):
            yield f"the page holds {ELSEWHERE}", image


def _tell(app: Sphinx, page: nodes.document) -> None:
    for sentence, node in find_unshown(page):
        logger.warning("%s", sentence, location=node if node.parent else app.env.docname)


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.connect("doctree-read", _tell)
