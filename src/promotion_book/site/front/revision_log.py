"""The revision log: every revision of every edition of the site, why it was made, and the figures that it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from promotion_book.site.copies.citation import title
from promotion_book.site.copies.stamp import day_in_words, reason
from promotion_book.site.front.html_page import page_html
from promotion_book.site.manifest import START, FigureWords, Manifest, languages_of
from promotion_book.words.language import Language, capitalize
from promotion_book.words.markup import Html, fill, join, link_page
from promotion_book.words.status_words import CHANGE_MEANING, CHANGES


def revision_log(found: Sequence[Manifest], words: Language) -> str:
    """The revision log in a language, the last revision first.

    Args:
        found: all revisions of the site.
    """
    text = words.text
    mine = [m for m in found if words.code in m.names]
    later = sorted((m for m in mine if m.note), key=lambda m: m.published, reverse=True)
    items = join("\n", (_item(manifest, words) for manifest in later))
    told = fill("<ul>\n{items}\n</ul>", items=items) if later else _said(text("No edition has been revised."))
    said = text(
        "{n} of {all} editions were revised. First figures and latest figures are compared on the page What changed "
        "of each edition.",
        n=len({m.edition for m in later}),
        all=len({m.edition for m in mine}),
    )
    kinds = (_kind(capitalize(text(CHANGES[kind])), text(CHANGE_MEANING[kind])) for kind in CHANGES)
    body = fill(
        '<p class="files">{way}</p>\n{said}\n{told}\n<h2>{title}</h2>\n<dl>\n{kinds}\n</dl>',
        way=link_page(f"archive.{words.code}.html", text("All editions")),
        said=_said(said),
        told=told,
        title=text("Kinds of revision"),
        kinds=join("\n", kinds),
    )
    others = {code: f"revisions.{code}.html" for code in languages_of(found) if code != words.code}
    return page_html(text("Revision log"), body, words, "", others)


def _said(text: str) -> Html:
    return fill("<p>{text}</p>", text=text)


def _kind(name: str, meaning: str) -> Html:
    return fill("<dt>{name}</dt><dd>{meaning}</dd>", name=name, meaning=meaning)


def _item(manifest: Manifest, words: Language) -> Html:
    """A revision: what, when and why, the pages that it changed, and the figures."""
    assert manifest.note is not None
    text = words.text
    name = text("{title}, revision r{n}", title=title(manifest, words), n=manifest.revision)
    pages = [one.partition("/")[2] for one in manifest.touched if one.startswith(f"{words.code}/")]
    address = f"{manifest.folder}/{words.code}"
    titles = manifest.pages(words.code)
    return fill(
        '<li>\n<h3>{title}</h3>\n<p class="quiet">{day}</p>\n<p>{kind}: {reason}</p>\n'
        "<p>{changed} {pages}</p>\n{figures}</li>",
        title=link_page(f"{address}/{START}.html", name),
        day=day_in_words(manifest.published_on, words),
        kind=capitalize(text(CHANGES[manifest.note.kind])),
        reason=reason(manifest, words),
        changed=text("Pages that say something else: {n}.", n=len(pages)),
        pages=join(", ", (link_page(f"{address}/{one}.html", titles[one]) for one in pages)),
        figures=_figures(manifest, words),
    )


def _figures(manifest: Manifest, words: Language) -> Html:
    """The figures that a revision changed: what they were, what they are, and who says so."""
    if not manifest.figures:
        return fill("<p>{text}</p>\n", text=words.text("No figure was revised."))
    items = (fill("<li>{figure}</li>", figure=_told(one["told"], words)) for one in manifest.figures)
    told = "<p>{title}:</p>\n<ul>\n{items}\n</ul>\n"
    return fill(told, title=words.text("Figures that were revised"), items=join("\n", items))


def _told(told: Mapping[str, FigureWords], words: Language) -> str:
    figure = told.get(words.code) or next(iter(told.values()))
    return words.text("{name}: was {was}, is {now}. Source: {source}.", **figure)
