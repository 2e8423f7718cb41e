"""Conflicts: two sources, the same indicator, area, scope, unit and period, different figures.

A conflict is kept and shown, never averaged. The recorded rule only chooses which figure leads: one
that a second look could not find again never leads before one that it could; then a legal act before
official statistics before an agency report before the press; of the same kind the later one. A plan is never compared with an outcome. A running total that is lower than it was before is
found too. The likely reason of each conflict is in the table `conflict_notes`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.facts.rows import each

RANK = {"legal_act": 3, "official_statistics": 2, "agency_report": 1, "press": 0}
SAME = ["indicator_id", "area", "scope", "unit", "period"]


def figure(row: Any) -> tuple[float, ...]:
    """What a row says: its value, or its two ends. Equal figures are no conflict."""
    return (row.value,) if pd.notna(row.value) else (row.low, row.high)


def by_rule(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the recorded rule, the leading one first. Needs `source_type`, `checked`, `known`."""
    order = rows.assign(_rank=rows["source_type"].map(RANK), _found=rows["checked"] != "not_found")
    keys, ascending = ["_found", "_rank", "known", "source_id"], [False, False, False, True]
    return order.sort_values(keys, ascending=ascending, kind="stable").drop(columns=["_rank", "_found"])


def conflicts(statements: pd.DataFrame) -> list[pd.DataFrame]:
    """Groups of statements that disagree, each in the order of the recorded rule."""
    plan = statements["status"] == "plan" if "status" in statements else False
    groups = statements.assign(_plan=plan).groupby([*SAME, "_plan"], sort=False)
    return [by_rule(rows.drop(columns="_plan")) for _, rows in groups if _differ(rows)]


def _differ(rows: pd.DataFrame) -> bool:
    return len({figure(row) for row in each(rows)}) > 1


def falls(observations: pd.DataFrame, indicators: pd.DataFrame) -> list[pd.DataFrame]:
    """Pairs of rows, later one last, in which a running total is lower than it was before."""
    totals = set(indicators.loc[indicators["kind"] == "cumulative", "indicator_id"])
    rows = observations[observations["indicator_id"].isin(totals) & (observations["status"] != "plan")]
    rows = rows.dropna(subset=["value", "period_end"]).sort_values("period_end", kind="stable")
    found = []
    for _, series in rows.groupby(["indicator_id", "area", "scope", "period_start"], sort=False):
        steps = zip(each(series), list(each(series))[1:], strict=False)
        drops = [[a.Index, b.Index] for a, b in steps if b.value < a.value and b.period_end > a.period_end]
        found += [series.loc[pair] for pair in drops]
    return found


def other_scopes(statements: pd.DataFrame) -> list[pd.DataFrame]:
    """Groups that look like a conflict but differ in scope: the same indicator, area and period."""
    outcome = statements[statements["status"] != "plan"] if "status" in statements else statements
    groups = outcome.groupby(["indicator_id", "area", "period"], sort=False)
    return [by_rule(rows) for _, rows in groups if rows["scope"].nunique() > 1 and _differ(rows)]
