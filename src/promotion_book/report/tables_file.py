"""The tables of a page as a file, for the workbook of an edition: `results/<chapter>.tables.json`.

    {"name": "exports", "number": "Table 3.2", "caption": "Exports", "subtitle": "", "note": "", "sources": ["A, 2020"],
     "columns": [{"key": "value", "heading": "Exports", "number": true}],
     "rows": [[{"text": "over USD 192 million", "value": "over USD 192 million"}]],
     "units": ["US dollars"],
     "raw": [{"key": "value", "values": [192000000]}]}

A cell holds what the page shows, without markup, and the value behind it: a number, a text, a day as 2026-03-31,
or null where there is none. The first of a row has apart, as its `note`, what stands below it. `units` are those of the rows in words; there are none where the rows do not say it. `raw` holds the numbers of the CSV that no column of the page has.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from promotion_book.report.sources import split_source
from promotion_book.report.tables import Column, Table, hold

ENDING = ".tables.json"


@dataclass(frozen=True)
class PageTable:
    """A table of the book: its record, the title of its page, and its CSV among the files of the book."""

    record: Mapping[str, Any]
    page: str
    csv: str


def table_record(
    table: Table, sources: Sequence[str], *, number: str = "", title: str = "", units: Sequence[str | None] = ()
) -> dict[str, Any]:
    """A table as a record.

    Args:
        title: of the figure whose numbers it holds; what is drawn is the subtitle then.
        units: of its rows, in words.
        number: by which it is quoted, or the figure whose numbers it holds: Table 3.2.
        sources: the labels of what it was computed from; none where its rows name them.
    """
    columns = table.columns or tuple(Column(key, key, lambda value: str(hold(value))) for key in table.raw)
    writers = [_head, *[_cell] * len(columns)]
    cells = (
        [write(column, value) for value in table.frame[column.key]]
        for write, column in zip(writers, columns, strict=False)
    )
    shown = {column.key for column in columns}
    raw = {key: [*map(hold, table.frame[key])] for key in table.raw if key not in shown}
    return {
        "name": table.name,
        "number": number,
        "caption": title or table.caption,
        "subtitle": table.caption if title else "",
        "note": table.note,
        "sources": list(sources),
        "columns": [{"key": c.key, "heading": c.heading, "number": c.number} for c in columns],
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "units": list(units),
        "raw": [{"key": key, "values": values} for key, values in raw.items() if _numbers(values)],
    }


def read_page_tables(files: Mapping[str, bytes], titles: Mapping[str, str]) -> list[PageTable]:
    """The tables of a book in the order of its pages; one that the start page shows is of that page.

    Args:
        files: of the book, by name.
        titles: those of the pages by address, as notebooks/economy, in the order of the book, the start page first.

    Raises:
        ValueError: the tables of a page have no page.
    """
    pages = {_page(name, titles): name for name in files if name.endswith(ENDING)}
    start = files.get(f"{next(iter(titles), '')}.html", b"")
    return [
        replace(table, page=next(iter(titles.values())))
        if f'id="table-{table.record["name"]}"'.encode() in start
        else table
        for page in titles
        if page in pages
        for table in _of_page(pages[page], files, title=titles[page])
    ]


def _page(name: str, titles: Mapping[str, str]) -> str:
    """The address of the page that left a file: that of its chapter, or of a folder of its own."""
    folder, chapter = posixpath.split(name.removesuffix(ENDING))
    above = posixpath.dirname(folder)
    for address in (f"{above}/{chapter}", f"{above}/index"):
        if address in titles:
            return address
    raise ValueError(f"{name}: no page of the book left it; the pages are {', '.join(titles)}")


def _of_page(name: str, files: Mapping[str, bytes], *, title: str) -> list[PageTable]:
    folder = name.removesuffix(ENDING)
    records = json.loads(files[name])["tables"]
    return [PageTable(record, title, f"{folder}/{record['name']}.csv") for record in records]


def _head(column: Column, value: Any) -> dict[str, Any]:
    said, note = split_source(column.write(value))
    return {"text": said, "value": said, "note": note} if note else _cell(column, value)


def _cell(column: Column, value: Any) -> dict[str, Any]:
    return {"text": column.write_plain(value), "value": hold(value)}


def _numbers(values: Sequence[str | int | float | None]) -> bool:
    """Whether there are values, and all of them are numbers."""
    given = [value for value in values if value is not None]
    return bool(given) and not any(isinstance(value, str) for value in given)
