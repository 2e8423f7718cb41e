"""What a place says of itself in `datapackage.json` where it is not the usual: its languages, country and currency, when its
years begin, and its name as a letterhead has it.

    "languages": ["en"],
    "place": {"area": "nairobi", "name_en": "Nairobi", "country": "kenya", "currency": "kes", "year_begins": 7}

What cannot be used is a finding (`descriptor_check.place_findings`), and the usual is read in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from promotion_book.facts.schema import LANGUAGES

COUNTRY = "vietnam"  # that of the agencies and acts of the vocabulary
LICENCE, LICENCE_ADDRESS = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"  # of all that a book says
CURRENCY = "vnd"  # the unit of money of the vocabulary
JANUARY = 1
KEYS = ("area", "name_en", "name_vi", "formal_en", "formal_vi", "country", "currency", "year_begins")


def languages_of(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The languages in which the place is reported on."""
    said = content.get("languages")
    return tuple(code for code in LANGUAGES if isinstance(said, list) and code in said) or LANGUAGES


def area_of(content: Mapping[str, Any]) -> str:
    """The area that the place stands for; empty where it is not said."""
    return _word(content, "area")


def country_of(content: Mapping[str, Any]) -> str:
    """The country whose agencies and acts are those of the place."""
    return _word(content, "country") or COUNTRY


def currency_of(content: Mapping[str, Any]) -> str:
    """The unit of the money of the place."""
    return _word(content, "currency") or CURRENCY


def first_month_of(content: Mapping[str, Any]) -> int:
    """The month with which the years of the place begin: 1 for calendar years, 4 for years from April to March."""
    said = _place(content).get("year_begins")
    return said if type(said) is int and JANUARY <= said <= 12 else JANUARY


def formal_name_of(content: Mapping[str, Any], language: str) -> str:
    """The name of the place in a letterhead, as in "thành phố Hà Nội"; its usual name where it has no other."""
    said = _place(content)
    return str(said.get(f"formal_{language}") or said.get(f"name_{language}") or "")


def _word(content: Mapping[str, Any], name: str) -> str:
    said = _place(content).get(name)
    return said if isinstance(said, str) else ""


def _place(content: Mapping[str, Any]) -> Mapping[str, Any]:
    said = content.get("place")
    return said if isinstance(said, dict) else {}
