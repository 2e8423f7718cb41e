"""What publication writes into the pages of a revision: which one it is, and what was corrected on a page."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import date

from promotion_book.display.language import Language
from promotion_book.publishing.downloads import on_paper
from promotion_book.publishing.marks import DATASET, NOTICE, PDF, REVISION, filled
from promotion_book.publishing.site.described import dataset
from promotion_book.publishing.site.manifest import START, Manifest, corrections
from promotion_book.publishing.translation import language


def stamped(page: str, name: str, history: Sequence[Manifest]) -> str:
    """A page, named by language and name, of the first of an edition's revisions, newest first."""
    code, _, rest = name.partition("/")
    words, up = language(code), "../" * rest.count("/")
    told = [notice(m, words, up) for m in corrections(history) if name in m.touched]
    page = filled(page, REVISION, html.escape(edition_line(history[0], words)))
    page = filled(page, NOTICE, "\n".join(told))
    page = filled(page, PDF, pdf_link(history[0], words, up))
    return filled(page, DATASET, dataset(history, words)) if rest == START else page


def pdf_link(manifest: Manifest, words: Language, up: str) -> str:
    """The way from a page to its edition on paper; empty where that was not printed."""
    name, label = on_paper(manifest.place, manifest.period, words)
    return f'<a href="{up}../{name}">{label}</a> ' if manifest.printer else ""


def edition_line(manifest: Manifest, words: Language) -> str:
    """Which revision this is."""
    said = {"n": manifest.revision, "day": day(manifest.published_on, words)}
    if manifest.revision:
        return words.text("Revision r{n}, published on {day}.", **said)
    return words.text("First published on {day} (r{n}).", **said)


def notice(correction: Manifest, words: Language, up: str) -> str:
    """What a page says of an error that was corrected on it."""
    assert correction.note is not None
    title = words.text("Correction of {day}.", day=day(correction.published_on, words))
    before = words.text("This page said something else in r{n}.", n=correction.revision - 1)
    address = f"{up}../../archive.{words.code}.html"
    parts = [f"<strong>{title}</strong>", reason(correction, words), html.escape(before)]
    link = f'<a href="{address}">{words.text("All revisions")}</a>'
    return f'<aside class="correction" role="note"><p>{" ".join([*parts, link])}</p></aside>'


def reason(manifest: Manifest, words: Language) -> str:
    """The reason of a revision in HTML, marked where it is in another language."""
    assert manifest.note is not None
    code, text = manifest.note.told(words.code)
    return html.escape(text) if code == words.code else f'<span lang="{code}">{html.escape(text)}</span>'


def day(text: str, words: Language) -> str:
    """A day in words."""
    return words.day(date.fromisoformat(text))
