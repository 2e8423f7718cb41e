"""The record of a whole site: the manifest of each revision, and the files that belong to no edition.

    manifest.json                          the sha256 of each, written anew at each publication
        revisions   hanoi/2025/r0 ...      of their manifests, which name all their files
        files       index.html ...         the archive, the revision log, the feed and so on

With it every byte of a site can be compared. A site that was published before there were records has none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from promotion_book.book.downloads import MANIFEST
from promotion_book.running.hashing import file_sha256
from promotion_book.site.manifest import SCHEMA, Files, Name, Sha, read_record
from promotion_book.site.store import revision_folders, write


@dataclass(frozen=True)
class SiteRecord:
    """The sha256 of what no manifest of a revision names, by its path in the site."""

    schema: int = SCHEMA
    revisions: Mapping[Name, Sha] = field(default_factory=dict)
    files: Files = field(default_factory=dict)


RECORD = TypeAdapter(SiteRecord)


def read_site_record(site: Path) -> SiteRecord | None:
    """The record of a site; None where it has none. Raises as `read_record`."""
    return read_record(site, MANIFEST, RECORD) if (site / MANIFEST).exists() else None


def write_record(site: Path, files: Mapping[str, str]) -> None:
    """Write the record of a site, whose files beside the editions have these sha256."""
    found = {folder: file_sha256(site / folder / MANIFEST) for folder in revision_folders(site)}
    text = json.dumps(asdict(SiteRecord(SCHEMA, found, files)), ensure_ascii=False, indent=1) + "\n"
    write(site / MANIFEST, text)
