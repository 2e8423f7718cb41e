"""An address that has no word of its title leads to another page, unless somebody answers for it."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.address_rules import addresses_are_of_their_source

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
    assert found(addresses_are_of_their_source, sources=[row]) == expected


def test_marks_and_the_letter_d_with_a_bar_do_not_matter():
    row = {"title": "Đường phố", "address": "https://bao.vn/pho-co-va-nhung-con-duong.html"}
    assert found(addresses_are_of_their_source, sources=[row]) == []


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("https://paper.vn/2023/01/1.htm", True),
        ("https://paper.vn/2022/12/1.htm", False),
        ("https://paper.vn/figures-2023-03-31.htm", True),
        ("https://paper.vn/figures-2032-01-01.htm", False),
        ("https://paper.vn/2012/75", True),
    ],
)
def test_a_source_of_another_month_than_its_address_is_found_until_it_is_answered(address, right):
    row = {"title": "Figures", "address": address}
    told = [("sources.csv", 2, "published_on", "other-day")]
    assert found(addresses_are_of_their_source, sources=[row]) == ([] if right else told)
    assert right or found(addresses_are_of_their_source, sources=[row | ANSWER]) == []
