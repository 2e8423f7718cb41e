"""The archive for readers: every edition with its revisions and downloads, on three levels of the site.

    archive.en.html, hanoi/archive.en.html, hanoi/2025/archive.en.html

The pages of an edition lead here, also without a script: from its own address to the archive of its place, and
from the address of a revision to that of the edition.
"""

from __future__ import annotations

from collections.abc import Sequence

from promotion_book.book.downloads import download_links, pdf_link, software_links
from promotion_book.facts.calendar import Release, age
from promotion_book.site.candidate import read_release
from promotion_book.site.copies.stamp import day_in_words, edition_line, reason
from promotion_book.site.front.html_page import page_html
from promotion_book.site.manifest import Manifest, languages_of, last_published, newest_revisions
from promotion_book.words.language import Language, capitalize
from promotion_book.words.markup import Html, fill, join, link_page
from promotion_book.words.status_words import CHANGES


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
    others = {code: f"archive.{code}.html" for code in languages_of(here) if code != words.code}
    return page_html(_title(mine, words, where), join("\n", parts), words, up, others, _feed(words, up))


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


def _intro(words: Language, up: str) -> Html:
    said = words.text(
        "One report for each place and period. An edition keeps its address and shows what was public on its "
        "cut-off day. Its address shows the newest revision; earlier revisions stay."
    )
    links = [
        (f"{up}revisions.{words.code}.html", words.text("Revision log")),
        (f"{up}feed.{words.code}.xml", words.text("Feed of editions and corrections (Atom)")),
    ]
    links = [(f"{up}archive.{words.code}.html", words.text("All editions"))] * bool(up) + links
    return fill('<p>{said}</p>\n<p class="files">{ways}</p>', said=said, ways=_ways(links))


def _ways(links: Sequence[tuple[str, str]]) -> Html:
    return join(" ", (link_page(address, label) for address, label in links))


def _feed(words: Language, up: str) -> Html:
    link = '<link rel="alternate" type="application/atom+xml" title="{title}" href="{address}">\n'
    return fill(link, title=words.text("Editions and corrections"), address=f"{up}feed.{words.code}.xml")


def _place(found: Sequence[Manifest], place: str, words: Language, up: str, where: str) -> Html:
    mine = [m for m in found if m.place == place]
    name = mine[0].names[words.code]["place"]
    items = (_edition([m for m in mine if m.edition == one.edition], words, up) for one in newest_revisions(mine))
    return fill(
        "<h2>{title}</h2>\n<ul>\n{items}\n</ul>{coming}",
        title=name if where else link_page(f"{place}/archive.{words.code}.html", name),
        items=join("\n", items),
        coming="" if "/" in where else _coming(mine, words),
    )


def _edition(history: Sequence[Manifest], words: Language, up: str) -> Html:
    shown, *earlier = history
    name = words.text("Report: {period}", period=shown.names[words.code]["period"])
    below = join("\n", (_earlier(m, words, up) for m in earlier))
    return fill(
        '<li>\n<h3>{title}</h3>\n<p class="quiet">{until} {line}</p>\n{why}{files}\n{earlier}</li>',
        title=link_page(f"{up}{shown.edition}/{words.code}/book/index.html", name),
        until=words.text("Figures public by {day}.", day=day_in_words(shown.cut_off, words)),
        line=edition_line(shown, words),
        why=_why(shown, words),
        files=_files(shown, words, f"{up}{shown.edition}"),
        earlier=fill("<ul>\n{below}\n</ul>\n", below=below) if below else "",
    )


def _earlier(manifest: Manifest, words: Language, up: str) -> Html:
    name = words.text("Earlier: revision r{n}", n=manifest.revision)
    return fill(
        '<li>\n<p>{title} <span class="quiet">{line}</span></p>\n{why}{files}\n</li>',
        title=link_page(f"{up}{manifest.folder}/{words.code}/book/index.html", name),
        line=edition_line(manifest, words),
        why=_why(manifest, words),
        files=_files(manifest, words, f"{up}{manifest.folder}"),
    )


def _why(manifest: Manifest, words: Language) -> Html:
    if manifest.note is None:
        return Html()
    kind = capitalize(words.text(CHANGES[manifest.note.kind]))
    return fill("<p>{kind}: {reason}</p>\n", kind=kind, reason=reason(manifest, words))


def _files(manifest: Manifest, words: Language, folder: str) -> Html:
    paper = [pdf_link(manifest.place, manifest.period, words)] if manifest.printer else []
    made_by = [one for one in software_links(manifest.version, words) if one[0] in manifest.files]
    links = [*paper, *download_links(manifest.place, manifest.period, words), *made_by]
    return fill('<p class="files">{ways}</p>', ways=_ways([(f"{folder}/{name}", label) for name, label in links]))


def coming_releases(found: Sequence[Manifest]) -> list[Release]:
    """The releases of a place that were still to come when it was last published, the first one first."""
    last = last_published(found)
    rows = [read_release(row) for row in last.calendar if row["release_on"] > last.published_on]
    return sorted(rows, key=lambda one: (one.release_on, age(one.period)))


def _coming(found: Sequence[Manifest], words: Language) -> Html:
    names = last_published(found).names[words.code]["calendar"]
    days = [(words.day(one.release_on), names[one.period]) for one in coming_releases(found)]
    rows = join("\n", (fill("<li>{day}: {name}</li>", day=day, name=name) for day, name in days))
    told = "\n<h3>{title}</h3>\n<ul>\n{rows}\n</ul>"
    return fill(told, title=words.text("Coming releases"), rows=rows) if rows else Html()
