"""The code of a page behind one switch in the header: off until a reader turns it on, and remembered from page to page.

`code.js` works the switch. Without scripts there is none, and each piece of code unfolds by itself.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from promotion_book.words.translation import load_language

SCRIPT, FOLDED = "code.js", "above-input"


def _offer(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give a page with code the words of the switch, and its script."""
    if FOLDED in context.get("body", ""):
        text = load_language(app.config.language).text
        context["code_switch"] = {"label": text("Code"), "title": text("Show the code of this page")}
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.connect("html-page-context", _offer)
