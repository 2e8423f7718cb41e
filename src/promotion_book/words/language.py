"""A language of the report: its words, numbers and dates.

Messages are written in English in the code, as `language.text("{n} of {all} targets", n=3, all=42)`, and
translated by the catalogue of the language (`translation`). A count has its words for one and for several beside it:
`"{n} {n:target is|targets are} new"`, of which a language takes what it needs, and `{name:inside}` is a name as it stands
inside of a sentence. Names come from the table columns of the language
(`name_en`, `name_vi`). Numbers and dates follow the locale (Babel). Out of scope: reading a catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context, localcontext
from functools import cache, cached_property
from string import Formatter
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from promotion_book.digits import WIDE, round_number

LANGUAGES = {"en": "English", "vi": "Tiếng Việt"}
SOURCE = "en"  # the language in which messages are written
EARLY = {
    "vi": ("dd/MM/y", "'tháng' MM/y")
}  # days and months of January and February, where they are written in another way
DECIMAL_COMMA = re.compile(r"\d,\d")
NON_BREAKING = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


class _Counting(Formatter):
    """Fills in a message; `{n:one|several}` is its first words where n is 1, else its second, and `{name:inside}` a name
    inside of a sentence.
    """

    def format_field(self, value: Any, format_spec: str) -> Any:
        if format_spec == "inside":
            return inside(str(value))
        one, both, several = format_spec.partition("|")
        if not both:
            return super().format_field(value, format_spec)
        return one if str(value) == "1" else several


_COUNTING = _Counting()


@dataclass(frozen=True)
class Language:
    """One language of the report, by its code; `messages` holds its words for the English ones."""

    code: str
    messages: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def text(self, message: str, **values: object) -> str:
        """A message of the code with its values filled in."""
        return self.fill_in(message, values)

    def fill_in(self, message: str, values: Mapping[str, object]) -> str:
        """What `text` gives, of a message that is written elsewhere."""
        return _COUNTING.vformat(self.message(message), (), values)

    def message(self, message: str) -> str:
        """A message in this language, with its fields as they are; in English while its catalogue does not have it."""
        return self.messages.get(message, message)

    def name(self, row: Any, column: str = "name") -> str:
        """The name (or `column`) of a table row in this language."""
        return str(row[f"{column}_{self.code}"])

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with the separators of the locale: 1,350 or 8.2."""
        return _number(self.code, value, decimals)

    @cached_property
    def separators(self) -> str:
        """What parts thousands, and what parts decimals: ",." in English."""
        return get_group_symbol(self.code) + get_decimal_symbol(self.code)

    def day(self, day: date) -> str:
        """A day in words: 31 March 2026; in Vietnamese 31/3/2026, 01/4/2026 and 15/01/2026.

        Source: Decree 30/2020/NĐ-CP: a zero stands before the days to 9, and before January and February.
        """
        return self._date(day, self.text("d MMMM y"), early=0)

    def month(self, day: date) -> str:
        """A month in words: July 2024; in Vietnamese tháng 7/2024 and, by the same decree, tháng 01/2024."""
        return self._date(day, self.text("MMMM y"), early=1)

    def _date(self, day: date, usual: str, *, early: int) -> str:
        written = EARLY[self.code][early] if day.month < 3 and self.code in EARLY else usual
        return format_date(day, format=written, locale=self.code)

    def join_list(self, items: list[str]) -> str:
        """Items as a sentence lists them: a, b and c; with semicolons where numbers have decimal commas."""
        if len(items) < 2:
            return "".join(items)
        commas = self.separators[1] == "," and any(DECIMAL_COMMA.search(item) for item in items)
        return self.text("{first} and {last}", first=("; " if commas else ", ").join(items[:-1]), last=items[-1])


@cache
def _number(code: str, value: float, decimals: int) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    with localcontext(Context(prec=WIDE)):
        return format_decimal(round_number(value, decimals) + 0.0, format=pattern, locale=code)


def inside(name: str) -> str:
    """A name as it stands inside of a sentence: it keeps its capital letter where another one follows, as in OCOP or Hà Nội."""
    follow = name[1:2] + name.partition(" ")[2][:1]
    return name if any(letter.isupper() for letter in follow) else name[:1].lower() + name[1:]


def capitalize(text: str) -> str:
    """A text that begins with a capital letter, as names of rows do."""
    return text[:1].upper() + text[1:]
