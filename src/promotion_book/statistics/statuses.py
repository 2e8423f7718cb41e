"""The status of every target of an edition: target statements and figures in, one table out.

Conflicting statements of one target are judged one by one; `robust` says whether the verdict is
the same for all of them. They are never averaged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import each
from promotion_book.statistics.assessment import Assessment
from promotion_book.statistics.progress import assess
from promotion_book.statistics.targets import Point, Target

SAME = ["indicator_id", "area", "scope", "period"]
TIMES = ("now", "later", "earlier")
FOUND = ("confirmed", "not_rechecked")


def current(known: Known) -> pd.DataFrame:
    """The place's target statements known on the day, without those that a known one replaced."""
    rows = known.current_targets
    return rows[rows["area"] == known.package.area]


def open_statements(known: Known, since: date) -> pd.DataFrame:
    """The current statements whose period is not over when the reporting period begins."""
    rows = current(known)
    return rows.loc[rows["period_end"] >= pd.Timestamp(since)]


def in_force(known: Known, since: date) -> pd.DataFrame:
    """The statements that an edition judges: their period overlaps the reporting period, or the
    way to them has begun because the year of their base is past."""
    rows = open_statements(known, since)
    starts = rows["period_start"].where(rows["base_year"].isna(), pd.Timestamp.min)
    return rows.loc[(starts <= pd.Timestamp(known.until)) & ~(rows["base_year"] > known.until.year)]


def later(known: Known, since: date) -> pd.DataFrame:
    """The open statements whose way has not begun."""
    rows = open_statements(known, since)
    return rows[~rows.index.isin(in_force(known, since).index)]


def statuses(known: Known, since: date) -> pd.DataFrame:
    """One row a target statement in force: its columns, the `assessment`, `status`, and `robust`."""
    return _judged(known, in_force(known, since))


def all_statuses(known: Known, since: date, indicators: Iterable[str]) -> pd.DataFrame:
    """`statuses` of some indicators with, in `time`, now, later or earlier: also the statements whose way
    has not begun, and last those whose period was over before."""
    of = set(indicators)
    judged = [_judged(known, rows[rows["indicator_id"].isin(of)]) for rows in _by_time(known, since)]
    timed = [rows.assign(time=time) for rows, time in zip(judged, TIMES, strict=True)]
    return pd.concat([rows for rows in timed if len(rows)] or timed[:1], ignore_index=True)


def _by_time(known: Known, since: date) -> tuple[pd.DataFrame, ...]:
    rows = current(known)
    return in_force(known, since), later(known, since), rows[rows["period_end"] < pd.Timestamp(since)]


def _judged(known: Known, rows: pd.DataFrame) -> pd.DataFrame:
    judged = [assess_row(known, row) for row in each(rows)]
    table = rows.assign(
        assessment=pd.Series(judged, index=rows.index, dtype=object), status=[a.status for a in judged]
    ).reset_index(drop=True)
    if table.empty:
        return table.assign(robust=[])
    return table.assign(robust=table.groupby(SAME)["status"].transform("nunique") == 1)


def assess_row(known: Known, row: Any) -> Assessment:
    """The assessment of one row of the table of targets; its way has not begun before its base year or period."""
    target = to_target(row, known.package.row("indicators", row.indicator_id))
    begins = target.start.year if target.base_year is None else target.base_year
    if begins > known.until.year:
        return Assessment(target, "not_started", "D")
    return assess(target, to_points(known, target, row), known.until)


def to_target(row: Any, indicator: Any) -> Target:
    """A row of the table of targets as the method sees it."""
    return Target(
        target_id=row.target_id,
        kind=row.kind,
        reading=row.reading,
        path=row.path,
        minimum=row.low if pd.notna(row.low) else row.value,
        stretch=row.high if row.reading in ("at_least_low_stretch_high", "stay_within") else None,
        start=row.period_start.date(),
        end=row.period_end.date(),
        indicator_kind=indicator["kind"],
        base_year=None if pd.isna(row.base_year) else int(row.base_year),
        base_value=None if pd.isna(row.base_value) else row.base_value,
        base_status=row.base_status,
        tolerance=0.0 if pd.isna(row.tolerance) else row.tolerance,
        doubtful=row.checked not in FOUND,
        profile=tuple(float(part) for part in row.profile.split(";") if part),
    )


def to_points(known: Known, target: Target, row: Any) -> list[Point]:
    """The figures that can be set against a target: the yearly series, one of the target's own period,
    and, where the year has none yet, the figure of a part of it."""
    of = {"area": row.area, "scope": row.scope}
    yearly, own, part = (each(known.series(row.indicator_id, frequency=f, **of)) for f in ("year", "years", "months"))
    ends = {r.period_end for r in yearly}
    own = [r for r in own if r.period == row.period]
    part = [r for r in part if r.period_start == row.period_start and r.period_end not in ends]
    return [
        Point(r.period_start.date(), r.period_end.date(), r.value, r.status, r.disputed, (r.source_id,))
        for r in sorted([*yearly, *own, *part], key=attrgetter("period_end"))
        if pd.notna(r.value)
    ]
