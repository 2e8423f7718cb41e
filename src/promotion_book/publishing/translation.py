"""The languages of the report as the rooms of publishing use them."""

from __future__ import annotations

from promotion_book.display.language import Language


def language(code: str) -> Language:
    """A language with its messages."""
    return Language(code)
