"""All scenarios of a place as one table: who says so, from where to where it leads, and why."""

from __future__ import annotations

from typing import Any

from promotion_book.report.chapters.assumed_targets import led_to
from promotion_book.report.chapters.figure_time import counted_in
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table
from promotion_book.scenarios.comparison import comparisons
from promotion_book.words.status_words import ASSUMED, SCENARIO_REASONS, WHY_ASSUMED

RAW = ("indicator_id", "scenario", "since", "start_value", "until", "end_value", "source_id", "refused")


def scenario_table(context: Context) -> Table:
    """Every scenario of a source or an author, and the report's own paths; what cannot be projected says so."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("scenario", text("Scenario"), of=lambda row: _named(context, row)),
        Column("origin", text("Source or author"), of=lambda row: _origin(context, row)),
        Column("start", text("Starts from"), of=lambda row: _started(context, row)),
        Column("end", text("Leads to"), of=lambda row: _led(context, row)),
        Column("reason", text("What is assumed, and why"), wide=True, of=lambda row: _why(context, row)),
    )
    found = comparisons(context.known).rename(columns={"start": "start_value", "end": "end_value", "reason": "refused"})
    caption = text("All scenarios, with their sources and reasons")
    return Table("scenarios", caption, columns=columns, frame=found, raw=RAW)


def _led(context: Context, row: Any) -> str:
    """Where a scenario leads, or why it leads nowhere."""
    text = context.language.text
    if row.refused:
        return text("not computed: {reason}", reason=text(SCENARIO_REASONS[row.refused]))
    figure = led_to(context, row.indicator_id, value=row.end_value)
    return text("{figure} in {year}", figure=figure, year=row.until)


def _started(context: Context, row: Any) -> str | None:
    """The figure of a year from which a scenario starts, with the word of its source: over 900 in October 2024."""
    if row.refused:
        return None
    indicator, value, year = row.indicator_id, row.start_value, row.since
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
