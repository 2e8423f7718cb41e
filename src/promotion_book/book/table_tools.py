"""Long tables can be sorted and filtered. `tables.js` does it, in the words that the page has for it; without scripts
a table stays as it is."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from promotion_book.words.translation import load_language

SCRIPT, TABLE = "tables.js", 'class="report-table"'


def _offer(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give a page with tables the words, and the script."""
    if TABLE in context.get("body", ""):
        text = load_language(app.config.language).text
        count = text("{n} of {all} rows", n="{n}", all="{all}")
        context["table_words"] = {"filter": text("Show only rows with:"), "count": count}
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.connect("html-page-context", _offer)
