"""What a programme rests on, what it announces without a number, what it did in the period, and what its targets still take."""

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
from promotion_book.scenarios.next_years import ANEW, STOCK, TOTAL, next_years
from promotion_book.statistics.results_table import COLUMNS, content_items, results_table
from promotion_book.words.markup import Html, fill
from promotion_book.words.status_words import REASONS

YEARLY_RAW = (
    *("indicator_id", "scope", "period", "wanted", "since", "figure", "years", "each_year", "growth"),
    *("usual", "usual_figure", "source_id"),
)


def programme_sentences(context: Context, programmes: Iterable[str]) -> list[str]:
    """What each programme is, who leads it, and where a plan beyond the period was searched for, if there is none."""
    text, said, searched = context.language.text, [], _plan_searches(context)
    for name in programmes:
        row, title = context.known.package.row("programmes", name), context.programme(name)
        about, lead = (row[f"{column}_{context.language.code}"] for column in ("description", "lead"))
        said.append(text("{name}: {about} Lead: {lead}.", name=title, about=about, lead=lead))
        if name in searched.index and not _leads_on(context.known, name):
            told = "{name}: no plan beyond this period was found. {searched}"
            said.append(text(told, name=title, searched=searched[name]))
    return said


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
            "signed": context.period(row.signed) if row.signed else None,
            "issuer": context.in_language(row, "issuer"),
            "replaced_by": titles.get(row.replaced_by),
            "source_id": row.source_id,
            "source": context.source(row.source_id).link,
        }
        for row in each(acts)
    ]
    columns = (
        Column("act", text("Act"), wide=True),
        Column("signed", text("Of")),
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


def period_results_table(context: Context, indicators: Iterable[str], *, period: str, name: str) -> Table:
    """The results table of a period: the indicators that have a plan, or a figure of the period."""
    found = results_table(*content_items(context.known, indicators), period=period)
    found = found[found["plan"].notna() | found["done"].notna() | found["several_plan"].notna()]
    text = context.language.text
    note = text("A dash stands where no figure or no plan that fits was found, or where a year of a sum is not known.")
    return results_as_table(context, found, period=period, name=name, note=note)


def results_as_table(context: Context, found: pd.DataFrame, *, period: str, name: str, note: str) -> Table:
    """Rows of `statistics.results_table` as a reader's table: each amount in the unit of its row."""
    text = context.language.text
    rows = [_result(context, row) for row in each(found)]
    columns = (
        Column("indicator_id", text("Content"), context.indicator),
        Column("planned", text("Plan"), number=True),
        Column("done_shown", text("Done"), number=True),
        Column("rate", text("Of the plan"), context.numbers.percent, number=True),
        Column("before_shown", context.period_title(year_before(period)), number=True),
        Column("change", text("Change"), lambda share: context.numbers.percent(share, 1), number=True),
        Column("since_shown", text("Since the start of the plan"), number=True),
        Column("left_shown", text("Left of the plan"), number=True),
    )
    caption = text("Results, {period}", period=context.period(period))
    return Table(name, caption, columns=columns, frame=as_frame(rows), note=note, raw=tuple(COLUMNS))


def _result(context: Context, row: Any) -> dict[str, Any]:
    shown = context.short(row.indicator_id)

    def figure(value: float) -> str | None:
        return None if pd.isna(value) else shown(value)

    return {
        **row._asdict(),
        "planned": figure(row.plan)
        if pd.isna(row.several_plan) or pd.notna(row.plan)
        else context.language.text(
            "{figure} for {period}", figure=figure(row.several_plan), period=context.period(row.several)
        ),
        "done_shown": figure(row.done),
        "before_shown": figure(row.before),
        "since_shown": figure(row.since_start),
        "left_shown": figure(row.left),
    }


def yearly_table(context: Context, indicators: Iterable[str] | None = None, *, name: str) -> Table:
    """What each year from now must bring for every target still to come, beside what the pace so far leads to."""
    text, found = context.language.text, next_years(context.known)
    found = found if indicators is None else found[found["indicator_id"].isin(set(indicators))]
    columns = (
        Column("target", text("Indicator and period"), wide=True),
        Column("wanted_shown", text("Target"), number=True),
        Column("figure_shown", text("Last figure")),
        Column("needed", text("Each year from now")),
        Column("growth", text("Growth a year"), lambda share: context.numbers.percent(share, 1), number=True),
        Column("usual_shown", text("At the pace so far")),
        Column("source", text("Source")),
    )
    note = text(
        "The pace so far is what a year added or brought on average. It is an assumption and not a forecast. Where no "
        "figure was found, a total is divided as if nothing had been done."
    )
    rows = [_year(context, row) for row in each(found)]
    caption = text("What each year from now must bring")
    empty = text("No target still to come was public by {day}.", day=context.day(context.known.on))
    return Table(name, caption, columns=columns, frame=as_frame(rows), note=note, raw=YEARLY_RAW, empty=empty)


def _year(context: Context, row: Any) -> dict[str, Any]:
    shown, scope = context.short(row.indicator_id), context.scope(row)
    title = f"{context.indicator(row.indicator_id)}{f' ({scope})' if scope else ''}, {context.period(row.period)}"
    return {
        **row._asdict(),
        "target": title,
        "wanted_shown": shown(row.wanted),
        "figure_shown": _last_figure(context, row),
        "needed": _needed(context, row),
        "growth": None if _in_percent(context, row) else row.growth,
        "usual_shown": _at_the_pace(context, row),
        "source": context.source(row.source_id).link,
    }


def _last_figure(context: Context, row: Any) -> str:
    text = context.language.text
    if row.reason:
        return text(REASONS[row.reason])
    figure = context.short(row.indicator_id)(row.figure)
    if row.asks == TOTAL:
        return text("{figure} so far", figure=figure)
    return text("{figure} in {year}", figure=figure, year=int(row.figure_year))


def _needed(context: Context, row: Any) -> str | None:
    text = context.language.text
    if pd.isna(row.each_year):
        return None
    indicator = context.known.package.row("indicators", row.indicator_id)
    decimals = max(1, int(indicator["decimals"]))
    amount = context.numbers.amount(row.each_year, indicator["unit"], decimals=decimals, words=False)
    if row.asks == ANEW:
        return text("{amount} in each year", amount=amount)
    if not row.each_year:
        return text("nothing more: the last figure reaches it")
    if row.asks == STOCK and _in_percent(context, row):
        points = context.numbers.plain(row.each_year, decimals)
        one, more = (
            text("1 percentage point more a year"),
            text("{points} percentage points more a year", points=points),
        )
        return one if points == "1" else more
    return text("{amount} more a year", amount=amount) if row.asks == STOCK else text("{amount} a year", amount=amount)


def _in_percent(context: Context, row: Any) -> bool:
    """Whether a figure is a share or a rate, of which an addition is told in percentage points and no growth is told."""
    package = context.known.package
    unit = package.row("indicators", row.indicator_id)["unit"]
    return bool(package.row("units", unit)["dimension"] == "percent")


def _at_the_pace(context: Context, row: Any) -> str | None:
    if pd.isna(row.usual_figure):
        return None
    indicator = context.known.package.row("indicators", row.indicator_id)
    figure = context.numbers.amount(
        row.usual_figure, indicator["unit"], decimals=int(indicator["decimals"]), words=False
    )
    enough = context.language.text("enough") if row.enough else context.language.text("not enough")
    if row.asks == ANEW:
        return context.language.text("{figure} a year: {enough}", figure=figure, enough=enough)
    return context.language.text("{figure} by {year}: {enough}", figure=figure, year=row.year, enough=enough)
