"""Where the site lies: each revision once, versions of the site that lead to them, and a link to the one that readers see.

    _site -> _site.versions/7
    _site.versions/revisions/hanoi/2025/r0/...      a revision, as it was published
    _site.versions/7/hanoi/2025/r0                  a link to it
    _site.versions/7/hanoi/2025/en                  a link to r0/en, of the newest revision
    _site.versions/8.draft                          a version that is being made; it is removed if it comes to nothing

    with site_lock(root), switch_site(root) as draft:
        write(draft / "index.html", text)       # the site is the new version when the block has ended

A version has the pages of the site itself and links, so that one more edition costs what it holds, however large the
site is. Files are never written in place: `write` and `link` put a new file where an old one was. A site whose
revisions lie in it as folders, such as one that was copied, becomes one of links when something is published on it.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from promotion_book.fault import Fault

SITE, VERSIONS, REVISIONS = "_site", "_site.versions", "revisions"
DRAFT = ".draft"
READABLE = 0o022  # the umask that lets every web server read, whatever that of the publisher is
REVISION, VERSION = re.compile("r(0|[1-9][0-9]*)"), re.compile("[1-9][0-9]*")


Item = TypeVar("Item")
Result = TypeVar("Result")


class SiteError(Fault):
    """The site cannot be changed as asked; it stays as it was."""


def for_each(function: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """What a function makes of some things.

    Raises:
        SiteError: it cannot be done with some of them; the message has the reasons of all.
    """
    made, reasons = [], []
    for item in items:
        try:
            made.append(function(item))
        except SiteError as error:
            reasons.append(str(error))
    if reasons:
        raise SiteError("\n".join(reasons))
    return made


@contextmanager
def site_lock(root: Path) -> Iterator[None]:
    """One publisher at a time, whose files every web server can read. A link to the site that was removed is put back.

    Raises:
        SiteError: another one is at work, or versions of the site are gone.
    """
    umask = os.umask(READABLE)
    try:
        (root / VERSIONS).mkdir(parents=True, exist_ok=True)
        with (root / VERSIONS / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise SiteError("another publisher is changing the site; try again when it is done") from error
            _find_versions(root)
            yield
    finally:
        os.umask(umask)


@contextmanager
def switch_site(root: Path) -> Iterator[Path]:
    """A version of the site to fill, with links to all revisions, which becomes the site when nothing failed.

    The addresses of editions lead to their newest revisions then.

    Raises:
        OSError: it cannot be made, or cannot become the site.
    """
    versions = root / VERSIONS
    _remove_leftovers(root)
    draft = versions / f"{_last(root) + 1}{DRAFT}"
    try:
        draft.mkdir()
        for folder in revision_folders(root / SITE):
            _adopt(root / SITE / folder, versions / REVISIONS / folder)
            _lead_to(draft, folder)
        yield draft
        _show_newest(draft)
        _switch(root, draft)
    finally:
        _remove_leftovers(root)


def open_revision(draft: Path, folder: str) -> Path:
    """The empty folder of a new revision, at its address in a draft."""
    _lead_to(draft, folder)
    (draft.parent / REVISIONS / folder).mkdir(parents=True)
    return draft / folder


def revision_folders(site: Path) -> list[str]:
    """The folders of all revisions that lie in a site, whole or not; those of an edition in their order.

    Raises:
        SiteError: as `refuse_lost`.
    """
    refuse_lost(site)
    found = (path for path in site.glob("*/*/r*") if path.is_dir() and is_revision(path.name))
    names = (path.relative_to(site).as_posix() for path in found)
    return sorted(names, key=lambda name: (name.rpartition("/")[0], int(name.rpartition("/r")[2])))


def refuse_lost(site: Path) -> None:
    """Refuse a site of which only the link is left, as where nothing was published yet.

    Raises:
        SiteError: the version to which the link leads is gone.
    """
    if site.is_symlink() and not site.exists():
        raise _gone(f"{site.name} leads to {site.readlink()}, which is not there", "that folder")


def is_revision(name: str) -> bool:
    """Whether a folder of an edition is a revision: r0, r1, and so on."""
    return REVISION.fullmatch(name) is not None


def _find_versions(root: Path) -> None:
    """Let a link that was removed lead to the last version again, and refuse a store of which versions were removed."""
    site, versions = root / SITE, root / VERSIONS
    led_to = {folder for path in (site, *versions.glob("[0-9]*")) for folder in revision_folders(path)}
    lost = [folder for folder in _stored(versions) if is_revision(Path(folder).name) and folder not in led_to]
    if lost:
        raise _gone(f"no version of the site leads to {', '.join(lost)}", f"the numbered folders of {VERSIONS}")
    if _last(root) and not site.exists():
        _show(root, versions / str(_last(root)))


def _gone(found: str, folders: str) -> SiteError:
    return SiteError(f"{found}; put {folders} back from a copy of the site")


def _remove_leftovers(root: Path) -> None:
    """Remove what publishers left that were stopped: revisions that no version of the site has, then drafts.

    A version that was never shown, since it is newer than the one that readers see, is a draft again.
    """
    versions, shown = root / VERSIONS, (root / SITE).resolve()
    if shown in _numbered(versions.resolve()):
        for version in _numbered(versions):
            if int(version.name) > int(shown.name):
                version.rename(version.with_suffix(DRAFT))
    present = {folder for path in _numbered(versions) for folder in revision_folders(path)}
    for folder in _stored(versions):
        if folder not in present and (is_revision(Path(folder).name) or folder.endswith(DRAFT)):
            shutil.rmtree(versions / REVISIONS / folder, ignore_errors=True)
    for draft in versions.glob(f"*{DRAFT}"):
        shutil.rmtree(draft, ignore_errors=True)


def _stored(versions: Path) -> list[str]:
    """The folders in which revisions are stored, those that are not whole yet among them."""
    found = (versions / REVISIONS).glob("*/*/*")
    return sorted(path.relative_to(versions / REVISIONS).as_posix() for path in found)


def _adopt(folder: Path, stored: Path) -> None:
    """Let a revision that lies in the site itself lie where revisions do, too."""
    if not stored.exists():
        draft = stored.with_name(f"{stored.name}{DRAFT}")
        shutil.copytree(folder, draft, copy_function=os.link)
        draft.rename(stored)


def _lead_to(draft: Path, folder: str) -> None:
    (draft / folder).parent.mkdir(parents=True, exist_ok=True)
    (draft / folder).symlink_to(Path("../../..", REVISIONS, folder))


def _show_newest(draft: Path) -> None:
    """Let the address of each edition lead to all that its newest revision has."""
    for edition, folders in groupby(revision_folders(draft), lambda folder: folder.rpartition("/")[0]):
        *_, newest = folders
        for path in (draft / newest).iterdir():
            (draft / edition / path.name).symlink_to(Path((draft / newest).name, path.name))


def _last(root: Path) -> int:
    return max((int(path.name) for path in _numbered(root / VERSIONS)), default=0)


def _numbered(versions: Path) -> list[Path]:
    """The versions of the site that are there."""
    return [path for path in versions.iterdir() if VERSION.fullmatch(path.name) and path.is_dir()]


def version_before(root: Path) -> Path | None:
    """The version of the site in whose place the one came that readers see, where it is kept."""
    shown = (root / SITE).resolve().name
    older = (path for path in _numbered(root / VERSIONS) if VERSION.fullmatch(shown) and int(path.name) < int(shown))
    return max(older, key=lambda path: int(path.name), default=None)


def _switch(root: Path, draft: Path) -> None:
    """Make a draft the site by one rename of a link. Older versions but the last are removed."""
    version = draft.with_suffix("")
    previous = (root / SITE).resolve().name if (root / SITE).is_symlink() else ""
    draft.rename(version)
    _show(root, version)
    for old in _numbered(root / VERSIONS):
        if old.name not in (version.name, previous):
            shutil.rmtree(old, ignore_errors=True)


def _show(root: Path, version: Path) -> None:
    """Let the link that readers see lead to a version."""
    link = root / f"{SITE}.link"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(VERSIONS) / version.name)
    link.replace(root / SITE)


def write(path: Path, content: str | bytes) -> None:
    """Put a new file in place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def link(path: Path, existing: Path) -> None:
    """Let a path name a file that exists already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.link(existing, path)
