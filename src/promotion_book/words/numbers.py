"""Figures as readers see them, with unit, decimals and what the source said about precision.

form(row)                       "over 10,000 establishments", "VND 40 trillion", "60,000-70,000 jobs"
amount(value, unit)             "USD 192 million", "8.2%"
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from promotion_book.facts import Package
from promotion_book.facts.schema import RULES
from promotion_book.words.language import MINUS, NON_BREAKING, Language

SCALES = {1e12: "trillion", 1e9: "billion", 1e6: "million"}
LARGEST = {"vi": 1e9}  # the largest scale of a language in reports: 76.800 tỷ đồng, not 76,8 nghìn tỷ đồng
DASH = "\N{EN DASH}"


@dataclass(frozen=True)
class NumberFormat:
    """Figures of a package's indicators and units in one language."""

    language: Language
    package: Package

    def amount(self, value: float, unit: str, *, decimals: int = 0, words: bool = True) -> str:
        """A value with its unit; `words` adds the name of a counted unit, as in 117 products."""
        dimension = self.package.row("units", unit)["dimension"]
        if dimension == "money":
            return self._money(value, unit)
        number = self.plain(value, decimals)
        if dimension == "percent":
            return number + "%"
        name = self._unit(unit, one=number.strip(MINUS) == "1")
        return f"{number} {name}" if words and name and dimension == "count" else number

    def plain(self, value: float, decimals: int = 0) -> str:
        """A number of the locale with a true minus sign and no more decimals than it needs."""
        return self.language.number(*_needed(value, decimals)).replace("-", MINUS)

    def percent(self, share: float, decimals: int = 0) -> str:
        """A fraction as per cent: 0.945 is 94%."""
        return self.plain(100 * share, decimals) + "%"

    def of(self, indicator: str, value: float, *, words: bool = True) -> str:
        """A value of an indicator, with the unit and decimals of the indicator."""
        row = self.package.row("indicators", indicator)
        return self.amount(value, row["unit"], decimals=int(row["decimals"]), words=words)

    def figure(self, row: Any, *, words: bool = True, target: bool = False) -> str:
        """What a table row says: a value, `over` or `up to` it, or a range; a target to stay below is `up to`."""
        text = self.language.text
        if pd.isna(row.value):
            return self._range(row.indicator_id, row.low, row.high, words)
        value = self.of(row.indicator_id, row.value, words=words)
        if pd.notna(row.low) and row.low == row.value:
            return text("over {value}", value=value)
        if target and getattr(row, "reading", "") == "at_most":
            return text("up to {value}", value=value)
        if pd.notna(row.high) and row.high == row.value:
            limit = target or self.package.row("indicators", row.indicator_id)["programme_id"] == RULES
            return text("up to {value}" if limit else "nearly {value}", value=value)
        return value

    def _range(self, indicator: str, low: float, high: float, words: bool) -> str:
        row = self.package.row("indicators", indicator)
        return self.between(low, high, unit=row["unit"], decimals=int(row["decimals"]), words=words)

    def between(self, low: float, high: float, *, unit: str, decimals: int = 0, words: bool = True) -> str:
        """A range: 60,000-70,000 jobs, USD 30-40 billion; amounts of money of different scale are written in full."""
        if self.package.row("units", unit)["dimension"] != "money":
            return f"{self.plain(low, decimals)}{DASH}{self.amount(high, unit, decimals=decimals, words=words)}"
        if self._scale(low) != self._scale(high):
            return f"{self._money(low, unit)}{NON_BREAKING}{DASH} {self._money(high, unit)}"
        return self._money(high, unit, before=f"{self.plain(low / self._scale(low), 2)}{DASH}")

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
        row = self.package.row("units", self.package.currency)
        return str((one and row.get(f"one_{self.language.code}")) or self.language.name(row))

    def _unit(self, unit: str, one: bool) -> str:
        row, code = self.package.row("units", unit), self.language.code
        return str(row[f"symbol_{code}"] or (one and row.get(f"one_{code}")) or row[f"name_{code}"])


def _needed(value: float, most: int) -> tuple[float, int]:
    """A number with as many decimals as it needs, `most` at most: 40, 22.5, 8.63."""
    exact = round(value, most)
    decimals = next(d for d in range(most + 1) if round(exact, d) == exact)
    return exact, decimals
