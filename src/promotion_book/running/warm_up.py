"""What is slow the first time, done once before the warm engine forks the kernels of this book.

`papermill_warm` calls `steps`, which is its setting here, and may fork a process wherever it yields.
"""

from __future__ import annotations

import importlib
import io
import os
import pkgutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from warnings import catch_warnings

EDITIONS = "PROMOTION_BOOK_EDITIONS"  # those whose pages are to be run: `place/period`, with spaces between them
LIBRARIES = (
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "promotion_book.report.chapter",
    "seaborn",
)
ROOMS = ("facts", "statistics", "scenarios", "words", "charts", "report", "report/chapters")


def steps() -> Iterator[None]:
    """Import what runs a chapter and what chapters use, draw, read the places, and compute what pages have in common."""
    with catch_warnings():  # a chapter has none of the filters of what runs it
        importlib.import_module("promotion_book.running.execution")
    yield
    for name in (*LIBRARIES, *room_modules()):
        importlib.import_module(name)
        yield
    draw()
    yield
    ahead = importlib.import_module("promotion_book.report.reading_ahead")
    yield from ahead.read_ahead(os.environ.get(EDITIONS, "").split())


def room_modules() -> Iterator[str]:
    """The modules of the rooms that chapters use.

    The module of the inline backend is none of them: a kernel that needs it imports it, and is connected to it so.
    """
    for room in ROOMS:
        found = pkgutil.iter_modules([str(Path(__file__).parents[1] / room)])
        yield from (f"promotion_book.{room.replace('/', '.')}.{module.name}" for module in found)


def draw() -> None:
    """Write a date, a chart of the report and one of seaborn's: the first ones of a process take longest."""
    import seaborn
    from matplotlib import rc_context
    from matplotlib.axes import Axes
    from matplotlib.backends import backend_registry
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from promotion_book.charts.redrawing import draw_anew
    from promotion_book.charts.style import Size, drawing, pixels
    from promotion_book.words.language import LANGUAGES
    from promotion_book.words.translation import load_language

    backend_registry.list_all()
    days = [load_language(code).day(date(2000, 1, 1)) for code in LANGUAGES]

    def draw_days(ax: Axes, _: Size) -> None:
        ax.bar(days, [1.0] * len(days))

    chart = draw_anew(draw_days, Size("wide", 4, 3))
    drawing(chart)
    pixels(chart)
    with rc_context({**seaborn.axes_style("darkgrid"), **seaborn.plotting_context("notebook")}):
        figure = Figure()
        seaborn.scatterplot(x=[1, 2], y=[1, 2], ax=figure.add_subplot())
        FigureCanvasAgg(figure).print_png(io.BytesIO())  # type: ignore[no-untyped-call]
