"""What is known in an edition, with what was computed of it before its pages ran (`report.reading_ahead`)."""

from __future__ import annotations

from collections.abc import Collection

from promotion_book.facts.calendar import Edition
from promotion_book.facts.known import Known, known_in
from promotion_book.facts.package import Package

COMPUTED: dict[Edition, Known] = {}  # of packages that declare no table


def known_ahead(package: Package, report: Edition, *, tables: Collection[str]) -> Known:
    """What an edition knows of a package that declares tables: what was computed of the same package without them is there.

    Raises:
        PackageError: a declared table is not one of those apart.
    """
    found = COMPUTED.get(report)
    if found and found.package.tables is package.tables:
        return found.declaring(tables)
    return known_in(package.declaring(tables), report)
