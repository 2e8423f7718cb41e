"""Sentences of a page with its values filled in, as readers write them."""

from __future__ import annotations

from collections.abc import Iterable
from string import Formatter
from typing import Any

import pandas as pd

from promotion_book.facts.suggestion import did_you_mean
from promotion_book.report.chapters.own_projections import chance_words
from promotion_book.report.frames import Frames
from promotion_book.report.headline import change_words, figure_words
from promotion_book.report.tables import is_missing
from promotion_book.scenarios.probability import Chance


class PageWords(Frames):
    """The figures of an edition, and how a sentence has them."""

    def text(self, message: str, **values: Any) -> str:
        """A message in the language of the page with its values filled in; empty where one that it names is missing.

        Values may come as a row of a frame: `**page.last(exports)`. A number with decimals, a day, a list and a chance are
        written as a sentence has them, the last day of a year as its end; a whole number, such as a year, stays as it is.

        Raises:
            ValueError: a value that the message names is not given.
        """
        names = [name for _, name, _, _ in Formatter().parse(message) if name]
        if lacking := [f"{name!r}{did_you_mean(name, values)}" for name in names if name not in values]:
            raise ValueError(f"the message {message!r} is given no value for {', '.join(lacking)}")
        needed = {name: values[name] for name in names}
        if any(not value if isinstance(value, list) else is_missing(value) for value in needed.values()):
            return ""
        shown = {name: self._write(value) for name, value in needed.items()}
        return self.context.language.fill_in(message, shown)

    def _write(self, value: Any) -> Any:
        """A value as a sentence has it."""
        if isinstance(value, list):
            return self.context.language.join_list([str(self._write(one)) for one in value])
        if isinstance(value, Chance):
            return chance_words(self.context, value)
        if isinstance(value, pd.Timestamp):
            last = (value.month, value.day) == (12, 31)
            return (
                self.text("the end of {year}", year=value.year)
                if last
                else self.text("{day}", day=self.context.day(value))
            )
        return self.number(value) if isinstance(value, float) else value

    def number(self, value: float) -> str:
        """A number with at most one decimal, as readers have it; empty without one."""
        return "" if is_missing(value) else self.context.numbers.plain(value, 1)

    def percent(self, share: float, figure: Any = None) -> str:
        """A fraction as readers have it, with the word of a figure that it is made of: 0.0815 is 8.2%, or over 8.2%."""
        numbers = self.context.numbers
        if is_missing(share):
            return ""
        return numbers.percent(share, 1) if figure is None else numbers.share(share, figure, decimals=1)

    def names(self, indicators: Iterable[str]) -> str:
        """The names of some indicators, one after the other."""
        return "; ".join(self.context.indicator(name) for name in indicators)

    def sentence(self, figures: pd.DataFrame) -> str:
        """The last figure of a frame with its time, scope and standing, as a sentence without its full stop; empty without one."""
        row = self.last(figures)
        if figures.empty:
            return ""
        scope = self.context.scope_name(row["scope"]) if row.get("scope") else ""
        standing = "" if row["status"] in ("actual", "to_date") else row["standing"]
        beside = ", ".join(filter(None, (scope, standing)))
        return figure_words(self.context, row, shown=f"{row['shown']} ({beside})" if beside else row["shown"])

    def moved(self, figures: pd.DataFrame) -> str:
        """What figures did from the first to the last one, as a sentence without its full stop; where one is alone, a bound or no
        observation, the last one is told.
        """
        known = figures.dropna(subset=["value"])
        bound = known["low"].eq(known["value"]) | known["high"].eq(known["value"])
        firm = len(known) > 1 and not bound.any() and known["status"].eq("actual").all()
        return change_words(self.context, known) if firm else self.sentence(figures)

    def last(self, frame: pd.DataFrame) -> pd.Series[Any]:
        """The last row of a frame; of an empty one a row in which all is missing."""
        return frame.astype(object).iloc[-1] if len(frame) else pd.Series(index=frame.columns, dtype=object)
