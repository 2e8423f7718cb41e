"""The verdict on one target statement, and how good the evidence behind it is.

met, missed                           the figure of the target's last day is known; or before it a figure has reached the
                                      target, or has passed a ceiling of a total or of every year
within                                the period runs, and the ceiling of a total or of every year is not passed
on_track, accelerate, limited, moving_away     the period runs: class of the pace ratio
depends                               what the target counts is open, and the readings give different verdicts
not_started                           the period has not begun
not_assessable                        refused, with a reason; nothing is guessed
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from promotion_book.statistics.targets import Point, Target
from promotion_book.statistics.verdict import reached, reaches, sign, sure

STATUSES = (
    *("met", "on_track", "within", "accelerate", "limited"),
    *("moving_away", "missed", "depends", "not_started", "not_assessable"),
)


@dataclass(frozen=True)
class Base:
    """The figure from which a pace is measured, and its day. `status`: observed, shifted or implied."""

    day: date
    value: float
    status: str

    @property
    def year(self) -> int:
        """The year of the figure."""
        return self.day.year


@dataclass(frozen=True)
class Assessment:
    """What the method says of one target statement. Rates are fractions, amounts in the target's unit.

    `share` is the latest figure over the minimum, and None for a rate of growth; `pace` the ratio so far over required;
    `projected` the figure at the end at the pace so far. `met_in` is the year from which on the target was reached. Missing
    numbers are None.
    """

    target: Target
    status: str
    grade: str
    reason: str = ""
    latest: Point | None = None
    base: Base | None = None
    share: float | None = None
    met_in: int | None = None
    expected: float | None = None
    pace: float | None = None
    projected: float | None = None

    @property
    def difference(self) -> float | None:
        """For a rate of growth: the latest figure less the minimum, in percentage points.

        None where single years stand against an average over several.
        """
        partly = self.target.years > 1 and self.status == "not_assessable"
        if self.latest is None or self.target.kind != "growth" or partly:
            return None
        return self.latest.value - self.target.minimum


def grade(found: Assessment, points: Sequence[Point]) -> Assessment:
    """The evidence grade: A observed and undisputed, B short or derived, C estimated or from an implied base, D none."""
    if found.status in ("not_assessable", "not_started") or found.latest is None:
        return found
    shifted = found.base is not None and found.base.status == "shifted"
    implied = found.base is not None and found.base.status == "implied" and found.pace is not None
    if found.latest.status in ("estimate", "provisional", "derived_estimate") or implied:
        grade = "C"
    elif (
        found.latest.status in ("derived", "to_date")
        or found.latest.disputed
        or found.target.doubtful
        or shifted
        or (found.pace is not None and (len(points) < 3 or found.latest.bound))
    ):
        grade = "B"
    else:
        grade = "A"
    return replace(found, grade=grade)


def judge(found: Assessment, point: Point) -> Assessment:
    """The assessment once nothing can change it: met or missed. Raises Refused for a bound that decides nothing."""
    return replace(found, status="met" if sure(found.target, point) else "missed")


def share_of(target: Target, value: float) -> float | None:
    """A figure as a fraction of the target; None for a rate of growth, a target of zero, and what is to be held."""
    return value / target.minimum if target.minimum and sign(target) and target.kind != "growth" else None


def with_years(found: Assessment, points: Sequence[Point]) -> Assessment:
    """The assessment with the year from which on the figures reach the target, up to the last one.

    There is none where the base had reached it, nor, of what can fall, where no figure had missed it before. A total under
    a ceiling is reached from the first year on, which says nothing.
    """
    target, total = found.target, found.target.kind == "cumulative" or running_total(found.target)
    if total and sign(target) * target.minimum <= 0:
        return found
    figures = [(point.end, bool(reaches(target, point))) for point in points]
    base = [(found.base.day, reached(target, found.base.value))] if found.base else []
    missed = [day for day, enough in (*base, *figures) if not enough]
    since = next((day for day, _ in figures if day > max(missed, default=date.min)), None)
    if since is None or not (missed or total) or (found.base and since <= found.base.day):
        return found
    return replace(found, met_in=since.year)


def running_total(target: Target) -> bool:
    """Whether the figures of the indicator are running totals, which never fall."""
    return target.indicator_kind == "cumulative"
