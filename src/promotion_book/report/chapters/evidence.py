"""What the figures rest on: sources, conflicts between them, and corrections of their slips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from operator import attrgetter
from typing import Any

import pandas as pd

from promotion_book.facts import conflicts
from promotion_book.facts.corrections import KEYS
from promotion_book.facts.rows import each, group_rows, is_target
from promotion_book.report.context import Context
from promotion_book.report.sources import add_source
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.words.markup import Html, fill, join, link_web
from promotion_book.words.status_words import NATURES, SOURCE_TYPES

ENDS = ("value", "low", "high")


def conflicts_table(context: Context, indicators: Iterable[str] | None = None, *, name: str = "conflicts") -> Table:
    """Every conflict, or those of some indicators: the figures in the order of the recorded rule, and the likely reason."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Period"), context.period_title),
        Column("figures", text("Figures by rank of source")),
        Column("nature", text("Kind"), lambda n: text(NATURES[n])),
        Column("note", text("Likely reason"), wide=True),
    )
    wanted = context.known.indicators.index if indicators is None else [*indicators]
    named = [(conflicts.lead(group), group) for group in context.known.conflicts]
    cells = [
        (row.indicator_id, row.area, row.period, _listed(context, group))
        for row, group in named
        if row.indicator_id in wanted
    ]
    notes = context.known.package["conflict_notes"].rename(columns={f"note_{context.language.code}": "note"})
    found = pd.DataFrame(cells, columns=[*conflicts.NOTED, "figures"], dtype=object)
    frame, raw = found.merge(notes, how="left", on=conflicts.NOTED), ("indicator_id", "period", "nature", "note")
    return Table(name, text("Sources that disagree"), columns=columns, frame=frame, raw=raw)


def undecided_table(context: Context) -> Table:
    """The conflicts of which no source says how they come about."""
    found = conflicts_table(context, name="undecided")
    columns = tuple(column for column in found.columns if column.key != "nature")
    rows = found.frame[found.frame["nature"] == "unresolved"]
    return replace(
        found, caption=context.language.text("Cases that the sources leave undecided"), columns=columns, frame=rows
    )


def scopes_table(context: Context) -> Table:
    """Figures that look like a conflict but measure different things."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Period"), context.period_title),
        Column("figures", text("Figures with their scope")),
    )
    groups = conflicts.other_scopes(context.known.observations) + conflicts.other_scopes(context.known.targets)
    rows = [{**group.iloc[0][["indicator_id", "period"]], "figures": _listed(context, group)} for group in groups]
    raw = ("indicator_id", "period")
    return Table(
        "other_scopes", text("Different scope, so not compared"), columns=columns, frame=as_frame(rows), raw=raw
    )


def _listed(context: Context, group: pd.DataFrame) -> Html:
    """The figures of a group in HTML, one a line: indicator and period where they differ, figure, scope, source, day."""
    items, (parts, falls) = [], group[["indicator_id", "period"]].nunique() > 1
    for row, areas in _with_sums(conflicts.in_order(group)):
        figure = context.numbers.figure(row, target=is_target(row))
        what = f"{context.indicator(row.indicator_id)}: " if parts else ""
        within = context.scope(row) if areas == 1 else context.language.text("{n} {n:area|areas} together", n=areas)
        scope = f" ({within})" if within else ""
        when = f", {context.period(row.period)}" if falls else ""
        source = join("; ", [context.source(row.source_id).link, _public(context, row)])
        items.append(add_source(f"{what}{figure}{scope}{when}", source))
    return join("<br>\n", items)


def _with_sums(group: pd.DataFrame) -> Iterator[tuple[Any, int]]:
    """The rows of a group, each with 1; of the areas within that of the first row their sum by a source, with their number."""
    whole = group["area"].iloc[0]
    within = attrgetter("source_id", "indicator_id", "scope", "period")
    for rows in group_rows(group, lambda row: row.Index if row.area == whole else within(row)).values():
        yield rows[0]._replace(**{name: sum(getattr(row, name) for row in rows) for name in ENDS}), len(rows)


def _public(context: Context, row: Any) -> str:
    """When a figure became public: the day, or as precisely as the date of its source is known."""
    source = context.known.package.row("sources", row.source_id)
    if row.known == source["published_on"]:
        return _published(context, row.known, precision=source["precision"])
    return _since(context, row.known, kind=source["type"])


def corrections_table(context: Context) -> Table:
    """What sources printed and what is used instead, one line a row of the tables that is known."""
    text, package = context.language.text, context.known.package
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("printed", text("Printed")),
        Column("used", text("Used")),
        Column("reason", text("Why"), wide=True),
    )
    entries = package["corrections"].groupby(["table", "row_id"], sort=False)
    rows = [_correction(context, str(table), row_id=str(row_id), entries=group) for (table, row_id), group in entries]
    known = [row for row in rows if row["known"].date() <= context.known.on]
    raw = ("indicator_id", "as_printed", "used", "reason", "source_id")
    caption = text("What sources printed and what is used instead")
    return Table("corrections", caption, columns=columns, frame=as_frame(known), raw=raw)


def _correction(context: Context, table: str, *, row_id: str, entries: pd.DataFrame) -> dict[str, Any]:
    """One mended row: the whole figure before and after; of a mended note the reason tells what it says now."""
    package, key = context.known.package, KEYS[table]
    before = each(package.printed[table].query(f"{key} == @row_id"))[0]
    after = next(iter(each(package[table].query(f"{key} == @row_id"))), None)
    text, printed = context.language.text, _written(context, before)
    used = _written(context, after) if after else text("not used")
    published = package.row("sources", before.source_id)["published_on"]
    return {
        "indicator_id": before.indicator_id,
        "printed": add_source(printed, context.source(before.source_id).link),
        "as_printed": printed,
        "used": text("the same figure") if used == printed else used,
        "reason": "; ".join(dict.fromkeys(entries[f"reason_{context.language.code}"])),
        "source_id": before.source_id,
        "known": published if pd.isna(before.known_on) else before.known_on,
    }


def _written(context: Context, row: Any) -> str:
    """A row's figure in the unit that the row names, with its period."""
    indicator = context.known.package.row("indicators", row.indicator_id)
    if row.unit == indicator["unit"]:
        figure = context.numbers.figure(row)
    else:
        figure = context.numbers.amount(row.value, row.unit, decimals=int(indicator["decimals"]))
    return f"{figure}, {context.period(row.period)}"


