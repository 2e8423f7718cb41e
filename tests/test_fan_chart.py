"""Fans that never lack a band, and cases that have none."""

from __future__ import annotations

import numpy as np
import pytest

from builders import ENGLISH, drawn
from promotion_book.charts.elements import Mark, Path
from promotion_book.charts.fan_chart import Band, Fan, cases_chart, fan_chart
from promotion_book.charts.style import Size

SIZES = pytest.mark.parametrize("size", [Size("wide", 7.4, 4.3), Size("narrow", 3.5, 4.8)], ids=["desk", "phone"])
MARKS = [Mark(2018 + n, 60.0 + 10 * n, "actual") for n in range(4)]
FAN = Fan((2022, 2023), (95, 100), Band((90, 88), (102, 115), "80% range"), Band((80, 70), (110, 140), "95% range"))


@SIZES
def test_a_fan_shades_both_bands_and_names_them_with_the_central_line(size):
    ax = drawn(fan_chart(MARKS, FAN, show=lambda v: f"{v:g}", language=ENGLISH), size)
    ends = [band.get_paths()[0].get_extents().ymax for band in ax.collections]
    assert ends == [140, 115]
    (legend,) = ax.get_figure().legends
    assert [text.get_text() for text in legend.get_texts()] == ["observed", "projected", "80% range", "95% range"]
    assert "projected 100" in [text.get_text() for text in ax.texts]


def test_the_bands_of_a_fan_differ_in_grey_and_in_edge():
    outer, inner = drawn(fan_chart(MARKS, FAN, show=str, language=ENGLISH), Size("wide", 7.4, 4.3)).collections
    assert np.mean(outer.get_facecolor()[0][:3]) - np.mean(inner.get_facecolor()[0][:3]) > 0.1
    assert outer.get_linestyle() != inner.get_linestyle()


@SIZES
def test_cases_have_their_names_at_their_ends_in_their_order_and_no_shading(size):
    cases = [Path([2021, 2023], [90, top], name, "assumed") for name, top in (("low", 94), ("base", 95), ("high", 96))]
    ax = drawn(
        cases_chart(MARKS, cases, required=Path([2021, 2023], [90, 120], ""), show=str, language=ENGLISH, goals=[]),
        size,
    )
    named = {text.get_text(): text.get_window_extent() for text in ax.texts}
    assert named["low"].y1 <= named["base"].y0 + 3
    assert named["base"].y1 <= named["high"].y0 + 3
    assert max(named[name].x1 for name in ("low", "base", "high")) <= ax.get_figure().bbox.x1
    assert list(ax.collections) == []
