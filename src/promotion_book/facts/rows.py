"""Rows of a table, one by one, without the types of every possible cell."""

from __future__ import annotations

from typing import Any

import pandas as pd


def each(table: pd.DataFrame) -> list[Any]:
    """The rows of a table, each with its columns as attributes: `row.value`, `row.period`."""
    return list(table.itertuples())


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries by column name."""
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def at(table: pd.DataFrame, key: Any) -> Any:
    """The row of a table at a key of its index, with its columns by name."""
    return table.loc[key]
