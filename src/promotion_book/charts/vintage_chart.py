"""What editions projected beside what came: a small chart an edition, all on one scale.

Each starts at the last figure that its edition knew. A line is never drawn without its range; a range that
goes on above the picture is cut there, so that it does not rule the scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from promotion_book.charts import axes
from promotion_book.charts.axes import Format
from promotion_book.charts.standing import ASSUMED, LINES
from promotion_book.charts.style import MUTED, Draw, Size, nameless
from promotion_book.facts.rows import each
from promotion_book.words.language import Language

PROJECTED = LINES["projected"] | {"color": ASSUMED}
BAND: dict[str, Any] = {"facecolor": "#c4c4c4", "edgecolor": MUTED, "lw": 1}


def vintage_chart(
    observed: pd.DataFrame, vintages: Mapping[str, pd.DataFrame], *, top: float, show: Format, language: Language
) -> Draw:
    """What is observed, and over it one chart for each of the `vintages`, by their names, from zero to `top`.

    Args:
        observed: value and status, by year.
        vintages: target_year, value, low80 and high80, with origin_year and naive, the last figure then known.
    """

    def draw(ax: Axes, size: Size) -> None:
        panels = _panels(ax, len(vintages), size=size)
        for panel, (name, rows) in zip(panels, vintages.items(), strict=True):
            _vintage(panel, observed, rows=rows)
            panel.set_title(name, loc="left", fontsize=10)
            axes.years(panel, [*observed.index, *rows["target_year"]], replace(size, name="narrow"))
            axes.values(panel, show)
            panel.set_ylim(0, top)
        handles = [
            *axes.mark_handles(list(observed["status"]), language),
            axes.line_handle(language.text("projected"), PROJECTED),
            Patch(label=language.text("80% range"), **BAND),
        ]
        axes.legend(panels[0], size, handles)

    return draw


def _panels(ax: Axes, count: int, *, size: Size) -> list[Axes]:
    """The room of a chart, parted for several small ones: side by side by two, on a phone one below the other."""
    figure, spec = ax.get_figure(), ax.get_subplotspec()
    assert figure is not None
    assert spec is not None
    ax.remove()
    columns = 1 if size.narrow else min(2, count)
    grid = spec.subgridspec(-(-count // columns), columns)
    return [nameless(figure.add_subplot(grid[number // columns, number % columns])) for number in range(count)]


def _vintage(ax: Axes, observed: pd.DataFrame, *, rows: pd.DataFrame) -> None:
    """One vintage: from the last figure then known its line, dashed, with its range; over it what was observed."""
    first = rows.iloc[0]
    years = np.array([first["origin_year"], *rows["target_year"]])
    line, low, high = (np.array([first["naive"], *rows[key]]) for key in ("value", "low80", "high80"))
    ax.fill_between(years, low, high, zorder=1, **BAND)
    ax.plot(years, line, zorder=2, **PROJECTED)
    ax.plot(observed.index, observed["value"], zorder=2, **LINES["observed"])
    for year, point in zip(observed.index, each(observed), strict=True):
        axes.mark(ax, year, point.value, point.status)
