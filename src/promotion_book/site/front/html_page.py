"""The frame of the site's own pages, which are the archive, the revision log and the ways to the newest edition.

They are plain HTML that needs no script, with one style sheet at the root of the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from urllib.parse import quote

from promotion_book.book.policy import META
from promotion_book.words.language import LANGUAGES, Language
from promotion_book.words.markup import Html, fill, join

STYLE = "archive.css"
EMPTY = Html()


def read_style() -> str:
    """The style sheet of the site's own pages."""
    return files(__package__).joinpath(STYLE).read_text(encoding="utf-8")


def page_html(title: str, body: Html, words: Language, up: str, others: Mapping[str, str], head: Html = EMPTY) -> str:
    """A page in a language.

    Args:
        up: the way to the root of the site: "", "../" and so on.
        others: the addresses of the same page in other languages, by code.
        head: more elements of its head.
    """
    links = [_other('<link rel="alternate" hreflang="{code}" href="{address}">\n', each) for each in others.items()]
    ways = [_other('<a href="{address}" lang="{code}" hreflang="{code}">{name}</a>', each) for each in others.items()]
    nav = '<nav aria-label="{label}">{ways}</nav>\n'
    return fill(
        '{head}<link rel="stylesheet" href="{style}">\n{links}{more}</head>\n<body>\n{nav}<main>\n'
        "<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n",
        head=_head(title, words),
        style=f"{up}{STYLE}",
        links=join("", links),
        more=head,
        nav=fill(nav, label=words.text("Language"), ways=join(" ", ways)) if others else "",
        title=title,
        body=body,
    )


def redirect_html(address: str, words: Language, label: str) -> str:
    """A page that leads to another one, without a script."""
    return fill(
        '{head}<meta http-equiv="refresh" content="0; url={address}">\n'
        '</head>\n<body>\n<main>\n<h1><a href="{address}">{label}</a></h1>\n</main>\n</body>\n</html>\n',
        head=_head(label, words),
        address=quote(address),
        label=label,
    )


def _head(title: str, words: Language) -> Html:
    return fill(
        '<!doctype html>\n<html lang="{code}">\n<head>\n<meta charset="utf-8">\n{policy}\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<title>{title}</title>\n<link rel="icon" href="data:,">\n',
        code=words.code,
        policy=META,
        title=title,
    )


def _other(template: str, other: tuple[str, str]) -> Html:
    """What leads to the same page in another language."""
    code, address = other
    return fill(template, code=code, address=address, name=LANGUAGES[code])
