"""What most pages of an edition would find out again, found out once before they run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from promotion_book.facts import PackageError, edition, read
from promotion_book.facts.calendar import released_periods
from promotion_book.facts.known import known_in
from promotion_book.facts.package import REMEMBERED, places
from promotion_book.statistics.statuses import all_statuses


def read_ahead() -> Iterator[None]:
    """Read the places, and judge the targets of the newest edition of each.

    A page finds them where the files of its place have the same bytes, and reads for itself where they have not.
    """
    with suppress(PackageError):
        for place in places()[:REMEMBERED]:
            package = read(place)
            yield
            for period in released_periods(package, date.today())[-1:]:
                report = edition(package, period)
                known = known_in(package, report)
                all_statuses(known, report.period.start, indicators=known.indicators["indicator_id"])
                yield
