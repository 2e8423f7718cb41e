"""What machines read of the site: the feed of editions and corrections, the sitemap, and robots.txt.

The address of the site in the world comes from `html.baseurl` of `_config.yml`, through the manifests. Without
one the feed has relative links, and there is no sitemap, which allows none. `book/_templates/site` has their templates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from promotion_book.book.templates import render_template
from promotion_book.site.about import about, abstract
from promotion_book.site.histories import last_published, newest_revisions
from promotion_book.site.manifest import START, Manifest
from promotion_book.words.language import SOURCE, Language
from promotion_book.words.status_words import CHANGES
from promotion_book.words.translation import load_language

UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 has no way to write
LEADING = ("index", "search")  # pages that only lead to others, which no search engine should know


def write_feed(found: Sequence[Manifest], words: Language) -> str:
    """The feed in a language: an entry for each revision of each edition, the newest first."""
    mine = sorted((m for m in found if words.code in m.names), key=lambda m: m.published, reverse=True)
    return _xml(
        "feed",
        found,
        words,
        title=words.text("Industrial promotion: editions and corrections"),
        id=_name("feed", words.code),
        author=mine[0].author_in(words.code),
        entries=[_entry(manifest, words) for manifest in mine],
    )


def _entry(manifest: Manifest, words: Language) -> dict[str, str]:
    note, title = manifest.note, about([manifest], words).title
    if note:
        kind = words.text(CHANGES[note.kind])
        title = words.text("{title}: revision r{n}, {kind}", title=title, n=manifest.revision, kind=kind)
    return {
        "title": title,
        "id": _name(manifest.folder, words.code),
        "day": manifest.published_on,
        "page": f"{manifest.folder}/{words.code}/{START}.html",
        "summary": note.in_language(words.code)[1] if note else abstract(manifest, words),
    }


def _name(what: str, code: str) -> str:
    """A name that stays the same wherever the site lies."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'promotion-book/{what}/{code}')}"


def sitemap(found: Sequence[Manifest]) -> str:
    """Every page of the newest revision of each edition, with the same page in the other languages.

    Empty where the site has no address.
    """
    pages = [
        {
            "folder": manifest.edition.folder,
            "code": code,
            "name": name,
            "day": manifest.published_on,
            "spoken": [one for one in manifest.languages if name in manifest.pages(one)],
        }
        for manifest in newest_revisions(found)
        for code in manifest.languages
        for name in manifest.pages(code)
        if name not in LEADING
    ]
    return _xml("sitemap", found, load_language(SOURCE), pages=pages) if _address(found) else ""


def robots(found: Sequence[Manifest]) -> str:
    """Everybody may read everything; where the sitemap is."""
    address = _address(found)
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}sitemap.xml\n" if address else "")


def _address(found: Sequence[Manifest]) -> str:
    """The address of the site, as the revision that was published last has it; or empty."""
    return last_published(found).address


def _xml(name: str, found: Sequence[Manifest], words: Language, **values: object) -> str:
    """A file of XML from the template of a name."""
    return UNWRITABLE.sub("", render_template(f"site/{name}.xml", words, address=_address(found), **values)) + "\n"
