"""The archive for readers: every edition of every place with its revisions and downloads, on one page a language.

archive.en.html    archive.en.html#hanoi    archive.en.html#hanoi-2025
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from promotion_book.book.downloads import download_links, pdf_link, software_links
from promotion_book.facts.calendar import Release, age
from promotion_book.site.candidate import read_release
from promotion_book.site.copies.stamp import day_in_words, edition_line
from promotion_book.site.front.html_page import page_html
from promotion_book.site.front.latest import archive_id
from promotion_book.site.manifest import START, Manifest, languages_of, last_published, newest_revisions
from promotion_book.words.language import Language, capitalize
from promotion_book.words.status_words import CHANGES


def archive_page(found: Sequence[Manifest], words: Language) -> str:
    """The archive in a language; `found` are all revisions of the site, in the order of `read_manifests`."""
    text = words.text
    mine = [m for m in found if words.code in m.names]
    return page_html(
        "archive",
        words,
        title=text("Industrial promotion: all editions"),
        others={code: f"archive.{code}.html" for code in languages_of(found) if code != words.code},
        feed=text("Editions and corrections"),
        intro=text(
            "One report for each place and period. An edition keeps its address and shows what was public on its "
            "cut-off day. Its address shows the newest revision; earlier revisions stay."
        ),
        ways=[
            (f"revisions.{words.code}.html", text("Revision log")),
            (f"feed.{words.code}.xml", text("Feed of editions and corrections (Atom)")),
        ],
        coming=text("Coming releases"),
        places=[_place([m for m in mine if m.place == place], words) for place in dict.fromkeys(m.place for m in mine)],
    )


def _place(mine: Sequence[Manifest], words: Language) -> dict[str, Any]:
    histories = [[m for m in mine if m.edition == shown.edition] for shown in newest_revisions(mine)]
    names = last_published(mine).names[words.code]["calendar"]
    return {
        "id": archive_id(mine[0].place),
        "name": mine[0].names[words.code]["place"],
        "editions": [_edition(history, words) for history in histories],
        "coming": [(words.day(one.release_on), names[one.period]) for one in coming_releases(mine)],
    }


def _edition(history: Sequence[Manifest], words: Language) -> dict[str, Any]:
    shown, *earlier = history
    return {
        **_revision(shown, words, folder=shown.edition.folder),
        "id": archive_id(shown.edition.folder),
        "name": words.text("Report: {period}", period=shown.names[words.code]["period"]),
        "known": words.text("Figures public by {day}.", day=day_in_words(shown.cut_off, words)),
        "earlier": [
            {"name": words.text("Earlier: revision r{n}", n=m.revision), **_revision(m, words, folder=m.folder)}
            for m in earlier
        ],
    }


def _revision(manifest: Manifest, words: Language, *, folder: str) -> dict[str, Any]:
    """What the archive says of a revision that is shown at a folder."""
    note = manifest.note
    return {
        "address": f"{folder}/{words.code}/{START}.html",
        "line": edition_line(manifest, words),
        "note": note,
        "kind": capitalize(words.text(CHANGES[note.kind])) if note else "",
        "files": [(f"{folder}/{name}", label) for name, label in revision_files(manifest, words)],
    }


def revision_files(manifest: Manifest, words: Language) -> list[tuple[str, str]]:
    """What can be had of a revision: the names of the files, and what they are called."""
    paper = [pdf_link(manifest.place, manifest.period, words=words)] if manifest.printer else []
    made_by = [one for one in software_links(manifest.version, words) if one[0] in manifest.files]
    return [*paper, *download_links(manifest.place, manifest.period, words=words), *made_by]


def coming_releases(found: Sequence[Manifest]) -> list[Release]:
    """The releases of a place that were still to come when it was last published, the first one first."""
    last = last_published(found)
    rows = [read_release(row) for row in last.calendar if row["release_on"] > last.published_on]
    return sorted(rows, key=lambda one: (one.release_on, age(one.period)))
