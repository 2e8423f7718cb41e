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
BESIDE, CLOSE = 10.0, 5.0  # from a mark to words at its side; from words to what they seem to name
AWAY = 4.0  # square points that may be crossed to be a point nearer
HALF, FAR = 0.6, 12.0  # of the width of words, for each of two lines; how far they may be from what they name
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
    level = [Spot(x, y, -BESIDE, 0, "right"), Spot(x, y, BESIDE, 0, "left")]
    near, far, farthest = (
        [
            Spot(x, y, shift, up, across, "bottom" if up > 0 else "top")
            for across, shift in sides
            for up in (away, -away)
        ]
        for away in (7, 19, 33)
    )
    return [*near, *level, *far, *farthest]


def at_end(x: float, y: float) -> list[Spot]:
    """The places for the name of a line at the right of its last mark, the best first."""
    sides = ((5, "bottom"), (-5, "top"), (18, "bottom"), (-18, "top"))
    return [Spot(x, y, BESIDE, 0, "left"), *(Spot(x, y, 6, up, "left", side) for up, side in sides)]


def beside(part: Box) -> list[Spot]:
    """The places for the name of a part of the chart, the best first."""
    left, low, right, high = part
    middle, sides = (low + high) / 2, ((right, "right"), (left, "left"))
    nearest, near, far, farthest = (
        [
            *(Spot(x, high, 0, away, across, "bottom") for x, across in sides),
            *(Spot(x, low, 0, -away, across, "top") for x, across in sides),
        ]
        for away in (3, 9, 22, 36)
    )
    return [*nearest, *near, Spot(left, middle, -4, 0, "right"), Spot(right, middle, 4, 0, "left"), *far, *farthest]


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


def note(ax: Axes, text: str, spot: Spot, *, colour: str = INK, leader: bool = False) -> None:
    """Words at a spot of the chart, on a ground that hides what is behind them; a `leader` leads to what they name."""
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
        arrowprops={"arrowstyle": "-", "color": colour, "lw": 0.6, "shrinkA": 0, "shrinkB": 3} if leader else None,
    )


class Wording(NamedTuple):
    """Words of a chart, the places for them, the best first, and their colour."""

    text: str
    spots: Sequence[Spot]
    colour: str


class Placing(NamedTuple):
    """Where words are: in their lines, at a spot, in a box, so far away from what they name.

    The cost is what they cover, and what they cross or nearly touch, together with how far they are.
    """

    text: str
    spot: Spot
    box: Box
    away: float
    cost: tuple[float, float]


@dataclass
class Free:
    """What is taken in a finished chart: boxes that no words may cover, lines that they had better not."""

    ax: Axes
    frame: Box = field(init=False)
    boxes: Boxes = field(default_factory=lambda: np.empty((0, 4)))
    lines: Boxes = field(default_factory=lambda: np.empty((0, 4)))

    def __post_init__(self) -> None:
        left, bottom, _, top = _frame(self.ax)
        alone, high = len(_figure(self.ax).axes) == 1, _figure(self.ax).bbox.y1 - 2
        self.frame = (left + 3, bottom, right_edge(self.ax), high if alone else top)  # a panel keeps to its own
        heading = self.ax.get_title(loc="left").splitlines()
        if alone and heading:
            self.boxes = np.array([(left, top, left + 1.1 * max(map(width, heading)), high)])

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
        """Words at the best of the spots, the first of equals, in two lines if they cover something in one.

        Not `always`: only where nothing is covered. Words far from their spot have a line that leads to it.
        """
        place = self._place(text, spots)
        if always or place.cost[0] == 0:
            self._note(place, colour)
            self._keep(place)

    def write_all(self, waiting: Sequence[Wording]) -> None:
        """Words each at the best of its spots, in the order in which they cover least and are nearest to what they name."""
        taken, tried = self.boxes, []
        for order in (
            waiting,
            waiting[::-1],
            *(sorted(waiting, key=lambda one: way * one.spots[0].x) for way in (1, -1)),
        ):
            self.boxes, placed = taken, []
            for words in order:
                placed.append((words, self._place(words.text, words.spots)))
                self._keep(placed[-1][1])
            tried.append(placed)
            if all(place.cost[0] == 0 and place.away <= FAR for _, place in placed):
                break
        best = min(tried, key=lambda placed: np.sum([place.cost for _, place in placed], axis=0).tolist())
        for words, place in sorted(best, key=lambda one: waiting.index(one[0])):
            self._note(place, words.colour)

    def _place(self, text: str, spots: Sequence[Spot]) -> Placing:
        """The best place for words: in one line, if they cover nothing so or in two lines neither."""
        forms = [text] if "\n" in text else [*dict.fromkeys([text, wrapped(text, HALF * width(text))])]
        tried = [[self._at(form, self._inside(form, spot)) for spot in spots] for form in forms]
        best = [min(places, key=lambda place: place.cost) for places in tried]
        return next((place for place in best if place.cost[0] == 0), min(best, key=lambda place: place.cost[0]))

    def _at(self, text: str, spot: Spot) -> Placing:
        box = self._box(text, spot)
        x, y = self.ax.transData.transform((spot.x, spot.y)).tolist()
        away = np.hypot(max(box[0] - x, x - box[2], 0), max(box[1] - y, y - box[3], 0))
        left, low, right, high = box
        crossed = _overlap(box, self.lines) + _overlap((left - CLOSE, low, right + CLOSE, high), self.boxes)
        return Placing(text, spot, box, float(away), (self._covered(box), crossed + AWAY * float(away)))

    def _note(self, place: Placing, colour: str) -> None:
        note(self.ax, place.text, place.spot, colour=colour, leader=place.away > FAR)
        self.ax.texts[-1].set_in_layout(False)

    def _keep(self, place: Placing) -> None:
        left, low, right, high = place.box
        self.boxes = np.vstack([self.boxes, (left - APART, low, right + APART, high)])

    def _inside(self, text: str, spot: Spot) -> Spot:
        """The spot, moved so that the words stay within the chart."""
        (left, low, right, high), (start, bottom, end, top) = self._box(text, spot), self.frame
        across = max(start - left, 0) or min(end - right, 0)
        up = max(bottom - low, 0) or min(top - high, 0)
        return spot._replace(right=spot.right + across, up=spot.up + up)

    def _box(self, text: str, spot: Spot) -> Box:
        x, y = self.ax.transData.transform((spot.x, spot.y)).tolist()
        lines = text.splitlines() or [""]
        wide, tall = max(map(width, lines)), LINE * len(lines)
        left = x + spot.right - {"left": 0.0, "center": wide / 2, "right": wide}[spot.across]
        bottom = y + spot.up - {"bottom": 0.0, "center": tall / 2, "top": tall}[spot.upright]
        return left, bottom, left + wide, bottom + tall

    def _covered(self, box: Box) -> float:
        """How much words in a box would cover, or be outside of the chart, in square points."""
        outside = (box[2] - box[0]) * (box[3] - box[1]) - _overlap(box, np.array([self.frame]))
        return round(_overlap(box, self.boxes) + outside, 6)


def right_edge(ax: Axes) -> float:
    """How far to the right the words of a chart may reach: to the edge of the picture, or to the next panel."""
    end = ax.get_window_extent().x1
    others = [other.get_window_extent().x0 for other in _figure(ax).axes if other is not ax]
    return float(min([_figure(ax).bbox.x1 - 2, *(start - APART for start in others if start > end)]))


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
