"""Bars across, a row for each name: the names are beside them on a desk, and above them on a phone, which is too narrow.

A picture is as high as its rows need. Lengths are in points.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.category import StrCategoryFormatter
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from promotion_book.charts.contrast import PART, contrast
from promotion_book.charts.labels import APART, BEHIND, LINE, SIZE, shorten_label
from promotion_book.charts.style import DPI, MUTED, Size, figure_of

BAR, GAP = 12.0, 3.0  # how thick a bar is on a phone, and how far its name is from it
USUAL = 0.8  # the part of a row that bars take where nobody says otherwise


def row_names(ax: Axes) -> list[str]:
    """The names of the rows of a chart; none where what stands at its side are numbers."""
    named = isinstance(ax.yaxis.get_major_formatter(), StrCategoryFormatter)
    return [label.get_text() for label in ax.get_yticklabels()] if named else []


def outline(ax: Axes) -> None:
    """A line around each bar: of the ground, so that those that touch are told apart; a dark one where a bar is too pale."""
    for bar in ax.patches:
        colour = to_rgba(bar.get_facecolor())
        if colour[3]:
            bar.set(edgecolor="white" if contrast(colour, "white") >= PART else MUTED, linewidth=0.8)


def fit_rows(ax: Axes, names: list[str], size: Size) -> None:
    """Give the rows of a chart the height that their names need, once all around it is drawn."""
    for words in ax.texts:
        words.set_in_layout(False)  # `make_room` has room for them
    if size.narrow:
        _write_above(ax, [shorten_label(name, DPI * size.width - 2 * APART) for name in names])
    else:
        lines = max(label.get_text().count("\n") + 1 for label in ax.get_yticklabels())
        _make_high(ax, len(names) * (lines * LINE + APART), shrink=False)


def _write_above(ax: Axes, names: list[str]) -> None:
    """Put each name above its bars, from the left edge on; what was rows along the axis is points from the top then."""
    bars = [bar for bar in ax.patches if isinstance(bar, Rectangle)]
    thick = BAR * max(1, round(USUAL / min((bar.get_height() for bar in bars), default=USUAL)))
    heights = [LINE * (name.count("\n") + 1) + GAP + thick + 2 * APART for name in names]
    down = 1 if ax.yaxis_inverted() else -1
    ends = np.cumsum(heights if down > 0 else heights[::-1])[::down] - APART

    def moved(y: float) -> float:
        row = min(max(round(y), 0), len(names) - 1)
        return float(ends[row] - thick / 2 + down * (y - row) * thick / USUAL)

    for bar in bars:
        low, high = sorted((moved(bar.get_y()), moved(bar.get_y() + bar.get_height())))
        bar.set(y=low, height=high - low)
    for words in (words for words in ax.texts if isinstance(words, Annotation)):
        words.xy = (words.xy[0], moved(words.xy[1]))
        if words.anncoords == "data":
            words.set_position((words.get_position()[0], words.xy[1]))
    ax.set_ylim(sum(heights), 0)
    ax.set_yticks(ends - thick - GAP, names, ha="left", va="bottom", fontsize=SIZE, bbox=BEHIND)
    ax.tick_params(axis="y", length=0, pad=-GAP)
    ax.yaxis.set_zorder(3)
    _make_high(ax, sum(heights), shrink=True)


def _make_high(ax: Axes, height: float, *, shrink: bool) -> None:
    """Make a picture so much higher, or lower too, that its axes are so high."""
    figure = figure_of(ax)
    engine = figure.get_layout_engine()
    if engine is None:
        return
    engine.execute(figure)
    missing = height - ax.get_window_extent().height
    if missing > 0 or shrink:
        figure.set_figheight(figure.get_figheight() + missing / DPI)
