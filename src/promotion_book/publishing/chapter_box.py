"""The box at the top of a chapter: what it is about, which revision it is, and how to run it again with other values.

The revision stands in a mark, which publication fills; a what-if has none. The extension of the book puts the
executed notebook where `notebook` says, and leads pages in deeper folders to the methods.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from pathlib import Path

from promotion_book.display.language import Language
from promotion_book.publishing.marks import REVISION, marked

METHODS, READING = "../book/methods.html", "../book/reading.html"


Facts = Mapping[str, str]


def box(about: Facts, parameters: Facts, notebook: Path, command: str, words: Language, what_if: bool) -> str:
    """The box in HTML.

    Args:
        about: place, period and cut-off day, by label.
        parameters: those that only this page has, by label.
        notebook: where the page finds its executed notebook.
        command: makes the page again.
    """
    text = words.text
    revision = "" if what_if else _item(text("Revision"), marked(REVISION, text("Not published.")))
    items = f"{_items(about)}{revision}{_items(parameters)}"
    ways = [
        f'<a href="{METHODS}">{text("Methods")}</a>',
        f'<a href="{READING}">{text("How to read a status")}</a>',
        f'<a href="{notebook.as_posix()}" download>{text("Executed notebook")}</a>',
    ]
    how = text("In the folder of the project, with other values; or open the notebook there in JupyterLab.")
    return (
        f'<div class="chapter-box"><dl>{items}</dl>\n<p class="figure-files">{" · ".join(ways)}</p>\n'
        f'<details class="rerun"><summary>{text("Run this page with other parameters")}</summary>\n'
        f"<p>{html.escape(how)}</p>\n<p><code>{html.escape(command)}</code></p></details></div>"
    )


def _items(facts: Facts) -> str:
    return "".join(_item(label, html.escape(fact)) for label, fact in facts.items())


def _item(label: str, shown: str) -> str:
    return f"<div><dt>{html.escape(label)}</dt><dd>{shown}</dd></div>"
