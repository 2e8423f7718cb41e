"""Figures that no source prints but that follow from others.

An indicator names its derivation in the tables:

    total:kip_recognised:2018   running total of a yearly figure from a year on
    last:kip_recognised:3       sum of a yearly figure over the last years

A derived figure has the status `derived`. A figure printed for the end of a year is never replaced;
one printed within the year is, because the year went on. A missing year of the parts stops the
derivation there.
"""

from __future__ import annotations

import pandas as pd


def derived(printed: pd.DataFrame, parts: pd.DataFrame, rule: str) -> pd.DataFrame:
    """The printed yearly series with the missing years that the rule can give.

    Args:
        printed: leading figures of the indicator, one a year (columns of `Known.series`).
        parts: leading figures of the yearly indicator that the rule names.
        rule: `total:<indicator>:<first year>` or `last:<indicator>:<years>`.
    """
    kind, _, number = rule.split(":")
    amounts = {int(label): row for label, row in parts.dropna(subset=["value"]).set_index("period").iterrows()}
    have = {row.period for row in printed.itertuples() if (row.period_end.month, row.period_end.day) == (12, 31)}
    rows = []
    for year in sorted(amounts):
        years = range(int(number), year + 1) if kind == "total" else range(year - int(number) + 1, year + 1)
        if str(year) not in have and all(y in amounts for y in years):
            total = sum(float(amounts[y]["value"]) for y in years)
            rows.append({**amounts[year].to_dict(), "period": str(year), "value": total, "status": "derived"})
    if not rows:
        return printed
    more = pd.DataFrame(rows, columns=printed.columns)
    kept = printed[~printed["period"].isin(more["period"])]
    return more if kept.empty else pd.concat([kept, more], ignore_index=True)
