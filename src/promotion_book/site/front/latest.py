"""The ways to the newest edition, as pages that lead there without a script.

    latest/index.html         latest/en/index.html          of the site
    hanoi/latest/index.html   hanoi/latest/en/index.html    of a place

In a site of several places, its own way names the newest edition of each.
"""

from __future__ import annotations

from collections.abc import Sequence

from promotion_book.site.front.html_page import page_html, redirect_html
from promotion_book.site.manifest import START, Manifest, languages_of, newest_revisions
from promotion_book.words.language import Language
from promotion_book.words.markup import fill, join, link_page
from promotion_book.words.translation import load_language

LATEST = "latest"


def redirects(found: Sequence[Manifest]) -> dict[str, str]:
    """The pages that lead to the newest editions, by their names in the site."""
    places = {m.place: [m] for m in reversed(newest_revisions(found))}
    made = _in_languages("", list(reversed([m for one in places.values() for m in one])))
    for place, latest in places.items():
        made |= _in_languages(f"{place}/", latest)
    return made


def _in_languages(folder: str, latest: Sequence[Manifest]) -> dict[str, str]:
    codes = languages_of(latest)
    up = "../" * (folder.count("/") + 1)
    pages = {code: f"{folder}{LATEST}/{code}/index.html" for code in codes}
    made = {pages[code]: _way(latest, load_language(code), f"{up}../") for code in codes}
    return made | {f"{folder}{LATEST}/index.html": _way(latest, load_language(codes[0]), up)}


def _way(latest: Sequence[Manifest], words: Language, up: str) -> str:
    title = words.text("The newest edition")
    addresses = {f"{up}{m.edition}/{words.code}/{START}.html": m for m in latest if words.code in m.names}
    if len(addresses) == 1:
        return redirect_html(next(iter(addresses)), words, title)
    items = (fill("<li>{way}</li>", way=link_page(address, _name(m, words))) for address, m in addresses.items())
    return page_html(title, fill("<ul>\n{items}\n</ul>", items=join("\n", items)), words, up, {})


def _name(manifest: Manifest, words: Language) -> str:
    names = manifest.names[words.code]
    return words.text("{place}, {period}", place=names["place"], period=names["period"])
