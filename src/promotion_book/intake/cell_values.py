"""What a cell of a workbook says: a number, a text, or what is wrong with it and what was probably meant.

Nothing is guessed: a text is never taken for a number, even where only one number can be meant; the finding says which.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl.cell import Cell

from promotion_book.facts.findings import quote
from promotion_book.words.language import Language

CellFlaw = tuple[str, dict[str, object]]  # the rule, and the values of its sentence
PLAIN = re.compile(r"-?(\d+|\d+\.\d+)")
GROUPED = {sign: re.compile(rf"-?[1-9]\d{{0,2}}({re.escape(sign)}\d{{3}})+") for sign in ",."}


def is_empty(cell: Cell) -> bool:
    """Whether nothing is to be seen in a cell."""
    return cell.value is None or (isinstance(cell.value, str) and not _plain(cell.value))


def text_of(cell: Cell) -> str:
    """What a cell says as a text, on one line, without what cannot be seen."""
    if is_empty(cell):
        return ""
    seen = "".join(sign for sign in str(cell.value) if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFC", seen).split())


def number_of(cell: Cell, words: Language) -> tuple[Decimal | None, CellFlaw | None]:
    """The number in a cell that is not empty, or what is wrong with it."""
    value = cell.value
    if cell.data_type == "f":
        return None, ("formula", {"found": quote(getattr(value, "text", value))})
    if isinstance(value, bool) or cell.data_type == "e":
        return None, ("error", {"found": quote(value)})
    if isinstance(value, datetime | date | time | timedelta):
        return None, ("date", {"found": f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)})
    if isinstance(value, str):
        return None, _flaw_of_text(value, words)
    if not math.isfinite(value):
        return None, ("error", {"found": quote(value)})
    exact = Decimal(repr(value))
    if "%" in (cell.number_format or ""):
        shown = f"{words.number(float(100 * exact), 2 if (100 * exact) % 1 else 0)}%"
        return None, ("percent", {"found": number_words(exact, words), "shown": shown})
    return exact, None


def _flaw_of_text(text: str, words: Language) -> CellFlaw:
    """What numbers a text may be."""
    plain = _plain(text).removesuffix("%")
    meant = list(dict.fromkeys(_meanings(plain)))
    if not meant:
        return "words", {"found": quote(text)}
    told = [number_words(number, words) for number in meant]
    if len(told) > 1:
        return "unclear", {"found": quote(text), "meant": words.text("{first} or {last}", first=told[0], last=told[1])}
    return "text", {"found": quote(text), "meant": told[0]}


def _plain(text: str) -> str:
    """A text with ordinary digits and minus, without spaces and what cannot be seen."""
    digits = "".join(str(unicodedata.digit(sign, sign)) for sign in unicodedata.normalize("NFKC", text))
    seen = "".join(sign for sign in digits if unicodedata.category(sign) not in ("Cc", "Cf"))
    return re.sub(r"[\s'’]", "", seen.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-"))


def _meanings(plain: str) -> Iterator[Decimal]:
    """The numbers that a text may be, whether points or commas group thousands in it."""
    for group, point in (".,", ",."):
        whole, sign, decimals = plain.partition(point)
        if GROUPED[group].fullmatch(whole) and (not sign or re.fullmatch(r"\d+", decimals)):
            yield Decimal(f"{whole.replace(group, '')}{'.' * bool(sign)}{decimals}")
    if PLAIN.fullmatch(plain.replace(",", ".")):
        yield Decimal(plain.replace(",", "."))


def number_words(value: Decimal, words: Language) -> str:
    """A number without separators of thousands, with the decimal sign of the language: 1330,5 in Vietnamese."""
    return f"{value.normalize():f}".replace(".", words.separators[1])
