"""Small things that tests are made of."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pandas as pd
import pytest
from matplotlib.axes import Axes

from promotion_book import charts
from promotion_book.charts import axes
from promotion_book.charts.axes import Format
from promotion_book.charts.caption import Caption
from promotion_book.charts.pen import Pen
from promotion_book.charts.redrawing import draw_anew
from promotion_book.charts.style import Draw, Size, style
from promotion_book.words.language import NON_BREAKING, Language
from promotion_book.words.status_words import FIGURE_STATUS

ENGLISH = Language("en")
WIDE, NARROW = Size("wide", 7.4, 3.9), Size("narrow", 3.5, 4.2)
CAPTION = Caption("Figure 3.2. Products", "Products in force", ("Source: A, 2020.", "The report, 2025."))
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])


def notebook(*sources: str, tags: tuple[str, ...] = ()) -> str:
    """A notebook of code cells, the first of them with tags, as the text of its file."""
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"tags": list(tags)} if number == 1 and tags else {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(sources, start=1)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})


IMPORTS = """from promotion_book import charts, open_page
from promotion_book.report.parameters import LanguageCode, PeriodLabel, Place"""
PARAMETERS = """place: Place = "hanoi"  # the place
period: PeriodLabel = "2025"  # the period
language: LanguageCode = "en"  # the language"""
CHAPTER = """page.brief()
---
total = page.series("ocop_total")
page.table(total, caption="Products")
---
page.figure(lambda ax: charts.marks(ax, total), title="Products of OCOP", data=total)"""


def short_chapter(name: str, *cells: str, title: str = "") -> str:
    """A chapter with a table and a chart of the products of OCOP, and with cells of a test, as the text of its file."""
    opened = f"page = open_page({name!r}, globals())"
    given = json.loads(notebook(IMPORTS, PARAMETERS, opened, *CHAPTER.split("\n---\n"), *cells, "page.finish()"))
    given["cells"][1]["metadata"] = {"tags": ["parameters"]}
    if title:
        given["cells"].insert(0, {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# {title}"})
    return json.dumps(given)


def yearly(*values: tuple[int, float], status: str = "actual") -> pd.DataFrame:
    """A yearly series as `Known.series` gives it."""
    rows = [
        {
            "period": str(year),
            "period_start": pd.Timestamp(year, 1, 1),
            "period_end": pd.Timestamp(year, 12, 31),
            "value": value,
            "low": float("nan"),
            "high": float("nan"),
            "status": status,
            "source_id": "src_001",
            "known": pd.Timestamp(year + 1, 3, 1),
            "disputed": False,
        }
        for year, value in values
    ]
    return pd.DataFrame(rows)


def plain(text: str) -> str:
    """A text with ordinary spaces only."""
    return text.replace(NON_BREAKING, " ")


def figures(*values: tuple[int, float], status: str = "actual", write: Format = str) -> pd.DataFrame:
    """Yearly figures as layers of a chart take them."""
    rows = [{"year": year, "value": value, "shown": write(value)} for year, value in values]
    return pd.DataFrame(rows).assign(status=status, standing=ENGLISH.text(FIGURE_STATUS[status]))


def aim(year: int, value: float, shown: str) -> pd.DataFrame:
    """A target of a year as a layer of a chart takes it."""
    row = {"period": str(year), "first_year": year, "year": year, "value": value, "low": None, "high": None}
    return pd.DataFrame([row | {"standing": "target", "shown": shown}])


def series_chart(rows: pd.DataFrame, write: Format = str, *, wanted: Sequence[pd.DataFrame] = ()) -> Draw:
    """Figures over time with targets, as charts of the report put them together."""

    def draw(ax: Axes, size: Size) -> None:
        charts.series(ax, rows)
        for one in wanted:
            charts.targets(ax, one)
        axes.legend(charts.readable(ax, write), size)

    return draw


def drawn(draw: Draw, size: Size) -> Axes:
    """A chart with all that it shows in its place."""
    figure = draw_anew(draw, size)
    with style():
        figure.draw(Pen(figure))
    return figure.axes[0]


def words(ax: Axes) -> list[str]:
    """The words of a chart that stand among what is drawn."""
    return [text.get_text() for text in ax.texts]
