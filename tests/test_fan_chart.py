"""Fans never lack a band."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes

from builders import ENGLISH, drawn, figures
from promotion_book.charts.projection_charts import fan_chart
from promotion_book.charts.style import Size

SIZES = pytest.mark.parametrize("size", [Size("wide", 7.4, 4.3), Size("narrow", 3.5, 4.8)], ids=["desk", "phone"])
MARKS = figures(*((2018 + n, 60.0 + 10 * n) for n in range(4)))
NONE = pd.DataFrame(columns=["period", "first_year", "year", "value", "low", "high"])
AHEAD = pd.DataFrame(
    {"low95": [80, 70], "low80": [90, 88], "projected": [95, 100], "high80": [102, 115], "high95": [110, 140]},
    index=[2022, 2023],
)


def fan(size: Size) -> Axes:
    draw = fan_chart(MARKS, AHEAD, wanted=NONE, required=NONE, write=lambda v: f"{v:g}", language=ENGLISH)
    return drawn(draw, size)


@SIZES
def test_a_fan_shades_both_bands_and_names_them_with_the_central_line(size):
    ax = fan(size)
    ends = [band.get_paths()[0].get_extents().ymax for band in ax.collections]
    assert sorted(ends) == [115, 140]
    (legend,) = ax.get_figure().legends
    assert [text.get_text() for text in legend.get_texts()] == ["observed", "projected", "80% range", "95% range"]
    assert "projected 100" in [text.get_text() for text in ax.texts]


def test_the_bands_of_a_fan_differ_in_grey_and_in_edge():
    outer, inner = sorted(fan(Size("wide", 7.4, 4.3)).collections, key=lambda band: band.get_zorder())
    assert np.mean(outer.get_facecolor()[0][:3]) - np.mean(inner.get_facecolor()[0][:3]) > 0.1
    assert outer.get_linestyle() != inner.get_linestyle()
