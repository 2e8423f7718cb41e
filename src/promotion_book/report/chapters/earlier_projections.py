"""How earlier projections did: scores, past projections against what came, and what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from promotion_book.facts.rows import records
from promotion_book.report.chapters.vintage_words import TOO_WIDE, kind_names, reaches_too_far, years_name
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.track_record import COLUMNS, GROUPS, summary
from promotion_book.words.status_words import FIGURE_STATUS, METHODS

ERRORS = (*GROUPS, "pairs", "series", *METHODS, "ratio")


def scores_table(context: Context, scored: pd.DataFrame) -> Table:
    """The scores of earlier projections, one row per kind and years ahead."""
    text = context.language.text
    columns = (
        *_error_columns(context),
        Column("inside80", text("In the 80% range"), str, number=True),
        Column("inside95", text("In the 95% range"), str, number=True),
        Column("score", text("Score of the ranges"), lambda score: _score(context, score), number=True),
    )
    note = text(
        "A pair is one projection and the figure that came; one that a later edition repeated without a change counts once. "
        "Errors are absolute, in per cent of the last figure known when the projection was made; of a running total no change "
        "means that nothing more is added. The score is the weighted interval score: how wide the ranges are, and how far "
        "outside them the outcome lies; for a single figure it is its error, so it compares with the error of no change. "
        "Less is better."
    )
    raw = (*ERRORS, "inside80", "inside95", "score")
    return Table(
        "scores",
        text("Earlier projections against what came"),
        columns=columns,
        frame=_by_kind(context, summary(scored)),
        note=note,
        raw=raw,
        sources=context.sources(scored["source_id"]),
    )


def _score(context: Context, score: float) -> str:
    shown = context.numbers.percent(min(score, TOO_WIDE))
    return context.language.text("over {value}", value=shown) if score > TOO_WIDE else shown


def backtest_table(context: Context, table: pd.DataFrame) -> Table:
    """How the methods would have done on the series as they are known now, one row per kind and years ahead."""
    text = context.language.text
    caption = text("The methods tried on the past of each series")
    note = text(
        "Errors are absolute, in per cent of the last figure that the method was shown; of a running total no change means "
        "that nothing more is added."
    )
    return Table(
        "backtest", caption, columns=_error_columns(context), frame=_by_kind(context, table), note=note, raw=ERRORS
    )


def _by_kind(context: Context, table: pd.DataFrame) -> pd.DataFrame:
    """A table of errors, with the words for their kind."""
    frame = table.reset_index()
    return frame.assign(shown=kind_names(context, frame))


def _error_columns(context: Context) -> tuple[Column, ...]:
    text = context.language.text

    def percent(share: float) -> str:
        return context.numbers.percent(share, 1)

    return (
        Column("shown", text("What is projected")),
        Column("years_ahead", text("Ahead"), lambda years: years_name(context, years)),
        Column("pairs", text("Pairs"), str, number=True),
        Column("series", text("Series"), str, number=True),
        Column("projected", text("Mean error of the projection"), percent, number=True),
        Column("naive", text("Mean error of no change"), percent, number=True),
        Column("drift", text("Mean error of past change continued"), percent, number=True),
    )


def earlier_table(context: Context, compared: pd.DataFrame) -> Table:
    """Earlier projections with their ranges and, where it is known, what came: one row a projected year."""
    text, rows = context.language.text, records(compared)
    for row in rows:
        row |= _shown(context, row, ("value", "naive", "drift", "outcome"))
        if pd.notna(row["status"]) and row["status"] != "actual":
            row["outcome_shown"] += f" ({text(FIGURE_STATUS[row['status']])})"
    of_one = compared["indicator_id"].nunique() == 1
    columns = (
        *(() if of_one else (Column("indicator_id", text("Indicator"), context.indicator),)),
        Column("period", text("As of"), context.period_title),
        Column("target_year", text("Year"), str, number=True),
        Column("value_shown", text("Projected"), number=True),
        Column("range80", text("80% range"), number=True),
        Column("range95", text("95% range"), number=True),
        Column("naive_shown", text("No change"), number=True),
        Column("drift_shown", text("Past change continued"), number=True),
        Column("outcome_shown", text("What came"), number=True),
    )
    raw = (*(key for key in COLUMNS if key != "method"), "naive", "drift", "way", "outcome", "status", "source_id")
    sources = context.sources(compared["source_id"].dropna())
    return Table(
        "vintages",
        text("Projections of earlier editions"),
        columns=columns,
        frame=as_frame(rows),
        note=_width_note(context, compared),
        raw=raw,
        sources=sources,
    )


def projections_table(context: Context, projections: pd.DataFrame) -> Table:
    """What an edition projects: one row a series, method and year. Its file is what is kept of the edition."""
    text, rows = context.language.text, records(projections)
    for row in rows:
        row |= _shown(context, row, ("value",))
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("method", text("Method"), lambda method: text(METHODS[method])),
        Column("origin_year", text("Last figure of"), str, number=True),
        Column("target_year", text("Year"), str, number=True),
        Column("value_shown", text("Projected"), number=True),
        Column("range80", text("80% range"), number=True),
        Column("range95", text("95% range"), number=True),
    )
    note = _width_note(context, projections)
    return Table(
        "projections",
        text("Projections of this edition"),
        columns=columns,
        frame=as_frame(rows),
        note=note,
        raw=tuple(COLUMNS),
    )


def _shown(context: Context, row: dict[str, Any], keys: Sequence[str]) -> dict[str, str]:
    """The values of a row as readers see them, and its two ranges."""
    show = context.short(row["indicator_id"])
    values = {f"{key}_shown": show(row[key]) for key in keys if pd.notna(row[key])}
    if pd.isna(row["low80"]):
        return values
    return values | {f"range{level}": _range(context, row, level) for level in (80, 95)}


def _range(context: Context, row: dict[str, Any], level: int) -> str:
    low, high = row[f"low{level}"], row[f"high{level}"]
    if high > TOO_WIDE * row["value"]:
        return context.language.text("too wide")
    return context.numbers.span(row["indicator_id"], low, high, words=False)


def _width_note(context: Context, rows: pd.DataFrame) -> str:
    """What a range is that is not printed; empty where all are."""
    if not reaches_too_far(rows, 95).any():
        return ""
    return context.language.text(
        "Too wide: the range reaches above {times} times the projection. From so few figures, so far ahead, it says "
        "nothing of use; its ends are in the CSV.",
        times=TOO_WIDE,
    )
