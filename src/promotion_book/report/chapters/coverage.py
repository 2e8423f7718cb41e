"""How many figures there are, how sure they are, and where there are none."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from promotion_book.facts.expected import overdue
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table
from promotion_book.statistics.counts import count_looks, count_standings, indicators_without_outcome
from promotion_book.words.status_words import CHECKED, FIGURE_STATUS


def standing_table(context: Context) -> Table:
    """How many figures are observed, estimated, provisional or planned, and how many statements of targets and rules."""
    text, counts = context.language.text, count_standings(context.known)
    titles = text("Standing of the figures"), text("Standing")
    return _counted(context, counts, words=FIGURE_STATUS, name="standing", titles=titles)


def checked_table(context: Context) -> Table:
    """What a second look at the sources found."""
    text, counts = context.language.text, count_looks(context.known)
    titles = text("Checked a second time at the source"), text("What the second look found")
    return _counted(context, counts, words=CHECKED, name="checked", titles=titles)


def _counted(
    context: Context, counts: pd.Series[int], *, words: Mapping[str, str], name: str, titles: tuple[str, str]
) -> Table:
    """How often each value occurs, in its words; `titles` are the caption and the heading of the values."""
    text, found = context.language.text, counts.reindex([value for value in words if value in counts])
    columns = (
        Column("value", titles[1], lambda value: context.language.message(words[value])),
        Column("n", text("Figures and statements of targets"), str, number=True),
    )
    return Table(name, titles[0], columns=columns, frame=found.rename_axis("value").rename("n").reset_index())


def overdue_table(context: Context) -> Table:
    """Figures that were expected by the cut-off day and are not known: since when they are overdue, and from whom."""
    text, known = context.language.text, context.known
    rows = overdue(
        known.observations,
        known.package["indicators"],
        known.package["areas"],
        on=known.on,
        year_begins=known.package.year_begins,
    )
    whom = {
        name: context.language.name(known.package.row("indicators", name), "expected_from")
        for name in rows["indicator_id"]
    }
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("area", text("Area"), context.area),
        Column("period", text("Next figure"), context.period_title),
        Column("due", text("Expected by"), context.day),
        Column("days", text("Days overdue"), str, number=True),
        Column("whom", text("Published by")),
    )
    frame = rows.drop(columns="last").assign(whom=rows["indicator_id"].map(whom))
    empty = text("No figure is overdue.")
    return Table("overdue", text("Figures that are overdue"), columns=columns, frame=frame, empty=empty)


def silent_table(context: Context) -> Table:
    """Indicators with a target for which no outcome was found, with the periods of their targets."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("programme", text("Programme"), context.programme),
        Column("periods", text("Periods of its targets"), lambda p: ", ".join(map(context.period, p.split(";")))),
    )
    silent = indicators_without_outcome(context.known)
    frame = silent.assign(periods=[";".join(periods) for periods in silent["periods"]])
    return Table("silent", text("Indicators with a target and no outcome"), columns=columns, frame=frame)
