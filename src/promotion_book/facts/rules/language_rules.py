"""Does a row say the same in each of its languages, and each text in its own one?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import meanings
from promotion_book.facts.rules import Tables, pick, report, rule
from promotion_book.facts.texts import SENTENCE, WORD, has_many_marks, lacks_marks

TOLD = {  # numbers that the other language must have too: Vietnamese numbers its months and acts besides
    "en": re.compile(r"\D*\d\D*\d.*|\d%"),
    "vi": re.compile(r".*[.,].*"),
}
NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)(?<!\b\d\.0)%?")  # but not the 4.0 of a name
AROUND = 4  # letters on each side that tell a quotation
THOUSAND = 1000


@rule
def languages_tell_the_same_numbers(tables: Tables) -> Iterator[Finding]:
    """A number of one language stands in the other one too, in its own signs; 1.4 trillion may be 1.400 nghìn tỷ."""
    for name, column, other in _pairs(tables):
        rows = tables[name]
        both = zip(rows[column], rows[other], strict=True)
        lacking = [", ".join(_lacking(*texts)) for texts in both]
        line = f"{name}:{other}: numbers: found {{lacking}} in {column} alone, or not as its language writes it; "
        yield from report(
            pick(rows.assign(lacking=lacking), map(bool, lacking)),
            line + f"allowed the same numbers in {column} and {other}; mend one of the two",
        )


@rule
def texts_are_in_their_language(tables: Tables) -> Iterator[Finding]:
    """A Vietnamese text has marks, and an English one few; one text for both, but a name, is noted in a place of two languages.

    What a text quotes of the other one tells nothing.
    """
    for name, column, other in _pairs(tables):
        rows = tables[name]
        alike = rows[column] == rows[other]
        long = rows[column].map(WORD.findall).str.len() >= SENTENCE
        same = rows[alike & long & (not column.startswith("name") and not alike.all())]
        line = f"{name}:{other}: one-text: found what {column} says; allowed a text in each language; translate it"
        yield from report(same, line, note=True)
        apart = pick(rows, (text not in quoting for text, quoting in zip(rows[other], rows[column], strict=True)))
        line = f"{name}:{other}: language: found {{{other}!r}}; allowed Vietnamese with its marks; write it"
        yield from report(pick(apart, map(lacks_marks, apart[other])), line)
        line = f"{name}:{column}: language: found {{{column}!r}}; allowed English; write it in English"
        yield from report(pick(apart, map(has_many_marks, apart[column], apart[other])), line)


def _pairs(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str, str]]:
    """Each table with its columns in English and their twins in Vietnamese, but those of names of publishers."""
    for name, table in tables.items():
        for column in [column for column in map(str, table.columns) if column.endswith("_en")]:
            if (other := f"{column[:-3]}_vi") in table.columns and not column.startswith("publisher"):
                yield name, column, other


def _lacking(english: str, vietnamese: str) -> Iterator[str]:
    """The numbers of two texts that stand in one of them alone, or in both with the signs of one language."""
    if not (english and vietnamese):
        return
    said = {"en": _numbers(english, ".", other=vietnamese), "vi": _numbers(vietnamese, ",", other=english)}
    for code, other in (("en", "vi"), ("vi", "en")):
        known = {_scaled(number) for number in said[other].values()}
        for text, number in said[code].items():
            alone = TOLD[code].fullmatch(text) and _scaled(number) not in known
            if alone or (code == "en" and said[other].get(text, number) != number):
                yield text


def _numbers(text: str, point: str, *, other: str) -> dict[str, Decimal]:
    """The numbers of a text as they are written, but those that it shares with another one as part of what it quotes, with
    what they are in a language with such a sign of decimals.
    """
    own = (found[0] for found in NUMBER.finditer(text) if not _quoted(found, other))
    return {found: read[0] for found in own if (read := meanings(found.rstrip("%"), point))}


def _quoted(number: re.Match[str], other: str) -> bool:
    """Whether a number stands between the same letters in another text."""
    start, end = max(0, number.start() - AROUND), number.end() + AROUND
    around = number.string[start:end]
    return len(around) >= len(number[0]) + AROUND and around in other


def _scaled(number: Decimal) -> Decimal:
    """A number without its thousands: 1.4 for 1.4, 1,400 and 1,400,000."""
    while number >= THOUSAND:
        number /= THOUSAND
    while 0 < number < 1:
        number *= THOUSAND
    return number.normalize()
