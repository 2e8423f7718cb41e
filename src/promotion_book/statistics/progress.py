"""Progress to target: how far, is the pace enough, will it get there, and how good is the evidence.

`assess(target, points, as_of)` looks at one target statement and the figures of its indicator that are known, and
gives one `Assessment`. The kind of the target chooses the formula (`pace`); what reaches a target, and which way is
better, `verdict` says. While the period runs:

    level, share        met where the figure has reached the target, else the class of its pace; moving away where the
                        base had reached the target and the figure no longer does
    total               met once the target is reached, else the class of its pace. A total to be kept under a
                        ceiling: within, moving away where the outturn will pass it, missed once it is passed
    flow                missed once one year misses; else on track, and under a ceiling within
    growth              on track where the mean so far reaches the target, else the class of its ratio to the target;
                        moving away where there is no ratio because the target asks for no change that way
    band, maintain      met inside, moving away outside
    milestone           met once it is reached

A path of zero, a missing base and single figures are refused. Out of scope: choosing between sources (`facts`) and
wording (`display`).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from promotion_book.facts.target_rules import METHOD
from promotion_book.statistics.assessment import Assessment, Base, graded
from promotion_book.statistics.growth import compounded, mean_growth, required_addition, required_growth
from promotion_book.statistics.pace import cumulative_pace, geometric_pace, linear_pace, pace_class, phased_pace
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.targets import Point, Target, base_year_used, outturn
from promotion_book.statistics.verdict import reached, sign


def assess(target: Target, points: Sequence[Point], as_of: date) -> Assessment:
    """The assessment of a target on a day.

    Args:
        target: one statement.
        points: the leading yearly figures of the indicator, oldest first, known on the day. A figure from after the
            end of the target says nothing about it.
        as_of: the end of the reporting period.
    """
    inside = [p for p in points if p.end <= min(as_of, target.end)]
    start = Assessment(target, "not_assessable", "D")
    try:
        return graded(_finite(_by_kind(start, inside, as_of)), inside)
    except Refused as refusal:
        if refusal.reason == "not_finite":
            return replace(start, reason=refusal.reason)
        latest = _last_relevant(target, inside)
        share = _share(latest.value, target) if latest else None
        return replace(start, reason=refusal.reason, latest=latest, share=share)


def _by_kind(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    target = start.target
    if target.reading not in METHOD.get(target.kind, ()):
        raise Refused("no_method")
    if target.kind in ("cumulative", "flow", "growth") and as_of < target.start:
        return replace(start, status="not_started")
    by_kind = {"cumulative": _cumulative, "flow": _flow, "growth": _growth, "milestone": _milestone}
    held = sign(target) == 0 and target.kind in ("level", "share")
    return (_held if held else by_kind.get(target.kind, _level))(start, points, as_of)


def _finite(found: Assessment) -> Assessment:
    value = found.latest.value if found.latest else None
    numbers = (value, found.pace, found.expected, found.projected, found.needed)
    if not all(math.isfinite(number) for number in numbers if number is not None):
        raise Refused("not_finite")
    return found


def _level(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A stock, a money value of a year, or a share: the figure of the last day counts."""
    target = start.target
    found = _at(start, points)
    latest, base = points[-1], found.base
    if latest.end >= target.end or _settled(target, latest.value):
        return _judged(found, latest.value)
    if as_of >= target.end:
        raise Refused("final_figure_missing")
    elapsed = latest.end.year - base.year if base else 0
    if base and elapsed <= 0 and latest.end.year >= as_of.year:
        return replace(found, status="not_started")
    if base and elapsed > 0:
        return _paced(found, base, elapsed)
    if not reached(target, latest.value):
        raise Refused("pace_not_assessable" if base else "base_missing")
    return replace(found, status=_running(found), stretch_met=_stretch(target, latest.value))


def _at(start: Assessment, points: list[Point]) -> Assessment:
    """What the figures say without any pace; a verdict on the last day needs no base."""
    if not points:
        raise Refused("no_figure")
    latest, target = points[-1], start.target
    found = replace(start, latest=latest, share=_share(latest.value, target), base=_known_base(target, points))
    return _since(found, [(p.end.year, p.value) for p in points])


