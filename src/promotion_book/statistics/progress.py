"""Progress to target: how far, is the pace enough, will it get there, and how good is the evidence.

`assess(target, points, as_of)` looks at one target statement and the figures of its indicator that
are known, and gives one `Assessment`. The kind of the target chooses the formula (`pace`); a path of
zero, a missing base and single figures are refused. Out of scope: choosing between sources (`facts`) and wording (`display`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from promotion_book.statistics.assessment import Assessment, Base, graded
from promotion_book.statistics.growth import mean_growth, required_addition, required_growth
from promotion_book.statistics.pace import cumulative_pace, geometric_pace, linear_pace, pace_class, phased_pace
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.targets import (
    Point,
    Target,
    band_distance,
    base_year_used,
    ceiling,
    maintained,
    range_reading,
)


def assess(target: Target, points: Sequence[Point], as_of: date) -> Assessment:
    """The assessment of a target on a day.

    Args:
        target: one statement.
        points: the leading yearly figures of the indicator, oldest first, known on the day. A figure from after the
            end of the target says nothing about it.
        as_of: the end of the reporting period.
    """
    inside = [p for p in points if p.end <= min(as_of, target.end)]
    start = Assessment(target, "not_assessable", "D", time_share=_time_share(target, as_of))
    try:
        return graded(_by_kind(start, inside, as_of), inside)
    except Refused as refusal:
        latest = _last_relevant(target, inside)
        share = _share(latest.value, target) if latest else None
        return replace(start, reason=refusal.reason, latest=latest, share=share)


def _by_kind(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    target = start.target
    if target.kind in ("cumulative", "flow", "growth") and as_of < target.start:
        return replace(start, status="not_started")
    if target.reading in ("maintain", "stay_within"):
        return _held(start, points)
    by_kind = {"cumulative": _cumulative, "flow": _flow, "growth": _growth, "milestone": _final}
    return by_kind.get(target.kind, _level)(start, points, as_of)


def _level(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A stock, a money value of a year, or a share: the figure of the last day counts."""
    target = start.target
    if not points:
        raise Refused("no_figure")
    latest = points[-1]
    found = replace(start, latest=latest, share=_share(latest.value, target), met_in=_met_in(target, points))
    found = replace(found, base=_known_base(target, points))
    if latest.end >= target.end or (_never_falls(target) and latest.value >= target.minimum):
        return _judged(found, latest.value)
    if as_of >= target.end:
        raise Refused("final_figure_missing")
    base = _base(target, points)
    total, elapsed = target.end.year - base.year, latest.end.year - base.year
    if elapsed <= 0:
        if latest.end.year >= as_of.year:
            return replace(found, status="not_started", base=base)
        raise Refused("pace_not_assessable")
    return _paced(found, base, elapsed, total)


def _paced(found: Assessment, base: Base, elapsed: int, total: int) -> Assessment:
    target, latest = found.target, found.latest
    assert latest is not None
    left = total - elapsed
    if target.path == "geometric" and base.value != 0:
        pace = geometric_pace(base.value, latest.value, target.minimum, elapsed, total)
        so_far = required_growth(base.value, latest.value, elapsed)
        expected = base.value * (target.minimum / base.value) ** (elapsed / total)
        projected, needed = latest.value * (1 + so_far) ** left, required_growth(latest.value, target.minimum, left)
    else:
        pace = linear_pace(base.value, latest.value, target.minimum, elapsed, total)
        expected = base.value + (target.minimum - base.value) * elapsed / total
        projected = latest.value + (latest.value - base.value) / elapsed * left
        needed = required_addition(latest.value, target.minimum, left)
    status = "met" if latest.value >= target.minimum else pace_class(pace)
    numbers = replace(found, base=base, expected=expected, pace=pace, projected=projected, needed=needed)
    rate = target.path == "geometric" and base.value != 0
    return replace(numbers, status=status, needed_is_rate=rate, stretch_met=_stretch(target, latest.value))


