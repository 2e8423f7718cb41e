"""The edition of a book on its pages: a switch to the others, what it is and when the next comes, its downloads.

The setting `edition` names it; a book without one has none of this. What is known only when it is published
stands in marks (`report.marks`), which publication fills; the HTML is that of `book/_templates`.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from promotion_book.book.downloads import download_links
from promotion_book.report.marks import DATASET, NOTICE, mark
from promotion_book.words.language import Language
from promotion_book.words.translation import load_language

SCRIPT = "editions.js"


def _show(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the templates their words, and a page its marks."""
    edition = app.config.edition
    if not edition:
        return
    up = "../" * page.count("/")
    context["edition"] = edition_words(edition, load_language(app.config.language), up=up)
    app.add_js_file(SCRIPT, loading_method="defer")
    if "body" in context:
        context["body"] = mark(NOTICE) + context["body"]
    if page == app.config.root_doc:
        context["metatags"] = context.get("metatags", "") + mark(DATASET)


def edition_words(edition: dict[str, str], words: Language, *, up: str) -> dict[str, Any]:
    """What the templates say of an edition, and the links to what can be had of it, which lie beside its languages.

    Args:
        edition: the setting: place, period, their names, and the days of its cut-off and of the next release.
        up: the way from a page to the start of the book.
    """
    text, place, period = words.text, edition["place_name"], edition["period_name"]
    files = download_links(edition["place"], edition["period"], words=words)
    return {
        "label": text("Editions"),
        "title": text("Edition {period}", period=period),
        "name": text("Industrial promotion in {place}, {period}.", place=place, period=period),
        "known": text("Figures public by {day}.", day=edition["cut_off"]),
        "unpublished": text("Not published."),
        "next": edition["next"],
        "archive": f"{up}../../archive.{words.code}.html",
        "archive_label": text("All editions"),
        "downloads": text("Downloads"),
        "files": [(f"{up}../{name}", label) for name, label in files],
    }


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.add_config_value("edition", {}, "html")
    app.connect("html-page-context", _show)
