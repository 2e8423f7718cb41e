"""Verdicts in sentences: what the figures say about targets, and where sources differ."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts import conflicts
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.statistics.assessment import Assessment
from promotion_book.statistics.statuses import CLASSES, Reading, by_target
from promotion_book.words.language import Language, capitalize
from promotion_book.words.numbers import DASH
from promotion_book.words.status_words import FIGURE_STATUS, REASONS, SIGNS, STATUS

TARGET = ["indicator_id", "scope", "period"]


def status_label(assessment: Assessment, language: Language) -> str:
    """Sign and word of a status: the sign alone says it in black and white."""
    return f"{SIGNS[assessment.status]} {language.text(STATUS[assessment.status])}"


def status_sentences(context: Context, statuses: pd.DataFrame) -> list[str]:
    """A sentence for each target with a figure, one that names the targets without any, and one each
    for those of later and of earlier periods."""
    times = statuses["time"] if "time" in statuses else pd.Series("now", index=statuses.index)
    groups = [group for _, group in statuses[times == "now"].groupby(TARGET, sort=False)]
    told = [_sentence(context, group) for group in groups if group.iloc[0]["assessment"].latest is not None]
    silent = [group.iloc[0] for group in groups if group.iloc[0]["assessment"].latest is None]
    if not groups:
        told = [context.language.text("No target of these programmes that applies to the period was found.")]
    told += _twins(context, statuses[times == "now"])
    others = [*_announced(context, statuses[times == "later"]), *_over(context, statuses[times == "earlier"])]
    return told + ([_silence(context, silent)] if silent else []) + others


def _announced(context: Context, statuses: pd.DataFrame) -> list[str]:
    """One sentence that names the targets whose way has not begun."""
    rows = [group.iloc[0] for _, group in statuses.groupby(TARGET, sort=False)]
    text = context.language.text
    return [text("Announced for later: {names}.", names=_named(context, rows))] if rows else []


def _over(context: Context, statuses: pd.DataFrame) -> list[str]:
    """One sentence on what came of the targets whose period was over before."""
    if statuses.empty:
        return []
    text, counts = context.language.text, by_target(statuses)["status"].value_counts()
    said = "; ".join(f"{text(STATUS[s])} ({counts[s]})" for s in CLASSES if counts.get(s, 0))
    return [text("Targets of earlier periods: {said}.", said=said)]


def _twins(context: Context, statuses: pd.DataFrame) -> list[str]:
    """A sentence for each target that is stated in more than one way, such as a total and the addition to it."""
    said = []
    for _, group in statuses.groupby("target", sort=False):
        ways = [row for _, row in group.drop_duplicates(TARGET).iterrows()]
        if len(ways) > 1:
            template = "One target in two wordings, counted once: {names}."
            said.append(context.language.text(template, names=_named(context, ways)))
    return said


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
                else "{name}, {period}: the targets given are {wanted}."
            )
            name = context.indicator(indicator)
            said.append(
                context.language.text(
                    template, name=name, period=context.period(period), wanted=_alternatives(context, wanted)
                )
            )
    return said


def _scoped(context: Context, row: Any) -> str:
    return f" ({context.scope_name(row.scope)})" if row.scope else ""


def _silence(context: Context, rows: list[Any]) -> str:
    return context.language.text(
        "Targets for which no published figure that fits was found: {names}.", names=_named(context, rows)
    )


def _named(context: Context, rows: list[Any]) -> str:
    """The targets that the rows state: indicator, scope and period, as the tables name them."""
    return "; ".join(
        dict.fromkeys(
            target_name(context, row["indicator_id"], scope=row["scope"], period=row["period"]) for row in rows
        )
    )


def target_name(context: Context, indicator: str, *, scope: str, period: str) -> str:
    """A target by its indicator, its scope if it has one, and its period."""
    said = f", {context.scope_name(scope)}" if scope else ""
    return f"{context.indicator(indicator)}{said} ({context.period(period)})"


def _sentence(context: Context, group: pd.DataFrame) -> str:
    row, text = group.iloc[0], context.language.text
    wanted = list(dict.fromkeys(context.numbers.figure(r, target=True) for r in each(group)))
    values = {
        "name": context.indicator(row["indicator_id"]),
        "scope": _scoped(context, row),
        "period": context.period(row["period"]),
        "wanted": _alternatives(context, wanted),
        "verdict": _verdict(context, group),
    }
    return text("{name}{scope}. Target for {period}: {wanted}. {verdict}", **values)


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
    if row["readings"]:
        return " ".join([f"{label}.", read_sentence(context, row["readings"])])
    return " ".join(
        [f"{label}.", *explanation(context, row["indicator_id"], found=row["assessment"], newer=row["newer"])]
    )


def read_sentence(context: Context, readings: Sequence[Reading]) -> str:
    """What each reading of a target says: what is counted, the verdict, and what stands behind it."""
    said = [context.language.text("The sources do not say what is counted.")]
    for reading in readings:
        counts, found = context.in_language(reading.row, "counts"), reading.assessment
        verdict = context.language.text(
            "Read as {counts}: {status}.", counts=counts, status=status_label(found, context.language)
        )
        said += [verdict, *explanation(context, reading.row.indicator_id, found=found)]
    return " ".join(said)


def explanation(context: Context, indicator: str, *, found: Assessment, newer: Any = None) -> list[str]:
    """What stands behind a verdict: latest figure, excess or gap, pace, outlook, reason.

    `newer` is a row of the observations that ends after the latest figure and cannot be set against the target.
    """
    text = context.language.text
    parts = [_latest(context, indicator, found=found, newer=newer)] if found.latest is not None else []
    if why(context, found):
        parts.append(text("{reason}.", reason=capitalize(why(context, found))))
    if found.difference is not None:
        parts.append(text("Difference: {points}.", points=points(context, found.difference)))
    parts += _reached(context, found) if found.status == "met" else []
    if found.pace is not None and found.status != "met":
        parts.append(text("Pace {ratio} of the pace required.", ratio=context.numbers.percent(found.pace)))
    if found.needed and found.status not in ("met", "missed"):
        parts.append(_needed(context, indicator, found=found))
    return parts


def _latest(context: Context, indicator: str, *, found: Assessment, newer: Any) -> str:
    assert found.latest is not None
    value, when = context.numbers.of(indicator, found.latest.value), when_and_standing(context, found)
    if found.latest.status == "estimate" and _before_the_end(context, found):
        when = context.language.text("{when}, printed before the period closed", when=when)
    if newer is None:
        return context.language.text("Latest figure: {value} ({when}).", value=value, when=when)
    template = "Latest figure that fits: {value} ({when}); newer, but of another span or scope: {newer}."
    return context.language.text(template, value=value, when=when, newer=newer_words(context, newer))


def newer_words(context: Context, row: Any) -> str:
    """A newer figure that cannot be set against a target, with its time, scope and standing."""
    standing = "" if row.status == "actual" else context.language.text(FIGURE_STATUS[row.status])
    about = [context.period(row.period), *([context.scope_name(row.scope)] if row.scope else []), standing]
    return f"{context.numbers.figure(row)} ({', '.join(part for part in about if part)})"


def _reached(context: Context, found: Assessment) -> list[str]:
    """Since when a target is met, and whether and since when the high end of its range is met too."""
    text, high, year = context.language.text, found.stretch_met_in, found.met_in
    since = year and (year < found.target.end.year or found.target.indicator_kind == "cumulative")
    if since and found.stretch_met and high == year:
        return [text("Both ends were reached in {year}.", year=year)]
    if since and found.stretch_met and high:
        return [text("The low end was reached in {year}, the high end in {high}.", year=year, high=high)]
    parts = [text("Reached in {year}.", year=year)] if since else []
    if found.stretch_met is None:
        return parts
    return [*parts, text("The high end is met too.") if found.stretch_met else text("The high end is not met.")]


def why(context: Context, found: Assessment) -> str:
    """Why there is no verdict yet, or at all; empty for a verdict."""
    text = context.language.text
    if found.status == "not_started" and found.base:
        return text("progress is measured from {year} on", year=found.base.year)
    if found.status == "not_started":
        return text("its period begins in {year}", year=found.target.start.year)
    return text(REASONS[found.reason]) if found.reason else ""


def _needed(context: Context, indicator: str, *, found: Assessment) -> str:
    assert found.needed is not None
    if found.needed_is_rate:
        amount = context.numbers.percent(found.needed, 1)
    elif context.known.package.row("indicators", indicator)["unit"] == "percent":
        amount = points(context, found.needed)
    else:
        amount = context.numbers.of(indicator, found.needed)
    return context.language.text("Needed from here: {amount} a year.", amount=amount)


def latest_when(context: Context, found: Assessment) -> str:
    """The time of the latest figure behind a verdict: 2024, 2021–2024, January–September 2025."""
    assert found.latest is not None
    return figure_time(context, found.latest.start, found.latest.end, kind=found.target.indicator_kind)


def figure_time(context: Context, first: date, last: date, *, kind: str) -> str:
    """The time of a figure of an indicator of some kind: what stands at a time has the year of its last day."""
    stock = kind in ("level", "cumulative")
    if not stock and (first.month, last.month) == (1, last.month) and last.month < 12:
        return context.period(f"{last.year}-{last.month}M")
    return str(last.year) if stock or first.year == last.year else f"{first.year}{DASH}{last.year}"


def when_and_standing(context: Context, found: Assessment) -> str:
    """The time of the latest figure, and its standing unless it is observed: 2024, estimate."""
    assert found.latest is not None
    text, status = context.language.text, found.latest.status
    standing = "" if status == "actual" else f", {text(FIGURE_STATUS[status])}"
    return latest_when(context, found) + standing


def _before_the_end(context: Context, found: Assessment) -> bool:
    """Whether a source of the latest figure was published before the figure's last day."""
    assert found.latest is not None
    days = [context.known.package.row("sources", name)["published_on"].date() for name in found.latest.sources]
    return any(day < found.latest.end for day in days)


def points(context: Context, difference: float, *, plus: str = "+") -> str:
    """A difference in percentage points, with its sign."""
    shown = (plus if round(difference, 2) > 0 else "") + context.numbers.plain(difference, 2)
    one = abs(round(difference, 2)) == 1
    return context.language.text("{n} percentage point" if one else "{n} percentage points", n=shown)
