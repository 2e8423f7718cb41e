"""The numbers by which figures and tables are quoted: Figure 3.2 is the second figure of the third chapter.

The plan of an edition counts its chapters in the order of its contents, and each notebook finds its number in the
environment. One that runs by itself has none: its figures are Figure 1 and Figure 2.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from promotion_book.words.markup import Html, fill

CHAPTER_VARIABLE = "PROMOTION_BOOK_CHAPTER"


def chapter_number() -> int:
    """The number of the chapter that runs, as the environment tells it, or zero."""
    return int(os.environ.get(CHAPTER_VARIABLE) or 0)


@dataclass
class Numbering:
    """What a chapter has shown of each kind, in its order."""

    chapter: int = field(default_factory=chapter_number)
    names: dict[str, list[str]] = field(default_factory=dict)

    def number(self, kind: str, name: str) -> str:
        """The number of what has a name, 3.2; what is shown again keeps its own."""
        shown = self.names.setdefault(kind, [])
        if name not in shown:
            shown.append(name)
        place = shown.index(name) + 1
        return f"{self.chapter}.{place}" if self.chapter else str(place)


def link_number(number: str, address: str) -> Html:
    """A number as a link to what it is of, which readers can copy."""
    return fill('<a class="exhibit-number" href="#{address}">{number}</a> ', number=number, address=address)
