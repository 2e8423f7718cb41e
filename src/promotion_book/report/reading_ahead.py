"""What every page of a place would read again, read once before they run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from promotion_book.facts import PackageError, read
from promotion_book.facts.package import REMEMBERED, places


def read_ahead() -> Iterator[None]:
    """Read the places.

    A page finds a package where the files of its place have the same bytes, and reads for itself where they have not.
    """
    with suppress(PackageError):
        for place in places()[:REMEMBERED]:
            read(place)
            yield
