"""Tables as readers get them: accessible HTML, plain text, and CSV with the raw values.

The first column is the header of its row. Columns hold values as they are; a column's `show` says
how a value is written, so that the page shows "USD 192 million" and the CSV holds 192000000.
"""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from promotion_book.display.sources import Source

MISSING = "\N{EN DASH}"


@dataclass(frozen=True)
class Column:
    """A column of a table: its key in the rows, its heading, and how a value is shown.

    `number` aligns right, `wide` keeps room for prose; `markup` marks a `show` that gives HTML.
    """

    key: str
    heading: str
    show: Callable[[Any], str] = str
    number: bool = False
    markup: bool = False
    wide: bool = False

    def written(self, value: Any) -> str:
        """The value as the page shows it; a missing value is a dash."""
        return MISSING if missing(value) else self.show(value)

    def plain(self, value: Any) -> str:
        """The value as the page shows it, without markup."""
        text = self.written(value)
        return html.unescape(re.sub(r"<[^>]+>", "", text.replace("<br>", "; "))) if self.markup else text


@dataclass(frozen=True)
class Table:
    """Rows with a caption. `name` is the name of its CSV file.

    `raw` names the keys of the rows that the CSV holds, where these are not the columns of the page;
    `sources` are those of a table that was computed, where its rows do not name them; `empty` is said where
    there are no rows.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""
    raw: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    empty: str = ""

    def html(self) -> str:
        """The table as HTML with caption, column and row headers, in a region that can scroll.

        The roles keep it a table for screen readers where a phone shows its rows as cards.
        """
        head = "".join(
            f'<th scope="col" role="columnheader"{_classes(c)}>{html.escape(c.heading)}</th>' for c in self.columns
        )
        body = "\n".join(self._row(row) for row in self.rows)
        caption = html.escape(self.caption)
        note = f'<p class="table-note">{html.escape(self.note)}</p>' if self.note else ""
        return (
            f'<div class="table-scroll" role="region" aria-label="{caption}" tabindex="0">\n'
            f'<table class="report-table" role="table"><caption>{caption}</caption>\n'
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n<tbody role="rowgroup">\n{body}\n</tbody></table></div>{note}'
        )

    def text(self) -> str:
        """The table as plain text, for terminals and screen readers of notebooks."""
        lines = ["\t".join(c.heading for c in self.columns)]
        lines += ["\t".join(c.plain(row.get(c.key)) for c in self.columns) for row in self.rows]
        return "\n".join([self.caption, *lines])

    def csv(self) -> str:
        """The rows with their raw values."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        keys = self.raw or tuple(c.key for c in self.columns)
        writer.writerow(keys)
        writer.writerows([_raw(row.get(key)) for key in keys] for row in self.rows)
        return out.getvalue()

    def _row(self, row: dict[str, Any]) -> str:
        cells = [self._cell(c, row, first=i == 0) for i, c in enumerate(self.columns)]
        return f'<tr role="row">{"".join(cells)}</tr>'

    def _cell(self, column: Column, row: dict[str, Any], first: bool) -> str:
        text = column.written(row.get(column.key))
        shown = text if column.markup else html.escape(text)
        if first:
            return f'<th scope="row" role="rowheader">{shown}</th>'
        classes = _classes(column, missing(row.get(column.key)))
        return f'<td role="cell" data-label="{html.escape(column.heading)}"{classes}>{shown}</td>'


def missing(value: Any) -> bool:
    """Whether a cell has no value."""
    return value is None or value == "" or (not isinstance(value, (str, list, tuple)) and pd.isna(value))


def _classes(column: Column, empty: bool = False) -> str:
    kinds = ["number"] * column.number + ["wide"] * column.wide + ["missing"] * empty
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _raw(value: Any) -> Any:
    if missing(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return int(value) if isinstance(value, float) and value == int(value) else value
