"""Charts: each function takes what is to be shown and returns a drawing of it.

A figure's standing is told by its mark, in grey as in colour: observed filled, estimate hollow,
provisional a square, derived a diamond, plan a triangle. Targets are hatched, required paths are
dashed, assumed paths dotted. Every function draws for a desk and for a phone (`Size.narrow`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MaxNLocator

from promotion_book.display.language import Language
from promotion_book.display.style import GRID, INK, MUTED, PALETTE, Draw, Size
from promotion_book.display.words import FIGURE_STATUS

Format = Callable[[float], str]
MARKERS = {"actual": "o", "estimate": "o", "provisional": "s", "derived": "D", "plan": "^", "target": "P"}
HOLLOW = {"estimate", "plan", "derived"}
HATCHES = ("", "////", "....", "\\\\\\\\", "xx", "++", "--", "oo")
MANY = 9
LONG = 8
BEHIND = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}


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
        observed = [m for m in marks if m.status != "plan" and joined]
        ax.plot([m.x for m in observed], [m.y for m in observed], color=PALETTE[0], lw=1.2, zorder=2)
        for mark in marks:
            _mark(ax, mark)
        for count, index in enumerate(_labelled(marks, size)):
            label = show(marks[index].y)
            _value(ax, marks[index], label, below=len(label) > LONG and count % 2 == 1, first=marks[0].x)
        for goal in goals:
            _goal(ax, goal)
        for path in paths:
            _path(ax, path)
        _years(ax, [m.x for m in marks] + [g.end for g in goals] + [x for p in paths for x in p.xs], size)
        _values(ax, show)
        _legend(ax, [*_standing_handles([m.status for m in marks], language), *_goal_handles(goals, paths, language)], size)

    return draw


def _mark(ax: Axes, mark: Mark) -> None:
    face = "white" if mark.status in HOLLOW else PALETTE[0]
    ax.plot(mark.x, mark.y, MARKERS[mark.status], ms=7, mfc=face, mec=PALETTE[0], mew=1.6, zorder=3)


def _labelled(marks: Sequence[Mark], size: Size) -> list[int]:
    """The marks that get their value written: all of few, else the last, first, highest and lowest."""
    if len(marks) <= (5 if size.narrow else MANY):
        return list(range(len(marks)))
    values, chosen = [m.y for m in marks], []
    for index in (len(marks) - 1, 0, int(np.argmax(values)), int(np.argmin(values))):
        if all(abs(index - other) > 1 for other in chosen):
            chosen.append(index)
    return chosen


def _value(ax: Axes, mark: Mark, label: str, below: bool, first: float) -> None:
    """A value above its mark, or below it where neighbours would collide."""
    place, align = ((0, -8), "top") if below else ((0, 8), "bottom")
    side = "left" if len(label) > LONG and mark.x == first else "center"
    ax.annotate(label, (mark.x, mark.y), place, textcoords="offset points", ha=side, va=align, fontsize=9, zorder=4)


def _goal(ax: Axes, goal: Goal) -> None:
    left, right = goal.start - 0.35, goal.end + 0.35
    if goal.high > goal.low:
        ax.fill_between([left, right], goal.low, goal.high, facecolor="none", edgecolor=PALETTE[2], hatch="////", lw=1)
    else:
        ax.hlines(goal.low, left, right, color=PALETTE[2], lw=2.5)
    ax.annotate(goal.label, (right, goal.high), (0, 5), textcoords="offset points", ha="right", fontsize=9, color=PALETTE[2], bbox=BEHIND, zorder=5)


def _path(ax: Axes, path: Path) -> None:
    colour = PALETTE[2] if path.style == "required" else PALETTE[4]
    dashes = (6, 3) if path.style == "required" else (1.5, 2)
    ax.plot(path.xs, path.ys, color=colour, lw=1.8, dashes=dashes, zorder=2)
    middle = path.xs[0] + 0.6 * (path.xs[-1] - path.xs[0])
    ax.annotate(path.label, (middle, float(np.interp(middle, path.xs, path.ys))), ha="center", va="center", fontsize=9, color=colour, bbox=BEHIND, zorder=4)


def statements_chart(
    labels: Sequence[str], ends: Sequence[tuple[float, float]], shown: Sequence[str], statuses: Sequence[str], show: Format, language: Language
) -> Draw:
    """What each source says, one line a source: a mark, or a bar between the ends of a range."""

    def draw(ax: Axes, size: Size) -> None:
        places = range(len(labels))[::-1]
        for place, (low, high), text, status in zip(places, ends, shown, statuses, strict=True):
            colour = PALETTE[2] if status == "target" else PALETTE[0]
            if low == high:
                face = "white" if status in HOLLOW else colour
                ax.plot(low, place, MARKERS[status], mfc=face, mec=colour, mew=1.8, ms=9)
            else:
                ax.hlines(place, low, high, color=colour, lw=4)
                ax.plot([low, high], [place, place], "|", color=colour, ms=14, mew=2)
            ax.annotate(text, (high, place), (10, 0), textcoords="offset points", va="center", fontsize=9)
        _categories(ax, labels, size)
        top = max(high for _, high in ends)
        ax.set_xlim(0, top * (1.75 if size.narrow else 1.35))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: show(v)))
        ax.xaxis.set_major_locator(MaxNLocator(1 if size.narrow else 3))
        ax.grid(axis="x", color=GRID)
        ax.set_axisbelow(True)
        _legend(ax, _standing_handles(statuses, language), size)

    return draw


def _standing_handles(statuses: Sequence[str], language: Language) -> list[Line2D]:
    handles = []
    for status in MARKERS:
        if status in statuses:
            colour = PALETTE[2] if status == "target" else PALETTE[0]
            face, label = "white" if status in HOLLOW else colour, language.text(FIGURE_STATUS[status])
            handles.append(Line2D([], [], marker=MARKERS[status], mfc=face, mec=colour, mew=1.6, ms=7, lw=0, label=label))
    return handles


def plan_chart(
    years: Sequence[int], actual: Sequence[float | None], planned: Sequence[tuple[float, float] | None], show: Format, language: Language
) -> Draw:
    """Outcomes as bars, plans as a bracket beside them."""

    def draw(ax: Axes, size: Size) -> None:
        for x, value in enumerate(actual):
            if value is not None:
                ax.bar(x - 0.12, value, 0.5, color=PALETTE[0])
                ax.annotate(show(value), (x - 0.12, value), (0, 3), textcoords="offset points", ha="center", fontsize=9)
        for x, plan in enumerate(planned):
            if plan is not None:
                ax.errorbar(x + 0.27, sum(plan) / 2, (plan[1] - plan[0]) / 2, fmt="none", ecolor=PALETTE[2], elinewidth=2, capsize=5, capthick=2)
        step = 2 if size.narrow and len(years) > 6 else 1
        ax.set_xticks(range(0, len(years), step), [str(y) for y in years[::step]])
        ax.set_ylim(0, max([v for v in actual if v] + [p[1] for p in planned if p]) * 1.18)
        _values(ax, show)
        handles = [Patch(color=PALETTE[0], label=language.text("observed"))]
        if any(planned):
            handles.append(Line2D([], [], color=PALETTE[2], marker="_", ms=10, mew=2, lw=0, label=language.text("plan (range or point)")))
        _legend(ax, handles, size)

    return draw


def parts_chart(years: Sequence[str], parts: dict[str, Sequence[float]], show: Format) -> Draw:
    """Parts of a whole over the years: stacked bars, told apart by hatching and order."""

    def draw(ax: Axes, size: Size) -> None:
        left = np.zeros(len(years))
        places = np.arange(len(years))[::-1]
        total = np.sum([np.asarray(v, dtype=float) for v in parts.values()], axis=0)
        for number, (label, values) in enumerate(parts.items()):
            widths = np.asarray(values, dtype=float)
            ax.barh(places, widths, left=left, label=label, facecolor=PALETTE[number % len(PALETTE)] if number == 0 else "white", edgecolor=PALETTE[number % len(PALETTE)], hatch=HATCHES[number % len(HATCHES)], lw=1.2, height=0.62)
            for place, start, width in zip(places, left, widths, strict=True):
                if width > 0.1 * total.max() * (1.8 if size.narrow else 1):
                    ax.text(start + width / 2, place, show(width), ha="center", va="center", fontsize=9, bbox=BEHIND)
            left = left + widths
        for place, end in zip(places, left, strict=True):
            ax.annotate(show(end), (end, place), (4, 0), textcoords="offset points", va="center", fontsize=9, weight="bold")
        ax.set_yticks(places, years)
        ax.set_xlim(0, left.max() * 1.17)
        ax.xaxis.set_major_locator(MaxNLocator(4))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: show(v)))
        handles, labels = ax.get_legend_handles_labels()
        _below(ax, handles, labels, 1 if size.narrow else 2)

    return draw


def lines_chart(series: dict[str, Sequence[tuple[float, float]]], show: Format, reference: float | None = None) -> Draw:
    """A few series side by side, labelled at their end, told apart by dash and mark."""

    def draw(ax: Axes, size: Size) -> None:
        dashes: tuple[tuple[float, ...], ...] = ((), (5, 2), (1.5, 1.5), (6, 2, 1.5, 2))
        for number, (label, points) in enumerate(series.items()):
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            line = {"dashes": dashes[number]} if number else {}
            ax.plot(xs, ys, color=PALETTE[number], marker=("o", "s", "^", "D")[number], ms=5, lw=1.6, label=label, **line)  # type: ignore[arg-type]
        if reference is not None:
            ax.axhline(reference, color=MUTED, lw=1)
        _years(ax, [x for points in series.values() for x, _ in points], size)
        _values(ax, show, zero=False)
        handles, labels = ax.get_legend_handles_labels()
        _below(ax, handles, labels, 1 if size.narrow else 2)

    return draw


def bars_chart(labels: Sequence[str], values: Sequence[float], shown: Sequence[str], reference: tuple[float, str] | None = None) -> Draw:
    """Values of several things, longest name first readable; an optional reference line."""

    def draw(ax: Axes, size: Size) -> None:
        places = np.arange(len(labels))[::-1]
        ax.barh(places, values, color=PALETTE[0], height=0.62)
        for place, value, text in zip(places, values, shown, strict=True):
            ax.annotate(text, (max(value, 0), place), (5, 0), textcoords="offset points", va="center", fontsize=9, bbox=BEHIND, zorder=5)
        _categories(ax, labels, size)
        low, high = min([0, *values]), max([0, *values, *([reference[0]] if reference else [])])
        room = max(map(len, shown)) * (0.035 if size.narrow else 0.018)
        ax.set_xlim(low, high + (high - low) * room)
        ax.set_xticks([])
        ax.axvline(0, color=INK, lw=0.8)
        if reference:
            ax.axvline(reference[0], color=PALETTE[2], lw=2, dashes=(6, 3))
            ax.annotate(reference[1], (reference[0], len(labels) - 0.45), (0, 3), textcoords="offset points", ha="center", fontsize=9, color=PALETTE[2], annotation_clip=False)

    return draw


def coverage_chart(counts: pd.DataFrame) -> Draw:
    """How many figures there are: programmes down, years across, the number in each cell."""
    import seaborn as sns  # here, because it brings scipy.stats: a second for the pages that need neither

    def draw(ax: Axes, size: Size) -> None:
        table = counts.iloc[:, -6:] if size.narrow else counts
        notes = table.astype(str).where(table > 0, "")
        sns.heatmap(np.sqrt(table), annot=notes, fmt="", cmap="Greys", vmax=np.sqrt(table.to_numpy().max()) * 1.6, cbar=False, linewidths=1, linecolor=GRID, ax=ax, annot_kws={"color": INK, "fontsize": 8})
        ax.set(xlabel="", ylabel="")
        ax.set_yticks(np.arange(len(table)) + 0.5, [_wrapped(str(n), 18 if size.narrow else 38) for n in table.index], rotation=0, fontsize=8)
        ax.tick_params(length=0)
        ax.set_xticks(np.arange(table.shape[1]) + 0.5, list(table.columns), rotation=0, fontsize=8)

    return draw


def _categories(ax: Axes, labels: Sequence[str], size: Size) -> None:
    places = list(range(len(labels)))[::-1]
    ax.set_yticks(places, [_wrapped(label, 17 if size.narrow else 34) for label in labels])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(-0.6, len(labels) - 0.4)


def _wrapped(label: str, width: int) -> str:
    lines: list[str] = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


def _years(ax: Axes, xs: Sequence[float], size: Size) -> None:
    first, last = int(min(xs)), int(max(xs))
    step = max(1, -(-(last - first) // (4 if size.narrow else 9)))
    ax.set_xticks(range(last, first - 1, -step))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda v, _: str(int(v))))
    ax.set_xlim(first - 0.6, last + 0.7)


def _values(ax: Axes, show: Format, zero: bool = True) -> None:
    ax.yaxis.set_major_formatter(FuncFormatter(lambda v, _: show(v)))
    ax.yaxis.set_major_locator(MaxNLocator(5))
    ax.grid(axis="y", color=GRID)
    ax.set_axisbelow(True)
    low, high = ax.get_ylim()
    ax.set_ylim(min(0.0, low) if zero else low, high + (high - low) * 0.08)


def _goal_handles(goals: Sequence[Goal], paths: Sequence[Path], language: Language) -> list[Line2D | Patch]:
    handles: list[Line2D | Patch] = []
    if any(goal.high > goal.low for goal in goals):
        handles.append(Patch(facecolor="none", edgecolor=PALETTE[2], hatch="////", label=language.text("target range")))
    if any(goal.high == goal.low for goal in goals):
        handles.append(Line2D([], [], color=PALETTE[2], lw=2.5, label=language.text("target")))
    if any(path.style == "required" for path in paths):
        handles.append(Line2D([], [], color=PALETTE[2], lw=1.8, dashes=(6, 3), label=language.text("required path")))
    if any(path.style == "assumed" for path in paths):
        handles.append(Line2D([], [], color=PALETTE[4], lw=1.8, dashes=(1.5, 2), label=language.text("assumed path")))
    return handles


def _legend(ax: Axes, handles: Sequence[Line2D | Patch], size: Size) -> None:
    if handles:
        _below(ax, handles, [str(h.get_label()) for h in handles], 2 if size.narrow else len(handles))


def _below(ax: Axes, handles: Sequence[object], labels: Sequence[str], columns: int) -> None:
    figure = ax.get_figure()
    assert figure is not None
    figure.legend(handles, labels, loc="outside lower left", ncols=columns, frameon=False, fontsize=9, handlelength=2.2)  # type: ignore[arg-type]
