"""What a programme rests on, and what it announces without a number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.programme_box import acts_of, name_act
from promotion_book.report.tables import Column, Table
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
    titles = {row.act_id: name_act(context, row) for row in each(known.legal_acts)}
    columns = (
        Column("act", text("Act"), wide=True, of=lambda row: titles[row.act_id]),
        Column("signed", text("Date"), context.period),
        Column("issuer", text("Issued by"), of=lambda row: context.in_language(row, "issuer")),
        Column("replaced_by", text("Followed by"), of=lambda row: titles.get(row.replaced_by)),
        Column("source", text("Source"), of=lambda row: context.source(row.source_id).link),
    )
    raw, acts = ("act_id", "signed", "source_id"), acts_of(known, programmes)
    return Table("acts", text("What the programme rests on"), columns=columns, frame=acts, raw=raw).lean()


def measures_table(context: Context, programmes: Sequence[str]) -> Table:
    """What was announced without a number, and what was found of it."""
    text, known = context.language.text, context.known
    measures = known.measures[known.measures["programme_id"].isin(programmes)]
    columns = (
        Column("measure", text("What was announced"), wide=True, of=lambda row: context.in_language(row, "measure")),
        Column("period", text("For"), context.period_title),
        Column("evidence", text("What was found of it"), wide=True, of=lambda row: _evidence(context, row)),
        Column("source", text("Announced in"), of=lambda row: context.source(row.source_id).link),
    )
    raw = ("measure_id", "period", "source_id")
    return Table("measures", text("Announced without a number"), columns=columns, frame=measures, raw=raw)


def _evidence(context: Context, row: Any) -> str | Html:
    if not row.evidence_source_id:
        return context.language.text("nothing was found")
    said, link = context.in_language(row, "evidence"), context.source(row.evidence_source_id).link
    return fill("{said} ({link})", said=said, link=link)
