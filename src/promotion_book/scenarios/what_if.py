"""Where do all targets of an edition stand under one set of assumptions? Assumptions, not a forecast.

Two numbers say it all: the growth a year of amounts of money, and a factor on the pace so far of all else.
From the latest figure of each target on:

    amounts of money                   grow by the assumed growth
    other levels and shares            change a year by the pace so far, times the factor
    what years bring, or grow by       each year without a figure brings the pace so far, times the factor

The pace so far is that of `pace_ahead.pace_so_far`; of the year of a count that was made before its end the rest comes
first. A figure of the target's own year stands as it is, and of a period that is over nothing is assumed: the verdict
counts. What cannot be followed has a reason instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.periods import rest_of_year
from promotion_book.facts.rows import by_indicator, each
from promotion_book.scenarios.assumptions import Additions, Assumption, Cap, ConstantGrowth, Floor
from promotion_book.scenarios.pace_ahead import GAP, NOT_A_SERIES, ONLY_BOUNDS, STOCK, asks, pace_so_far
from promotion_book.scenarios.projection import Scenario, project
from promotion_book.statistics.amounts import amounts_within, together
from promotion_book.statistics.growth import mean_growth
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.statuses import as_read, assess_row, open_statements, to_points, to_target
from promotion_book.statistics.targets import Point, Target
from promotion_book.statistics.verdict import reached, reaches, sign

DIGITS = 9  # of a rate in per cent: a mean of equal rates is that rate


@dataclass(frozen=True)
class WhatIfAssumptions:
    """One set of assumptions: growth of money a year, a fraction, and a factor on the pace so far."""

    growth: float
    effort: float


@dataclass(frozen=True)
class Lead:
    """Where the assumptions lead one target statement, in its unit, in the year `until`.

    `how` is `observed` (a figure of the target's own time), `growth` (of money), `change` (of a level or share a year) or
    `yearly` (what a year brings). `pace` is the pace so far, in the unit a year, for the last two. Without a `value` the
    `reason` says why. `used` are the figures, beside the latest, that say what was so far.
    """

    row: Any
    target: Target
    latest: Point | None = None
    how: str = ""
    pace: float | None = None
    value: float | None = None
    reason: str = ""
    used: tuple[Point, ...] = ()

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; the low end of a range counts. None without a value."""
        return None if self.value is None else reached(self.target, self.value)

    @property
    def assumed(self) -> bool:
        """Whether where it leads is not known already but follows from an assumption."""
        return self.value is not None and self.how != "observed"

    @property
    def in_points(self) -> bool:
        """Whether the distance is told in percentage points and not as a share."""
        return self.target.kind == "growth" or self.target.indicator_kind == "share"


def project_targets(known: Known, since: date, assumed: WhatIfAssumptions) -> list[Lead]:
    """Where the assumptions lead each current target statement that is in force or announced for later, by each reading.

    Args:
        since: the first day of the reporting period.
    """
    ordered = by_indicator(open_statements(known, since), "period_end")
    rows = [read for row in each(ordered) for read in as_read(known, row)]
    return [_lead(known, row, assumed=assumed) for row in rows]


def _lead(known: Known, row: Any, *, assumed: WhatIfAssumptions) -> Lead:
    indicator = known.package.row("indicators", row.indicator_id)
    target = to_target(row, indicator)
    points = [point for point in to_points(known, target, row=row) if point.end <= known.until]
    lead = Lead(row, target, points[-1] if points else None)
    follow = _level if asks(row, indicator) == STOCK else _by_year
    try:
        own = [point for point in points if (point.start, point.end) == (target.start, target.end)]
        if own and target.kind in ("growth", "cumulative"):
            return replace(lead, latest=own[-1], how="observed", value=own[-1].value)
        return _decided(follow(lead, points, _Rules(known, row, indicator, assumed)))
    except Refused as refused:
        over = target.end <= known.until
        return _as_judged(known, lead, refused.reason) if over else replace(lead, reason=refused.reason)


def _decided(lead: Lead) -> Lead:
    """A lead as it is. Raises Refused where it grows from a bound, as from over 900, and so leaves open whether the target is
    reached.
    """
    start = lead.latest
    if lead.how == "growth" and start and start.bound and lead.value is not None:
        over = start.low == start.value
        end = replace(start, value=lead.value, low=lead.value if over else None, high=None if over else lead.value)
        if reaches(lead.target, end) is None:
            raise Refused(ONLY_BOUNDS)
    return lead


def _as_judged(known: Known, lead: Lead, reason: str) -> Lead:
    """What the verdict says of a target that is over: the figure that decided it, or why none did."""
    found = assess_row(known, lead.row)
    if found.status in ("met", "missed") and found.latest:
        return replace(lead, latest=found.latest, how="observed", value=found.latest.value)
    return replace(lead, reason=found.reason or reason)


@dataclass(frozen=True)
class _Rules:
    """What a target is followed by: its statement, its indicator and the assumptions."""

    known: Known
    row: Any
    indicator: Any
    assumed: WhatIfAssumptions

    @property
    def money(self) -> bool:
        return bool(self.known.package.row("units", self.indicator["unit"])["dimension"] == "money")

    @property
    def pace(self) -> float:
        """The pace so far; refused of a narrower scope, whose figures form no series."""
        if self.row.scope:
            raise Refused(NOT_A_SERIES)
        anew = asks(self.row, self.indicator) != STOCK
        return pace_so_far(self.known, self.row.indicator_id, anew=anew, bases=[self.row.base_year]).amount

    @property
    def limits(self) -> tuple[Assumption, ...]:
        low, high = self.indicator["limit_low"], self.indicator["limit_high"]
        return (*([Cap(high)] if pd.notna(high) else []), *([Floor(low)] if pd.notna(low) else []))


def _level(lead: Lead, points: list[Point], rules: _Rules) -> Lead:
    if lead.latest is None:
        raise Refused("no_figure")
    last, until = lead.latest, lead.target.end.year
    if last.end >= lead.target.end:
        return replace(lead, how="observed", value=last.value)
    if lead.target.end <= rules.known.until:
        raise Refused("final_figure_missing")
    rest = rest_of_year(last.end)
    if rules.money:
        growth = rules.assumed.growth
        value = _end(last.value * (1 + growth) ** rest, (last.end.year, until), ConstantGrowth(growth), rules)
        return replace(lead, how="growth", value=value)
    pace = rules.pace
    added = pace * rules.assumed.effort
    value = _end(last.value + added * rest, (last.end.year, until), Additions(added), rules)
    return replace(lead, how="change", pace=pace, value=value, used=tuple(points))


def _end(start: float, years: tuple[int, int], assumption: Assumption, rules: _Rules) -> float:
    scenario = Scenario("custom", (assumption, *rules.limits))
    return float(project(scenario, start, since=years[0], until=years[1]).iloc[-1])


def _by_year(lead: Lead, points: list[Point], rules: _Rules) -> Lead:
    """What is wanted of single years: their mean growth, their sum, or the one that decides."""
    target, whole = lead.target, [point for point in points if point.whole_year]
    if target.kind == "cumulative":
        years = amounts_within(target, points)
    else:
        years = [point for point in whole if target.start <= point.start and point.end <= target.end]
    done = {year for point in years for year in range(point.start.year, point.end.year + 1)}
    left = [year for year in range(target.start.year, target.end.year + 1) if year not in done]
    if left and target.end <= rules.known.until:
        partly = any(target.start <= point.start and point.end <= target.end for point in points)
        raise Refused("years_missing" if years else "part_of_period" if partly else "no_figure")
    found = _assumed(lead, whole, left=left, rules=rules)
    amounts = [*(point.value for point in years), *found.pop("amounts")]
    if target.kind == "cumulative" and years:
        found["latest"] = together(years, sum(point.value for point in years))
    return replace(lead, **found, value=_of_years(target, amounts))


def _assumed(lead: Lead, whole: list[Point], *, left: list[int], rules: _Rules) -> dict[str, Any]:
    """What each year that is `left` brings, in `amounts`, with how that was found."""
    if not left:
        return {"how": "observed", "amounts": [], "used": tuple(whole)}
    if not whole:
        raise Refused("no_figure")
    if lead.target.kind == "cumulative" and left[0] < whole[-1].end.year:
        raise Refused(GAP)
    if rules.money:
        last, growth = whole[-1], 1 + rules.assumed.growth
        return {"how": "growth", "amounts": [last.value * growth ** (year - last.end.year) for year in left]}
    pace = rules.pace
    amount = pace * rules.assumed.effort
    for limit in rules.limits:
        amount = limit.step(amount, left[-1])
    return {"how": "yearly", "pace": pace, "amounts": [amount] * len(left), "used": tuple(whole)}


def _of_years(target: Target, amounts: list[float]) -> float:
    """What the amounts of all years come to."""
    if target.kind == "growth":
        return round(100 * mean_growth([amount / 100 for amount in amounts]), DIGITS)
    return sum(amounts) if target.kind == "cumulative" else _worst(target, amounts)


def _worst(target: Target, amounts: list[float]) -> float:
    """The amount that decides on a target for every year; for a band one outside it, where there is one."""
    if sign(target):
        return min(amounts) if sign(target) > 0 else max(amounts)
    return next((amount for amount in amounts if not reached(target, amount)), amounts[-1])