def sources_table(context: Context) -> Table:
    """Every source that is used, with an anchor to which figures link."""
    text = context.language.text
    rows = context.known.sources
    rows = rows[rows["used"]].sort_values(["published_on", "source_id"], ascending=[False, True], kind="stable")
    columns = (
        Column("title", text("Title"), wide=True, of=_titled),
        Column("label", text("Cited as"), of=lambda row: context.source(row.source_id).label),
        Column("type", text("Type"), lambda t: text(SOURCE_TYPES[t])),
        Column("published", text("Published"), of=lambda row: _dated(context, row)),
        Column("figures", text("Figures and statements of targets"), str, number=True),
    )
    frame = rows.rename(columns={f"note_{context.language.code}": "note"})
    raw = ("source_id", "label", "publisher", "type", "published_on", "precision", "address", "figures", "note")
    return Table("sources", text("Sources of this edition"), columns=columns, frame=frame, raw=raw)


def _titled(row: Any) -> Html:
    named = fill('<span id="{name}">{title}</span>', name=row.source_id, title=link_web(row.address, row.title))
    return add_source(named, row.note) if row.note else named


def _dated(context: Context, row: Any) -> str:
    """The day of publication as precise as it is known; a later copy says since when its figures are public."""
    text, published = context.language.text, _published(context, row.published_on, precision=row.precision)
    if row.published_on.date() <= context.known.on:
        return published
    figures = pd.concat([context.known.observations, context.known.targets])
    since = figures.loc[figures["source_id"] == row.source_id, "known"].min()
    day = _since(context, since, kind=row.type)
    return text("{published} (a later copy; public since {day})", published=published, day=day)


def _since(context: Context, day: pd.Timestamp, *, kind: str) -> str:
    """Since when a figure is public that an older source had; of what a later copy holds the day is assumed."""
    return _about(context, day) if kind == "statistics_copy" else context.day(day)


def _about(context: Context, day: pd.Timestamp) -> str:
    return context.language.text("about {month}", month=context.language.month(day))


def _published(context: Context, day: pd.Timestamp, *, precision: str) -> str:
    exact = {"day": context.day(day), "month": context.language.month(day), "year": str(day.year)}
    return exact.get(precision) or _about(context, day)
