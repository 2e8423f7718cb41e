"""Where do all targets of an edition stand under one set of assumptions? Assumptions, not a forecast.

Two numbers say it all: the growth a year of amounts of money, and a factor on what was added a year so far.
From the latest figure of each target on:

    amounts of money                   grow by the assumed growth
    rates of growth                    years without a published rate have the assumed growth; not if the period is over
    other levels and shares            change a year as they did on average so far, times the factor
    what is collected over a period    each year without a figure adds what a year did so far, times the factor

A figure of the target's own year stands as it is. What cannot be followed has a reason instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import each
from promotion_book.scenarios.assumptions import Additions, Assumption, Cap, ConstantGrowth, Floor
from promotion_book.scenarios.projection import Scenario, business_as_usual, project
from promotion_book.statistics.amounts import together
from promotion_book.statistics.growth import mean_growth
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.statuses import as_read, open_statements, to_points, to_target
from promotion_book.statistics.targets import Point, Target
from promotion_book.statistics.verdict import reached, sign

NOT_A_SERIES = "not_a_series"
DIGITS = 9  # of a rate in per cent: a mean of equal rates is that rate


@dataclass(frozen=True)
class WhatIfAssumptions:
    """One set of assumptions: growth of money a year, a fraction, and a factor on additions a year."""

    growth: float
    effort: float


@dataclass(frozen=True)
class Lead:
    """Where the assumptions lead one target statement, in its unit, in the year `until`.

    `how` is `observed` (a figure of the target's own time), `growth`, `rates`, `change` or `additions`. `pace` is what
    was so far, in the unit a year, for the last two. Without a `value` the `reason` says why.
    `used` are the figures, beside the latest, that say what was so far.
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
    def in_points(self) -> bool:
        """Whether the distance is told in percentage points and not as a share."""
        return self.target.kind in ("growth", "share")


def project_targets(known: Known, since: date, assumed: WhatIfAssumptions) -> list[Lead]:
    """Where the assumptions lead each current target statement that is in force or announced for later, by each reading.

    Args:
        since: the first day of the reporting period.
    """
    rows = [read for row in each(open_statements(known, since)) for read in as_read(known, row)]
    return [_lead(known, row, assumed=assumed) for row in rows]


def _lead(known: Known, row: Any, *, assumed: WhatIfAssumptions) -> Lead:
    indicator = known.package.row("indicators", row.indicator_id)
    target = to_target(row, indicator)
    points = [point for point in to_points(known, target, row=row) if point.end <= known.until]
    lead = Lead(row, target, points[-1] if points else None)
    follow = {"growth": _rates, "cumulative": _collected, "flow": _same_amount}.get(target.kind, _level)
    try:
        own = [point for point in points if (point.start, point.end) == (target.start, target.end)]
        if own and target.kind in ("growth", "cumulative"):
            return replace(lead, latest=own[-1], how="observed", value=own[-1].value)
        return follow(lead, points, _Rules(known, indicator, assumed))
    except Refused as refused:
        return replace(lead, reason=refused.reason)


@dataclass(frozen=True)
class _Rules:
    """What a target is followed by: the indicator and the assumptions."""

    known: Known
    indicator: Any
    assumed: WhatIfAssumptions

    @property
    def money(self) -> bool:
        return bool(self.known.package.row("units", self.indicator["unit"])["dimension"] == "money")

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
    if rules.money:
        return replace(lead, how="growth", value=_end(last, until, ConstantGrowth(rules.assumed.growth), rules))
    first = _first(lead.target, points, rules=rules)
    steady = business_as_usual(
        first.value, last.value, years=last.end.year - first.end.year, path="linear"
    ).assumptions[0]
    assert isinstance(steady, Additions)
    pace = steady.amount
    value = _end(last, until, Additions(pace * rules.assumed.effort), rules)
    return replace(lead, how="change", pace=pace, value=value, used=(first,))


def _end(last: Point, until: int, assumption: Assumption, rules: _Rules) -> float:
    scenario = Scenario("custom", (assumption, *rules.limits))
    return float(project(scenario, last.value, since=last.end.year, until=until).iloc[-1])


def _first(target: Target, points: list[Point], *, rules: _Rules) -> Point:
    """The figure from which a change is measured: of the year of the target's base where it has one, else the first."""
    if rules.indicator["series"] != "yes":
        raise Refused(NOT_A_SERIES)
    first = next((point for point in points if point.end.year == target.base_year), points[0])
    if points[-1].end.year <= first.end.year:
        raise Refused("pace_not_assessable")
    return first


def _rates(lead: Lead, points: list[Point], rules: _Rules) -> Lead:
    target, years = lead.target, _whole_years(lead.target, points)
    left = target.years - len(years)
    if not years and target.end <= rules.known.until:
        partly = any(target.start <= point.start and point.end <= target.end for point in points)
        raise Refused("part_of_period" if partly else "no_figure")
    rates = [point.value / 100 for point in years] + left * [rules.assumed.growth]
    return replace(
        lead, how="rates" if left else "observed", used=tuple(years), value=round(100 * mean_growth(rates), DIGITS)
    )


def _collected(lead: Lead, points: list[Point], rules: _Rules) -> Lead:
    years = _whole_years(lead.target, points)
    left, used = lead.target.years - len(years), _amounts(lead.target, points)
    pace = _mean(used)
    so_far = sum(point.value for point in years)
    latest = together(years, so_far) if years else lead.latest
    value = so_far + left * pace * rules.assumed.effort
    return replace(lead, how="additions" if left else "observed", latest=latest, pace=pace, value=value, used=used)


def _same_amount(lead: Lead, points: list[Point], rules: _Rules) -> Lead:
    target, years = lead.target, _whole_years(lead.target, points)
    left, used = target.years - len(years), _amounts(target, points)
    pace = _mean(used)
    amounts = [*(point.value for point in years), *([pace * rules.assumed.effort] if left else [])]
    how = "additions" if left else "observed"
    return replace(lead, how=how, pace=pace, value=_worst(target, amounts), used=used)


def _worst(target: Target, amounts: list[float]) -> float:
    """The amount that decides on a target for every year; for a band one outside it, where there is one."""
    if sign(target):
        return min(amounts) if sign(target) > 0 else max(amounts)
    return next((amount for amount in amounts if not reached(target, amount)), amounts[-1])


def _amounts(target: Target, points: list[Point]) -> tuple[Point, ...]:
    """What years added so far: the target's own years with a figure, else the latest year."""
    before = [point for point in points if _whole(point) and point.end < target.start]
    used = _whole_years(target, points) or before[-1:]
    if not used:
        raise Refused("no_figure")
    return tuple(used)


def _mean(points: Sequence[Point]) -> float:
    return sum(point.value for point in points) / len(points)


def _whole_years(target: Target, points: list[Point]) -> list[Point]:
    return [point for point in points if _whole(point) and target.start <= point.start and point.end <= target.end]


def _whole(point: Point) -> bool:
    return (point.start.month, point.start.day, point.end.month, point.end.day) == (1, 1, 12, 31) and (
        point.start.year == point.end.year
    )
