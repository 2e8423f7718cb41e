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
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle

from promotion_book.facts.findings import quote
from promotion_book.facts.grammar import NUMBER, meanings, plain
from promotion_book.words.language import Language

SCALED = re.compile(r"[#0],+(?![#0,])")  # a format that leaves out thousands
LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')  # what a format shows whatever the number is
WORDS = re.compile(r'"[^"]*[^\W_][^"]*"|[\\*][^\W_]|[\u2030\u2031]')  # words, numbers or parts of a thousand in it
PARTS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*\Z)')  # between the formats of numbers above, below and of zero
CHOICE = re.compile(r"\[[<>=]")  # by which a format chooses another way for some numbers
COLOUR = re.compile(r"\[(?!\$)[^\]<>=]+\]")
MINUS = re.compile(r"[-\u2212(]")
PAPER = (255, 255, 255)
WHITE = (("theme", 0), ("indexed", 1), ("indexed", 9))
LOWEST, SMALLEST = 3, 3  # points of a row and of a font that somebody sees
NARROWEST = 0.5  # characters of a column
NEAR = 32  # of 255 parts of red, green and blue: what nobody tells from its background
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
        told = value if isinstance(value, str) else getattr(value, "text", None)  # a table of data has no text
        return None, ("formula", {"found": quote(told or "=")})
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
    if _disguises(cell.number_format or "General", value):
        return None, ("format", {"found": number_words(exact, words)})
    return exact, None


def _disguises(number_format: str, value: float) -> bool:
    """Whether a format shows a number without its thousands or its sign, with words or numbers beside it, or not at all.

    Zero may be a dash.
    """
    parts = PARTS.split(number_format)
    place = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    shown = parts[place]
    if place == 2:
        return not re.sub(r"\[[^\]]*\]|[_*].|[\s\"]", "", shown)
    chosen = parts if CHOICE.search(number_format) else [shown]
    return any(map(_hides, chosen)) or _turns_round(shown, value, alone=place == 0)


def _hides(shown: str) -> bool:
    """Whether one format of a number leaves out its thousands, adds words or numbers, or shows nothing."""
    signs = LITERAL.sub("", shown)
    empty = not re.search(r"[0#?@]|General", signs, re.IGNORECASE)
    return bool(empty or SCALED.search(signs) or WORDS.search(shown))


def _turns_round(shown: str, value: float, *, alone: bool) -> bool:
    """Whether a format shows a number with another sign than its own; a colour of its own tells what is below zero."""
    minus = bool(MINUS.search(re.sub(r"\[[^\]]*\]|_.", "", shown)))
    return minus if value > 0 or alone else value < 0 and not minus and not COLOUR.search(shown)


def is_struck(cell: Cell) -> bool:
    """Whether a cell is struck through, or written too small to be seen or in the colour of its background."""
    font, fill = cell.font, cell.fill
    behind = _colour(fill.fgColor) if fill.fill_type == "solid" else PAPER
    small = font.size is not None and font.size < SMALLEST
    return bool(font.strike) or small or (font.color is not None and _alike(_colour(font.color), behind))


def conceals(style: DifferentialStyle) -> bool:
    """Whether what a condition gives a cell strikes it through, or writes it in the colour of its background."""
    behind = _colour(style.fill.bgColor) if style.fill else PAPER
    font = style.font
    return bool(font and (font.strike or (font.color is not None and _alike(_colour(font.color), behind))))


def _colour(colour: Color) -> tuple[object, ...]:
    """Red, green and blue where a colour names them or is white; else how the workbook names it."""
    if (colour.type, colour.value) in WHITE and not colour.tint:
        return PAPER
    if colour.type == "rgb" and not colour.tint and re.fullmatch("[0-9A-Fa-f]{8}", colour.value):
        return tuple(bytes.fromhex(colour.value)[1:])
    return colour.type, colour.value, colour.tint


def _alike(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether nobody tells two colours from one another."""
    parts = [(a, b) for a, b in zip(one, other, strict=True) if isinstance(a, int) and isinstance(b, int)]
    return one == other or (len(parts) == len(PAPER) and all(abs(a - b) < NEAR for a, b in parts))


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
