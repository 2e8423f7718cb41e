"""The status of every target of an edition: target statements and figures in, one table out.

Statements are judged one by one and never averaged; targets are counted. Statements of the same indicator, area,
scope and period state one target, and so do those that the tables tie (`same_as`): a total and the addition that leads
to it. `robust` says whether the verdict is the same for all statements of a target.

Where the sources leave open what a target counts, the table `readings` names the indicators that may be meant. A
statement is judged by each; if they disagree, its status is `depends`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.conflicts import by_rule
from promotion_book.facts.once import once
from promotion_book.facts.rows import by_indicator, each
from promotion_book.statistics.assessment import STATUSES, Assessment
from promotion_book.statistics.progress import assess
from promotion_book.statistics.targets import Point, Target

TIMES = ("now", "later", "earlier")
FOUND = ("confirmed", "contradicted", "not_rechecked")
PARTS = ("month", "quarter", "months", "half")  # of a year, from its first day on
OF_THE_PERIOD = ("flow", "growth", "cumulative")
CLASSES = (*STATUSES[: STATUSES.index("depends") + 1], "differs", *STATUSES[STATUSES.index("depends") + 1 :])


@dataclass(frozen=True)
class Reading:
    """One way to read a target: its row of the table `readings`, and the verdict by it."""

    row: Any
    assessment: Assessment


@once
def current_statements(known: Known) -> pd.DataFrame:
    """The place's target statements known on the day, without those that a known one replaced."""
    rows = known.current_targets
    return rows[rows["area"] == known.package.area]


def open_statements(known: Known, since: date) -> pd.DataFrame:
    """The current statements whose period is not over when the reporting period begins."""
    rows = current_statements(known)
    return rows.loc[rows["period_end"] >= pd.Timestamp(since)]


def begins(row: Any) -> date | None:
    """The first day of a target's way: of its plan, else of the year of its base, else of its period.

    None where only the last year is known, as of a level to be reached by 2030.
    """
    if pd.notna(row.plan_start):
        return date(row.plan_start.year, row.plan_start.month, row.plan_start.day)
    if pd.notna(row.base_year):
        return date(int(row.base_year), 1, 1)
    start, end = row.period_start, row.period_end
    return date(start.year, start.month, start.day) if row.kind in OF_THE_PERIOD or start.year < end.year else None


def in_force(known: Known, since: date) -> pd.DataFrame:
    """The open statements whose way has begun, or of which no source says when it does."""
    rows = open_statements(known, since)
    return rows.loc[_begun(known, rows)]


def later_statements(known: Known, since: date) -> pd.DataFrame:
    """The open statements whose way has not begun."""
    rows = open_statements(known, since)
    return rows.loc[~_begun(known, rows)]


def _begun(known: Known, rows: pd.DataFrame) -> pd.Series[bool]:
    begun = [(begins(row) or known.until) <= known.until for row in each(rows)]
    return pd.Series(begun, index=rows.index, dtype=bool)


@once
def statuses_in_force(known: Known, since: date) -> pd.DataFrame:
    """One row a target statement in force: its columns, and what `judged` adds."""
    return _judged(known, in_force(known, since))


def all_statuses(known: Known, since: date, *, indicators: Iterable[str]) -> pd.DataFrame:
    """`statuses` of some indicators with, in `time`, now, later or earlier: also the statements whose way
    has not begun, and last those whose period was over before; each by indicator, and then by the end of its period."""
    rows = current_statements(known)
    rows = rows[rows["indicator_id"].isin(set(indicators))]
    rows = by_indicator(rows, "period_end")
    timed = [(rows[here], time) for here, time in zip(_times(known, rows, since), TIMES, strict=True)]
    judged = [_judged(known, part).assign(time=time) for part, time in timed if len(part)]
    return pd.concat(judged or [_judged(known, rows).assign(time=[])], ignore_index=True)


