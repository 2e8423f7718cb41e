"""What a programme rests on, and what it announces without a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.programme_box import acts_of, name_act
from promotion_book.report.tables import Column, Table, as_frame, with_values
from promotion_book.words.markup import Html, fill


def search_sentences(context: Context, programmes: Iterable[str], *, period: str) -> list[str]:
    """That no edition knows a target of a programme after the reporting period, and where one was searched for; searches for
    outcomes are left out.
    """
    text, until, package = context.language.text, context.known.until, context.known.package
    searches = package["searches"].query("indicator_id == ''").set_index("programme_id")
    ahead = package["targets"][package["targets"]["period_end"] > pd.Timestamp(until)]
    led_on = {*context.known.indicators["programme_id"].reindex(ahead["indicator_id"])}
    told = searches[f"searched_{context.language.code}"]
    return [
        text("No target after {period} was found. {searched}", period=context.period(period), searched=told[name])
        for name in programmes
        if name in searches.index and name not in led_on
    ]


def acts_table(context: Context, programmes: Sequence[str]) -> Table:
    """The acts that programmes rest on by their days, those without one last, with what replaced them."""
    text, known = context.language.text, context.known
    acts = acts_of(known, programmes)
    titles = {row.act_id: name_act(context, row) for row in each(known.legal_acts)}
    rows = [
        {
            "act_id": row.act_id,
            "act": titles[row.act_id],
            "signed": row.signed,
            "issuer": context.in_language(row, "issuer"),
            "replaced_by": titles.get(row.replaced_by),
            "source_id": row.source_id,
            "source": context.source(row.source_id).link,
        }
        for row in each(acts)
    ]
    columns = (
        Column("act", text("Act"), wide=True),
        Column("signed", text("Of"), context.period),
        Column("issuer", text("Issued by")),
        Column("replaced_by", text("Followed by")),
        Column("source", text("Read in")),
    )
    raw, frame = ("act_id", "signed", "source_id"), as_frame(rows)
    return Table("acts", text("What the programme rests on"), columns=with_values(columns, frame), frame=frame, raw=raw)


def measures_table(context: Context, programmes: Sequence[str]) -> Table:
    """What was announced without a number, and what was found of it."""
    text, known = context.language.text, context.known
    measures = known.measures[known.measures["programme_id"].isin(programmes)]
    rows = [
        {
            "measure_id": row.measure_id,
            "measure": context.in_language(row, "measure"),
            "period": row.period,
            "evidence": _evidence(context, row),
            "source_id": row.source_id,
            "source": context.source(row.source_id).link,
        }
        for row in each(measures)
    ]
    columns = (
        Column("measure", text("What was announced"), wide=True),
        Column("period", text("For"), context.period_title),
        Column("evidence", text("What was found of it"), wide=True),
        Column("source", text("Announced in")),
    )
    raw = ("measure_id", "period", "source_id")
    return Table("measures", text("Announced without a number"), columns=columns, frame=as_frame(rows), raw=raw)


def _evidence(context: Context, row: Any) -> str | Html:
    if not row.evidence_source_id:
        return context.language.text("nothing was found")
    said, link = context.in_language(row, "evidence"), context.source(row.evidence_source_id).link
    return fill("{said} ({link})", said=said, link=link)
