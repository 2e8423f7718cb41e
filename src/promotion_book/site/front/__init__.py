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
from promotion_book.site.front.feed import robots, sitemap, write_feed
from promotion_book.site.front.latest import redirects
from promotion_book.site.front.site_pages import (
    archive_page,
    home_name,
    home_page,
    own_files,
    read_verdicts,
    revision_log,
)
from promotion_book.site.front.switcher import editions_json
from promotion_book.site.histories import languages_of
from promotion_book.site.manifest import Manifest
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


def front_files(found: list[Manifest], verdicts: Mapping[str, list[str]]) -> dict[str, str]:
    """All that is not part of an edition, by its path in the site, sorted; the verdicts are those of `read_verdicts`.

    There is no sitemap where the site has no address.
    """
    made = {**redirects(found), **own_files(), "robots.txt": robots(found), FILE: headers_text()}
    for words in map(load_language, languages_of(found)):
        made |= {
            home_name(found, words.code): home_page(found, words, verdicts=verdicts),
            f"archive.{words.code}.html": archive_page(found, words),
            f"revisions.{words.code}.html": revision_log(found, words),
            f"feed.{words.code}.xml": write_feed(found, words),
        }
    for place in dict.fromkeys(m.place for m in found):
        mine = [m for m in found if m.place == place]
        for words in map(load_language, languages_of(mine)):
            made[f"{place}/editions.{words.code}.json"] = editions_json(mine, words)
    mapped = sitemap(found)
    return dict(sorted((made | ({SITEMAP: mapped} if mapped else {})).items()))