def _times(known: Known, rows: pd.DataFrame, since: date) -> tuple[pd.Series[bool], ...]:
    """Which statements are of each of `TIMES`."""
    over, begun = rows["period_end"] < pd.Timestamp(since), _begun(known, rows)
    return begun & ~over, ~begun & ~over, over


def _judged(known: Known, rows: pd.DataFrame) -> pd.DataFrame:
    """The statements with their `target` and its `role`, the `readings`, `assessment`, `status`, `robust` and `newer`.

    `role` is that of the target's programme; `newer` a row of the observations or None.
    """
    found = [_verdict(known, name) for name in rows["target_id"]]
    read, judged, newer = ([one[n] for one in found] for n in range(3))
    programmes = (known.package.row("indicators", name)["programme_id"] for name in rows["indicator_id"])
    table = rows.assign(
        target=rows["target_id"].map(known.target_of),
        role=[known.package.row("programmes", programme)["role"] for programme in programmes],
        readings=pd.Series(read, index=rows.index, dtype=object),
        assessment=pd.Series(judged, index=rows.index, dtype=object),
        status=[one.status for one in judged],
        newer=pd.Series(newer, index=rows.index, dtype=object),
    ).reset_index(drop=True)
    if table.empty:
        return table.assign(robust=[])
    return table.assign(robust=table.groupby("target")["status"].transform("nunique") == 1)


@once
def _verdict(known: Known, target_id: str) -> tuple[tuple[Reading, ...], Assessment, Any | None]:
    """The readings of a statement, what it is judged to be, and the newest outcome after the figure set against it."""
    row = known.statement_rows[target_id]
    read = readings(known, row)
    judged = _together(row, read) if read else assess_row(known, row)
    return read, judged, newer_figure(known, row, after=judged.latest)


def by_target(judged: pd.DataFrame) -> pd.DataFrame:
    """One row a target: `target`, `role`, its class (`status`, one of `CLASSES`) and the number of its `statements`.

    A target whose statements give different verdicts is of the class `differs`.
    """
    first = judged.drop_duplicates("target")[["target", "role", "status", "robust"]]
    classes = first["status"].where(first["robust"].astype(bool), "differs")
    statements = first["target"].map(judged["target"].value_counts())
    return first.assign(status=classes, statements=statements).drop(columns="robust").reset_index(drop=True)


def first_due(judged: pd.DataFrame) -> Any | None:
    """The statement that stands for the targets of an indicator: of the one in force that is due first, else of the next
    one, that which leads by the recorded rule; None without any.
    """
    targets = {name: number for number, name in enumerate(judged["target"].drop_duplicates())}
    order = by_rule(judged.assign(waits=judged["status"] == "not_started", first=judged["target"].map(targets)))
    return next(iter(each(order.sort_values(["waits", "period_end", "first"], kind="stable"))), None)


def indicators_with_target(known: Known) -> set[str]:
    """The indicators that have a target, or are a reading of one."""
    rows = known.package["readings"]
    read = rows.loc[rows["target_id"].isin(set(known.targets["target_id"])), "indicator_id"]
    return {*known.targets["indicator_id"], *read}


def newer_figure(known: Known, row: Any, *, after: Point | None) -> Any | None:
    """The newest outcome of a target's indicator that ends after a figure set against it, of any span and scope."""
    if after is None:
        return None
    outcomes = (one for one in known.figure_rows(row.indicator_id) if one.area == row.area and one.status != "plan")
    ended = (one for one in outcomes if after.end < one.period_end.date() <= row.period_end.date())
    return next((one for one in reversed([*ended]) if _counted_until(one) > after.end), None)


def readings(known: Known, row: Any) -> tuple[Reading, ...]:
    """A statement judged by each reading that the tables have of its target; empty where it has one meaning."""
    return tuple(Reading(one, assess_row(known, _read_as(row, one))) for one in _read(known, row))


