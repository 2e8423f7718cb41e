"""The chart of scenarios: known figures, and one line a scenario with a letter and its value at the end.

Lines are told apart by dash, mark and letter, in grey as in colour. Nothing is shaded: between two
scenarios there is no probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from promotion_book.charts import axes, labels
from promotion_book.charts.axes import Format
from promotion_book.charts.elements import Mark
from promotion_book.charts.labels import LINE, Spot
from promotion_book.charts.standing import LINES
from promotion_book.charts.style import PALETTE, Draw, Size, settle
from promotion_book.words.language import Language

DASHES: tuple[Any, ...] = ((5, 2), (1.5, 1.5), (7, 2, 1.5, 2), (3, 3), (9, 3), (2, 1, 2, 4))
MARKS = ("s", "^", "D", "v", "P", "X", "o", "<")
WRAP, ROOM, AXIS = 195.0, 460.0, 75.0  # points: the key on a phone and on a desk, values at the side


@dataclass(frozen=True)
class Course:
    """One scenario as the chart shows it: its letter, its name, its figures by year, and the last one in words."""

    letter: str
    name: str
    years: Sequence[int]
    values: Sequence[float]
    end: str

    def key(self, narrow: bool) -> str:
        """What the key says; on a phone with the last figure, for which the chart has no room."""
        letter = f"{self.letter}, {self.end}" if narrow else self.letter
        return labels.wrapped(f"{letter}: {self.name}", WRAP if narrow else ROOM)


def scenario_chart(
    figures: Sequence[Mark], joined: bool, *, courses: Sequence[Course], show: Format, language: Language
) -> Draw:
    """Known figures and scenarios over the years. `joined` figures form a series."""

    def draw(ax: Axes, size: Size) -> None:
        if joined:
            ax.plot([mark.x for mark in figures], [mark.y for mark in figures], zorder=2, **LINES["observed"])
        for mark in figures:
            axes.mark(ax, mark.x, mark.y, mark.status)
        for number, course in enumerate(courses):
            ax.plot(course.years, course.values, zorder=3, **_style(number))
        axes.years(ax, [*(mark.x for mark in figures), *(year for course in courses for year in course.years)], size)
        axes.values(ax, show)
        ends = [course.letter if size.narrow else f"{course.letter}: {course.end}" for course in courses]
        first, last = ax.get_xlim()
        words = max(map(labels.width, ends)) + 14
        ax.set_xlim(first, last + (last - first) * words / (72 * size.width - AXIS - words))
        _key(ax, size, figures=figures, courses=courses, language=language)
        _ends(ax, courses, words=ends)

    return draw


def _style(number: int) -> dict[str, Any]:
    colour = PALETTE[number % len(PALETTE)]
    mark = {"marker": MARKS[number % len(MARKS)], "ms": 5, "mfc": "white", "mec": colour, "clip_on": False}
    return {"color": colour, "lw": 1.6, "dashes": DASHES[number % len(DASHES)], **mark}


def _key(ax: Axes, size: Size, *, figures: Sequence[Mark], courses: Sequence[Course], language: Language) -> None:
    handles = axes.mark_handles([mark.status for mark in figures], language)
    handles += [
        Line2D([], [], label=course.key(size.narrow), **_style(number)) for number, course in enumerate(courses)
    ]
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    names = [str(handle.get_label()) for handle in handles]
    figure.legend(handles, names, loc="outside lower left", ncols=1, frameon=False, fontsize=9, handlelength=3.2)


def _ends(ax: Axes, courses: Sequence[Course], *, words: Sequence[str]) -> None:
    """The words at the ends of the lines, moved apart where they would cover each other."""
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    settle(figure)
    spots = [(course.years[-1], course.values[-1]) for course in courses]
    heights = np.asarray(ax.transData.transform(spots))[:, 1]
    order = [int(number) for number in np.argsort(heights, kind="stable")]
    placed = apart([float(heights[number]) for number in order])
    for number, height in zip(order, placed, strict=True):
        spot = Spot(*spots[number], 8, height - float(heights[number]), "left")
        labels.note(ax, words[number], spot)
        ax.texts[-1].set_in_layout(False)


def apart(heights: Sequence[float]) -> list[float]:
    """Heights, the lowest first, moved up and down alike so that lines of text at them do not cover each other."""
    up, down = list(heights), list(heights)
    for number in range(1, len(heights)):
        up[number] = max(up[number], up[number - 1] + LINE)
        down[-number - 1] = min(down[-number - 1], down[-number] - LINE)
    return [(high + low) / 2 for high, low in zip(up, down, strict=True)]
