"""Targets whose figures of all years count: totals over a period, the same amount every year, and rates of growth."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from datetime import date

from promotion_book.statistics.assessment import Assessment, judge, share_of, stretch_met, with_years
from promotion_book.statistics.growth import mean_growth
from promotion_book.statistics.pace import cumulative_pace, pace_class, phased_pace
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.targets import Point, Target, outturn
from promotion_book.statistics.verdict import reached, sign


def total(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A sum over the period: share achieved against share of time, or against the yearly plan."""
    target = start.target
    whole = [p for p in points if (p.start, p.end) == (target.start, target.end)]
    if whole:
        found = replace(start, latest=whole[-1], share=share_of(target, whole[-1].value))
        return judge(with_years(found, [(target.end.year, whole[-1].value)]), whole[-1].value)
    amounts = _yearly(target, points, as_of=as_of)
    values = [p.value for p in amounts]
    achieved = math.fsum(values)
    found = replace(start, latest=together(amounts, achieved), share=share_of(target, achieved))
    found = with_years(found, list(zip((p.end.year for p in amounts), itertools.accumulate(values), strict=True)))
    collected = sign(target) * target.minimum > 0
    if reached(target, achieved) == collected or _complete(target, amounts, as_of=as_of):
        return judge(found, achieved)
    return _collected(found, values) if collected else _kept_under(found, achieved, elapsed=len(amounts))


def _collected(found: Assessment, amounts: list[float]) -> Assessment:
    """A total that is on its way to its target."""
    target, achieved = found.target, math.fsum(amounts)
    c = cumulative_pace(target.minimum, achieved, elapsed=len(amounts), total=target.years, sign=sign(target))
    pace = phased_pace(target.profile, amounts) if target.profile else c.pace
    return replace(
        found,
        status=pace_class(pace),
        pace=pace,
        expected=target.minimum * c.time_share,
        projected=c.achieved_per_year * target.years,
        needed=c.required_per_year,
        stretch_met=stretch_met(target, achieved),
    )


def _kept_under(found: Assessment, achieved: float, *, elapsed: int) -> Assessment:
    """A total that has not passed its ceiling, by where it leads; a floor of zero or less is a ceiling turned round."""
    projected = outturn(achieved, elapsed / found.target.years)
    return replace(found, status="within" if reached(found.target, projected) else "moving_away", projected=projected)


def flow(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """The same amount every year: a surplus year does not repair a missed one."""
    target = start.target
    amounts = _yearly(target, points, as_of=as_of)
    missed = [p for p in amounts if not reached(target, p.value)]
    latest = missed[-1] if missed else amounts[-1]
    found = replace(start, latest=latest, share=share_of(target, latest.value))
    if missed:
        return replace(found, status="missed", flags=tuple(f"missed_{p.end.year}" for p in missed))
    so_far = "on_track" if sign(target) > 0 else "within"
    status = "met" if _complete(target, amounts, as_of=as_of) else so_far
    return replace(found, status=status, stretch_met=stretch_met(target, min(p.value for p in amounts)))


def growth(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A rate of growth: the rate of the year, or the geometric mean over the years, which takes two of them."""
    target = start.target
    whole = [p for p in points if (p.start, p.end) == (target.start, target.end)]
    if whole:
        return judge(replace(start, latest=whole[-1]), whole[-1].value)
    amounts = _yearly(target, points, as_of=as_of)
    mean = 100 * mean_growth([p.value / 100 for p in amounts])
    found = replace(start, latest=together(amounts, mean), projected=mean)
    if _complete(target, amounts, as_of=as_of):
        return judge(found, mean)
    if len(amounts) < 2:
        raise Refused("too_few_years")
    wanted = sign(target) * target.minimum
    pace = sign(target) * mean / wanted if wanted > 0 else None
    if reached(target, mean):
        return replace(found, status="on_track", pace=pace)
    return replace(found, status="moving_away" if pace is None else pace_class(pace), pace=pace)


def together(amounts: list[Point], value: float) -> Point:
    """The sum or mean of yearly figures: over all their days and sources, as certain as the least certain."""
    order = ("actual", "derived", "to_date", "provisional", "estimate", "derived_estimate")
    status = max((p.status for p in amounts), key=order.index)
    sources = tuple(dict.fromkeys(source for p in amounts for source in p.sources))
    disputed = any(p.disputed for p in amounts)
    return Point(amounts[0].start, amounts[-1].end, value, status, disputed, sources)


def _yearly(target: Target, points: list[Point], *, as_of: date) -> list[Point]:
    """The figures of whole years of the target, without a gap from its first year on."""
    inside = [p for p in points if p.start >= target.start and p.end <= target.end]
    amounts = [p for p in inside if _whole_year(p)]
    if inside and not amounts and target.years == 1:
        raise Refused("part_of_period")
    if not amounts:
        raise Refused("no_figure")
    if [p.end.year for p in amounts] != list(range(target.start.year, amounts[-1].end.year + 1)):
        raise Refused("years_missing")
    return amounts


def _complete(target: Target, amounts: list[Point], *, as_of: date) -> bool:
    """Whether the last year of the target is known; once the period is over it has to be."""
    if amounts[-1].end < target.end <= as_of:
        raise Refused("final_figure_missing")
    return amounts[-1].end >= target.end


def _whole_year(point: Point) -> bool:
    return (point.start.month, point.start.day, point.end.month, point.end.day) == (1, 1, 12, 31)
