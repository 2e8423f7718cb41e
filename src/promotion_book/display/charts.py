"""Charts: each function takes what is to be shown and returns a drawing of it.

Targets are hatched, required paths are dashed, assumed paths dotted (`axes` has the marks). Every
drawing fits a desk and a phone (`Size.narrow`).
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from promotion_book.display import axes
from promotion_book.display.axes import ASSUMED, ASSUMED_DASH, FIGURE, HATCH, REQUIRED_DASH, TARGET, Format
from promotion_book.display.language import Language
from promotion_book.display.style import GRID, INK, MUTED, PALETTE, Draw, Size

HATCHES = ("", "////", "....", "\\\\\\\\", "xx", "++", "--", "oo")
MANY, LONG = 9, 8


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


def series_chart(
    marks: Sequence[Mark],
    show: Format,
    language: Language,
    goals: Sequence[Goal] = (),
    paths: Sequence[Path] = (),
    joined: bool = True,
) -> Draw:
    """Figures over the years, with targets and the paths to them; `joined` draws a line between them."""

    def draw(ax: Axes, size: Size) -> None:
        if joined:
            ax.plot([m.x for m in marks], [m.y for m in marks], color=FIGURE, lw=1.2, zorder=2)
        for point in marks:
            axes.mark(ax, point.x, point.y, point.status)
        _label(ax, marks, show, size)
        for goal in goals:
            _goal(ax, goal)
        for path in paths:
            _path(ax, path)
        axes.years(ax, [m.x for m in marks] + [g.end for g in goals] + [x for p in paths for x in p.xs], size)
        axes.values(ax, show)
        standing = axes.standing_handles([m.status for m in marks], language)
        axes.legend(ax, size, [*standing, *_goal_handles(goals, paths, language)])

    return draw


def _label(ax: Axes, marks: Sequence[Mark], show: Format, size: Size) -> None:
    """Values above the marks; long ones turn about, so that neighbours do not collide."""
    for count, index in enumerate(_labelled(marks, size)):
        point, text = marks[index], show(marks[index].y)
        below = len(text) > LONG and count % 2 == 1
        across = "left" if len(text) > LONG and index == 0 else "center"
        axes.note(ax, text, (point.x, point.y), (0, -8 if below else 8), across=across, up="top" if below else "bottom")


def _labelled(marks: Sequence[Mark], size: Size) -> list[int]:
    """The marks that get their value written: all of few, else the last, first, highest and lowest."""
    if len(marks) <= (5 if size.narrow else MANY):
        return list(range(len(marks)))
    heights, chosen = [m.y for m in marks], list[int]()
    for index in (len(marks) - 1, 0, int(np.argmax(heights)), int(np.argmin(heights))):
        if all(abs(index - other) > 1 for other in chosen):
            chosen.append(index)
    return chosen


def _goal(ax: Axes, goal: Goal) -> None:
    left, right = goal.start - 0.35, goal.end + 0.35
    if goal.high > goal.low:
        ax.fill_between([left, right], goal.low, goal.high, facecolor="none", edgecolor=TARGET, hatch=HATCH, lw=1)
    else:
        ax.hlines(goal.low, left, right, color=TARGET, lw=2.5)
    axes.note(ax, goal.label, (right, goal.high), (0, 5), TARGET, across="right", up="bottom")


def _path(ax: Axes, path: Path) -> None:
    required = path.style == "required"
    colour = TARGET if required else ASSUMED
    ax.plot(path.xs, path.ys, color=colour, lw=1.8, dashes=REQUIRED_DASH if required else ASSUMED_DASH, zorder=2)
    along = path.xs[0] + 0.6 * (path.xs[-1] - path.xs[0])
    axes.note(ax, path.label, (along, float(np.interp(along, path.xs, path.ys))), colour=colour)


def _goal_handles(goals: Sequence[Goal], paths: Sequence[Path], language: Language) -> list[Artist]:
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


@dataclass(frozen=True)
class Statement:
    """What one source says: its label, the ends of its range (equal for a point), and its standing."""

    label: str
    low: float
    high: float
    shown: str
    status: str


def statements_chart(statements: Sequence[Statement], show: Format, language: Language) -> Draw:
    """What each source says, one line a source: a mark, or a bar between the ends of a range."""

    def draw(ax: Axes, size: Size) -> None:
        for place, said in zip(range(len(statements))[::-1], statements, strict=True):
            if said.low == said.high:
                axes.mark(ax, said.low, place, said.status)
            else:
                colour = TARGET if said.status == "target" else FIGURE
                ax.plot([said.low, said.high], [place, place], color=colour, lw=4, marker="|", ms=14, mew=2)
            axes.note(ax, said.shown, (said.high, place), (10, 0), across="left")
        axes.categories(ax, [said.label for said in statements], size)
        ax.set_xlim(0, max(said.high for said in statements) * (1.75 if size.narrow else 1.35))
        axes.values_across(ax, show, 1 if size.narrow else 3)
        axes.legend(ax, size, axes.standing_handles([said.status for said in statements], language))

    return draw


Plan = tuple[float, float]


def plan_chart(
    years: Sequence[int], actual: Mapping[int, float], planned: Mapping[int, Plan], show: Format, language: Language
) -> Draw:
    """Outcomes as bars, plans as a bracket beside them."""

    def draw(ax: Axes, size: Size) -> None:
        for year, value in actual.items():
            ax.bar(year - 0.12, value, 0.5, color=FIGURE)
            axes.note(ax, show(value), (year - 0.12, value), (0, 3), up="bottom")
        for year, (low, high) in planned.items():
            middle, half = (low + high) / 2, (high - low) / 2
            ax.errorbar(year + 0.27, middle, half, fmt="none", ecolor=TARGET, elinewidth=2, capsize=5, capthick=2)
        axes.years(ax, years, size)
        axes.values(ax, show)
        outcome: Artist = Patch(color=FIGURE, label=language.text("observed"))
        axes.legend(ax, size, [outcome, axes.line_handle(language.text("plan (range or point)"), TARGET)])

    return draw


def parts_chart(years: Sequence[str], parts: Mapping[str, Sequence[float]], show: Format) -> Draw:
    """Parts of a whole over the years: stacked bars, told apart by hatching and order."""

    def draw(ax: Axes, size: Size) -> None:
        places, left = np.arange(len(years))[::-1], np.zeros(len(years))
        room = np.sum([list(v) for v in parts.values()], axis=0).max() * (0.18 if size.narrow else 0.1)
        for number, (label, numbers) in enumerate(parts.items()):
            colour, widths = PALETTE[number % len(PALETTE)], np.asarray(numbers, dtype=float)
            face = "white" if number else colour
            ax.barh(
                places, widths, 0.62, left, label=label, facecolor=face, edgecolor=colour, hatch=HATCHES[number], lw=1.2
            )
            for place, start, width in zip(places, left, widths, strict=True):
                if width > room:
                    axes.note(ax, show(width), (start + width / 2, place))
            left = left + widths
        for place, end in zip(places, left, strict=True):
            axes.note(ax, show(end), (end, place), (5, 0), across="left", strong=True)
        ax.set_yticks(places, years)
        ax.set_xlim(0, left.max() * 1.17)
        axes.values_across(ax, show, 4)
        axes.legend(ax, size, columns=2)

    return draw


def lines_chart(
    series: Mapping[str, Sequence[tuple[float, float]]], show: Format, reference: float | None = None
) -> Draw:
    """A few series side by side, told apart by dash and mark; a line marks the reference."""
    styles: tuple[Any, ...] = (
        {"marker": "o"},
        {"marker": "s", "dashes": (5, 2)},
        {"marker": "^", "dashes": (1.5, 1.5)},
        {"marker": "D", "dashes": (6, 2, 1.5, 2)},
    )

    def draw(ax: Axes, size: Size) -> None:
        for number, (label, points) in enumerate(series.items()):
            xs, ys = zip(*points, strict=True)
            ax.plot(xs, ys, color=PALETTE[number], ms=5, lw=1.6, label=label, **styles[number])
        if reference is not None:
            ax.axhline(reference, color=MUTED, lw=1)
        axes.years(ax, [x for points in series.values() for x, _ in points], size)
        axes.values(ax, show, zero=False)
        axes.legend(ax, size)

    return draw


def bars_chart(
    labels: Sequence[str], numbers: Sequence[float], shown: Sequence[str], reference: tuple[float, str] | None = None
) -> Draw:
    """Values of several things, one bar each; an optional reference line with its label."""

    def draw(ax: Axes, size: Size) -> None:
        places = np.arange(len(labels))[::-1]
        ax.barh(places, numbers, color=FIGURE, height=0.62)
        for place, value, text in zip(places, numbers, shown, strict=True):
            axes.note(ax, text, (max(value, 0), place), (5, 0), across="left")
        axes.categories(ax, labels, size)
        low, high = min([0, *numbers]), max([0, *numbers, *([reference[0]] if reference else [])])
        ax.set_xlim(low, high + (high - low) * max(map(len, shown)) * (0.035 if size.narrow else 0.018))
        ax.set_xticks([])
        ax.axvline(0, color=INK, lw=0.8)
        if reference:
            ax.axvline(reference[0], color=TARGET, lw=2, dashes=REQUIRED_DASH)
            axes.note(ax, reference[1], (reference[0], len(labels) - 0.45), (0, 3), TARGET, up="bottom")

    return draw


def coverage_chart(counts: pd.DataFrame) -> Draw:
    """How many figures there are: programmes down, years across, the number in each cell."""
    import seaborn as sns  # here, because it brings scipy.stats: a second for pages that do not need it

    def draw(ax: Axes, size: Size) -> None:
        table = counts.iloc[:, -6:] if size.narrow else counts
        shade = table**0.5
        notes = table.astype(str).where(table > 0, "")
        style = {"cmap": "Greys", "cbar": False, "linewidths": 1, "linecolor": GRID}
        darkest = float(np.sqrt(table.to_numpy().max())) * 1.6
        sns.heatmap(shade, annot=notes, fmt="", vmax=darkest, ax=ax, annot_kws={"color": INK, "fontsize": 8}, **style)
        names = [textwrap.fill(str(name), 18 if size.narrow else 38) for name in table.index]
        ax.set_yticks(np.arange(len(table)) + 0.5, names, rotation=0, fontsize=8)
        ax.set_xticks(np.arange(table.shape[1]) + 0.5, list(table.columns), rotation=0, fontsize=8)
        ax.set(xlabel="", ylabel="")
        ax.tick_params(length=0)

    return draw
