"""The edition of a book on its pages: a switch to the others, what it is and when the next comes, its downloads.

The setting `edition` names it; a book without one has none of this. What is known only when it is published
stands in marks (`report.marks`), which publication fills.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from promotion_book.book.downloads import download_links
from promotion_book.report.marks import DATASET, NOTICE, ONLINE, PDF, REVISION, mark
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, escape, fill, join, link_page
from promotion_book.words.translation import load_language

SCRIPT = "editions.js"


def _show(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Give the templates their words, and a page its marks."""
    edition = app.config.edition
    if not edition:
        return
    up = "../" * page.count("/")
    context["edition"] = edition_words(edition, load_language(app.config.language), up)
    app.add_js_file(SCRIPT, loading_method="defer")
    if "body" in context:
        context["body"] = mark(NOTICE) + context["body"]
    if page == app.config.root_doc:
        context["metatags"] = context.get("metatags", "") + mark(DATASET)


def edition_words(edition: dict[str, str], words: Language, up: str) -> dict[str, Html]:
    """What the templates say of an edition, as HTML.

    Args:
        edition: the setting: place, period, their names, and the days of its cut-off and of the next release.
        up: the way from a page to the start of the book.
    """
    text = words.text
    archive = link_page(f"{up}../../archive.{words.code}.html", text("All editions"))
    place, period = edition["place_name"], edition["period_name"]
    files = fill('<p class="edition-files">{archive} {files}</p>', archive=archive, files=_files(edition, words, up))
    return {
        "label": escape(text("Editions")),
        "title": escape(text("Edition {period}", period=period)),
        "name": escape(text("Industrial promotion in {place}, {period}.", place=place, period=period)),
        "known": escape(text("Figures public by {day}.", day=edition["cut_off"])),
        "revision": Html(mark(REVISION, escape(text("Not published.")))),
        "next": fill('<span class="edition-next">{next}</span>', next=edition["next"]),
        "archive": Html(mark(ONLINE, fill("<p>{archive}</p>", archive=archive))),
        "files": Html(mark(ONLINE, files)),
    }


def _files(edition: dict[str, str], words: Language, up: str) -> Html:
    """Links to what can be had of an edition, from a page of it; they lie beside its languages.

    Whether there is a PDF is known when the edition is published.
    """
    found = download_links(edition["place"], edition["period"], words)
    return join("", [Html(mark(PDF)), join(" ", (link_page(f"{up}../{name}", label) for name, label in found))])


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.add_config_value("edition", {}, "html")
    app.connect("html-page-context", _show)
