"""The place that is free for words in a finished chart.

Words cover no mark, bar, target or line and no other words, and neither does the line that leads to those that stand far
from what they name, which keep off all of these besides; words that are not wanted at any cost are left out where there
is no such place. Without such a line the mark that they name is the nearest one, with nothing between. Lengths are in
points, as those of `labels`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from promotion_book.charts.boxes import Boxes, apart_from, cover_line, names_another, overlap, reached, without
from promotion_book.charts.labels import APART, LINE, PAD, SHORT, Box, Spot, note, width, wrap_label
from promotion_book.charts.style import INK
from promotion_book.charts.taken import RADIUS, Taken

CLOSE = 5.0  # from words to what they seem to name
READ_ON, BELOW = 18.0, 4.0  # between words that seem to be one: on a line, and in two lines
AWAY = 2.0  # square points that may be crossed to be a point nearer
HALF, FAR = 0.6, 12.0  # of the width of words, for each of two lines; how far they may be from what they name
BESIDE_LEADER = np.array([-2.0, -2.0, 2.0, 2.0])  # around a line that leads to words
SHADED = 30.0  # how much farther words would rather be than on a shade
MISREAD = 150.0  # how much farther they would rather be than nearer to what they do not name


class Wording(NamedTuple):
    """Words of a chart, the places for them, the best first, and their colour.

    Those that are not there `always` are left out where every place covers something.
    """

    text: str
    spots: Sequence[Spot]
    colour: str = INK
    always: bool = True


class Placing(NamedTuple):
    """Where words are: in their lines, at a spot, in a box, with the line that leads to what they name if that is far.

    The cost is what both cover, and what they nearly touch together with how far they are. Words that hide
    something have no ground.
    """

    words: Wording
    text: str
    spot: Spot
    box: Box
    leader: Boxes
    ground: bool
    cost: tuple[float, float]


class Reach(NamedTuple):
    """A spot within the chart, the box of words there, the point that they name, and how far they are from that in points."""

    spot: Spot
    box: Box
    at: NDArray[np.float64]
    away: float


class Wrapped(NamedTuple):
    """Words in their lines, with where each of their spots is, and what other parts of the chart they might seem to name."""

    text: str
    reaches: list[Reach]
    own: Box
    others: Boxes


class FreePlace(NamedTuple):
    """A place for words before others are written: what it covers of the chart, whether a bar, and what it costs besides."""

    spot: Spot
    box: Box
    at: NDArray[np.float64]
    leader: Boxes
    hidden: float
    covered: float
    near: float
    shaded: bool
    on_bar: bool
    misread: bool


@dataclass
class Free:
    """Finds the place for words in a chart. Words that are placed are `taken` with their lines; what a place costs without
    them is found out once.
    """

    ax: Axes
    chart: Taken = field(init=False)
    taken: Boxes = field(default_factory=lambda: np.empty((0, 4)))
    words: Boxes = field(default_factory=lambda: np.empty((0, 4)))
    forms: dict[int, list[Wrapped]] = field(default_factory=dict)
    places: dict[tuple[str, int, Box], FreePlace] = field(default_factory=dict)
    misread: float = AWAY * MISREAD

    def __post_init__(self) -> None:
        self.chart = Taken(self.ax)

    def write(self, waiting: Sequence[Wording]) -> tuple[float, int]:
        """Words each at the best of its spots, in the order in which they cover least and most of them have a place.

        Returns:
            What they cover, in square points, and how many of them have no place.
        """
        named = [self.chart.around([spot[:2] for spot in words.spots]) for words in waiting]
        self.chart.parts = np.vstack([self.chart.parts, *named])
        self.forms = {id(words): self._forms(words, own) for words, own in zip(waiting, named, strict=True)}
        best = self._try_orders(waiting)
        if _total(best)[:2] > (0, -len(waiting)):
            self.misread = 0.0
            best = min(best, self._try_orders(waiting), key=_total)
        for place in sorted(best, key=lambda place: waiting.index(place.words)):
            self._note(place)
        covered, written, _ = _total(best)
        return covered, len(waiting) + written

    def _forms(self, words: Wording, own: Box) -> list[Wrapped]:
        """Words in one line and in two, if they are not in lines already; they name what their spots are around."""
        text, others = words.text, apart_from(self.chart.parts, own)
        texts = [text] if "\n" in text else [*dict.fromkeys([text, wrap_label(text, HALF * width(text))])]
        return [Wrapped(text, [self._reach(text, spot) for spot in words.spots], own, others) for text in texts]

    def _try_orders(self, waiting: Sequence[Wording]) -> list[Placing]:
        """Words placed in the best of some orders."""
        tried: list[list[Placing]] = []
        ranks = zip(*((n, *one.spots[0][:2], len(one.text)) for n, one in enumerate(waiting)), strict=True)
        for rank, way in product(ranks, (1, -1)):
            tried.append(self._placed([waiting[n] for n in sorted(range(len(rank)), key=lambda n: way * rank[n])]))
            if len(tried[-1]) == len(waiting) and not any(place.cost[0] or len(place.leader) for place in tried[-1]):
                break
        return min(tried, key=_total)

    def _placed(self, order: Sequence[Wording]) -> list[Placing]:
        """Words placed one after the other."""
        placed, self.taken, self.words = list[Placing](), np.empty((0, 4)), np.empty((0, 4))
        for words in order:
            place = self._place(words)
            if words.always or not place.cost[0]:
                placed.append(place)
                left, low, right, high = place.box
                self.taken = np.vstack([self.taken, (left - APART, low, right + APART, high), place.leader])
                self.words = np.vstack([self.words, place.box])
        return placed

    def _place(self, words: Wording) -> Placing:
        """The best place for words: in one line, if they cover nothing so or in two lines neither."""
        best = [self._best(words, form) for form in self.forms[id(words)]]
        return next((place for place in best if place.cost[0] == 0), min(best, key=lambda place: place.cost[0]))

    def _best(self, words: Wording, form: Wrapped) -> Placing:
        """The place that costs least, of several the first; what is so far that it costs more is not looked at."""
        far = [AWAY * reach.away for reach in form.reaches]
        best, found = 0, self._at(words, form.text, self._free_place(form, 0))
        for n in sorted(range(1, len(far)), key=far.__getitem__):
            if (0, far[n]) > found.cost:
                break
            place = self._free_place(form, n)
            if (round(place.covered, 6), place.near + self.misread * place.misread) <= found.cost:
                other = self._at(words, form.text, place)
                if (other.cost, n) < (found.cost, best):
                    best, found = n, other
        return found

    def _at(self, words: Wording, text: str, one: FreePlace) -> Placing:
        """Words at a place, with what they cover and nearly touch of the chart and of the words that are placed."""
        left, low, right, high = one.box
        around = left - READ_ON, low - BELOW, right + READ_ON, high + BELOW
        taken = reached(around, self.taken)
        hidden = overlap(_ground(one.box, one.leader), taken)
        crossed = overlap(one.leader + BESIDE_LEADER, without(self.taken, one.at)) if len(one.leader) else 0.0
        read_on = overlap(around, self.words) if len(taken) else 0.0
        near = (
            one.near + self.misread * one.misread + read_on + overlap((left - CLOSE, low, right + CLOSE, high), taken)
        )
        ground = one.on_bar or not (one.hidden or hidden or one.shaded)
        cost = round(one.covered + hidden + crossed, 6), near
        return Placing(words, text, one.spot, one.box, one.leader, ground, cost)

    def _reach(self, text: str, spot: Spot) -> Reach:
        inside = self._inside(text, spot)
        box, at = self._box(text, inside), self.ax.transData.transform((spot.x, spot.y))
        return Reach(inside, box, at, float(np.hypot(*(at - at.clip(box[:2], box[2:])))))

    def _free_place(self, form: Wrapped, number: int) -> FreePlace:
        key = form.text, number, form.own
        if key not in self.places:
            self.places[key] = self._place_at(form.reaches[number], form)
        return self.places[key]

    def _place_at(self, reach: Reach, form: Wrapped) -> FreePlace:
        spot, box, at, away = reach
        left, low, right, high = box
        begin = at.clip(box[:2], box[2:])
        leader = cover_line(begin, at + (begin - at) * SHORT / away) if away > FAR else np.empty((0, 4))
        boxes = reached((left - CLOSE, low - PAD, right + CLOSE, high + PAD), self.chart.boxes)
        ground = _ground(box, leader)
        hidden = overlap(ground, boxes) + overlap(ground, reached(ground, self.chart.lines))
        covered = hidden + self._outside(box)
        near = overlap((left - CLOSE, low, right + CLOSE, high), boxes)
        if len(leader):
            covered += overlap(leader + BESIDE_LEADER, without(self.chart.boxes, at))
            near += overlap(leader, self.chart.lines)
        shaded = any(shade.intersects_bbox(Bbox.from_extents(*box)) for shade in self.chart.shades)
        on_bar = overlap(box, self.chart.bars) > 0  # where nobody could read them without a ground
        misread = not len(leader) and (names_another(box, form.own, form.others) or self._cut_off(box, form.own))
        near += AWAY * (away + SHADED * shaded)
        return FreePlace(spot, box, at, leader, hidden, covered, near, shaded, on_bar, misread)

    def _cut_off(self, box: Box, own: Box) -> bool:
        """Whether a line lies between words and what they name above or below them, so that they seem to name the line."""
        left, right = max(box[0], own[0]) - 1, min(box[2], own[2]) + 1
        low, high = min(box[3], own[3] + RADIUS), max(box[1], own[1] - RADIUS)
        between = left, low, right, high
        return left < right and low < high and overlap(between, self.chart.lines) > 0

    def _note(self, place: Placing) -> None:
        left, low, right, high = place.box
        x, y = self.ax.transData.transform((place.spot.x, place.spot.y)).clip(place.box[:2], place.box[2:])
        begin = ((x - left) / (right - left), (y - low) / (high - low)) if len(place.leader) else None
        note(self.ax, place.text, place.spot, colour=place.words.colour, ground=place.ground, leader=begin)
        self.ax.texts[-1].set_in_layout(False)

    def _inside(self, text: str, spot: Spot) -> Spot:
        """The spot, moved so that the words stay within the chart."""
        (left, low, right, high), (start, bottom, end, top) = self._box(text, spot), self.chart.frame
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

    def _outside(self, box: Box) -> float:
        """How much of a box is outside of the chart, in square points."""
        (left, low, right, high), (start, bottom, end, top) = box, self.chart.frame
        inside = max(0.0, min(right, end) - max(left, start)) * max(0.0, min(high, top) - max(low, bottom))
        return (right - left) * (high - low) - inside


def _total(placed: list[Placing]) -> tuple[float, int, float]:
    """What words cover together, how many of them there are, the most first, and what else they cost."""
    return sum(place.cost[0] for place in placed), -len(placed), sum(place.cost[1] for place in placed)


def _ground(box: Box, leader: Boxes) -> Box:
    """Words with their ground, which is wider where a line leads to them."""
    left, low, right, high = box
    aside = CLOSE if len(leader) else PAD
    return left - aside, low - PAD, right + aside, high + PAD
