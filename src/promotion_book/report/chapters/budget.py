"""What plans cost: money spread evenly over the years, planned money for one unit, and for what a target still lacks.

A plan's budget is not what was spent. Budget and counts are set against each other only where one
source gives both for the same plan. US dollars stand beside dong at published average rates only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, isnan, log10
from typing import Any

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.chapters.wishes import alike, between, statement_name, target_words
from promotion_book.report.context import Context
from promotion_book.report.sources import link_sources
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.effort import Pair, ends, evenly, total_so_far
from promotion_book.scenarios.unit_costs import UnitCost
from promotion_book.statistics.exchange_rates import dong_per_dollar
from promotion_book.words.status_words import NO_RATE

DIGITS = 3  # digits of a cost that was divided out
COST_RAW = ("indicator_id", "base_year", "period", "budget_vnd", "count_low", "count_high", "cost_low", "cost_high")


def disbursement(context: Context, budget: str) -> Table:
    """The budgets of several years as if every year took the same: by the end of each year, in dong and dollars."""
    text, known = context.language.text, context.known
    columns = (
        Column("year", text("Year"), str),
        Column("amount", text("A year, spent evenly"), lambda v: context.numbers.amount(v, "vnd"), number=True),
        Column("usd", text("A year, in US dollars at the average rate of the year"), number=True),
        Column("by_then", text("By the end of the year"), lambda v: context.numbers.amount(v, "vnd"), number=True),
        Column("source", text("Source of the budget")),
    )
    plans = known.statements(budget, frequency="years").dropna(subset=["value"])
    rows = [row for plan in each(plans) for row in _years_of(context, plan)]
    found = known.series(budget, frequency="years")
    note = text("The straight line is an assumption.")
    if found.empty and known.series(budget).empty:
        note += " " + text("No published figure on what was spent was found.")
    sources = context.sources([*plans["source_id"], *_rate_sources(context, rows)])
    return Table(
        f"{budget}_evenly",
        text("The budget, if it is spent evenly"),
        columns=columns,
        frame=as_frame(rows),
        note=note,
        sources=sources,
    )


def _years_of(context: Context, plan: Any) -> list[dict[str, Any]]:
    total = evenly(plan.value, plan.period_start.year, last=plan.period_end.year)
    amount = plan.value / len(total)
    source = context.source(plan.source_id).link
    return [
        {"year": year, "amount": amount, "usd": in_dollars(context, (amount, amount), year=str(year)), "source": source}
        | {"by_then": by_then}
        for year, by_then in total.items()
    ]


def _rate_sources(context: Context, rows: Iterable[dict[str, Any]]) -> list[str]:
    rated = any(row["usd"] != context.language.text(NO_RATE) for row in rows)
    return list(context.known.rates["source_id"].tail(1)) if rated else []


def in_dollars(context: Context, dong: Pair, *, year: str) -> str:
    """An amount, or the ends of a range, in dollars at the average rate of a year; a missing rate is said."""
    rate = dong_per_dollar(context.known.rates, year)
    if isnan(rate):
        return context.language.text(NO_RATE)
    return _range(context, [_digits(end / rate) for end in dong], unit="usd")


def in_dong(context: Context, dong: Pair) -> str:
    """An amount of dong, or the ends of a range."""
    return _range(context, [_digits(end) for end in dong], unit="vnd")


def _range(context: Context, amounts: Sequence[float], *, unit: str) -> str:
    low, high = amounts[0], amounts[-1]
    return context.numbers.amount(low, unit) if low == high else context.numbers.between(low, high, unit=unit)


def _digits(value: float) -> float:
    return round(value, DIGITS - 1 - floor(log10(value))) if value > 0 else value


def cost_sentences(context: Context, found: Sequence[UnitCost], *, indicators: Iterable[str]) -> list[str]:
    """What one unit costs by each plan, with the caveat; and for which of the indicators no cost can be given."""
    text = context.language.text
    silent = [indicator for indicator in indicators if indicator not in {cost.indicator for cost in found}]
    template = "{name}: no source was found that gives money and number for the same period, so no cost is given."
    none = [text(template, name=context.indicator(indicator)) for indicator in silent]
    return [_cost_sentence(context, cost) for cost in found] + none


def _cost_sentence(context: Context, cost: UnitCost) -> str:
    text, plan = context.language.text, cost.budget
    values = {
        "name": context.indicator(cost.indicator),
        "amount": _more(context, cost, amount=in_dong(context, cost.each)),
        "budget": context.numbers.figure(plan),
        "period": context.period(plan.period),
        "count": _counted(context, cost),
    }
    if cost.planned:
        return text(
            "{name}: {amount} each, if the whole budget for {period}, {budget}, serves only {count}. "
            "It was planned for other ends too, and a plan is not what was spent.",
            **values,
        )
    return text(
        "{name}: {amount} each, if all of the money of {period}, {budget}, served only {count}. "
        "It served other ends too.",
        **values,
    )


def _more(context: Context, cost: UnitCost, *, amount: str) -> str:
    """An amount that was divided out; `over` it where the source says that the budget was more."""
    more = pd.notna(cost.budget.low) and cost.budget.low == cost.budget.value
    rated = amount != context.language.text(NO_RATE)
    return context.language.text("over {value}", value=amount) if more and rated else amount


def _counted(context: Context, cost: UnitCost) -> str:
    """What is counted: 50,000 jobs; 200 firms in each of 5 years; 33-63 products on top of 2020."""
    text, count = context.language.text, between(context, cost.indicator, cost.counted)
    if cost.years > 1:
        return text("{count} in each of {n} years", count=count, n=cost.years)
    return text("{count} on top of those of {year}", count=count, year=cost.base) if cost.base else count


def cost_table(context: Context, found: Sequence[UnitCost], *, name: str) -> Table:
    """The money for one unit, in dong and in dollars at the average rate of the year of the plan."""
    text = context.language.text
    columns = (
        Column("counted", text("One of")),
        Column("budget", text("Budget of the plan"), number=True),
        Column("dong", text("Planned for one"), number=True),
        Column("dollars", text("In US dollars, at the average rate of a year"), number=True),
        Column("source", text("Source")),
    )
    rows = [_cost_row(context, cost) for cost in found]
    sources = context.sources([*(cost.budget.source_id for cost in found), *_rate_sources(context, rows)])
    caption = text("Planned money for one unit, if all of it served this end")
    return Table(
        name,
        caption,
        columns=columns,
        frame=as_frame(rows),
        raw=(*COST_RAW, "usd", "rate_year", "source_id"),
        sources=sources,
    )


def _cost_row(context: Context, cost: UnitCost) -> dict[str, Any]:
    text, plan, year = context.language.text, cost.budget, str(cost.rate_year)
    dollars = _more(context, cost, amount=in_dollars(context, cost.each, year=year))
    raw = (cost.indicator, cost.base, plan.period, plan.value, *cost.counted, *cost.each)
    return dict(zip(COST_RAW, raw, strict=True)) | {
        "counted": f"{context.indicator(cost.indicator)}: {_counted(context, cost)}",
        "budget": text(
            "{amount} for {period}", amount=context.numbers.figure(plan), period=context.period(plan.period)
        ),
        "dong": _more(context, cost, amount=in_dong(context, cost.each)),
        "usd": dollars,
        "rate_year": year,
        "dollars": dollars if dollars == text(NO_RATE) else text("{amount} ({year})", amount=dollars, year=year),
        "source": context.source(plan.source_id).link,
        "source_id": plan.source_id,
    }


def remaining_costs(context: Context, judged: pd.DataFrame, *, found: Sequence[UnitCost], name: str) -> Table:
    """What each target still lacks, as far as known, at the planned cost of one: in dong and dollars.

    Args:
        judged: `statuses.all_statuses` of the counts.
        found: the costs of one; a target is set against each of its indicator.
    """
    text = context.language.text
    columns = (
        Column("target", text("Target")),
        Column("lacking", text("Still lacking")),
        Column("by", text("At the planned cost of")),
        Column("dong", text("Would cost"), number=True),
        Column("usd", text("In US dollars"), number=True),
        Column("source", text("Sources")),
    )
    rows = [
        row
        for group in alike(judged[judged["time"] != "earlier"])
        for row in _lacking_rows(context, group, found=found)
    ]
    note = text(
        "The planned money for one unit, times what is lacking; not a price. Where no figure was found, it is not known "
        "what is lacking, and the cost is that of the whole target. Dollars as in the table before."
    )
    raw = ("indicator_id", "period", "lacking_low", "lacking_high", "plan", "cost_low", "cost_high", "source_ids")
    caption = text("What the rest of each target would cost")
    rates = _rate_sources(context, rows)
    sources = context.sources([*(s for row in rows for s in row["source_ids"].split(";")), *rates])
    return Table(name, caption, columns=columns, frame=as_frame(rows), note=note, raw=raw, sources=sources)


def _lacking_rows(context: Context, group: list[Any], *, found: Sequence[UnitCost]) -> list[dict[str, Any]]:
    """A row a cost of one; a single one where nothing is lacking, none for the same amount every year."""
    mine = [cost for cost in found if cost.indicator == group[0].indicator_id and group[0].kind != "flow"]
    rows = [_lacking_row(context, group, cost=cost) for cost in mine]
    return rows if any(row["lacking_high"] for row in rows) else rows[:1]


def _lacking_row(context: Context, group: list[Any], *, cost: UnitCost) -> dict[str, Any]:
    text, row = context.language.text, group[0]
    stands = _stands_at(context, row)
    low, high = (max(0.0, end - (stands or 0.0)) for end in ends(row.assessment.target))
    own = getattr(cost.count, "target_id", "") in [said.target_id for said in group]
    money = cost.cost_of((low, high), same_plan=own)
    source_ids = list(dict.fromkeys([*(said.source_id for said in group), cost.budget.source_id]))
    left = between(context, row.indicator_id, (low, high))
    base = text(", on top of {year}", year=cost.base) if cost.base else ""
    return {
        "indicator_id": row.indicator_id,
        "period": row.period,
        "lacking_low": low,
        "lacking_high": high,
        "plan": cost.budget.period,
        "cost_low": money[0],
        "cost_high": money[1],
        "source_ids": ";".join(source_ids),
        "target": f"{statement_name(context, row)}: {target_words(context, group)}",
        "lacking": left if stands is not None else text("not known; {left} if nothing was done", left=left),
        "by": context.period(cost.budget.period) + base,
        "dong": _more(context, cost, amount=in_dong(context, money)) if high else text("nothing"),
        "usd": _more(context, cost, amount=in_dollars(context, money, year=str(cost.rate_year))) if high else None,
        "source": link_sources(context.sources(source_ids)),
    }


def _stands_at(context: Context, row: Any) -> float | None:
    """What is there so far: the total over the period, or for a level the last figure known, also before its way begins."""
    found = total_so_far(row.assessment)
    if found or row.kind in ("cumulative", "flow"):
        return found.value if found else None
    figures = context.known.series(row.indicator_id, scope=row.scope)["value"].dropna()
    return float(figures.iloc[-1]) if len(figures) else None
