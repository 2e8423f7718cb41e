"""What a chapter rests on, as tables at its foot: targets with their verdicts, searches for outcomes, acts, measures,
differences, all figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import by_indicator
from promotion_book.report.chapters.evidence import conflicts_table
from promotion_book.report.chapters.programme_plans import acts_table, measures_table
from promotion_book.report.chapters.searches import searches_table
from promotion_book.report.chapters.statements import statements_table
from promotion_book.report.chapters.target_tables import (
    reasons_table,
    said_once,
    stated_twice,
    status_table,
    with_figure,
    without_figure,
)
from promotion_book.report.chapters.untargeted import directions_table
from promotion_book.report.context import Context
from promotion_book.report.tables import Table, with_values
from promotion_book.statistics.direction import directions
from promotion_book.statistics.leading import former_areas
from promotion_book.statistics.statuses import all_statuses, indicators_with_target, later_statements


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
        searches_table(context, judged),
        acts_table(context, programmes, name="acts"),
        measures_table(context, programmes, name="measures"),
        _statements(context, rules, name="rules", caption=text("Rules and ceilings of support")),
        _statements(context, elsewhere, name="elsewhere", caption=text("Targets of other areas")),
        conflicts_table(context, mine, name="differences"),
        statements_table(context, figures, name="all_figures", caption=text("All figures of this page")),
    ]


def not_of_the_place(context: Context, indicators: pd.Index) -> str:
    """That no figure and no target of some indicators is of the place itself; empty where one is."""
    known = context.known
    tables = (known.observations, known.targets)
    own = [rows.loc[rows["area"] == known.package.area, "indicator_id"] for rows in tables]
    if indicators.isin(pd.concat(own)).any():
        return ""
    return context.language.text(
        "No figure or target of {place} as it is now was found for this page. "
        "What is known of other areas, including those that formed it, is in the tables below.",
        place=known.package.place_name(context.language.code),
    )


def every_target(context: Context, judged: pd.DataFrame, *, since: date) -> list[Table]:
    """Every target of the place, each once: those with a figure, those without, where an outcome was searched for, those that
    begin later, those of what the place was before, and how indicators moved that have none.

    Args:
        judged: the statements in force, of `statistics.statuses_in_force`.
        since: the first day of the reporting period.
    """
    known, once, text = context.known, said_once(judged), context.language.text
    moved = directions(known, indicators_with_target(known))
    before = known.current_targets[known.current_targets["area"].isin(former_areas(known))]
    later = later_statements(known, since)
    return [
        replace(status_table(context, with_figure(once)), note=" ".join(stated_twice(context, once))),
        reasons_table(context, without_figure(once)),
        searches_table(context, judged),
        _statements(context, later, name="later_targets", caption=text("Targets that begin later")),
        _statements(context, before, name="former_targets", caption=text("Targets of the former area")),
        directions_table(context, moved),
    ]


def _statements(context: Context, rows: pd.DataFrame, *, name: str, caption: str) -> Table:
    """Rows of the tables without the columns that are empty in all of them; that of all figures is alike on each page."""
    table = statements_table(context, rows, name=name, caption=caption)
    return replace(table, columns=with_values(table.columns, table.frame))


def _rules(known: Known, programmes: Sequence[str]) -> list[str]:
    """The indicators of the rules that are told in the chapter of a programme."""
    rows = known.package["programmes"]
    chapters = rows.loc[rows["programme_id"].isin(programmes), "chapter"]
    rules = rows[(rows["role"] == "rules") & rows["chapter"].isin(chapters)]["programme_id"]
    return [*known.indicators.index[known.indicators["programme_id"].isin(rules)]]