def _since(found: Assessment, figures: list[tuple[int, float]]) -> Assessment:
    """The assessment with the first years in which the target, and the high end of its range, were reached.

    A total under a ceiling is reached from the first year on, which says nothing.
    """
    target, high = found.target, found.target.high_end
    if _is_total(target) and sign(target) * target.minimum <= 0:
        return found
    met_in = next((year for year, value in figures if reached(target, value)), None)
    stretch_met_in = next((year for year, value in figures if high and reached(high, value)), None)
    return replace(found, met_in=met_in, stretch_met_in=stretch_met_in)


def _settled(target: Target, value: float) -> bool:
    """A running total never falls: one that has reached its target stays there, one past its ceiling too."""
    return _running_total(target) and reached(target, value) == (sign(target) > 0)


def _paced(found: Assessment, base: Base, elapsed: int) -> Assessment:
    target, latest = found.target, found.latest
    assert latest is not None
    by_rate = target.path == "geometric" and 0 not in (base.value, latest.value, target.minimum)
    try:
        found = (_by_rate if by_rate else _by_steps)(found, base, latest.value, elapsed)
    except Refused:
        if not reached(target, latest.value):
            raise
    return replace(found, status=_running(found), stretch_met=_stretch(target, latest.value))


def _by_rate(found: Assessment, base: Base, value: float, elapsed: int) -> Assessment:
    target, total = found.target, found.target.end.year - base.year
    so_far = required_growth(base.value, value, elapsed)
    needed = 0.0 if reached(target, value) else required_growth(value, target.minimum, total - elapsed)
    projected = compounded(value, so_far, total - elapsed)
    found = replace(found, projected=projected, needed=needed, needed_is_rate=True)
    if reached(target, base.value):
        return found
    expected = compounded(base.value, required_growth(base.value, target.minimum, total), elapsed)
    return replace(found, expected=expected, pace=geometric_pace(base.value, value, target.minimum, elapsed, total))


def _by_steps(found: Assessment, base: Base, value: float, elapsed: int) -> Assessment:
    target, total = found.target, found.target.end.year - base.year
    needed = required_addition(value, target.minimum, total - elapsed, sign=sign(target))
    projected = value + (value - base.value) / elapsed * (total - elapsed)
    found = replace(found, projected=projected, needed=needed)
    if reached(target, base.value):
        return found
    expected = base.value + (target.minimum - base.value) * elapsed / total
    return replace(found, expected=expected, pace=linear_pace(base.value, value, target.minimum, elapsed, total))


def _running(found: Assessment) -> str:
    """The status of a level while its period runs; without a pace its base had reached the target."""
    target, latest, projected = found.target, found.latest, found.projected
    assert latest is not None
    if not reached(target, latest.value):
        return "moving_away" if found.pace is None else pace_class(found.pace)
    if not _running_total(target):
        return "met"
    return "within" if projected is None or reached(target, projected) else "moving_away"


