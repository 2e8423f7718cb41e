"""All scenarios of one indicator side by side: those of the table, and the two that the report gives itself.

    comparisons(known)[0].lines

Each starts where its row says, the report's own from the last figure known, and all lead to the last year of
the plans; once that is over, only the plans are left. What cannot be projected has a reason instead of values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import each
from promotion_book.scenarios.assumptions import FORMS
from promotion_book.scenarios.place_scenarios import PlannedScenario, planned_scenarios, start
from promotion_book.scenarios.projection import Scenario, business_as_usual, project, required_scenario
from promotion_book.statistics.growth_assumption import wishes
from promotion_book.statistics.refusal import Refused

REACHED = "reached"  # why no path to a level is required


@dataclass(frozen=True)
class Line:
    """Where one scenario leads, in the unit of the indicator; without `years` the `reason` says why it leads nowhere.

    `name` is that of the scenario; `plan` is None for the reserved scenarios; `aim` is the level that the reserved scenario `required` leads to, `source_id` that of the aim.
    """

    name: str
    years: tuple[int, ...] = ()
    values: tuple[float, ...] = ()
    plan: PlannedScenario | None = None
    aim: float | None = None
    source_id: str = ""
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Comparison:
    """The known yearly `figures` of an indicator, the last year of its plans, and the `lines` that lead there."""

    indicator: str
    figures: pd.DataFrame
    until: int
    lines: tuple[Line, ...]


def comparisons(known: Known) -> list[Comparison]:
    """Every indicator of the scenarios known, in the order of the table."""
    plans = planned_scenarios(known)
    indicators = dict.fromkeys(plan.indicator_id for plan in plans)
    return [compare(known, name, plans=[plan for plan in plans if plan.indicator_id == name]) for name in indicators]


def compare(known: Known, indicator: str, *, plans: Sequence[PlannedScenario]) -> Comparison:
    """Every planned scenario of an indicator, then the required paths to its targets, then business as usual.

    Args:
        plans: what `table.planned` gives for the indicator; at least one.
    """
    figures = known.series(indicator).dropna(subset=["value"])
    until = max(int(plan.row.until) for plan in plans)
    begin = _begin(known, figures, plans=plans)
    own: list[Line] = []
    if begin and begin[0] < until and known.until < date(until, 12, 31):
        own = [
            *_required(known, indicator, begin=begin, until=until),
            *_usual(known, indicator, figures=figures, until=until),
        ]
    return Comparison(indicator, figures, until, (*(_planned(known, plan) for plan in plans), *own))


def _begin(known: Known, figures: pd.DataFrame, *, plans: Sequence[PlannedScenario]) -> tuple[int, float] | None:
    """The last figure known; without one the start of the first plan, if that is given."""
    if len(figures):
        return int(figures["period"].iloc[-1]), float(figures["value"].iloc[-1])
    given = [plan for plan in plans if pd.notna(plan.row.start)]
    return start(known, given[0]) if given else None


def _planned(known: Known, plan: PlannedScenario) -> Line:
    try:
        since, value = start(known, plan)
        found = project(plan.scenario, value, since=since, until=int(plan.row.until))
    except Refused as refused:
        return Line(plan.scenario.name, plan=plan, source_id=plan.source_id, reason=refused.reason)
    return Line(plan.scenario.name, tuple(found.index), tuple(found), plan, source_id=plan.source_id)


def _required(known: Known, indicator: str, *, begin: tuple[int, float], until: int) -> Iterator[Line]:
    """One line for each level that a statement for the last year wants: both ends of a range, no ceiling."""
    rows = wishes(known, indicator, frequency="")
    rows = rows[rows["reading"] != "at_most"]
    levels = {level: row for row in each(rows[rows["period_end"].dt.year == until]) for level in _levels(row)}
    for level, row in sorted(levels.items(), key=lambda item: item[0]):
        path = row.path if row.path in FORMS else "linear"
        if begin[1] >= level:
            yield Line("required", aim=level, source_id=row.source_id, reason=REACHED)
            continue
        yield _own(required_scenario(level, until, path), begin, until=until, aim=level, source=row.source_id)


def _levels(row: Any) -> list[float]:
    return [float(row.value)] if pd.notna(row.value) else [float(row.low), float(row.high)]


def _usual(known: Known, indicator: str, *, figures: pd.DataFrame, until: int) -> Iterator[Line]:
    """Business as usual, where the figures form a series and there are two: from the base of the target if it has one."""
    if known.package.row("indicators", indicator)["series"] != "yes" or len(figures) < 2:
        return
    bases = wishes(known, indicator, frequency="")["base_year"].dropna()
    years = figures["period"].astype(int)
    based = figures[years.isin(bases) & (years < years.iloc[-1])]
    first, last = (based if len(based) else figures).iloc[-1 if len(based) else 0], figures.iloc[-1]
    unit = known.package.row("units", known.package.row("indicators", indicator)["unit"])
    path = "geometric" if unit["dimension"] == "money" else "linear"
    begin = int(last["period"]), float(last["value"])
    try:
        usual = business_as_usual(first["value"], last["value"], years=begin[0] - int(first["period"]), path=path)
        yield _own(usual, begin, until=until)
    except Refused as refused:
        yield Line("business_as_usual", reason=refused.reason)


def _own(
    scenario: Scenario, begin: tuple[int, float], *, until: int, aim: float | None = None, source: str = ""
) -> Line:
    try:
        found = project(scenario, begin[1], since=begin[0], until=until)
    except Refused as refused:
        return Line(scenario.name, aim=aim, source_id=source, reason=refused.reason)
    return Line(scenario.name, tuple(found.index), tuple(found), aim=aim, source_id=source)
