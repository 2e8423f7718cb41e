"""How numbers and days are written in a table: one grammar, for the check and for the book.

    number   -12.5   digits 0-9, '-' before, '.' for decimals; no grouping, no exponent, no spaces
    integer  2024    the same without decimals
    date     2024-09-30

An empty cell is a missing value. `flaw` says of any other text what is wrong and what was probably meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from promotion_book.facts.findings import Flaw, quote

TYPE = "type"
KEPT = 100_000  # texts that were read lately: the rules read the same ones again and again
FIRST_YEAR, LAST_YEAR = 1900, 2100
NUMBER = re.compile(r"(?!-0(?:\.0+)?\Z)-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,15})?")
INTEGER = re.compile(r"(?!-0\Z)-?(?:0|[1-9][0-9]{0,17})")
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
ALLOWED = {
    "number": "a number such as 1350 or -12.5",
    "integer": "a whole number such as 2024",
    "date": f"a day such as 2024-09-30, from {FIRST_YEAR} to {LAST_YEAR}",
}
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{3})+")
_SPREADSHEET_EPOCH = date(1899, 12, 30)


@lru_cache(KEPT)
def number(text: str) -> float | None:
    """The number that a text is; None when it is none."""
    return float(text) if NUMBER.fullmatch(text) else None


def integer(text: str) -> int | None:
    """The whole number that a text is; None when it is none."""
    return int(text) if INTEGER.fullmatch(text) else None


@lru_cache(KEPT)
def day(text: str) -> date | None:
    """The day that a text is; None when it is none."""
    parts = DAY.fullmatch(text)
    return _date(*map(int, parts.groups())) if parts else None


READ: dict[str, Callable[[str], object]] = {"number": number, "integer": integer, "date": day}


def flaw(kind: str, text: str) -> Flaw | None:
    """What is wrong with a cell that is not empty, of a kind of `READ`; None when it is well formed."""
    if READ[kind](text) is not None:
        return None
    return TYPE, quote(text), ALLOWED[kind], _day_meant(text) if kind == "date" else _number_meant(text)


def _date(year: int, month: int, number: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _plain(text: str) -> str:
    """The text with ordinary digits, an ordinary minus and no spaces."""
    digits = "".join(str(unicodedata.digit(sign, sign)) for sign in unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s_'’]", "", digits.replace("−", "-").replace("–", "-"))


def _number_meant(text: str) -> str:
    plain = _plain(text)
    if re.fullmatch(r"[+-]?(nan|inf(inity)?)", plain, re.IGNORECASE):
        return "write a finite number, or leave the cell empty"
    if _GROUPED.fullmatch(plain) and ("," in plain or plain.count(".") > 1):
        return _grouped(plain)
    if re.fullmatch(r"-?[0-9.]*,[0-9]+", plain):
        return f"write {plain.replace('.', '').replace(',', '.')}: a decimal comma is written as a point"
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+", plain):
        return f"write {plain.replace(',', '')}: commas that group thousands are left out"
    if plain.endswith("%") and NUMBER.fullmatch(plain[:-1]):
        return f"write {plain[:-1]}: the unit stands in its own column"
    return f"write {meant}" if (meant := _shortest(plain)) else "write the number alone, or leave the cell empty"


def _grouped(plain: str) -> str:
    joined, mark = re.sub("[.,]", "", plain), "comma" if "," in plain else "point"
    if plain.count(",") + plain.count(".") > 1:
        return f"write {joined}: a {mark} that groups thousands is left out"
    decimal = plain.replace(",", ".")
    return f"write {joined} if the comma groups thousands, or {decimal} if it is a decimal comma"


def _shortest(plain: str) -> str:
    """The number in our grammar that another grammar reads in a text; empty when there is none."""
    if not re.fullmatch(r"[+-]?([0-9]{1,18}\.?[0-9]{0,12}|\.[0-9]{1,12})(e[+-]?[0-9]{1,2})?", plain, re.IGNORECASE):
        return ""
    meant = format(Decimal(plain), "f")
    return meant if NUMBER.fullmatch(meant) else ""


def _day_meant(text: str) -> str:
    plain = _plain(text)
    if turned := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", plain):
        meant = _date(int(turned[3]), int(turned[2]), int(turned[1]))
        return f"write {meant}: the year comes first" if meant else "write the year first, then month and day"
    if short := re.fullmatch(r"([0-9]{4})[/.-]?([0-9]{1,2})[/.-]?([0-9]{1,2})(T.*)?", plain):
        meant = _date(int(short[1]), int(short[2]), int(short[3]))
        return f"write {meant}" if meant else "write a day that exists"
    if re.fullmatch(r"[2-6][0-9]{4}", plain):
        meant = _SPREADSHEET_EPOCH + timedelta(int(plain))
        return f"write {meant}: the number of a day in a spreadsheet"
    return "write year, month and day, or leave the cell empty"
