"""How the standing of a figure looks, and a line that is not observed: the same in every chart, legend and explorer.

A standing is told in grey as in colour: by the marker and whether it is filled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from promotion_book.charts.style import PALETTE

FIGURE, TARGET, ASSUMED = PALETTE[0], PALETTE[2], PALETTE[4]
HATCH = "////"
WIDTH = 1.8  # points: of a line that is not observed
MARK, DIAMOND = 7.5, 5.7  # points: the side of a mark; of a diamond, which stands on its corner and reaches as far


@dataclass(frozen=True)
class Look:
    """The look of a standing."""

    marker: str
    filled: bool = False
    colour: str = FIGURE

    @property
    def mark(self) -> dict[str, Any]:
        """A mark, as a line of matplotlib has it."""
        face, side = self.colour if self.filled else "white", DIAMOND if self.marker == "D" else MARK
        return {"marker": self.marker, "ms": side, "mfc": face, "mec": self.colour, "mew": 1.7, "lw": 0}


STANDING: Mapping[str, Look] = {
    "actual": Look("o", filled=True),
    "to_date": Look(">"),
    "estimate": Look("o"),
    "provisional": Look("s", filled=True),
    "derived": Look("D", filled=True),
    "derived_estimate": Look("D"),
}

# Dashes and the gaps between them are in widths of the line.
LINES: Mapping[str, dict[str, Any]] = {
    "observed": {"color": FIGURE, "lw": 1.2},
    "projected": {"color": FIGURE, "lw": WIDTH, "dashes": (3, 1.5)},
    "required": {"color": TARGET, "lw": WIDTH, "dashes": (6, 3)},
    "assumed": {"color": ASSUMED, "lw": WIDTH, "dashes": (1.5, 2)},
}
