"""Arithmetic on published figures: what they imply, and whether they can be true together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from promotion_book.display.context import Context
from promotion_book.display.statements import source_link
from promotion_book.display.tables import Column, Table
from promotion_book.display.verdicts import percent
from promotion_book.facts.money import NoRate, to_usd, to_vnd
from promotion_book.facts.rows import each
from promotion_book.statistics.growth import previous, whole
from promotion_book.statistics.revisions import closing_stock


def implied_wholes(context: Context, part: str, share: str) -> Table:
    """The national total that each printed share of a part implies; they cannot all be right."""
    text = context.language.text
    count = context.known.figures(part, context.known.package.area).dropna(subset=["value"])
    shares = context.known.figures(share, context.known.package.area).dropna(subset=["value"])
    shares = shares[shares["scope"] != ""]
    columns = (
        Column("source_id", text("Source"), lambda s: source_link(context, s), markup=True),
        Column("period", text("Period"), context.period),
        Column("share", text("Share printed"), lambda v: context.numbers.of(share, v), number=True),
        Column("whole", text("National total it implies"), lambda v: context.numbers.of(part, v), number=True),
    )
    if count.empty:
        return Table("implied_wholes", "", columns)
    known = (
        float(count[count["period"] >= "2020"]["value"].iloc[0])
        if (count["period"] >= "2020").any()
        else float(count["value"].iloc[-1])
    )
    rows = [
        {"source_id": r.source_id, "period": r.period, "share": r.value, "whole": whole(known, r.value / 100)}
        for r in each(shares)
    ]
    caption = text("{n} as a share of the country: what each statement implies", n=context.numbers.of(part, known))
    return Table("implied_wholes", caption, columns, rows)


def implied_sentence(context: Context, part: str, table: Table) -> list[str]:
    """Why the printed shares of one count contradict each other; nothing without two of them."""
    if len(table.rows) < 2:
        return []
    text, of = context.language.text, context.numbers.of
    wholes = [row["whole"] for row in table.rows]
    country = context.known.figures(part, "vietnam").dropna(subset=["value"])
    said = text(
        "One count, {n} statements of its share: the country would have anything from {low} to {high}. They cannot all be right.",
        n=len(wholes),
        low=of(part, min(wholes)),
        high=of(part, max(wholes)),
    )
    if country.empty:
        return [said]
    row = country.iloc[-1]
    ours = float(table.rows[0]["share"]) / 100 * wholes[0]
    counted = text(
        "With the {total} that one source counts in the country, the share is {share}.",
        total=of(part, row["value"]),
        share=percent(context, ours / row["value"], 1),
    )
    return [said, counted]


def implied_by_growth(context: Context, pairs: Sequence[tuple[str, str]]) -> Table:
    """The figure of the year before that a figure and its growth imply, beside what was printed for it.

    Args:
        pairs: an indicator and that of its growth; every year with both is shown.
    """
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Year"), str),
        Column("value", text("Printed"), number=True),
        Column("growth", text("Growth printed"), number=True),
        Column("implied", text("Implied for the year before"), number=True),
        Column("printed", text("Printed for the year before"), number=True),
    )
    rows = [row for pair in pairs for row in _implied_rows(context, *pair)]
    return Table("implied_by_growth", text("What figures and growth rates imply"), columns, rows)


def _implied_rows(context: Context, level: str, rate: str) -> list[dict[str, Any]]:
    of = context.numbers.of
    levels, rates = (
        context.known.series(name).dropna(subset=["value"]).set_index("period")["value"] for name in (level, rate)
    )
    printed = context.known.figures(level, context.known.package.area)
    rows = []
    for period in levels.index.intersection(rates.index):
        before = printed[printed["period"] == str(int(period) - 1)]
        rows.append(
            {
                "indicator_id": level,
                "period": period,
                "value": of(level, levels[period]),
                "growth": of(rate, rates[period]),
                "implied": of(level, round(previous(levels[period], rates[period] / 100), -10)),
                "printed": "; ".join(context.numbers.figure(row) for row in each(before)) or None,
            }
        )
    return rows


def implied_total(context: Context, part: str, share: str) -> float | None:
    """The whole that a part and its share imply in the last year with both, in the unit of the part."""
    amounts, shares = (
        context.known.series(name).dropna(subset=["value"]).set_index("period")["value"] for name in (part, share)
    )
    both = amounts.index.intersection(shares.index)
    return whole(float(amounts[both[-1]]), float(shares[both[-1]]) / 100) if len(both) else None


def conversions(context: Context, amounts: Sequence[tuple[str, float, str]]) -> Table:
    """Amounts of dong in US dollars at the average rate of each year; a missing rate is said.

    Args:
        amounts: name, dong, and year of each.
    """
    text = context.language.text
    columns = (
        Column("name", text("Amount")),
        Column("year", text("At the average rate of"), str),
        Column("vnd", text("In dong"), lambda v: context.numbers.amount(v, "vnd"), number=True),
        Column("rate", text("Dong for a dollar"), lambda v: context.numbers.plain(v), number=True),
        Column("usd", text("In US dollars"), number=True),
    )
    return Table(
        "conversions",
        text("In US dollars, at published average rates only"),
        columns,
        [_converted(context, *a) for a in amounts],
    )


def _converted(context: Context, name: str, vnd: float, year: str) -> dict[str, Any]:
    row = {"name": name, "year": year, "vnd": vnd}
    try:
        found = to_usd(vnd, year, context.known.rates)
    except NoRate:
        return {**row, "usd": context.language.text("no average rate is published")}
    return {**row, "rate": found.rate, "usd": context.numbers.amount(found.amount, "usd")}


def exports_against_revenue(context: Context, revenue: str, exports: str) -> Table:
    """Exports in dong beside revenue, at the average rate of the year; a share above all is a contradiction."""
    text = context.language.text
    columns = (
        Column("year", text("Year"), str),
        Column("scope", text("Exports of"), str),
        Column("exports", text("Exports"), context.short(exports), number=True),
        Column("in_dong", text("In dong"), number=True),
        Column("revenue", text("Revenue"), context.short(revenue), number=True),
        Column("share", text("Exports in revenue"), lambda v: percent(context, v), number=True),
    )
    revenues = context.known.series(revenue).dropna(subset=["value"]).set_index("period")["value"]
    sold = context.known.figures(exports, context.known.package.area).dropna(subset=["value"])
    sold = sold[sold["period"].isin(revenues.index)].drop_duplicates(["period", "scope", "value"])
    rows = [_against(context, row, revenues[row.period]) for row in each(sold)]
    return Table("exports_against_revenue", text("Exports against revenue"), columns, rows)


def _against(context: Context, row: Any, revenue: float) -> dict[str, Any]:
    known = {"year": row.period, "scope": context.scope(row), "exports": row.value, "revenue": revenue}
    try:
        dong = to_vnd(row.value, row.period, context.known.rates).amount
    except NoRate:
        return {**known, "in_dong": context.language.text("no average rate is published")}
    return {**known, "in_dong": context.numbers.amount(round(dong, -9), "vnd"), "share": dong / revenue}


def implied_rates(context: Context, pairs: Sequence[tuple[str, str]]) -> Table:
    """The exchange rates that printed pairs of dong and dollars imply; none of them is used."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Amount"), context.indicator),
        Column("vnd", text("In dong"), lambda v: context.numbers.amount(v, "vnd"), number=True),
        Column("usd", text("In US dollars, as printed"), lambda v: context.numbers.amount(v, "usd"), number=True),
        Column("rate", text("Rate implied"), lambda v: context.numbers.plain(v), number=True),
    )
    rows = []
    for dong, dollars in pairs:
        vnd, usd = _any(context, dong), _any(context, dollars)
        if vnd is not None and usd is not None:
            rows.append({"indicator_id": dong, "vnd": vnd, "usd": usd, "rate": vnd / usd})
    return Table("implied_rates", text("Exchange rates inside the articles"), columns, rows)


