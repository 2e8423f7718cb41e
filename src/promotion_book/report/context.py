"""What every table and chart needs: what is known, and the language it is told in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from promotion_book.facts import Known, parse
from promotion_book.facts.areas import formed_lately
from promotion_book.facts.package import find_row
from promotion_book.facts.rows import publishers, records
from promotion_book.report.sources import Source
from promotion_book.words.language import Language, capitalize
from promotion_book.words.numbers import DASH, NumberFormat
from promotion_book.words.status_words import FIGURE_STATUS, FIRST_MONTHS, QUARTERS


@dataclass(frozen=True)
class Context:
    """What is known on the cut-off day, and a language."""

    known: Known
    language: Language
    beside: bool = False  # the place stands beside that of a page; labels of its sources name it

    @cached_property
    def formed(self) -> pd.Timestamp | None:
        """The day on which the place took the boundaries that it has, if that was in the last years."""
        return formed_lately(self.known.package["areas"], self.known.package.area, until=self.known.until)

    @cached_property
    def numbers(self) -> NumberFormat:
        """Figures in this language."""
        return NumberFormat(self.language, self.known.package)

    def indicator(self, indicator: str) -> str:
        """The name of an indicator."""
        return self.language.name(self.known.package.row("indicators", indicator))

    def unit(self, indicator: str) -> dict[str, Any]:
        """The row of the unit of an indicator."""
        return self.known.package.row("units", self.known.package.row("indicators", indicator)["unit"])

    def standing(self, status: str) -> str:
        """The word for the standing of a figure; empty for one that is observed, which needs none."""
        return "" if status == "actual" else self.language.text(FIGURE_STATUS[status])

    def short(self, indicator: str) -> Callable[[float], str]:
        """Writes values of an indicator without the name of what is counted: 117, USD 192 million, 3 months."""
        return lambda value: self.numbers.of(indicator, value, words=False)

    def in_unit(self, indicator: str) -> str:
        """The unit of an indicator in brackets, for the title of a chart whose values are written without it.

        Empty for money, per cent and units with a symbol, which are written with the values, and for things that are
        counted: the indicator's name says what they are.
        """
        unit = self.unit(indicator)
        return f" ({self.language.name(unit)})" if unit["dimension"] in ("index", "rate") else ""

    def in_language(self, row: Any, column: str) -> str:
        """What a table row says in a column of this language: `note` is in `note_en` or `note_vi`."""
        return str(getattr(row, f"{column}_{self.language.code}"))

    def area(self, area: str) -> str:
        """The name of an area."""
        return self.language.name(self.known.package.row("areas", area))

    def parts_of_place(self, areas: Iterable[str]) -> str:
        """Areas in the place by their names, without that of the place, which stands behind each."""
        return self.language.join_list([self.area(area).split(", ")[0] for area in areas])

    def programme(self, programme: str) -> str:
        """The name of a programme."""
        return self.language.name(self.known.package.row("programmes", programme))

    def source(self, source_id: str) -> Source:
        """A source with its label: publisher and year, a letter where a publisher has several in a
        year, and a mark where the figure was read in a copy that is newer than the cut-off day."""
        row = find_row(self._sources, source_id, table="sources")
        publisher = row["publisher"] or self.language.text("Publisher not known")
        label = f"{publisher}, {row['year']}{row['letter']}"
        if self.beside:
            place = self.known.package.place_name(self.language.code)
            label = self.language.text("{source} ({place})", source=label, place=place)
        late = row["published_on"].date() > self.known.on
        return Source(source_id, self.language.text("{label} (later copy)", label=label) if late else label)

    def sources(self, source_ids: Iterable[str]) -> tuple[Source, ...]:
        """The sources of a figure, each once, in the order given."""
        return tuple(self.source(source_id) for source_id in dict.fromkeys(source_ids))

    def period(self, label: str) -> str:
        """A period in a sentence: 2024, the first half of 2024, January–September 2019."""
        named = self._period(label)
        parts = parse(label).frequency in ("half", "quarter")
        return self.language.text("the {part_of_a_year}", part_of_a_year=named) if parts else named

    def _period(self, label: str) -> str:
        """A period as readers write it: 2024, first half of 2024, January–September 2019."""
        period, text = parse(label), self.language.text
        year = str(period.start.year)
        match period.frequency:
            case "half":
                return text("first half of {year}" if label.endswith("1") else "second half of {year}", year=year)
            case "quarter":
                return text(QUARTERS[label[-1]], year=year)
            case "year":
                return text("{year}", year=label)
            case "years":
                return text("{years}", years=label.replace("-", DASH))
            case "months":
                return text(FIRST_MONTHS[str((period.end or period.start).month)], year=year)
            case "month":
                return self.language.month(period.start)
            case "day":
                return self.language.day(period.start)
            case "span" if period.end:
                return text(
                    "{first} to {last}", first=self.language.day(period.start), last=self.language.day(period.end)
                )
            case "open":
                return text("since {first}", first=self.language.day(period.start))
        return label

    def period_beside(self, label: str) -> str:
        """A period in brackets, beside a name or a figure: of years the numbers alone, in every language."""
        return label.replace("-", DASH) if parse(label).frequency in ("year", "years") else self._period(label)

    def period_title(self, label: str) -> str:
        """A period where a row or cell begins with it: First half of 2024."""
        return capitalize(self._period(label))

    def day(self, day: date | pd.Timestamp) -> str:
        """A day in words."""
        return self.language.day(day)

    def scope(self, row: Any) -> str:
        """What narrows a row, in words: its area if not the place itself, and its scope."""
        parts = [] if row.area == self.known.package.area else [self.area(row.area)]
        return "; ".join(parts + ([self.scope_name(row.scope)] if row.scope else []))

    def scope_name(self, scope: str) -> str:
        """The name of a scope."""
        return self.language.name(self.known.package["scopes"].set_index("scope_id").loc[scope])

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        """The sources by id, with `publisher` as readers call it, `year`, and a `letter` among equal ones."""
        rows = self.known.package["sources"].sort_values(["published_on", "source_id"], kind="stable")
        called = publishers(rows, self.language.code)
        rows = rows.assign(publisher=called, year=rows["published_on"].dt.year)
        alike = rows.groupby(["publisher", "year"])["source_id"]
        letters = alike.cumcount().map(lambda n: chr(ord("a") + n)).where(alike.transform("size") > 1, "")
        return {row["source_id"]: row for row in records(rows.assign(letter=letters))}
