"""A figure as a whole: what is done to it besides drawing its chart."""

from __future__ import annotations

from matplotlib.figure import Figure as Canvas

from promotion_book.display.figures import Figure
from promotion_book.display.style import Size
from promotion_book.display.tables import Column, Table


def test_a_marked_figure_has_its_words_on_the_chart_and_is_else_the_same():
    table = Table("t", "Jobs", (Column("jobs", "Jobs"),), [{"jobs": "70,000"}])
    figure = Figure("jobs", "Jobs", "Chart", "Few.", lambda ax, _: ax.set_xlabel("year"), table, ())
    canvas, marked = Canvas(), figure.marked("What-if")
    axes = canvas.add_subplot()
    marked.draw(axes, Size("wide", 4, 3))
    assert (canvas.get_suptitle(), axes.get_xlabel(), marked.alt) == ("What-if", "year", figure.alt)
