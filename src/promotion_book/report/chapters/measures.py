"""The same targets by the measures that others publish, and indicators that have no target."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.assessment import Assessment
from promotion_book.statistics.direction import Direction
from promotion_book.statistics.other_measures import measures
from promotion_book.statistics.verdict import reached
from promotion_book.words.numbers import DASH
from promotion_book.words.status_words import PUBLISHED


def measures_table(context: Context, statuses: pd.DataFrame) -> Table:
    """Targets with a base and a later figure, by the measures of others. They answer other questions."""
    text, plain = context.language.text, context.numbers.plain
    columns = (
        Column("target", text("Target")),
        Column("open_sdg", text("Open SDG"), lambda c: text(PUBLISHED[c])),
        Column("eustat", text("EUSTAT"), lambda c: text(PUBLISHED[c])),
        Column("eurostat", text("Eurostat score, -5 to 5"), lambda v: plain(v, 1), number=True),
        Column("unsd", text("UN chart, 1 to 3"), str, number=True),
        Column("escap", text("ESCAP index, 10 is the target"), lambda v: plain(v, 1), number=True),
        Column("sdr", text("SDR arrow"), lambda c: text(PUBLISHED[c])),
    )
    rows = [_measured(context, row) for row in each(statuses) if _measurable(row.assessment)]
    return Table(
        "published_measures", text("The same targets by published measures"), columns=columns, frame=as_frame(rows)
    )


def _measurable(found: Assessment) -> bool:
    """Whether there is a way from a base to the target; from a base beyond it the measures would see one back."""
    base, latest = found.base, found.latest
    if base is None or latest is None or reached(found.target, base.value):
        return False
    return latest.end.year > base.year


def _measured(context: Context, row: Any) -> dict[str, Any]:
    found: Assessment = row.assessment
    assert found.base is not None
    assert found.latest is not None
    base, target = found.base, found.target
    by = measures(
        base.value, found.latest.value, target.minimum, found.latest.end.year - base.year, target.end.year - base.year
    )
    return {
        "target": f"{context.indicator(row.indicator_id)}, {context.numbers.figure(row, words=False, target=True)}",
        "open_sdg": by.open_sdg.status if by.open_sdg else None,
        "eustat": by.eustat,
        "eurostat": by.eurostat,
        "unsd": by.unsd.score if by.unsd else None,
        "escap": by.escap,
        "sdr": by.sdr[1] if by.sdr else None,
    }


def directions_table(context: Context, directions: list[Direction]) -> Table:
    """Indicators without a target: from, to, growth a year in the wanted direction, and two classes."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("years", text("Years")),
        Column("first", text("From"), number=True),
        Column("last", text("To"), number=True),
        Column("rate", text("A year, in the wanted direction"), lambda v: context.numbers.percent(v, 1), number=True),
        Column("open_sdg", text("Open SDG"), lambda c: text(PUBLISHED[c])),
        Column("eurostat", text("Eurostat"), lambda c: text(PUBLISHED[c])),
    )
    rows = [
        {
            "indicator_id": d.indicator_id,
            "years": f"{d.first[0]}{DASH}{d.last[0]}",
            "first": context.short(d.indicator_id)(d.first[1]),
            "last": context.short(d.indicator_id)(d.last[1]),
            "rate": d.rate,
            "open_sdg": d.open_sdg,
            "eurostat": d.eurostat,
        }
        for d in directions
    ]
    note = text("No word stands where it would be another one without the first or without the last figure.")
    return Table(
        "directions",
        text("Indicators without a target"),
        columns=columns,
        frame=as_frame(rows),
        note=note if rows else "",
    )
