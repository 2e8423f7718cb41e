"""Tables as readers get them: accessible HTML, plain text, and CSV with the raw values.

    Table("exports", "Exports", columns=(Column("period", "Period"), Column("value", "Exports", show)), frame=exports)

The first column is the header of its row. The frame holds values as they are; a column's `show` says
how a value is written, so that the page shows "USD 192 million" and the CSV holds 192000000. A column that the
frame does not have so is made from its rows: `Column("source", "Source", of=lambda row: link(row.source_id))`.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import is_scalar

from promotion_book.facts.rows import each
from promotion_book.report.sources import Source
from promotion_book.words.markup import Html, escape, fill, guard_formula, join

LARGEST = sys.float_info.max  # that a spreadsheet holds as a number
MISSING = "\N{EN DASH}"
LINES, LONG = 20, 3000  # of a table in plain text: its lines, and characters after which no line follows
WHOLE = r"[+\u2212-]?(?:\d{1,3}(?:(?P<group>[.,])\d{3})+|\d+)"
SHORT = re.compile(r"(?=.{3,10}$)\S+ \S+")  # two words that stay on one line, as those of a standing
NUMBER = re.compile(rf"(?P<whole>{WHOLE})(?:(?P<point>[.,])(?P<decimals>\d{{1,2}}))?(?P<sign>%?)")


@dataclass(frozen=True)
class Column:
    """A column of a table: its key in the frame, its heading, and how a value is shown.

    `number` aligns right, `wide` keeps room for prose; `of` makes the value from a row of the frame, whose columns are its
    attributes. What is shown is escaped unless it is `Html`.
    """

    key: str
    heading: str
    show: Callable[[Any], str] = str
    number: bool = False
    wide: bool = False
    of: Callable[[Any], Any] | None = None

    def write(self, value: Any) -> str:
        """The value as the page shows it; a missing value is a dash."""
        shown = None if is_missing(value) else self.show(value)
        return MISSING if shown is None else shown if isinstance(shown, str) else str(shown)

    def write_plain(self, value: Any) -> str:
        """The value as the page shows it, without markup."""
        text = self.write(value)
        return text.text() if isinstance(text, Html) else text


@dataclass(frozen=True, eq=False)
class Table:
    """A frame with a caption. `name` is the name of its CSV file.

    `raw` names the columns of the frame that the CSV holds, where these are not the columns of the page;
    `sources` are those of a table that was computed, where its rows do not name them; `empty` is said where
    there are no rows. A column that neither the frame has nor its rows make has no values.
    """

    name: str
    caption: str
    _: KW_ONLY
    columns: tuple[Column, ...] = ()
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    note: str = ""
    raw: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    empty: str = ""

    def __post_init__(self) -> None:
        rows = each(self.frame)
        made = {c.key: [c.of(row) for row in rows] for c in self.columns if c.of}
        frame = self.frame.assign(
            **{key: pd.Series(cells, self.frame.index, dtype=object) for key, cells in made.items()}
        )
        object.__setattr__(self, "columns", tuple(replace(column, of=None) for column in self.columns))
        keys = [*frame.columns, *(column.key for column in self.columns), *self.raw]
        object.__setattr__(self, "frame", frame.reindex(columns=pd.Index(dict.fromkeys(keys), dtype=object)))

    def lean(self) -> Table:
        """The table without the columns in which no row has a value; with all where it has no rows."""
        kept = [c for c in self.columns if self.frame.empty or not all(map(is_missing, self.frame[c.key]))]
        return replace(self, columns=tuple(kept))

    def html(self, number: str = "") -> Html:
        """The table as HTML with caption, column and row headers, in a region that can scroll; with its number, if any. One
        without rows is what it says then.

        The roles keep it a table for screen readers where a phone shows its rows as cards.
        """
        if self.frame.empty and self.empty:
            return fill('<p class="said">{said}</p>', said=self.empty)
        head = "".join(
            f'<th scope="col" role="columnheader"{_classes(c, c.heading) if i else ""}>{escape(c.heading)}</th>'
            for i, c in enumerate(self.columns)  # the first one stands over the heads of the rows
        )
        cells = (_cells(c, list(self.frame[c.key]), first=i == 0) for i, c in enumerate(self.columns))
        rows = (join("\n", row) for row in zip(*cells, strict=True))
        body = join("\n", (Html(f'<tr role="row">{row}</tr>') for row in rows))
        caption, address = escape(self.caption), f"table-{self.name}"
        place = fill(' id="{address}"', address=address) if number else ""
        label = fill('<span class="exhibit-number">{number}</span> ', number=number) if number else ""
        note = f'<p class="table-note">{escape(self.note)}</p>' if self.note else ""
        return Html(
            f'<div class="table-scroll"{place} role="region" aria-label="{caption}" tabindex="0">\n'
            f'<table class="report-table" role="table"><caption>{label}{caption}</caption>\n'
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n<tbody role="rowgroup">\n{body}\n</tbody></table></div>{note}'
        )

    def text(self) -> str:
        """The table as plain text, for terminals and screen readers of notebooks."""
        columns = ([column.heading, *map(column.write_plain, self.frame[column.key])] for column in self.columns)
        return "\n".join([self.caption, *map("\t".join, zip(*columns, strict=True))])

    def csv(self) -> str:
        """The frame with its raw values; a text that a spreadsheet would take for a formula stays a text.

        What is neither text nor number nor day, such as a chance, has the words of its column.
        """
        words = {column.key: column.write_plain for column in self.columns}
        keys = self.raw or tuple(words)
        cells = {key: [_raw(value, words.get(key, str)) for value in self.frame[key]] for key in keys}
        return pd.DataFrame(cells, columns=[*keys], dtype=object).to_csv(index=False, lineterminator="\n")

    def csv_file(self) -> bytes:
        """The CSV as a file in UTF-8; with letters beyond ASCII it begins with the mark without which Excel misreads them."""
        text = self.csv()
        return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def as_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows as a frame in which each value stays what it is: a whole number stays one beside a missing one."""
    return pd.DataFrame(list(rows), dtype=object)


