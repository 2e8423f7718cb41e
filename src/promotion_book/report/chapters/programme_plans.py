"""What a programme rests on, what it announces without a number, and what it did in the period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.periods import year_before
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.programme_box import acts_of, name_act
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.results_table import COLUMNS
from promotion_book.words.markup import Html, fill

FUND = ("fund", "pays_for")  # what the results table says of money besides


def search_sentences(context: Context, programmes: Iterable[str]) -> list[str]:
    """That no target after the reporting period was found of a programme, and where one was searched for."""
    text, period, searches = context.language.text, context.known.until.year, _plan_searches(context)
    return [
        text("No target after {year} was found. {searched}", year=period, searched=searches[name])
        for name in programmes
        if name in searches.index and not _leads_on(context.known, name)
    ]


def _plan_searches(context: Context) -> pd.Series[str]:
    """Where a plan beyond the last edition was searched for, by programme; searches for outcomes are left out."""
    searches = context.known.package["searches"].query("indicator_id == ''").set_index("programme_id")
    return searches[f"searched_{context.language.code}"]


def _leads_on(known: Known, programme: str) -> bool:
    """Whether any edition knows a target of the programme that ends after the reporting period."""
    mine = known.indicators.query("programme_id == @programme").index
    rows = known.package["targets"]
    return bool((rows["indicator_id"].isin(mine) & (rows["period_end"] > pd.Timestamp(known.until))).any())


def acts_table(context: Context, programmes: Sequence[str], *, name: str) -> Table:
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
    raw = ("act_id", "signed", "source_id")
    return Table(name, text("What the programme rests on"), columns=columns, frame=as_frame(rows), raw=raw)


def measures_table(context: Context, programmes: Sequence[str], *, name: str) -> Table:
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
    return Table(name, text("Announced without a number"), columns=columns, frame=as_frame(rows), raw=raw)


def _evidence(context: Context, row: Any) -> str | Html:
    if not row.evidence_source_id:
        return context.language.text("nothing was found")
    said, link = context.in_language(row, "evidence"), context.source(row.evidence_source_id).link
    return fill("{said} ({link})", said=said, link=link)


def results_as_table(context: Context, found: pd.DataFrame, *, period: str, name: str, note: str) -> Table:
    """Rows of `statistics.results_table` as a reader's table: each amount in the unit of its row, no column without one."""
    text = context.language.text
    if found.get("fund", pd.Series(dtype=str)).ne("").any():
        paid = text("Of money, the plan is what was approved for the period, and done is what was paid.")
        note = f"{note} {paid}".strip()
    rows = [_result(context, row) for row in each(found)]
    columns = (
        Column("indicator_id", text("Content"), lambda name: context.indicator(name) + context.in_unit(name)),
        Column("planned", text("Plan"), number=True),
        Column("done_shown", text("Done"), number=True),
        Column("rate", text("Of the plan"), context.numbers.percent, number=True),
        Column("before_shown", context.period_title(year_before(period)), number=True),
        Column("change", text("Change"), lambda share: context.numbers.percent(share, 1), number=True),
        Column("since_shown", text("Since the start of the plan"), number=True),
        Column("left_shown", text("Left of the plan"), number=True),
    )
    caption, frame = text("Results, {period}", period=context.period(period)), as_frame(rows)
    known = tuple(column for column in columns if frame.empty or frame[column.key].notna().any())
    return Table(name, caption, columns=known, frame=frame, note=note, raw=(*COLUMNS, *FUND))


def _result(context: Context, row: Any) -> dict[str, Any]:
    shown = context.short(row.indicator_id)

    def figure(value: float) -> str | None:
        return None if pd.isna(value) else shown(value)

    def of_years(value: float) -> str | None:
        text, years = context.language.text, context.period(row.several) if row.several else ""
        return None if pd.isna(value) else text("{figure} for {period}", figure=shown(value), period=years)

    more = row.since_start if row.since_start != row.done else float("nan")  # than the column beside it says
    return {
        **row._asdict(),
        "unit": context.known.package.row("indicators", row.indicator_id)["unit"],
        "planned": of_years(row.several_plan) if pd.isna(row.plan) else figure(row.plan),
        "done_shown": figure(row.done),
        "before_shown": figure(row.before),
        "since_shown": figure(row.since_start) if pd.notna(row.several_plan) else of_years(more),
        "left_shown": figure(row.left),
    }
