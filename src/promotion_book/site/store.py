"""Where the site lies: complete versions of it beside each other, and a link to the one that readers see.

    _site -> _site.versions/7
    _site.versions/8.draft          a version that is being made; it is removed if it comes to nothing

    with alone(root), changed(root) as draft:
        write(draft / "index.html", text)       # the site is the new version when the block has ended

A new version holds the files of the present one as hard links, so what stays costs nothing. Files are never
written in place: `write` and `link` put a new file where an old one was.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SITE, VERSIONS = "_site", "_site.versions"
DRAFT = ".draft"
FOLDER, FILE = 0o755, 0o644


class SiteError(Exception):
    """The site cannot be changed as asked; it stays as it was."""


@contextmanager
def site_lock(root: Path) -> Iterator[None]:
    """One publisher at a time.

    Raises:
        SiteError: another one is at work.
    """
    (root / VERSIONS).mkdir(parents=True, exist_ok=True)
    (root / VERSIONS).chmod(FOLDER)
    with (root / VERSIONS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SiteError("another publisher is changing the site; try again when it is done") from error
        yield


@contextmanager
def switch_site(root: Path) -> Iterator[Path]:
    """A copy of the site to change, which becomes the site in one step when nothing failed.

    Raises:
        OSError: it cannot be made, or cannot become the site.
    """
    for leftover in (root / VERSIONS).glob(f"*{DRAFT}"):
        shutil.rmtree(leftover)
    draft = root / VERSIONS / f"{_last(root) + 1}{DRAFT}"
    try:
        if (root / SITE).exists():
            shutil.copytree(root / SITE, draft, copy_function=os.link)
        else:
            draft.mkdir()
        yield draft
        _open(draft)
        _switch(root, draft)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _open(draft: Path) -> None:
    """Let every web server read the folders of a version, whatever the umask of its publisher; `write` does of files."""
    for folder, _, _ in os.walk(draft):
        Path(folder).chmod(FOLDER)


def _last(root: Path) -> int:
    return max((int(path.name) for path in (root / VERSIONS).iterdir() if path.name.isdigit()), default=0)


def _switch(root: Path, draft: Path) -> None:
    """Make a draft the site by one rename of a link. Older versions but the last are removed."""
    version = draft.with_suffix("")
    previous = (root / SITE).resolve().name if (root / SITE).is_symlink() else ""
    draft.rename(version)
    link = root / f"{SITE}.link"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(VERSIONS) / version.name)
    link.replace(root / SITE)
    for old in (root / VERSIONS).iterdir():
        if old.is_dir() and old.name not in (version.name, previous):
            shutil.rmtree(old)


def write(path: Path, content: str | bytes) -> None:
    """Put a new file in place.

    Raises:
        OSError: it cannot be written; the error names it, also where the disk is full.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    try:
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        path.chmod(FILE)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def link(path: Path, existing: Path) -> None:
    """Let a path name a file that exists already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.link(existing, path)