def _cumulative(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A sum over the period: share achieved against share of time, or against the yearly plan."""
    target = start.target
    whole = [p for p in points if (p.start, p.end) == (target.start, target.end)]
    if whole:
        found = replace(start, latest=whole[-1], share=_share(whole[-1].value, target))
        return _judged(found, whole[-1].value)
    amounts = _yearly(target, points, as_of)
    achieved, elapsed = sum(p.value for p in amounts), len(amounts)
    latest = together(amounts, achieved)
    found = replace(start, latest=latest, share=_share(achieved, target))
    passed = achieved > target.minimum if target.reading == "at_most" else achieved >= target.minimum
    if passed or _complete(target, amounts, as_of):
        return _judged(found, achieved)
    if target.reading == "at_most":
        used = ceiling(target.minimum, achieved, elapsed / target.years)
        return replace(found, status="on_track" if used.status == "within" else "moving_away", projected=used.projected)
    c = cumulative_pace(target.minimum, achieved, elapsed, target.years)
    pace = phased_pace(target.profile, [p.value for p in amounts]) if target.profile else c.pace
    expected = target.minimum * c.time_share
    projected = c.achieved_per_year * target.years
    return replace(
        found, status=pace_class(pace), pace=pace, expected=expected, projected=projected, needed=c.required_per_year
    )


def _flow(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """The same amount every year: a surplus year does not repair a missed one."""
    target = start.target
    amounts = _yearly(target, points, as_of)
    missed = [p for p in amounts if p.value < target.minimum]
    latest = missed[-1] if missed else amounts[-1]
    found = replace(start, latest=latest, share=_share(latest.value, target))
    if missed:
        return replace(found, status="missed", flags=tuple(f"missed_{p.end.year}" for p in missed))
    status = "met" if _complete(target, amounts, as_of) else "on_track"
    return replace(found, status=status, stretch_met=_stretch(target, min(p.value for p in amounts)))


def _growth(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A rate of growth: the rate of the year, or the geometric mean over the years."""
    target = start.target
    whole = [p for p in points if (p.start, p.end) == (target.start, target.end)]
    if whole:
        return _judged(replace(start, latest=whole[-1]), whole[-1].value)
    amounts = _yearly(target, points, as_of)
    mean = 100 * mean_growth([p.value / 100 for p in amounts])
    found = replace(start, latest=together(amounts, mean), projected=mean)
    if _complete(target, amounts, as_of):
        return _judged(found, mean)
    if len(amounts) == 1:
        raise Refused("too_few_years")
    pace = mean / target.minimum
    return replace(found, status=pace_class(pace), pace=pace)


def _final(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A milestone: reached or not, once it is due."""
    if not points:
        raise Refused("no_figure")
    return _judged(replace(start, latest=points[-1]), points[-1].value)


def _held(start: Assessment, points: list[Point]) -> Assessment:
    """Maintain, or stay within a band: held or lost, with no percentage."""
    target = start.target
    if not points:
        raise Refused("no_figure")
    latest = points[-1]
    if target.reading == "stay_within" and target.stretch is not None:
        held = band_distance(latest.value, target.minimum, target.stretch)[0] == "in_band"
    else:
        held = maintained(target.minimum, target.tolerance, [latest.value]) == ["held"]
    return replace(start, status="met" if held else "missed", latest=latest)


def together(amounts: list[Point], value: float) -> Point:
    """The sum or mean of yearly figures: over all their days and sources, as certain as the least certain."""
    order = ("actual", "derived", "to_date", "provisional", "estimate", "derived_estimate")
    status = max((p.status for p in amounts), key=order.index)
    sources = tuple(dict.fromkeys(source for p in amounts for source in p.sources))
    disputed = any(p.disputed for p in amounts)
    return Point(amounts[0].start, amounts[-1].end, value, status, disputed, sources)


def _judged(found: Assessment, value: float) -> Assessment:
    target = found.target
    reached = value <= target.minimum if target.reading == "at_most" else value >= target.minimum
    return replace(found, status="met" if reached else "missed", stretch_met=_stretch(target, value))


def _stretch(target: Target, value: float) -> bool | None:
    if target.stretch is None:
        return None
    return range_reading(value, target.minimum, target.stretch).status == "stretch_met"


def _share(value: float, target: Target) -> float | None:
    return value / target.minimum if target.minimum and target.kind != "growth" else None


def _met_in(target: Target, points: list[Point]) -> int | None:
    return next((p.end.year for p in points if p.value >= target.minimum), None)


def _never_falls(target: Target) -> bool:
    return target.indicator_kind == "cumulative"


def _time_share(target: Target, as_of: date) -> float:
    days = (target.end - target.start).days + 1
    return min(1.0, max(0.0, ((as_of - target.start).days + 1) / days))


def _yearly(target: Target, points: list[Point], as_of: date) -> list[Point]:
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


def _complete(target: Target, amounts: list[Point], as_of: date) -> bool:
    """Whether the last year of the target is known; once the period is over it has to be."""
    if amounts[-1].end < target.end <= as_of:
        raise Refused("final_figure_missing")
    return amounts[-1].end >= target.end


def _whole_year(point: Point) -> bool:
    return (point.start.month, point.start.day, point.end.month, point.end.day) == (1, 1, 12, 31)


def _base(target: Target, points: list[Point]) -> Base:
    if target.base_value is not None and target.base_year is not None:
        return Base(target.base_year, target.base_value, target.base_status or "implied")
    if target.base_year is None:
        raise Refused("base_missing")
    figures = {p.end.year: p.value for p in points}
    year, flag = base_year_used(list(figures), target.base_year)
    if year is None:
        raise Refused("base_missing")
    return Base(year, figures[year], "shifted" if flag else "observed")


def _known_base(target: Target, points: list[Point]) -> Base | None:
    """The base, where one is known; a verdict on the last day does not need it."""
    try:
        return _base(target, points)
    except Refused:
        return None


def _last_relevant(target: Target, points: list[Point]) -> Point | None:
    if target.kind in ("cumulative", "flow", "growth"):
        points = [p for p in points if p.end >= target.start]
    return points[-1] if points else None
