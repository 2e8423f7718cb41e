"""The charts that the report itself draws, in the layers that the author of a notebook has: what may follow, and a growth."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from promotion_book.charts import axes, labels, layers
from promotion_book.charts.axes import Format
from promotion_book.charts.pen import Drawing
from promotion_book.charts.standing import ASSUMED
from promotion_book.charts.style import MUTED, Draw, Size, drawing
from promotion_book.words.language import Language

# The bands of a fan are told apart in grey, by shade and edge; the narrow one lies on the wide one.
OUTER: dict[str, Any] = {"facecolor": "#ececec", "edgecolor": MUTED, "lw": 1, "ls": (0, (1, 2)), "zorder": 1}
INNER: dict[str, Any] = {"facecolor": "#c4c4c4", "edgecolor": MUTED, "lw": 1, "zorder": 1.5}
MOVING = ("required", "assumed", "end")  # what a growth moves


def fan_chart(
    figures: pd.DataFrame,
    ahead: pd.DataFrame,
    *,
    wanted: pd.DataFrame,
    required: pd.DataFrame,
    write: Format,
    language: Language,
) -> Draw:
    """The figures of a series and the fan that goes on from the last of them, with targets and the path that one requires.

    Its dashed central line is never drawn without its two bands.

    Args:
        figures: as `layers.series` takes them, and so `wanted` as `layers.targets` and `required` as `layers.path`.
        ahead: the forecast of an `outlook.Outlook`.
    """
    text, last, centre = language.text, figures.iloc[-1], ahead["projected"].to_numpy()
    years = [last["year"], *ahead.index]
    central = pd.DataFrame({"year": years, "value": [last["value"], *centre]})

    def draw(ax: Axes, size: Size) -> None:
        layers.series(ax, figures)
        layers.path(ax, central, "projected", f"{text('projected')} {write(centre[-1])}")
        ax.lines[-1].set_label(text("projected"))
        for level, look in ((80, INNER), (95, OUTER)):
            low, high = ([last["value"], *ahead[f"{end}{level}"]] for end in ("low", "high"))
            ax.fill_between(years, low, high, label=text("{level} range", level=f"{level}%"), **look)
        layers.targets(ax, wanted)
        layers.path(ax, required, "required", text("required"))
        axes.legend(layers.readable(ax, write), size)

    return draw


def growth_chart(
    figure: pd.DataFrame,
    wanted: pd.DataFrame,
    *,
    paths: pd.DataFrame,
    end: str,
    top: float,
    write: Format,
    language: Language,
) -> Draw:
    """Where a required and an assumed growth lead from a figure, from zero to `top`; the assumed one is named at its end.

    Both lines and that name move with the assumption: `without_moving` leaves them out of the drawing.

    Args:
        figure: a row as `layers.marks` takes it, and so `wanted` as `layers.targets`.
        paths: `year`, and the figures that are `required` and `assumed`.
        end: the name of the assumed path.
    """
    text = language.text

    def draw(ax: Axes, size: Size) -> None:
        layers.targets(layers.marks(ax, figure), wanted)
        for name, label in (("required", text("required path")), ("assumed", text("assumed path"))):
            layers.path(ax, paths.rename(columns={name: "value"}), name)
            ax.lines[-1].set_label(label)
        layers.readable(ax, write).set_ylim(0, top)
        axes.legend(ax, size)
        last = paths.iloc[-1]
        labels.note(ax, end, labels.at_end(last["year"], last["assumed"])[0], colour=ASSUMED, ground=False)
        ax.texts[-1].set_in_layout(False)
        for name, artist in zip(MOVING, (*ax.lines[-2:], ax.texts[-1]), strict=True):
            artist.set_gid(name)

    return draw


def without_moving(picture: Figure) -> Drawing:
    """The drawing of a growth chart without what moves; the picture stays as it is."""
    moving = [artist for ax in picture.axes for artist in (*ax.lines, *ax.texts) if artist.get_gid() in MOVING]
    try:
        for artist in moving:
            artist.set_visible(False)
        return drawing(picture)
    finally:
        for artist in moving:
            artist.set_visible(True)
