"""The revisions of a site: all in their order, those of an edition, the newest of each, and the one that was published last."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from promotion_book.facts.calendar import age
from promotion_book.running.plan import EditionId
from promotion_book.site.manifest import Manifest, read_manifest
from promotion_book.site.store import for_each, revision_folders
from promotion_book.words.language import LANGUAGES


def read_manifests(site: Path) -> list[Manifest]:
    """All revisions of a site: places in order, the newest edition of each first, its newest revision first.

    Raises:
        SiteError: manifests that cannot be read; a line for each.
    """
    return in_order(for_each(lambda folder: read_manifest(site, folder), revision_folders(site)))


def in_order(found: Iterable[Manifest]) -> list[Manifest]:
    """Revisions as the site lists them: places in order, the newest edition of each first, its newest revision first."""
    newest = sorted(found, key=lambda m: (age(m.period), m.revision), reverse=True)
    return sorted(newest, key=lambda m: m.place)


def newest_revisions(found: Iterable[Manifest]) -> list[Manifest]:
    """The newest revision of each edition, in the order of `read_manifests`."""
    first: dict[EditionId, Manifest] = {}
    for manifest in found:
        first.setdefault(manifest.edition, manifest)
    return list(first.values())


def history_of(found: Iterable[Manifest], edition: EditionId) -> list[Manifest]:
    """The revisions of an edition, newest first."""
    return [manifest for manifest in found if manifest.edition == edition]


def last_published(found: Iterable[Manifest]) -> Manifest:
    """The revision that was published last; it knows the calendar and the address of the site best."""
    return max(found, key=lambda m: m.published)


def corrections(history: Iterable[Manifest]) -> list[Manifest]:
    """The revisions of an edition that correct an error, oldest first."""
    return [m for m in sorted(history, key=lambda m: m.revision) if m.note and m.note.kind == "error"]


def languages_of(found: Iterable[Manifest]) -> list[str]:
    """The languages that any of some revisions is in, in the order of the report."""
    spoken = {code for manifest in found for code in manifest.names}
    return [code for code in LANGUAGES if code in spoken]
