"""An address that has no word of its title leads to another page, unless somebody answers for it."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.address_rules import addresses_have_words_of_their_title

OTHER = {
    "title": "Hanoi earmarks money for key products",
    "address": "https://paper.vn/cars/army-truck-rival-of-the-jeep-1.html",
}
ANSWER = {"confirmed_by": "The compilers", "confirmed_why": "The title is a translation."}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (OTHER, [("sources.csv", 2, "address", "other-page")]),
        (OTHER | ANSWER, []),
        (OTHER | {"address": ""}, []),
        (OTHER | {"address": "https://paper.vn/army-truck"}, []),
        (OTHER | {"address": "https://paper.vn/hanoi-earmarks-more-money-1.html"}, []),
        (OTHER | {"address": ""} | ANSWER, [("sources.csv", 2, "confirmed_by", "stale")]),
    ],
    ids=["of another page", "answered", "none", "too few words", "its own", "an answer to nothing"],
)
def test_an_address_without_a_word_of_the_title_is_found_until_it_is_answered(row, expected):
    assert found(addresses_have_words_of_their_title, sources=[row]) == expected


def test_marks_and_the_letter_d_with_a_bar_do_not_matter():
    row = {"title": "Đường phố", "address": "https://bao.vn/pho-co-va-nhung-con-duong.html"}
    assert found(addresses_have_words_of_their_title, sources=[row]) == []
