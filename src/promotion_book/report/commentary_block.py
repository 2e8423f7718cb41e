"""The commentary of a chapter as readers see it: its Markdown with the figures and sources that it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from promotion_book.facts.commentary import FOLDER, REFERENCE, read_commentary
from promotion_book.facts.periods import parse
from promotion_book.facts.rows import each
from promotion_book.report.chapter import Block, Chapter
from promotion_book.words.language import Language
from promotion_book.words.markup import Html

ASSESSMENT = "assessment"
HEADINGS = {"h2": "h3", "h3": "h4"}  # below the section of the page
READER = MarkdownIt("commonmark", {"html": False}).disable("image")  # HTML that somebody wrote is text
SIGN = re.compile("\ue000(\\d+)\ue000")  # stands where a reference was while Markdown is read, with its number


class CommentaryError(ValueError):
    """A commentary refers to what the edition does not know."""


@dataclass(frozen=True)
class Commentary(Block):
    """A commentary as it is shown, and its paragraphs by the section of the report that they belong to."""

    sections: Mapping[str, list[str]]


def commentary(chapter: Chapter) -> list[Commentary]:
    """What the place says of a chapter in the period of the edition; nothing where it says nothing.

    Raises:
        CommentaryError: it refers to a figure that the edition does not know.
    """
    period, language = str(chapter.edition.period), chapter.context.language
    text = read_commentary(chapter.known.package.folder, period, chapter=chapter.name, language=language.code)
    if not text.strip():
        return []
    parts: list[str] = []

    def number(match: re.Match[str]) -> str:
        parts.append(_refer(chapter, match))
        return f"\ue000{len(parts) - 1}\ue000"

    tokens = _tokens(REFERENCE.sub(number, text.replace("\ue000", "")), parts)
    shown = _html(tokens)
    return [
        Commentary(Html(f'<div class="commentary">{shown}</div>'), shown.text().strip(), _sections(tokens, language))
    ]


def _tokens(text: str, parts: Sequence[str]) -> list[Token]:
    """The parts of Markdown, with each of what is referred to in the place of its sign."""
    tokens = READER.parse(text)
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
        token.children = [piece for child in token.children or [] for piece in _pieces(child, parts)]
    return tokens


def _html(tokens: Sequence[Token]) -> Html:
    return Html(SIGN.sub("", READER.renderer.render(tokens, READER.options, {})))


def _sections(tokens: Sequence[Token], language: Language) -> dict[str, list[str]]:
    """The paragraphs by the section that a heading of the first level names; without one it is an assessment."""
    named = {
        language.text("Difficulties and causes").casefold(): "difficulties",
        language.text("Tasks of the next period").casefold(): "tasks",
        language.text("Proposals").casefold(): "proposals",
    }
    said: dict[str, list[str]] = {name: [] for name in (ASSESSMENT, *named.values())}
    section = ASSESSMENT
    for before, token in pairwise([Token("", "", 0), *tokens]):
        lines = _html([token]).lines()
        if (before.type, before.tag) == ("heading_open", "h3"):
            section = named.get(lines.casefold(), ASSESSMENT)
        elif lines:
            said[section].append(lines)
    return said


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
