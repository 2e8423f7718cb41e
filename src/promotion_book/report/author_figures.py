"""Figures whose picture the author of a notebook draws: they are written as the figures of the report are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from promotion_book.charts import axes, readable
from promotion_book.charts.axes import Format
from promotion_book.charts.redrawing import draw_anew, resize
from promotion_book.charts.style import MUTED, WIDE_WIDTH, Draw, Size
from promotion_book.report.figures import ReportFigure


class PictureError(TypeError):
    """What was given as a picture is none, or nothing is drawn in it."""


@dataclass(frozen=True)
class AuthorFigure(ReportFigure):
    """A figure with a picture that is finished; one without is drawn for each size."""

    finished: Picture | None = None
    notice: str = ""

    def with_notice(self, words: str) -> AuthorFigure:
        """The figure with words above the chart."""
        return replace(self, notice=words)

    def draw_at(self, size: Size) -> Picture:
        """The picture in a size; that of another size is gone then, if it was finished."""
        picture = resize(self.finished, size) if self.finished else draw_anew(self.draw, size)
        if self.notice:
            picture.suptitle(self.notice, x=1, ha="right", fontsize="small", color=MUTED)
        return picture


def author_figure(given: Any, write: Format, **said: Any) -> AuthorFigure:
    """What an author gives as a picture, as a figure; pyplot forgets it, so that it is not shown again.

    Args:
        given: a function `draw(ax)`, an Axes, a Figure, or what `df.plot()` and seaborn return.
        write: writes the numbers along the axes.
        said: the other fields of the figure.

    Raises:
        PictureError: it is no picture, or nothing is drawn in it.
    """
    if callable(given):
        return AuthorFigure(draw=_readable(given, write), **said)
    picture = _picture(given)
    for ax in picture.axes:
        _finish(ax, write)
    pyplot.close(picture)
    height = WIDE_WIDTH * picture.get_figheight() / picture.get_figwidth()
    return AuthorFigure(draw=_drawn, finished=picture, height=height, narrow_height=height, **said)


def _readable(draw: Callable[[Axes], object], write: Format) -> Draw:
    def draw_readable(ax: Axes, size: Size) -> None:
        draw(ax)
        _finish(ax, write)
        if ax.get_legend() is None:
            axes.legend(ax, size)

    return draw_readable


def _picture(given: Any) -> Picture:
    first = given.flat[0] if isinstance(given, np.ndarray) and given.size else given
    picture = first.get_figure(root=True) if isinstance(first, Axes) else getattr(first, "figure", first)
    if isinstance(picture, Picture) and picture.axes:
        return picture
    found = "an empty Figure" if isinstance(picture, Picture) else type(given).__name__
    raise PictureError(f"{found} is no picture; give a function draw(ax), an Axes, a Figure, or what df.plot() returns")


def _finish(ax: Axes, write: Format) -> None:
    if not ax.has_data():
        raise PictureError("nothing is drawn on the axes; hand them on to what draws, as ax=ax")
    readable(ax, write)


def _drawn(ax: Axes, size: Size) -> None:
    """Draws nothing: the picture is finished."""
