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
    problems = [reason for _, _, reason in stale_entries(tables)]
    if problems:
        raise ValueError("; ".join(problems))
    return drop_rows(correct_texts(tables, tables["corrections"]), withdrawals(tables["corrections"]))


def correct_texts(tables: dict[str, pd.DataFrame], entries: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables with the cells that entries use; the rows that are withdrawn are still there, as printed."""
    used = entries[entries["used"] != ""]
    there = {name: key for name, key in KEYS.items() if name in tables}
    return tables | {name: _used(tables[name], key, entries=used[used["table"] == name]) for name, key in there.items()}


def withdrawals(entries: pd.DataFrame) -> set[tuple[str, str]]:
    """Table and key of each row that an entry withdraws."""
    rows = entries[entries["used"] == ""]
    return set(zip(rows["table"], rows["row_id"], strict=True))


def drop_rows(tables: dict[str, pd.DataFrame], gone: set[tuple[str, str]]) -> dict[str, pd.DataFrame]:
    """The tables without the rows that are withdrawn."""
    there = {name: tables[name] for name in KEYS if name in tables}
    kept = {n: rows[~rows[KEYS[n]].isin([row for t, row in gone if t == n])] for n, rows in there.items()}
    return tables | {name: table.reset_index(drop=True) for name, table in kept.items()}


def _used(table: pd.DataFrame, key: str, *, entries: pd.DataFrame) -> pd.DataFrame:
    table = table.set_index(key, drop=False)
    for entry in each(entries):
        table.at[entry.row_id, entry.column] = entry.used
    return table.reset_index(drop=True)


def stale_entries(tables: dict[str, pd.DataFrame]) -> Iterator[tuple[int, str, str]]:
    """Position, column and reason of every entry that does not match the tables, or would give a row another key."""
    places = {name: tables[name].groupby(key).indices for name, key in KEYS.items() if name in tables}
    for position, entry in enumerate(each(tables["corrections"])):
        key, table = KEYS.get(str(entry.table)), tables.get(str(entry.table))
        if key is None or table is None:
            yield position, "table", f"no table {entry.table}"
        elif entry.column not in table.columns or entry.column == "line":
            yield position, "column", f"no column {entry.table}.{entry.column}"
        elif entry.column == key:
            yield position, "column", f"{entry.column} is the key of its row, which no entry changes"
        else:
            cells = table[entry.column].iloc[places[entry.table].get(entry.row_id, [])].tolist()
            if cells != [entry.printed]:
                found = f"{entry.row_id}.{entry.column} is {cells or 'not there'}, not {entry.printed!r}"
                yield position, "printed" if cells else "row_id", found
            elif entry.used == entry.printed:
                yield position, "used", f"{entry.used!r}, as printed, which changes nothing"
