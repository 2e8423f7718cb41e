"""`{result} ../notebooks/results/summary.json opening`: HTML that a notebook left in its results, on a page of the book.

Its links are those of the page of the notebook, and lead from here to the same places. It is put in when all
notebooks have run.
"""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)
WAITING = "result"  # what a place is until its result is put in
LINK = re.compile(r'\bhref="(?![a-z]+:|#)([^"]+)"')


class PutResult(SphinxDirective):
    """Marks the place of a result."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """The place."""
        file, name = self.arguments
        found, _ = self.env.relfn2path(file)
        self.env.note_dependency(found)
        return [nodes.raw("", format=WAITING, file=found, name=name)]


def _put_in(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for place in [node for node in doctree.findall(nodes.raw) if node["format"] == WAITING]:
        put = [nodes.raw("", _html(app, place, docname), format="html")] if app.builder.format == "html" else []
        place.parent.replace(place, put)


def _html(app: Sphinx, place: Any, docname: str) -> str:
    file, name = place["file"], place["name"]
    try:
        found = str(json.loads(Path(app.srcdir, file).read_text(encoding="utf-8"))["results"][name])
    except (OSError, KeyError) as error:
        logger.warning("no result %s in %s: %s", name, file, error, location=docname, type="book", subtype="result")
        return ""
    return lead_from(found, page=posixpath.dirname(posixpath.dirname(file)), to=posixpath.dirname(docname))


def lead_from(html: str, *, page: str, to: str) -> str:
    """HTML whose links, made for pages of one folder, lead from pages of another one to the same places."""
    here = posixpath.join("/", to)
    return LINK.sub(lambda link: f'href="{posixpath.relpath(posixpath.join("/", page, link[1]), here)}"', html)


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.add_directive("result", PutResult)
    app.connect("doctree-resolved", _put_in)
