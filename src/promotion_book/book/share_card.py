"""What is shown of a page where its address is shared or found: a description, a card, and one picture for the edition.

    <meta name="description" content="Of the 70 targets ..."><meta property="og:title" content="..."> ...

A picture needs an address in the world, so there is none while `html.baseurl` of the configuration is empty.
Source: The Open Graph protocol; services that read other names fall back to these.
"""

from __future__ import annotations

import html
import re
import textwrap
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from promotion_book.book.when_built import when_built
from promotion_book.report.results import read_verdict
from promotion_book.words.markup import Html, fill, join

PICTURE = "_static/share.png"
WIDTH, HEIGHT, DOTS = 1200, 630, 144  # of the picture in dots, as services show it; dots an inch
PARAGRAPH = re.compile(r"<p(?: class=\"([^\"]*)\")?(?: id=\"[^\"]*\")?>(.*?)</p>", re.DOTALL)
QUIET = {"dateline", "figure-files", "figure-title", "figure-subtitle", "table-note", "admonition-title"}
SHORTEST, LONGEST = 40, 200  # characters of a description
LOCALES = {"en": "en_GB", "vi": "vi_VN"}
META = '<meta {kind}="{name}" content="{content}">'


def describe_page(body: str) -> str:
    """The first sentences of a page, as many as fit; without any it is empty."""
    for kinds, paragraph in PARAGRAPH.findall(body):
        text = " ".join(Html(paragraph).text().split())
        if len(text) >= SHORTEST and not QUIET & set(kinds.split()):
            return shorten(text)
    return ""


def shorten(text: str) -> str:
    """The first sentences of a text that fit a description, or the words of the first one that do."""
    whole = re.match(rf".{{,{LONGEST}}}[.!?](?=\s|$)", text)
    return whole[0] if whole else textwrap.shorten(text, LONGEST, placeholder="…")


def _describe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Write what a page says of itself into its head; a what-if is not for sharing."""
    if "body" in context and app.config.edition:
        metas = card(app, context, described=describe_page(context["body"]), home=page == app.config.root_doc)
        context["metatags"] = context.get("metatags", "") + metas


def card(app: Sphinx, context: dict[str, Any], *, described: str, home: bool) -> Html:
    """The description and the card of a page; the title of a page is HTML there."""
    address, title = app.config.html_baseurl, html.unescape(re.sub("<.*?>", "", context["title"]))
    said = {
        "og:title": title,
        "og:description": described,
        "og:type": "website" if home else "article",
        "og:site_name": app.config.html_title,
        "og:locale": LOCALES.get(app.config.language, app.config.language),
        "og:url": context.get("pageurl"),
        **({"og:image": address + PICTURE, "og:image:alt": app.config.html_title} if address else {}),
    }
    named = {"description": described, "twitter:card": "summary_large_image" if address else "summary"}
    tags = [fill(META, kind="name", name=name, content=text) for name, text in named.items() if text]
    tags += [fill(META, kind="property", name=name, content=text) for name, text in said.items() if text]
    return join("\n", tags)


def _draw(app: Sphinx) -> None:
    """Put the picture of the edition beside its pages."""
    if app.config.edition and app.config.html_baseurl:
        foot = f"{app.config.author} · {app.config.edition['cut_off']}"
        content = picture_of(app.config.html_title, " ".join(read_verdict(Path(app.srcdir))[:1]), foot=foot)
        (Path(app.outdir) / PICTURE).write_bytes(content)


def picture_of(title: str, verdict: str, *, foot: str) -> bytes:
    """The picture of an edition as PNG: its title, its verdict, who made it and what day it knows."""
    from promotion_book.charts.redrawing import draw_anew  # only where one is drawn
    from promotion_book.charts.style import INK, MUTED, PALETTE, Size, pixels

    def draw(ax: Any, size: Size) -> None:
        ax.set_axis_off()
        ax.figure.set_layout_engine(None)
        ax.set_position((0.07, 0.08, 0.86, 0.84))
        ax.axhline(1, color=PALETTE[0], linewidth=6)
        ax.set(xlim=(0, 1), ylim=(0, 1))
        ax.annotate(textwrap.fill(title, 26), (0, 0.92), size=30, weight="bold", va="top", linespacing=1.3)
        ax.annotate(textwrap.fill(verdict, 54), (0, 0.5), size=17, color=INK, va="top", linespacing=1.4)
        ax.annotate(foot, (0, 0), size=13, color=MUTED)

    return pixels(draw_anew(draw, Size("card", WIDTH / DOTS, HEIGHT / DOTS)), dots=DOTS)


def setup(app: Sphinx) -> None:
    """Called by the extension of the book."""
    app.connect("html-page-context", _describe)
    when_built(app, _draw)