def _cumulative(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A sum over the period: share achieved against share of time, or against the yearly plan."""
    target = start.target
    whole = [p for p in points if (p.start, p.end) == (target.start, target.end)]
    if whole:
        found = replace(start, latest=whole[-1], share=_share(whole[-1].value, target))
        return _judged(_since(found, [(target.end.year, whole[-1].value)]), whole[-1].value)
    amounts = _yearly(target, points, as_of)
    values = [p.value for p in amounts]
    achieved = math.fsum(values)
    found = replace(start, latest=together(amounts, achieved), share=_share(achieved, target))
    found = _since(found, list(zip((p.end.year for p in amounts), itertools.accumulate(values), strict=True)))
    collected = sign(target) * target.minimum > 0
    if reached(target, achieved) == collected or _complete(target, amounts, as_of):
        return _judged(found, achieved)
    return _collected(found, values) if collected else _kept_under(found, achieved, len(amounts))


def _collected(found: Assessment, amounts: list[float]) -> Assessment:
    """A total that is on its way to its target."""
    target, achieved = found.target, math.fsum(amounts)
    c = cumulative_pace(target.minimum, achieved, len(amounts), target.years, sign=sign(target))
    pace = phased_pace(target.profile, amounts) if target.profile else c.pace
    return replace(
        found,
        status=pace_class(pace),
        pace=pace,
        expected=target.minimum * c.time_share,
        projected=c.achieved_per_year * target.years,
        needed=c.required_per_year,
        stretch_met=_stretch(target, achieved),
    )


def _kept_under(found: Assessment, achieved: float, elapsed: int) -> Assessment:
    """A total that has not passed its ceiling, by where it leads; a floor of zero or less is a ceiling turned round."""
    projected = outturn(achieved, elapsed / found.target.years)
    return replace(found, status="within" if reached(found.target, projected) else "moving_away", projected=projected)


def _flow(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """The same amount every year: a surplus year does not repair a missed one."""
    target = start.target
    amounts = _yearly(target, points, as_of)
    missed = [p for p in amounts if not reached(target, p.value)]
    latest = missed[-1] if missed else amounts[-1]
    found = replace(start, latest=latest, share=_share(latest.value, target))
    if missed:
        return replace(found, status="missed", flags=tuple(f"missed_{p.end.year}" for p in missed))
    so_far = "on_track" if sign(target) > 0 else "within"
    status = "met" if _complete(target, amounts, as_of) else so_far
    return replace(found, status=status, stretch_met=_stretch(target, min(p.value for p in amounts)))


def _growth(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A rate of growth: the rate of the year, or the geometric mean over the years, which takes two of them."""
    target = start.target
    whole = [p for p in points if (p.start, p.end) == (target.start, target.end)]
    if whole:
        return _judged(replace(start, latest=whole[-1]), whole[-1].value)
    amounts = _yearly(target, points, as_of)
    mean = 100 * mean_growth([p.value / 100 for p in amounts])
    found = replace(start, latest=together(amounts, mean), projected=mean)
    if _complete(target, amounts, as_of):
        return _judged(found, mean)
    if len(amounts) < 2:
        raise Refused("too_few_years")
    wanted = sign(target) * target.minimum
    pace = sign(target) * mean / wanted if wanted > 0 else None
    if reached(target, mean):
        return replace(found, status="on_track", pace=pace)
    return replace(found, status="moving_away" if pace is None else pace_class(pace), pace=pace)


def _held(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A level or share to be maintained, or to stay within a band: held or lost, with no percentage."""
    target = start.target
    if not points:
        raise Refused("no_figure")
    found = replace(start, latest=points[-1])
    if points[-1].end >= target.end:
        return _judged(found, points[-1].value)
    if as_of >= target.end:
        raise Refused("final_figure_missing")
    return replace(found, status="met" if reached(target, points[-1].value) else "moving_away")


def _milestone(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """Reached or not, once it is due; reached before, it stays so."""
    target = start.target
    if not points:
        raise Refused("no_figure")
    latest = points[-1]
    if latest.end < target.end and not reached(target, latest.value):
        raise Refused("final_figure_missing" if as_of >= target.end else "not_due")
    return _judged(replace(start, latest=latest), latest.value)


def together(amounts: list[Point], value: float) -> Point:
    """The sum or mean of yearly figures: over all their days and sources, as certain as the least certain."""
    order = ("actual", "derived", "to_date", "provisional", "estimate", "derived_estimate")
    status = max((p.status for p in amounts), key=order.index)
    sources = tuple(dict.fromkeys(source for p in amounts for source in p.sources))
    disputed = any(p.disputed for p in amounts)
    return Point(amounts[0].start, amounts[-1].end, value, status, disputed, sources)


def _judged(found: Assessment, value: float) -> Assessment:
    status = "met" if reached(found.target, value) else "missed"
    return replace(found, status=status, stretch_met=_stretch(found.target, value))


def _stretch(target: Target, value: float) -> bool | None:
    return reached(target.high_end, value) if target.high_end else None


def _share(value: float, target: Target) -> float | None:
    return value / target.minimum if target.minimum and sign(target) and target.kind != "growth" else None


def _running_total(target: Target) -> bool:
    return target.indicator_kind == "cumulative"


def _is_total(target: Target) -> bool:
    return target.kind == "cumulative" or _running_total(target)


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
