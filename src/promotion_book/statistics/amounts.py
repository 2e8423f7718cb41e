"""Targets whose figures of all years count: totals over a period, the same amount every year, and rates of growth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from promotion_book.statistics.assessment import Assessment, judge, share_of, with_years
from promotion_book.statistics.growth import mean_growth
from promotion_book.statistics.pace import cumulative_pace, pace_class, phased_pace
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.targets import Point, Target, is_whole_year, outturn
from promotion_book.statistics.verdict import reached, reaches, sign, sure


def total(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A sum over the period: share achieved against share of time, or against the yearly plan."""
    target = start.target
    whole = [p for p in points if (p.start, p.end) == (target.start, target.end)]
    if whole:
        found = replace(start, latest=whole[-1], share=share_of(target, whole[-1].value))
        return judge(with_years(found, whole[-1:]), whole[-1])
    amounts = _yearly(target, points, several=True)
    so_far = [together(amounts[:n], math.fsum(p.value for p in amounts[:n])) for n in range(1, len(amounts) + 1)]
    latest, achieved = so_far[-1], so_far[-1].value
    found = with_years(replace(start, latest=latest, share=share_of(target, achieved)), so_far)
    collected = sign(target) * target.minimum > 0
    if reached(target, achieved) == collected or _complete(target, amounts, as_of=as_of):
        return judge(found, latest)
    return _collected(found, amounts) if collected else _kept_under(found, latest)


def _collected(found: Assessment, amounts: list[Point]) -> Assessment:
    """A total that is on its way to its target."""
    target, achieved = found.target, math.fsum(p.value for p in amounts)
    elapsed = _elapsed(target, amounts[-1])
    c = cumulative_pace(target.minimum, achieved, elapsed=elapsed, total=target.years)
    by_year = [*[0.0] * (elapsed - len(amounts)), *(p.value for p in amounts)]
    pace = phased_pace(target.profile, by_year) if target.profile else c.pace
    return replace(
        found,
        status=pace_class(pace),
        pace=pace,
        expected=target.minimum * c.time_share,
        projected=c.achieved_per_year * target.years,
    )


def _elapsed(target: Target, latest: Point) -> int:
    """The years of a target up to a figure."""
    return latest.end.year - target.start.year + 1


def _kept_under(found: Assessment, so_far: Point) -> Assessment:
    """A total that has not passed its ceiling, by where it leads; a floor of zero or less is a ceiling turned round."""
    sure(found.target, so_far)
    projected = outturn(so_far.value, _elapsed(found.target, so_far) / found.target.years)
    return replace(found, status="within" if reached(found.target, projected) else "moving_away", projected=projected)


def flow(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """The same amount every year: a surplus year does not repair a missed one."""
    target = start.target
    amounts = _yearly(target, points)
    missed = [p for p in amounts if reaches(target, p) is False]
    latest = missed[-1] if missed else amounts[-1]
    found = replace(start, latest=latest, share=share_of(target, latest.value))
    if missed:
        return replace(found, status="missed")
    for point in amounts:
        sure(target, point)
    so_far = "on_track" if sign(target) > 0 else "within"
    status = "met" if _complete(target, amounts, as_of=as_of) else so_far
    return replace(found, status=status)


def growth(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A rate of growth: the rate of the year, or the geometric mean over the years, which takes two of them."""
    target = start.target
    whole = [p for p in points if (p.start, p.end) == (target.start, target.end)]
    if whole:
        return judge(replace(start, latest=whole[-1]), whole[-1])
    amounts = _yearly(target, points)
    mean = 100 * mean_growth([p.value / 100 for p in amounts])
    latest = together(amounts, mean)
    found = replace(start, latest=latest, projected=mean)
    if _complete(target, amounts, as_of=as_of):
        return judge(found, latest)
    if len(amounts) < 2:
        raise Refused("too_few_years")
    wanted = sign(target) * target.minimum
    pace = sign(target) * mean / wanted if wanted > 0 else None
    if reached(target, mean) and sure(target, latest):
        return replace(found, status="on_track", pace=pace)
    return replace(found, status="moving_away" if pace is None else pace_class(pace), pace=pace)


def together(amounts: list[Point], value: float) -> Point:
    """The sum or mean of yearly figures: over all their days and sources, as certain as the least certain."""
    order = ("actual", "derived", "to_date", "provisional", "estimate", "derived_estimate")
    status = max((p.status for p in amounts), key=order.index)
    sources = tuple(dict.fromkeys(source for p in amounts for source in p.sources))
    disputed = any(p.disputed for p in amounts)
    over, nearly = (any(getattr(p, end) == p.value for p in amounts) for end in ("low", "high"))
    bounds = (value if over else None, value if nearly else None)
    return Point(amounts[0].start, amounts[-1].end, value, status, disputed, sources, *bounds)


def _yearly(target: Target, points: list[Point], *, several: bool = False) -> list[Point]:
    """The figures of whole years of the target, without a gap from its first year on.

    `several`: one of several years, from the first on, stands for those that it adds up.
    """
    inside = [p for p in points if p.start >= target.start and p.end <= target.end]
    amounts = amounts_within(target, inside) if several else [p for p in inside if p.whole_year]
    if inside and not amounts and target.years == 1:
        raise Refused("part_of_period")
    if not amounts and not any(_several_years(p.start, p.end) for p in inside):
        raise Refused("no_figure")
    since = amounts[0].end.year if amounts and amounts[0].start == target.start else target.start.year
    if not amounts or [p.end.year for p in amounts] != list(range(since, amounts[-1].end.year + 1)):
        raise Refused("years_missing")
    return amounts


def amounts_within(target: Target, points: list[Point]) -> list[Point]:
    """What adds up to a total, of the figures of its period."""
    inside = [p for p in points if p.start >= target.start and p.end <= target.end]
    return [inside[n] for n in adding_up([(p.start, p.end) for p in inside], target.start)]


def adding_up(days: Sequence[tuple[date, date]], first: date) -> list[int]:
    """Which figures add up to a total from a first day on, by the days that they cover, oldest first?

    The last one of several years that begins on that day, if there is one, and those of whole years after it.
    """
    begun = [n for n, (start, end) in enumerate(days) if start == first and _several_years(start, end)][-1:]
    after = days[begun[0]][1] if begun else first - timedelta(1)
    return begun + [n for n, (start, end) in enumerate(days) if is_whole_year(start, end) and start > after]


def _several_years(start: date, end: date) -> bool:
    return start.year < end.year and (end.month, end.day) == (12, 31)


def _complete(target: Target, amounts: list[Point], *, as_of: date) -> bool:
    """Whether the last year of the target is known; once the period is over it has to be."""
    if amounts[-1].end < target.end <= as_of:
        raise Refused("final_figure_missing")
    return amounts[-1].end >= target.end
