"""Targets whose figure of the last day counts: levels, shares, what is to be held, and milestones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from promotion_book.facts.periods import in_years
from promotion_book.statistics.assessment import Assessment, Base, judge, running_total, share_of, with_years
from promotion_book.statistics.growth import compound, required_growth
from promotion_book.statistics.pace import geometric_pace, linear_pace, pace_class
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.targets import Point, Target, base_year_used
from promotion_book.statistics.verdict import reached, sign, sure


def level(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """A stock, a money value of a year, or a share: the figure of the last day counts."""
    target, found = start.target, _at(start, points)
    if points[-1].end >= target.end or _settled(target, points[-1]):
        return judge(found, points[-1])
    if as_of >= target.end:
        raise Refused("final_figure_missing")
    whole = [p for p in points if not _begun(target, p)]
    if not whole:
        raise Refused("part_of_period")
    return _on_its_way(_at(start, whole), whole[-1], as_of=as_of)


def _on_its_way(found: Assessment, latest: Point, *, as_of: date) -> Assessment:
    target, base = found.target, found.base
    if target.counts_from and latest.end < target.counts_from and reached(target, latest.value):
        raise Refused("before_the_plan")
    elapsed = in_years(latest.end) - in_years(base.day) if base else 0.0
    if base and base.status != "shifted" and elapsed <= 0 and latest.end.year >= as_of.year:
        return replace(found, status="not_started")
    if base and elapsed > 0:
        return _paced(found, base, elapsed=elapsed)
    if not reached(target, latest.value):
        raise Refused("pace_not_assessable" if base else "base_missing")
    return replace(found, status=_running(found))


def _at(start: Assessment, points: list[Point]) -> Assessment:
    """What the figures say without any pace; a verdict on the last day needs no base."""
    if not points:
        raise Refused("no_figure")
    latest, target = points[-1], start.target
    found = replace(start, latest=latest, share=share_of(target, latest.value), base=_known_base(target, points))
    return with_years(found, points)


def _settled(target: Target, point: Point) -> bool:
    """Neither a running total nor the amount of a year that has begun falls: what has reached its target, or has passed its
    ceiling, stays there.
    """
    return (running_total(target) or _begun(target, point)) and reached(target, point.value) == (sign(target) > 0)


def _begun(target: Target, point: Point) -> bool:
    """Whether a figure is the amount of a part of a year, which no amount of a whole year can be set against."""
    return target.indicator_kind == "flow" and not point.whole_year


def _paced(found: Assessment, base: Base, *, elapsed: float) -> Assessment:
    target, latest = found.target, found.latest
    assert latest is not None
    by_rate = target.path == "geometric" and 0 not in (base.value, latest.value, target.minimum)
    try:
        found = (_by_rate if by_rate else _by_steps)(found, base, latest.value, elapsed)
    except Refused:
        if not reached(target, latest.value):
            raise
        found = _by_steps(found, base, latest.value, elapsed)
    return replace(found, status=_running(found))


def _by_rate(found: Assessment, base: Base, value: float, elapsed: float) -> Assessment:
    target, total = found.target, in_years(found.target.end) - in_years(base.day)
    so_far = required_growth(base.value, value, elapsed)
    projected = compound(value, so_far, years=total - elapsed)
    found = replace(found, projected=projected)
    if reached(target, base.value):
        return found
    expected = compound(base.value, required_growth(base.value, target.minimum, total), years=elapsed)
    return replace(found, expected=expected, pace=geometric_pace(base.value, value, target.minimum, elapsed, total))


def _by_steps(found: Assessment, base: Base, value: float, elapsed: float) -> Assessment:
    target, total = found.target, in_years(found.target.end) - in_years(base.day)
    projected = value + (value - base.value) / elapsed * (total - elapsed)
    found = replace(found, projected=projected)
    if reached(target, base.value):
        return found
    expected = base.value + (target.minimum - base.value) * elapsed / total
    return replace(found, expected=expected, pace=linear_pace(base.value, value, target.minimum, elapsed, total))


def _running(found: Assessment) -> str:
    """The status of a level while its period runs; without a pace its base had reached the target."""
    target, latest, projected = found.target, found.latest, found.projected
    assert latest is not None
    if not (reached(target, latest.value) and sure(target, latest)):
        return "moving_away" if found.pace is None else pace_class(found.pace)
    if not running_total(target):
        return "met"
    return "within" if projected is None or reached(target, projected) else "moving_away"


def hold(start: Assessment, points: list[Point], *, as_of: date) -> Assessment:
    """A level or share to be maintained, or to stay within a band: held or lost, with no percentage."""
    target = start.target
    if not points:
        raise Refused("no_figure")
    found = replace(start, latest=points[-1])
    if points[-1].end >= target.end:
        return judge(found, points[-1])
    if as_of >= target.end:
        raise Refused("final_figure_missing")
    return replace(found, status="met" if sure(target, points[-1]) else "moving_away")


def milestone(start: Assessment, points: list[Point], as_of: date) -> Assessment:
    """Reached or not, once it is due; reached before, it stays so."""
    target = start.target
    if not points:
        raise Refused("no_figure")
    latest = points[-1]
    if latest.end < target.end and not reached(target, latest.value):
        raise Refused("final_figure_missing" if as_of >= target.end else "not_due")
    return judge(replace(start, latest=latest), latest)


def _known_base(target: Target, points: list[Point]) -> Base | None:
    """The base, where one is known; a verdict on the last day does not need it."""
    if target.base_year is None:
        return None
    if target.base_value is not None:
        return Base(date(target.base_year, 12, 31), target.base_value, target.base_status or "implied")
    figures = {p.end.year: p for p in points if not p.bound}
    year, flag = base_year_used(list(figures), target.base_year)
    return None if year is None else Base(figures[year].end, figures[year].value, "shifted" if flag else "observed")
