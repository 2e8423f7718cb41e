"""Pictures that the author of a notebook draws, of the size and style of the report's own: for a desk and for a phone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.gridspec import GridSpec

from promotion_book.charts import axes
from promotion_book.charts.labels import LINE, SIZE, wrap_label
from promotion_book.charts.room import MOST, make_room
from promotion_book.charts.style import DPI, Canvas, Draw, Size, style
from promotion_book.pause_collection import pause_collection
from promotion_book.words.language import capitalize

ACROSS, ACROSS_NARROW = 3, 2  # panels beside each other on a desk and on a phone
FEW = 3  # panels that stand one below the other
PANEL, WIDER, NARROW_PANEL = 1.75, 2.3, 2.1  # inches of height of a panel, of one of two beside each other, on a phone
ASIDE = 0.14  # the room at the sides of a panel, of its width
NUMBERS, EDGE = 42, 12  # points: the room of the numbers along a panel, where its name does not stand; without numbers
HEADING = 9.5  # points of the name of a panel


def draw_anew(draw: Draw, size: Size) -> Figure:
    """A picture of a size with all in its place; its axes have the names that the author gives them."""
    with pause_collection(), style():
        figure = Figure(figsize=(size.width, size.height), layout="constrained")
        Canvas(figure)
        draw(figure.add_subplot(), size)
        make_room(figure)
    return figure


def resize(figure: Figure, size: Size) -> Figure:
    """A finished picture, in another size from now on; lengths in points stay as they are."""
    _put_legends_below(figure, size)
    with pause_collection(), style():
        Canvas(figure)
        figure.set_dpi(DPI)
        figure.set_size_inches(size.width, size.height)
        if not any(map(_is_placed, figure.axes)):
            figure.set_layout_engine("constrained")
        make_room(figure)
    return figure


def _put_legends_below(picture: Figure, size: Size) -> None:
    """Put legends that stand beside the axes, as those of seaborn's grids do, below them: a page has no room aside."""
    for beside in tuple(picture.legends):
        for handle, text in zip(beside.legend_handles, beside.get_texts(), strict=True):
            if handle is not None:
                handle.set_label(text.get_text())
        beside.remove()
        axes.legend(picture.axes[0], size, [handle for handle in beside.legend_handles if handle is not None])


def _is_placed(ax: Axes) -> bool:
    """Whether axes have the place that seaborn gave them, in a grid which no layout of the picture knows."""
    grid = ax.get_gridspec()
    return isinstance(grid, GridSpec) and grid.figure is None


def draw_panels(panels: Mapping[str, Callable[[Axes], object]], size: Size) -> Figure:
    """Small multiples: a panel for each name, which stands above it; all have the same years across.

    On a phone they stand one below the other where words have room so, and beside each other have not.
    """
    columns = _columns(len(panels), narrow=size.narrow)
    if size.narrow and columns > 1:
        figure, fits = _draw_columns(panels, size, columns=columns, higher=0)
        if fits:
            return figure
        columns = 1
    return _draw_columns(panels, size, columns=columns, higher=MOST)[0]


def _draw_columns(
    panels: Mapping[str, Callable[[Axes], object]], size: Size, *, columns: int, higher: int
) -> tuple[Figure, bool]:
    """Panels in so many columns, and whether all their words have room; each may get `higher` so many times for that."""
    rows = ceil(len(panels) / columns)
    height = size.height * rows / ceil(len(panels) / _columns(len(panels), narrow=size.narrow))
    with pause_collection(), style():
        figure = Figure(figsize=(size.width, height), layout="constrained")
        Canvas(figure)
        grid = [*figure.subplots(rows, columns, sharex=True, squeeze=False).flat]
        for ax, (name, draw) in zip(grid, panels.items(), strict=False):
            draw(ax)
            ax.margins(x=ASIDE)
            aside = NUMBERS if len(ax.get_yticks()) else EDGE
            room = (DPI * size.width / columns - aside) * SIZE / HEADING
            ax.set_title(wrap_label(capitalize(name), room), loc="left", fontsize=HEADING)
            ax.tick_params(labelbottom=True, labelsize=8)
        for ax in grid[len(panels) :]:
            ax.remove()
        known = [handle for ax in figure.axes if not ax.get_legend() for handle in ax.get_legend_handles_labels()[0]]
        axes.legend(figure.axes[0], size, known)
        headings = [ax.get_title(loc="left").count("\n") for ax in grid]
        more = sum(max(headings[n : n + columns]) for n in range(0, len(grid), columns))
        figure.set_figheight(height + more * LINE / DPI)  # the lines of a name take nothing from its panel
        fits = make_room(figure, rows, higher=higher)
    return figure, fits


def panels_height(panels: int, *, narrow: bool) -> float:
    """The height in inches of so many panels, on a desk or on a phone; two beside each other are wider, so higher."""
    across = _columns(panels, narrow=narrow)
    return (NARROW_PANEL if narrow else WIDER if across == ACROSS_NARROW else PANEL) * ceil(panels / across)


def _columns(panels: int, *, narrow: bool) -> int:
    """How many panels stand beside each other: as many in the last row as in the others, where that is possible."""
    if panels <= FEW:
        return 1
    most = ACROSS_NARROW if narrow else ACROSS
    return next((n for n in (most, most - 1) if n > 1 and panels % n == 0), most)
