"""All scenarios of one indicator side by side: those of the table, and the two that the report gives itself.

    comparisons(known)    # a row a scenario

Every indicator has them for which a source announced a scenario, or which has a target that is still to come and a
figure to start from. Each starts where its row says, the report's own from the last figure known, and all lead to the
last year of the plans and targets; once that is over, only the plans are left. What cannot be projected has a reason
instead of an end.

What is required leads to the level of the last year. Of what is wanted each year anew, it is that amount or rate
from the next year on, and of a total of yearly amounts an equal share of what is left. Business as usual is the pace so
far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.periods import rest_of_year
from promotion_book.facts.rows import each
from promotion_book.scenarios.pace_ahead import ANEW, asks, pace_so_far
from promotion_book.scenarios.place_scenarios import PlannedScenario, planned_scenarios, start
from promotion_book.scenarios.projection import Scenario, business_as_usual, project
from promotion_book.scenarios.whole_years import amounts_since, with_gap
from promotion_book.statistics.growth_assumption import wishes
from promotion_book.statistics.refusal import Refused

REACHED = "reached"  # why no path to a level is required
COLUMNS = ["indicator_id", "over", "name", "plan", "aim", "source_id", "since", "start", "until", "end", "reason"]
Begin = tuple[int, float, float]  # a year, its figure, and what is left of the year when that was counted


def comparisons(known: Known) -> pd.DataFrame:
    """Every scenario of an indicator: the planned ones, then the required paths to its targets, then business as usual.

    Indicators stand in the order of the table of scenarios, then the others with a target still to come; those whose last year
    is `over` stand last.

    Returns:
        A row a scenario: its `name`, its `plan`, which is missing for the reserved scenarios, the `aim`, which is the level that
        the reserved scenario `required` leads to, and the `source_id` of plan or aim; the figure at its `start`, in the year
        `since`, and at its `end`, in the year `until`, in the unit of the indicator. Where it leads nowhere, `reason` says why.
    """
    plans = planned_scenarios(known)
    indicators = dict.fromkeys([*(plan.indicator_id for plan in plans), *_still_to_come(known)])
    found = [
        line
        for name in indicators
        for line in _compare(known, name, plans=[plan for plan in plans if plan.indicator_id == name])
    ]
    table = pd.DataFrame(found, columns=COLUMNS, dtype=object)
    return table.sort_values("over", kind="stable", ignore_index=True)


def _still_to_come(known: Known) -> list[str]:
    """The indicators with a target of the place that ends after the reporting period, and a figure to start from."""
    rows = known.current_targets
    ends = rows["period_end"] > pd.Timestamp(known.until)
    ahead = rows[ends & (rows["area"] == known.package.area) & (rows["scope"] == "") & (rows["reading"] != "at_most")]
    return [name for name in dict.fromkeys(ahead["indicator_id"]) if known.series(name)["value"].notna().any()]


def _compare(known: Known, indicator: str, *, plans: Sequence[PlannedScenario]) -> Iterator[dict[str, Any]]:
    figures, ends = known.series(indicator).dropna(subset=["value"]), _ahead(known, indicator)["period_end"]
    until = max([*(int(plan.row.until) for plan in plans), *ends.dt.year])
    over = date(until, 12, 31) <= known.until
    about = {"indicator_id": indicator, "over": over, "plan": None, "aim": None, "source_id": "", "reason": ""}
    begin = None if over else _begin(known, figures, plans=plans)
    lines = [_planned(known, plan) for plan in plans]
    if begin and begin[0] < until:
        lines += [*_required(known, indicator, begin=begin), *_usual(known, indicator, begin=begin, until=until)]
    for line in lines:
        yield about | line


def _begin(known: Known, figures: pd.DataFrame, *, plans: Sequence[PlannedScenario]) -> Begin | None:
    """The last figure known; without one the start of the first plan, if that is given."""
    if len(figures):
        last = figures.iloc[-1]
        return int(last["period"]), float(last["value"]), rest_of_year(last["period_end"])
    given = [plan for plan in plans if pd.notna(plan.row.start)]
    return (*start(known, given[0]), 0.0) if given else None


def _planned(known: Known, plan: PlannedScenario) -> dict[str, Any]:
    about = {"plan": plan, "source_id": plan.source_id}
    try:
        begin = (*start(known, plan), 0.0)
    except Refused as refused:
        return {**about, "name": plan.scenario.name, "reason": refused.reason}
    return about | _line(plan.scenario, begin, until=int(plan.row.until))


def _required(known: Known, indicator: str, *, begin: Begin) -> Iterator[dict[str, Any]]:
    """One line for each level that a statement wants by a year still to come: both ends of a range, no ceiling."""
    rows, flow = _ahead(known, indicator), known.package.row("indicators", indicator)["kind"] == "flow"
    wanted: dict[tuple[int, float], tuple[Any, bool]] = {}
    for row in each(rows[rows["period_end"].dt.year > begin[0]]):
        of_amounts = flow and row.kind == "cumulative"
        left = _left(known, indicator, row=row) if of_amounts else None
        wanted |= {(row.period_end.year, level): (row, of_amounts and left is None) for level in _levels(row, left)}
    for (year, level), (row, gap) in sorted(wanted.items(), key=lambda item: item[0]):
        about = {"name": "required", "aim": level, "source_id": row.source_id}
        if begin[1] >= level:
            yield {**about, "reason": REACHED}
        elif gap:
            yield {**about, "reason": "years_missing"}
        else:
            yield about | {"since": begin[0], "start": begin[1], "until": year, "end": level}


def _ahead(known: Known, indicator: str) -> pd.DataFrame:
    """What is wanted of an indicator after the reporting period; ceilings are left out."""
    rows = wishes(known, indicator, frequency="")
    return rows[(rows["period_end"] > pd.Timestamp(known.until)) & (rows["reading"] != "at_most")]


def _levels(row: Any, left: tuple[float, float] | None) -> list[float]:
    """The levels that a statement wants; of a total of yearly amounts what that leaves for each year."""
    wanted = [float(row.value)] if pd.notna(row.value) else [float(row.low), float(row.high)]
    return wanted if left is None else [max(0.0, (level - left[0]) / left[1]) for level in wanted]


def _left(known: Known, indicator: str, row: Any) -> tuple[float, float] | None:
    """What was brought of a total of yearly amounts, and the years that are left; None where a year is missing."""
    amounts = amounts_since(known, indicator, row.period_start.year)
    if with_gap(amounts, row.period_start.year):
        return None
    since = max(amounts.index, default=row.period_start.year - 1)
    return float(amounts["value"].sum()), float(row.period_end.year - since)


def _usual(known: Known, indicator: str, *, begin: Begin, until: int) -> Iterator[dict[str, Any]]:
    """Business as usual, where the figures show a pace so far; what the year of the start still adds comes first."""
    row, ahead = known.package.row("indicators", indicator), each(_ahead(known, indicator))
    anew = row["kind"] in ("growth", "flow") or ANEW in {asks(one, row) for one in ahead}
    try:
        pace = pace_so_far(known, indicator, anew=anew, bases=[one.base_year for one in ahead]).amount
    except Refused:
        return
    late = 0.0 if anew else pace * begin[2]
    yield _line(business_as_usual(pace, anew=anew), begin, until=until, late=late)


def _line(scenario: Scenario, begin: Begin, *, until: int, late: float = 0.0) -> dict[str, Any]:
    """Where a scenario leads from a start, to which its year still adds what comes `late`."""
    since, figure, _ = begin
    try:
        end = project(scenario, figure + late, since=since, until=until).iloc[-1]
    except Refused as refused:
        return {"name": scenario.name, "reason": refused.reason}
    return {"name": scenario.name, "since": since, "start": figure, "until": until, "end": float(end)}
