"""Words in a chart: how wide they are, and the places beside what they name.

Lengths are in points, 72 to the inch, of which a figure has as many dots. Widths are measured in the
font of the charts, so that a drawing is the same whatever it is drawn on.
"""

from __future__ import annotations

from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties

from promotion_book.charts.pen import extent
from promotion_book.charts.style import FONT, INK

SIZE, LINE, GAP, APART = 9.0, 12.5, 12.0, 4.0
PLAIN = FontProperties(family=FONT, size=SIZE)
BESIDE = 10.0  # from a mark to words at its side
PAD, SHORT = 1.2, 3  # of the ground around words; what a line that leads to a mark is short of it
MOST = 4  # lines of the name of a row
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": PAD}

Box = tuple[float, float, float, float]  # left, low, right, high


class Spot(NamedTuple):
    """A place for words: a point of the chart, how far from it, and the side of it they stand on."""

    x: float
    y: float
    right: float = 0.0
    up: float = 0.0
    across: str = "center"
    upright: str = "center"


def around(x: float, y: float) -> list[Spot]:
    """The places for the value of a mark, the best first."""
    sides = (("center", 0.0), ("left", -4.0), ("right", 4.0))
    near, far, farther, farthest = (
        [
            Spot(x, y, shift, up, across, "bottom" if up > 0 else "top")
            for across, shift in sides
            for up in (away, -away)
        ]
        for away in (7, 19, 33, 47)
    )
    level, aside = ([Spot(x, y, -away, 0, "right"), Spot(x, y, away, 0, "left")] for away in (BESIDE, 2 * BESIDE))
    return [*near, *level, *far, *aside, *farther, *farthest]


def at_end(x: float, y: float) -> list[Spot]:
    """The places for the name of a line at the right of its last mark, the best first."""
    sides = ((9, "bottom"), (-9, "top"), (20, "bottom"), (-20, "top"))
    return [Spot(x, y, BESIDE, 0, "left"), *(Spot(x, y, 6, up, "left", side) for up, side in sides)]


def beside(part: Box) -> list[Spot]:
    """The places for the name of a part of the chart, the best first."""
    left, low, right, high = part
    middle, sides = (low + high) / 2, ((right, "right"), (left, "left"), ((left + right) / 2, "center"))
    nearest, near, far, farthest = (
        [
            *(Spot(x, high, 0, away, across, "bottom") for x, across in sides),
            *(Spot(x, low, 0, -away, across, "top") for x, across in sides),
        ]
        for away in (3, 9, 22, 36)
    )
    level, aside = ([Spot(left, middle, -away, 0, "right"), Spot(right, middle, away, 0, "left")] for away in (4, 20))
    return [*nearest, *near, *level, *far, *aside, *farthest]


def width(text: str) -> float:
    """The width of a line of text in a chart."""
    return extent(text, PLAIN, False)[0]


def wrap_label(text: str, room: float) -> str:
    """A text in lines that are no wider than `room`, where its words allow."""
    lines, wide, blank = [""], 0.0, width(" ")
    for word in text.split(" "):
        longer = wide + blank + width(word)  # of words in a row each is as wide as alone
        if lines[-1] and longer > room:
            lines.append(word)
            wide = width(word)
        else:
            lines[-1], wide = (f"{lines[-1]} {word}", longer) if lines[-1] else (word, width(word))
    return "\n".join(lines)


def shorten_label(text: str, room: float) -> str:
    """A text in a few lines that are no wider than `room`; an ellipsis stands for what has no room in them."""
    lines = wrap_label(text, room).splitlines()
    if len(lines) > MOST:
        lines = [*lines[: MOST - 1], f"{lines[MOST - 1]}…"]
    return "\n".join(line if width(line) <= room else _cut(line, room) for line in lines)


def _cut(line: str, room: float) -> str:
    return next(cut for n in range(len(line) - 1, -1, -1) if width(cut := f"{line[:n].rstrip()}…") <= room or not n)


def note(
    ax: Axes,
    text: str,
    spot: Spot,
    *,
    colour: str = INK,
    ground: bool = True,
    leader: tuple[float, float] | None = None,
) -> None:
    """Words at a spot of the chart.

    Args:
        ground: hides what is behind them.
        leader: where the line to what they name begins, in parts of their width and height.
    """
    line = {"arrowstyle": "-", "color": colour, "lw": 0.6, "shrinkA": 0, "shrinkB": SHORT, "relpos": leader}
    ax.annotate(
        text,
        (spot.x, spot.y),
        (spot.right, spot.up),
        textcoords="offset points",
        ha=spot.across,
        va=spot.upright,
        color=colour,
        fontsize=SIZE,
        bbox=BEHIND if ground else None,
        zorder=5,
        annotation_clip=False,
        arrowprops=line if leader else None,
    )