def _any(context: Context, indicator: str) -> float | None:
    figures = pd.concat([context.known.figures(indicator), context.known.statements(indicator)])
    figures = figures.dropna(subset=["value"])
    return float(figures["value"].iloc[0]) if len(figures) else None


def stock_check(context: Context, total: str, additions: str) -> Table:
    """Whether each printed total is the printed one before plus the printed additions of the year."""
    text = context.language.text
    totals, added = (_printed(context, name) for name in (total, additions))
    rows = []
    for year in totals.index.intersection(added.index):
        before = str(int(year) - 1)
        if before in totals.index:
            expected = closing_stock(totals[before], added[year])
            rows.append(
                {
                    "year": year,
                    "before": totals[before],
                    "added": added[year],
                    "expected": expected,
                    "total": totals[year],
                    "agrees": expected == totals[year],
                }
            )
    show = context.short(total)
    columns = (
        Column("year", text("Year"), str),
        Column("before", text("Total before"), show, number=True),
        Column("added", text("Added"), show, number=True),
        Column("expected", text("Total expected"), show, number=True),
        Column("total", text("Total given"), show, number=True),
        Column("agrees", text("Agrees"), lambda a: text("yes") if a else text("no")),
    )
    return Table(f"{total}_check", text("Do the totals add up?"), columns, rows)


def _printed(context: Context, indicator: str) -> pd.Series[float]:
    """The yearly figures that a source prints, by period."""
    series = context.known.series(indicator).dropna(subset=["value"])
    return series[series["status"] != "derived"].set_index("period")["value"]
