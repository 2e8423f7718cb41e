"""The tables of a page as a file, for the workbook of an edition: `results/<chapter>.tables.json`.

    {"name": "exports", "number": "Table 3.2", "caption": "Exports", "subtitle": "", "note": "", "sources": ["A, 2020"], "alt": "",
     "columns": [{"key": "value", "heading": "Exports", "number": true}],
     "rows": [[{"text": "over USD 192 million", "value": "over USD 192 million"}]],
     "units": ["US dollars"],
     "raw": [{"key": "value", "values": [192000000]}]}

A cell holds what the page shows, without markup, and the value behind it: a number, a text, a day as 2026-03-31,
or null where there is none; what it has in small letters stands in brackets, and its `links` are addresses by what leads
there. The first of a row has apart, as its `note`, what stands below it. `alt` says what the figure shows whose numbers these are. `units` are those of the rows in words; there are none where the rows do not say it. `raw` holds what the CSV has besides the columns of the page.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from promotion_book.report.sources import in_brackets, split_source
from promotion_book.report.tables import Column, Table, hold
from promotion_book.words.markup import Html

ENDING = ".tables.json"


@dataclass(frozen=True)
class PageTable:
    """A table of the book: its record, the address and the title of its page, and its CSV among the files of the book."""

    record: Mapping[str, Any]
    address: str
    page: str
    csv: str


def table_record(table: Table, sources: Sequence[str], **about: Any) -> dict[str, Any]:
    """A table as a record.

    Args:
        sources: the labels of what it was computed from; none where its rows name them.
        about: the `number` by which it is quoted, as Table 3.2, and the `units` of its rows in words; of the numbers of a figure
            besides what this has for itself: `number`, `caption`, `subtitle` and `alt`.
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
        "number": "",
        "caption": table.caption,
        "subtitle": "",
        "alt": "",
        "note": table.note,
        "sources": list(sources),
        "columns": [{"key": c.key, "heading": c.heading, "number": c.number} for c in columns],
        "rows": [list(row) for row in zip(*cells, strict=True)],
        "units": [],
        "raw": [{"key": key, "values": values} for key, values in raw.items()],
        **about,
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
    first = next(iter(titles), "")
    shown, found = files.get(f"{first}.html", b""), []
    for page in filter(pages.__contains__, titles):
        folder = pages[page].removesuffix(ENDING)
        for record in json.loads(files[pages[page]])["tables"]:
            where = first if f'id="table-{record["name"]}"'.encode() in shown else page
            found.append(PageTable(record, where, titles[where], f"{folder}/{record['name']}.csv"))
    return found


def _page(name: str, titles: Mapping[str, str]) -> str:
    """The address of the page that left a file: that of its chapter, or of a folder of its own."""
    folder, chapter = posixpath.split(name.removesuffix(ENDING))
    above = posixpath.dirname(folder)
    for address in (f"{above}/{chapter}", f"{above}/index"):
        if address in titles:
            return address
    raise ValueError(f"{name}: no page of the book left it; the pages are {', '.join(titles)}")


def _head(column: Column, value: Any) -> dict[str, Any]:
    said, note = split_source(column.write(value))
    cell = _cell(column, value)
    return {**cell, "text": said, "value": said, "note": note} if note else cell


def _cell(column: Column, value: Any) -> dict[str, Any]:
    shown = column.write(value)
    if not isinstance(shown, Html):
        return {"text": shown, "value": hold(value)}
    return {"text": in_brackets(shown).lines(), "value": hold(value), "links": shown.links()}
