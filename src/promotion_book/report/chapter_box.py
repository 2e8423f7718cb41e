"""The box at the top of a chapter: what it is about, which revision it is, and how to run it again with other values.

The revision stands in a mark, which publication fills; a what-if has none. The extension of the book puts the
executed notebook where `notebook` says, and leads pages in deeper folders to the methods.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from promotion_book.report.marks import REVISION, mark
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, escape, fill, join, link_download, link_page

METHODS, READING = "../book/methods.html", "../book/reading.html"


Facts = Mapping[str, str]


def build_box(about: Facts, parameters: Facts, *, notebook: Path, command: str, words: Language, what_if: bool) -> Html:
    """The box in HTML.

    Args:
        about: place, period and cut-off day, by label.
        parameters: those that only this page has, by label.
        notebook: where the page finds its executed notebook.
        command: makes the page again.
    """
    text = words.text
    revision = [] if what_if else [_item(text("Revision"), Html(mark(REVISION, escape(text("Not published.")))))]
    ways = [link_page(METHODS, text("Methods")), link_page(READING, text("How to read a status"))]
    return fill(
        '<div class="chapter-box"><dl>{items}</dl>\n<p class="figure-files">{ways}</p>\n'
        '<details class="rerun"><summary>{again}</summary>\n<p>{how}</p>\n<p><code>{command}</code></p></details></div>',
        items=join("\n", [*_items(about), *revision, *_items(parameters)]),
        ways=join(" · ", [*ways, link_download(notebook.as_posix(), text("Executed notebook"))]),
        again=text("Run this page with other parameters"),
        how=text("In the folder of the project, with other values; or open the notebook there in JupyterLab."),
        command=command,
    )


def _items(facts: Facts) -> list[Html]:
    return [_item(label, fact) for label, fact in facts.items()]


def _item(label: str, shown: str) -> Html:
    return fill("<div><dt>{label}</dt>\n<dd>{shown}</dd></div>", label=label, shown=shown)