def as_read(known: Known, row: Any) -> list[Any]:
    """A statement once for each reading of its target, with the indicator of the reading."""
    return [_read_as(row, one) for one in _read(known, row)] or [row]


def _read(known: Known, row: Any) -> list[Any]:
    return known.readings.get(row.target_id, [])


def _read_as(row: Any, reading: Any) -> Any:
    base = row.base_value if pd.isna(reading.base_value) else reading.base_value
    return row._replace(indicator_id=reading.indicator_id, base_value=base)


def _together(row: Any, read: Sequence[Reading]) -> Assessment:
    """The verdict of several readings: that by the target's own indicator where all agree, with the least evidence."""
    own = next((one for one in read if one.row.indicator_id == row.indicator_id), read[0]).assessment
    if len({one.assessment.status for one in read}) == 1:
        return replace(own, grade=max(one.assessment.grade for one in read))
    return Assessment(own.target, "depends", "D", latest=own.latest)


def assess_row(known: Known, row: Any) -> Assessment:
    """The assessment of one row of the table of targets, by its own indicator."""
    target = to_target(row, known.package.row("indicators", row.indicator_id))
    if (begins(row) or known.until) > known.until:
        return Assessment(target, "not_started", "D")
    return assess(target, to_points(known, target, row=row), as_of=known.until)


def to_target(row: Any, indicator: Any) -> Target:
    """A row of the table of targets as the method sees it."""
    return Target(
        target_id=row.target_id,
        kind=row.kind,
        reading=row.reading,
        path=row.path,
        minimum=row.low if pd.notna(row.low) else row.value,
        stretch=row.high if row.reading in ("at_least_low_stretch_high", "stay_within") else None,
        start=(row.period_start if pd.isna(row.plan_start) else row.plan_start).date(),
        end=row.period_end.date(),
        indicator_kind=indicator["kind"],
        counts_from=begins(row) if indicator["measured"] == "during" else None,
        base_year=None if pd.isna(row.base_year) else int(row.base_year),
        base_value=None if pd.isna(row.base_value) else row.base_value,
        base_status=row.base_status,
        tolerance=0.0 if pd.isna(row.tolerance) else row.tolerance,
        doubtful=row.checked not in FOUND,
        profile=tuple(float(part) for part in row.profile.split(";") if part),
    )


def to_points(known: Known, target: Target, *, row: Any) -> list[Point]:
    """The figures that can be set against a target: the yearly series, one of the target's own period, of a total those of
    several years of it, and, where the year has none yet, the figure of a part of it. A count to date covers the days it
    was made on.
    Against a share that is counted over several years only the figure of these years can be set.
    """
    yearly, own, *parts = (
        known.series_rows(row.indicator_id, row.area, scope=row.scope, frequency=frequency)
        for frequency in ("year", "years", *PARTS)
    )
    if target.kind == "share" and target.counts_from and row.period_start.year < row.period_end.year:
        yearly, parts = (), []
    ends = {r.period_end for r in yearly}
    days = {(r.period_start, r.period_end) for r in yearly}
    whole = (
        r
        for r in own
        if (r.period_start.date(), r.period_end.date()) == (target.start, target.end)
        or (target.kind == "cumulative" and _within(target, r) and (r.period_start, r.period_end) not in days)
    )
    begun = (r for part in parts for r in part if r.period_start == row.period_start and r.period_end not in ends)
    return [
        Point(r.period_start.date(), _counted_until(r), r.value, r.status, r.disputed, (r.source_id,), r.low, r.high)
        for r in sorted([*yearly, *whole, *begun], key=attrgetter("period_end"))
        if pd.notna(r.value)
    ]


def _within(target: Target, row: Any) -> bool:
    return bool(target.start <= row.period_start.date() and row.period_end.date() <= target.end)


def _counted_until(row: Any) -> date:
    last = min(row.period_end, row.known) if row.status == "to_date" else row.period_end
    return date(last.year, last.month, last.day)
