"""Names that somebody writes in a notebook and that are not there: refused, with what may have been meant."""

from __future__ import annotations

from collections.abc import Collection

from promotion_book.facts.suggestion import did_you_mean

FEW = 10  # names that a message can list


class UnknownNameError(LookupError):
    """A name that the edition does not have; the message says what may have been meant."""


def require(what: str, name: str, *, names: Collection[str], of: str = "") -> None:
    """Refuse a name that is none of those that there are, of a place where that is given.

    Raises:
        UnknownNameError: it is none of them.
    """
    if str(name) not in names:
        there = [*filter(None, dict.fromkeys(names))]
        few = f"; there are {', '.join(there)}" if 0 < len(there) < FEW else ""
        missing = f"{of} has no" if of else "no"
        raise UnknownNameError(f"{missing} {what} {name!r}{few}{did_you_mean(str(name), there)}")
