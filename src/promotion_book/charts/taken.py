"""What is taken in a finished chart: marks, bars, targets and lines, which no words may cover, and shades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, starmap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection, PolyCollection
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from promotion_book.charts.boxes import Boxes, cover_line
from promotion_book.charts.labels import APART, Box, width
from promotion_book.charts.style import figure_of, settle

RADIUS = 4.0  # points: of a mark, with the ground of the words beside it


@dataclass
class Taken:
    """What is taken in a chart: its `boxes`, with those of its `bars`, and `lines`; the `parts` that words may name, `shades`,
    and the `frame` that words keep to.
    """

    ax: Axes
    frame: Box = field(init=False)
    boxes: Boxes = field(default_factory=lambda: np.empty((0, 4)))
    bars: Boxes = field(default_factory=lambda: np.empty((0, 4)))
    lines: Boxes = field(default_factory=lambda: np.empty((0, 4)))
    parts: Boxes = field(default_factory=lambda: np.empty((0, 4)))
    shades: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        settle(figure_of(self.ax))
        left, bottom, _, top = map(float, self.ax.get_window_extent().extents)
        alone, high = len(figure_of(self.ax).axes) == 1, figure_of(self.ax).bbox.y1 - 2
        self.frame = (left + 3, bottom + 3, right_edge(self.ax), high if alone else top)  # a panel keeps to its own
        heading = self.ax.get_title(loc="left").splitlines()
        if alone and heading:
            self.boxes = np.array([(left, top, left + 1.1 * max(map(width, heading)), high)])
        for line in self.ax.lines:
            self._take_line(line)
        for words in self.ax.texts:
            self.boxes = np.vstack([self.boxes, words.get_window_extent().extents])
        for patch in self.ax.patches:
            self._take(patch.get_path().get_extents(patch.get_patch_transform()), around=1)
        self.bars = self.boxes[len(self.boxes) - len(self.ax.patches) :]
        for collection in self.ax.collections:
            if isinstance(collection, PolyCollection) and len(collection.get_facecolor()):
                self.shades += [path.transformed(self.ax.transData) for path in collection.get_paths()]
            elif isinstance(collection, PathCollection):
                self._take_marks(np.asarray(collection.get_offsets(), float))
            else:
                self._take(collection.get_datalim(self.ax.transData), around=1)

    def _take(self, part: Bbox, around: float) -> None:
        """Nothing may cover this part of the chart, nor what lies so many points `around` it."""
        if np.isfinite(part.extents).all():  # a layer without a row has no place
            self.boxes = np.vstack([self.boxes, part.transformed(self.ax.transData).padded(around).extents])

    def _take_marks(self, points: NDArray[np.float64]) -> None:
        self.parts = np.vstack([self.parts, *(self.around([point]) for point in points)])
        for point in points:
            self._take(Bbox([point, point]), around=RADIUS)

    def around(self, points: Sequence[tuple[float, ...]] | NDArray[np.float64]) -> Box:
        """The least box around some points of the chart."""
        places = self.ax.transData.transform(points)
        (left, low), (right, high) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
        return left, low, right, high

    def _take_line(self, line: Line2D) -> None:
        """Nothing may cover the marks of a line, nor the line itself."""
        points = np.column_stack([np.asarray(ends, float) for ends in line.get_data()])
        points = points[np.isfinite(points).all(axis=1)]  # a bar of one figure has a range without ends
        if line.get_marker() != "None":
            self._take_marks(points)
        if line.get_linestyle() != "None":
            self.lines = np.vstack([self.lines, *starmap(cover_line, pairwise(line.get_transform().transform(points)))])


def right_edge(ax: Axes) -> float:
    """How far to the right the words of a chart may reach: to the edge of the picture, or to what is at the next panel."""
    end, others = ax.get_window_extent().x1, [other for other in figure_of(ax).axes if other is not ax]
    beyond = [other for other in others if other.get_window_extent().x0 > end]
    starts = [box.x0 for other in beyond for box in (other.yaxis.get_tightbbox(), other.get_window_extent()) if box]
    return float(min([figure_of(ax).bbox.x1 - 2, *(start - 3 * APART for start in starts)]))
