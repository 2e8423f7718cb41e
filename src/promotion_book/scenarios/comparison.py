"""All scenarios of one indicator side by side: those of the table, and the two that the report gives itself.

    comparisons(known)[0].lines

Every indicator has them for which a source announced a scenario, or which has a target that is still to come and a
figure to start from. Each starts where its row says, the report's own from the last figure known, and all lead to the
last year of the plans and targets; once that is over, only the plans are left. What cannot be projected has a reason
instead of values.

What is required is a path to the level of the last year. Of what is wanted each year anew, it is that amount or rate
from the next year on, and of a total of yearly amounts an equal share of what is left. Business as usual is the pace so
far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.periods import rest_of_year
from promotion_book.facts.rows import each
from promotion_book.scenarios.assumptions import FORMS, Floor
from promotion_book.scenarios.outlook import whole_years
from promotion_book.scenarios.pace_ahead import ANEW, asks, pace_so_far, years_missing
from promotion_book.scenarios.place_scenarios import PlannedScenario, planned_scenarios, start
from promotion_book.scenarios.projection import Scenario, business_as_usual, project, required_scenario
from promotion_book.statistics.growth_assumption import wishes
from promotion_book.statistics.refusal import Refused

REACHED = "reached"  # why no path to a level is required
Begin = tuple[int, float, float]  # a year, its figure, and what is left of the year when that was counted


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
    """Every indicator of the scenarios known, in the order of the table, then the others with a target still to come.

    Those whose last year is over stand last.
    """
    plans = planned_scenarios(known)
    indicators = dict.fromkeys([*(plan.indicator_id for plan in plans), *_still_to_come(known)])
    found = [compare(known, name, plans=[plan for plan in plans if plan.indicator_id == name]) for name in indicators]
    return sorted(found, key=lambda one: date(one.until, 12, 31) <= known.until)


def _still_to_come(known: Known) -> list[str]:
    """The indicators with a target of the place that ends after the reporting period, and a figure to start from."""
    rows = known.current_targets
    ends = rows["period_end"] > pd.Timestamp(known.until)
    ahead = rows[ends & (rows["area"] == known.package.area) & (rows["scope"] == "") & (rows["reading"] != "at_most")]
    return [name for name in dict.fromkeys(ahead["indicator_id"]) if known.series(name)["value"].notna().any()]


def compare(known: Known, indicator: str, *, plans: Sequence[PlannedScenario]) -> Comparison:
    """Every planned scenario of an indicator, then the required paths to its targets, then business as usual.

    Args:
        plans: what `planned_scenarios` gives for the indicator; none where it has a target.
    """
    figures, ends = known.series(indicator).dropna(subset=["value"]), _ahead(known, indicator)["period_end"]
    until = max([*(int(plan.row.until) for plan in plans), *ends.dt.year])
    begin = _begin(known, figures, plans=plans)
    own: list[Line] = []
    if begin and begin[0] < until and known.until < date(until, 12, 31):
        own = [
            *_required(known, indicator, begin=begin, until=until),
            *_usual(known, indicator, begin=begin, until=until),
        ]
    return Comparison(indicator, figures, until, (*(_planned(known, plan) for plan in plans), *own))


def _begin(known: Known, figures: pd.DataFrame, *, plans: Sequence[PlannedScenario]) -> Begin | None:
    """The last figure known; without one the start of the first plan, if that is given."""
    if len(figures):
        last = figures.iloc[-1]
        return int(last["period"]), float(last["value"]), rest_of_year(last["period_end"])
    given = [plan for plan in plans if pd.notna(plan.row.start)]
    return (*start(known, given[0]), 0.0) if given else None


def _planned(known: Known, plan: PlannedScenario) -> Line:
    try:
        since, value = start(known, plan)
        found = project(plan.scenario, value, since=since, until=int(plan.row.until))
    except Refused as refused:
        return Line(plan.scenario.name, plan=plan, source_id=plan.source_id, reason=refused.reason)
    return Line(plan.scenario.name, tuple(found.index), tuple(found), plan, source_id=plan.source_id)


def _required(known: Known, indicator: str, *, begin: Begin, until: int) -> Iterator[Line]:
    """One line for each level that a statement wants by a year still to come: both ends of a range, no ceiling."""
    rows = _ahead(known, indicator)
    rows = rows[rows["period_end"].dt.year.between(begin[0] + 1, until)]
    wanted = {
        (row.period_end.year, level): row
        for row in each(rows)
        for level in _levels(row, _left(known, indicator, row=row))
    }
    for (year, level), row in sorted(wanted.items(), key=lambda item: item[0]):
        path = row.path if row.path in FORMS else "linear"
        if begin[1] >= level:
            yield Line("required", aim=level, source_id=row.source_id, reason=REACHED)
            continue
        total = _total_of_amounts(known, indicator, row)
        if total and _left(known, indicator, row=row) is None:
            yield Line("required", aim=level, source_id=row.source_id, reason="years_missing")
            continue
        anew = row.path == "per_period" or total
        way = Scenario("required", (Floor(level),)) if anew else required_scenario(level, year, path)
        yield _own(way, begin, until=year, aim=level, source=row.source_id)


def _ahead(known: Known, indicator: str) -> pd.DataFrame:
    """What is wanted of an indicator after the reporting period; ceilings are left out."""
    rows = wishes(known, indicator, frequency="")
    return rows[(rows["period_end"] > pd.Timestamp(known.until)) & (rows["reading"] != "at_most")]


def _levels(row: Any, left: tuple[float, float] | None) -> list[float]:
    """The levels that a statement wants; of a total of yearly amounts what that leaves for each year."""
    wanted = [float(row.value)] if pd.notna(row.value) else [float(row.low), float(row.high)]
    return wanted if left is None else [max(0.0, (level - left[0]) / left[1]) for level in wanted]


def _left(known: Known, indicator: str, row: Any) -> tuple[float, float] | None:
    """What single years brought of a total of yearly amounts, and the years that are left; None for other targets, and
    where a year is missing.
    """
    if not _total_of_amounts(known, indicator, row):
        return None
    figures = whole_years(known, indicator)["value"]
    done = figures[figures.index >= row.period_start.year]
    if years_missing(done, row.period_start.year):
        return None
    since = max(int(figures.index.max()), row.period_start.year - 1)
    return float(done.sum()), float(row.period_end.year - since)


def _total_of_amounts(known: Known, indicator: str, row: Any) -> bool:
    return bool(row.kind == "cumulative" and known.package.row("indicators", indicator)["kind"] == "flow")


def _usual(known: Known, indicator: str, *, begin: Begin, until: int) -> Iterator[Line]:
    """Business as usual, where the figures show a pace so far."""
    row, ahead = known.package.row("indicators", indicator), each(_ahead(known, indicator))
    anew = row["kind"] in ("growth", "flow") or ANEW in {asks(one, row) for one in ahead}
    try:
        pace = pace_so_far(known, indicator, anew=anew, bases=[one.base_year for one in ahead]).amount
    except Refused:
        return
    late = 0.0 if anew else pace * begin[2]
    yield _own(business_as_usual(pace, anew=anew), begin, until=until, late=late)


def _own(
    scenario: Scenario, begin: Begin, *, until: int, aim: float | None = None, source: str = "", late: float = 0.0
) -> Line:
    """A scenario of the report; `late` is what the year of the start still adds to it."""
    try:
        found = project(scenario, begin[1] + late, since=begin[0], until=until)
    except Refused as refused:
        return Line(scenario.name, aim=aim, source_id=source, reason=refused.reason)
    return Line(scenario.name, tuple(found.index), (begin[1], *found.iloc[1:]), aim=aim, source_id=source)
