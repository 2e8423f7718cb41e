"""What a chapter rests on, as tables at its foot: targets with their verdicts, searches for outcomes, acts, measures,
differences, all figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from promotion_book.digits import round_number
from promotion_book.facts import Known
from promotion_book.facts.rows import by_indicator, is_target
from promotion_book.facts.schema import RULES
from promotion_book.report.chapters.evidence import conflicts_table
from promotion_book.report.chapters.programme_plans import acts_table, measures_table
from promotion_book.report.chapters.target_tables import (
    has_figure,
    reasons_table,
    said_once,
    stated_twice,
    status_table,
)
from promotion_book.report.chapters.verdicts import target_name
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table
from promotion_book.statistics.direction import COLUMNS, directions
from promotion_book.statistics.leading import former_areas
from promotion_book.statistics.statuses import all_statuses, indicators_with_target, later_statements
from promotion_book.words.numbers import DASH
from promotion_book.words.status_words import CHECKED, FIGURE_STATUS

RAW = (
    *("indicator_id", "area", "scope", "period", "value", "low", "high", "unit"),
    *("status", "source_id", "checked", "note"),
)
DOUBTS = ("not_found", "ambiguous", "wrong")


def annex_tables(context: Context, programmes: Sequence[str], *, since: date) -> list[Table]:
    """The tables on some programmes, also those without a row; those of targets begin with the ones in force.

    Args:
        since: the first day of the reporting period.
    """
    known, text = context.known, context.language.text
    mine = known.indicators.loc[known.indicators["programme_id"].isin(programmes), "indicator_id"]
    figures = by_indicator(known.observations[known.observations["indicator_id"].isin(mine)], "period_end")
    elsewhere = known.targets[known.targets["indicator_id"].isin(mine) & (known.targets["area"] != known.package.area)]
    rules = known.observations[known.observations["indicator_id"].isin(_rules(known, programmes))]
    judged = all_statuses(known, since, indicators=mine)
    return [
        replace(status_table(context, judged), note=" ".join(stated_twice(context, judged))),
        searches_table(context, judged[judged["time"] == "now"]),
        acts_table(context, programmes),
        measures_table(context, programmes),
        statements_table(context, rules, name="rules", caption=text("Rules and ceilings of support")).lean(),
        statements_table(context, elsewhere, name="elsewhere", caption=text("Targets of other areas")).lean(),
        conflicts_table(context, mine, name="differences"),
        statements_table(context, figures, name="all_figures", caption=text("All figures of this page")),
    ]


def not_of_the_place(context: Context, indicators: pd.Index) -> tuple[str, str]:
    """That no figure and no target of some indicators is of the place itself, and where others are; empty where one is."""
    known = context.known
    tables = (known.observations, known.targets)
    own = [rows.loc[rows["area"] == known.package.area, "indicator_id"] for rows in tables]
    if indicators.isin(pd.concat(own)).any():
        return "", ""
    text, place = context.language.text, known.package.place_name(context.language.code)
    return (
        text("No figure or target of {place} as it is now was found.", place=place),
        text("What is known of other areas, including those that formed it, is in the tables below."),
    )


def every_target(context: Context, judged: pd.DataFrame, *, since: date) -> list[Table]:
    """Every target of the place, each once: those with a figure, those without, where an outcome was searched for, those that
    begin later, those of what the place was before that are not over, and how indicators moved that have none.

    Args:
        judged: the statements in force, of `statistics.statuses_in_force`.
        since: the first day of the reporting period.
    """
    known, once, text = context.known, said_once(judged), context.language.text
    moved = directions(known, indicators_with_target(known))
    rows = known.current_targets
    before = rows[rows["area"].isin(former_areas(known)) & (rows["period_end"] >= pd.Timestamp(since))]
    later, found = later_statements(known, since), has_figure(once)
    return [
        replace(status_table(context, once[found]), note=" ".join(stated_twice(context, once))),
        reasons_table(context, once[~found]),
        searches_table(context, judged),
        statements_table(context, later, name="later_targets", caption=text("Targets that begin later")).lean(),
        statements_table(context, before, name="former_targets", caption=text("Targets of the former area")).lean(),
        directions_table(context, moved),
    ]


def _rules(known: Known, programmes: Sequence[str]) -> list[str]:
    """The indicators of the rules that are told in the chapter of a programme."""
    rows = known.package["programmes"]
    chapters = rows.loc[rows["programme_id"].isin(programmes), "chapter"]
    rules = rows[(rows["role"] == "rules") & rows["chapter"].isin(chapters)]["programme_id"]
    return [*known.indicators.index[known.indicators["programme_id"].isin(rules)]]


def statements_table(context: Context, rows: pd.DataFrame, *, name: str, caption: str) -> Table:
    """Rows of the tables as a reader's table: indicator, period, figure, scope, standing, source, note.

    The scope of a place that was formed in the last years names it, so that it is told from what it was.
    """
    text = context.language.text
    own = context.area(context.known.package.area) if context.formed is not None else ""
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Period"), context.period_title),
        Column(
            "figure", text("Figure"), number=True, of=lambda row: context.numbers.figure(row, target=is_target(row))
        ),
        Column("scope", text("Scope"), of=lambda row: context.scope(row) or own),
        Column("standing", text("Standing"), of=lambda row: _standing(context, row)),
        Column("source", text("Source"), of=lambda row: context.source(row.source_id).link),
        Column("note", text("Note"), of=lambda row: context.in_language(row, "note")),
    )
    return Table(name, caption, columns=columns, frame=rows, raw=RAW)


def _standing(context: Context, row: Any) -> str:
    text = context.language.text
    rule = context.known.package.row("indicators", row.indicator_id)["programme_id"] == RULES
    standing = text(FIGURE_STATUS["target" if is_target(row) else "rule" if rule else row.status])
    return f"{standing}; {text(CHECKED[row.checked])}" if row.checked in DOUBTS else standing


def searches_table(context: Context, statuses: pd.DataFrame) -> Table:
    """Where an outcome was searched for, of the targets in force that are over and cannot be judged."""
    text, known = context.language.text, context.known
    over = statuses["period_end"] <= pd.Timestamp(known.until)
    targets = statuses.loc[
        over & (statuses["status"] == "not_assessable"), ["indicator_id", "period"]
    ].drop_duplicates()
    found = targets.merge(known.package["searches"], on=["indicator_id", "period"])
    columns = (
        Column("target", text("Indicator and period"), of=lambda row: _searched(context, row)),
        Column("searched", text("Where an outcome was searched for"), wide=True),
    )
    return Table(
        "searches",
        text("Where outcomes were searched for"),
        columns=columns,
        frame=found.assign(searched=found[f"searched_{context.language.code}"]),
        raw=("indicator_id", "period", "searched"),
        empty=text("Of no target of this page a search for an outcome is recorded.") if len(targets) else "",
    )


def _searched(context: Context, row: Any) -> str:
    return target_name(context, row.indicator_id, scope="", period=row.period)


def directions_table(context: Context, moved: pd.DataFrame) -> Table:
    """Indicators without a target: from, to, and growth a year in the wanted direction; rows of `direction.directions`."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("years", text("Years"), of=lambda row: f"{row.first_year}{DASH}{row.last_year}"),
        Column("shown_first", text("From"), number=True, of=lambda row: context.short(row.indicator_id)(row.first)),
        Column("shown_last", text("To"), number=True, of=lambda row: context.short(row.indicator_id)(row.last)),
        Column("rate", text("Change a year (+: the wanted direction)"), lambda v: _signed(context, v), number=True),
    )
    return Table("directions", text("Indicators without a target"), columns=columns, frame=moved, raw=tuple(COLUMNS))


def _signed(context: Context, rate: float) -> str:
    return ("+" if round_number(rate, 3) > 0 else "") + context.numbers.percent(rate, 1)
