"""The archive for readers: every edition with its revisions and downloads, on three levels of the site.

    archive.en.html, hanoi/archive.en.html, hanoi/2025/archive.en.html

The pages of an edition lead here, also without a script: from its own address to the archive of its place, and
from the address of a revision to that of the edition.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from promotion_book.display.language import Language, capital
from promotion_book.display.words import CHANGES
from promotion_book.facts.calendar import Release, age
from promotion_book.publishing.downloads import downloads, on_paper, software
from promotion_book.publishing.site.candidate import release
from promotion_book.publishing.site.html_page import page
from promotion_book.publishing.site.manifest import Manifest, languages, last_published, newest
from promotion_book.publishing.site.stamp import day, edition_line, reason


def archive_page(found: Sequence[Manifest], words: Language, where: str = "") -> str:
    """The archive in a language, of all places, of one, or of one edition.

    Args:
        found: all revisions of the site, in the order of `manifests`.
        where: the folder that it is the archive of: "", "hanoi" or "hanoi/2025".
    """
    up = "../" * len(where.split("/")) if where else ""
    here = [m for m in found if f"{m.edition}/".startswith(f"{where}/" if where else "")]
    mine = [m for m in here if words.code in m.names]
    parts = [_intro(words, up), *(_place(mine, place, words, up, where) for place in _places(mine))]
    others = {code: f"archive.{code}.html" for code in languages(here) if code != words.code}
    return page(_title(mine, words, where), "\n".join(parts), words, up, others, _feed(words, up))


def _places(found: Sequence[Manifest]) -> list[str]:
    return list(dict.fromkeys(m.place for m in found))


def _title(found: Sequence[Manifest], words: Language, where: str) -> str:
    names = found[0].names[words.code]
    if "/" in where:
        return words.text(
            "Industrial promotion in {place}, {period}: all revisions", place=names["place"], period=names["period"]
        )
    if where:
        return words.text("Industrial promotion in {place}: all editions", place=names["place"])
    return words.text("Industrial promotion: all editions")


def _intro(words: Language, up: str) -> str:
    said = words.text(
        "One report for each place and period. An edition keeps its address and shows what was public on its "
        "cut-off day. Its address shows the newest revision; earlier revisions stay."
    )
    links = [
        (f"{up}revisions.{words.code}.html", words.text("Revision log")),
        (f"{up}feed.{words.code}.xml", words.text("Feed of editions and corrections (Atom)")),
    ]
    links = [(f"{up}archive.{words.code}.html", words.text("All editions"))] * bool(up) + links
    shown = " ".join(f'<a href="{address}">{label}</a>' for address, label in links)
    return f'<p>{said}</p>\n<p class="files">{shown}</p>'


def _feed(words: Language, up: str) -> str:
    title = words.text("Editions and corrections")
    return f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{up}feed.{words.code}.xml">\n'


def _place(found: Sequence[Manifest], place: str, words: Language, up: str, where: str) -> str:
    mine = [m for m in found if m.place == place]
    name = html.escape(mine[0].names[words.code]["place"])
    title = name if where else f'<a href="{place}/archive.{words.code}.html">{name}</a>'
    items = "\n".join(_edition([m for m in mine if m.edition == one.edition], words, up) for one in newest(mine))
    coming = "" if "/" in where else _coming(mine, words)
    return f"<h2>{title}</h2>\n<ul>\n{items}\n</ul>{coming}"


def _edition(history: Sequence[Manifest], words: Language, up: str) -> str:
    shown, *earlier = history
    name = html.escape(words.text("Report: {period}", period=shown.names[words.code]["period"]))
    until = words.text("Figures public by {day}.", day=day(shown.cut_off, words))
    below = "\n".join(_earlier(m, words, up) for m in earlier)
    return (
        f'<li>\n<h3><a href="{up}{shown.edition}/{words.code}/book/index.html">{name}</a></h3>\n'
        f'<p class="quiet">{until} {html.escape(edition_line(shown, words))}</p>\n{_why(shown, words)}'
        f"{_files(shown, words, f'{up}{shown.edition}')}\n" + (f"<ul>\n{below}\n</ul>\n" if below else "") + "</li>"
    )


def _earlier(manifest: Manifest, words: Language, up: str) -> str:
    name = words.text("Earlier: revision r{n}", n=manifest.revision)
    address = f"{up}{manifest.folder}/{words.code}/book/index.html"
    line = html.escape(edition_line(manifest, words))
    return (
        f'<li>\n<p><a href="{address}">{name}</a> <span class="quiet">{line}</span></p>\n{_why(manifest, words)}'
        f"{_files(manifest, words, f'{up}{manifest.folder}')}\n</li>"
    )


def _why(manifest: Manifest, words: Language) -> str:
    if manifest.note is None:
        return ""
    kind = html.escape(capital(words.text(CHANGES[manifest.note.kind])))
    return f"<p>{kind}: {reason(manifest, words)}</p>\n"


def _files(manifest: Manifest, words: Language, folder: str) -> str:
    paper = [on_paper(manifest.place, manifest.period, words)] if manifest.printer else []
    made_by = [one for one in software(manifest.version, words) if one[0] in manifest.files]
    links = [*paper, *downloads(manifest.place, manifest.period, words), *made_by]
    shown = " ".join(f'<a href="{folder}/{name}">{label}</a>' for name, label in links)
    return f'<p class="files">{shown}</p>'


def coming(found: Sequence[Manifest]) -> list[Release]:
    """The releases of a place that were still to come when it was last published, the first one first."""
    last = last_published(found)
    rows = [release(row) for row in last.calendar if row["release_on"] > last.published_on]
    return sorted(rows, key=lambda one: (one.release_on, age(one.period)))


def _coming(found: Sequence[Manifest], words: Language) -> str:
    names = last_published(found).names[words.code]["calendar"]
    rows = [f"<li>{words.day(one.release_on)}: {html.escape(names[one.period])}</li>" for one in coming(found)]
    title = words.text("Coming releases")
    return f"\n<h3>{title}</h3>\n<ul>\n" + "\n".join(rows) + "\n</ul>" if rows else ""
