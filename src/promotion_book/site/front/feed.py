"""What machines read of the site: the feed of editions and corrections, the sitemap, and robots.txt.

The address of the site in the world comes from `html.baseurl` of `_config.yml`, through the manifests. Without
one the feed has relative links, and there is no sitemap, which allows none.
Sources: RFC 4287 (Atom); sitemaps.org 0.9, with alternates as Google reads them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from promotion_book.site.about import about, abstract
from promotion_book.site.histories import last_published, newest_revisions
from promotion_book.site.manifest import START, Manifest
from promotion_book.words.language import Language
from promotion_book.words.status_words import CHANGES

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 has no way to write
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def address_of(found: Sequence[Manifest]) -> str:
    """The address of the site, as the revision that was published last has it; or empty."""
    return last_published(found).address


def write_feed(found: Sequence[Manifest], words: Language) -> str:
    """The feed in a language: an entry for each revision of each edition, the newest first."""
    mine = sorted((m for m in found if words.code in m.names), key=lambda m: m.published, reverse=True)
    address = address_of(found)
    root = Element("feed", {"xmlns": ATOM, "xml:lang": words.code})
    _text(root, "title", text=words.text("Industrial promotion: editions and corrections"))
    _text(root, "id", text=_name("feed", words.code))
    _text(root, "updated", text=_time(mine[0]))
    SubElement(SubElement(root, "author"), "name").text = mine[0].author_in(words.code)
    SubElement(root, "link", {"rel": "self", "href": f"{address}feed.{words.code}.xml"})
    SubElement(root, "link", {"rel": "alternate", "href": f"{address}archive.{words.code}.html"})
    for manifest in mine:
        root.append(_entry(manifest, words, address=address))
    return _xml(root)


def _entry(manifest: Manifest, words: Language, *, address: str) -> Element:
    entry = Element("entry")
    note = manifest.note
    name = about([manifest], words).title
    if note:
        kind = words.text(CHANGES[note.kind])
        name = words.text("{title}: revision r{n}, {kind}", title=name, n=manifest.revision, kind=kind)
    _text(entry, "title", text=name)
    _text(entry, "id", text=_name(manifest.folder, words.code))
    _text(entry, "updated", text=_time(manifest))
    SubElement(entry, "link", {"href": f"{address}{manifest.folder}/{words.code}/{START}.html"})
    _text(entry, "summary", text=note.in_language(words.code)[1] if note else abstract(manifest, words))
    return entry


def _name(what: str, code: str) -> str:
    """A name that stays the same wherever the site lies."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'promotion-book/{what}/{code}')}"


def _time(manifest: Manifest) -> str:
    return f"{manifest.published_on}T00:00:00Z"


def _text(parent: Element, name: str, *, text: str) -> None:
    SubElement(parent, name).text = UNWRITABLE.sub("", text)


def _xml(root: Element) -> str:
    indent(root, " ")
    return HEAD + tostring(root, encoding="unicode") + "\n"


def sitemap(found: Sequence[Manifest]) -> str:
    """Every page of the newest revision of each edition, with the same page in the other languages.

    Empty where the site has no address.
    """
    address = address_of(found)
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for manifest in newest_revisions(found) if address else ():
        for code in manifest.languages:
            for name in _listed(manifest, code):
                root.append(_page(manifest, code, name=name, address=address))
    return _xml(root) if address else ""


def _listed(manifest: Manifest, code: str) -> list[str]:
    """The pages that a search engine should know: not those that only lead to others."""
    return [name for name in manifest.pages(code) if name not in ("index", "search")]


def _page(manifest: Manifest, code: str, *, name: str, address: str) -> Element:
    entry = Element("url")
    _text(entry, "loc", text=f"{address}{manifest.edition.folder}/{code}/{name}.html")
    _text(entry, "lastmod", text=manifest.published_on)
    spoken = [one for one in manifest.languages if name in manifest.pages(one)]
    for one in spoken if len(spoken) > 1 else ():
        href = f"{address}{manifest.edition.folder}/{one}/{name}.html"
        SubElement(entry, "xhtml:link", {"rel": "alternate", "hreflang": one, "href": href})
    return entry


def robots(found: Sequence[Manifest]) -> str:
    """Everybody may read everything; where the sitemap is."""
    address = address_of(found)
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}sitemap.xml\n" if address else "")
