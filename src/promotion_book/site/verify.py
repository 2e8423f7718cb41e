"""Every byte of a site compared with what its manifests say.

    verify(site)                    ["hanoi/2025/r0/en/book/index.html: edited", "hanoi/2025/r1/manifest.json: missing"]
    verify(site, "hanoi", "2025")   what is wrong with one edition

The record of the site names the manifest of each revision and the files that belong to no edition; a manifest names
the files of its revision, which the address of the edition shows again, and the manifest of the revision before. Of
a revision whose manifest is missing or damaged only that is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from promotion_book.book.downloads import MANIFEST
from promotion_book.running.hashing import file_sha256
from promotion_book.site.manifest import Manifest, is_revision, read_manifest, revision_folders
from promotion_book.site.record import SiteRecord, read_record
from promotion_book.site.store import SITE, SiteError

NOTHING = "nothing has been published; run 'promotion-book build' and 'promotion-book publish'"
NO_FILE = "not a file"
FRONT = ""


@dataclass
class Expected:
    """What a site should hold: the sha256 of its files.

    `unknown` are the parts, as `_part` names them, of which that cannot be told, `reasons` says why. Without a record
    more files than are named may lie outside the revisions.
    """

    files: dict[str, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    recorded: bool = True
    reasons: list[str] = field(default_factory=list)


def verify(site: Path, place: str = "", period: str = "") -> list[str]:
    """What is wrong with a site, or with a place or a period of it: a line for each file.

    Raises:
        SiteError: nothing of that is published.
    """
    expected = _expected(site)
    parts = [*expected.files, *expected.unknown - {FRONT}]
    if not any(_asked(name, place, period=period) for name in parts):
        raise SiteError(f"nothing is published of {' '.join(filter(None, (place, period)))}" if parts else NOTHING)
    found = {*expected.reasons, *_differences(expected, _held(site))}
    return sorted(f"{SITE}/{line}" for line in found if _asked(line.partition(": ")[0], place, period=period))


def _asked(name: str, place: str, *, period: str) -> bool:
    parts = [*name.split("/"), ""]
    return place in ("", parts[0]) and period in ("", parts[1])


def _part(name: str) -> str:
    """The part of a site that a file belongs to: a revision, the address of an edition, or the front."""
    place, period, folder, *_ = [*name.split("/"), "", "", ""]
    return f"{place}/{period}/{folder}" if is_revision(folder) else f"{place}/{period}" if folder else FRONT


def _expected(site: Path) -> Expected:
    expected, recorded = Expected(), SiteRecord(revisions={})
    try:
        found = read_record(site)
        recorded = found or recorded
    except SiteError as error:
        found = None
        expected.reasons.append(str(error))
    read = _revisions(site, dict(recorded.revisions), expected=expected)
    expected.files |= recorded.files
    expected.recorded = found is not None
    if not (site / MANIFEST).exists() and any(manifest.schema for manifest in read):
        expected.reasons.append(f"{MANIFEST}: missing")
    return expected


def _revisions(site: Path, recorded: dict[str, str], *, expected: Expected) -> list[Manifest]:
    """Let a site be expected to hold what the manifests of its revisions name; those that could be read."""
    read = []
    for edition, last in _last({*recorded, *revision_folders(site)}).items():
        after = ""
        for number in range(last, -1, -1):
            folder = f"{edition}/r{number}"
            try:
                manifest = read_manifest(site, folder)
            except SiteError as error:
                expected.reasons.append(str(error))
                expected.unknown |= {folder, *([edition] if number == last else [])}
                after = ""
                continue
            known = recorded.get(folder) or after or ("" if recorded else file_sha256(site / folder / MANIFEST))
            for where in (folder, *([edition] if number == last else [])):
                expected.files |= {f"{where}/{name}": sha for name, sha in manifest.files.items()}
                expected.files |= {f"{where}/{MANIFEST}": known} if known else {}
            after = manifest.before
            read.append(manifest)
    return read


def _last(folders: set[str]) -> dict[str, int]:
    """The number of the last revision of each edition; those before it were published too."""
    found: defaultdict[str, int] = defaultdict(int)
    for folder in sorted(folders):
        edition, _, name = folder.rpartition("/")
        found[edition] = max(found[edition], int(name[1:]))
    return found


def _differences(expected: Expected, held: dict[str, str]) -> Iterator[str]:
    for name in {*expected.files, *held}:
        if _part(name) in expected.unknown or expected.files.get(name) == held.get(name):
            continue
        if name not in held:
            yield f"{name}: missing"
        elif name in expected.files:
            yield f"{name}: {NO_FILE if held[name] == NO_FILE else 'edited'}"
        elif expected.recorded or is_revision(_part(name).rpartition("/")[2]):
            yield f"{name}: extra"


def _held(site: Path) -> dict[str, str]:
    """The sha256 of the files of a site by their paths, but for its record; one file of several paths is read once."""
    seen: dict[int, str] = {}
    found: dict[str, str] = {}
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            found[name] = NO_FILE
        elif path.is_file() and name != MANIFEST:
            inode = path.stat().st_ino
            found[name] = seen.get(inode) or seen.setdefault(inode, file_sha256(path))
    return found
