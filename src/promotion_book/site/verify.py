"""Every byte of a site compared with what its manifests say.

    verify(site)                    ["hanoi/2025/r0/en/book/index.html: edited", "hanoi/2025/r1/manifest.json: missing"]
    verify(site, "hanoi", period="2025")    what is wrong with one edition
    verify_chain(site, editions)    what is wrong but for the files of other editions, which are not read then

The record of the site names the manifest of each revision and the files that belong to no edition; a manifest names
the files of its revision, to which the address of the edition leads, and the manifest of the revision before. Of
a revision whose manifest is missing or damaged only that is said. In a site that was copied the address of an edition
may hold the same files in the place of links.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from promotion_book.book.downloads import MANIFEST
from promotion_book.running.hashing import file_sha256
from promotion_book.running.plan import EditionId
from promotion_book.site.manifest import Manifest, read_manifest
from promotion_book.site.record import SiteRecord, read_site_record
from promotion_book.site.store import SITE, SiteError, is_revision, revision_folders

NOTHING = "nothing has been published; run 'promotion-book build' and 'promotion-book publish'"
NO_FILE, LINK = "not a file", "link to "
FRONT = ""
DEPTH = 2  # of the slashes in the name of what lies at the address of an edition


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


def verify_chain(site: Path, editions: Collection[EditionId]) -> list[str]:
    """What is wrong with the manifests of a site, with its own pages, and with any file of some editions."""
    whole = {edition.folder for edition in editions}

    def passed_over(name: str) -> bool:
        edition, _, folder = _part(name).rpartition("/")
        return is_revision(folder) and edition not in whole

    expected, held = _expected(site), _held(site, passed_over)
    manifests = {f"{folder}/{MANIFEST}" for folder in revision_folders(site)}
    held |= {name: file_sha256(site / name) for name in manifests - {*held} if (site / name).is_file()}
    expected.files = {name: sha for name, sha in expected.files.items() if name in manifests or not passed_over(name)}
    return sorted(f"{SITE}/{line}" for line in {*expected.reasons, *_differences(expected, held)})


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
        found = read_site_record(site)
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
            files = {**manifest.files, **({MANIFEST: known} if known else {})}
            expected.files |= {f"{folder}/{name}": sha for name, sha in files.items()}
            expected.files |= _at_address(site, folder, files) if number == last else {}
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


def _at_address(site: Path, folder: str, files: Mapping[str, str]) -> dict[str, str]:
    """What the address of an edition should hold: links to what its newest revision has, or else the same files."""
    edition, _, revision = folder.rpartition("/")
    tops = {name: name.partition("/")[0] for name in files}
    linked = {top for top in tops.values() if (site / edition / top).is_symlink()}
    apart = {f"{edition}/{name}": sha for name, sha in files.items() if tops[name] not in linked}
    return {f"{edition}/{top}": f"{LINK}{revision}/{top}" for top in linked} | apart


def _held(site: Path, passed_over: Callable[[str], bool] = lambda name: False) -> dict[str, str]:
    """The sha256 of the files of a site by their paths, but for its record and the folders that are passed over.

    One file of several paths is read once. Of a link at the address of an edition it is where that leads.
    """
    hashed: dict[int, str] = {}
    found: dict[str, str] = {}
    for name, entry in _entries(site, "", passed_over=passed_over):
        if name == MANIFEST:
            continue
        if entry.is_symlink() and name.count("/") == DEPTH:
            found[name] = f"{LINK}{Path(entry.path).readlink()}"
        elif not entry.is_file(follow_symlinks=False):
            found[name] = NO_FILE
        else:
            found[name] = hashed.get(entry.inode()) or hashed.setdefault(entry.inode(), file_sha256(Path(entry.path)))
    return found


def _entries(
    folder: Path, within: str, *, passed_over: Callable[[str], bool]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All that lies in a folder of a site and is no folder, by its path; a revision may be a link to its folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{within}{entry.name}"
            revision = name.count("/") == DEPTH and is_revision(entry.name)
            if not entry.is_dir(follow_symlinks=revision):
                yield name, entry
            elif not passed_over(name):
                yield from _entries(Path(entry.path), f"{name}/", passed_over=passed_over)
