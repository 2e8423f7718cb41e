"""What targets over a period still take: expected by now, achieved, and needed in each year left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.chapters.verdicts import TARGET
from promotion_book.report.context import Context
from promotion_book.report.sources import link_sources
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.effort import Pair, Remaining, over_a_period, remaining
from promotion_book.statistics.targets import Target
from promotion_book.words.language import capitalize
from promotion_book.words.status_words import FIGURE_STATUS, REASONS

SMALL = 100  # below it an amount a year is written with a decimal
EFFORT_RAW = (
    "indicator_id",
    "scope",
    "period",
    "target_low",
    "target_high",
    "on",
    "expected_low",
    "expected_high",
    "achieved",
    "reason",
    "years_left",
    "needed_low",
    "needed_high",
    "source_ids",
)


def between(context: Context, indicator: str, pair: Pair, words: bool = True) -> str:
    """A pair as readers see it: one figure where its ends are equal, else the range."""
    row, numbers = context.known.package.row("indicators", indicator), context.numbers
    decimals = max(int(row["decimals"]), int(pair[1] < SMALL))
    if pair[0] == pair[1]:
        return numbers.amount(pair[1], row["unit"], decimals=decimals, words=words)
    return numbers.between(*pair, unit=row["unit"], decimals=decimals, words=words)


def alike(rows: pd.DataFrame) -> list[list[Any]]:
    """Judged statements that want the same of the same thing, as groups in the order of the rows."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in each(rows):
        groups.setdefault(wish(row, row.assessment.target), []).append(row)
    return list(groups.values())


def wish(row: Any, target: Target) -> tuple[Any, ...]:
    """What a statement wants: equal for statements that want the same of the same thing."""
    thing = (row.indicator_id, row.scope, row.period)
    return (*thing, target.kind, target.reading, target.minimum, target.stretch)


def statement_name(context: Context, row: Any) -> str:
    """Indicator and period of a statement, with its scope."""
    scope = context.scope(row)
    return f"{context.indicator(row.indicator_id)}{f' ({scope})' if scope else ''}, {context.period(row.period)}"


def target_words(context: Context, rows: Iterable[Any], words: bool = True) -> str:
    """What statements that are alike want, in their own words."""
    said = dict.fromkeys(context.numbers.figure(row, words=words, target=True) for row in rows)
    return context.language.text(" or ").join(said)


def effort_sentences(context: Context, judged: pd.DataFrame) -> list[str]:
    """For each target over a period that is not an earlier one: what was found, and what each statement still takes.

    Args:
        judged: `statuses.all_statuses` of the indicators.
    """
    rows = over_a_period(judged[judged["time"] != "earlier"])
    return [_sentences(context, group) for _, group in rows.groupby(TARGET, sort=False)]


def _sentences(context: Context, rows: pd.DataFrame) -> str:
    groups = [(group, remaining(group[0].assessment, context.known.until)) for group in alike(rows)]
    first, still = groups[0][0][0], groups[0][1]
    said = [
        context.language.text(
            "{name}: {found}", name=statement_name(context, first), found=_found(context, first, still=still)
        )
    ]
    return " ".join(said + [told for group, still in groups if (told := _takes(context, group, still=still))])


def _found(context: Context, row: Any, *, still: Remaining) -> str:
    text, day = context.language.text, context.day(still.on)
    left = text("Years left after {day}: {n}.", day=day, n=context.numbers.plain(still.left, 2))
    if still.achieved:
        achieved = context.numbers.of(row.indicator_id, still.achieved.value) + _standing(context, still)
        reached = text("{achieved} by {day}.", achieved=achieved, day=day)
        return f"{reached} {left}" if still.left else reached
    if not still.begun:
        return text("the period has not begun.")
    reason = text(REASONS[row.assessment.reason])
    if still.left:
        return f"{reason}. {left}"
    return text("the period is over. {reason}, so nobody can say what is missing.", reason=capitalize(reason))


