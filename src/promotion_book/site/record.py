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

from pydantic import TypeAdapter, ValidationError

from promotion_book.book.downloads import MANIFEST
from promotion_book.running.hashing import file_sha256
from promotion_book.site.manifest import SCHEMA, Files, Name, Sha, first_problem
from promotion_book.site.store import SiteError, revision_folders, write


@dataclass(frozen=True)
class SiteRecord:
    """The sha256 of what no manifest of a revision names, by its path in the site."""

    schema: int = SCHEMA
    revisions: Mapping[Name, Sha] = field(default_factory=dict)
    files: Files = field(default_factory=dict)


RECORD = TypeAdapter(SiteRecord)


def read_record(site: Path) -> SiteRecord | None:
    """The record of a site; None where it has none.

    Raises:
        SiteError: it is damaged, or of a later schema.
    """
    try:
        record = RECORD.validate_json((site / MANIFEST).read_bytes(), strict=True)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SiteError(f"{MANIFEST}: cannot be read ({error.strerror})") from error
    except ValidationError as error:
        raise SiteError(f"{MANIFEST}: damaged ({first_problem(error)})") from error
    if record.schema > SCHEMA:
        raise SiteError(f"{MANIFEST}: schema {record.schema}, and this software reads up to {SCHEMA}; use a later one")
    return record


def write_record(site: Path, files: Mapping[str, str]) -> None:
    """Write the record of a site, whose files beside the editions have these sha256."""
    found = {folder: file_sha256(site / folder / MANIFEST) for folder in revision_folders(site)}
    text = json.dumps(asdict(SiteRecord(SCHEMA, found, files)), ensure_ascii=False, indent=1) + "\n"
    write(site / MANIFEST, text)
