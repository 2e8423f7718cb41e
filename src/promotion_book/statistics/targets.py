"""Targets and figures as the progress method sees them, and the readings of a target.

A target is one statement of one source. Its `reading` says what counts as reaching it:
`at_least`, `at_most`, `maintain`, `stay_within`, or `at_least_low_stretch_high` for a range whose
low end is judged and whose high end is the wish.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from promotion_book.statistics.refusal import Refused


@dataclass(frozen=True)
class Point:
    """One figure: its value, the days it covers, its status in the tables, and its sources.

    `low` is the value where the source says over it, `high` where it says nearly, both where it says about.
    """

    start: date
    end: date
    value: float
    status: str = "actual"
    disputed: bool = False
    sources: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @property
    def whole_year(self) -> bool:
        """Whether the figure is that of all days of one calendar year."""
        return is_whole_year(self.start, self.end)

    @property
    def bound(self) -> bool:
        """Whether the value is only a bound of the figure."""
        return (self.low == self.value) != (self.high == self.value)


@dataclass(frozen=True)
class Target:
    """One statement of a target. `minimum` is judged, `stretch` (or None) is the high end of a range.

    `base_value` is used where given, else the figure of `base_year`; `profile` is a yearly plan.
    `doubtful`: a second look could not confirm what the source says.
    `indicator_kind` is the kind of the indicator; `kind` that of the target chooses the formula. `counts_from` is the
    first day of the plan for what is measured during a period: an earlier figure does not reach the target.
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
    counts_from: date | None = None
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


def is_whole_year(start: date, end: date) -> bool:
    """Whether all days from one to another are those of one calendar year."""
    return (start, end) == (date(end.year, 1, 1), date(end.year, 12, 31))


def outturn(spent: float, time_share: float) -> float:
    """Where will a sum with a ceiling, such as a budget, stand at the end at the pace so far?

    .. math:: \\text{outturn} = \\frac{a}{m / n}

    Symbols: $a$ is what was spent so far, in $m$ of the $n$ years of the period.
    Source: the straight line through what was spent so far.
    Worked cases: P130

    Raises:
        Refused: nothing of the period has passed.
    """
    if time_share <= 0:
        raise Refused("no_time")
    return spent / time_share


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
