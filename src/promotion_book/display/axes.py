"""What charts have in common: marks, labels, axes and the legend below.

A figure's standing is told by its mark, in grey as in colour: observed filled, estimate hollow,
provisional a square, derived a hollow diamond, plan a hollow triangle, target a plus sign.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator

from promotion_book.display.language import Language
from promotion_book.display.style import GRID, INK, PALETTE, Size
from promotion_book.display.words import FIGURE_STATUS

Format = Callable[[float], str]
FIGURE, TARGET, ASSUMED = PALETTE[0], PALETTE[2], PALETTE[4]
REQUIRED_DASH, ASSUMED_DASH = (6, 3), (1.5, 2)
HATCH = "////"

_MARKERS = {"actual": "o", "estimate": "o", "provisional": "s", "derived": "D", "plan": "^", "target": "P"}
_HOLLOW = ("estimate", "plan", "derived")
_BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}


def mark(ax: Axes, x: float, y: float, status: str) -> None:
    """One figure, marked by its standing."""
    ax.plot(x, y, zorder=3, **_marking(status))  # type: ignore[arg-type]


def _marking(status: str) -> dict[str, object]:
    colour = TARGET if status == "target" else FIGURE
    face = "white" if status in _HOLLOW else colour
    return {"marker": _MARKERS[status], "ms": 7.5, "mfc": face, "mec": colour, "mew": 1.7, "lw": 0}


def note(
    ax: Axes,
    text: str,
    at: tuple[float, float],
    offset: tuple[float, float] = (0, 0),
    colour: str = INK,
    across: str = "center",
    up: str = "center",
    strong: bool = False,
) -> None:
    """A label at a point of the chart; `across` and `up` say which side of it stands there."""
    ax.annotate(
        text,
        at,
        offset,
        textcoords="offset points",
        ha=across,
        va=up,
        color=colour,
        fontsize=9,
        weight="bold" if strong else "normal",
        bbox=_BEHIND,
        zorder=5,
        annotation_clip=False,
    )


def standing_handles(statuses: Sequence[str], language: Language) -> list[Artist]:
    """Legend entries for the standings that occur."""
    return [
        Line2D([], [], label=language.text(FIGURE_STATUS[status]), **_marking(status))  # type: ignore[arg-type]
        for status in _MARKERS
        if status in statuses
    ]


def line_handle(label: str, colour: str, dashes: tuple[float, float] | None = None) -> Artist:
    """A legend entry for a line."""
    line = Line2D([], [], color=colour, lw=2, label=label)
    if dashes:
        line.set_dashes(dashes)
    return line


def legend(ax: Axes, size: Size, handles: Sequence[Artist] | None = None, columns: int = 6) -> None:
    """The legend below the chart; without handles, of what was drawn with a label."""
    drawn = list(handles) if handles is not None else list(ax.get_legend_handles_labels()[0])
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    if drawn:
        labels = [str(handle.get_label()) for handle in drawn]
        count = min(2 if size.narrow else columns, len(drawn))
        figure.legend(drawn, labels, loc="outside lower left", ncols=count, frameon=False, fontsize=9, handlelength=2.2)


def categories(ax: Axes, labels: Sequence[str], size: Size) -> None:
    """Names down the side, the first one on top."""
    width = 17 if size.narrow else 34
    ax.set_yticks(range(len(labels))[::-1], [textwrap.fill(label, width, break_long_words=False) for label in labels])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(-0.6, len(labels) - 0.4)


def years(ax: Axes, xs: Sequence[float], size: Size) -> None:
    """Whole years across, as many as there is room for, the last one always."""
    first, last = int(min(xs)), int(max(xs))
    step = max(1, -(-(last - first) // (4 if size.narrow else 9)))
    ax.set_xticks(range(last, first - 1, -step), [str(year) for year in range(last, first - 1, -step)])
    ax.set_xlim(first - 0.6, last + 0.7)


def values(ax: Axes, show: Format, zero: bool = True) -> None:
    """Values up the side, from zero unless the scale has no zero."""
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: show(value)))
    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.grid(axis="y", color=GRID)
    ax.set_axisbelow(True)
    low, high = ax.get_ylim()
    ax.set_ylim(min(0.0, low) if zero else low, high + (high - low) * 0.08)


def values_across(ax: Axes, show: Format, ticks: int) -> None:
    """Values across the bottom."""
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: show(value)))
    ax.xaxis.set_major_locator(MaxNLocator(ticks))
    ax.grid(axis="x", color=GRID)
    ax.set_axisbelow(True)
