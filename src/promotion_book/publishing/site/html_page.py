"""The frame of the site's own pages, which are the archive, the revision log and the ways to the newest edition.

They are plain HTML that needs no script, with one style sheet at the root of the site.
"""

from __future__ import annotations

import html
from collections.abc import Mapping
from importlib.resources import files

from promotion_book.display.language import LANGUAGES, Language

STYLE = "archive.css"


def style() -> str:
    """The style sheet of the site's own pages."""
    return files(__package__).joinpath(STYLE).read_text(encoding="utf-8")


def page(title: str, body: str, words: Language, up: str, others: Mapping[str, str], head: str = "") -> str:
    """A page in a language.

    Args:
        up: the way to the root of the site: "", "../" and so on.
        others: the addresses of the same page in other languages, by code.
        head: more elements of its head.
    """
    links = "".join(f'<link rel="alternate" hreflang="{code}" href="{address}">\n' for code, address in others.items())
    switch = " ".join(
        f'<a href="{address}" lang="{code}" hreflang="{code}">{LANGUAGES[code]}</a>' for code, address in others.items()
    )
    nav = f'<nav aria-label="{words.text("Language")}">{switch}</nav>\n' if others else ""
    return (
        f'<!doctype html>\n<html lang="{words.code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{html.escape(title)}</title>\n<link rel="icon" href="data:,">\n'
        f'<link rel="stylesheet" href="{up}{STYLE}">\n{links}{head}</head>\n<body>\n{nav}<main>\n'
        f"<h1>{html.escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def redirect(address: str, words: Language, label: str) -> str:
    """A page that leads to another one, without a script."""
    said = html.escape(label)
    return (
        f'<!doctype html>\n<html lang="{words.code}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{said}</title>\n<link rel="icon" href="data:,">\n<meta http-equiv="refresh" content="0; url={address}">\n'
        f'</head>\n<body>\n<main>\n<h1><a href="{address}">{said}</a></h1>\n</main>\n</body>\n</html>\n'
    )
