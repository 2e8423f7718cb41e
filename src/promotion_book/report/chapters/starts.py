"""The figures that a path to a target may start from, and what each level of the target takes a year from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.outlook import Aim, Start, aim, of_other_scope, starts


def starts_table(context: Context, indicator: str) -> Table | None:
    """For each figure that may be the right start: what each level of the target takes a year, in percentage points.

    None without a target or any figure before it; without rows where all of these are of another scope.
    """
    aimed = aim(context.known, indicator)
    if aimed is None:
        return None
    found, apart = starts(context.known, indicator, aimed), _apart(context, indicator, aimed=aimed)
    if not found and not apart:
        return None
    text, name = context.language.text, context.indicator(indicator)
    caption = text(
        "{name}: percentage points a year that {year} took from each start"
        if aimed.over(context.known.until)
        else "{name}: percentage points a year that {year} takes from each start",
        name=name,
        year=aimed.year,
    )
    columns, keys = _columns(context, indicator, aimed=aimed), [_key(level) for level in aimed.levels]
    note = " ".join([_note(context, indicator, found=found, aimed=aimed), *apart]) if found else ""
    empty = " ".join([text("{name}: no figure is known to start from.", name=name), *apart])
    rows, raw = [_row(context, start, keys=keys) for start in found], ("start", "year", *keys, "source_id")
    sources = context.sources([*(start.source_id for start in found), *aimed.sources])
    return Table(
        f"{indicator}_starts",
        caption,
        columns=columns,
        frame=as_frame(rows),
        note=note,
        raw=raw,
        sources=sources,
        empty=empty,
    )


def _key(level: float) -> str:
    return f"to_{level:g}"


def _columns(context: Context, indicator: str, *, aimed: Aim) -> tuple[Column, ...]:
    text, of, plain = context.language.text, context.numbers.of, context.numbers.plain
    return (
        Column("start", text("Start"), lambda v: of(indicator, v)),
        Column("year", text("Year"), str),
        *(
            Column(
                _key(level), text("A year to {level}", level=of(indicator, level)), lambda v: plain(v, 2), number=True
            )
            for level in aimed.levels
        ),
        Column("source", text("Source")),
    )


def _row(context: Context, start: Start, *, keys: Sequence[str]) -> dict[str, Any]:
    return {
        "start": start.value,
        "year": start.year,
        **{key: round(needed, 4) for key, needed in zip(keys, start.needed, strict=True)},
        "source": context.source(start.source_id).link,
        "source_id": start.source_id,
    }


def _apart(context: Context, indicator: str, *, aimed: Aim) -> list[str]:
    """The figures that are no starts because they are of another scope, in one sentence; none without any."""
    rows = each(of_other_scope(context.known, indicator, aimed=aimed))
    if not rows:
        return []
    text = context.language.text
    said = [
        text(
            "{value} ({period}, {scope})",
            value=context.numbers.figure(row),
            period=context.period(row.period),
            scope=context.scope_name(row.scope),
        )
        for row in rows
    ]
    template = "Figures of another scope are not compared with the target: {figures}."
    return [text(template, figures=context.language.join_list(said))]


def _note(context: Context, indicator: str, *, found: Sequence[Start], aimed: Aim) -> str:
    low, high = min(found, key=lambda s: s.needed[-1]), max(found, key=lambda s: s.needed[-1])
    of, plain = context.numbers.of, context.numbers.plain
    values = {
        "level": of(indicator, aimed.levels[-1]),
        "year": aimed.year,
        "least": plain(low.needed[-1], 2),
        "first": of(indicator, low.value),
        "then": low.year,
    }
    over = aimed.over(context.known.until)
    if low == high:
        return context.language.text(
            "{level} in {year} took {least} percentage points a year from {first} in {then}."
            if over
            else "{level} in {year} takes {least} percentage points a year from {first} in {then}.",
            **values,
        )
    return context.language.text(
        "{level} in {year} took {least} to {most} percentage points a year: the least from {first} in {then}, the most from "
        "{last} in {now}. Which start is right is not known."
        if over
        else "{level} in {year} takes {least} to {most} percentage points a year: the least from {first} in {then}, the most "
        "from {last} in {now}. Which start is right is not known.",
        **values,
        most=plain(high.needed[-1], 2),
        last=of(indicator, high.value),
        now=high.year,
    )
