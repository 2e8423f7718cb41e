"""What single cells must be beyond their type."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.cell_rules import (
    english_names_the_month,
    figures_are_as_fine_as_their_unit,
    texts_have_words,
)


@pytest.mark.parametrize(
    ("unit", "value", "findings"),
    [
        ("vnd", "12.5", ["decimals"]),
        ("vnd", "12", []),
        ("usd", "12.5", []),
        ("usd", "12.125", ["decimals"]),
        ("vnd_person_year", "1.5", ["decimals"]),
        ("people", "12.5", ["decimals"]),
        ("percent", "12.125", []),
    ],
)
def test_money_has_the_decimals_of_its_currency_and_a_count_those_of_its_indicator(unit, value, findings):
    dimension = {"people": "count", "percent": "percent"}.get(unit, "money")
    rows = found(
        figures_are_as_fine_as_their_unit,
        units=[{"unit_id": unit, "dimension": dimension}],
        indicators=[{"indicator_id": "jobs", "unit": unit, "decimals": "0"}],
        observations=[{"unit": unit, "value": value}],
    )
    assert [rule for *_, rule in rows] == findings


@pytest.mark.parametrize(
    ("note", "findings"),
    [("Licensed to 15/12/2014.", ["day"]), ("Licensed to 15 December 2014.", []), ("Circular 28/2018/TT-BTC.", [])],
)
def test_a_day_in_an_english_text_has_the_name_of_its_month(note, findings):
    rows = found(english_names_the_month, observations=[{"note_en": note, "note_vi": "Cấp đến 15/12/2014."}])
    assert [rule for *_, rule in rows] == findings


@pytest.mark.parametrize(
    "text", ["0", "-1", "1e5", "1.234,5", "2024-02-30", "TRUE", "=1+1", "\U0001f642", "'an article", '"a"']
)
@pytest.mark.parametrize("column", ["title", "publisher", "note_en", "confirmed_why"])
def test_a_text_without_words_or_with_the_marks_of_a_program_is_found(column, text):
    assert found(texts_have_words, sources=[{column: text}]) == [("sources.csv", 2, column, "words")]


@pytest.mark.parametrize("text", ["5S", "Q1", "An ‘article’", "'A' and 'b'", '"A" and more', "1 product", ""])
def test_words_with_numbers_and_quotation_marks_are_no_finding(text):
    assert found(texts_have_words, sources=[{"title": text}], units=[{"symbol_en": "%"}]) == []
