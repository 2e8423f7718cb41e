"""Figures whose picture the author of a notebook draws: they are written as the figures of the report are.

Their title says what they show, and stands above the picture with what is drawn. A picture may be of several panels, one
for each part of its data: small multiples, few one below the other, others three beside each other on a desk and two on a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Picture

from promotion_book.charts import axes, readable
from promotion_book.charts.axes import Format
from promotion_book.charts.bar_rows import fit_rows, outline, row_names
from promotion_book.charts.redrawing import draw_anew, draw_panels, panels_height, resize
from promotion_book.charts.style import MUTED, WIDE_WIDTH, Draw, Size, figure_of
from promotion_book.report.figures import ReportFigure, link_files
from promotion_book.report.sources import source_line
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, escape, fill

NAMES, PARTS = 150, 40  # beside bars, and axes in a picture, for which a page has room
HIGHEST, LARGEST = 100, 800  # inches, and square inches
HEAVIEST = 3_000_000  # characters of a picture as it stands on a page


class PictureError(TypeError):
    """What was given as a picture is none, nothing is drawn in it, or more than a page has room for."""


@dataclass(frozen=True)
class AuthorFigure(ReportFigure):
    """A figure with a picture that is finished, or with panels by their names; one without is drawn for each size."""

    finished: Picture | None = None
    panels: Mapping[str, Callable[[Axes], object]] = field(default_factory=dict)
    notice: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        _refuse_more(max(self.height, self.narrow_height), HIGHEST, "inches of height")

    def with_notice(self, words: str) -> AuthorFigure:
        """The figure with words above the chart."""
        return replace(self, notice=words)

    def draw_at(self, size: Size) -> Picture:
        """The picture in a size; that of another size is gone then, if it was finished."""
        if self.panels:
            picture = draw_panels(self.panels, size)
        elif self.finished:
            _put_legends_below(self.finished, size)
            picture = resize(self.finished, size)
        else:
            picture = draw_anew(self.draw, size)
        if self.notice:
            picture.suptitle(self.notice, x=1, ha="right", fontsize="small", color=MUTED)
        return picture

    def html(self, folder: str, language: Language, *, number: str) -> Html:
        """The block for a page: title and subtitle, the picture, and on one line where it is from and its files."""
        _refuse_more(len(self.drawn[0]), HEAVIEST, "characters on the page")
        subtitle = fill('<p class="figure-subtitle">{said}</p>', said=self.subtitle) if self.subtitle else ""
        return Html(f"""<figure class="report-figure" id="{escape(self.address)}">
<figcaption>{self.heading(number)}{subtitle}</figcaption>
{self.drawn[0]}
{source_line(self.sources, language)}
<div class="figure-foot"><p class="figure-files">{link_files(self.name, folder, language)}</p>
{self.details(language)}</div>
</figure>""")


def author_figure(given: Any, write: Format, *, panels: Mapping[str, pd.DataFrame], **said: Any) -> AuthorFigure:
    """What an author gives as a picture, as a figure; pyplot forgets it, so that it is not shown again.

    Args:
        given: a function `draw(ax)`, or `draw(ax, rows)` for panels; an Axes, a Figure, or what df.plot() and seaborn
            return.
        write: writes the numbers along the axes.
        panels: the rows of each panel, by its name; empty for a picture of one.
        said: the other fields of the figure.

    Raises:
        PictureError: it is no picture, or nothing is drawn in it.
    """
    if callable(given) and panels:
        drawn = {name: _panel(given, rows, write=write) for name, rows in panels.items()}
        heights = {
            "height": panels_height(len(panels), narrow=False),
            "narrow_height": panels_height(len(panels), narrow=True),
        }
        return AuthorFigure(draw=_drawn, panels=drawn, **{**said, **heights})
    if callable(given):
        return AuthorFigure(draw=_readable(given, write), **said)
    picture = _picture(given)
    for ax in picture.axes:
        _finish(ax, write)
    pyplot.close(picture)
    height = WIDE_WIDTH * picture.get_figheight() / picture.get_figwidth()
    return AuthorFigure(draw=_drawn, finished=picture, **{**said, "height": height, "narrow_height": height})


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
    figure = figure_of(ax)
    _refuse_more(len(figure.axes), PARTS, "axes")
    _refuse_more(len(row_names(ax)), NAMES, "names beside bars")
    _refuse_more(figure.get_figwidth() * figure.get_figheight(), LARGEST, "square inches")
    readable(ax, write)
    outline(ax)


def _refuse_more(there: float, most: int, what: str) -> None:
    if there > most:
        raise PictureError(
            f"the picture has {there:,.0f} {what}, and a page has room for {most:,}: draw fewer marks, or the largest"
        )


def _put_legends_below(picture: Picture, size: Size) -> None:
    """Put legends that stand beside the axes, as those of seaborn's grids do, below them: a page has no room aside."""
    for beside in tuple(picture.legends):
        for handle, text in zip(beside.legend_handles, beside.get_texts(), strict=True):
            if handle is not None:
                handle.set_label(text.get_text())
        beside.remove()
        axes.legend(picture.axes[0], size, [handle for handle in beside.legend_handles if handle is not None])


def _drawn(ax: Axes, size: Size) -> None:
    """Draws nothing: the picture is finished, or in panels."""


def row_heights(rows: int) -> dict[str, float]:
    """The heights of a picture of so many rows, in inches, higher on a phone, where names take more lines; or the usual."""
    return {"height": 0.7 + 0.24 * rows, "narrow_height": 0.7 + 0.44 * rows} if rows else {}
