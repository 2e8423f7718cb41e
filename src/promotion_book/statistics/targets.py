"""Targets and figures as the progress method sees them, and the readings of a target.

A target is one statement of one source. Its `reading` says what counts as reaching it:
`at_least`, `at_most`, `maintain`, `stay_within`, or `at_least_low_stretch_high` for a range whose
low end is judged and whose high end is an annotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Point:
    """One figure: its value, the days it covers, and its status in the tables."""

    start: date
    end: date
    value: float
    status: str = "actual"
    disputed: bool = False


@dataclass(frozen=True)
class Target:
    """One statement of a target. `minimum` is judged, `stretch` (or None) is annotated.

    `base_value` is used where given, else the figure of `base_year`; `profile` is a yearly plan.
    `indicator_kind` is the kind of the indicator; `kind` that of the target chooses the formula.
    """

    target_id: str
    kind: str
    reading: str
    path: str
    minimum: float
    stretch: float | None
    start: date
    end: date
    indicator_kind: str = "level"
    base_year: int | None = None
    base_value: float | None = None
    base_status: str = ""
    tolerance: float = 0.0
    profile: tuple[float, ...] = ()

    @property
    def years(self) -> int:
        """The number of years that the target covers."""
        return self.end.year - self.start.year + 1


@dataclass(frozen=True)
class RangeReading:
    """A value against a range, by its low end and by its high end."""

    status: str
    share_of_low: float
    share_of_high: float
    missing_to_low: float
    missing_to_high: float


def range_reading(value: float, low: float, high: float) -> RangeReading:
    """A range read as "at least the low end, the high end a stretch".

    .. math:: y < L: \\text{below minimum}, \\quad L \\le y < H: \\text{minimum met},
        \\quad y \\ge H: \\text{stretch met}

    Source: house rule for ranges such as 150-180; the midpoint is never used.
    Worked cases: P115, P117, P118, P120
    """
    status = "stretch_met" if value >= high else "minimum_met" if value >= low else "below_minimum"
    return RangeReading(status, value / low, value / high, max(0.0, low - value), max(0.0, high - value))


def band_distance(value: float, low: float, high: float) -> tuple[str, float]:
    """A range read as a band to stay within: status and distance to the nearer edge.

    .. math:: d = \\frac{y - L}{L} \\text{ below}, \\quad 0 \\text{ within}, \\quad \\frac{y - H}{H} \\text{ above}

    Source: house rule, two-sided reading.
    Worked cases: P121, P122, P123
    """
    if value < low:
        return "below_band", (value - low) / low
    return ("above_band", (value - high) / high) if value > high else ("in_band", 0.0)


@dataclass(frozen=True)
class Ceiling:
    """Use of a ceiling: share used and straight-line outturn, in the unit of the limit."""

    share: float
    projected: float
    status: str


def ceiling(limit: float, spent: float, time_share: float) -> Ceiling:
    """A target that must not be exceeded, such as a budget.

    .. math:: \\text{outturn} = \\frac{\\text{spent}}{t / n}

    Source: straight-line outturn.
    Worked cases: P130
    """
    projected = spent / time_share
    over = "over" if spent > limit else "projected_over" if projected > limit else "within"
    return Ceiling(spent / limit, projected, over)


def maintained(target: float, tolerance: float, values: Sequence[float]) -> list[str]:
    """Whether each value stays within the tolerance of a target: held or lost.

    .. math:: |y - T| \\le \\tau

    Source: house rule; a measure to maintain gets no percentage.
    Worked cases: P131
    """
    return ["held" if abs(value - target) <= tolerance else "lost" for value in values]


def base_year_used(years: Sequence[int], wanted: int) -> tuple[int | None, str]:
    """The year whose figure serves as the base: the wanted one, or the next later one with a flag.

    Source: Open SDG takes the next later year; here the flag `baseline_shifted` is shown.
    Worked cases: P038
    """
    later = sorted(year for year in years if year >= wanted)
    if not later:
        return None, "base_missing"
    return later[0], "" if later[0] == wanted else "baseline_shifted"
