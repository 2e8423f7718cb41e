"""What charts have in common: marks, rows, axes and the legend below.

A figure's standing is told by its mark (`standing`); a range is a capped line with the mark at its low end.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from promotion_book.charts.labels import BEHIND, LINE, SIZE, width, wrapped
from promotion_book.charts.standing import STANDING, WIDTH
from promotion_book.charts.style import GRID, NARROW_WIDTH, Size
from promotion_book.words.language import Language, capitalize
from promotion_book.words.status_words import FIGURE_STATUS

Format = Callable[[float], str]
_HANDLE = (6 + 3 + 6) * WIDTH / 9  # a legend shows two dashes and the gap between them, in letters of 9 points
_BESIDE = 0.8 + 2.0  # between the handle and its label, and between two columns: matplotlib's, in letters
_BAR, _BETWEEN, _ROOM = 12.0, 10.0, 72 * NARROW_WIDTH - 8  # points, on a phone: a bar, between rows, across


def mark(ax: Axes, x: float, y: float, status: str) -> None:
    """One figure, marked by its standing."""
    ax.plot(x, y, zorder=3, **STANDING[status].mark)


def reach(ax: Axes, low: float, *, high: float, place: float, status: str) -> None:
    """A figure at the end of a thin line; for a range, a capped line with the mark of its standing at the low end."""
    ax.hlines(place, 0, low, color=GRID, lw=1)
    if high > low:
        colour = STANDING[status].colour
        for shade, more in (("white", 3), (colour, 0)):
            ax.plot(
                [low, high], [place, place], color=shade, lw=2 + more, marker="|", ms=12 + more, mew=2 + more, zorder=3
            )
    mark(ax, low, place, status)


def mark_handles(statuses: Sequence[str], language: Language) -> list[Artist]:
    """Legend entries for the marks of the standings that occur."""
    return [
        Line2D([], [], label=language.text(FIGURE_STATUS[status]), **look.mark)
        for status, look in STANDING.items()
        if status in statuses
    ]


def line_handle(label: str, look: Mapping[str, Any]) -> Artist:
    """A legend entry for a line that looks as in `LINES`."""
    return Line2D([], [], label=label, **{"lw": WIDTH, **look})


def legend(ax: Axes, size: Size, handles: Sequence[Artist] | None = None, columns: int = 6) -> None:
    """The legend below the chart; without handles, of what was drawn with a label."""
    drawn = list(handles) if handles is not None else list(ax.get_legend_handles_labels()[0])
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    if drawn:
        labels = [str(handle.get_label()) for handle in drawn]
        most = min(2 if size.narrow else columns, len(drawn))
        count = next((n for n in range(most, 1, -1) if _entries_width(labels, n) <= figure.bbox.width), 1)
        figure.legend(
            drawn, labels, loc="outside lower left", ncols=count, frameon=False, fontsize=9, handlelength=_HANDLE
        )


def _entries_width(labels: Sequence[str], columns: int) -> float:
    """The width of a legend whose entries stand in so many columns."""
    return sum(max(map(width, part)) + (_HANDLE + _BESIDE) * SIZE for part in np.array_split(labels, columns))


@dataclass(frozen=True)
class Rows:
    """Where the rows of a chart are, how thick a bar there is, and whether names stand above the bars."""

    places: list[float]
    thickness: float
    above: bool


def rows(ax: Axes, names: Sequence[str], size: Size) -> Rows:
    """Names of rows, the first one on top: at the side; on a phone, if they are long, above their bars."""
    names = [capitalize(name) for name in names]
    if size.narrow and not _short(names):
        return _rows_below_names(ax, names)
    places = [-float(row) for row in range(len(names))]
    ax.set_yticks(places, list(map(_filled, names)))
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(places[-1] - 0.6, 0.6)
    return Rows(places, 0.62, above=False)


def _filled(name: str) -> str:
    """A name at the side, in lines."""
    return textwrap.fill(name, 36, break_long_words=False)


def narrow_height(names: Sequence[str]) -> float:
    """The height in inches that rows with these names need on a phone, with a line of legend."""
    names = [capitalize(name) for name in names]
    room = 24 * len(names) if _short(names) else sum(_row_heights(names))
    return (28 + room) / 72


def rows_height(names: Sized, row: float) -> float:
    """The height in inches that rows of so many inches need on a desk."""
    return 0.7 + row * len(names)


def upright(ax: Axes, x: float, rows: Rows, **style: Any) -> None:
    """A line up the chart; a piece of it at each bar where names stand between the bars."""
    if rows.above:
        places, half = np.array(rows.places), rows.thickness / 2
        ax.vlines(np.full(len(places), x), places - half - 3, places + half, **style)
    else:
        ax.axvline(x, **style)


def _short(names: Sequence[str]) -> bool:
    return all(width(name) <= _ROOM / 4 for name in names)


def _row_heights(names: Sequence[str]) -> list[float]:
    return [LINE * (wrapped(name, _ROOM).count("\n") + 1) + _BAR + _BETWEEN for name in names]


def _rows_below_names(ax: Axes, names: Sequence[str]) -> Rows:
    ends = -np.cumsum(_row_heights(names))
    places = [float(end) + _BETWEEN + _BAR / 2 for end in ends]
    for name, place in zip(names, places, strict=True):
        ax.annotate(
            wrapped(name, _ROOM),
            (0, place + _BAR / 2),
            (0, 2),
            xycoords=ax.get_yaxis_transform(),
            textcoords="offset points",
            va="bottom",
            fontsize=SIZE,
            bbox=BEHIND,
        ).set_in_layout(False)
    ax.set_yticks([])
    ax.set_ylim(float(ends[-1]) + _BETWEEN / 2, 0)
    ax.spines["left"].set_visible(False)
    return Rows(places, _BAR, above=True)


def no_scale(ax: Axes) -> None:
    """No axis below, where every value is written."""
    ax.set_xticks([])
    ax.spines["bottom"].set_visible(False)


def years(ax: Axes, xs: Sequence[float], size: Size) -> None:
    """Whole years across, as many as there is room for, the last one always."""
    first, last = int(min(xs)), int(max(xs))
    step = max(1, -(-(last - first) // (4 if size.narrow else 9)))
    ax.set_xticks(range(last, first - 1, -step), [str(year) for year in range(last, first - 1, -step)])
    ax.set_xlim(first - 0.6, last + 0.7)


def values(ax: Axes, show: Format) -> None:
    """Values up the side, from zero unless the scale has no zero."""
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: show(value)))
    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.grid(axis="y", color=GRID)
    ax.set_axisbelow(True)
    low, high = ax.get_ylim()
    low = 0.0 if ax.dataLim.y0 >= 0 else low
    ax.set_ylim(low, high + (high - low) * 0.08)
