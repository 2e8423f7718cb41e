"""Money of one currency in the other, at the published average rate of the period and at no other rate.

A rate printed inside an article is never used. Without a published average there is no amount: it is missing (NaN), and
nobody guesses.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from promotion_book.facts import Known


def dong_per_dollar(rates: pd.DataFrame, period: str) -> float:
    """The average rate of a period, by the yearly series of exchange rates; NaN where none above zero is known."""
    found = rates.loc[(rates["period"] == period) & (rates["value"] > 0), "value"]
    return float(found.iloc[0]) if len(found) else math.nan


def dollars_by_year(known: Known, indicator: str) -> pd.DataFrame:
    """Target statements in dong at the average rate of each year since they were public, up to the end of their period.

    Columns: statement (its `target_id`), period, vnd, year, rate (dong for a dollar) and usd; the last two are missing in
    years without a published rate.
    """
    rows = known.statements(indicator).dropna(subset=["value"])
    until = pd.Timestamp(known.until)
    last = rows["period_end"].where(rows["period_end"] < until, until).dt.year
    years = [list(range(first.year, end + 1)) for first, end in zip(rows["known"], last, strict=True)]
    table = rows[["target_id", "period", "value"]].set_axis(["statement", "period", "vnd"], axis=1)
    table = table.assign(year=pd.Series(years, table.index, dtype=object)).explode("year").dropna(subset=["year"])
    rate = table["year"].map(lambda year: dong_per_dollar(known.rates, str(year))).astype(float)
    return table.assign(rate=rate, usd=table["vnd"] / rate)


def exports_and_revenue(known: Known, revenue: str, *, exports: Sequence[str]) -> pd.DataFrame:
    """Exports beside revenue of the same source and period, by the end of the period.

    Rows of `Known.figures` of the exports with the columns of the revenue (`value_revenue` and so on), `dong` at the
    average rate of the period, and `share`, a fraction; both are missing without a rate.

    Args:
        revenue: an indicator in dong.
        exports: indicators in dollars or dong.
    """
    place = known.package.area
    sold = pd.concat([known.figures(name, place) for name in exports]).dropna(subset=["value"])
    earned = known.figures(revenue, place).dropna(subset=["value"]).query("value != 0")
    both = sold.merge(earned, on=["period", "source_id"], suffixes=("", "_revenue"))
    both = both.sort_values(["period_end", "period_start", "known"], kind="stable")
    rate = both["period"].map(lambda period: dong_per_dollar(known.rates, period)).astype(float)
    dong = both["value"].where(both["unit"] == "vnd", both["value"] * rate)
    return both.assign(dong=dong, share=dong / both["value_revenue"])


def rates_inside_articles(known: Known, dong: str, *, dollars: str) -> pd.DataFrame:
    """The exchange rates that printed pairs of dong and dollars imply, of one source, period, area and scope.

    Rows of figures and statements in dong, with `value_usd` and `rate`.
    """
    vnd, usd = (
        pd.concat([known.figures(name), known.statements(name)]).dropna(subset=["value"]) for name in (dong, dollars)
    )
    both = vnd.merge(usd.query("value != 0"), on=["source_id", "period", "area", "scope"], suffixes=("", "_usd"))
    return both.assign(rate=both["value"] / both["value_usd"])
