"""Rows of a table, one by one, without the types of every possible cell."""

from __future__ import annotations

from collections import defaultdict, namedtuple
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, TypeVar

import pandas as pd

Key = TypeVar("Key", bound=Hashable)
TARGET = ["indicator_id", "area", "scope", "period"]  # what statements of one target have in common


def each(table: pd.DataFrame) -> list[Any]:
    """The rows of a table, each with its columns as attributes: `row.value`, `row.period`."""
    if not len(table):
        return []
    row = _row(tuple(table.columns))
    return [row(*cells) for cells in zip(table.index, *(column.tolist() for _, column in table.items()), strict=True)]


def group_rows(table: pd.DataFrame, key: Callable[[Any], Key]) -> dict[Key, list[Any]]:
    """The rows of a table one by one, in groups of the same key, in the order of their first ones."""
    groups: dict[Key, list[Any]] = defaultdict(list)
    for row in each(table):
        groups[key(row)].append(row)
    return dict(groups)


@cache
def _row(columns: tuple[str, ...]) -> Any:
    """The class of rows with these columns; making it takes longer than making a few rows."""
    return namedtuple("Row", ("Index", *columns), rename=True)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as dictionaries by column name."""
    rows = table.to_dict("records") if len(table) else []
    return [{str(key): value for key, value in row.items()} for row in rows]


def by_indicator(table: pd.DataFrame, *keys: str) -> pd.DataFrame:
    """The rows with those of one indicator together, in the order in which indicators first come, and each by some columns."""
    first = {name: number for number, name in enumerate(table["indicator_id"].drop_duplicates())}
    order = table.assign(_first=table["indicator_id"].map(first)).sort_values(["_first", *keys], kind="stable")
    return order.drop(columns="_first")


def own_target_keys(statements: pd.DataFrame) -> pd.Series[str]:
    """The keys of the targets of statements, each by its own indicator, area, scope and period."""
    return pd.Series(
        ["/".join(parts) for parts in zip(*(statements[name] for name in TARGET), strict=True)],
        statements.index,
        dtype=object,
    )


def target_keys(statements: pd.DataFrame) -> dict[str, str]:
    """The key of the target that each statement states, by the id of the statement.

    Statements of the same indicator, area, scope and period state one target, and so do those tied by `same_as`.
    """
    own: dict[str, str] = dict(zip(statements["target_id"], own_target_keys(statements), strict=True))
    tied = {own[row.target_id]: own[row.same_as] for row in each(statements) if row.same_as in own}
    return {name: tied.get(key, key) for name, key in own.items()}


def keys_of(cell: str) -> list[str]:
    """The keys in a cell that holds several between semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def is_target(row: Any) -> bool:
    """Whether a row is of the targets, also where targets and observations stand in one table."""
    return isinstance(getattr(row, "reading", None), str)


def publishers(sources: pd.DataFrame, language: str) -> pd.Series[str]:
    """The publisher of each source as readers of a language call it, without what its name has in brackets."""
    named, short = sources[f"publisher_name_{language}"], sources["publisher"].str.split(" (", regex=False).str[0]
    return named.where(named != "", short)
