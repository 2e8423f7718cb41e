"""Conflicts: two sources, the same indicator, area, scope, unit and period, different figures.

A conflict is kept and shown, never averaged. The recorded rule only chooses which figure leads: one
that a second look could not find again never leads before one that it could; then a legal act before
official statistics before an agency report before the press; of the same kind the later one. A plan is never compared with an outcome. A running total that is lower than it was before is
found too. The likely reason of each conflict is in the table `conflict_notes`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from operator import attrgetter
from typing import Any

import pandas as pd

from promotion_book.facts.rows import each

RANK = {"legal_act": 3, "official_statistics": 2, "agency_report": 1, "press": 0}
SAME = ["indicator_id", "area", "scope", "unit", "period"]
_same = attrgetter(*SAME)


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
    return [by_rule(statements.loc[[row.Index for row in rows]]) for rows in disagreements_of(statements)]


def disagreements_of(statements: pd.DataFrame) -> list[list[Any]]:
    """The rows of each group of statements that disagree."""
    doubled = statements[statements.duplicated(SAME, keep=False)]
    groups = _groups(doubled, lambda row: (*_same(row), getattr(row, "status", "") == "plan"))
    return [rows for rows in groups if _differ(rows)]


def _groups(statements: pd.DataFrame, key: Callable[[Any], Hashable]) -> Iterable[list[Any]]:
    """The rows of a table in groups of the same key, in the order of their first ones."""
    groups: dict[Hashable, list[Any]] = defaultdict(list)
    for row in each(statements):
        groups[key(row)].append(row)
    return groups.values()


def _differ(rows: list[Any]) -> bool:
    return len({figure(row) for row in rows}) > 1


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
    groups = _groups(outcome, lambda row: (row.indicator_id, row.area, row.period))
    scopes = (rows for rows in groups if len({row.scope for row in rows}) > 1 and _differ(rows))
    return [by_rule(outcome.loc[[row.Index for row in rows]]) for rows in scopes]
