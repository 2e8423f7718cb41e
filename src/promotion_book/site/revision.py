"""A revision in the site: its folder, made of what was built.

    hanoi/2025/r1/en/...  manifest.json  hanoi-2025-data.zip  ...

A file that any edition of the site holds already is one more name of that file, and not stored again; its bytes are
compared before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from promotion_book.book.downloads import CITATION, MANIFEST, data_name
from promotion_book.facts.difference import Changes, compare
from promotion_book.facts.rows import each
from promotion_book.report import marks
from promotion_book.running.hashing import file_sha256, sha256
from promotion_book.site.candidate import Candidate
from promotion_book.site.copies import make_copies, without_records
from promotion_book.site.copies.citation import citation
from promotion_book.site.copies.pdf import Chromium
from promotion_book.site.copies.stamp import stamp_notebook, stamp_page
from promotion_book.site.copies.zip_copies import data_zip
from promotion_book.site.manifest import Changed, FigureWords, Manifest
from promotion_book.site.result_changes import ChangesError, read_state
from promotion_book.site.sign_off import SIGN_OFF, signatures_text
from promotion_book.site.store import SiteError, link, open_revision, write


@dataclass
class Shelf:
    """The files of a site, their paths by their sha256; `added` counts the bytes of those that were new."""

    site: Path
    files: dict[str, str]
    added: int = 0

    def put(self, path: Path, content: bytes, *, sha: str) -> None:
        """Put a file in place, as a link where the site has it already."""
        known = self.files.get(sha)
        if known is not None and file_sha256(self.site / known) == sha:
            link(path, self.site / known)
            return
        write(path, content)
        self.files[sha] = path.relative_to(self.site).as_posix()
        self.added += len(content)


def open_shelf(site: Path, found: Iterable[Manifest]) -> Shelf:
    """What a site holds already."""
    return Shelf(site, {sha: f"{m.folder}/{name}" for m in found for name, sha in m.files.items()})


def add_revision(
    site: Path, built: Candidate, *, manifest: Manifest, history: list[Manifest], kept: Shelf, printer: Chromium | None
) -> Manifest:
    """Put a revision into the site; its manifest with all files.

    Args:
        history: the earlier revisions of the edition, newest first.
    """
    made = replace(
        manifest,
        touched=changed_pages(site, built, history=history),
        figures=changed_figures(site, built, history=history),
    )
    made = replace(made, before=file_sha256(site / history[0].folder / MANIFEST) if history else "")
    files = revision_files(built, [made, *history], printer=printer)
    folder, before = open_revision(site, made.folder), built.files()
    digests = {name: sha256(content) for name, content in files.items()}
    for name, content in files.items():
        kept.put(folder / name, content, sha=digests[name])
    other = {name: sha for name, sha in before.items() if digests.get(name) != sha}
    made = replace(made, files=digests, built=other)
    write(folder / MANIFEST, made.text())
    return made


def revision_files(built: Candidate, history: list[Manifest], *, printer: Chromium | None) -> dict[str, bytes]:
    """The files of the first of an edition's revisions, but for its manifest: the books, and the downloads.

    Raises:
        SiteError: a file is no longer the one that was built.
        PrintError: its PDF cannot be printed.
    """
    shown = history[0]
    books = {name: _stamped(built, name, sha=sha, history=history) for name, sha in built.files().items()}
    made: dict[str, bytes] = {}
    with ThreadPoolExecutor() as side_by_side:
        copies = partial(_copies, built, books, history=history, printer=printer)
        for found in side_by_side.map(copies, shown.languages):
            made |= found
    package = data_zip(shown, built.data)
    data = {data_name(shown.place, shown.period): package, CITATION: citation(shown).encode("utf-8")}
    signed = {SIGN_OFF: signatures_text(shown.signed).encode("utf-8")} if shown.signed else {}
    return {**without_records(books), **data, **built.software, **signed, **made}


def _copies(
    built: Candidate, books: Mapping[str, bytes], code: str, *, history: list[Manifest], printer: Chromium | None
) -> dict[str, bytes]:
    """The copies in a language; most of the time it waits for the printer."""
    book = {name.removeprefix(f"{code}/"): books[name] for name in books if name.startswith(f"{code}/")}
    return make_copies(history, code, book=book, data=built.data, printer=printer)


def _stamped(built: Candidate, name: str, *, sha: str, history: list[Manifest]) -> bytes:
    content = built.path(name).read_bytes()
    if sha256(content) != sha:
        raise SiteError(f"{built.path(name)} was changed while it was published; build the edition again")
    if name.endswith(".html"):
        return stamp_page(content.decode("utf-8"), name.removesuffix(".html"), history=history).encode("utf-8")
    if name.endswith(".ipynb"):
        code = name.partition("/")[0]
        return stamp_notebook(content.decode("utf-8"), code, manifest=history[0]).encode("utf-8")
    return content


def changed_pages(site: Path, built: Candidate, *, history: list[Manifest]) -> tuple[str, ...]:
    """The pages that say something else than in the revision before; of a first revision none."""
    if not history:
        return ()
    last = history[0]
    names = [name for name in built.files() if name.endswith(".html") and name in last.files]
    return tuple(
        name.removesuffix(".html") for name in names if _said(built.path(name)) != _said(site / last.folder / name)
    )


def compare_figures(site: Path, built: Candidate, *, history: list[Manifest], code: str) -> Changes | None:
    """What the figures of a revision changed, in the words of a language; None where that cannot be told."""
    if not history or code not in history[0].names:
        return None
    try:
        return compare(read_state(site / history[0].folder / code), read_state(built.built[code].html))
    except ChangesError:
        return None


def changed_figures(site: Path, built: Candidate, *, history: list[Manifest]) -> tuple[Changed, ...]:
    """The figures that a revision changed, the largest change first, and in each language what they said and say."""
    found = {code: found for code in built.built if (found := compare_figures(site, built, history=history, code=code))}
    revised = {code: each(changed.revised) for code, changed in found.items()}
    return tuple(
        {
            "source_id": one.source_id,
            "kind": one.kind,
            "told": {code: _told(rows[number]) for code, rows in revised.items()},
        }
        for number, one in enumerate(next(iter(revised.values()), []))
    )


def _told(one: Any) -> FigureWords:
    return {"name": one.name, "was": one.told_was, "now": one.told, "source": one.source}


def _said(path: Path) -> str:
    return marks.page_content(path.read_text(encoding="utf-8"))
