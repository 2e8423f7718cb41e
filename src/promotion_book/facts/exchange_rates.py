"""Money of one currency in the other, at the average rate of the period and at no other rate.

A rate printed inside an article is never used. A year without a published average is refused
with the reason; nobody guesses.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


class NoRate(Exception):
    """There is no average exchange rate for the period; the message says which periods there are."""


@dataclass(frozen=True)
class Converted:
    """An amount in the other currency, the rate (dong for one dollar) and where the rate is from."""

    amount: float
    rate: float
    source_id: str


def rate(rates: pd.DataFrame, period: str) -> tuple[float, str]:
    """The average rate of a period and its source. `rates` is the yearly series of exchange rates.

    Raises:
        NoRate: no rate above zero of that period is known.
    """
    rates = rates[rates["value"] > 0]
    row = rates[rates["period"] == period]
    if row.empty:
        known = f"{rates['period'].iloc[0]} to {rates['period'].iloc[-1]}" if len(rates) else "none"
        raise NoRate(f"no average exchange rate for {period}; known: {known}")
    return float(row["value"].iloc[0]), str(row["source_id"].iloc[0])


def to_usd(dong: float, period: str, rates: pd.DataFrame) -> Converted:
    """Dong in US dollars at the period's average rate. Raises NoRate."""
    value, source = rate(rates, period)
    return Converted(dong / value, value, source)


def to_vnd(dollars: float, period: str, rates: pd.DataFrame) -> Converted:
    """US dollars in dong at the period's average rate. Raises NoRate."""
    value, source = rate(rates, period)
    return Converted(dollars * value, value, source)