def _takes(context: Context, group: list[Any], *, still: Remaining) -> str:
    text, indicator = context.language.text, group[0].indicator_id
    values = {"wanted": target_words(context, group), "steady": between(context, indicator, still.on_line, words=False)}
    if not still.begun:
        return text("For {wanted} each year takes {steady} on a straight line.", **values)
    if still.from_nothing:
        nothing = between(context, indicator, still.from_nothing, words=False)
        return text(
            "For {wanted} they take {steady} a year if the straight line was kept, {nothing} a year if nothing was done.",
            **values,
            nothing=nothing,
        )
    if still.needed:
        expected = between(context, indicator, still.expected, words=False)
        needed = between(context, indicator, still.needed, words=False)
        return text(
            "For {wanted} the straight line asked for {expected} by then, and each year left takes {needed}.",
            **values,
            expected=expected,
            needed=needed,
        )
    if not still.missing:
        return ""
    missing = between(context, indicator, still.missing, words=False)
    return text("Missing to {wanted}: {missing}.", **values, missing=missing)


def _standing(context: Context, still: Remaining) -> str:
    """The standing of what was achieved, in brackets, unless it is observed."""
    status = still.achieved.status if still.achieved else "actual"
    return "" if status == "actual" else f" ({context.language.text(FIGURE_STATUS[status])})"


def effort_table(context: Context, judged: pd.DataFrame, *, name: str = "effort") -> Table:
    """All targets over a period, conflicting ones side by side: expected, achieved, and needed in each year left."""
    text = context.language.text
    columns = (
        Column("target", text("Indicator and period")),
        Column("wanted", text("Target"), number=True),
        Column("expected", text("Asked for on a straight line"), number=True),
        Column("so_far", text("Achieved, as far as known")),
        Column("needed", text("Needed in each year left")),
        Column("source", text("Source of the target")),
    )
    rows = [_row(context, group) for group in alike(over_a_period(judged))]
    note = text("Statements that want the same share a line. Others stand side by side; none is chosen.")
    return Table(name, text("What is still needed"), columns=columns, frame=as_frame(rows), note=note, raw=EFFORT_RAW)


def _row(context: Context, group: list[Any]) -> dict[str, Any]:
    row = group[0]
    still, indicator = remaining(row.assessment, context.known.until), row.indicator_id
    raw = _raw_effort(row, still, source_ids=[said.source_id for said in group])
    day = context.language.text("by {day}", day=context.day(still.on))
    return {
        **raw,
        "target": statement_name(context, row),
        "wanted": target_words(context, group, words=False),
        "expected": f"{between(context, indicator, still.expected, words=False)} {day}" if still.begun else None,
        "so_far": _so_far(context, row, still=still),
        "needed": _needed(context, indicator, still=still),
        "source": link_sources(context.sources(raw["source_ids"].split(";"))),
    }


def _so_far(context: Context, row: Any, *, still: Remaining) -> str:
    if still.achieved:
        return context.numbers.of(row.indicator_id, still.achieved.value, words=False) + _standing(context, still)
    text = context.language.text
    return text(REASONS[row.assessment.reason]) if still.begun else text("its period has not begun")


def _needed(context: Context, indicator: str, *, still: Remaining) -> str:
    text = context.language.text
    if not still.left:
        if still.missing is None:
            return text("the period is over")
        missing = between(context, indicator, still.missing, words=False)
        return text("the period is over; missing: {missing}", missing=missing)
    steady = between(context, indicator, still.needed or still.on_line, words=False)
    if still.needed or not still.begun or still.from_nothing is None:
        return steady
    nothing = between(context, indicator, still.from_nothing, words=False)
    return text("{steady} if the line was kept; {nothing} if nothing was done", steady=steady, nothing=nothing)


def _raw_effort(row: Any, still: Remaining, *, source_ids: Iterable[str]) -> dict[str, Any]:
    target = row.assessment.target
    needed = still.needed or (None, None)
    return {
        "indicator_id": row.indicator_id,
        "scope": row.scope,
        "period": row.period,
        "target_low": target.minimum,
        "target_high": target.stretch or target.minimum,
        "on": still.on.isoformat(),
        "expected_low": still.expected[0],
        "expected_high": still.expected[1],
        "achieved": still.achieved.value if still.achieved else None,
        "reason": row.assessment.reason,
        "years_left": still.left,
        "needed_low": needed[0],
        "needed_high": needed[1],
        "source_ids": ";".join(dict.fromkeys(source_ids)),
    }
