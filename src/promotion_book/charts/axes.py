"""What charts have in common: marks, axes and the legend below. A figure's standing is told by its mark (`standing`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D

from promotion_book.charts.labels import SIZE, width
from promotion_book.charts.standing import STANDING, WIDTH, Look
from promotion_book.charts.style import MUTED, Size, figure_of

Format = Callable[[float], str]
COLUMNS = 6  # of a legend on a desk, at most
_HANDLE = (6 + 3 + 6) * WIDTH / 9  # a legend shows two dashes and the gap between them, in letters of 9 points
_BESIDE = 0.8 + 2.0  # between the handle and its label, and between two columns: matplotlib's, in letters


def mark(ax: Axes, x: float | list[float], y: float | list[float], status: str, colour: str = "") -> None:
    """One figure, or none, marked by its standing, in the colour of that or in another."""
    look = STANDING[status]
    ax.plot(x, y, zorder=3, **(replace(look, colour=colour) if colour else look).mark)


def legend(ax: Axes, size: Size, handles: Sequence[Artist] | None = None) -> None:
    """The legend below the chart; without handles, of what was drawn with a label.

    What has one name has one entry, also where it has two looks. Observed figures alone need no legend.
    """
    figure = figure_of(ax)
    known = list(handles) if handles is not None else list(ax.get_legend_handles_labels()[0])
    drawn = _neutral(figure, [*{(type(handle), handle.get_label()): handle for handle in known}.values()])
    if all(map(_is_observed, drawn)):
        return
    labels = [*dict.fromkeys(str(handle.get_label()) for handle in drawn)]
    looks: Any = [tuple(handle for handle in drawn if handle.get_label() == label) for label in labels]
    most = min(2 if size.narrow else COLUMNS, len(labels))
    count = next((n for n in range(most, 1, -1) if _entries_width(labels, n) <= figure.bbox.width), 1)
    figure.legend(
        [found if len(found) > 1 else found[0] for found in looks],
        labels,
        handler_map={tuple: HandlerTuple(ndivide=None)},
        loc="outside lower left",
        ncols=count,
        frameon=False,
        fontsize=9,
        handlelength=_HANDLE,
    )


def _neutral(figure: Figure, handles: Sequence[Artist]) -> list[Artist]:
    """Legend entries whose marks are grey where the marks of a picture have several colours: a mark tells the standing alone."""
    marks = [line for ax in figure.axes for line in ax.lines if _is_mark(line)]
    if len({to_hex(line.get_markeredgecolor()) for line in marks}) < 2:
        return list(handles)
    return [_grey(handle) if isinstance(handle, Line2D) and _is_mark(handle) else handle for handle in handles]


def _is_mark(line: Line2D) -> bool:
    """Whether a line is a mark alone."""
    return line.get_marker() != "None" and not line.get_linewidth()


def _is_observed(handle: Artist) -> bool:
    """Whether a legend entry is that of observed figures."""
    observed = replace(STANDING["actual"], colour=MUTED)
    return isinstance(handle, Line2D) and _is_mark(handle) and _look_in_grey(handle) == observed


def _grey(mark: Line2D) -> Line2D:
    """A legend entry for a mark without its colour."""
    return Line2D([], [], label=str(mark.get_label()), **_look_in_grey(mark).mark)


def _look_in_grey(mark: Line2D) -> Look:
    filled = to_hex(mark.get_markerfacecolor()) == to_hex(mark.get_markeredgecolor())
    return Look(str(mark.get_marker()), filled, MUTED)


def _entries_width(labels: Sequence[str], columns: int) -> float:
    """The width of a legend whose entries stand in so many columns."""
    return sum(max(map(width, part)) + (_HANDLE + _BESIDE) * SIZE for part in np.array_split(labels, columns))
