"""Small things that tests are made of."""

from __future__ import annotations

import json

import pandas as pd


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
