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

from typing import Any

import pandas as pd

from promotion_book.facts.rows import each

CERTAIN = ("actual", "derived")
SUMS = ("total", "last")
_NAME, _YEAR = "[a-z][a-z0-9_]*", r"(?:19|20)\d\d"
FORM = f"(?:total|change|growth):{_NAME}:{_YEAR}|last:{_NAME}:[1-9][0-9]?|(?:ratio|sum):{_NAME}:{_NAME}"


def parts_of(rules: pd.Series[Any]) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """The indicator that each derivation names first, and the other one of a ratio or a sum; empty where it names none."""
    first = rules.str.extract("^[^:]*:([^:]*):[^:]*$", expand=False).fillna("")
    other = rules.str.extract("^(?:ratio|sum):[^:]*:([^:]*)$", expand=False).fillna("")
    return first, other


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
    rows = [row for year in years if (row := _row(amounts, year, kind=kind, number=int(number)))]
    if not rows:
        return printed
    more = pd.DataFrame(rows, columns=printed.columns)
    kept = printed[~printed["period"].isin(more["period"])]
    return more if kept.empty else pd.concat([kept, more], ignore_index=True)


def derive_of_two(printed: pd.DataFrame, figures: pd.DataFrame, *, others: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The printed figures with the ratios, or the sums, of the periods for which both others are known; nothing is averaged.

    Args:
        printed: leading figures of the indicator (columns of `Known.series`).
        figures: those above the line, or of one part.
        others: those below the line, of which zero gives no ratio, or of the other part; of the same periods.
        kind: `ratio` or `sum`.
    """
    both = figures.merge(others[["period", "value", "status"]], on="period", suffixes=("", "_other"))
    both = both.dropna(subset=["value", "value_other"])
    both = both[~both["period"].isin(printed["period"]) & ((kind == "sum") | (both["value_other"] != 0))]
    if both.empty:
        return printed
    value = both["value"] + both["value_other"] if kind == "sum" else both["value"] / both["value_other"]
    certain = both["status"].isin(CERTAIN) & both["status_other"].isin(CERTAIN)
    status = certain.map({True: "derived", False: "derived_estimate"})
    more = both.assign(value=value, low=float("nan"), high=float("nan"), status=status)
    return pd.concat([rows for rows in (printed, more[printed.columns]) if len(rows)], ignore_index=True)


def _row(amounts: dict[int, pd.Series[Any]], year: int, *, kind: str, number: int) -> dict[str, Any] | None:
    """The row of a figure derived for a year: source and day are those of its last part; None where it cannot be."""
    since = {"total": number, "last": year - number + 1}.get(kind, year - 1)
    parts = [amounts[part] for part in range(since, year + 1) if part in amounts]
    if not parts or len(parts) < year + 1 - since or (kind != "last" and year < number):
        return None
    value = _growth(*parts) if kind == "growth" else _change(*parts) if kind == "change" else _sum(*parts)
    certain = all(part["status"] in CERTAIN for part in parts)
    derived = {
        "period_start": pd.Timestamp(since if kind in SUMS else year, 1, 1),
        "period_end": pd.Timestamp(year, 12, 31),
        "period": str(year),
        "value": value,
        "status": "derived" if certain else "derived_estimate",
    }
    return None if value is None else {str(name): cell for name, cell in amounts[year].items()} | derived


def _sum(*parts: pd.Series[Any]) -> float:
    return sum(float(part["value"]) for part in parts)


def _change(before: pd.Series[Any], after: pd.Series[Any]) -> float:
    return float(after["value"]) - float(before["value"])


def _growth(before: pd.Series[Any], after: pd.Series[Any]) -> float | None:
    """Growth in per cent, to a tenth of a point; None where the two figures are not of one standing."""
    if before["status"] != after["status"] or before["disputed"] or after["disputed"] or before["value"] <= 0:
        return None
    return round(100 * (float(after["value"]) / float(before["value"]) - 1), 1)
