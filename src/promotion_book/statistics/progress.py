"""Progress to target: how far, is the pace enough, will it get there, and how good is the evidence.

`assess(target, points, as_of)` looks at one target statement and the figures of its indicator that are known, and
gives one `Assessment`. The kind of the target chooses the formula (`pace`); what reaches a target, and which way is
better, `verdict` says. While the period runs:

    level, share        met where the figure has reached the target, else the class of its pace; moving away where the
                        base had reached the target and the figure no longer does. What is measured during a period
                        is not judged as met by a figure from before its plan began
    total               met once the target is reached, else the class of its pace. A total to be kept under a
                        ceiling: within, moving away where the outturn will pass it, missed once it is passed
    flow                missed once one year misses; else on track, and under a ceiling within
    growth              on track where the mean so far reaches the target, else the class of its ratio to the target;
                        moving away where there is no ratio because the target asks for no change that way
    band, maintain      met inside, moving away outside
    milestone           met once it is reached

A path of zero, a missing base and single figures are refused. Out of scope: choosing between sources (`facts`) and
wording (`words`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from promotion_book.facts.rules.target_rules import METHOD
from promotion_book.statistics import amounts, levels
from promotion_book.statistics.assessment import Assessment, grade, running_total, share_of
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.targets import Point, Target
from promotion_book.statistics.verdict import sign


def assess(target: Target, points: Sequence[Point], *, as_of: date) -> Assessment:
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
        return grade(_finite(_by_kind(start, inside, as_of=as_of)), inside)
    except Refused as refusal:
        if refusal.reason == "not_finite":
            return replace(start, reason=refusal.reason)
        latest = None if refusal.reason == "no_figure" else _last_relevant(target, inside)
        share = share_of(target, latest.value) if latest and not _of_one_year(target, latest) else None
        return replace(start, reason=refusal.reason, latest=latest, share=share)


def _by_kind(start: Assessment, points: list[Point], *, as_of: date) -> Assessment:
    target = start.target
    if target.reading not in METHOD.get(target.kind, ()):
        raise Refused("no_method")
    if target.kind in ("cumulative", "flow", "growth") and as_of < target.start:
        return replace(start, status="not_started")
    if sign(target) == 0 and target.kind in ("level", "share"):
        return levels.hold(start, points, as_of=as_of)
    return _METHODS[target.kind](start, points, as_of)


_METHODS = {
    "level": levels.level,
    "share": levels.level,
    "milestone": levels.milestone,
    "cumulative": amounts.total,
    "flow": amounts.flow,
    "growth": amounts.growth,
}


def _finite(found: Assessment) -> Assessment:
    value = found.latest.value if found.latest else None
    numbers = (value, found.pace, found.expected, found.projected)
    if not all(math.isfinite(number) for number in numbers if number is not None):
        raise Refused("not_finite")
    return found


def _of_one_year(target: Target, point: Point) -> bool:
    """Whether a figure is a later year's amount of a total over several years, of which it is no share."""
    return target.kind == "cumulative" and not running_total(target) and point.start > target.start


def _last_relevant(target: Target, points: list[Point]) -> Point | None:
    if target.kind in ("cumulative", "flow", "growth"):
        points = [p for p in points if p.end >= target.start]
    return points[-1] if points else None
