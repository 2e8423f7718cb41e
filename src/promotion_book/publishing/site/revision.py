"""A revision in the site: its folder, made of what was built, and the address of the edition that shows it.

    hanoi/2025/r1/en/...  manifest.json  hanoi-2025-data.zip  ...
    hanoi/2025/en/...                       the same files, as hard links

A file that any edition of the site holds already is linked and not stored again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from promotion_book.publishing import marks
from promotion_book.publishing.digests import digest, of
from promotion_book.publishing.downloads import MANIFEST
from promotion_book.publishing.site.candidate import Candidate
from promotion_book.publishing.site.manifest import Manifest
from promotion_book.publishing.site.stamp import stamped
from promotion_book.publishing.site.store import link, write

Content = bytes | Path


@dataclass
class Shelf:
    """The files of a site by their sha256; `added` counts the bytes of those that were new."""

    files: dict[str, Path]
    added: int = 0

    def put(self, path: Path, content: Content, sha: str) -> None:
        """Put a file in place, as a link where the site has it already."""
        known = self.files.get(sha)
        if known is not None and digest(known) == sha:
            link(path, known)
            return
        write(path, content if isinstance(content, bytes) else content.read_bytes())
        self.files[sha] = path
        self.added += path.stat().st_size


def shelf(site: Path, found: Iterable[Manifest]) -> Shelf:
    """What a site holds already."""
    return Shelf({sha: site / m.folder / name for m in found for name, sha in m.files.items()})


def add(site: Path, built: Candidate, manifest: Manifest, history: list[Manifest], kept: Shelf) -> Manifest:
    """Put a revision into the site, and let the edition's own address show it; its manifest with all files.

    Args:
        history: the earlier revisions of the edition.
    """
    folder, files = site / manifest.folder, {}
    made = replace(manifest, touched=touched(site, built, history))
    for name, content, sha in _contents(built, made, history):
        kept.put(folder / name, content, sha)
        files[name] = sha
    before = built.files()
    changed = {name: sha for name, sha in before.items() if files[name] != sha}
    made = replace(made, files=files, built=changed)
    write(folder / MANIFEST, made.text())
    _show(site / made.edition, folder)
    return made


def _contents(built: Candidate, manifest: Manifest, history: list[Manifest]) -> Iterator[tuple[str, Content, str]]:
    """The files of a revision: name, content, sha256."""
    for name, sha in built.files().items():
        if name.endswith(".html"):
            page = built.path(name).read_text(encoding="utf-8")
            content = stamped(page, name.removesuffix(".html"), [manifest, *history]).encode("utf-8")
            yield name, content, of(content)
        else:
            yield name, built.path(name), sha


def touched(site: Path, built: Candidate, history: list[Manifest]) -> tuple[str, ...]:
    """The pages that say something else than in the revision before; of a first revision none."""
    if not history:
        return ()
    last = history[0]
    names = [name for name in built.files() if name.endswith(".html") and name in last.files]
    return tuple(
        name.removesuffix(".html") for name in names if _said(built.path(name)) != _said(site / last.folder / name)
    )


def _said(path: Path) -> str:
    return marks.said(path.read_text(encoding="utf-8"))


def _show(edition: Path, revision: Path) -> None:
    """Let the address of an edition show a revision."""
    for old in edition.iterdir() if edition.exists() else ():
        if old.is_dir() and not is_revision(old.name):
            shutil.rmtree(old)
        elif old.is_file():
            old.unlink()
    for path in revision.rglob("*"):
        if path.is_file():
            link(edition / path.relative_to(revision), path)


def is_revision(name: str) -> bool:
    """Whether a folder of an edition is a revision: r0, r1, and so on."""
    return name.startswith("r") and name[1:].isdigit()
