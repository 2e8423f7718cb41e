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
GROUPS = {",": ".", ".": ","}  # a decimal sign, and the other one, which groups thousands then
WHOLE = {sign: re.compile(rf"-?(\d+|[1-9]\d{{0,2}}({re.escape(group)}\d{{3}})+)") for sign, group in GROUPS.items()}
BETWEEN = "\t\n"  # what ends a column or a line: no part of one number
TURNS = "\u202d\u202e"  # what shows digits in another order than that in which they stand
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


def plain(text: str) -> str:
    """A text with ordinary digits and minus, without what cannot be seen and what groups thousands besides points and commas.

    A raised digit is the mark of a footnote, and stays one; so does what stands between two numbers, and what turns one round.
    """
    kinds = ((sign, unicodedata.category(sign)) for sign in text)
    usual = "".join(sign if kind == "No" else unicodedata.normalize("NFKC", sign) for sign, kind in kinds)
    digits = "".join(str(unicodedata.decimal(sign, sign)) for sign in unicodedata.normalize("NFC", usual))
    kept = (*BETWEEN, *TURNS)
    seen = "".join(sign for sign in digits if sign in kept or unicodedata.category(sign) not in ("Cc", "Cf"))
    joined = re.sub(r"(?<=\d)[ '’](?=\d{3}(?!\d))|(?<=[-−–])\s|\s(?=%)|(?<=\d)_(?=\d)", "", seen.strip())
    return joined.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")


def meanings(text: str, signs: str = ",.") -> list[Decimal]:
    """The numbers that a text may be, by which of some signs begins its decimals; the other one groups thousands."""
    found = []
    for sign in signs:
        whole, point, decimals = plain(text).partition(sign)
        if WHOLE[sign].fullmatch(whole) and bool(point) == decimals.isdecimal():
            found.append(Decimal(f"{whole.replace(GROUPS[sign], '')}{point and '.'}{decimals}"))
    return list(dict.fromkeys(found))


def _number_meant(text: str) -> str:
    if re.fullmatch(r"[+-]?(nan|inf(inity)?)", plain(text), re.IGNORECASE):
        return "write a finite number, or leave the cell empty"
    if plain(text).endswith("%") and NUMBER.fullmatch(plain(text)[:-1]):
        return f"write {plain(text)[:-1]}: the unit stands in its own column"
    told = [number for number in map("{:f}".format, meanings(text)) if NUMBER.fullmatch(number)]
    if len(told) > 1:
        return f"write {told[1]} if the comma groups thousands, or {told[0]} if it is a decimal comma"
    if told:
        signs = {",", "."} & {*plain(text)}
        return f"write {told[0]}{': decimals follow a point, and nothing groups thousands' if signs else ''}"
    return f"write {meant}" if (meant := _shortest(plain(text))) else "write the number alone, or leave the cell empty"


def _shortest(text: str) -> str:
    """The number in our grammar that another grammar reads in a text; empty when there is none."""
    if not re.fullmatch(r"[+-]?([0-9]{1,18}\.?[0-9]{0,12}|\.[0-9]{1,12})(e[+-]?[0-9]{1,2})?", text, re.IGNORECASE):
        return ""
    meant = format(Decimal(text), "f")
    return meant if NUMBER.fullmatch(meant) else ""


def _day_meant(text: str) -> str:
    said = plain(text)
    if turned := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", said):
        meant = _date(int(turned[3]), int(turned[2]), int(turned[1]))
        return f"write {meant}: the year comes first" if meant else "write the year first, then month and day"
    if short := re.fullmatch(r"([0-9]{4})[/.-]?([0-9]{1,2})[/.-]?([0-9]{1,2})(T.*)?", said):
        meant = _date(int(short[1]), int(short[2]), int(short[3]))
        return f"write {meant}" if meant else "write a day that exists"
    if re.fullmatch(r"[2-6][0-9]{4}", said):
        meant = _SPREADSHEET_EPOCH + timedelta(int(said))
        return f"write {meant}: the number of a day in a spreadsheet"
    return "write year, month and day, or leave the cell empty"
