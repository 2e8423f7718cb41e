"""Bars across: where their values stand, and the line they are measured against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from promotion_book.charts import axes, labels
from promotion_book.charts.axes import Rows
from promotion_book.charts.labels import Spot
from promotion_book.charts.standing import STANDING, TARGET
from promotion_book.charts.style import INK

Fill = Mapping[str, Any]
FILLED: Fill = STANDING["actual"].bar
HOLLOW: Fill = STANDING["estimate"].bar
_AWAY, _WITHIN = 8.0, 6.0  # points between the end of a bar and its value, beside it and inside it


def bar(ax: Axes, value: float, place: float, thickness: float, fill: Fill) -> None:
    """A bar across a row."""
    ax.barh(place, value, thickness, lw=1.4, **fill)


def handle(label: str, fill: Fill) -> Artist:
    """A legend entry for bars of a filling."""
    return Patch(label=label, **fill)


def written(ax: Axes, places: Sequence[float], ends: Sequence[float], shown: Sequence[str], low: float = 0.0) -> None:
    """Words at the right of bars and marks, with the axis as long as they need."""
    labels.limit(ax, [(end, labels.width(text)) for end, text in zip(ends, shown, strict=True)], low)
    for place, end, text in zip(places, ends, shown, strict=True):
        labels.note(ax, text, Spot(end, place, _AWAY, 0, "left"))


def target(ax: Axes, at: float, rows: Rows) -> None:
    """The line that bars are measured against, to be seen on a dark bar too."""
    axes.upright(ax, at, rows, color=TARGET, lw=2, zorder=4, path_effects=[withStroke(linewidth=4, foreground="white")])


def written_clear(
    ax: Axes, rows: Rows, *, ends: Sequence[float], shown: Sequence[str], fills: Sequence[Fill], line: float
) -> None:
    """Words beside bars, none of them across the line: inside the bar if they fit there, else beyond the line."""
    labels.limit(ax, [(max(end, line), labels.width(text)) for end, text in zip(ends, shown, strict=True)])
    for place, end, text, fill in zip(rows.places, ends, shown, fills, strict=True):
        words, length = labels.width(text), labels.length(ax, end)
        if end >= line or length + _AWAY + words + labels.APART <= labels.length(ax, line):
            labels.note(ax, text, Spot(end, place, _AWAY, 0, "left"))
        elif words + 2 * _WITHIN <= length:
            colour = INK if fill["facecolor"] == "white" else "white"
            labels.note(ax, text, Spot(end, place, -_WITHIN, 0, "right"), colour=colour, ground="none")
        else:
            labels.note(ax, text, Spot(line, place, _AWAY, 0, "left"))
