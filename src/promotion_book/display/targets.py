"""The status of targets in sentences and in a table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.display.charts import bars_chart
from promotion_book.display.context import Context
from promotion_book.display.figures import Figure
from promotion_book.display.numbers import DASH
from promotion_book.display.statements import source_link, statements_table
from promotion_book.display.tables import Column, Table
from promotion_book.display.words import REASONS, SIGNS, STATUS, status_label
from promotion_book.facts import conflicts
from promotion_book.statistics.progress import STATUSES, Assessment


def status_sentences(context: Context, statuses: pd.DataFrame) -> list[str]:
    """A sentence for each target with a figure, and one that names the targets without any."""
    groups = [group for _, group in statuses.groupby(["indicator_id", "scope", "period"], sort=False)]
    told = [_sentence(context, group) for group in groups if group.iloc[0]["assessment"].latest is not None]
    silent = [group.iloc[0] for group in groups if group.iloc[0]["assessment"].latest is None]
    if not groups:
        return [context.language.text("No target of these programmes was known for the period.")]
    return told + ([_silence(context, silent)] if silent else [])


def headline(context: Context, statuses: pd.DataFrame) -> list[str]:
    """The edition in a few sentences: how many statements have which verdict, and which cannot be judged."""
    text, counts = context.language.text, statuses["status"].value_counts()
    if statuses.empty:
        return [text("No target was known for this period on the cut-off day.")]
    said = "; ".join(f"{text(STATUS[s])}: {counts[s]}" for s in STATUSES if counts.get(s, 0))
    first = text("{all} target statements apply to the period. {said}.", all=len(statuses), said=said.capitalize())
    silent = sum(a.reason == "no_figure" for a in statuses["assessment"])
    second = text("For {n} of them no figure at all was public by {day}.", n=silent, day=context.day(context.known.on))
    depends = statuses.loc[~statuses["robust"].astype(bool), "indicator_id"].unique()
    third = text("For {names} the verdict depends on which source is believed.", names=context.language.listed([context.indicator(i) for i in depends]))
    return [first, *([second] if silent else []), *([third] if len(depends) else [])]


def disagreements(context: Context, statuses: pd.DataFrame) -> list[str]:
    """The targets for which sources want different figures, and those that differ in scope."""
    said = []
    for (indicator, period), group in statuses.groupby(["indicator_id", "period"], sort=False):
        wanted = list(dict.fromkeys(context.numbers.figure(row, target=True) + _scoped(context, row) for row in group.itertuples()))
        if len({conflicts.figure(row) for row in group.itertuples()}) > 1:
            scopes = group["scope"].nunique() > 1
            template = "{name}, {period}: {wanted}. The scope differs." if scopes else "{name}, {period}: sources want {wanted}."
            name = context.indicator(indicator)
            said.append(context.language.text(template, name=name, period=context.period(period), wanted=_alternatives(context, wanted)))
    return said


def _scoped(context: Context, row: Any) -> str:
    return f" ({context.language.text(row.scope)})" if row.scope else ""


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
        for row in statuses.itertuples()
    ]


def _silence(context: Context, rows: list[Any]) -> str:
    names = list(dict.fromkeys(f"{context.indicator(r['indicator_id'])} ({context.period(r['period'])})" for r in rows))
    return context.language.text("Targets for which no figure is published: {names}.", names="; ".join(names))


def _sentence(context: Context, group: pd.DataFrame) -> str:
    row, text = group.iloc[0], context.language.text
    wanted = list(dict.fromkeys(context.numbers.figure(r, target=True) for r in group.itertuples()))
    values = {
        "name": context.indicator(row["indicator_id"]),
        "scope": f" ({text(row['scope'])})" if row["scope"] else "",
        "period": context.period(row["period"]),
        "wanted": _alternatives(context, wanted),
        "verdict": _verdict(context, group),
    }
    return text("{name}{scope}, {period} (wanted: {wanted}): {verdict}", **values)


def _alternatives(context: Context, wanted: list[str]) -> str:
    return context.language.text(" or ").join(wanted)


def _verdict(context: Context, group: pd.DataFrame) -> str:
    text = context.language.text
    if not group["robust"].all():
        verdicts = [f"{status_label(r.assessment, context.language)} ({context.numbers.figure(r, target=True)})" for r in group.itertuples()]
        return text("The verdict depends on the statement: {verdicts}.", verdicts="; ".join(dict.fromkeys(verdicts)))
    row = group.iloc[0]
    label = status_label(row["assessment"], context.language)
    return " ".join([f"{label}.", *explanation(context, row["indicator_id"], row["assessment"])])


def explanation(context: Context, indicator: str, found: Assessment) -> list[str]:
    """What stands behind a verdict: latest figure, excess or gap, pace, outlook, reason."""
    text, of = context.language.text, context.numbers.of
    parts = []
    if found.latest is not None:
        values = {"value": of(indicator, found.latest.value), "when": _when(context, found)}
        parts.append(text("{value} in {when}.", **values))
    if found.status == "not_assessable":
        parts.append(text("{reason}.", reason=text(REASONS[found.reason]).capitalize()))
    if found.stretch_met is not None and found.status == "met":
        parts.append(text("The high end is met too.") if found.stretch_met else text("The high end is not met."))
    if found.status == "met" and found.met_in and found.met_in < found.target.end.year:
        parts.append(text("Reached in {year}.", year=found.met_in))
    if found.pace is not None and found.status != "met":
        parts.append(text("Pace {ratio} of the pace required.", ratio=percent(context, found.pace)))
    if found.needed and found.status not in ("met", "missed"):
        parts.append(_needed(context, indicator, found))
    return parts


def _needed(context: Context, indicator: str, found: Assessment) -> str:
    assert found.needed is not None
    amount = percent(context, found.needed, 1) if found.needed_is_rate else context.numbers.of(indicator, found.needed)
    return context.language.text("Needed from here: {amount} a year.", amount=amount)


def _when(context: Context, found: Assessment) -> str:
    assert found.latest is not None
    first, last = found.latest.start, found.latest.end
    stock = found.target.indicator_kind in ("level", "cumulative", "share")
    if not stock and (first.month, last.month) == (1, last.month) and last.month < 12:
        return context.period(f"{last.year}-{last.month}M")
    return str(last.year) if stock or first.year == last.year else f"{first.year}{DASH}{last.year}"


def percent(context: Context, share: float, decimals: int = 0) -> str:
    """A fraction as per cent: 0.945 is 94%."""
    return context.numbers.plain(100 * share, decimals) + "%"


STATUS_RAW = (
    "target_id", "indicator_id", "scope", "period", "value", "low", "high", "latest_value", "latest_on", "share",
    "pace", "projected", "status", "reason", "grade", "robust", "source_id",
)


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
    rows = [_status_row(context, row) for row in statuses.itertuples()]
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
    return f"{context.numbers.of(indicator, found.latest.value, words=False)} ({_when(context, found)}{share})"


def _verdict_cell(context: Context, row: Any) -> str:
    text, found = context.language.text, row.assessment
    reason = f": {text(REASONS[found.reason])}" if found.reason else ""
    return status_label(found, context.language) + reason + ("" if row.robust else text(" (depends on the statement)"))


def later_table(context: Context, rows: pd.DataFrame) -> Table:
    """Statements whose period begins after the reporting period."""
    return statements_table(context, rows, "later_targets", context.language.text("Targets that begin later"), indicator=True)


def rate_sentences(context: Context, whole: str, part: str) -> list[str]:
    """The share of a part in a whole for each period with both counts, plans left out."""
    wholes, shares = context.known.figures(whole), context.known.figures(part)
    pairs = wholes.merge(shares, on=["period", "area", "scope", "status"]).query("status != 'plan'")
    return [
        context.language.text(
            "{period}: {part} of {whole}, {share}.",
            period=context.period(row.period), part=context.numbers.of(part, row.value_y),
            whole=context.numbers.of(whole, row.value_x), share=percent(context, row.value_y / row.value_x, 1),
        )
        for row in pairs.itertuples()
    ]


def status_counts(context: Context, statuses: pd.DataFrame) -> Table:
    """How many statements have each status, with the meaning of the word."""
    text = context.language.text
    counts = statuses["status"].value_counts()
    columns = (Column("label", text("Status")), Column("n", text("Statements"), str, number=True))
    rows = [{"label": f"{SIGNS[s]} {text(STATUS[s])}", "n": int(counts.get(s, 0))} for s in STATUSES if counts.get(s, 0)]
    return Table("status_counts", text("Target statements by status"), columns, rows)


def reason_counts(context: Context, statuses: pd.DataFrame) -> Table:
    """Why statements cannot be judged, the commonest reason first."""
    text = context.language.text
    reasons = pd.Series([a.reason for a in statuses["assessment"] if a.reason], dtype=str).value_counts()
    columns = (Column("reason", text("Reason"), lambda r: text(REASONS[r])), Column("n", text("Statements"), str, number=True))
    rows = [{"reason": str(reason), "n": int(n)} for reason, n in reasons.items()]
    return Table("reason_counts", text("Why statements cannot be judged"), columns, rows)


def share_figure(context: Context, statuses: pd.DataFrame) -> Figure | None:
    """How far each target is: latest figure as a share of the target, for those that have a figure."""
    rows = [row for row in statuses.itertuples() if row.assessment.share is not None and row.assessment.share > 0]
    rows = list({(row.indicator_id, row.period, row.assessment.target.minimum): row for row in rows}.values())
    if not rows:
        return None
    text = context.language.text
    labels = [f"{SIGNS[r.status]} {context.indicator(r.indicator_id)}, {context.numbers.figure(r, words=False, target=True)}" for r in rows]
    values = [100 * r.assessment.share for r in rows]
    shown = [f"{percent(context, r.assessment.share)} ({_when(context, r.assessment)})" for r in rows]
    draw = bars_chart(labels, values, shown, (100.0, text("target")))
    columns = (Column("target", text("Target")), Column("share", text("Share of target"), lambda v: percent(context, v), number=True))
    table = Table("share_of_target", text("Latest figure as a share of the target"), columns, [{"target": label, "share": r.assessment.share} for label, r in zip(labels, rows, strict=True)])
    reached = sum(r.status == "met" for r in rows)
    finding = text("{n} of the {all} are judged as met. Beside each bar stands the time of its figure, which may be years ago.", n=reached, all=len(rows))
    height = 1.0 + 0.42 * len(rows)
    sources = context.sources(r.source_id for r in rows)
    return Figure("share_of_target", text("How far the targets are"), text("Bar chart"), finding, draw, table, sources, height, 1.2 + 0.75 * len(rows))
