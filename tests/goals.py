"""Targets and figures of a few years, and what the progress method says of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from promotion_book.statistics.assessment import Assessment
from promotion_book.statistics.progress import assess
from promotion_book.statistics.targets import Point, Target

END = date(2025, 12, 31)


def point(year: int, value: float, status: str = "actual", disputed: bool = False) -> Point:
    return Point(date(year, 1, 1), date(year, 12, 31), value, status, disputed)


def series(*values: float, first: int = 2021) -> list[Point]:
    return [point(first + i, value) for i, value in enumerate(values)]


def target(**changes) -> Target:
    base = Target(
        target_id="t",
        kind="level",
        reading="at_least",
        path="linear",
        minimum=160,
        stretch=None,
        start=date(2025, 1, 1),
        end=END,
        base_year=2020,
    )
    return replace(base, **changes)


def judged(goal: Target, points: list[Point], year: int) -> Assessment:
    return assess(goal, points, as_of=date(year, 12, 31))


def told(found: Assessment) -> tuple[str, str]:
    return found.status, found.reason


CUMULATIVE = target(kind="cumulative", minimum=300, start=date(2021, 1, 1), base_year=None)


YEARLY = target(kind="flow", minimum=200, start=date(2021, 1, 1), base_year=None)


GROWTH = target(kind="growth", minimum=5, start=date(2021, 1, 1), base_year=None)
