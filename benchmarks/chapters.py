"""Six small chapters, as a project has them that begins: a table from pandas and two charts from seaborn each.

They read the observations of a place as this report's chapters do, through the environment variable of its data
folder, and leave their charts as PNG. Beside them the chapters of this report are measured, which do far more.
"""

from __future__ import annotations

import json
from pathlib import Path

OPEN = """import os
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt
sns.set_theme()"""
READ = """folder = os.environ["PROMOTION_BOOK_DATA"]
rows = pd.read_csv(f"{folder}/{place}/observations.csv")
rows["year"] = rows["period"].str.slice(0, 4).astype(int)
rows = rows[rows["year"] <= int(period[:4])].dropna(subset=["value"])"""
SAVE = """fig, ax = plt.subplots(figsize=(7, 4))
{draw}
ax.set_title(f"{title}, {{place}} until {{period}}")
fig.savefig("{name}.png")
plt.close(fig)"""
CHARTS = {  # without intervals, which seaborn would simulate
    "growth": (
        "sns.lineplot(rows, x='year', y='value', errorbar=None, ax=ax)",
        "sns.barplot(rows, x='year', y='value', errorbar=None, ax=ax)",
    ),
    "spread": ("sns.boxplot(rows, x='year', y='value', ax=ax)", "sns.histplot(rows, x='value', ax=ax)"),
    "kinds": ("sns.countplot(rows, x='status', ax=ax)", "sns.countplot(rows, x='unit', ax=ax)"),
    "sources": ("sns.countplot(rows, y='area', ax=ax)", "sns.scatterplot(rows, x='year', y='value', ax=ax)"),
    "ranks": ("sns.stripplot(rows, x='year', y='value', ax=ax)", "sns.ecdfplot(rows, x='value', ax=ax)"),
    "counts": ("sns.histplot(rows, x='year', ax=ax)", "sns.barplot(rows, x='status', y='value', errorbar=None, ax=ax)"),
}
TABLE = "rows.groupby('year')['value'].agg(['count', 'min', 'median', 'max'])"
TYPES = "from promotion_book.report.parameters import PeriodLabel, Place"
PARAMETERS = 'place: Place = "hanoi"  # the place\nperiod: PeriodLabel = "2025"  # the reporting period'


def put_chapters(folder: Path) -> list[Path]:
    """The notebook files of the six chapters, written into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, draws in CHARTS.items():
        charts = [SAVE.format(draw=draw, title=name, name=f"{name}-{n}") for n, draw in enumerate(draws)]
        path = folder / f"{name}.ipynb"
        path.write_text(_notebook([TYPES, PARAMETERS, OPEN, READ, TABLE, *charts]), encoding="utf-8")
        paths.append(path)
    return paths


def _notebook(sources: list[str]) -> str:
    cells = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"tags": ["parameters"]} if source == PARAMETERS else {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(sources)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5})
