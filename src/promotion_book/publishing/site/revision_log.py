"""The revision log: every revision of every edition of the site, why it was made, and the figures that it changed."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from promotion_book.display.language import Language, capital
from promotion_book.display.words import CHANGE_MEANING, CHANGES
from promotion_book.publishing.site.described import title
from promotion_book.publishing.site.html_page import page
from promotion_book.publishing.site.manifest import START, Manifest, Told, languages
from promotion_book.publishing.site.stamp import day, reason


def revision_log(found: Sequence[Manifest], words: Language) -> str:
    """The revision log in a language, the last revision first.

    Args:
        found: all revisions of the site.
    """
    text = words.text
    mine = [m for m in found if words.code in m.names]
    later = sorted((m for m in mine if m.note), key=lambda m: m.published, reverse=True)
    items = "\n".join(_item(manifest, words) for manifest in later)
    told = f"<ul>\n{items}\n</ul>" if later else f"<p>{text('No edition has been revised.')}</p>"
    said = text(
        "{n} of {all} editions were revised. First figures and latest figures are compared on the page What changed "
        "of each edition.",
        n=len({m.edition for m in later}),
        all=len({m.edition for m in mine}),
    )
    kinds = "\n".join(
        f"<dt>{html.escape(capital(text(CHANGES[kind])))}</dt><dd>{html.escape(text(CHANGE_MEANING[kind]))}</dd>"
        for kind in CHANGES
    )
    way = f'<p class="files"><a href="archive.{words.code}.html">{text("All editions")}</a></p>'
    body = f"{way}\n<p>{said}</p>\n{told}\n<h2>{text('Kinds of revision')}</h2>\n<dl>\n{kinds}\n</dl>"
    others = {code: f"revisions.{code}.html" for code in languages(found) if code != words.code}
    return page(text("Revision log"), body, words, "", others)


def _item(manifest: Manifest, words: Language) -> str:
    """A revision: what, when and why, the pages that it changed, and the figures."""
    assert manifest.note is not None
    text = words.text
    name = text("{title}, revision r{n}", title=title(manifest, words), n=manifest.revision)
    kind = html.escape(capital(text(CHANGES[manifest.note.kind])))
    pages = [one.partition("/")[2] for one in manifest.touched if one.startswith(f"{words.code}/")]
    address = f"{manifest.folder}/{words.code}"
    titles = manifest.pages(words.code)
    links = ", ".join(f'<a href="{address}/{one}.html">{html.escape(titles[one])}</a>' for one in pages)
    changed = text("Pages that say something else: {n}.", n=len(pages))
    return (
        f'<li>\n<h3><a href="{address}/{START}.html">{html.escape(name)}</a></h3>\n'
        f'<p class="quiet">{day(manifest.published_on, words)}</p>\n<p>{kind}: {reason(manifest, words)}</p>\n'
        f"<p>{changed} {links}</p>\n{_figures(manifest, words)}</li>"
    )


def _figures(manifest: Manifest, words: Language) -> str:
    """The figures that a revision changed: what they were, what they are, and who says so."""
    if not manifest.figures:
        return f"<p>{words.text('No figure was revised.')}</p>\n"
    items = "\n".join(f"<li>{html.escape(_told(one['told'], words))}</li>" for one in manifest.figures)
    return f"<p>{html.escape(words.text('Figures that were revised'))}:</p>\n<ul>\n{items}\n</ul>\n"


def _told(told: Mapping[str, Told], words: Language) -> str:
    figure = told.get(words.code) or next(iter(told.values()))
    return words.text("{name}: was {was}, is {now}. Source: {source}.", **figure)
