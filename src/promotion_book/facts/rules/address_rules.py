"""Does the address of a source lead to what its title says, of the month that its day says? An address that has become that of
another article has its words.

A finding can be answered in the row of the source: `confirmed_by` says who looked at the page and `confirmed_why` why the
address is right, as where a title was translated. An answer to nothing is a finding too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.grammar import DAY
from promotion_book.facts.rows import each
from promotion_book.facts.rules import Tables, rule
from promotion_book.facts.texts import without_marks

ENOUGH = 3  # words of an address that tell an article
MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?:(?<=/..)/|(?<=-..)-[0-3]\d(?!\d))")
ACTION = (
    "empty the address and say in the note that the page was not found, or answer in confirmed_by and confirmed_why"
)


@rule
def addresses_are_of_their_source(tables: Tables) -> Iterator[Finding]:
    """An address of three words or more shares one with the title of its source, and one with a month is of about its day."""
    for row in each(tables["sources"]):
        doubts, line = [*_doubts(row.address, row.title, day=row.published_on)], int(row.line)
        if doubts and not (row.confirmed_by and row.confirmed_why):
            yield from (Finding("sources.csv", line, *doubt) for doubt in doubts)
        elif not doubts and (row.confirmed_by or row.confirmed_why):
            found, allowed = "a confirmation", "one only where the check doubts the address"
            action = "empty confirmed_by and confirmed_why"
            yield Finding("sources.csv", line, "confirmed_by", "stale", found, allowed, action)


def _doubts(address: str, title: str, *, day: str) -> Iterator[tuple[str, str, str, str, str]]:
    """What makes an address doubtful: column, rule, what was found, what is allowed, and what to do."""
    told = words(unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2])
    if len(told) >= ENOUGH and not told & words(title):
        yield "address", "other-page", quote(address), f"a word of the title {quote(title)}", ACTION
    month, published = MONTH.search(address), DAY.fullmatch(day)
    if month and published:
        years, months = (int(published[n]) - int(month[n]) for n in (1, 2))
        if abs(12 * years + months) > 1:
            allowed = f"a day of about {month[1]}-{month[2]}, as in the address {quote(address)}"
            yield "published_on", "other-day", day, allowed, "mend the day, or answer in confirmed_by and confirmed_why"


def words(text: str) -> set[str]:
    """The words of two letters or more of a text, without marks and case."""
    return set(re.findall("[a-z]{2,}", without_marks(text)))
