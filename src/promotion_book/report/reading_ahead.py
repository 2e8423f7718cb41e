"""What every page of an edition would read and compute again, read and computed once before they run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from promotion_book.facts import Package, PackageError, edition, read
from promotion_book.facts.ahead import COMPUTED
from promotion_book.facts.known import known_in
from promotion_book.facts.package import REMEMBERED, places
from promotion_book.scenarios.next_years import next_years
from promotion_book.statistics.statuses import statuses_in_force


def read_ahead(editions: Iterable[str]) -> Iterator[None]:
    """Read the places, and compute what the pages of editions, as `place/period`, have in common.

    A page finds a package where the files of its place have the same bytes, and reads for itself where they have not. What
    cannot be computed is left to the page that needs it, which says why.
    """
    with suppress(PackageError):
        for place in places()[:REMEMBERED]:
            read(place)
            yield
    for place, _, period in (named.partition("/") for named in editions):
        with suppress(Exception):
            yield from _compute(read(place), period)


def _compute(package: Package, period: str) -> Iterator[None]:
    report = edition(package, period)
    known = known_in(package.declaring(()), report)
    _ = known.conflicts
    yield
    statuses_in_force(known, report.period.start)
    yield
    next_years(known)
    yield
    COMPUTED[report] = known
