"""Verdicts in sentences: what the figures say about targets, and where sources differ."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.display.context import Context
from promotion_book.display.language import Language
from promotion_book.display.numbers import DASH
from promotion_book.display.words import REASONS, SIGNS, STATUS
from promotion_book.facts import conflicts
from promotion_book.facts.rows import each
from promotion_book.statistics.assessment import STATUSES, Assessment


def status_label(assessment: Assessment, language: Language) -> str:
    """Sign and word of a status: the sign alone says it in black and white."""
    return f"{SIGNS[assessment.status]} {language.text(STATUS[assessment.status])}"


def status_sentences(context: Context, statuses: pd.DataFrame) -> list[str]:
    """A sentence for each target with a figure, and one that names the targets without any."""
    groups = [group for _, group in statuses.groupby(["indicator_id", "scope", "period"], sort=False)]
    told = [_sentence(context, group) for group in groups if group.iloc[0]["assessment"].latest is not None]
    silent = [group.iloc[0] for group in groups if group.iloc[0]["assessment"].latest is None]
    if not groups:
        return [context.language.text("No target of these programmes was known for the period.")]
    return told + ([_silence(context, silent)] if silent else [])


def headline(context: Context, statuses: pd.DataFrame) -> list[str]:
    """The edition in a few sentences: how many statements have which verdict, and which cannot be judged."""
    text, counts = context.language.text, statuses["status"].value_counts()
    if statuses.empty:
        return [text("No target was known for this period on the cut-off day.")]
    said = "; ".join(f"{text(STATUS[s])}: {counts[s]}" for s in STATUSES if counts.get(s, 0))
    first = text("{all} target statements apply to the period. {said}.", all=len(statuses), said=said.capitalize())
    silent = sum(a.reason == "no_figure" for a in statuses["assessment"])
    second = text("For {n} of them no figure at all was public by {day}.", n=silent, day=context.day(context.known.on))
    depends = statuses.loc[~statuses["robust"].astype(bool), "indicator_id"].unique()
    third = text(
        "For {names} the verdict depends on which source is believed.",
        names=context.language.listed([context.indicator(i) for i in depends]),
    )
    return [first, *([second] if silent else []), *([third] if len(depends) else [])]


def disagreements(context: Context, statements: pd.DataFrame) -> list[str]:
    """The targets for which sources want different figures, and those that differ in scope."""
    said = []
    for _, group in statements.groupby(["indicator_id", "period"], sort=False):
        indicator, period = group["indicator_id"].iloc[0], group["period"].iloc[0]
        wanted = list(
            dict.fromkeys(context.numbers.figure(row, target=True) + _scoped(context, row) for row in each(group))
        )
        if len({conflicts.figure(row) for row in each(group)}) > 1:
            scopes = group["scope"].nunique() > 1
            template = (
                "{name}, {period}: {wanted}. The scope differs."
                if scopes
                else "{name}, {period}: sources want {wanted}."
            )
            name = context.indicator(indicator)
            said.append(
                context.language.text(
                    template, name=name, period=context.period(period), wanted=_alternatives(context, wanted)
                )
            )
    return said


def _scoped(context: Context, row: Any) -> str:
    return f" ({context.language.text(row.scope)})" if row.scope else ""


def _silence(context: Context, rows: list[Any]) -> str:
    names = list(dict.fromkeys(f"{context.indicator(r['indicator_id'])} ({context.period(r['period'])})" for r in rows))
    return context.language.text("Targets for which no figure is published: {names}.", names="; ".join(names))


def _sentence(context: Context, group: pd.DataFrame) -> str:
    row, text = group.iloc[0], context.language.text
    wanted = list(dict.fromkeys(context.numbers.figure(r, target=True) for r in each(group)))
    values = {
        "name": context.indicator(row["indicator_id"]),
        "scope": f" ({text(row['scope'])})" if row["scope"] else "",
        "period": context.period(row["period"]),
        "wanted": _alternatives(context, wanted),
        "verdict": _verdict(context, group),
    }
    return text("{name}{scope}, {period} (wanted: {wanted}): {verdict}", **values)


def _alternatives(context: Context, wanted: list[str]) -> str:
    return context.language.text(" or ").join(wanted)


def _verdict(context: Context, group: pd.DataFrame) -> str:
    text = context.language.text
    if not group["robust"].all():
        verdicts = [
            f"{status_label(r.assessment, context.language)} ({context.numbers.figure(r, target=True)})"
            for r in each(group)
        ]
        return text("The verdict depends on the statement: {verdicts}.", verdicts="; ".join(dict.fromkeys(verdicts)))
    row = group.iloc[0]
    label = status_label(row["assessment"], context.language)
    return " ".join([f"{label}.", *explanation(context, row["indicator_id"], row["assessment"])])


def explanation(context: Context, indicator: str, found: Assessment) -> list[str]:
    """What stands behind a verdict: latest figure, excess or gap, pace, outlook, reason."""
    text, of = context.language.text, context.numbers.of
    parts = []
    if found.latest is not None:
        values = {"value": of(indicator, found.latest.value), "when": latest_when(context, found)}
        parts.append(text("{value} in {when}.", **values))
    if found.status == "not_assessable":
        parts.append(text("{reason}.", reason=text(REASONS[found.reason]).capitalize()))
    if found.stretch_met is not None and found.status == "met":
        parts.append(text("The high end is met too.") if found.stretch_met else text("The high end is not met."))
    if found.status == "met" and found.met_in and found.met_in < found.target.end.year:
        parts.append(text("Reached in {year}.", year=found.met_in))
    if found.pace is not None and found.status != "met":
        parts.append(text("Pace {ratio} of the pace required.", ratio=percent(context, found.pace)))
    if found.needed and found.status not in ("met", "missed"):
        parts.append(_needed(context, indicator, found))
    return parts


def _needed(context: Context, indicator: str, found: Assessment) -> str:
    assert found.needed is not None
    amount = percent(context, found.needed, 1) if found.needed_is_rate else context.numbers.of(indicator, found.needed)
    return context.language.text("Needed from here: {amount} a year.", amount=amount)


def latest_when(context: Context, found: Assessment) -> str:
    """The time of the latest figure behind a verdict: 2024, 2021–2024, January–September 2025."""
    assert found.latest is not None
    first, last = found.latest.start, found.latest.end
    stock = found.target.indicator_kind in ("level", "cumulative", "share")
    if not stock and (first.month, last.month) == (1, last.month) and last.month < 12:
        return context.period(f"{last.year}-{last.month}M")
    return str(last.year) if stock or first.year == last.year else f"{first.year}{DASH}{last.year}"


def percent(context: Context, share: float, decimals: int = 0) -> str:
    """A fraction as per cent: 0.945 is 94%."""
    return context.numbers.plain(100 * share, decimals) + "%"


def rate_sentences(context: Context, whole: str, part: str) -> list[str]:
    """The share of a part in a whole for each period with both counts, plans left out."""
    wholes, shares = context.known.figures(whole), context.known.figures(part)
    pairs = wholes.merge(shares, on=["period", "area", "scope", "status"]).query("status != 'plan'")
    return [
        context.language.text(
            "{period}: {part} of {whole}, {share}.",
            period=context.period(row.period),
            part=context.numbers.of(part, row.value_y),
            whole=context.numbers.of(whole, row.value_x),
            share=percent(context, row.value_y / row.value_x, 1),
        )
        for row in each(pairs)
    ]
