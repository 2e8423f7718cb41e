"""How charts look: readable in grey, the same bytes on every run, wide for a desk and narrow for a phone."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
from cycler import cycler
from matplotlib import _tight_bbox
from matplotlib.axes import Axes
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.transforms import Bbox
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from promotion_book.charts.pen import Drawing, Pen, extent, font_height
from promotion_book.pause_collection import pause_collection

# Contrast on white: 10.2, 3.2, 9.8, 3.0, 10.9, 3.1; each colour at least 3.0 against its neighbour.
PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
INK, MUTED, GRID = "#1a1a1a", "#595959", "#d9d9d9"
FONT = "DejaVu Sans"
SALT = "promotion-book"
DPI = 72
RESOLUTION, SHADES = 300, 64  # of a PNG: dots an inch, as print takes them; colours
WIDE_WIDTH, NARROW_WIDTH = 7.4, 3.5  # inches: on a desk, on a phone


@dataclass(frozen=True)
class Size:
    """The size of a drawing in inches; 96 pixels are an inch on a page."""

    name: str
    width: float
    height: float

    @property
    def narrow(self) -> bool:
        """Whether the drawing is for a phone."""
        return self.name == "narrow"


Draw = Callable[[Axes, Size], None]
Room = tuple[float, float]  # inches below a chart and above it

_RC: Any = {
    "font.family": FONT,
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.edgecolor": MUTED,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": cycler(color=PALETTE),
    "text.color": INK,
    "text.parse_math": False,  # a dollar is a dollar
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": GRID,
    "hatch.linewidth": 0.7,
    "svg.fonttype": "path",
    "svg.hashsalt": SALT,
    "figure.dpi": DPI,  # a point: what is measured is what is written
}


def _settings() -> dict[str, Any]:
    """Every setting of matplotlib but its backend, as the report has it: the user's own have no part in it."""
    checked = mpl.rcParamsDefault.copy()
    checked.update(_RC)
    return {name: value for name, value in dict.copy(checked).items() if name != "backend"}


SETTINGS: Any = _settings()


@contextmanager
def style() -> Iterator[None]:
    """The style of the report for everything drawn inside."""
    before = {name: mpl.rcParams[name] for name in SETTINGS}  # not the backend, which reading it would choose
    dict.update(mpl.rcParams, SETTINGS)  # checked when they were made
    try:
        yield
    finally:
        dict.update(mpl.rcParams, before)


class Brush(RendererAgg):
    """Paints a chart in dots; words take the room that the pen gives them, which is not measured again."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """The size of a line of words."""
        return self._in_dots(extent(s, prop.copy(), ismath))

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        return self._in_dots(font_height(prop.copy()))

    def _in_dots(self, points: tuple[float, float, float]) -> tuple[float, float, float]:
        first, second, third = (length * self.dpi / DPI for length in points)
        return first, second, third


class Canvas(FigureCanvasBase):
    """Lets a chart be measured as it will be written."""

    def get_renderer(self) -> Pen:
        """What the chart is measured with."""
        return Pen(self.figure)


def figure_of(ax: Axes) -> Figure:
    """The picture that axes are in."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def settle(figure: Figure) -> None:
    """Give all that is drawn so far its place; what is drawn later does not move it."""
    engine = figure.get_layout_engine()
    if engine:
        for legend in figure.legends:  # the layout has room for one that has no place yet
            legend.set_bbox_to_anchor(None)
        engine.execute(figure)
        figure.set_layout_engine(None)
        for legend in figure.legends:  # it keeps its place where the picture gets more room around it
            legend.set_bbox_to_anchor((0, 0, 1, 1), figure.transFigure)


@contextmanager
def more_room(figure: Figure, room: Room) -> Iterator[None]:
    """A chart with so much room around it, at the dots an inch that it has now."""
    low, high = room
    corners = Bbox([[0, -low], [figure.get_figwidth(), figure.get_figheight() + high]])
    restore = _tight_bbox.adjust_bbox(figure, corners, None)  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        restore()


def drawing(figure: Figure) -> Drawing:
    """A chart as SVG; the same input gives the same parts."""
    with pause_collection(), style():
        return Pen(figure).write(figure)


def pixels(figure: Figure, room: Room = (0, 0), dots: int = RESOLUTION, said: Mapping[str, str] | None = None) -> bytes:
    """A chart as PNG, with so many dots an inch; the same input gives the same bytes.

    Args:
        said: what the file says of itself, by a word.
    """
    with pause_collection(), style():
        figure.set_dpi(dots)
        with more_room(figure, room):
            brush = Brush(*figure.bbox.size, dots)  # type: ignore[no-untyped-call]
            figure.draw(brush)
        image = Image.fromarray(np.asarray(brush.buffer_rgba())).convert("RGB")  # type: ignore[no-untyped-call]
        figure.set_dpi(DPI)
    out, about = io.BytesIO(), PngInfo()
    for word, text in (said or {}).items():
        about.add_text(word, text)
    few = image.quantize(SHADES, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG", dpi=(dots, dots), pnginfo=about)
    return out.getvalue()
