"""Pictures that the author of a notebook draws, of the size and style of the report's own: for a desk and for a phone."""

from __future__ import annotations

from matplotlib.figure import Figure

from promotion_book.charts.style import DPI, Canvas, Draw, Size, settle, style
from promotion_book.uncollected import uncollected


def draw_anew(draw: Draw, size: Size) -> Figure:
    """A picture of a size with all in its place; its axes have the names that the author gives them."""
    with uncollected(), style():
        figure = Figure(figsize=(size.width, size.height), layout="constrained")
        Canvas(figure)
        draw(figure.add_subplot(), size)
        settle(figure)
    return figure


def resize(figure: Figure, size: Size) -> Figure:
    """A finished picture, in another size from now on; lengths in points stay as they are."""
    with uncollected(), style():
        Canvas(figure)
        figure.set_dpi(DPI)
        figure.set_size_inches(size.width, size.height)
        figure.set_layout_engine("constrained")
        settle(figure)
    return figure
