"""The columns of the frames that a notebook gets, and their types."""

from __future__ import annotations

import pandas as pd

SERIES = ["indicator_id", "period", "year", "end", "value", "low", "high", "unit", "status", "source_id"]
STATEMENTS = [*SERIES, "first_year"]
FIGURES = [*STATEMENTS, "scope", "note"]
TARGETS = [
    *["target_id", "target", "indicator_id", "scope", "period", "first_year", "year", "end", "value"],
    *["low", "high", "unit", "kind", "reading", "plan_start", "base_year", "base_value", "time", "status", "source_id"],
]
READINGS = ["target_id", "indicator_id", "counts", "status"]
TYPES = {  # of columns; all others are texts
    **dict.fromkeys(["year", "first_year"], "int32"),
    **dict.fromkeys(["value", "low", "high", "base_year", "base_value"], "float64"),
    **dict.fromkeys(["end", "plan_start", "ended"], "datetime64[us]"),
}


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose columns have the same types whether or not it has rows."""
    return frame.astype({name: TYPES.get(str(name), "str") for name in frame})
