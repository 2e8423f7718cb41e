"""The straight line from the base of a target to the target: what each year had to bring. Frames in, frames out."""

from __future__ import annotations

import numpy as np
import pandas as pd


def required_path(series: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """The straight line from its base to the first target that names one: a row a year, `year` and `value`.

    Empty where no target names its base, or where the figure of that year is not known. Of a range the line leads to the
    low end.

    Args:
        series: figures of the indicator, with `year` and `value`.
        targets: statements of its targets, with `base_year`, `base_value`, `year`, `value` and `low`.
    """
    figures = series.dropna(subset=["value"]).drop_duplicates("year", keep="last").set_index("year")["value"]
    based = targets.dropna(subset=["base_year"])
    start = based["base_value"].fillna(based["base_year"].map(figures))
    known = based.assign(start=start, end=based["low"].fillna(based["value"])).dropna(subset=["start", "end"]).head(1)
    if known.empty:
        return pd.DataFrame({"year": pd.Series(dtype=int), "value": pd.Series(dtype=float)})
    first, last = int(known["base_year"].iloc[0]), int(known["year"].iloc[0])
    values = np.linspace(known["start"].iloc[0], known["end"].iloc[0], last - first + 1)
    return pd.DataFrame({"year": range(first, last + 1), "value": values})
