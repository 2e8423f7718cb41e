"""All scenarios of a place as one table: who says so, from where to where it leads, and why."""

from __future__ import annotations

from typing import Any

from promotion_book.facts.rows import each
from promotion_book.report.chapters.assumed_targets import led_to
from promotion_book.report.chapters.figure_time import counted_in
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.comparison import comparisons
from promotion_book.words.status_words import ASSUMED, SCENARIO_REASONS, WHY_ASSUMED

RAW = ("indicator_id", "scenario", "since", "start_value", "until", "end_value", "source_id", "refused")


def scenario_table(context: Context) -> Table:
    """Every scenario of a source or an author, and the report's own paths; what cannot be projected says so."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("scenario", text("Scenario")),
        Column("origin", text("Source or author")),
        Column("start", text("Starts from")),
        Column("end", text("Leads to")),
        Column("reason", text("What is assumed, and why"), wide=True),
    )
    rows = [row._asdict() | _told(context, row) for row in each(comparisons(context.known))]
    caption = text("All scenarios, with their sources and reasons")
    return Table("scenarios", caption, columns=columns, frame=as_frame(rows), raw=RAW)


def _told(context: Context, row: Any) -> dict[str, Any]:
    """What readers see of a row of `comparisons`, and its numbers."""
    text, indicator = context.language.text, row.indicator_id
    said = {"scenario": _named(context, row), "origin": _origin(context, row), "reason": _why(context, row)}
    if row.reason:
        refused = text("not computed: {reason}", reason=text(SCENARIO_REASONS[row.reason]))
        return {**said, "start": None, "end": refused, "refused": row.reason}
    return {
        **said,
        "start_value": row.start,
        "end_value": row.end,
        "start": _started(context, indicator, value=row.start, year=row.since),
        "end": text("{figure} in {year}", figure=led_to(context, indicator, value=row.end), year=row.until),
        "refused": "",
    }


def _started(context: Context, indicator: str, *, value: float, year: int) -> str:
    """The figure of a year from which a scenario starts, with the word of its source: over 900 in October 2024."""
    shown, series = context.numbers.of(indicator, value, words=False), context.known.series(indicator)
    found = series[(series["period_end"].dt.year == year) & (series["value"] == value)]
    if found.empty:
        return context.language.text("{figure} in {year}", figure=shown, year=year)
    last = found.iloc[-1]
    return counted_in(context, context.numbers.as_printed(shown, last), day=last["period_end"])


def _named(context: Context, row: Any) -> str:
    if row.plan:
        return context.in_language(row.plan.row, "name")
    aim = "" if row.aim is None else led_to(context, row.indicator_id, value=row.aim)
    return context.language.text(ASSUMED[row.name], aim=aim)


def _origin(context: Context, row: Any) -> str:
    if row.source_id:
        return context.source(row.source_id).link
    return context.in_language(row.plan.row, "author") if row.plan else context.language.text("this report")


def _why(context: Context, row: Any) -> str:
    if row.name == "required" and row.over:
        return context.language.text("The path that would have reached the target. Its year is over.")
    return context.in_language(row.plan.row, "reason") if row.plan else context.language.text(WHY_ASSUMED[row.name])
