"""The scripts that a page gets for what it shows, and their words. Without scripts all of it is there, too.

* `code.js` is one switch in the header for the code of a page: off until a reader turns it on, and remembered;
* `explorer.js` moves what an explorer shows, `tables.js` sorts and filters long tables.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from promotion_book.words.translation import load_language

CODE, TABLES = "code.js", "tables.js"
SHOWN = {CODE: "above-input", "explorer.js": 'class="report-figure report-explorer"', TABLES: 'class="report-table"'}


def _offer(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give a page its scripts, and the templates the words of these."""
    text, body = load_language(app.config.language).text, context.get("body", "")
    scripts = [script for script, shown in SHOWN.items() if shown in body]
    for script in scripts:
        app.add_js_file(script, loading_method="defer")
    if CODE in scripts:
        context["code_switch"] = {"label": text("Code"), "title": text("Show the code of this page")}
    if TABLES in scripts:
        count = text("{n} of {all} rows", n="{n}", all="{all}")
        context["table_words"] = {"filter": text("Show only rows with:"), "count": count}


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.connect("html-page-context", _offer)
