"""The track record beside the scores: how often targets were reached, and why earlier projections were off."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.chapters.vintage_words import kind_names, years_name
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.error_parts import ENOUGH, PARTS, error_parts, mean_parts
from promotion_book.scenarios.track_record import outcomes
from promotion_book.statistics.targets_reached import ALL, targets_over, targets_reached
from promotion_book.words.status_words import REASONS, TARGET_KIND


def reached_table(context: Context, *, since: int) -> Table:
    """How often the place's own targets whose period ended in a year or later were reached, by kind."""
    text = context.language.text
    targets = targets_over(context.known, since=since)

    def kind(name: str) -> str:
        return text("all of them") if name == ALL else text(TARGET_KIND[name])

    columns = (
        Column("kind", text("Kind of target"), kind),
        Column("targets", text("Targets"), str, number=True),
        Column("judged", text("With an outcome"), str, number=True),
        Column("reached", text("Reached"), str, number=True),
        Column("told", text("Of those with an outcome"), number=True),
    )
    rows = [{**row._asdict(), "told": _share(context, row)} for row in each(targets_reached(targets))]
    raw = ("kind", "targets", "judged", "reached", "share", "reason")
    return Table("targets_reached", text("Targets that are over"), columns=columns, frame=as_frame(rows), raw=raw)


def _share(context: Context, row: Any) -> str:
    return context.language.text(REASONS[row.reason]) if row.reason else context.numbers.percent(row.share)


def parts_table(context: Context, scored: pd.DataFrame) -> Table:
    """How large the error of earlier projections was, and each of its parts, where the pairs are enough.

    Args:
        scored: `track_record.scores`.
    """
    parts = error_parts(scored, outcomes(context.known, dict.fromkeys(scored["indicator_id"])))
    text, found = context.language.text, mean_parts(parts)

    def percent(share: float) -> str:
        return context.numbers.percent(share, 1)

    columns = (
        Column("shown", text("What is projected")),
        Column("years_ahead", text("Ahead"), lambda years: years_name(context, years)),
        Column("pairs", text("Pairs"), str, number=True),
        Column("error", text("Mean error of the projection"), percent, number=True),
        Column("revised", text("Revised data"), percent, number=True),
        Column("level", text("Level of the first year"), percent, number=True),
        Column("trend", text("Trend after it"), percent, number=True),
    )
    note = text(
        "The parts add up to the error of each projection; their mean sizes do not, because parts can take from each other. "
        "Means of fewer than {n} pairs are not given.",
        n=ENOUGH,
    )
    caption = text("Why earlier projections were off")
    few = text(
        "The errors are not split into revised data, level and trend: for that, at least {n} {n:projection|projections} of the same kind and for "
        "the same number of years ahead are needed.",
        n=ENOUGH,
    )
    rows = found.assign(shown=kind_names(context, found)) if found["error"].notna().any() else found.iloc[:0]
    raw = ("kind", "way", "years_ahead", "pairs", "error", *PARTS)
    return Table("error_parts", caption, columns=columns, frame=rows, note=note, raw=raw, empty=few)
