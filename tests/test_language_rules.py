"""A row says the same in each of its languages, and each text is in its own one."""

from __future__ import annotations

import pytest
from small_tables import found, tables

from promotion_book.facts.rules.language_rules import languages_tell_the_same_numbers, texts_are_in_their_language


def in_notes(rule, english, vietnamese):
    """Column and name of what a rule finds in a note in two languages, and nothing in the one below it."""
    rows = [{"note_en": english, "note_vi": vietnamese}, {"note_en": "More.", "note_vi": "Thêm."}]
    told = sorted(rule(tables(observations=rows)))
    assert {one.row for one in told} <= {2}
    return [(one.column, f"{one.rule} (note)" if one.note else one.rule) for one in told]


@pytest.mark.parametrize(
    ("english", "vietnamese", "right"),
    [
        ("2,711 of 3,054 firms", "2.711 trên 3.054 doanh nghiệp", True),
        ("2,711 of 3,054 firms", "2.711 trên 3.045 doanh nghiệp", False),
        ("2.711 of 3.054 firms", "2.711 trên 3.054 doanh nghiệp", False),
        ("8.5% more", "tăng 8,5%", True),
        ("8.5% more", "tăng 8.5%", False),
        ("5% more", "tăng 6%", False),
        ("More than before", "tăng 8,5%", False),
        ("VND 1.4 trillion", "1.400 nghìn tỷ đồng", True),
        ("on 15 December 2014", "ngày 15/12/2014", True),
        ("two of Industry 4.0", "2 dự án công nghiệp 4.0", True),
        ("Note of the form (Vietnamese): đếm lại 1.234 cơ sở", "Đã đếm lại 1.234 cơ sở", True),
        ("", "2.711 doanh nghiệp", True),
    ],
)
def test_a_number_that_one_language_has_alone_or_writes_as_the_other_does_is_found(english, vietnamese, right):
    assert in_notes(languages_tell_the_same_numbers, english, vietnamese) == ([] if right else [("note_vi", "numbers")])


@pytest.mark.parametrize(
    ("english", "vietnamese", "expected"),
    [
        ("Counted again in May", "Đếm lại vào tháng Năm", []),
        ("Counted again in May", "Dem lai vao thang Nam", [("note_vi", "language")]),
        ("Counted again late in May", "Counted again late in May", [("note_vi", "one-text (note)")]),
        ("Số liệu đã được đếm lại", "Counted again in May", [("note_en", "language"), ("note_vi", "language")]),
        ("Note of the form (Vietnamese): Số liệu đã được đếm lại", "Số liệu đã được đếm lại", []),
        ("Note of the form (Vietnamese): Counted again in May", "Counted again in May", []),
        ("By Hà Nội Mới", "Theo Hà Nội Mới", []),
    ],
)
def test_a_text_in_another_language_is_found_and_one_for_both_is_noted(english, vietnamese, expected):
    assert in_notes(texts_are_in_their_language, english, vietnamese) == expected


def test_what_a_place_of_one_language_says_needs_no_translation():
    rows = [{"note_en": "Counted again late in May", "note_vi": "Counted again late in May"}] * 2
    assert found(texts_are_in_their_language, observations=rows) == []