def first_lines(text: str) -> str:
    """The first lines of a long text, and how many more there are: what is stored with a notebook can be read."""
    lines = text.splitlines()
    some = lines[: min(LINES, next((n for n in range(1, len(lines)) if len("\n".join(lines[:n])) > LONG), LINES))]
    return "\n".join([*some, f"… {len(lines) - len(some)}"]) if len(some) < len(lines) else text


def is_missing(value: Any) -> bool:
    """Whether a cell has no value; a number that is not finite is none."""
    if isinstance(value, str) or not is_scalar(value):
        return isinstance(value, str) and not value
    return bool(pd.isna(value)) or (isinstance(value, (float, np.floating)) and math.isinf(value))


def hold(value: Any) -> str | int | float | None:
    """The value of a cell as a file holds it: a number, a text, a day as 2026-03-31; None where there is none."""
    if is_missing(value):
        return None
    value = value.item() if isinstance(value, np.generic) else value.text() if isinstance(value, Html) else value
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= LARGEST:
        return str(value)
    return int(value) if value == int(value) else value


def _cells(column: Column, values: list[Any], *, first: bool) -> list[Html]:
    shown = [column.write(value) for value in values]
    if first:
        return [Html(f'<th scope="row" role="rowheader">{escape(text)}</th>') for text in shown]
    label, texts = escape(column.heading), same_decimals(shown) if column.number else shown
    return [
        Html(
            f'<td role="cell" data-label="{label}"{_classes(column, text, empty=is_missing(value))}>{escape(text)}</td>'
        )
        for value, text in zip(values, texts, strict=True)
    ]


def same_decimals(texts: Sequence[str]) -> list[str]:
    """The numbers of a column with as many decimals as the one that has most, where most of them have some.

    A column that holds anything but numbers, percentages and dashes stays as it is.
    """
    found = [NUMBER.fullmatch(text) for text in texts]
    numbers = [match for match in found if match]
    points, groups = ({match[name] for match in numbers if match[name]} for name in ("point", "group"))
    told = [match["decimals"] for match in numbers if match["decimals"]]
    alone = len(numbers) + list(texts).count(MISSING) == len(texts)
    if not alone or len(points) != 1 or points & groups or 2 * len(told) <= len(numbers):
        return list(texts)
    (point,), most = points, max(map(len, told))
    return [
        f"{match['whole']}{point}{(match['decimals'] or '').ljust(most, '0')}{match['sign']}" if match else text
        for match, text in zip(found, texts, strict=True)
    ]


def _classes(column: Column, text: str, *, empty: bool = False) -> str:
    told = {"number": column.number, "wide": column.wide, "missing": empty, "short": SHORT.fullmatch(text)}
    kinds = [kind for kind, holds in told.items() if holds]
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _raw(value: Any, write: Callable[[Any], str]) -> Any:
    held = hold(value if is_scalar(value) else write(value))
    if isinstance(held, float):
        return f"{Decimal(str(held)):f}"
    return guard_formula(held) if isinstance(held, str) else held
