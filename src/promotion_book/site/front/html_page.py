"""The site's own pages: the archive, the revision log, and what leads to the newest edition.

They are plain HTML that needs no script, with one style sheet at the root of the site, where a script lets the start
page greet readers in their language; `book/_templates/site` has
their templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from urllib.parse import quote

from promotion_book.book.templates import render_template
from promotion_book.words.language import Language

STYLE, ENTRY = "archive.css", "entry.js"


def own_files() -> dict[str, str]:
    """The style sheet of the site's own pages, and the script of its start page, by name."""
    return {name: files(__package__).joinpath(name).read_text(encoding="utf-8") for name in (STYLE, ENTRY)}


def page_html(
    name: str, words: Language, *, title: str, up: str = "", others: Mapping[str, str] | None = None, **values: object
) -> str:
    """A page in a language, from the template of a name.

    Args:
        up: the way to the root of the site: "", "../" and so on.
        others: the addresses of the same page in other languages, by code.
        values: what else its template prints.
    """
    frame = {"title": title, "up": up, "others": others or {}, "language_label": words.text("Language")}
    return render_template(f"site/{name}.html", words, **frame, **values) + "\n"


def redirect_html(address: str, words: Language, *, title: str) -> str:
    """A page that leads to another one, without a script."""
    return render_template("site/redirect.html", words, address=quote(address, safe="/#"), title=title) + "\n"
