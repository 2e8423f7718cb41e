"""Dong and dollars side by side in tables, at published average rates only; a missing rate is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from promotion_book.facts.rows import at, each
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.exchange_rates import dollars_by_year, exports_and_revenue, rates_inside_articles
from promotion_book.words.numbers import DASH
from promotion_book.words.status_words import NO_RATE


def conversions(context: Context, indicator: str) -> Table:
    """Target statements in dong, in US dollars at the average rate of each year since they were public.

    Years without a published rate share one line that says so.
    """
    text, known = context.language.text, context.known
    columns = (
        Column("plan", text("Plan for"), context.period_title),
        Column("vnd", text("In dong"), lambda v: context.numbers.amount(v, "vnd"), number=True),
        Column("years", text("At the average rate of")),
        Column("rate", text("Dong for a dollar"), lambda v: context.numbers.plain(v), number=True),
        Column("usd", text("In US dollars"), number=True),
    )
    found = dollars_by_year(known, indicator).rename(columns={"period": "plan"})
    rows = [row for _, years in found.groupby("statement", sort=False) for row in _converted(context, years)]
    plans = known.statements(indicator).dropna(subset=["value"])
    sources = context.sources([*plans["source_id"], *known.rates["source_id"].tail(1)] if rows else [])
    caption = text("In US dollars, at published average rates only")
    return Table("conversions", caption, columns=columns, frame=as_frame(rows), sources=sources)


def _converted(context: Context, years: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a statement: one a year with a rate, then one for all years without."""
    rated, bare = years.dropna(subset=["rate"]), years.loc[years["rate"].isna(), "year"]
    rows = [
        {**row._asdict(), "years": str(row.year), "usd": context.numbers.amount(row.usd, "usd")} for row in each(rated)
    ]
    if len(bare):
        span = DASH.join(dict.fromkeys((str(bare.iloc[0]), str(bare.iloc[-1]))))
        first = {"plan": years["plan"].iloc[0], "vnd": years["vnd"].iloc[0]}
        rows.append({**first, "years": span, "usd": context.language.text(NO_RATE)})
    return rows


def exports_against_revenue(context: Context, revenue: str, *, exports: Sequence[str]) -> Table:
    """Exports beside revenue of the same source and period, in dong at the average rate of the year.

    Figures of different scope get no share.

    Args:
        revenue: an indicator in dong.
        exports: indicators in dollars or dong.
    """
    text = context.language.text
    columns = (
        Column("period", text("Period"), context.period_title),
        Column("exports", text("Exports"), number=True),
        Column("in_dong", text("Exports in dong"), number=True),
        Column("revenue", text("Revenue"), number=True),
        Column("share", text("Exports as a share of revenue"), number=True),
        Column("source", text("Source")),
    )
    both = exports_and_revenue(context.known, revenue, exports=exports)
    revenues = context.known.figures(revenue).set_index("observation_id")
    rows = [_against(context, row, revenue=at(revenues, row.observation_id_revenue)) for row in each(both)]
    raw = ("period", "exports_value", "exports_unit", "revenue_vnd", "share", "source_id")
    rated: Sequence[str] = list(context.known.rates["source_id"].tail(1)) if any("share" in row for row in rows) else []
    sources = context.sources([*both["source_id"], *rated])
    return Table(
        "exports_against_revenue",
        text("Exports against revenue"),
        columns=columns,
        frame=as_frame(rows),
        raw=raw,
        sources=sources,
    )


def _against(context: Context, row: Any, *, revenue: Any) -> dict[str, Any]:
    text, figure = context.language.text, context.numbers.figure
    said = {"period": row.period, "source_id": row.source_id, "source": context.source(row.source_id).link}
    said |= {
        "exports": figure(row),
        "exports_value": row.value,
        "exports_unit": row.unit,
        "revenue": figure(revenue),
        "revenue_vnd": revenue["value"],
    }
    if pd.isna(row.dong):
        return {**said, "in_dong": text(NO_RATE)}
    amount, share = context.numbers.amount(round(row.dong, -9), "vnd"), context.numbers.percent(row.share)
    over = row.low == row.value
    said["in_dong"] = text("over {value}", value=amount) if over else amount
    shown = text("over {value}", value=share) if over and pd.isna(revenue["low"]) else share
    return {**said, "share": shown if row.scope == revenue["scope"] else text("different scope")}


def implied_rates(context: Context, pairs: Sequence[tuple[str, str]]) -> Table:
    """The exchange rates that printed pairs of dong and dollars imply; none of them is used."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Amount"), context.indicator),
        Column("vnd", text("In dong"), lambda v: context.numbers.amount(v, "vnd"), number=True),
        Column("usd", text("In US dollars, as printed"), lambda v: context.numbers.amount(v, "usd"), number=True),
        Column("rate", text("Rate implied"), lambda v: context.numbers.plain(v), number=True),
        Column("source_id", text("Source"), lambda s: context.source(s).link),
    )
    pairs_found = [
        rates_inside_articles(context.known, dong, dollars=usd)
        .assign(indicator_id=dong)
        .rename(columns={"value": "vnd"})
        for dong, usd in pairs
    ]
    frame = pd.concat(pairs_found).rename(columns={"value_usd": "usd"})
    return Table("implied_rates", text("Exchange rates inside the articles"), columns=columns, frame=frame)
