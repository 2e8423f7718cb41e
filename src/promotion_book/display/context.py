"""What every display needs: what is known, and the language it is told in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from promotion_book.display.figures import Source
from promotion_book.display.language import Language
from promotion_book.display.numbers import DASH, Numbers
from promotion_book.facts import Known, parse


@dataclass(frozen=True)
class Context:
    """What is known on the cut-off day, and a language."""

    known: Known
    language: Language

    @cached_property
    def numbers(self) -> Numbers:
        """Figures in this language."""
        return Numbers(self.language, self.known.package["units"].set_index("unit_id"), self.known.indicators)

    def indicator(self, indicator: str) -> str:
        """The name of an indicator."""
        return self.language.name(self.known.indicators.loc[indicator])

    def short(self, indicator: str) -> Callable[[float], str]:
        """Writes values of an indicator without the name of a counted unit: 117, USD 192 million."""
        return lambda value: self.numbers.of(indicator, value, words=False)

    def area(self, area: str) -> str:
        """The name of an area."""
        return self.language.name(self.known.package["areas"].set_index("area_id").loc[area])

    def programme(self, programme: str) -> str:
        """The name of a programme."""
        return self.language.name(self.known.package["programmes"].set_index("programme_id").loc[programme])

    def source(self, source_id: str) -> Source:
        """A source with the label that lines and tables use: publisher and year."""
        row = self._sources.loc[source_id]
        publisher = row["publisher"].split(" (")[0]
        return Source(source_id, f"{publisher}, {row['published_on'].year}")

    def sources(self, source_ids: Iterable[str]) -> tuple[Source, ...]:
        """The sources of a figure, each once, in the order given."""
        return tuple(self.source(source_id) for source_id in dict.fromkeys(source_ids))

    def period(self, label: str) -> str:
        """A period as readers write it: 2024, first half of 2024, January to September 2019."""
        period, text = parse(label), self.language.text
        year = str(period.start.year)
        match period.frequency:
            case "half":
                return text("first half of {year}" if label.endswith("1") else "second half of {year}", year=year)
            case "quarter":
                return text("quarter {n} of {year}", n=label[-1], year=year)
            case "years":
                return label.replace("-", DASH)
            case "months":
                last = self.language.month_name(period.end or period.start)
                first = self.language.month_name(period.start)
                return f"{first}{DASH}{last} {year}"
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

    def day(self, day: date | pd.Timestamp) -> str:
        """A day in words."""
        return self.language.day(day)

    def scope(self, row: Any) -> str:
        """What narrows a row, in words: its area if not the place itself, and its scope."""
        parts = [] if row.area == self.known.package.area else [self.area(row.area)]
        return "; ".join(parts + ([self.language.text(row.scope)] if row.scope else []))

    @cached_property
    def _sources(self) -> pd.DataFrame:
        return self.known.package["sources"].set_index("source_id")
