"""What charts over the years are made of: figures, targets, and lines that are not observed.

A chart draws its elements, then its legend, and writes the words last: they go where there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from promotion_book.charts import axes, labels
from promotion_book.charts.axes import Format
from promotion_book.charts.labels import Box
from promotion_book.charts.layers import HEADROOM, draw_target, name_end, readable, write
from promotion_book.charts.standing import HATCH, LINES, TARGET
from promotion_book.charts.style import DPI, Size
from promotion_book.words.language import Language

INSIDE = 0.85  # of the width of a picture, for what is drawn


@dataclass(frozen=True)
class Mark:
    """One figure of a series: its year, value and status."""

    x: float
    y: float
    status: str


@dataclass(frozen=True)
class Goal:
    """A target: the years it covers, its low and high end (equal for a point), and its label."""

    start: float
    end: float
    low: float
    high: float
    label: str


@dataclass(frozen=True)
class Path:
    """A line over the years: `observed` (whole), `projected` (short dashes), `required` (dashed) or `assumed` (dotted)."""

    xs: Sequence[float]
    ys: Sequence[float]
    label: str
    style: str = "required"


@dataclass(frozen=True)
class Elements:
    """The figures of a series, targets, the paths to them, and the lines that go on `ahead` from the last figure."""

    marks: Sequence[Mark]
    goals: Sequence[Goal] = ()
    paths: Sequence[Path] = ()
    ahead: Sequence[Path] = ()

    @property
    def joined(self) -> Path:
        """The line through the figures."""
        return Path([mark.x for mark in self.marks], [mark.y for mark in self.marks], "", "observed")


def draw_elements(ax: Axes, elements: Elements, show: Format) -> None:
    """Draw all but the words, with years across and values up the side."""
    for mark in elements.marks:
        axes.mark(ax, mark.x, mark.y, mark.status)
    for goal in elements.goals:
        draw_target(ax, _box(goal))
    for line in (elements.joined, *elements.ahead, *elements.paths):
        ax.plot(line.xs, line.ys, zorder=2, **LINES[line.style])
    ax.margins(y=HEADROOM)
    readable(ax, show)


def write_elements(ax: Axes, size: Size, *, elements: Elements, show: Format) -> None:
    """Write values and labels where the finished chart has room for them."""
    _write_values(ax, elements.marks, show=show, size=size)
    for goal in elements.goals:
        write(ax, goal.label, labels.beside(_box(goal)), colour=TARGET)
    for line in (*elements.paths, *elements.ahead):
        if line.label:
            name_end(ax, line.label, line.xs[-1], line.ys[-1], colour=str(LINES[line.style]["color"]))


def _write_values(ax: Axes, marks: Sequence[Mark], *, show: Format, size: Size) -> None:
    texts = [show(point.y) for point in marks]
    fits = sum(labels.width(text) + labels.GAP / 2 for text in texts) <= DPI * size.width * INSIDE
    for index in _labelled(marks, fits, size=size):
        write(ax, texts[index], labels.around(marks[index].x, marks[index].y), always=index in (0, len(marks) - 1))


def _labelled(marks: Sequence[Mark], fits: bool, *, size: Size) -> list[int]:
    """The marks whose value is written: all if they fit, else last, first, highest, lowest; on a phone last and first."""
    last, heights = len(marks) - 1, [m.y for m in marks]
    chosen = [last, 0] if size.narrow else [last, 0, int(np.argmax(heights)), int(np.argmin(heights))]
    return list(dict.fromkeys([*chosen, *(range(len(marks)) if fits else [])]))


def _box(goal: Goal) -> Box:
    """The rectangle that a target covers."""
    return goal.start - 0.35, goal.low, goal.end + 0.35, goal.high


def goal_handles(goals: Sequence[Goal], paths: Sequence[Path], *, language: Language) -> list[Artist]:
    """Legend entries for the targets and paths that occur."""
    text, styles = language.text, {path.style for path in paths}
    handles: list[Artist] = []
    if any(goal.high > goal.low for goal in goals):
        handles.append(Patch(facecolor="none", edgecolor=TARGET, hatch=HATCH, label=text("target range")))
    if any(goal.high == goal.low for goal in goals):
        handles.append(axes.line_handle(text("target"), {"color": TARGET}))
    if "required" in styles:
        handles.append(axes.line_handle(text("required path"), LINES["required"]))
    if "assumed" in styles:
        handles.append(axes.line_handle(text("assumed path"), LINES["assumed"]))
    return handles
