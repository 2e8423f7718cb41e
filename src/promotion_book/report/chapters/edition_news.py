"""What changed since the edition before as tables, and how far first figures were changed later."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pandas as pd

from promotion_book.facts.difference import AMOUNTS, FIGURES, STATUSES, WAS, Changes, State, middle
from promotion_book.facts.rows import each
from promotion_book.report.chapters.verdicts import points, status_label
from promotion_book.report.context import Context
from promotion_book.report.sources import link_sources
from promotion_book.report.tables import Column, Table
from promotion_book.words.markup import Html
from promotion_book.words.status_words import CHANGES


def revised_table(context: Context, found: Changes) -> Table:
    """Figures that are others than they were, the largest change first."""
    text, rows = context.language.text, found.revised.rename(columns={"kind": "revision"})
    was = [_told(context, one, WAS) for one in each(rows)]
    columns = (
        Column("figure", text("Indicator and period"), of=lambda one: _named(context, one)),
        Column("was", text("Was")),
        Column("now", text("Is"), of=lambda one: _told(context, one)),
        Column("size_shown", text("Change"), number=True, of=lambda one: _change(context, one.size)),
        Column("sources", text("Sources, before and now"), of=lambda one: _sources(context, one)),
        Column("kind", text("Kind"), of=lambda one: text(CHANGES[one.revision])),
    )
    return Table(
        "revised",
        text("Figures that were revised"),
        columns=columns,
        frame=rows.assign(was=was, value_was=middle(rows, WAS), value_now=middle(rows)),
        raw=("figure", "unit", "value_was", "value_now", "size", "revision", "sources"),
        empty=text("No figure was revised."),
    )


def moved_table(context: Context, found: Changes) -> Table:
    """Statements of targets whose status is another one."""
    text, rows = context.language.text, found.moved.rename(columns={"status": "status_now"})
    columns = (
        Column("target", text("Target"), of=lambda one: _target(context, one)),
        Column("was", text("Was"), of=lambda one: status_label(context, one.status_was)),
        Column("now", text("Is"), of=lambda one: status_label(context, one.status_now)),
        Column("source", text("Source of the target"), of=lambda one: context.source(one.source_id).link),
    )
    caption, empty = text("Statements of targets whose status moved"), text("No status moved.")
    raw = ("target", "status_was", "status_now", "source")
    note = text(
        "A row is a target as one source states it; where sources state one target differently, each has a row."
    )
    return Table("moved", caption, columns=columns, frame=rows, raw=raw, empty=empty, note=note if len(rows) else "")


def record_table(context: Context, records: pd.DataFrame) -> Table:
    """The revision statistics of indicators with a figure that changed: rows of `statistics.revision_records`."""
    text, numbers = context.language.text, context.numbers

    def size(row: Any, size: float, *, plus: str = "") -> str:
        """The size of a revision, empty without one: of a share or a rate in percentage points, else in the unit of the figure."""
        if math.isnan(size):
            return ""
        if context.unit(row.indicator_id)["dimension"] == "percent":
            return points(context, size, plus=plus)
        return numbers.of(row.indicator_id, size)

    columns = (
        Column("name", text("Indicator"), of=lambda row: context.indicator(row.indicator_id)),
        Column("pairs", text("Figures"), number=True),
        Column("changed", text("Changed"), number=True),
        Column("shown_mean", text("Mean revision"), number=True, of=lambda row: size(row, row.mean, plus="+")),
        Column(
            "shown_mean_absolute",
            text("Mean size of a revision"),
            number=True,
            of=lambda row: size(row, row.mean_absolute),
        ),
        Column("relative", text("Mean size, in % of the figures"), lambda share: _small(context, share), number=True),
        Column("share_up", text("Now higher, of all figures"), numbers.percent, number=True),
    )
    frame = records[records["changed"] > 0].rename(columns={"relative_absolute": "relative"})
    empty = text("No figure changed between editions.")
    raw = ("name", "pairs", "changed", "mean", "mean_absolute", "relative", "share_up")
    caption = text("Figures changed between editions, by indicator")
    return Table("revisions", caption, columns=columns, frame=frame, raw=raw, empty=empty)


def _small(context: Context, share: float) -> str:
    """A share as per cent with one decimal; one that is not nil is not told as nil."""
    least = 0.001
    if 0 < share < least:
        return context.language.text("below {n}", n=context.numbers.percent(least, 1))
    return context.numbers.percent(share, 1)


def state_tables(context: Context, state: State) -> tuple[Table, Table]:
    """The state of this edition as files, with which another edition can be compared; they are the same in each language
    but for the words of the figures."""
    text, rows = context.language.text, each(state.figures)
    words = {
        "name": [_named(context, row) for row in rows],
        "told": [_told(context, row) for row in rows],
        "source": [context.source(row.source_id).label if row.source_id else "" for row in rows],
    }
    figures, statuses = state.figures.assign(**words), text("The statuses of all targets of this edition")
    return (
        Table("figures", text("All leading figures of this edition"), frame=figures, raw=tuple(FIGURES)),
        Table("statuses", statuses, frame=state.statuses, raw=tuple(STATUSES)),
    )


def _named(context: Context, entry: Any) -> str:
    """What a figure is of, in words."""
    narrowed = context.scope(entry)
    parts = [context.period(entry.period), *([narrowed] if narrowed else [])]
    parts += [context.language.text("plan")] if entry.plan else []
    return f"{context.indicator(entry.indicator_id)} ({'; '.join(parts)})"


def _target(context: Context, entry: Any) -> str:
    name, period = context.indicator(entry.indicator_id), context.period(entry.period)
    return context.language.text("{name} ({period})", name=name, period=period)


def _sources(context: Context, entry: Any) -> Html:
    """Where a figure was from, and where it is from now."""
    return link_sources(context.sources([entry.source_id_was, entry.source_id]), "<br>\n")


def _told(context: Context, entry: Any, end: str = "") -> str:
    """What a figure says; with an end what it said."""
    amounts = {name: getattr(entry, f"{name}{end}") for name in AMOUNTS}
    return context.numbers.figure(SimpleNamespace(**amounts), indicator=entry.indicator_id)


def _change(context: Context, size: float) -> str | None:
    if math.isnan(size) or math.isinf(size):
        return None
    return ("+" if size > 0 else "") + context.numbers.percent(size, 1)
