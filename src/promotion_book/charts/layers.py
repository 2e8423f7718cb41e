"""Layers that the author of a notebook puts on axes: the report's own way to draw a frame.

    def draw(ax):
        sns.lineplot(exports, x="year", y="value", ax=ax)
        charts.targets(ax, page.targets("handicraft_exports"))

Each takes axes and a frame of `report.frames` and returns the axes. Where these have names or dates across instead of
years, also from what is drawn later, ValueError is raised. Words find their place when the picture is drawn, after all
else has found its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter
from matplotlib.colors import to_hex
from matplotlib.ticker import (
    FixedLocator,
    LogFormatter,
    LogLocator,
    MaxNLocator,
    NullLocator,
    ScalarFormatter,
)

from promotion_book.charts import axes, labels
from promotion_book.charts.axes import Format
from promotion_book.charts.labels import Box
from promotion_book.charts.standing import FIGURE, HATCH, LINES, TARGET
from promotion_book.charts.style import GRID, INK, MUTED, figure_of
from promotion_book.charts.waiting_words import name_end, waiting_words, words_of, write
from promotion_book.facts.rows import each

YEARS = (1950, 2100)  # an axis of whole numbers between these is one of years
FEW, MANY, PHONE = 4, 9, 5.0  # ticks on a phone and on a desk; inches of width below which a picture is for a phone
FULL = 4  # figures of a series that are all written
LEAST, PANEL = 3, 2.4  # ticks of a small panel, and its inches of width
NAMES = 0.38  # of the width of a picture, for the names of its rows
BAR = 2.5  # points: how thick a target is that is no range
COLUMN = re.compile(r"\b\w{2,} = ")  # before what a panel of seaborn is of; of one letter is a statistic, as n = 5
COUNTS = ("Count", "Frequency")  # what seaborn and pandas call an axis that counts rows
NUMBER = re.compile(r"[−-]?\d[\d.,]*")
HEADROOM = 0.12  # room for words above the highest figure


def series(ax: Axes, frame: pd.DataFrame) -> Axes:
    """A series over the years: a line, each figure marked by its standing, some of them written as `marks` does."""
    rows = frame.dropna(subset=["value"])
    _take_years(ax)
    ax.plot(rows["year"], rows["value"], **LINES["observed"])
    return marks(ax, rows)


def marks(ax: Axes, frame: pd.DataFrame, by: str = "") -> Axes:
    """The figures of a series, each marked by its standing; the first and the last one are written, of few all.

    Of several series `by` is the column with their names; each name is written at the end of its line, and a mark has the
    colour of the line that it is on. Marks of several colours are grey in the legend. What is planned has no mark: it is a
    target.
    """
    planned, colours = frame["status"] == "plan", set()
    rows = frame[~planned].dropna(subset=["value"])
    _take_years(ax)
    if planned.any():
        targets(ax, frame[planned])
    ax.margins(y=HEADROOM)
    for name, some in rows.groupby(by, sort=False) if by else [("", rows)]:
        colour = _colour_of_line(ax, some)
        colours.add(colour)
        for row in each(some):
            axes.mark(ax, row.year, row.value, row.status, colour)
            ax.lines[-1].set_label("_")
        _write_some(ax, some, str(name))
    _tell_standing(ax, rows, colours.pop() if len(colours) == 1 else MUTED)
    return ax


def _take_years(ax: Axes) -> None:
    """Note that years are drawn on these axes, and refuse axes that are not of years."""
    waiting_words(ax).of_years = True
    _refuse_names(ax)


def _refuse_names(ax: Axes) -> None:
    """Refuse axes with names, dates or positions across, where years are drawn on them: a year has no place there."""
    named = isinstance(ax.xaxis.get_major_formatter(), StrCategoryFormatter)
    if any(one.of_years for one in words_of(ax)) and (named or not _is_of_years(ax.xaxis)):
        raise ValueError(
            "These axes have names, dates or positions across, not years, so that no year has its place on them. Give what "
            'draws on them years as numbers: sns.lineplot(rows, x="year", ...), sns.barplot(..., native_scale=True), '
            'ax.bar(rows["year"], rows["value"]).'
        )


def _tell_standing(ax: Axes, rows: pd.DataFrame, colour: str) -> None:
    """Legend entries for the marks of some figures, each standing once."""
    for row in each(rows.drop_duplicates("status")):
        axes.mark(ax, [], [], row.status, colour)
        ax.lines[-1].set_label(row.standing)


def _colour_of_line(ax: Axes, rows: pd.DataFrame) -> str:
    """The colour of the line that ends at the last of some figures; that of figures where there is none."""
    end = [*rows[["year", "value"]].iloc[-1]] if len(rows) else []
    drawn = [
        (to_hex(line.get_color()), np.asarray(line.get_xydata(), float)[-1:].ravel().tolist()) for line in ax.lines
    ]
    return next((colour for colour, last in drawn if last == end), FIGURE)


def _write_some(ax: Axes, rows: pd.DataFrame, name: str) -> None:
    """Write the first and the last figure of a series, of few all, and its name, if it has one, beside the last."""
    last = len(rows) - 1
    for position in range(len(rows)) if len(rows) <= FULL else (0, last):
        row = rows.iloc[position]
        if name and position == last:
            name_end(ax, f"{row['shown']} {name}", row["year"], row["value"], colour=INK)
        else:
            write(ax, row["shown"], labels.around(row["year"], row["value"]), always=position in (0, last))


def targets(ax: Axes, frame: pd.DataFrame, label: str = "") -> Axes:
    """Targets over the years that they are set for: a bar for a point, a hatched box for a range; both say how much.

    What they are called stands before the figure, or else in the legend. Of several those without a free place are not
    written, nor is what a figure on the target says already.
    """
    rows = frame.drop_duplicates(["period", "value", "low", "high"])
    _take_years(ax)
    for row in each(rows):
        low = row.low if pd.notna(row.low) else row.value
        high = row.high if pd.notna(row.high) and pd.isna(row.value) else low
        part = row.first_year - 0.35, low, row.year + 0.35, high
        draw_target(ax, part, "_" if label else row.standing)
        words = f"{label} {row.shown}".strip()
        if not _is_said(ax, words, part):
            write(ax, words, labels.beside(part), colour=TARGET, always=bool(label) or len(rows) == 1)
    return ax


def _is_said(ax: Axes, text: str, part: Box) -> bool:
    """Whether words that wait say the same of a point in a part of the chart."""
    left, low, right, high = part
    points = [one.spots[0][:2] for one in waiting_words(ax).waiting if one.always and one.text == text]
    return any(left <= x <= right and low <= y <= high for x, y in points)


def draw_target(ax: Axes, part: Box, label: str = "_") -> None:
    """A target over its years: a hatched box for a range, or a bar for a point, which no mark hides; the legend has its label."""
    left, low, right, high = part
    if high > low:
        ax.fill_between([left, right], low, high, facecolor="none", edgecolor=TARGET, hatch=HATCH, lw=1, label=label)
    else:
        ax.hlines(low, left, right, color=TARGET, lw=BAR, label=label, zorder=4)


def path(ax: Axes, frame: pd.DataFrame, style: str = "required", label: str = "") -> Axes:
    """A line over the years that is not observed: `required` by a target, or `assumed`; its label stands at its end."""
    _take_years(ax)
    if len(frame):
        ax.plot(frame["year"], frame["value"], label="_", **LINES[style])
        if label:
            year, value = frame[["year", "value"]].iloc[-1]
            name_end(ax, label, year, value, colour=str(LINES[style]["color"]))
    return ax


def readable(ax: Axes, write: Format) -> Axes:
    """Axes as readers have them: whole years as years, other numbers as `write` writes them, no names of columns.

    Amounts begin at zero, unless the author chose the ends of their axis; where an axis without numbers goes below zero,
    a line shows where that is. Long names of rows take several lines, so that
    a phone has room for the bars.
    """
    _refuse_names(ax)
    _begin_at_zero(ax)
    _show_zero(ax)
    for axis in (ax.xaxis, ax.yaxis):
        if isinstance(axis.get_major_formatter(), ScalarFormatter) and not _chosen(axis):
            _kind(axis)(axis, write)
        elif isinstance(axis.get_major_formatter(), LogFormatter):
            _magnitudes(axis, write)
        if axis.get_label_text().isidentifier():
            axis.set_label_text("")
    _wrap_names(ax)
    if len(figure_of(ax).axes) > 1:
        ax.set_title(COLUMN.sub("", ax.get_title()))
    legend = ax.get_legend()
    if legend is not None and legend.get_title().get_text().isidentifier():
        legend.set_title("")
    ax.set_axisbelow(True)
    return ax


def _begin_at_zero(ax: Axes) -> None:
    of_amounts = isinstance(ax.yaxis.get_major_formatter(), ScalarFormatter) and not _chosen(ax.yaxis)
    shared = [one.dataLim for one in ax.get_shared_y_axes().get_siblings(ax) if one.has_data()] or [ax.dataLim]
    low, high = min(one.y0 for one in shared), max(one.y1 for one in shared)
    if of_amounts and ax.get_autoscaley_on() and 0 <= low <= high:
        ax.set_ylim(0, high * (1 + ax.get_ymargin()) or 1)
        if ax.get_autoscalex_on():
            _keep_marks_whole(ax)


def _keep_marks_whole(ax: Axes) -> None:
    """Let no axis cut a mark that lies on it."""
    for line in ax.lines:
        if line.get_marker() != "None":
            line.set(clip_on=False, in_layout=False)


def _show_zero(ax: Axes) -> None:
    if not len(ax.get_yticks()) and ax.get_ylim()[0] < 0:
        ax.axhline(0, color=MUTED, lw=0.8, zorder=1)
        ax.set_yticks([0], ["0"])
        ax.tick_params(axis="y", length=0)
        ax.spines["bottom"].set_visible(False)


def _is_of_years(axis: Axis) -> bool:
    low, high = axis.get_data_interval()
    return bool(YEARS[0] <= low and high <= YEARS[1])


def _kind(axis: Axis) -> Callable[[Axis, Format], None]:
    """What writes the numbers along an axis: whole years, how many rows, or amounts."""
    if axis.get_label_text() in COUNTS:
        return _counts
    return _years if axis is axis.axes.xaxis and _is_of_years(axis) else _values


def _years(axis: Axis, _: Format) -> None:
    axis.set_major_locator(_round_numbers(_room(axis), integer=True))
    axis.set_major_formatter(lambda year, _: f"{year:.0f}")


def _values(axis: Axis, write: Format) -> None:
    """Numbers along an axis; what they all have beside their digits is said once, above the axis."""
    axis.set_major_locator(_round_numbers(5))
    second = axis is axis.axes.yaxis and axis.axes.yaxis.get_ticks_position() == "right"
    if not second:  # its lines would be read as those of the first
        axis.grid(True, color=GRID)
    low, high = sorted(axis.get_view_interval())
    written = [write(tick) for tick in axis.get_majorticklocs() if low <= tick <= high and tick]
    if len({*written}) < len(written) and high - low >= 1:  # finer than the numbers are written
        axis.set_major_locator(_round_numbers(5, integer=True))
    units = {" ".join(NUMBER.sub(" ", words).split()) for words in written}
    unit = units.pop() if len(units) == 1 else ""
    once = axis is axis.axes.yaxis and len(unit) > 1 and len(figure_of(axis.axes).axes) == 1
    axis.set_major_formatter(lambda value, _: _digits(write(value)) if once else write(value))
    if once:
        axis.axes.set_title(unit, loc="left", fontsize=labels.SIZE)


def _counts(axis: Axis, write: Format) -> None:
    """Whole numbers without the unit of what is counted."""
    axis.set_major_locator(_round_numbers(5, integer=True))
    axis.set_major_formatter(lambda value, _: _digits(write(value)))


def _magnitudes(axis: Axis, write: Format) -> None:
    """Numbers along an axis of magnitudes, few of each."""
    axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(lambda value, _: write(value))


def _round_numbers(most: int, *, integer: bool = False) -> MaxNLocator:
    return MaxNLocator(most, integer=integer, steps=[1, 2, 5, 10])


def _digits(words: str) -> str:
    found = NUMBER.search(words)
    return found[0] if found else words


def _wrap_names(ax: Axes) -> None:
    if isinstance(ax.yaxis.get_major_formatter(), StrCategoryFormatter):
        room = 72 * NAMES * figure_of(ax).get_figwidth()
        ax.set_yticks(ax.get_yticks(), [labels.shorten_label(name.get_text(), room) for name in ax.get_yticklabels()])


def _chosen(axis: Axis) -> bool:
    """Whether the author chose the ticks, or that there are none."""
    return isinstance(axis.get_major_locator(), (FixedLocator, NullLocator))


def _room(axis: Axis) -> int:
    """How many years have room along an axis."""
    width = figure_of(axis.axes).get_figwidth()
    if width * axis.axes.get_position().width < PANEL:
        return LEAST
    return FEW if width < PHONE else MANY
