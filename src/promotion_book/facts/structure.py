"""What the cells of the tables must obey by their schema: types, allowed values, sound texts, keys and foreign keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

import pandas as pd

from promotion_book.facts import grammar
from promotion_book.facts.findings import Finding, Flaw, quote
from promotion_book.facts.schema import ColumnSchema, TableSchema
from promotion_book.facts.suggestion import did_you_mean
from promotion_book.facts.texts import flaw
from promotion_book.facts.vocabulary import line_told

DRAWN = re.compile(r"name_\w+|symbol_\w+|publisher(?:_name_\w+)?")  # columns that charts write
OF_LINES = ("note", "definition", "description", "reason", "confirmed_why", "searched")  # texts that may have several
VALUE = "allowed-value"
Texts = Mapping[str, pd.DataFrame]


def check_cells(tables: Iterable[TableSchema], texts: Texts) -> list[Finding]:
    """Findings on the cells of the tables of texts (with a column `line`), each by its schema.

    A table that could not be read is left out, with the foreign keys that lead to it.
    """
    read = [table for table in tables if table.name in texts]
    known = {table.name: set(texts[table.name][table.key[0]]) for table in read if len(table.key) == 1}
    found: list[Finding] = []
    for table in read:
        rows = texts[table.name]
        found += [*cells(table, rows), *_twice(table, rows), *_dangling(table, rows, known=known)]
    return found


def cells(table: TableSchema, rows: pd.DataFrame) -> Iterator[Finding]:
    """Findings on the cells of a table one by one."""
    for column in table.columns:
        yield from _flawed(table, rows, column=column.name, flaw_of=partial(_flaw, column))


def malformed_cells(table: TableSchema, rows: pd.DataFrame) -> Iterator[Finding]:
    """Findings on the cells of a table that are no number or no day where they must be one."""
    for column in table.columns:
        if column.type in grammar.READ:
            filled = rows[rows[column.name] != ""]
            yield from _flawed(table, filled, column=column.name, flaw_of=partial(grammar.flaw, column.type))


def _flawed(
    table: TableSchema, rows: pd.DataFrame, *, column: str, flaw_of: Callable[[str], Flaw | None]
) -> Iterator[Finding]:
    """A finding on each cell of a column in which a function finds a flaw; each text is looked at once."""
    flaws = {text: found for text in rows[column].unique() if (found := flaw_of(text))}
    for text, line in _lines(rows, column, flaws):
        yield Finding(table.file, line, column, *flaws[text])


def _flaw(column: ColumnSchema, text: str) -> Flaw | None:
    rules = column.constraints
    if not text:
        allowed = ", ".join(rules.get("enum", ["a value in each row"]))
        return (VALUE, "nothing", allowed, "fill the cell") if rules.get("required") else None
    if column.type != "string":
        return grammar.flaw(column.type, text) or _outside(text, rules.get("minimum"), high=rules.get("maximum"))
    lines = re.sub("_[a-z]{2}$", "", column.name) in OF_LINES
    address, drawn = column.name == "address", bool(DRAWN.fullmatch(column.name))
    found = flaw(text, rules.get("maxLength"), lines=lines, address=address, drawn=drawn)
    return found or _other(text, rules.get("enum"), pattern=rules.get("pattern"))


def _outside(text: str, low: int | None, *, high: int | None) -> Flaw | None:
    number = grammar.number(text)
    if number is None or ((low is None or number >= low) and (high is None or number <= high)):
        return None
    allowed = f"from {low} on" if high is None else f"{low} to {high}"
    return VALUE, quote(text), allowed, "write a number within these limits"


def _other(text: str, words: list[str] | None, *, pattern: str | None) -> Flaw | None:
    if words and text not in words:
        return VALUE, quote(text), ", ".join(words), "use one of the words"
    if pattern and not re.fullmatch(pattern, text):
        return VALUE, quote(text), f"the form {pattern}", "write it in this form"
    return None


def _lines(rows: pd.DataFrame, column: str, wanted: Collection[str]) -> Iterator[tuple[str, int]]:
    """The cells of a column that are wanted, with their lines."""
    if wanted:
        found = rows[rows[column].isin(list(wanted))]
        yield from zip(found[column].tolist(), found["line"].tolist(), strict=True)


def _twice(table: TableSchema, rows: pd.DataFrame) -> Iterator[Finding]:
    """Keys and values that stand in a second row; a key without a part that it must have is found elsewhere."""
    required = {column.name for column in table.columns if column.constraints.get("required")}
    unique = [column.name for column in table.columns if column.constraints.get("unique")]
    groups = [
        *([(table.key, "duplicate-key", "each key once")] if table.key else []),
        *(((c,), "duplicate-value", "each value once") for c in unique),
    ]
    for columns, rule, allowed in groups:
        first: dict[tuple[str, ...], int] = {}
        for line, *cells in zip(rows["line"].tolist(), *(rows[name].tolist() for name in columns), strict=True):
            before = first.setdefault(tuple(cells), line)
            whole = any(cells) and all(cell for name, cell in zip(columns, cells, strict=True) if name in required)
            if before != line and whole:
                found = f"{quote(', '.join(filter(None, cells)))} as in line {line_told(before)}"
                action = "keep one of the two rows, or mend the key"
                yield Finding(table.file, line, ", ".join(columns), rule, found, allowed, action)


def _dangling(table: TableSchema, rows: pd.DataFrame, *, known: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Cells that name no row of the table that they should."""
    for column, to in table.foreign.items():
        if to not in known:
            continue
        for text, line in _lines(rows, column, set(rows[column]) - known[to] - {""}):
            action = f"add the row to {to}, or mend the key{did_you_mean(text, sorted(known[to]))}"
            yield Finding(table.file, line, column, "dangling-key", quote(text), f"a key of {to}", action)
