"""The one reader of a package: what `promotion-book check` examines and what the book uses comes from `load`.

A table comes back as texts, with a column `line` that holds the line of the file in which each row begins; rows of
the vocabulary (`vocabulary`) come first. Its columns are those of the schema of this package, and those that the place adds in its `datapackage.json`. Columns and
tables that were added to the schema later, and that the place does not declare, are empty or as usual (`schema.LATER`).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from promotion_book.facts.descriptor import Descriptor, paths, read_descriptor, tables_of, tables_of_schema
from promotion_book.facts.descriptor_check import place_findings
from promotion_book.facts.files import Row, decode, missing, read_rows
from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.place_settings import languages_of
from promotion_book.facts.schema import LANGUAGES, LATER, TABLES, TableSchema
from promotion_book.facts.vocabulary import COMMON, VOCABULARY, vocabulary_folder, with_vocabulary

SEARCHED = 50  # rows in which a header is looked for
MEND_HEADER = "write the header as datapackage.json has it, in the first line"


@dataclass(frozen=True)
class Loaded:
    """What stands in the folder of a place: its descriptor, the tables it has, and those of them that could be read.

    `findings` are on what stood in the way of reading; where there are any but notes, not everything was read.
    """

    descriptor: Descriptor | None
    tables: dict[str, TableSchema]
    texts: dict[str, pd.DataFrame]
    findings: list[Finding]


def load(folder: Path) -> Loaded:
    """Read the package in a folder, as far as it can be read."""
    descriptor, findings = read_descriptor(folder)
    if descriptor is None:
        return Loaded(None, {}, {}, findings)
    tables, texts = tables_of(descriptor), _later_tables(descriptor)
    findings += place_findings(descriptor)
    for table in tables:
        text, problems = read_table(folder, table)
        findings += problems
        if text is not None:
            texts[table.name] = _in_each_language(_completed(table, text), languages_of(descriptor.value))
    findings += _add_vocabulary(folder, texts, content=descriptor.value)
    read, named = {table.file for table in tables}, paths(descriptor)
    findings += [finding for name in named if name not in read for finding in missing(folder, name)]
    findings += [_unnamed(path.name) for path in sorted(folder.glob("*.csv")) if path.name not in named]
    return Loaded(descriptor, {**TABLES, **{table.name: _full(table) for table in tables}}, texts, findings)


def _add_vocabulary(folder: Path, texts: dict[str, pd.DataFrame], *, content: Mapping[str, Any]) -> list[Finding]:
    """Put the rows of the vocabulary before those of the place, and say what stood in the way.

    A table of which the vocabulary cannot be read is not there, so that nobody looks for its rows.
    """
    common, findings = vocabulary_folder(folder), list[Finding]()
    for name in COMMON if common else ():
        rows, problems = read_table(common, TABLES[name]) if common else (None, [])
        findings += [replace(found, file=f"../{VOCABULARY}/{found.file}") for found in problems]
        if rows is None:
            texts.pop(name, None)
        elif name in texts:
            texts[name], redefined = with_vocabulary(texts[name], rows, table=TABLES[name], content=content)
            findings += redefined
    return findings


def _later_tables(descriptor: Descriptor) -> dict[str, pd.DataFrame]:
    """The tables that a package of an earlier version does not have, without rows."""
    lacking = TABLES.keys() - tables_of_schema(descriptor)
    return {name: pd.DataFrame(columns=TABLES[name].names, dtype=object).assign(line=[]) for name in lacking}


def _full(table: TableSchema) -> TableSchema:
    """A table with the columns of the schema that its package does not declare."""
    columns = TABLES[table.name].columns if table.name in TABLES else ()
    return replace(table, columns=(*table.columns, *(c for c in columns if c.name not in table.names)))


def _completed(table: TableSchema, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of a table with what is read in the columns that its package does not declare."""
    return rows.assign(**{n: usual for n, usual in LATER.get(table.name, {}).items() if n not in table.names})


def _in_each_language(rows: pd.DataFrame, languages: Sequence[str]) -> pd.DataFrame:
    """Rows whose texts in a language that is none of the place are those in its first language, where there are none."""
    told = {f"_{code}": f"_{languages[0]}" for code in LANGUAGES if code not in languages}
    names = [*map(str, rows.columns)]
    twins = {name: name[: -len(end)] + own for end, own in told.items() for name in names if name.endswith(end)}
    return rows.assign(**{n: rows[n].where(rows[n] != "", rows[twin]) for n, twin in twins.items() if twin in names})


