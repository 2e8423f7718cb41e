"""A revision in one language as a zip that is read from a disk.

    hanoi-2025-r0-en/index.html

Links that lead out of the book are left out, and so are the charts as PNG: those that can be enlarged are there.
"""

from __future__ import annotations

from collections.abc import Mapping

from promotion_book.report.marks import ONLINE, REVISION, fill_marks
from promotion_book.report.results import RESULTS
from promotion_book.running.zips import make_zip
from promotion_book.site.copies.stamp import edition_line
from promotion_book.site.manifest import Manifest
from promotion_book.words.markup import escape
from promotion_book.words.translation import load_language


def offline_zip(manifest: Manifest, code: str, *, files: Mapping[str, bytes]) -> bytes:
    """The zip of the files of a book, as they are published, by their names in it."""
    folder = f"{manifest.place}-{manifest.period}-r{manifest.revision}-{code}"
    words = load_language(code)
    said = edition_line(manifest, words) + " " + words.text("A copy to read offline.")
    kept = {name: content for name, content in files.items() if not (name.endswith(".png") and RESULTS.name in name)}
    return make_zip({f"{folder}/{name}": _alone(name, content, said=said) for name, content in kept.items()})


def _alone(name: str, content: bytes, *, said: str) -> bytes:
    if not name.endswith(".html"):
        return content
    page = fill_marks(content.decode("utf-8"), ONLINE, content="")
    return fill_marks(page, REVISION, content=escape(said)).encode("utf-8")
