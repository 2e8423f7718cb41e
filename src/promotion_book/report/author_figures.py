"""What the author of a notebook gives as a picture, as a figure of the report.

A picture may be of several panels, one for each part of its data: small multiples, few one below the other, others three
beside each other on a desk and two on a phone. The name of a single one is not said again where the title says it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture
from numpy.typing import NDArray

from promotion_book.charts import axes, readable
from promotion_book.charts.axes import Format
from promotion_book.charts.bar_rows import fit_rows, outline, row_names
from promotion_book.charts.redrawing import panels_height
from promotion_book.charts.style import WIDE_WIDTH, Draw, Size, figure_of
from promotion_book.report.figures import PictureError, ReportFigure, refuse_more

NAMES, PARTS = 150, 40  # beside bars, and axes in a picture, for which a page has room
LARGEST = 800  # square inches
FARTHEST = 1e18  # from zero, of a number on an axis, which has room for its digits


def author_figure(given: Any, write: Format, *, panels: Mapping[str, pd.DataFrame], **said: Any) -> ReportFigure:
    """What an author gives as a picture, as a figure; pyplot forgets it, so that it is not shown again.

    Args:
        given: a function `draw(ax)`, or `draw(ax, rows)` for panels; an Axes, a Figure, or what df.plot() and seaborn
            return.
        write: writes the numbers along the axes.
        panels: the rows of each panel, by its name; empty for a picture of one.
        said: the other fields of the figure.

    Raises:
        PictureError: it is no picture, nothing is drawn in it, or more than it has room for.
    """
    if callable(given) and panels:
        said_already = len(panels) == 1 and next(iter(panels)).casefold() in said["title"].casefold()
        drawn = {"" if said_already else name: _panel(given, rows, write=write) for name, rows in panels.items()}
        wide, narrow = (panels_height(len(panels), narrow=narrow) for narrow in (False, True))
        return ReportFigure(picture=drawn, **{**said, "height": wide, "narrow_height": narrow})
    if callable(given):
        return ReportFigure(picture=_readable(given, write), **said)
    picture = _picture(given)
    for ax in [ax for ax in picture.axes if ax.has_data()] or picture.axes:
        _finish(ax, write)
    pyplot.close(picture)
    height = WIDE_WIDTH * picture.get_figheight() / picture.get_figwidth()
    return ReportFigure(picture=picture, **{**said, "height": height, "narrow_height": height})


def _panel(draw: Callable[..., object], rows: pd.DataFrame, *, write: Format) -> Callable[[Axes], object]:
    def draw_panel(ax: Axes) -> None:
        draw(ax, rows)
        _finish(ax, write)

    return draw_panel


def _readable(draw: Callable[[Axes], object], write: Format) -> Draw:
    def draw_readable(ax: Axes, size: Size) -> None:
        draw(ax)
        names = row_names(ax)
        _finish(ax, write)
        if ax.get_legend() is None:
            axes.legend(ax, size)
        if names:
            fit_rows(ax, names, size)

    return draw_readable


def _picture(given: Any) -> Picture:
    first = given.flat[0] if isinstance(given, np.ndarray) and given.size else given
    picture = first.get_figure(root=True) if isinstance(first, Axes) else getattr(first, "figure", first)
    if isinstance(picture, Picture) and picture.axes:
        return picture
    found = "an empty Figure" if isinstance(picture, Picture) else type(given).__name__
    raise PictureError(f"{found} is no picture; give a function draw(ax), an Axes, a Figure, or what df.plot() returns")


def _finish(ax: Axes, write: Format) -> None:
    if ax.figure is None or not ax.has_data():
        raise PictureError("nothing is drawn on the axes; hand them on to what draws, as ax=ax")
    if ax.name != "3d" and not np.isfinite(ax.dataLim.get_points()).any():
        raise PictureError("nothing that is drawn on the axes is a number: leave missing ones out of the data")
    refuse_huge(ax.dataLim.get_points())
    refuse_huge(np.array([ax.get_xlim(), ax.get_ylim()]))
    figure = figure_of(ax)
    refuse_more(len(figure.axes), PARTS, "axes")
    refuse_more(len(row_names(ax)), NAMES, "names beside bars")
    refuse_more(figure.get_figwidth() * figure.get_figheight(), LARGEST, "square inches")
    readable(ax, write)
    outline(ax)


def refuse_huge(numbers: NDArray[np.float64]) -> None:
    """Raise PictureError for numbers whose digits have no room on an axis."""
    found = np.abs(numbers[np.isfinite(numbers)]).max(initial=0)
    if found > FARTHEST:
        raise PictureError(
            f"an axis reaches {found:.3g}, and has room for numbers up to {FARTHEST:g}: mend them, or draw another unit"
        )


def row_heights(rows: int) -> dict[str, float]:
    """The heights of a picture of so many rows, in inches, higher on a phone, where names take more lines; or the usual."""
    return {"height": 0.7 + 0.24 * rows, "narrow_height": 0.7 + 0.44 * rows} if rows else {}
