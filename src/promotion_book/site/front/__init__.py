"""The pages and files of the site itself, made anew from the manifests of all editions at each publication.

index.html index.vi.html archive.en.html revisions.en.html feed.en.xml sitemap.xml robots.txt _headers latest/
hanoi/editions.en.json                  what the pages of a place read when they are looked at
hanoi/latest/ hanoi/index.html ...      what leads to other pages: see `latest`
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from promotion_book.book.policy import FILE, headers_text
from promotion_book.running.hashing import sha256
from promotion_book.site.front.archive_page import archive_page
from promotion_book.site.front.edition_verdicts import read_verdicts
from promotion_book.site.front.feed import feed, robots, sitemap
from promotion_book.site.front.home_page import home_name, home_page
from promotion_book.site.front.html_page import own_files
from promotion_book.site.front.latest import redirects
from promotion_book.site.front.revision_log import revision_log
from promotion_book.site.front.switcher import editions_json
from promotion_book.site.manifest import Manifest, languages_of
from promotion_book.site.record import write_record
from promotion_book.site.store import write
from promotion_book.words.translation import load_language

SITEMAP = "sitemap.xml"


def write_front(site: Path, found: list[Manifest]) -> None:
    """Write all that is not part of an edition, and the record of the site.

    Args:
        site: a new version of it.
        found: all revisions of the site, in the order of `read_manifests`.
    """
    files = front_files(found, read_verdicts(site, found))
    for name, content in files.items():
        write(site / name, content)
    write_record(site, {name: sha256(content.encode("utf-8")) for name, content in files.items()})


def front_files(found: list[Manifest], verdicts: Mapping[str, str]) -> dict[str, str]:
    """All that is not part of an edition, by its path in the site; the verdicts are those of `read_verdicts`."""
    parts = (
        {home_name(found, c): home_page(found, load_language(c), verdicts=verdicts) for c in languages_of(found)},
        _archives(found),
        _logs(found),
        _switchers(found),
        redirects(found),
        _for_machines(found),
        own_files(),
    )
    return {name: content for part in parts for name, content in part.items()}


def _for_machines(found: list[Manifest]) -> dict[str, str]:
    """Feeds, sitemap, robots.txt and headers; no sitemap where the site has no address."""
    feeds = {f"feed.{code}.xml": feed(found, load_language(code)) for code in languages_of(found)}
    mapped = sitemap(found)
    return {**feeds, "robots.txt": robots(found), FILE: headers_text(), **({SITEMAP: mapped} if mapped else {})}


def _logs(found: list[Manifest]) -> dict[str, str]:
    """The revision log in each language."""
    return {f"revisions.{code}.html": revision_log(found, load_language(code)) for code in languages_of(found)}


def _archives(found: list[Manifest]) -> dict[str, str]:
    """The archive in each language."""
    return {f"archive.{code}.html": archive_page(found, load_language(code)) for code in languages_of(found)}


def _switchers(found: list[Manifest]) -> dict[str, str]:
    """What the pages of each place read when they are looked at."""
    made = {}
    for place in dict.fromkeys(m.place for m in found):
        mine = [m for m in found if m.place == place]
        for code in languages_of(mine):
            made[f"{place}/editions.{code}.json"] = editions_json(mine, load_language(code))
    return made
