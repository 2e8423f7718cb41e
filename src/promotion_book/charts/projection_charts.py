"""The charts that the report itself draws: figures over the years, targets, the ways to them, and what may follow.

A chart draws its elements, then its legend, and writes the words last: they go where there is room.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from promotion_book.charts import axes, labels
from promotion_book.charts.axes import Format
from promotion_book.charts.labels import Box
from promotion_book.charts.layers import BAR, HEADROOM, draw_target, readable
from promotion_book.charts.standing import ASSUMED, HATCH, LINES, TARGET
from promotion_book.charts.style import DPI, MUTED, Draw, Size
from promotion_book.charts.waiting_words import name_end, write
from promotion_book.scenarios.outlook import Forecast
from promotion_book.scenarios.predictive import Interval
from promotion_book.words.language import Language

INSIDE = 0.85  # of the width of a picture, for what is drawn
# The bands of a fan are told apart in grey, by shade and edge.
OUTER = {"facecolor": "#ececec", "edgecolor": MUTED, "lw": 1, "ls": (0, (1, 2)), "zorder": 1}
INNER = {"facecolor": "#c4c4c4", "edgecolor": MUTED, "lw": 1, "zorder": 1}
MOVING = re.compile(rb'^( *)<g id="moves\d">.*?^\1</g>\n', re.DOTALL | re.MULTILINE)
OUTLINES = re.compile(rb"^ *<defs>.*?</defs>\n", re.DOTALL | re.MULTILINE)


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
        handles.append(axes.line_handle(text("target"), {"color": TARGET, "lw": BAR}))
    if "required" in styles:
        handles.append(axes.line_handle(text("required path"), LINES["required"]))
    if "assumed" in styles:
        handles.append(axes.line_handle(text("assumed path"), LINES["assumed"]))
    return handles


def fan_chart(
    marks: Sequence[Mark],
    ahead: Forecast,
    *,
    show: Format,
    language: Language,
    goals: Sequence[Goal] = (),
    paths: Sequence[Path] = (),
) -> Draw:
    """The figures of a series and the fan that goes on from the last of them, with targets and the paths to them.

    Its dashed central line is never drawn without its two bands.
    """
    narrow, wide, last = ahead.narrow, ahead.wide, marks[-1]
    label = f"{language.text('projected')} {show(narrow.centre[-1])}"
    line = Path([last.x, *ahead.years], [last.y, *narrow.centre], label, "projected")
    elements = Elements(marks, goals, paths, [line])
    standing = [mark.status for mark in marks]

    def draw(ax: Axes, size: Size) -> None:
        for band, style in ((wide, OUTER), (narrow, INNER)):
            ax.fill_between(line.xs, [last.y, *band.lower], [last.y, *band.upper], **style)  # type: ignore[arg-type]
        draw_elements(ax, elements, show)
        known, aims = axes.mark_handles(standing, language), goal_handles(goals, paths, language=language)
        axes.legend(ax, size, [*known, *_fan_handles(narrow, wide, language=language), *aims], 4)
        write_elements(ax, size, elements=elements, show=show)

    return draw


def _fan_handles(narrow: Interval, wide: Interval, *, language: Language) -> list[Artist]:
    bands = [
        Patch(label=language.text("{level} range", level=f"{band.level:.0%}"), **style)  # type: ignore[arg-type]
        for band, style in ((narrow, INNER), (wide, OUTER))
    ]
    return [axes.line_handle(language.text("projected"), LINES["projected"]), *bands]


def growth_chart(
    mark: Mark, goal: Goal, *, paths: tuple[Path, Path], top: float, show: Format, language: Language
) -> Draw:
    """Where a required and an assumed growth lead from a figure, from zero to `top`; the assumed one is named at its end.

    Both lines and that name move with the assumption: `without_moving` leaves them out of the drawing.
    """
    required, assumed = (replace(path, label="") for path in paths)
    elements = Elements([mark], [goal], [required, assumed])

    def draw(ax: Axes, size: Size) -> None:
        draw_elements(ax, elements, show)
        ax.set_ylim(0, top)
        aims = goal_handles([goal], elements.paths, language=language)
        axes.legend(ax, size, [*axes.mark_handles([mark.status], language), *aims])
        write_elements(ax, size, elements=elements, show=show)
        end = labels.at_end(assumed.xs[-1], assumed.ys[-1])[0]
        labels.note(ax, paths[1].label, end, colour=ASSUMED, ground=False)
        ax.texts[-1].set_in_layout(False)
        for number, artist in enumerate([*ax.lines[-2:], ax.texts[-1]]):
            artist.set_gid(f"moves{number}")

    return draw


def without_moving(svg: bytes) -> bytes:
    """The drawing of a growth chart without what moves; outlines of its letters stay, for other words have them too."""
    return MOVING.sub(lambda moving: b"".join(OUTLINES.findall(moving[0])), svg)
