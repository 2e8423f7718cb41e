"""What somebody may have meant by a name that does not exist."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from promotion_book.facts.texts import without_marks


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """The names nearest to one that does not exist, as the end of a message; empty where none is near.

    Near is what has the name in it, as `handicraft_exports` has `exports`, and else what is spelled alike;
    marks and spaces count for nothing: "Ha Noi" is near to what has "hà nội".
    """
    near = near_names(name, names)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def near_names(name: str, names: Iterable[str]) -> list[str]:
    """The names nearest to one that does not exist: three that have it in them, or the one that is spelled most alike."""
    there, plain = list(names), without_marks(name).replace(" ", "_")
    near = [other for other in there if name and plain in other][:3]
    return near or difflib.get_close_matches(name, there, n=1) or difflib.get_close_matches(plain, there, n=1)
