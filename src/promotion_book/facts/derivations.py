"""Figures that no source prints but that follow from others.

An indicator names its derivation in the tables:

    total:kip_recognised:2018   running total of a yearly figure from a year on
    last:kip_recognised:3       sum of a yearly figure over the last years
    change:ocop_total:2020      change of a running total since the year before, from that year on

A derived figure has the status `derived`. A figure printed for the end of a year is never replaced;
one printed within the year is, because the year went on. A missing year of the parts stops the
derivation there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from promotion_book.facts.rows import each


def derived(printed: pd.DataFrame, parts: pd.DataFrame, rule: str) -> pd.DataFrame:
    """The printed yearly series with the missing years that the rule can give.

    Args:
        printed: leading figures of the indicator, one a year (columns of `Known.series`).
        parts: leading figures of the yearly indicator that the rule names.
        rule: `total:<indicator>:<first year>`, `last:<indicator>:<years>` or `change:<indicator>:<year>`.
    """
    kind, _, number = rule.split(":")
    amounts = {int(str(label)): row for label, row in parts.dropna(subset=["value"]).set_index("period").iterrows()}
    have = {row.period for row in each(printed) if (row.period_end.month, row.period_end.day) == (12, 31)}
    rows = []
    for year in sorted(set(amounts) - {int(label) for label in have}):
        span, value = _RULES[kind](amounts, year, int(number))
        if value is not None:
            days = {"period_start": pd.Timestamp(span.start, 1, 1), "period_end": pd.Timestamp(year, 12, 31)}
            row: dict[str, Any] = {str(key): cell for key, cell in amounts[year].items()}
            rows.append({**row, **days, "period": str(year), "value": value, "status": "derived"})
    if not rows:
        return printed
    more = pd.DataFrame(rows, columns=printed.columns)
    kept = printed[~printed["period"].isin(more["period"])]
    return more if kept.empty else pd.concat([kept, more], ignore_index=True)


Amounts = dict[int, "pd.Series[Any]"]
Derived = tuple[range, float | None]


def _sum(amounts: Amounts, years: range) -> Derived:
    there = all(year in amounts for year in years)
    return years, sum(float(amounts[year]["value"]) for year in years) if there else None


def _total(amounts: Amounts, year: int, first: int) -> Derived:
    return _sum(amounts, range(first, year + 1))


def _last(amounts: Amounts, year: int, years: int) -> Derived:
    return _sum(amounts, range(year - years + 1, year + 1))


def _change(amounts: Amounts, year: int, first: int) -> Derived:
    there = year >= first and year - 1 in amounts
    change = float(amounts[year]["value"]) - float(amounts[year - 1]["value"]) if there else None
    return range(year, year + 1), change


_RULES: dict[str, Callable[[Amounts, int, int], Derived]] = {"total": _total, "last": _last, "change": _change}
