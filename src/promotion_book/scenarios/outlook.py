"""What may come next, from the known yearly figures of one indicator, and how likely its target is.

    aimed = aim(known, "kip_recognised_total")             # 150 and 180, in 2025
    found = outlook(known.series("kip_recognised_total"), until=2025, running=True)
    prospects(found, aimed.levels)                         # the chance of each end of the target

A forecast always has naive, drift and the fixed combination side by side, and the combination its
bands. What cannot be computed is told by a reason of `statistics.refusal`; nothing is raised.
A running total cannot fall: no band of it goes below the latest figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import at, each
from promotion_book.scenarios.forecasts import Floats, drift, naive
from promotion_book.scenarios.intervals import Interval, reference_interval, steady
from promotion_book.scenarios.probability import Chance, LogGrowth, chance, estimated, log_growths, reaching
from promotion_book.statistics.growth import required_addition
from promotion_book.statistics.outlook import GrowthOutlook, wishes
from promotion_book.statistics.refusal import Refused

NARROW, WIDE = 0.80, 0.95


@dataclass(frozen=True, eq=False)
class Forecast:
    """One value a year of `years`, in the unit of the figures; `narrow` and `wide` are bands around one central line.

    `steady`: the figures grew so steadily that both bands are too narrow.
    """

    years: tuple[int, ...]
    naive: Floats
    drift: Floats
    narrow: Interval
    wide: Interval
    steady: bool


@dataclass(frozen=True, eq=False)
class Outlook:
    """The known `figures` of some `years`, and the `forecast` from the year after them to `until`.

    Without a forecast `reason` says why. `running` marks a running total, which cannot fall.
    """

    years: tuple[int, ...]
    figures: tuple[float, ...]
    until: int
    running: bool
    forecast: Forecast | None = None
    reason: str = ""

    @property
    def missing(self) -> list[int]:
        """The years without a figure between the first and the last."""
        return [year for year in range(self.years[0], self.years[-1]) if year not in self.years] if self.years else []


def outlook(series: pd.DataFrame, until: int, running: bool = False) -> Outlook:
    """Where may a figure stand in the coming years, and how sure is that?

    Refused are: no figure, a year without one, no year ahead, and what `reference_interval` refuses, which is fewer
    than 4 figures, more than 4 years ahead, growth without variation, and figures that are not above zero.

    Args:
        series: yearly figures (`Known.series`).
        until: last year of the forecast.
        running: the figure is a running total.
    """
    rows = [row for row in each(series) if pd.notna(row.value)]
    years, figures = tuple(row.period_end.year for row in rows), tuple(float(row.value) for row in rows)
    known = Outlook(years, figures, until, running)
    try:
        return replace(known, forecast=_forecast(known))
    except Refused as refused:
        return replace(known, reason=refused.reason)


def _forecast(known: Outlook) -> Forecast:
    if not known.years:
        raise Refused("no_figure")
    if known.missing:
        raise Refused("years_missing")
    last, figures = known.years[-1], known.figures
    if known.until <= last:
        raise Refused("no_time")
    horizon = known.until - last
    least = figures[-1] if known.running else 0.0
    narrow, wide = (_at_least(reference_interval(figures, horizon, level), least) for level in (NARROW, WIDE))
    years = tuple(range(last + 1, known.until + 1))
    return Forecast(years, naive(figures, horizon), drift(figures, horizon), narrow, wide, steady(figures))


def _at_least(band: Interval, least: float) -> Interval:
    lower, centre, upper = (np.maximum(line, least) for line in (band.lower, band.centre, band.upper))
    return Interval(band.level, lower, centre, upper)


@dataclass(frozen=True)
class Aim:
    """What the statements in force want in a year: their different levels, the lowest first, and their sources."""

    year: int
    levels: tuple[float, ...]
    sources: tuple[str, ...]


def aim(known: Known, indicator: str) -> Aim | None:
    """The furthest year for which an indicator has a target, with both ends of each range; None without a target.

    Statements that a known one replaced, and those of a narrower scope, are left out.
    """
    rows = wishes(known, indicator)
    if rows.empty:
        return None
    rows = rows[rows["period_end"] == rows["period_end"].max()]
    levels = {float(level) for column in ("low", "value", "high") for level in rows[column].dropna()}
    return Aim(rows["period_end"].iloc[0].year, tuple(sorted(levels)), tuple(rows["source_id"].unique()))


def aimed_outlook(known: Known, indicator: str) -> Outlook | None:
    """The outlook of an indicator up to the year of its `aim`; None without a target."""
    aimed = aim(known, indicator)
    running = at(known.indicators, indicator)["kind"] == "cumulative"
    return None if aimed is None else outlook(known.series(indicator), aimed.year, running)


@dataclass(frozen=True)
class Prospect:
    """A level of a target, and how likely it is: a `chance`, the year in which it was `reached`, or a `reason`."""

    level: float
    chance: Chance | None = None
    reached: int | None = None
    reason: str = ""


def prospects(found: Outlook, levels: Sequence[float]) -> list[Prospect]:
    """How likely is each level in the year `until`, if past year-to-year variation continues?

    A running total that has reached a level keeps it. There is no chance where there is no forecast.
    """
    return [_prospect(found, level) for level in levels]


def _prospect(found: Outlook, level: float) -> Prospect:
    above = [year for year, figure in zip(found.years, found.figures, strict=True) if figure >= level]
    if found.running and above:
        return Prospect(level, reached=above[0])
    if found.forecast is None:
        return Prospect(level, reason=found.reason)
    try:
        growth, years = estimated(log_growths(found.figures)), len(found.forecast.years)
        return Prospect(level, chance(reaching(found.figures[-1], level, years, growth)))
    except Refused as refused:
        return Prospect(level, reason=refused.reason)


def assumed_prospect(path: GrowthOutlook, rates: pd.DataFrame) -> Prospect:
    """How likely is a target, if growth is the assumed one on average and varies as that of another series did?

    The mean of the log growth is that of the assumption, so half of the outcomes lie above its path. The variation is
    taken as it was measured, without the error of measuring it in a few years.

    Args:
        path: the assumption and the target.
        rates: growth of another series in single years, in per cent (`Known.series`).
    """
    try:
        sd = estimated(np.log1p(rates["value"].dropna().to_numpy(float) / 100)).sd
        growth = LogGrowth(float(np.log1p(path.growth)), sd)
        return Prospect(path.target, chance(reaching(path.base, path.target, path.end_year - path.base_year, growth)))
    except Refused as refused:
        return Prospect(path.target, reason=refused.reason)


@dataclass(frozen=True)
class Start:
    """A figure that a path to a target may start from, and what each level of the target then takes a year.

    `needed` is in the unit of the figure; for a share that is percentage points.
    """

    year: int
    value: float
    source_id: str
    needed: tuple[float, ...]


def starts(known: Known, indicator: str, aimed: Aim) -> list[Start]:
    """What does a target take, from the latest figure of each source? Figures that disagree are all kept.

    Of a range both ends are starts. A figure of the target's year, or a later one, is none, and so is one of a narrower
    scope, such as that of an earlier programme.
    """
    rows = _before(known, indicator, aimed).query("scope == ''")
    rows = rows[rows["period_end"] == rows.groupby("source_id")["period_end"].transform("max")]
    ends = [(row, end) for row in each(rows) for end in _ends(row)]
    return [
        Start(
            row.period_end.year,
            end,
            row.source_id,
            tuple(required_addition(end, level, aimed.year - row.period_end.year) for level in aimed.levels),
        )
        for row, end in ends
    ]


def of_other_scope(known: Known, indicator: str, aimed: Aim) -> pd.DataFrame:
    """The figures before a target's year that are no starts, because their scope is a narrower one."""
    return _before(known, indicator, aimed).query("scope != ''")


def _before(known: Known, indicator: str, aimed: Aim) -> pd.DataFrame:
    rows = known.figures(indicator, known.package.area).query("status != 'plan'")
    before: pd.DataFrame = rows[rows["period_end"].dt.year < aimed.year]
    return before


def _ends(row: object) -> list[float]:
    value, low, high = (getattr(row, column) for column in ("value", "low", "high"))
    return [low, high] if pd.isna(value) else [value]
