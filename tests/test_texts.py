"""What is wrong with a text, by itself: what cannot be seen, searched for or compared, and what only looks like a text."""

from __future__ import annotations

import unicodedata

import pytest

from promotion_book.facts.texts import flaw, without_marks

LONG = "x" * 100
FLAWS = {
    "": "spaces",
    " Hà Nội": "spaces",
    "Hà  Nội": "spaces",
    "Hà Nội\nmới": "character",
    "Hà\N{NO-BREAK SPACE}Nội": "character",
    "Hà\N{ZERO WIDTH SPACE}Nội": "character",
    "H\N{CYRILLIC SMALL LETTER A}noi": "character",
    "\N{FULLWIDTH DIGIT ONE}": "character",
    "\N{COMBINING GRAVE ACCENT}a": "character",
    unicodedata.normalize("NFD", "Hà Nội"): "decomposed-text",
    "Hµ Néi": "encoding",
    "Huế".encode().decode("cp1252"): "encoding",
    "Hà Ná»™i": "encoding",
    "Why? Because": None,
    "H?Noi": "lost-characters",
    "n/a": "placeholder",
    "–": "placeholder",
    "#REF!": "spreadsheet-error",
    LONG: "length",
    "Fairs and showsFairs and shows": "doubled",
    "Một câu. Một câu.": "doubled",
    "ha ha": None,
    f"https://example.org/{LONG}": None,
    "x" * 99: None,
    "Đông Anh №1 – μ₫ → Москва": None,
}


@pytest.mark.parametrize(("text", "rule"), FLAWS.items())
def test_what_is_wrong_with_a_text_is_named(text, rule):
    assert (flaw(text) or (None,))[0] == rule


@pytest.mark.parametrize(("longest", "rule"), [(7, None), (6, "length")])
def test_a_text_may_be_as_long_as_is_allowed(longest, rule):
    assert (flaw("Đông Ba", longest) or (None,))[0] == rule


def test_an_address_may_be_long_and_ask_and_a_description_may_have_lines():
    assert flaw(f"example.org/{LONG}?q=a?b", address=True) is None
    assert flaw("One line.\nAnother one.", lines=True) is None


@pytest.mark.parametrize("text", ["\U0001f1fb\U0001f1f3 Hà Nội", "新华社", "กรุงเทพ"])
def test_what_a_chart_writes_is_in_letters_of_its_font_and_a_title_of_a_source_in_any(text):
    assert (flaw(text), flaw(text, drawn=True)[0]) == (None, "letters")


def test_accented_greek_and_cyrillic_letters_are_in_the_font_of_charts():
    assert flaw("Đông Anh №1 – μ₫ → Москва", drawn=True) is None


def test_a_text_without_marks_is_in_small_letters_of_latin():
    assert [*map(without_marks, ("Đắk Lắk", "GIÁ 5%", "OCOP 2025"))] == ["dak lak", "gia 5%", "ocop 2025"]
