"""Tables as readers get them: accessible HTML, plain text, and CSV with the raw values.

The first column is the header of its row. Columns hold values as they are; a column's `show` says
how a value is written, so that the page shows "USD 192 million" and the CSV holds 192000000.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from promotion_book.report.sources import Source
from promotion_book.words.markup import Html, escape, guard_formula, join

MISSING = "\N{EN DASH}"


@dataclass(frozen=True)
class Column:
    """A column of a table: its key in the rows, its heading, and how a value is shown.

    `number` aligns right, `wide` keeps room for prose. What is shown is escaped unless it is `Html`.
    """

    key: str
    heading: str
    show: Callable[[Any], str] = str
    number: bool = False
    wide: bool = False

    def written(self, value: Any) -> str:
        """The value as the page shows it; a missing value is a dash."""
        return MISSING if is_missing(value) else self.show(value)

    def plain(self, value: Any) -> str:
        """The value as the page shows it, without markup."""
        text = self.written(value)
        return text.text() if isinstance(text, Html) else text


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

    def html(self) -> Html:
        """The table as HTML with caption, column and row headers, in a region that can scroll.

        The roles keep it a table for screen readers where a phone shows its rows as cards.
        """
        head = "".join(
            f'<th scope="col" role="columnheader"{_classes(c)}>{escape(c.heading)}</th>' for c in self.columns
        )
        body = "\n".join(self._row(row) for row in self.rows)
        caption = escape(self.caption)
        note = f'<p class="table-note">{escape(self.note)}</p>' if self.note else ""
        return Html(
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
        """The rows with their raw values; a text that a spreadsheet would take for a formula stays a text."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        keys = self.raw or tuple(c.key for c in self.columns)
        writer.writerow(keys)
        writer.writerows([_raw(row.get(key)) for key in keys] for row in self.rows)
        return out.getvalue()

    def _row(self, row: dict[str, Any]) -> str:
        cells = join("\n", (self._cell(c, row, first=i == 0) for i, c in enumerate(self.columns)))
        return f'<tr role="row">{cells}</tr>'

    def _cell(self, column: Column, row: dict[str, Any], first: bool) -> Html:
        shown = escape(column.written(row.get(column.key)))
        if first:
            return Html(f'<th scope="row" role="rowheader">{shown}</th>')
        classes = _classes(column, is_missing(row.get(column.key)))
        return Html(f'<td role="cell" data-label="{escape(column.heading)}"{classes}>{shown}</td>')


def is_missing(value: Any) -> bool:
    """Whether a cell has no value."""
    return value is None or value == "" or (not isinstance(value, (str, list, tuple)) and pd.isna(value))


def _classes(column: Column, empty: bool = False) -> str:
    kinds = ["number"] * column.number + ["wide"] * column.wide + ["missing"] * empty
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _raw(value: Any) -> Any:
    if is_missing(value):
        return ""
    if isinstance(value, str):
        return guard_formula(value.text() if isinstance(value, Html) else value)
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return int(value) if value == int(value) else f"{Decimal(str(float(value))):f}"
    return value