def _unnamed(name: str) -> Finding:
    allowed, action = "the files that datapackage.json names", "name it there, or take it out of the folder"
    return Finding(name, 0, "", "unnamed-file", "a table that nobody reads", allowed, action)


def read_table(folder: Path, table: TableSchema) -> tuple[pd.DataFrame | None, list[Finding]]:
    """A table of texts with its lines, or None where its cells cannot be told apart, with the reasons."""
    text, findings = decode(folder, table.file)
    if text is None:
        return None, findings
    rows, problems = read_rows(table.file, text, table.names)
    findings += problems
    if rows is None:
        return None, findings
    header, places = _header(rows, table)
    findings += _header_findings(rows, header, table=table)
    if places is None:
        return None, findings
    body = rows[header + 1 :]
    width = len(rows[header].cells)
    findings += [finding for row in body for finding in _shape(row, width, table=table)]
    kept = [row for row in body if any(row.cells) and row.cells != table.names]
    # Rules walk through texts of Python in two thirds of the time of those of pandas.
    frame = pd.DataFrame([_placed(row.cells, places) for row in kept], columns=table.names, dtype=object)
    return frame.assign(line=[row.line for row in kept]), findings


def _placed(cells: list[str], places: list[int]) -> list[str]:
    """The cells of a row in the order of the columns; those that it lacks are empty."""
    width = len(cells)
    return [cells[place] if place < width else "" for place in places]


def _header(rows: list[Row], table: TableSchema) -> tuple[int, list[int] | None]:
    """The place of the header among the rows, and where it has each column of the table; None where it has not."""
    for number, row in enumerate(rows[:SEARCHED]):
        if row.cells == table.names:
            return number, list(range(len(row.cells)))
    found = [_like(cell) for cell in rows[0].cells]
    if sorted(set(found) & set(table.names)) != sorted(table.names) or len(set(found)) != len(found):
        return 0, None
    return 0, [found.index(name) for name in table.names]


def _like(cell: str) -> str:
    """A name of a column without what people and programs add to it."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", cell) if unicodedata.category(sign)[0] != "C")
    return plain.strip().casefold()


def _header_findings(rows: list[Row], header: int, *, table: TableSchema) -> Iterator[Finding]:
    found, names = rows[header].cells, table.names
    if header:
        action = f"delete what stands above the header in line {rows[header].line}"
        yield Finding(
            table.file, 1, "", "above-header", quote(",".join(rows[0].cells)), "the header in the first line", action
        )
    if found == names:
        return
    if len(found) == 1 and any(sign in found[0] for sign in ";\t|"):
        action = "save the file as CSV with commas"
        yield Finding(table.file, 1, "", "column-name", quote(found[0]), f"{len(names)} cells between commas", action)
        return
    lacking, further = Counter(names) - Counter(found), Counter(found) - Counter(names)
    for name in lacking:
        yield Finding(table.file, 1, name, "column-name", "no such column", repr(name), MEND_HEADER)
    for name in further:
        allowed = "each column once" if name in names else "the columns that datapackage.json names"
        yield Finding(table.file, 1, quote(name)[1:-1], "column-name", quote(name), allowed, MEND_HEADER)
    if not lacking and not further:
        place = next(i for i, name in enumerate(names) if found[i] != name)
        yield Finding(
            table.file, 1, names[place], "column-name", f"{found[place]!r} in its place", "this order", MEND_HEADER
        )


def _shape(row: Row, width: int, *, table: TableSchema) -> Iterator[Finding]:
    cells = row.cells
    if not any(cells):
        yield Finding(table.file, row.line, "", "blank-row", "an empty row", "rows with cells", "delete the row")
    elif cells == table.names:
        yield Finding(table.file, row.line, "", "header-twice", "the header again", "one header", "delete the row")
    elif len(cells) > width:
        found, action = quote(",".join(cells[width:])), "put text with a comma into quotation marks"
        yield Finding(table.file, row.line, "", "extra-cell", found, f"{width} cells", action)
    elif len(cells) < width:
        action = "give the row a cell for every column"
        yield Finding(table.file, row.line, "", "missing-cell", f"{len(cells)} of {width} cells", "all of them", action)
