"""The prose of an executed notebook in the language of its edition, for readers who take the file with them.

A page is told in its language by Sphinx, which leaves the notebook itself in English. Here its Markdown cells get the
same entries of the same catalogue, and the cells that no page shows get theirs of the catalogue `report`. A piece
without an entry, such as a title that was given to a page, stays as it is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.token import Token

from promotion_book.words.language import SOURCE
from promotion_book.words.translation import NOTEBOOKS, load_language, read_entries

if TYPE_CHECKING:
    from nbformat import NotebookNode


@cache
def read_prose(code: str) -> Mapping[str, str]:
    """The prose of the notebooks in a language, by its English; empty for English."""
    return {} if code == SOURCE else {**load_language(code).messages, **read_entries(code, NOTEBOOKS)}


def translate_notebook(notebook: NotebookNode, words: Mapping[str, str]) -> NotebookNode:
    """A copy whose Markdown cells are told with the entries of a catalogue."""
    result = copy.deepcopy(notebook)
    for cell in result.cells:
        if cell.cell_type == "markdown":
            cell.source = translate_markdown(cell.source, words)
    return result


def translate_markdown(markdown: str, words: Mapping[str, str]) -> str:
    """Markdown in which each heading, paragraph and item of a list that has an entry is that entry, in one line."""
    lines = markdown.split("\n")
    for piece, said in reversed([*split_markdown(markdown)]):
        if said in words and piece.map:
            first, end = piece.map
            before = lines[first].index(piece.content.split("\n")[0])
            lines[first:end] = [lines[first][:before] + words[said]]
    return "\n".join(lines)


def split_markdown(markdown: str) -> Iterator[tuple[Token, str]]:
    """The headings, paragraphs and items of Markdown, each with its words in one line, as catalogues have them."""
    for token in _markdown().parse(markdown):
        if token.type == "inline":
            yield token, " ".join(token.content.split("\n"))


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt()
