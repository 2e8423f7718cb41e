"""Pictures that the author of a notebook draws, written as the report writes its own: for a desk and for a phone."""

from __future__ import annotations

from matplotlib.figure import Figure

from promotion_book.charts.style import Canvas, Draw, Pen, Size, settle


def draw_anew(draw: Draw, size: Size) -> Figure:
    """A picture of a size, its axes with names where the author gives them some."""
    figure = Figure(figsize=(size.width, size.height), layout="constrained")
    Canvas(figure)
    draw(figure.add_subplot(), size)
    return figure


def resize(figure: Figure, size: Size) -> Figure:
    """A finished picture at another size; lengths in points stay as they are."""
    Canvas(figure)
    figure.set_dpi(72)
    figure.set_size_inches(size.width, size.height)
    figure.set_layout_engine("constrained")
    return figure


def write_svg(figure: Figure) -> bytes:
    """A picture as SVG; the same input gives the same bytes."""
    settle(figure)
    pen = Pen(figure)
    figure.draw(pen)
    pen.finalize()  # type: ignore[no-untyped-call]
    return pen.text.getvalue().encode("utf-8")
