"""The prose of an executed notebook in the language of its edition."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest

from builders import notebook
from promotion_book.running.notebooks import read_notebook
from promotion_book.words.prose import read_prose, split_markdown, translate_markdown, translate_notebook
from promotion_book.words.translation import translated_languages as languages

PROSE = {
    "Craft villages": "Làng nghề",
    "Where the figures come from.": "Nguồn số liệu.",
    "one [a](b.md)": "một [a](b.md)",
}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("# Craft villages", "# Làng nghề"),
        ("# Craft villages\n\nWhere the figures\ncome from.", "# Làng nghề\n\nNguồn số liệu."),
        ("* one [a](b.md)\n* another", "* một [a](b.md)\n* another"),
        ("> * Where the figures\n>   come from.\n\nCraft villages", "> * Nguồn số liệu.\n\nLàng nghề"),
        ("```\nCraft villages\n```", "```\nCraft villages\n```"),
        ("Craft villages of Hanoi", "Craft villages of Hanoi"),
    ],
)
def test_a_piece_of_markdown_is_its_entry_and_one_without_an_entry_stays(said, found):
    assert translate_markdown(said, PROSE) == found


def test_only_the_prose_of_a_notebook_is_told_and_the_notebook_given_stays_as_it_is():
    given = nbformat.reads(notebook("'Craft villages'"), as_version=4)
    given.cells.insert(0, nbformat.v4.new_markdown_cell("Craft villages", id="prose"))
    before = json.dumps(given)
    assert [cell.source for cell in translate_notebook(given, PROSE).cells] == ["Làng nghề", "'Craft villages'"]
    assert json.dumps(given) == before


@pytest.mark.parametrize("code", languages())
def test_every_piece_of_every_notebook_has_an_entry(code):
    paths = sorted(Path("notebooks").glob("*.ipynb"))
    cells = [cell.source for path in paths for cell in read_notebook(path).cells if cell.cell_type == "markdown"]
    assert [said for cell in cells for _, said in split_markdown(cell) if said not in read_prose(code)] == []


def test_english_has_no_entries():
    assert read_prose("en") == {}


REVERSED = re.compile(
    r"\b(dark|light|pale|black|white|gr[ae]y)(er)?\b[^.\"]*\b(bar|line|mark|point|dot|box|cell)s?\b", re.IGNORECASE
)


@pytest.mark.parametrize("path", sorted(Path("notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_sentence_tells_marks_apart_by_what_the_dark_mode_turns_round(path):
    said = re.findall(r'_\(\\"(.*?)\\"', path.read_text(encoding="utf-8"))
    assert [text for text in said if REVERSED.search(text)] == []
