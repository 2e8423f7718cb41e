"""Corrections: known slips of the sources, mended by an entry and by nothing else.

The tables keep what a source printed. `corrections.csv` says, cell by cell, what is used instead:

    table,row_id,column,printed,used,reason
    observations,exports-2022-5m-src_154,value,6900000,6900000000,Printed as million; ...

`printed` must equal the cell, so an entry that no longer matches the data is a finding
(`stale`), and the entry has to go. An entry with an empty `used` withdraws the figure: the row is
kept out of everything that is computed. Out of scope: choosing between sources (`conflicts`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from promotion_book.facts.rows import each

KEYS = {"observations": "observation_id", "targets": "target_id"}


def apply(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with every entry applied; tables of texts in, tables of texts out.

    Raises:
        ValueError: an entry that does not match the data.
    """
    problems = [reason for _, reason in stale(tables)]
    if problems:
        raise ValueError("; ".join(problems))
    result = dict(tables)
    for name, key in KEYS.items():
        entries = tables["corrections"][tables["corrections"]["table"] == name]
        result[name] = _corrected(tables[name], key, entries)
    return result


def _corrected(table: pd.DataFrame, key: str, entries: pd.DataFrame) -> pd.DataFrame:
    table = table.set_index(key, drop=False)
    for entry in each(entries):
        table.at[entry.row_id, entry.column] = entry.used
    withdrawn = set(entries.loc[entries["used"] == "", "row_id"])
    return table[~table[key].isin(withdrawn)].reset_index(drop=True)


def stale(tables: dict[str, pd.DataFrame]) -> Iterator[tuple[int, str]]:
    """Position and reason of every entry that does not match the tables."""
    places = {name: tables[name].groupby(key).indices for name, key in KEYS.items() if name in tables}
    for position, entry in enumerate(each(tables["corrections"])):
        table = tables.get(str(entry.table))
        if table is None or entry.column not in table.columns:
            yield position, f"no column {entry.table}.{entry.column}"
            continue
        cells = table[entry.column].iloc[places[entry.table].get(entry.row_id, [])].tolist()
        if cells != [entry.printed]:
            yield position, f"{entry.row_id}.{entry.column} is {cells or 'not there'}, not {entry.printed!r}"
