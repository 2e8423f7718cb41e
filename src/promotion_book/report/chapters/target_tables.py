"""The status of targets as tables, data and a frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from promotion_book.facts.conflicts import by_rule
from promotion_book.facts.rows import each
from promotion_book.report.chapters.verdicts import (
    newer_words,
    points,
    statement_name,
    status_label,
    target_name,
    when_and_standing,
    why,
)
from promotion_book.report.context import Context
from promotion_book.report.sources import add_source, link_sources
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.assessment import Assessment
from promotion_book.statistics.statuses import Reading
from promotion_book.statistics.verdict import sign
from promotion_book.words.language import capitalize
from promotion_book.words.markup import Html, join
from promotion_book.words.status_words import REASONS, SIGNS

STATUS_RAW = (
    *("target_id", "counted_as", "indicator_id", "scope", "period", "value", "low", "high"),
    *("latest_value", "latest_on", "latest_source_id", "share", "difference", "expected", "pace", "projected"),
    *("status", "reason", "grade", "robust", "source_id"),
)
TARGET_COLUMNS = [
    *("target_id", "target", "role", "indicator_id", "wanted", "name", "share", "limit", "shown", "newer", "status"),
    *("verdict", "reason", "source_id"),
]


def status_record(statuses: pd.DataFrame) -> list[dict[str, Any]]:
    """The verdicts as data, for the result files."""
    return [
        {
            "target_id": row.target_id,
            "counted_as": row.target,
            "status": row.status,
            "readings": {one.row.indicator_id: one.assessment.status for one in row.readings},
            "latest": row.assessment.latest.value if row.assessment.latest else None,
            "robust": bool(row.robust),
            **_measured(row.assessment),
        }
        for row in each(statuses)
    ]


def _measured(found: Assessment) -> dict[str, Any]:
    """The numbers of a verdict, its grade, and the reason where there is none."""
    names = ("share", "difference", "expected", "pace", "projected", "reason", "grade")
    return {name: getattr(found, name) for name in names}


def status_table(context: Context, statuses: pd.DataFrame) -> Table:
    """All target statements: what is wanted, the latest figure, the status with its reason, the evidence."""
    text = context.language.text
    columns = (
        Column("target", text("Indicator and period")),
        Column("wanted", text("Target")),
        Column("latest", text("Latest figure"), wide=True),
        Column("pace", text("Pace"), lambda v: context.numbers.percent(v), number=True),
        Column("outlook", text("At this pace"), number=True),
        Column("verdict", text("Status"), wide=True),
        Column("grade", text("Evidence")),
    )
    frame = as_frame(_status_row(context, row) for row in each(statuses))
    return Table("targets", text("Targets and their status"), columns=columns, frame=frame, raw=STATUS_RAW).lean()


def stated_twice(context: Context, statements: pd.DataFrame) -> list[str]:
    """Of which targets there are statements on several indicators, as of an addition and the total that it leads to: a
    sentence each."""
    said = []
    for _, same in statements.groupby(statements["target_id"].map(context.known.target_of), sort=False):
        if same["indicator_id"].nunique() > 1:
            rows = each(same.drop_duplicates("indicator_id"))
            names = [context.language.text("“{name}”", name=_named(context, row)) for row in rows]
            template = "{names} are one target and count once."
            said.append(context.language.text(template, names=context.language.join_list(names)))
    return said


def _named(context: Context, row: Any) -> str:
    return f"{statement_name(context, row)}: {context.numbers.figure(row, words=False, target=True)}"


def said_once(statuses: pd.DataFrame) -> pd.DataFrame:
    """The statements without those that say again what another one wants, with the `sources` of all that do."""
    same = ["indicator_id", "scope", "period", "value", "low", "high", "status"]
    sources = statuses.groupby(same, dropna=False)["source_id"].transform(lambda ids: ";".join(dict.fromkeys(ids)))
    return statuses.assign(sources=sources).drop_duplicates(same)


def has_figure(statuses: pd.DataFrame) -> pd.Series[bool]:
    """Whether a figure can be set against a statement, for each of them."""
    found = [one.latest is not None for one in statuses["assessment"]]
    return pd.Series(found, index=statuses.index, dtype=bool)


def reasons_table(context: Context, statuses: pd.DataFrame) -> Table:
    """Statements without a figure: what is wanted, who says so, and why there is no verdict."""
    found = status_table(context, statuses)
    columns = tuple(column for column in found.columns if column.key in ("target", "wanted", "verdict"))
    caption = context.language.text("Targets without a figure")
    return replace(found, name="targets_without_figure", caption=caption, columns=columns)


def _status_row(context: Context, row: Any) -> dict[str, Any]:
    found: Assessment = row.assessment
    of = context.numbers.of
    latest = found.latest
    return {
        **row._asdict(),
        "counted_as": row.target,
        "target": target_name(
            context, row.indicator_id, scope=context.scope(row), period=row.period, readings=row.readings
        ),
        "wanted": with_sources(
            context,
            context.numbers.figure(row, words=False, target=True),
            source_ids=getattr(row, "sources", row.source_id).split(";"),
        ),
        "latest": _latest_cell(context, row) if latest else None,
        "latest_value": latest.value if latest else None,
        "latest_on": latest.end.isoformat() if latest else None,
        "latest_source_id": ";".join(latest.sources) if latest else None,
        **_measured(found),
        "outlook": of(row.indicator_id, found.projected, words=False) if found.projected is not None else None,
        "verdict": _verdict_cell(context, row),
    }


def with_sources(context: Context, figure: str, *, source_ids: Sequence[str]) -> Html:
    """A figure with its sources below it."""
    return add_source(figure, link_sources(context.sources(source_ids)))


def _latest_cell(context: Context, row: Any) -> Html:
    """The latest figure with its sources, by each reading where there are several, and a newer one that does not fit."""
    if row.readings:
        return join("<br>", (_read_cell(context, one) for one in row.readings if one.assessment.latest))
    latest = _latest(context, row.indicator_id, found=row.assessment)
    return with_newer(context, with_sources(context, latest, source_ids=row.assessment.latest.sources), newer=row.newer)


def with_newer(context: Context, shown: Html, *, newer: Any | None) -> Html:
    """A figure, and a newer one of another span or scope (`statuses.newer_figure`), if there is one, below it."""
    if newer is None:
        return shown
    said = context.language.text("newer, but of another span or scope: {newer}", newer=newer_words(context, newer))
    return join("<br>", (shown, with_sources(context, said, source_ids=[newer.source_id])))


def _read_cell(context: Context, reading: Reading) -> Html:
    found = reading.assessment
    counts, label = context.in_language(reading.row, "counts"), status_label(context, found.status)
    said = f"{capitalize(counts)}: {_latest(context, reading.row.indicator_id, found=found)} {label}"
    return with_sources(context, said, source_ids=found.latest.sources if found.latest else ())


def _latest(context: Context, indicator: str, *, found: Assessment) -> str:
    assert found.latest is not None
    value = context.numbers.figure(found.latest, indicator=indicator, words=False)
    parts = [when_and_standing(context, indicator, found.latest)]
    if found.share:
        limit = sign(found.target) < 0
        share = context.numbers.share(found.share, found.latest, limit=limit)
        of_it = "{share} of the limit" if limit else "{share} of the target"
        parts.append(context.language.text(of_it, share=share))
    if found.difference is not None:
        parts.append(points(context, found.difference))
    if found.expected is not None:
        expected = context.numbers.of(indicator, found.expected, words=False)
        parts.append(context.language.text("expected by then: {figure}", figure=expected))
    return f"{value} ({'; '.join(parts)})"


def _verdict_cell(context: Context, row: Any) -> str:
    text, found = context.language.text, row.assessment
    reason = f": {why(context, found)}" if why(context, found) else ""
    return status_label(context, found.status) + reason + ("" if row.robust else text(" (depends on the statement)"))


def target_frame(context: Context, statuses: pd.DataFrame) -> pd.DataFrame:
    """The targets as readers see them: a row a target, or each of its verdicts where they differ, of a reading or statement.

    The statement that leads by the recorded rule stands for the target; of those on several indicators that of a leading one.

    Columns: target_id; target, by which statements are counted; role of the programme; indicator_id; wanted, the figure of the
    target in words; name, with both and the sign of the status; share of the target, as a fraction; limit, whether it is one to
    stay below; shown, the share and the time of its figure; newer, a figure of another span or scope and for which target it is
    none; status, and verdict with its sign; reason, why there is no verdict; source_id.
    """
    rows: dict[Any, dict[str, Any]] = {}
    lead = set(context.known.package["programmes"]["leading_indicator"])
    place = {target: number for number, target in enumerate(statuses["target"].drop_duplicates())}
    for row in sorted(each(by_rule(statuses)), key=lambda one: (one.indicator_id not in lead, place[one.target])):
        for reading in row.readings or [None]:
            found = reading.assessment if reading else row.assessment
            told = row.target, reading.row.indicator_id if reading else "" if row.robust else found.target.minimum
            if told not in rows or not rows[told]["share"]:
                rows[told] = _target_row(context, row, found=found, reading=reading)
    return pd.DataFrame(rows.values(), columns=TARGET_COLUMNS)


def _target_row(context: Context, row: Any, *, found: Assessment, reading: Reading | None) -> dict[str, Any]:
    text, status = context.language.text, row.status if row.robust else "differs"
    indicator = reading.row.indicator_id if reading else row.indicator_id
    name = target_name(context, indicator, scope=context.scope(row), period=row.period)
    told = {"figure": newer_words(context, row.newer), "target": name} if row.newer is not None else {}
    limit = sign(found.target) < 0
    shown = ""
    if found.share and found.latest:
        share = context.numbers.share(found.share, found.latest, limit=limit)
        of_limit = text("{share} of the limit", share=share) if limit else share
        shown = f"{of_limit} ({when_and_standing(context, indicator, found.latest)})"
    return {
        "target_id": row.target_id,
        "target": row.target,
        "role": row.role,
        "indicator_id": indicator,
        "wanted": context.numbers.figure(row, target=True),
        "name": f"{SIGNS[status]} {name}: {context.numbers.figure(row, words=False, target=True)}",
        "share": found.share,
        "limit": limit,
        "shown": shown,
        "newer": text("{figure} for “{target}”", **told) if told else "",
        "status": status,
        "verdict": status_label(context, status),
        "reason": text(REASONS[found.reason]) if found.reason else "",
        "source_id": found.latest.sources[0] if found.latest else row.source_id,
    }
