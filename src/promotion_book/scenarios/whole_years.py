"""The figures of a place that are over at the end of the reporting period, by year, and what of them adds up to a total."""

from __future__ import annotations

from datetime import date

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.once import once
from promotion_book.statistics.amounts import adding_up


def last_whole_year(known: Known) -> int:
    """The last year that is over at the end of the reporting period."""
    return known.until.year if known.until == date(known.until.year, 12, 31) else known.until.year - 1


@once
def whole_years(known: Known, indicator: str) -> pd.DataFrame:
    """The place's figures of the years that are over: the rows of `Known.series` that have a value, by year."""
    rows = known.series(indicator)
    rows = rows.set_index(rows["period"].astype(int).rename("year"))
    return rows[rows["value"].notna() & (rows.index <= last_whole_year(known))]


def single_years(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows of `whole_years` are of one year each, and no totals of several years, nor counts within a year."""
    begin = rows["period_start"]
    single: pd.Series[bool] = (begin.dt.year == rows.index) & begin.dt.is_year_start & rows["period_end"].dt.is_year_end
    return single


def amounts_since(known: Known, indicator: str, first: int) -> pd.DataFrame:
    """What adds up to a total from a first year on (`adding_up`): rows as of `whole_years`, by their last year."""
    spans = known.series(indicator, frequency="years").dropna(subset=["value"])
    spans = spans.set_index(spans["period_end"].dt.year.rename("year"))
    rows = pd.concat([spans[spans.index <= last_whole_year(known)], whole_years(known, indicator)])
    days = zip(rows["period_start"].dt.date, rows["period_end"].dt.date, strict=True)
    return rows.iloc[adding_up([*days], date(first, 1, 1))]


def with_gap(amounts: pd.DataFrame, first: int) -> bool:
    """Whether a year of a total is in none of its `amounts_since` its first year, up to the last of them."""
    begun = amounts["period_start"].eq(pd.Timestamp(first, 1, 1)).any()
    return years_missing(amounts["value"], int(amounts.index[0]) if begun else first)


def years_missing(figures: pd.Series[float], first: int) -> bool:
    """Whether a year from the first one of a period up to the last figure has none."""
    return [*figures.index] != [*range(first, first + len(figures))]
