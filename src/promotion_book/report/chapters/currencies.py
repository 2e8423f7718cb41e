"""Dong and dollars side by side, at published average rates only; a missing rate is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from promotion_book.facts.exchange_rates import NoRate, to_usd, to_vnd
from promotion_book.facts.rows import at, each
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
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
    plans = known.statements(indicator).dropna(subset=["value"])
    rows = [row for plan in each(plans) for row in _converted(context, plan)]
    sources = context.sources([*plans["source_id"], *known.rates["source_id"].tail(1)] if rows else [])
    caption = text("In US dollars, at published average rates only")
    return Table("conversions", caption, columns=columns, frame=as_frame(rows), sources=sources)


def _converted(context: Context, plan: Any) -> list[dict[str, Any]]:
    known, row = context.known, {"plan": plan.period, "vnd": plan.value}
    years = range(plan.known.year, min(known.until, plan.period_end.date()).year + 1)
    rows: list[dict[str, Any]] = []
    bare: list[int] = []
    for year in years:
        try:
            found = to_usd(plan.value, str(year), known.rates)
        except NoRate:
            bare.append(year)
            continue
        rows.append({**row, "years": str(year), "rate": found.rate, "usd": context.numbers.amount(found.amount, "usd")})
    if bare:
        span = str(bare[0]) if len(bare) == 1 else f"{bare[0]}{DASH}{bare[-1]}"
        rows.append({**row, "years": span, "usd": context.language.text(NO_RATE)})
    return rows


def exports_against_revenue(context: Context, revenue: str, exports: Sequence[str]) -> Table:
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
    place = context.known.package.area
    sold, earned = (
        pd.concat([context.known.figures(i, place) for i in names]).dropna(subset=["value"])
        for names in (exports, [revenue])
    )
    both = sold.merge(earned.query("value != 0"), on=["period", "source_id"], suffixes=("", "_revenue"))
    both = both.sort_values(["period_end", "period_start", "known"], kind="stable")
    revenues = earned.set_index("observation_id", drop=False)
    rows = [_against(context, row, at(revenues, row.observation_id_revenue)) for row in each(both)]
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


def _against(context: Context, row: Any, revenue: Any) -> dict[str, Any]:
    text, figure = context.language.text, context.numbers.figure
    said = {"period": row.period, "source_id": row.source_id, "source": context.source(row.source_id).link}
    said |= {
        "exports": figure(row),
        "exports_value": row.value,
        "exports_unit": row.unit,
        "revenue": figure(revenue),
        "revenue_vnd": revenue["value"],
    }
    try:
        dong = row.value if row.unit == "vnd" else to_vnd(row.value, row.period, context.known.rates).amount
    except NoRate:
        return {**said, "in_dong": text(NO_RATE)}
    amount, share = context.numbers.amount(round(dong, -9), "vnd"), context.numbers.percent(dong / revenue["value"])
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
    rows = [row for dong, dollars in pairs for row in _pair(context, dong, dollars)]
    return Table("implied_rates", text("Exchange rates inside the articles"), columns=columns, frame=as_frame(rows))


def _pair(context: Context, dong: str, dollars: str) -> list[dict[str, Any]]:
    """The amounts that one source prints in both currencies, for the same period, area and scope."""
    vnd, usd = (
        pd.concat([context.known.figures(i), context.known.statements(i)]).dropna(subset=["value"])
        for i in (dong, dollars)
    )
    both = vnd.merge(usd.query("value != 0"), on=["source_id", "period", "area", "scope"], suffixes=("", "_usd"))
    return [
        {
            "indicator_id": dong,
            "vnd": row.value,
            "usd": row.value_usd,
            "rate": row.value / row.value_usd,
            "source_id": row.source_id,
        }
        for row in each(both)
    ]
