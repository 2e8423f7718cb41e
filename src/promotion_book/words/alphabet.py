"""The order of words in a list, as Vietnamese dictionaries have it; words without marks are in the English order."""

from __future__ import annotations

import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def alphabet_key(text: str) -> list[tuple[int, str]]:
    """What words are sorted by: other signs, letters in the order of the alphabet, then their tones."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", text.lower()) if letter not in TONES)
    signs = unicodedata.normalize("NFC", plain)
    return [*((LETTERS.find(sign), "" if sign in LETTERS else sign) for sign in signs), (-2, text)]
