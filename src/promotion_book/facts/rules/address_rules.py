"""Does the address of a source lead to what its title says? An address that has become that of another article has its words.

A finding can be answered in the row of the source: `confirmed_by` says who looked at the page and `confirmed_why` why the
address is right, as where a title was translated. An answer to nothing is a finding too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.rows import each
from promotion_book.facts.rules import Tables, rule
from promotion_book.facts.texts import without_marks

ENOUGH = 3  # words of an address that tell an article
ACTION = (
    "empty the address and say in the note that the page was not found, or answer in confirmed_by and confirmed_why"
)


@rule
def addresses_have_words_of_their_title(tables: Tables) -> Iterator[Finding]:
    """An address of three words or more shares one with the title of its source."""
    for row in each(tables["sources"]):
        told = words(unquote(urlsplit(row.address).path).rstrip("/").rpartition("/")[2])
        doubted = len(told) >= ENOUGH and not told & words(row.title)
        answered = bool(row.confirmed_by and row.confirmed_why)
        if doubted and not answered:
            allowed = f"a word of the title {quote(row.title)}"
            yield Finding("sources.csv", int(row.line), "address", "other-page", quote(row.address), allowed, ACTION)
        elif not doubted and (row.confirmed_by or row.confirmed_why):
            found, allowed = "a confirmation", "one only where the check doubts the address"
            action = "empty confirmed_by and confirmed_why"
            yield Finding("sources.csv", int(row.line), "confirmed_by", "stale", found, allowed, action)


def words(text: str) -> set[str]:
    """The words of two letters or more of a text, without marks and case."""
    return set(re.findall("[a-z]{2,}", without_marks(text)))
