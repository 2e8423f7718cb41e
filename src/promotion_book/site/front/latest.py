"""Pages that lead to others without a script: to the newest edition, and from earlier addresses to the archive.

    latest/index.html         latest/en/index.html          to the newest edition of the site
    hanoi/latest/index.html   hanoi/latest/en/index.html    of a place
    hanoi/index.html          hanoi/archive.en.html         to the place in the archive
    hanoi/2025/index.html     hanoi/2025/archive.en.html    to the edition there

In a site of several places, its own way names the newest edition of each. The pages of an edition link to the
archive beside them, which is another one at the address of the edition and at that of a revision.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from promotion_book.book.templates import render_template
from promotion_book.site.front.site_pages import archive_id, page_html
from promotion_book.site.histories import languages_of, newest_revisions
from promotion_book.site.manifest import START, Manifest
from promotion_book.words.language import Language
from promotion_book.words.translation import load_language

LATEST = "latest"


def redirects(found: Sequence[Manifest]) -> dict[str, str]:
    """The pages that lead to others, by their names in the site."""
    places = {m.place: [m] for m in reversed(newest_revisions(found))}
    made = _in_languages("", list(reversed([m for one in places.values() for m in one])))
    for place, latest in places.items():
        made |= _in_languages(f"{place}/", latest)
    return made | _to_archive(found)


def _in_languages(folder: str, latest: Sequence[Manifest]) -> dict[str, str]:
    codes = languages_of(latest)
    up = "../" * (folder.count("/") + 1)
    pages = {code: f"{folder}{LATEST}/{code}/index.html" for code in codes}
    made = {pages[code]: _way(latest, load_language(code), up=f"{up}../") for code in codes}
    return made | {f"{folder}{LATEST}/index.html": _way(latest, load_language(codes[0]), up=up)}


def _way(latest: Sequence[Manifest], words: Language, *, up: str) -> str:
    title = words.text("The newest edition")
    addresses = {f"{up}{m.edition.folder}/{words.code}/{START}.html": m for m in latest if words.code in m.names}
    if len(addresses) == 1:
        return _redirect(next(iter(addresses)), words, title=title)
    editions = [(address, _name(m, words)) for address, m in addresses.items()]
    return page_html("latest", words, title=title, up=up, editions=editions)


def _name(manifest: Manifest, words: Language) -> str:
    names = manifest.names[words.code]
    return words.text("{place}, {period}", place=names["place"], period=names["period"])


def _to_archive(found: Sequence[Manifest]) -> dict[str, str]:
    made = {}
    for where in dict.fromkeys(folder for m in found for folder in (m.place, m.edition.folder)):
        here = [m for m in found if where in (m.place, m.edition.folder)]
        pages = {code: _archive(here, where, words=load_language(code)) for code in languages_of(here)}
        made[f"{where}/index.html"] = next(iter(pages.values()))
        made |= {f"{where}/archive.{code}.html": page for code, page in pages.items()}
    return made


def _archive(here: Sequence[Manifest], where: str, *, words: Language) -> str:
    names = next(m for m in here if words.code in m.names).names[words.code]
    place, period = names["place"], names["period"]
    if "/" in where:
        title = words.text("Industrial promotion in {place}, {period}, among all editions", place=place, period=period)
    else:
        title = words.text("Industrial promotion in {place}: all editions", place=place)
    up = "../" * len(where.split("/"))
    return _redirect(f"{up}archive.{words.code}.html#{archive_id(where)}", words, title=title)


def _redirect(address: str, words: Language, *, title: str) -> str:
    """A page that leads to another one, without a script."""
    return render_template("site/redirect.html", words, address=quote(address, safe="/#"), title=title) + "\n"
