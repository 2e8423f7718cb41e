"""All targets of an edition under one set of assumptions, as tables. Not a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from promotion_book.digits import round_to_digits
from promotion_book.report.chapters.target_tables import with_newer, with_sources
from promotion_book.report.chapters.verdicts import points, statement_name, target_words, when_and_standing
from promotion_book.report.context import Context
from promotion_book.report.sources import link_sources
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.what_if import Lead, WhatIfAssumptions
from promotion_book.statistics.statuses import newer_figure
from promotion_book.statistics.verdict import sign
from promotion_book.words.markup import Html
from promotion_book.words.numbers import NumberFormat
from promotion_book.words.status_words import SCENARIO_REASONS

RAW = ("indicator_id", "period", "target_low", "target_high", "latest", "how", "pace", "value", "reached", "source_ids")
SMALL = 100  # below it an amount a year is written with a decimal


def what_if_table(context: Context, leads: Sequence[Lead], *, assumed: WhatIfAssumptions) -> Table:
    """Where the assumptions lead each target that has no outcome yet and can be followed.

    Statements that want the same share a line. An outcome that is known follows from no assumption and is left out.
    """
    text = context.language.text
    columns = (
        Column("target", text("Indicator and period")),
        Column("wished", text("Target")),
        Column("said", text("Latest figure"), of=lambda row: _latest_cell(context, row.lead)),
        Column(
            "assumption", text("Assumed from then on"), of=lambda row: _assumption(context, row.lead, assumed=assumed)
        ),
        Column("end", text("Leads to"), wide=True, of=lambda row: _end_cell(context, row.lead)),
    )
    rows = [_said(context, group) | _led(group[0]) for group in _groups(leads) if group[0].assumed]
    note = text(
        "These are assumptions, not forecasts. Of a range, the low end counts. A target that sources state differently has a line for "
        "each statement, and is reached where all of them are."
    )
    return Table(
        "what_if", text("What each target would come to"), columns=columns, frame=as_frame(rows), note=note, raw=RAW
    )


def not_followed_table(context: Context, leads: Sequence[Lead]) -> Table:
    """The targets that cannot be followed, with the reason."""
    text = context.language.text
    columns = (
        Column("target", text("Indicator and period")),
        Column("wanted", text("Target"), number=True),
        Column("why", text("Why it cannot be followed"), lambda reason: text(SCENARIO_REASONS[reason])),
        Column("source", text("Sources"), of=lambda row: link_sources(context.sources(row.source_ids.split(";")))),
    )
    rows = [_said(context, group) | {"why": group[0].reason} for group in _groups(leads) if group[0].value is None]
    raw = ("indicator_id", "period", "target_low", "target_high", "why", "source_ids")
    return Table(
        "not_followed", text("Targets that cannot be followed"), columns=columns, frame=as_frame(rows), raw=raw
    )


def why_none(context: Context, leads: Sequence[Lead]) -> str:
    """Why none of the targets can be followed, each reason once; empty where one can, or where there is none."""
    if not leads or any(lead.assumed for lead in leads):
        return ""
    text = context.language.text
    reasons = [*dict.fromkeys(text(SCENARIO_REASONS[lead.reason]) for lead in leads if lead.value is None)]
    told = "None can be followed, for {n:this reason|these reasons}: {reasons}."
    return text(told, n=len(reasons), reasons="; ".join(reasons)) if reasons else ""


def lead_record(leads: Sequence[Lead]) -> list[dict[str, Any]]:
    """Where each statement is led, as data for the result files."""
    return [
        {"target_id": lead.row.target_id, "indicator_id": lead.row.indicator_id, "reason": lead.reason, **_led(lead)}
        for lead in leads
    ]


def _led(lead: Lead) -> dict[str, Any]:
    return {name: getattr(lead, name) for name in ("how", "pace", "value", "reached")}


def _groups(leads: Sequence[Lead]) -> list[list[Lead]]:
    """Statements that want the same of the same thing, together."""
    groups: dict[tuple[Any, ...], list[Lead]] = {}
    for lead in leads:
        row, target = lead.row, lead.target
        thing = (row.indicator_id, row.scope, row.period)
        wanted = (target.kind, target.reading, target.minimum, target.stretch)
        groups.setdefault((*thing, *wanted), []).append(lead)
    return list(groups.values())


def _said(context: Context, group: list[Lead]) -> dict[str, Any]:
    lead = group[0]
    figures = (*([lead.latest] if lead.latest else []), *lead.used)
    wanted, stated = target_words(context, [said.row for said in group]), [said.row.source_id for said in group]
    return {
        "lead": lead,
        "indicator_id": lead.row.indicator_id,
        "period": lead.row.period,
        "target_low": lead.target.minimum,
        "target_high": lead.target.stretch,
        "target": statement_name(context, lead.row),
        "wanted": wanted,
        "wished": with_sources(context, wanted, source_ids=stated),
        "latest": lead.latest.value if lead.latest else None,
        "source_ids": ";".join(dict.fromkeys([*stated, *(source for point in figures for source in point.sources)])),
    }


def _end_cell(context: Context, lead: Lead) -> str:
    """Where a lead goes, and how far that is from the target."""
    said = "{end}: reached ({distance})" if lead.reached else "{end}: not reached ({distance})"
    return context.language.text(said, end=_end(context, lead), distance=_distance(context, lead))


def _end(context: Context, lead: Lead) -> str:
    """Where a lead goes, with the word of a bound from which it grows; what misses the target is not written like it."""
    assert lead.value is not None
    missed = None if lead.reached else lead.target.minimum
    end = led_to(context, lead.row.indicator_id, value=lead.value, missed=missed)
    return context.numbers.as_printed(end, lead.latest) if lead.how == "growth" else end


def led_to(context: Context, indicator: str, *, value: float, missed: float | None = None) -> str:
    """A computed figure, with no more digits than an assumption bears: money to three of them. One that misses what is
    wanted is not written like that.
    """
    money = context.unit(indicator)["dimension"] == "money"

    def write(numbers: NumberFormat, value: float) -> str:
        shown = round_to_digits(value, 3, way=numbers.way) if money else value
        return _amount(numbers, indicator, shown)

    return context.numbers.apart(value, value if missed is None else missed, write)


def _amount(numbers: NumberFormat, indicator: str, value: float) -> str:
    """An amount of an indicator without the name of a counted unit; a small one has a decimal."""
    return numbers.of(indicator, value, words=False, decimals=int(value < SMALL))


def _latest_cell(context: Context, lead: Lead) -> Html | None:
    """The latest figure in the words of its source, with its time, standing and sources, and a newer one that does not fit."""
    if lead.latest is None:
        return None
    figure = context.numbers.figure(lead.latest, indicator=lead.row.indicator_id, words=False)
    said = f"{figure} ({when_and_standing(context, lead.row.indicator_id, lead.latest)})"
    shown = with_sources(context, said, source_ids=lead.latest.sources)
    return with_newer(context, shown, newer=newer_figure(context.known, lead.row, after=lead.latest))


def _assumption(context: Context, lead: Lead, *, assumed: WhatIfAssumptions) -> str:
    text, percent = context.language.text, context.numbers.percent
    if lead.how == "growth":
        return text("growth of {growth} a year", growth=percent(assumed.growth, 1))
    assert lead.pace is not None
    brings = lead.pace * assumed.effort
    if not brings:
        return text("nothing more")
    shown = _amount(context.numbers, lead.row.indicator_id, brings)
    pace = points(context, brings, plus="") if lead.how == "change" and lead.in_points else shown
    if assumed.effort == 1:
        return text("{pace} a year, as so far", pace=pace)
    return text("{pace} a year: {effort} of the pace so far", pace=pace, effort=percent(assumed.effort))


def _distance(context: Context, lead: Lead) -> str:
    assert lead.value is not None
    if lead.in_points or not lead.target.minimum:
        return points(context, lead.value - lead.target.minimum)
    limit, share, numbers = sign(lead.target) < 0, lead.value / lead.target.minimum, context.numbers
    grown = lead.how == "growth"
    shown = numbers.share(share, lead.latest, limit=limit) if grown else numbers.part(share, limit=limit)
    return context.language.text("{share} of the limit" if limit else "{share} of the target", share=shown)
