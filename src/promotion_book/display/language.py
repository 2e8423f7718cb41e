"""A language of the report: its words, numbers and dates.

Messages are written in English in the code, as `language.text("{n} of {all} targets", n=3, all=42)`;
a language with a catalogue translates them, and names come from the table columns of the language
(`name_en`, `name_vi`). Numbers and dates follow the locale (Babel).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = {"en": "English"}
SOURCE = "en"  # the language in which messages are written
NON_BREAKING = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Language:
    """One language of the report, by its code."""

    code: str

    def text(self, message: str, **values: object) -> str:
        """A message with its values filled in."""
        return message.format(**values)

    def name(self, row: Any, column: str = "name") -> str:
        """The name (or `column`) of a table row in this language."""
        return str(row[f"{column}_{self.code}"])

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the separators of the locale: 1,350 or 8.2."""
        return _number(self.code, value, decimals)

    def day(self, day: date) -> str:
        """A day in words: 31 March 2026."""
        return format_date(day, format="d MMMM y", locale=self.code)

    def month(self, day: date) -> str:
        """A month in words: July 2024."""
        return format_date(day, format="MMMM y", locale=self.code)

    def month_name(self, day: date) -> str:
        """The month of a day, without the year: September."""
        return format_date(day, format="LLLL", locale=self.code)

    def listed(self, items: list[str]) -> str:
        """Items as a sentence lists them: a, b and c."""
        if len(items) < 2:
            return "".join(items)
        return self.text("{first} and {last}", first=", ".join(items[:-1]), last=items[-1])


@cache
def _number(code: str, value: float, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value + 0.0, format=pattern, locale=code)


def capital(text: str) -> str:
    """A text that begins with a capital letter, as names of rows do."""
    return text[:1].upper() + text[1:]
