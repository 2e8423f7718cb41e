"""What charts over the years are made of: figures, targets, and paths that are not observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from promotion_book.display import axes, labels
from promotion_book.display.axes import ASSUMED, ASSUMED_DASH, HATCH, PATH, REQUIRED_DASH, TARGET, Format
from promotion_book.display.labels import Box, Free
from promotion_book.display.language import Language
from promotion_book.display.style import Size


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
    """A line of figures that is not observed: `required` (dashed) or `assumed` (dotted)."""

    xs: Sequence[float]
    ys: Sequence[float]
    label: str
    style: str = "required"


def taken(ax: Axes, marks: Sequence[Mark], goals: Sequence[Goal], lines: Sequence[Path]) -> Free:
    """The places of a chart that its figures, targets and lines leave free for words."""
    free = Free(ax)
    for point in marks:
        free.take((point.x, point.y, point.x, point.y), around=5)
    for goal in goals:
        free.take(box(goal), around=1)
    for line in lines:
        free.take_line(line.xs, line.ys)
    return free


def labelled_values(free: Free, marks: Sequence[Mark], show: Format, size: Size) -> None:
    """Write the values of figures where there is room."""
    texts = [show(point.y) for point in marks]
    ends = {0, len(marks) - 1}
    for index in _labelled(marks, free.fits(texts), size):
        free.write(texts[index], labels.around(marks[index].x, marks[index].y), always=index in ends)


def _labelled(marks: Sequence[Mark], fits: bool, size: Size) -> list[int]:
    """The marks whose value is written: all if they fit, else last, first, highest, lowest; on a phone last and first."""
    last, heights = len(marks) - 1, [m.y for m in marks]
    chosen = [last, 0] if size.narrow else [last, 0, int(np.argmax(heights)), int(np.argmin(heights))]
    return list(dict.fromkeys([*chosen, *(range(len(marks)) if fits else [])]))


def box(goal: Goal) -> Box:
    """The rectangle that a target covers."""
    return goal.start - 0.35, goal.low, goal.end + 0.35, goal.high


def draw_goal(ax: Axes, goal: Goal) -> None:
    """A target: a hatched range, or a line for a point."""
    left, low, right, high = box(goal)
    if high > low:
        ax.fill_between([left, right], low, high, facecolor="none", edgecolor=TARGET, hatch=HATCH, lw=1)
    else:
        ax.hlines(low, left, right, color=TARGET, lw=2.5)


def path_colour(path: Path) -> str:
    """The colour of a path and its label."""
    return TARGET if path.style == "required" else ASSUMED


def draw_path(ax: Axes, path: Path) -> None:
    """A path: dashed where required, dotted where assumed."""
    dashes = REQUIRED_DASH if path.style == "required" else ASSUMED_DASH
    ax.plot(path.xs, path.ys, color=path_colour(path), lw=PATH, dashes=dashes, zorder=2)


def goal_handles(goals: Sequence[Goal], paths: Sequence[Path], language: Language) -> list[Artist]:
    """Legend entries for the targets and paths that occur."""
    text, styles = language.text, {path.style for path in paths}
    handles: list[Artist] = []
    if any(goal.high > goal.low for goal in goals):
        handles.append(Patch(facecolor="none", edgecolor=TARGET, hatch=HATCH, label=text("target range")))
    if any(goal.high == goal.low for goal in goals):
        handles.append(axes.line_handle(text("target"), TARGET))
    if "required" in styles:
        handles.append(axes.line_handle(text("required path"), TARGET, REQUIRED_DASH))
    if "assumed" in styles:
        handles.append(axes.line_handle(text("assumed path"), ASSUMED, ASSUMED_DASH))
    return handles
