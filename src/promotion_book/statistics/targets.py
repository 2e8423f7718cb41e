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
    """One figure: its value, the days it covers, its status in the tables, and its sources."""

    start: date
    end: date
    value: float
    status: str = "actual"
    disputed: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """One statement of a target. `minimum` is judged, `stretch` (or None) is annotated.

    `base_value` is used where given, else the figure of `base_year`; `profile` is a yearly plan.
    `doubtful`: a second look could not confirm what the source says.
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
    doubtful: bool = False

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
    """How is a target such as 150–180 read?

    .. math:: y < L: \\text{ below the minimum} \\\\ L \\le y < H: \\text{ minimum met} \\\\ y \\ge H: \\text{ high end met}

    Symbols: $y$ is the figure, $L$ the low end, $H$ the high end. The low end is judged; whether the high end is
    met is said beside it.
    Source: a rule of this report; the middle of the range is never used.
    Worked cases: P115, P117, P118, P120
    """
    status = "stretch_met" if value >= high else "minimum_met" if value >= low else "below_minimum"
    return RangeReading(status, value / low, value / high, max(0.0, low - value), max(0.0, high - value))


def band_distance(value: float, low: float, high: float) -> tuple[str, float]:
    """Does a figure stay within a band, and if not, how far outside is it?

    .. math:: y < L: \\quad d = \\frac{y - L}{L} \\\\ L \\le y \\le H: \\quad d = 0 \\\\ y > H: \\quad d = \\frac{y - H}{H}

    Symbols: $y$ is the figure, $L$ and $H$ are the edges of the band, $d$ is the distance as a fraction of the edge.
    Source: a rule of this report.
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
    """Will a ceiling that must not be passed, such as a budget, hold at the pace so far?

    .. math:: \\text{outturn} = \\frac{a}{m / n}

    Symbols: $a$ is what was spent so far, in $m$ of the $n$ years of the period.
    Source: the straight line through what was spent so far.
    Worked cases: P130
    """
    projected = spent / time_share
    over = "over" if spent > limit else "projected_over" if projected > limit else "within"
    return Ceiling(spent / limit, projected, over)


def maintained(target: float, tolerance: float, values: Sequence[float]) -> list[str]:
    """Has a figure that should stay as it is been held?

    .. math:: |y - y_T| \\le \\tau

    Symbols: $y$ is the figure, $\\tau$ the tolerance of the target.
    Source: a rule of this report; a figure to be held gets no percentage.
    Worked cases: P131
    """
    return ["held" if abs(value - target) <= tolerance else "lost" for value in values]


def base_year_used(years: Sequence[int], wanted: int) -> tuple[int | None, str]:
    """Which year serves as the base where the wanted year has no figure?

    The later year carries the flag `baseline_shifted`.

    Source: Open SDG takes the next later year; here the change is also shown.
    Worked cases: P038
    """
    later = sorted(year for year in years if year >= wanted)
    if not later:
        return None, "base_missing"
    return later[0], "" if later[0] == wanted else "baseline_shifted"
