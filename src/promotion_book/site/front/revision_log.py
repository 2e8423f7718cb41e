"""The revision log: every revision of every edition of the site, why it was made, and the figures that it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from promotion_book.site.copies.citation import title
from promotion_book.site.copies.stamp import day_in_words
from promotion_book.site.front.html_page import page_html
from promotion_book.site.manifest import START, FigureWords, Manifest, languages_of
from promotion_book.words.language import Language, capitalize
from promotion_book.words.status_words import CHANGE_MEANING, CHANGES


def revision_log(found: Sequence[Manifest], words: Language) -> str:
    """The revision log in a language, the last revision first; `found` are all revisions of the site."""
    text = words.text
    mine = [m for m in found if words.code in m.names]
    later = sorted((m for m in mine if m.note), key=lambda m: m.published, reverse=True)
    return page_html(
        "revisions",
        words,
        title=text("Revision log"),
        others={code: f"revisions.{code}.html" for code in languages_of(found) if code != words.code},
        ways=[(f"archive.{words.code}.html", text("All editions"))],
        counted=text(
            "{n} of {all} {all:edition|editions} {n:was|were} revised. First figures and latest figures are compared on "
            "the page What changed of each edition.",
            n=len({m.edition for m in later}),
            all=len({m.edition for m in mine}),
        ),
        revisions=[_revision(manifest, words) for manifest in later],
        figures=text("Figures that were revised"),
        no_figures=text("No figure was revised."),
        nothing=text("No edition has been revised."),
        kinds_title=text("Kinds of revision"),
        kinds=[(capitalize(text(CHANGES[kind])), text(CHANGE_MEANING[kind])) for kind in CHANGES],
    )


def _revision(manifest: Manifest, words: Language) -> dict[str, Any]:
    """A revision: what, when and why, the pages that it changed, and the figures."""
    assert manifest.note is not None
    text = words.text
    address, titles = f"{manifest.folder}/{words.code}", manifest.pages(words.code)
    pages = [one.partition("/")[2] for one in manifest.touched if one.startswith(f"{words.code}/")]
    name = text("{title}, revision r{n}", title=title(manifest, words), n=manifest.revision)
    return {
        "link": (f"{address}/{START}.html", name),
        "day": day_in_words(manifest.published_on, words),
        "kind": capitalize(text(CHANGES[manifest.note.kind])),
        "note": manifest.note,
        "changed": text("Pages that say something else: {n}.", n=len(pages)),
        "pages": [(f"{address}/{one}.html", titles[one]) for one in pages],
        "figures": [_figure(one["told"], words) for one in manifest.figures],
    }


def _figure(told: Mapping[str, FigureWords], words: Language) -> str:
    """What a figure was, what it is, and who says so."""
    figure = told.get(words.code) or next(iter(told.values()))
    return words.text("{name}: was {was}, is {now}. Source: {source}.", **figure)
