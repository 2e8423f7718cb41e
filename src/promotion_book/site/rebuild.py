"""An old revision built again, from the data package that it published and with its own parameters.

Everything runs anew in `_build/rebuilt/`, nothing comes from the cache of the report. The outcome is compared byte
by byte with what is published, and the inputs with those of the manifest: where the software, the pages or the
lock file are others now, the bytes may be too, and the checkout of its commit gives them again. Projections of
earlier editions are those that it read then, or nothing is built.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from promotion_book import __version__
from promotion_book.alone import alone_in
from promotion_book.book.downloads import MANIFEST, copy_name, wheel_name
from promotion_book.facts.package import data_from
from promotion_book.running.cache import Cache
from promotion_book.running.configuration import BUILD, LOCK
from promotion_book.running.hashing import folder_sha256, sha256
from promotion_book.running.inputs import changed_names
from promotion_book.running.plan import EditionBuild, EditionId
from promotion_book.running.pool import Runner
from promotion_book.site.candidate import Candidate
from promotion_book.site.copies.pdf import Chromium
from promotion_book.site.earlier import unpack_published
from promotion_book.site.edition import Progress, build_edition
from promotion_book.site.histories import history_of, read_manifests
from promotion_book.site.manifest import Manifest
from promotion_book.site.revision import revision_files
from promotion_book.site.seal import read_seal
from promotion_book.site.store import SITE, SiteError


@dataclass(frozen=True)
class Rebuilt:
    """A revision that was built again: where, how many files it has, which differ, and which inputs are others now.

    `unprinted` names the printer that its PDFs would need to be compared.
    """

    manifest: Manifest
    folder: Path
    files: int
    different: list[str]
    inputs: list[str]
    unprinted: str = ""

    @property
    def advice(self) -> str:
        """Which checkout gives the same bytes again; empty where this one does."""
        made_by, place = self.manifest, f"{SITE}/{self.manifest.folder}"
        if not self.inputs:
            return ""
        if not made_by.commit:
            return f"its commit was not recorded; the software that made it lies in {place}"
        changed = "" if made_by.clean else ", which had changes that were not committed"
        return f"it was made by commit {made_by.commit}{changed}; rebuild it there: git checkout {made_by.commit}"


def rebuild(
    root: Path,
    edition: EditionId,
    *,
    progress: Progress,
    runner: Runner,
    revision: int | None = None,
    printer: Chromium | None = None,
) -> Rebuilt:
    """Build a published revision of an edition again; the newest one where none is named.

    PDFs are compared where the printer is the one that they were printed with, wheel and lock where no input is
    another one; else the input tells it.

    Raises:
        PrintError: it cannot be printed.
        SiteError: there is no such revision, or its data or the projections that it read are not as they were published.
        EditionError: it can no longer be built.
    """
    history = _history(root / SITE, edition, revision=revision)
    manifest = history[0]
    folder = root / BUILD / "rebuilt" / edition.folder
    same = printer if printer and printer.version() == manifest.printer else None
    with alone_in(folder.parent):  # whoever rebuilds it meanwhile would take this one away
        again = _build_again(root, manifest, folder, progress=progress, runner=runner)
        inputs = [name for seal in again.seals.values() for name in changed_names(manifest.inputs, seal["inputs"])]
        left = _not_compared(manifest, inputs=bool(inputs), paper=same is None)
        before, after = (
            {name: sha for name, sha in found.items() if name not in left}
            for found in (folder_sha256(root / SITE / manifest.folder), _published(again, history, printer=same))
        )
    unprinted = "" if same else manifest.printer
    return Rebuilt(manifest, folder, len(before), changed_names(before, after), list(dict.fromkeys(inputs)), unprinted)


def _build_again(root: Path, manifest: Manifest, folder: Path, *, progress: Progress, runner: Runner) -> Candidate:
    """A published revision built in a folder, in all its languages, from the data that it published."""
    shutil.rmtree(folder, ignore_errors=True)
    unpack_published(root / SITE, manifest, folder / "data")
    edition = EditionId(manifest.place, manifest.period)
    built = {code: EditionBuild(folder / code, edition, code) for code in manifest.languages}
    with data_from(folder / "data"):
        for one in built.values():
            build_edition(root, one, progress=progress, runner=runner, store=Cache(folder / "cache"))
    return Candidate(built, {code: read_seal(one) for code, one in built.items()})


def _not_compared(manifest: Manifest, *, inputs: bool, paper: bool) -> set[str]:
    """The files of a revision that tell nothing: software where inputs are others, the PDFs where the printer is."""
    software = {wheel_name(manifest.version), wheel_name(__version__), LOCK} if inputs else set()
    printed = {copy_name(manifest.place, manifest.period, ".pdf", language=code) for code in manifest.languages}
    return {MANIFEST, *software, *(printed if paper else ())}


def _history(site: Path, edition: EditionId, *, revision: int | None) -> list[Manifest]:
    """A revision and those before it, newest first."""
    found = history_of(read_manifests(site), edition)
    wanted = [m for m in found if revision is None or m.revision <= revision]
    if not wanted or revision not in (None, wanted[0].revision):
        there = ", ".join(f"r{m.revision}" for m in found) or "none"
        raise SiteError(f"{edition} has no such revision on the site; published: {there}")
    return wanted


def _published(again: Candidate, history: list[Manifest], *, printer: Chromium | None) -> dict[str, str]:
    """The files as they would be published, with what publication knew."""
    was, *earlier = history
    now = again.manifest(was.revision, was.day, was.note, was.printer)
    now = replace(now, signed=was.signed, touched=was.touched, figures=was.figures)
    return {name: sha256(content) for name, content in revision_files(again, [now, *earlier], printer=printer).items()}
