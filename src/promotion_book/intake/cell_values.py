"""What a cell of a workbook says: a number, a text, or what is wrong with it and what was probably meant.

Nothing is guessed: a text is never taken for a number, even where only one number can be meant; the finding says which.
Where a mapping says what the decimal sign of a file is, its texts are read by it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl.cell import Cell

from promotion_book.facts.findings import quote
from promotion_book.facts.grammar import NUMBER, meanings, plain
from promotion_book.words.language import Language

SCALED = re.compile(r"[#0],+(?![#0,])")  # a format that leaves out thousands
LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')  # what a format shows whatever the number is
WORDS = re.compile(r'"[^"]*[^\W_][^"]*"|\\[^\W_]')  # words or numbers in it
CellFlaw = tuple[str, dict[str, object]]  # the rule, and the values of its sentence


def is_empty(cell: Cell) -> bool:
    """Whether nothing is to be seen in a cell."""
    return cell.value is None or (isinstance(cell.value, str) and not plain(cell.value))


def text_of(cell: Cell) -> str:
    """What a cell says as a text, on one line, without what cannot be seen."""
    if is_empty(cell):
        return ""
    seen = "".join(sign for sign in str(cell.value) if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFC", seen).split())


def number_of(cell: Cell, words: Language, *, decimal: str = "") -> tuple[Decimal | None, CellFlaw | None]:
    """The number in a cell that is not empty, or what is wrong with it; a text is one by a known decimal sign alone."""
    value = cell.value
    if cell.data_type == "f":
        return None, ("formula", {"found": quote(getattr(value, "text", value))})
    if isinstance(value, bool) or cell.data_type == "e":
        return None, ("error", {"found": quote(value)})
    if isinstance(value, datetime | date | time | timedelta):
        return None, ("date", {"found": f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)})
    if isinstance(value, str):
        meant = meanings(value, decimal) if decimal else []
        return (meant[0], None) if meant else (None, _flaw_of_text(value, words))
    if not math.isfinite(value):
        return None, ("error", {"found": quote(value)})
    exact = Decimal(f"{value:.15g}" if isinstance(value, float) else repr(value))  # as many digits as Excel keeps
    if "%" in (cell.number_format or ""):
        shown = f"{words.number(float(100 * exact), 2 if (100 * exact) % 1 else 0)}%"
        return None, ("percent", {"found": number_words(exact, words), "shown": shown})
    if _disguises(cell.number_format):
        return None, ("format", {"found": number_words(exact, words)})
    return exact, None


def _disguises(number_format: str) -> bool:
    """Whether a format shows a number without its thousands, with words or numbers beside it, or not at all."""
    shown = number_format.partition(";")[0]
    signs = LITERAL.sub("", shown)
    empty = not re.search(r"[0#?@]|General", signs, re.IGNORECASE)
    return bool(empty or SCALED.search(signs) or WORDS.search(shown))


def _flaw_of_text(text: str, words: Language) -> CellFlaw:
    """What numbers a text may be."""
    meant = meanings(text.strip().removesuffix("%"))
    if not meant:
        return "words", {"found": quote(text)}
    if not all(NUMBER.fullmatch(f"{number.normalize():f}") for number in meant):
        return "digits", {"found": quote(text)}
    told = [number_words(number, words) for number in meant]
    if len(told) > 1:
        return "unclear", {"found": quote(text), "meant": words.text("{first} or {last}", first=told[0], last=told[1])}
    return "text", {"found": quote(text), "meant": told[0]}


def number_words(value: Decimal, words: Language) -> str:
    """A number without separators of thousands, with the decimal sign of the language: 1330,5 in Vietnamese."""
    return f"{value.normalize():f}".replace(".", words.separators[1])
