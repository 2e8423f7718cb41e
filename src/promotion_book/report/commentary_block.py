"""The commentary of a chapter as readers see it: its Markdown with the figures and sources that it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from promotion_book.facts.commentary import FOLDER, REFERENCE, read_commentary
from promotion_book.facts.periods import parse
from promotion_book.facts.rows import each
from promotion_book.report.chapter import Block, Chapter
from promotion_book.words.markup import Html

HEADINGS = {"h2": "h3", "h3": "h4"}  # below the section of the page
SIGN = re.compile("\ue000(\\d+)\ue000")  # stands where a reference was while Markdown is read, with its number


class CommentaryError(ValueError):
    """A commentary refers to what the edition does not know."""


def commentary_blocks(chapter: Chapter) -> list[Block]:
    """What the place says of a chapter in the period of the edition; nothing where it says nothing.

    Raises:
        CommentaryError: it refers to a figure that the edition does not know.
    """
    period, language = str(chapter.edition.period), chapter.context.language.code
    text = read_commentary(chapter.known.package.folder, period, chapter=chapter.name, language=language)
    if not text.strip():
        return []
    parts: list[str] = []

    def number(match: re.Match[str]) -> str:
        parts.append(_refer(chapter, match))
        return f"\ue000{len(parts) - 1}\ue000"

    shown = _markdown(REFERENCE.sub(number, text.replace("\ue000", "")), parts)
    return [Block(Html(f'<div class="commentary">{shown}</div>'), shown.text().strip())]


def _markdown(text: str, parts: Sequence[str]) -> Html:
    """HTML of Markdown, each part in the place of its sign; HTML that somebody wrote is text, and no picture is loaded."""
    reader = MarkdownIt("commonmark", {"html": False}).disable("image")
    tokens = reader.parse(text)
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
        token.children = [piece for child in token.children or [] for piece in _pieces(child, parts)]
    return Html(SIGN.sub("", reader.renderer.render(tokens, reader.options, {})))


def _pieces(token: Token, parts: Sequence[str]) -> Iterator[Token]:
    """A token; of text in which signs stand, the text between them and what takes their place."""
    if token.type != "text":
        yield token
        return
    for position, piece in enumerate(SIGN.split(token.content)):
        yield (
            Token("html_inline", "", 0, content=parts[int(piece)])
            if position % 2
            else Token("text", "", 0, content=piece)
        )


def _refer(chapter: Chapter, match: re.Match[str]) -> str:
    """The figure or source that a reference names, in HTML."""
    name, period, context = match["name"], match["period"], chapter.context
    if period is None:
        return context.source(name).link
    series = (
        context.known.series(name, frequency=frequency)
        for frequency in dict.fromkeys([parse(period).frequency, "year"])
    )
    figures = [row for rows in series for row in each(rows.assign(indicator_id=name)) if row.period == period]
    if not figures:
        raise CommentaryError(
            f"{FOLDER}/{chapter.edition.period}/{chapter.name}: {match[0]}: the edition knows no such figure; "
            "mend the reference, or wait for the figure"
        )
    return escape(context.numbers.figure(figures[0]))
