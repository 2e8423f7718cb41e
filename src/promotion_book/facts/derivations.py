"""Figures that no source prints but that follow from others.

An indicator names its derivation in the tables:

    total:kip_recognised:2018   running total of a yearly figure from a year on
    last:kip_recognised:3       sum of a yearly figure over the last years
    change:ocop_total:2020      change of a running total since the year before, from that year on
    growth:exports:2022         growth of a figure over the year before, from that year on
    ratio:kip_recognised:kip_firms    one figure over another one of the same period, of any length
    sum:promotion_national_fund:promotion_local_fund    two figures of the same period together, also where both are planned

A derived figure has the status `derived`, or `derived_estimate` where one of its parts is no more than an estimate.
A figure printed for the end of a year is never replaced; one printed within the year is, because the year went on.
A missing year of the parts stops the derivation there.

The year of a growth says since when the figures are of one series: the level of the year before is the first of it.
Both levels have to be undisputed and of one standing, because an estimate over a final figure shows the revision too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from promotion_book.facts.rows import each

CERTAIN = ("actual", "derived")
DERIVED = ("derived", "derived_estimate")
_NAME, _YEAR = "[a-z][a-z0-9_]*", r"(?:19|20)\d\d"
FORMS = {
    "total": re.compile(f"total:{_NAME}:{_YEAR}"),
    "last": re.compile(f"last:{_NAME}:[1-9][0-9]?"),
    "change": re.compile(f"change:{_NAME}:{_YEAR}"),
    "growth": re.compile(f"growth:{_NAME}:{_YEAR}"),
    "ratio": re.compile(f"ratio:{_NAME}:{_NAME}"),
    "sum": re.compile(f"sum:{_NAME}:{_NAME}"),
}


class DerivedFigure(NamedTuple):
    """A derived figure: the years it covers, the years it is computed from, its value."""

    covers: range
    parts: range
    value: float


def derive(printed: pd.DataFrame, parts: pd.DataFrame, *, rule: str) -> pd.DataFrame:
    """The printed yearly series with the missing years that the rule can give.

    Args:
        printed: leading figures of the indicator, one a year (columns of `Known.series`).
        parts: leading figures of the yearly indicator that the rule names.
        rule: `total:<indicator>:<first year>`, `last:<indicator>:<years>`, `change:<indicator>:<year>` or
            `growth:<indicator>:<year>`.
    """
    kind, _, number = rule.split(":")
    amounts = {int(str(label)): row for label, row in parts.dropna(subset=["value"]).set_index("period").iterrows()}
    have = {row.period for row in each(printed) if (row.period_end.month, row.period_end.day) == (12, 31)}
    years = sorted(set(amounts) - {int(label) for label in have})
    found = {year: _RULES[kind](amounts, year, int(number)) for year in years}
    rows = [_row(amounts, year, figure=figure) for year, figure in found.items() if figure]
    if not rows:
        return printed
    more = pd.DataFrame(rows, columns=printed.columns)
    kept = printed[~printed["period"].isin(more["period"])]
    return more if kept.empty else pd.concat([kept, more], ignore_index=True)


def derive_ratio(printed: pd.DataFrame, tops: pd.DataFrame, *, bottoms: pd.DataFrame) -> pd.DataFrame:
    """The printed ratios with those of the periods for which both figures are known; nothing is averaged.

    Args:
        printed: leading figures of the ratio (columns of `Known.series`).
        tops: those of the figure above the line.
        bottoms: those of the figure below the line, of the same periods; zero gives no ratio.
    """
    both = _both(printed, tops, others=bottoms[bottoms["value"] != 0])
    return _with(printed, both.assign(value=both["value"] / both["value_other"]))


def derive_sum(printed: pd.DataFrame, parts: pd.DataFrame, *, others: pd.DataFrame) -> pd.DataFrame:
    """The printed amounts with the sums of the periods for which both parts are known.

    Args:
        printed: leading figures of the whole (columns of `Known.series`).
        parts: those of one part.
        others: those of the other part, of the same periods.
    """
    both = _both(printed, parts, others=others)
    return _with(printed, both.assign(value=both["value"] + both["value_other"]))


def _both(printed: pd.DataFrame, figures: pd.DataFrame, *, others: pd.DataFrame) -> pd.DataFrame:
    """The periods of two series for which nothing is printed, with what the second one says of them."""
    both = figures.merge(others[["period", "value", "status"]], on="period", suffixes=("", "_other"))
    both = both.dropna(subset=["value", "value_other"])
    return both[~both["period"].isin(printed["period"])]


def _with(printed: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """The printed figures with those that come of two others."""
    if more.empty:
        return printed
    certain = more["status"].isin(CERTAIN) & more["status_other"].isin(CERTAIN)
    status = certain.map({True: "derived", False: "derived_estimate"})
    more = more.assign(low=float("nan"), high=float("nan"), status=status)
    return pd.concat([rows for rows in (printed, more[printed.columns]) if len(rows)], ignore_index=True)


Amounts = dict[int, "pd.Series[Any]"]


def _row(amounts: Amounts, year: int, *, figure: DerivedFigure) -> dict[str, Any]:
    """The row of a derived figure: source and day are those of its last part."""
    certain = all(amounts[part]["status"] in CERTAIN for part in figure.parts)
    return {
        **{str(key): cell for key, cell in amounts[year].items()},
        "period_start": pd.Timestamp(figure.covers[0], 1, 1),
        "period_end": pd.Timestamp(year, 12, 31),
        "period": str(year),
        "value": figure.value,
        "status": "derived" if certain else "derived_estimate",
    }


def _sum(amounts: Amounts, years: range) -> DerivedFigure | None:
    if not all(year in amounts for year in years):
        return None
    return DerivedFigure(years, years, sum(float(amounts[year]["value"]) for year in years))


def _total(amounts: Amounts, year: int, first: int) -> DerivedFigure | None:
    return _sum(amounts, range(first, year + 1)) if year >= first else None


def _last(amounts: Amounts, year: int, years: int) -> DerivedFigure | None:
    return _sum(amounts, range(year - years + 1, year + 1))


def _change(amounts: Amounts, year: int, first: int) -> DerivedFigure | None:
    if year < first or year - 1 not in amounts:
        return None
    change = float(amounts[year]["value"]) - float(amounts[year - 1]["value"])
    return DerivedFigure(range(year, year + 1), range(year - 1, year + 1), change)


def _growth(amounts: Amounts, year: int, first: int) -> DerivedFigure | None:
    """Growth in per cent, to a tenth of a point."""
    if year < first or year - 1 not in amounts:
        return None
    before, after = amounts[year - 1], amounts[year]
    if before["status"] != after["status"] or before["disputed"] or after["disputed"] or before["value"] <= 0:
        return None
    rate = round(100 * (float(after["value"]) / float(before["value"]) - 1), 1)
    return DerivedFigure(range(year, year + 1), range(year - 1, year + 1), rate)


_RULES: dict[str, Callable[[Amounts, int, int], DerivedFigure | None]] = {
    "total": _total,
    "last": _last,
    "change": _change,
    "growth": _growth,
}
