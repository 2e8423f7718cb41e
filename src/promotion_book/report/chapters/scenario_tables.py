"""All scenarios of a place as one table: who says so, from where to where it leads, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from promotion_book.report.chapters.assumed_targets import led_to
from promotion_book.report.chapters.figure_time import counted_in
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.comparison import Comparison, Line, comparisons
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
    found = comparisons(context.known)
    rows = [_row(context, one, line=line) for one in found for line in one.lines]
    caption = text("All scenarios, with their sources and reasons")
    return Table("scenarios", caption, columns=columns, frame=as_frame(rows), raw=RAW)


def _row(context: Context, found: Comparison, *, line: Line) -> dict[str, Any]:
    text, indicator = context.language.text, found.indicator
    row = {
        "indicator_id": indicator,
        "scenario": _named(context, indicator, line),
        "origin": _origin(context, line),
        "reason": _why(context, found, line=line),
        "source_id": line.source_id,
        "refused": line.reason,
    }
    if not line.years:
        return row | {"end": text("not computed: {reason}", reason=text(SCENARIO_REASONS[line.reason]))}
    (since, *_, until), (first, *_, last) = line.years, line.values
    return row | {
        "since": since,
        "start_value": first,
        "until": until,
        "end_value": last,
        "start": _started(context, indicator, value=first, year=since),
        "end": text("{figure} in {year}", figure=led_to(context, indicator, value=last), year=until),
    }


def _started(context: Context, indicator: str, *, value: float, year: int) -> str:
    """The figure of a year from which a scenario starts, with the word of its source: over 900 in October 2024."""
    shown, series = context.numbers.of(indicator, value, words=False), context.known.series(indicator)
    found = series[(series["period_end"].dt.year == year) & (series["value"] == value)]
    if found.empty:
        return context.language.text("{figure} in {year}", figure=shown, year=year)
    last = found.iloc[-1]
    return counted_in(context, context.numbers.as_printed(shown, last), day=last["period_end"])


def _named(context: Context, indicator: str, line: Line) -> str:
    if line.plan is None:
        aim = led_to(context, indicator, value=line.aim) if line.aim is not None else ""
        return context.language.text(ASSUMED[line.name], aim=aim)
    return context.in_language(line.plan.row, "name")


def _origin(context: Context, line: Line) -> str:
    if line.source_id:
        return context.source(line.source_id).link
    return context.in_language(line.plan.row, "author") if line.plan else context.language.text("this report")


def _why(context: Context, found: Comparison, *, line: Line) -> str:
    if line.name == "required" and date(found.until, 12, 31) <= context.known.until:
        return context.language.text("The path that would have reached the target. Its year is over.")
    if line.plan is None:
        return context.language.text(WHY_ASSUMED[line.name])
    return context.in_language(line.plan.row, "reason")
