"""The edition of a book on its pages: a switch to the others, what it is and when the next comes, its downloads.

The setting `edition` names it; a book without one has none of this. What is known only when it is published
stands in marks (`report.marks`), which publication fills; the HTML is that of `book/_templates`.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from promotion_book.book.downloads import download_links
from promotion_book.report.marks import CITE, DATASET, NOTICE, mark
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, join, link_contact
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
        context["body"] += mark(CITE)


def edition_words(edition: dict[str, str], words: Language, *, up: str) -> dict[str, Any]:
    """What the templates say of an edition, and the links to what can be had of it, which lie beside its languages.

    Args:
        edition: the setting: place, period, their names, the days of its cut-off and of the next release, and the
            contact and the repository of the project, which may be empty.
        up: the way from a page to the start of the book.
    """
    text, place, period = words.text, edition["place_name"], edition["period_name"]
    files = download_links(edition["place"], edition["period"], words=words)
    return {
        "label": text("Editions"),
        "title": text("Edition of {period}", period=period),
        "name": text("Industrial promotion in {place}, {period}.", place=place, period=period),
        "known": text("Figures public by {day}.", day=edition["cut_off"]),
        "unpublished": text("Not published."),
        "next": edition["next"],
        "archive": f"{up}../../archive.{words.code}.html",
        "archive_label": text("All editions"),
        "downloads": text("Downloads"),
        "contact": contact_line(edition["contact"], edition["repository"], words=words),
        "files": [(f"{up}../{name}", label) for name, label in files],
    }


def contact_line(contact: str, repository: str, *, words: Language) -> Html:
    """Whom readers can write to, and where the source of the project is; what is empty is left out."""
    ways = {words.text("Contact"): contact, words.text("Source of the project"): repository}
    return join(" · ", [join(": ", [label, link_contact(way)]) for label, way in ways.items() if way])


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.add_config_value("edition", {}, "html")
    app.connect("html-page-context", _show)
