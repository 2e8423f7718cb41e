"""What does one unit of a plan cost? Budget and counts of one source for the same plan, divided.

    costs_of_one(known, "kip_budget", ["kip_recognised_total"])[0].each    # dong for one, at the high and the low count

A plan's budget is not what was spent. Budget and counts are set against each other only where one source gives both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.known import figures_and_targets
from promotion_book.facts.rows import each, is_target
from promotion_book.scenarios.effort import Pair, unit_cost


@dataclass(frozen=True)
class UnitCost:
    """The money for one unit of `indicator`: the `budget` row, the row of the `count`, and the cost in dong.

    `counted` are the units, in each of so many `years`; with a `base` year only those on top of its total.
    """

    indicator: str
    budget: Any
    count: Any
    counted: Pair
    each: Pair
    years: int = 1
    base: int | None = None

    @property
    def planned(self) -> bool:
        """Whether this is what a plan wants, and not what came of it."""
        return is_plan(self.budget)

    @property
    def rate_year(self) -> int:
        """The year whose average rate of exchange is used: that of the plan, or for several years of its publication."""
        start, end = self.budget.period_start.year, self.budget.period_end.year
        return int(end if start == end else self.budget.known.year)

    def cost_of(self, lacking: Pair, *, same_plan: bool) -> Pair:
        """What so many units would cost, in dong, from the lowest to the highest.

        Of one plan the low end goes with the cost at the low end; of two plans every end with every cost.
        """
        low, high = lacking
        cheap, dear = self.each[::-1] if same_plan else self.each
        return min(low * cheap, high * dear), max(low * cheap, high * dear)


def is_plan(row: Any) -> bool:
    """Whether a row is a target or a plan."""
    return is_target(row) or row.status == "plan"


def costs_of_one(known: Known, budget: str, *, indicators: Sequence[str]) -> list[UnitCost]:
    """The money for one unit, for each source that gives budget and count of one plan, or of one outcome.

    A running total is counted twice: as it stands at the end of the plan, and what comes on top of the
    year before the plan began.

    Args:
        known: what the edition knows.
        budget: an indicator in dong.
        indicators: counts for which the whole budget is divided.
    """
    plans = [plan for plan in _said(known, [budget]) if pd.notna(plan.value)]
    counts = [row for row in _said(known, indicators) if _counts(row)[0] > 0]
    pairs = [(plan, row) for plan in plans for row in counts if row.source_id == plan.source_id]
    return [cost for plan, row in pairs if is_plan(plan) == is_plan(row) for cost in _costs(known, plan, row=row)]


def _counts(row: Any) -> Pair:
    return (row.value, row.value) if pd.notna(row.value) else (row.low, row.high)


def _said(known: Known, indicators: Sequence[str]) -> list[Any]:
    """The place's figures and statements of some indicators, oldest first."""
    rows = figures_and_targets(known, indicators)
    rows = rows[rows["area"] == known.package.area]
    return each(rows.sort_values(["period_end", "known"], kind="stable"))


def _costs(known: Known, plan: Any, *, row: Any) -> list[UnitCost]:
    low, high = _counts(row)
    if row.period == plan.period:
        years = plan.period_end.year - plan.period_start.year + 1
        times = years if is_target(row) and row.kind == "flow" else 1
        each_one = unit_cost(plan.value, (low * times, high * times))
        return [UnitCost(row.indicator_id, plan, row, (low, high), each_one, times)]
    running = known.package.row("indicators", row.indicator_id)["kind"] == "cumulative"
    if not running or row.period_end != plan.period_end:
        return []
    found = [UnitCost(row.indicator_id, plan, row, (low, high), unit_cost(plan.value, (low, high)))]
    before = plan.period_start.year - 1
    figures = known.series(row.indicator_id).dropna(subset=["value"]).set_index("period")["value"]
    base = figures.get(str(before))
    if base is None or base >= low:
        return found
    added = (low - float(base), high - float(base))
    return [*found, UnitCost(row.indicator_id, plan, row, added, unit_cost(plan.value, added), base=before)]
