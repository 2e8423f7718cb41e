"""The status of targets as tables, data and a chart."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.display.charts import bars_chart
from promotion_book.display.context import Context
from promotion_book.display.figures import Figure
from promotion_book.display.statements import source_link, statements_table
from promotion_book.display.tables import Column, Table
from promotion_book.display.verdicts import latest_when, percent, status_label
from promotion_book.display.words import REASONS, SIGNS, STATUS
from promotion_book.facts.rows import each
from promotion_book.statistics.assessment import STATUSES, Assessment

STATUS_RAW = (
    "target_id",
    "indicator_id",
    "scope",
    "period",
    "value",
    "low",
    "high",
    "latest_value",
    "latest_on",
    "share",
    "pace",
    "projected",
    "status",
    "reason",
    "grade",
    "robust",
    "source_id",
)


def status_record(statuses: pd.DataFrame) -> list[dict[str, Any]]:
    """The verdicts as data, for the result files."""
    return [
        {
            "target_id": row.target_id,
            "status": row.status,
            "reason": row.assessment.reason,
            "grade": row.assessment.grade,
            "latest": row.assessment.latest.value if row.assessment.latest else None,
            "share": row.assessment.share,
            "pace": row.assessment.pace,
            "projected": row.assessment.projected,
            "robust": bool(row.robust),
        }
        for row in each(statuses)
    ]


def status_table(context: Context, statuses: pd.DataFrame, name: str = "targets") -> Table:
    """All target statements: what is wanted, the latest figure, the status with its reason, the evidence."""
    text = context.language.text
    columns = (
        Column("target", text("Target")),
        Column("wanted", text("Wanted"), number=True),
        Column("latest", text("Latest figure"), number=True),
        Column("pace", text("Pace"), lambda v: percent(context, v), number=True),
        Column("outlook", text("At this pace"), number=True),
        Column("verdict", text("Status")),
        Column("grade", text("Evidence")),
        Column("source", text("Source"), markup=True),
    )
    rows = [_status_row(context, row) for row in each(statuses)]
    shown = tuple(c for c in columns if c.key not in ("pace", "outlook") or any(row[c.key] is not None for row in rows))
    return Table(name, text("Targets and their status"), shown, rows, raw=STATUS_RAW)


def _status_row(context: Context, row: Any) -> dict[str, Any]:
    found: Assessment = row.assessment
    text, of = context.language.text, context.numbers.of
    scope = f" ({text(row.scope)})" if row.scope else ""
    latest = found.latest
    return {
        **row._asdict(),
        "target": f"{context.indicator(row.indicator_id)}{scope}, {context.period(row.period)}",
        "wanted": context.numbers.figure(row, words=False, target=True),
        "latest": _latest(context, row.indicator_id, found) if latest else None,
        "latest_value": latest.value if latest else None,
        "latest_on": latest.end.isoformat() if latest else None,
        "share": found.share,
        "pace": found.pace,
        "projected": found.projected,
        "outlook": of(row.indicator_id, found.projected, words=False) if found.projected is not None else None,
        "verdict": _verdict_cell(context, row),
        "reason": found.reason,
        "grade": found.grade,
        "source": source_link(context, row.source_id),
    }


def _latest(context: Context, indicator: str, found: Assessment) -> str:
    assert found.latest is not None
    share = f", {percent(context, found.share)}" if found.share is not None else ""
    return f"{context.numbers.of(indicator, found.latest.value, words=False)} ({latest_when(context, found)}{share})"


def _verdict_cell(context: Context, row: Any) -> str:
    text, found = context.language.text, row.assessment
    reason = f": {text(REASONS[found.reason])}" if found.reason else ""
    return status_label(found, context.language) + reason + ("" if row.robust else text(" (depends on the statement)"))


def later_table(context: Context, rows: pd.DataFrame) -> Table:
    """Statements whose period begins after the reporting period."""
    return statements_table(
        context, rows, "later_targets", context.language.text("Targets that begin later"), indicator=True
    )


def status_counts(context: Context, statuses: pd.DataFrame) -> Table:
    """How many statements have each status, with the meaning of the word."""
    text = context.language.text
    counts = statuses["status"].value_counts()
    columns = (Column("label", text("Status")), Column("n", text("Statements"), str, number=True))
    rows = [
        {"label": f"{SIGNS[s]} {text(STATUS[s])}", "n": int(counts.get(s, 0))} for s in STATUSES if counts.get(s, 0)
    ]
    return Table("status_counts", text("Target statements by status"), columns, rows)


def reason_counts(context: Context, statuses: pd.DataFrame) -> Table:
    """Why statements cannot be judged, the commonest reason first."""
    text = context.language.text
    reasons = pd.Series([a.reason for a in statuses["assessment"] if a.reason], dtype=str).value_counts()
    columns = (
        Column("reason", text("Reason"), lambda r: text(REASONS[r])),
        Column("n", text("Statements"), str, number=True),
    )
    rows = [{"reason": str(reason), "n": int(n)} for reason, n in reasons.items()]
    return Table("reason_counts", text("Why statements cannot be judged"), columns, rows)


def attainment_figure(context: Context, statuses: pd.DataFrame) -> Figure | None:
    """How far each target is: latest figure as a share of the target, for those that have a figure."""
    found = _attainments(context, statuses)
    if not found:
        return None
    text = context.language.text
    labels, shares = [row["target"] for row in found], [row["share"] for row in found]
    shown = [f"{percent(context, row['share'])} ({row['when']})" for row in found]
    draw = bars_chart(labels, [100 * share for share in shares], shown, (100.0, text("target")))
    columns = (
        Column("target", text("Target")),
        Column("share", text("Share of target"), lambda v: percent(context, v), number=True),
        Column("when", text("Time of the figure")),
    )
    table = Table("share_of_target", text("Latest figure as a share of the target"), columns, found)
    finding = text(
        "{n} of the {all} are judged as met. Beside each bar stands the time of its figure, which may be years ago.",
        n=sum(row["status"] == "met" for row in found),
        all=len(found),
    )
    sources, title = context.sources(row["source_id"] for row in found), text("How far the targets are")
    height, narrow = 1.0 + 0.42 * len(found), 1.2 + 0.75 * len(found)
    return Figure("share_of_target", title, text("Bar chart"), finding, draw, table, sources, height, narrow)


def _attainments(context: Context, statuses: pd.DataFrame) -> list[dict[str, Any]]:
    """One row a target with a positive share; statements of the same target count once."""
    rows = {}
    for row in each(statuses):
        found = row.assessment
        if found.share is not None and found.share > 0:
            wanted = context.numbers.figure(row, words=False, target=True)
            rows[row.indicator_id, row.period, found.target.minimum] = {
                "target": f"{SIGNS[row.status]} {context.indicator(row.indicator_id)}, {wanted}",
                "share": found.share,
                "when": latest_when(context, found),
                "status": row.status,
                "source_id": row.source_id,
            }
    return list(rows.values())
