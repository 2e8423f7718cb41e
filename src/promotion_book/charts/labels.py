"""Where words go in a chart: how wide they are, the place that is free.

Lengths are in points, 72 to the inch, of which a figure has as many dots. Widths are measured in the
font of the charts, so that a drawing is the same whatever it is drawn on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from numpy.typing import NDArray

from promotion_book.charts.pen import extent
from promotion_book.charts.style import FONT, INK, settle

SIZE, LINE, GAP, APART = 9.0, 12.5, 12.0, 4.0
PLAIN = FontProperties(family=FONT, size=SIZE)
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}

Box = tuple[float, float, float, float]  # left, low, right, high
Boxes = NDArray[np.float64]  # one box a row


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
    level = [Spot(x, y, -8, 0, "right"), Spot(x, y, 8, 0, "left")]
    near, far = (
        [
            Spot(x, y, shift, up, across, "bottom" if up > 0 else "top")
            for across, shift in sides
            for up in (away, -away)
        ]
        for away in (7, 19)
    )
    return [*near, *level, *far]


def beside(part: Box) -> list[Spot]:
    """The places for the name of a part of the chart, the best first."""
    left, low, right, high = part
    middle, sides = (low + high) / 2, ((right, "right"), (left, "left"))
    nearest, near, far = (
        [
            *(Spot(x, high, 0, away, across, "bottom") for x, across in sides),
            *(Spot(x, low, 0, -away, across, "top") for x, across in sides),
        ]
        for away in (3, 9, 22)
    )
    return [*nearest, *near, Spot(left, middle, -4, 0, "right"), Spot(right, middle, 4, 0, "left"), *far]


def along(xs: Sequence[float], ys: Sequence[float]) -> list[Spot]:
    """The places for the name of a line, the best first."""
    spots = []
    for away, part in product((3, 9), (0.6, 0.5, 0.7, 0.4, 0.8, 0.3)):
        x = xs[0] + part * (xs[-1] - xs[0])
        y = float(np.interp(x, xs, ys))
        spots += [Spot(x, y, 3, -away, "left", "top"), Spot(x, y, -3, away, "right", "bottom")]
        spots += [Spot(x, y, -3, -away, "right", "top"), Spot(x, y, 3, away, "left", "bottom")]
    return spots


def width(text: str) -> float:
    """The width of a line of text in a chart."""
    return extent(text, PLAIN, False)[0]


def wrapped(text: str, room: float) -> str:
    """A text in lines that are no wider than `room`, where its words allow."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and len(longer) * SIZE > room and width(longer) > room:  # no letter but Œ is wider than its size
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def note(ax: Axes, text: str, spot: Spot, *, colour: str = INK) -> None:
    """Words at a spot of the chart, on a ground that hides what is behind them."""
    ax.annotate(
        text,
        (spot.x, spot.y),
        (spot.right, spot.up),
        textcoords="offset points",
        ha=spot.across,
        va=spot.upright,
        color=colour,
        fontsize=SIZE,
        bbox=BEHIND,
        zorder=5,
        annotation_clip=False,
    )


@dataclass
class Free:
    """What is taken in a finished chart: boxes that no words may cover, lines that they had better not."""

    ax: Axes
    frame: Box = field(init=False)
    boxes: Boxes = field(default_factory=lambda: np.empty((0, 4)))
    lines: Boxes = field(default_factory=lambda: np.empty((0, 4)))

    def __post_init__(self) -> None:
        left, bottom, end, top = _frame(self.ax)
        others = [ax.get_window_extent() for ax in _figure(self.ax).axes if ax is not self.ax]
        right, high = (np.asarray(_figure(self.ax).bbox.max) - 2).tolist()
        beside = [other.x0 - APART for other in others if other.x0 > end]
        self.frame = (left + 3, bottom, min([right, *beside]), top if others else high)  # a panel keeps to its own

    def take(self, part: Box, around: float) -> None:
        """Nothing may cover this part of the chart, nor what lies so many points `around` it."""
        corners = self.ax.transData.transform([part[:2], part[2:]]).ravel()
        self.boxes = np.vstack([self.boxes, corners + np.array([-around, -around, around, around])])

    def take_line(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Nothing should cover this line."""
        for start, end in pairwise(self.ax.transData.transform(np.column_stack([xs, ys]))):
            steps = np.linspace(0, 1, max(2, int(np.hypot(*(end - start)) / 3)))
            points = start + steps[:, None] * (end - start)
            self.lines = np.vstack([self.lines, np.hstack([points - 1, points + 1])])

    def fits(self, texts: Sequence[str]) -> bool:
        """Whether these words have room beside each other."""
        return sum(width(text) + GAP / 2 for text in texts) <= self.frame[2] - self.frame[0]

    def write(self, text: str, spots: Sequence[Spot], colour: str = INK, always: bool = True) -> None:
        """Words at the best of the spots, the first of equals; not `always`: only where nothing is covered."""
        costs = [self._cost(self._box(text, spot)) for spot in spots]
        best = min(range(len(spots)), key=costs.__getitem__)
        if always or costs[best][0] == 0:
            note(self.ax, text, spots[best], colour=colour)
            self.ax.texts[-1].set_in_layout(False)
            left, low, right, high = self._box(text, spots[best])
            self.boxes = np.vstack([self.boxes, (left - APART, low, right + APART, high)])

    def _box(self, text: str, spot: Spot) -> Box:
        x, y = self.ax.transData.transform((spot.x, spot.y)).tolist()
        wide = width(text)
        left = x + spot.right - {"left": 0.0, "center": wide / 2, "right": wide}[spot.across]
        bottom = y + spot.up - {"bottom": 0.0, "center": LINE / 2, "top": LINE}[spot.upright]
        return left, bottom, left + wide, bottom + LINE

    def _cost(self, box: Box) -> tuple[float, float]:
        inside = _overlap(box, np.array([self.frame]))
        outside = (box[2] - box[0]) * (box[3] - box[1]) - inside
        return round(_overlap(box, self.boxes) + outside, 6), _overlap(box, self.lines)


def _overlap(box: Box, others: Boxes) -> float:
    left, bottom, right, top = others.T
    across = np.minimum(right, box[2]) - np.maximum(left, box[0])
    along = np.minimum(top, box[3]) - np.maximum(bottom, box[1])
    return float(np.sum(across.clip(0) * along.clip(0)))


def _frame(ax: Axes) -> Box:
    """Where the chart lies in its picture once all around it has found its place."""
    settle(_figure(ax))
    left, bottom, right, top = ax.get_window_extent().extents
    return float(left), float(bottom), float(right), float(top)


def _figure(ax: Axes) -> Figure:
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    return figure
