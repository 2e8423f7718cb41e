"""Figures as readers see them, with unit, decimals and what the source said about precision.

figure(row)                     "over 10,000 establishments", "VND 40 trillion", "60,000-70,000 jobs"
amount(value, unit)             "USD 192 million", "8.2%"
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP
from typing import Any

import pandas as pd

from promotion_book.digits import round_number
from promotion_book.facts import Package
from promotion_book.facts.schema import RULES
from promotion_book.words.language import MINUS, NON_BREAKING, Language

SCALES = {1e12: "trillion", 1e9: "billion", 1e6: "million"}
LARGEST = {"vi": 1e9}  # the largest scale of a language in reports: 76.800 tỷ đồng, not 76,8 nghìn tỷ đồng
MEASURES = ("months", "years", "percentage_points")  # units that no name of what is counted says
DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class NumberFormat:
    """Figures of a package's indicators and units in one language; `way` is how they are rounded (`digits.round_number`)."""

    language: Language
    package: Package
    way: str = ROUND_HALF_UP

    def amount(self, value: float, unit: str, *, decimals: int = 0, words: bool = True) -> str:
        """A value with its unit; `words` adds the name of what is counted, as in 117 products."""
        dimension = self.package.row("units", unit)["dimension"]
        if dimension == "money":
            return self._money(value, unit)
        number = self.plain(value, decimals)
        if dimension == "percent":
            return number + "%"
        named = words or unit in MEASURES
        symbol = self.language.name(self.package.row("units", unit), "symbol")
        name = symbol or (self.unit_name(unit, one=number.strip(MINUS) == "1") if named else "")
        joint = NON_BREAKING if symbol else " "
        return f"{number}{joint}{name}" if name and dimension == "count" else number

    def plain(self, value: float, decimals: int = 0) -> str:
        """A number of the locale with a true minus sign and no more decimals than it needs."""
        return self.language.number(*_needed(value, decimals, way=self.way)).replace("-", MINUS)

    def percent(self, share: float, decimals: int = 0) -> str:
        """A fraction as per cent: 0.945 is 94%."""
        return self.plain(100 * share, decimals) + "%"

    def share(self, share: float, figure: Any, *, decimals: int = 0, limit: bool = False) -> str:
        """A fraction that is made of a figure as per cent, with the word of its source: 900 of 950, over 900, is over 94%.

        What is over a value is rounded down and what is nearly it up, so that the word stays true; where the per cent above
        is not the nearest one, a decimal more keeps it near.
        """
        way = {(True, False): ROUND_FLOOR, (False, True): ROUND_CEILING}.get(_bounds(figure), ROUND_HALF_UP)
        if way == ROUND_CEILING and replace(self, way=way).percent(share, decimals) != self.percent(share, decimals):
            decimals += 1
        return self.as_printed(replace(self, way=way).part(share, decimals, limit=limit), figure)

    def part(self, share: float, decimals: int = 0, *, limit: bool = False) -> str:
        """A fraction of what is wanted as per cent: what is short of all of it is never 100%, nor what is beyond a limit."""
        if (
            self.way == ROUND_HALF_UP
            and round_number(share, decimals + 2) == 1
            and (share < 1 or (limit and share > 1))
        ):
            return replace(self, way=ROUND_FLOOR if share < 1 else ROUND_CEILING).percent(share, decimals)
        return self.percent(share, decimals)

    def apart(self, value: float, wanted: float, write: Callable[[NumberFormat, float], str]) -> str:
        """A value in the words of `write`, where it differs from what is wanted not in the same words as that."""
        alike = value != wanted and write(self, value) == write(self, wanted)
        way = ROUND_FLOOR if value < wanted else ROUND_CEILING
        return write(replace(self, way=way) if alike else self, value)

    def of(self, indicator: str, value: float, *, words: bool = True, decimals: int = 0) -> str:
        """A value of an indicator, with its unit and the decimals of the indicator, or more."""
        row = self.package.row("indicators", indicator)
        return self.amount(value, row["unit"], decimals=max(decimals, int(row["decimals"])), words=words)

    def span(self, indicator: str, low: float, high: float, *, words: bool = True, decimals: int = 0) -> str:
        """A range of an indicator, with the decimals of `of`: 60,000-70,000 jobs, USD 30-40 billion; amounts of money of
        different scale are written in full.
        """
        row = self.package.row("indicators", indicator)
        unit, decimals = row["unit"], max(decimals, int(row["decimals"]))
        if self.package.row("units", unit)["dimension"] != "money":
            return f"{self.plain(low, decimals)}{DASH}{self.amount(high, unit, decimals=decimals, words=words)}"
        if self._scale(low) != self._scale(high):
            return f"{self._money(low, unit)}{NON_BREAKING}{DASH} {self._money(high, unit)}"
        return self._money(high, unit, before=f"{self.plain(low / self._scale(low), 2)}{DASH}")

    def figure(self, row: Any, *, words: bool = True, target: bool = False, indicator: str = "") -> str:
        """What a table row says: a value, `about`, `over` or `up to` it, or a range; a target to stay below is `at most`, and
        one of several years that wants the same in each says so.

        `indicator` is that of a figure which is no row of a table.
        """
        indicator = indicator or row.indicator_id
        said = self._figure(indicator, row, words=words, target=target)
        if not (target and getattr(row, "path", "") == "per_period" and row.period_start.year < row.period_end.year):
            return said
        event = self.package.row("indicators", indicator)["measured"] == "event"
        return self.language.text("{value} each time" if event else "{value} a year", value=said)

    def _figure(self, indicator: str, row: Any, *, words: bool, target: bool) -> str:
        if pd.isna(row.value):
            return self.span(indicator, row.low, row.high, words=words)
        value = self.of(indicator, row.value, words=words)
        if target and getattr(row, "reading", "") == "at_most" and row.low != row.value:
            return self.language.text("at most {value}", value=value)
        if row.high == row.value != row.low and self._is_limit(indicator, target):
            return self.language.text("up to {value}", value=value)
        return self.as_printed(value, row)

    def as_printed(self, value: str, figure: Any) -> str:
        """A value with the word of its source: over, nearly, or about where it is low and high."""
        over, nearly = _bounds(figure)
        if not (over or nearly):
            return value
        if over and nearly:
            return self.language.text("about {value}", value=value)
        return self.language.text("over {value}" if over else "nearly {value}", value=value)

    def left(self, write: Callable[[NumberFormat], str], *, figure: Any, wanted: Any) -> str | None:
        """What is left from a figure to what is wanted: at most so much where only more than the figure is known, at least so
        much where more than it is wanted, rounded so that this stays true; None where bounds on both sides leave no number.
        """
        way = way_of_left(figure, wanted)
        if way in (None, ROUND_HALF_UP):
            return way and write(self)
        value = write(replace(self, way=way))
        return self.language.text("at most {value}" if way == ROUND_CEILING else "at least {value}", value=value)

    def _is_limit(self, indicator: str, target: bool) -> bool:
        return target or self.package.row("indicators", indicator)["programme_id"] == RULES

    def _scale(self, value: float) -> float:
        largest = LARGEST.get(self.language.code, max(SCALES))
        return next((scale for scale in SCALES if scale <= min(largest, abs(value))), 1.0)

    def _money(self, value: float, unit: str, *, before: str = "") -> str:
        currency, text = self.language.name(self.package.row("units", unit), "symbol"), self.language.text
        scale = self._scale(value)
        shown = before + self.plain(value / scale, 2)
        amount = f"{shown}{NON_BREAKING}{text(SCALES[scale])}" if scale > 1 else shown
        return text("{currency}\N{NO-BREAK SPACE}{amount}", currency=currency, amount=amount)

    def money_name(self, *, one: bool = False) -> str:
        """The money of the place, of one or of several: dong, Kenyan shillings."""
        return self.unit_name(self.package.currency, one=one)

    def unit_name(self, unit: str, *, one: bool = False) -> str:
        """The name of a unit, of one or of several: product, products."""
        row = self.package.row("units", unit)
        return str((one and row.get(f"one_{self.language.code}")) or self.language.name(row))


def way_of_left(figure: Any, wanted: Any) -> str | None:
    """How what is left from a figure to what is wanted is rounded; None where bounds on both sides leave no number."""
    (over, nearly), (beyond, short) = _bounds(figure), _bounds(wanted)
    most, least = (over and not nearly) or (short and not beyond), (nearly and not over) or (beyond and not short)
    if most and least:
        return None
    return ROUND_CEILING if most else ROUND_FLOOR if least else ROUND_HALF_UP


def _bounds(figure: Any) -> tuple[bool, bool]:
    """Whether a figure is only known to be over its value, and whether only to be nearly it."""
    return figure.low == figure.value, figure.high == figure.value


def _needed(value: float, most: int, *, way: str) -> tuple[float, int]:
    """A number with as many decimals as it needs, `most` at most: 40, 22.5, 8.63."""
    exact = round_number(value, most, way=way)
    decimals = next(d for d in range(most + 1) if round_number(exact, d) == exact)
    return exact, decimals
