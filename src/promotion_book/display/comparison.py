"""Series side by side, periods within a year, and first figures against later ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import pandas as pd

from promotion_book.display.axes import narrow_height
from promotion_book.display.charts import bars_chart, lines_chart
from promotion_book.display.context import Context
from promotion_book.display.figures import Figure
from promotion_book.display.numbers import DASH
from promotion_book.display.series import series_table
from promotion_book.display.tables import Column, Table
from promotion_book.facts import parse
from promotion_book.facts.rows import at, each, records
from promotion_book.statistics.revisions import Revisions, triangle


def areas_figure(
    context: Context, indicator: str, areas: Sequence[str], reference: float | None = None
) -> Figure | None:
    """One indicator in several areas over the years; None when no area has two figures.

    `reference` is the value at which nothing has changed against the year before.
    """
    series = {area: context.known.series(indicator, area=area).dropna(subset=["value"]) for area in areas}
    series = {area: rows for area, rows in series.items() if len(rows) > 1}
    if not series:
        return None
    text, show = context.language.text, context.short(indicator)
    points = {context.area(a): [(r.period_end.year, r.value) for r in each(rows)] for a, rows in series.items()}
    line = None if reference is None else (reference, text("year before = {value}", value=show(reference)))
    draw = lines_chart(points, show, line)
    wide = pd.DataFrame({a: rows.set_index("period")["value"] for a, rows in series.items()})
    columns = (Column("period", text("Year"), str), *(Column(a, context.area(a), show, number=True) for a in series))
    rows = records(wide.rename_axis("period").reset_index())
    last = wide.dropna().iloc[-1]
    values = context.language.listed([f"{context.area(a)} {show(last[a])}" for a in series])
    finding = text("In {year}: {values}.", year=last.name, values=values)
    title = f"{context.indicator(indicator)}{context.in_unit(indicator)}, {wide.index[0]}{DASH}{wide.index[-1]}"
    sources = context.sources(s for rows in series.values() for s in rows["source_id"])
    return Figure(
        f"{indicator}_areas",
        title,
        text("Line chart"),
        finding,
        draw,
        Table(f"{indicator}_areas", title, columns, rows),
        sources,
    )


def periods_figure(context: Context, indicator: str, frequency: str) -> Figure | Table | None:
    """The leading figure of every quarter, half-year or part of a year; a table for a single one, None without any."""
    series = context.known.series(indicator, frequency=frequency).dropna(subset=["value"])
    if series.empty:
        return None
    text = context.language.text
    words = {"quarter": text("by quarter"), "half": text("by half-year"), "months": text("by months from January")}
    title = f"{context.indicator(indicator)}{context.in_unit(indicator)}, {words[frequency]}"
    table = replace(series_table(context, indicator, series), name=f"{indicator}_{frequency}", caption=title)
    if len(series) == 1:
        return table
    labels = [context.period(p) for p in series["period"]]
    shown = [context.short(indicator)(v) for v in series["value"]]
    draw = bars_chart(labels, list(series["value"]), shown, standing=(list(series["status"]), context.language))
    finding = f"{_between(context, indicator, series)} {_known_periods(context, list(series['period']))}".strip()
    sources, height = context.sources(series["source_id"]), 0.7 + 0.32 * len(series)
    return Figure(table.name, title, text("Bar chart"), finding, draw, table, sources, height, narrow_height(labels))


def _between(context: Context, indicator: str, series: pd.DataFrame) -> str:
    low, high = at(series, series["value"].idxmin()), at(series, series["value"].idxmax())
    return context.language.text(
        "Lowest {low} ({then}), highest {high} ({now}).",
        low=context.numbers.of(indicator, low["value"]),
        then=context.period(low["period"]),
        high=context.numbers.of(indicator, high["value"]),
        now=context.period(high["period"]),
    )


def _known_periods(context: Context, labels: Sequence[str]) -> str:
    """Which quarters, half-years or parts of years are known; empty when none is missing between them."""
    runs: list[list[str]] = []
    for label in labels:
        follows = bool(runs) and parse(label).start == _day_after(runs[-1][-1])
        runs = [*runs[:-1], [*runs[-1], label]] if follows else [*runs, [label]]
    if len(runs) == 1:
        return ""
    if len(runs) > 3:
        ends = {"first": context.period(labels[0]), "last": context.period(labels[-1])}
        return context.language.text("Known: {n} from {first} to {last}, with gaps.", n=len(labels), **ends)
    return context.language.text("Known: {periods}.", periods=context.language.listed([_run(context, r) for r in runs]))


def _run(context: Context, labels: Sequence[str]) -> str:
    first, last = parse(labels[0]).start, _day_after(labels[-1])
    if (first.month, first.day, last.month, last.day) == (1, 1, 1, 1):
        return context.language.text(
            "all of {year}", year=DASH.join(dict.fromkeys((str(first.year), str(last.year - 1))))
        )
    ends = [context.period(labels[0]), context.period(labels[-1])]
    return context.language.text("{first} to {last}", first=ends[0], last=ends[1]) if len(labels) > 1 else ends[0]


def _day_after(label: str) -> date:
    end = parse(label).end
    assert end is not None
    return end + timedelta(days=1)


PAIRS = ["period", "first", "latest", "printed", "source_ids"]


def revised_pairs(context: Context, indicator: str) -> pd.DataFrame:
    """Periods of an indicator for which a first and a later figure are known that differ by more than rounding.

    Columns: period; `first` and `latest` figure, both at the decimals of the coarser one; `printed`,
    the latest figure as printed; source_ids, of all figures of the period.
    """
    rows = context.known.figures(indicator, context.known.package.area).dropna(subset=["value"])
    rows = rows[(rows["status"] != "plan") & (rows["scope"] == "")]
    releases = [dict(zip(day["period"], day["value"], strict=True)) for _, day in rows.groupby("known")]
    first, *later = triangle(releases).values() if releases else [{}]
    steps = {period: sum(step.get(period, 0.0) for step in later) for period in first}
    sources = rows.groupby("period", sort=False)["source_id"].agg(tuple)
    pairs = [_pair(p, first[p], round(first[p] + step, 6), sources[p]) for p, step in steps.items()]
    return pd.DataFrame([pair for pair in pairs if pair["first"] != pair["latest"]], columns=PAIRS)


def index_pairs(context: Context, growth: str, index: str) -> pd.DataFrame:
    """Growth as first announced against growth in the later series of the index; columns as `revised_pairs`."""
    first = context.known.series(growth).dropna(subset=["value"]).set_index("period")
    later = context.known.series(index).dropna(subset=["value"]).set_index("period")
    pairs = [
        _pair(
            p,
            at(first, p)["value"],
            round(at(later, p)["value"] - 100, 6),
            (at(first, p)["source_id"], at(later, p)["source_id"]),
        )
        for p in first.index.intersection(later.index)
    ]
    return pd.DataFrame(pairs, columns=PAIRS)


def _pair(period: str, first: float, printed: float, source_ids: tuple[str, ...]) -> dict[str, Any]:
    """A first and a later rate, compared at the decimals of the coarser one: rounding is no revision.

    Rates are printed with one decimal at least; the tables hold 7.0 as 7.
    """
    decimals = max(1, min(_decimals(first), _decimals(printed)))
    rounded = abs(printed - first) <= 0.5 * 10**-decimals + 1e-9
    latest = first if rounded else round(printed, decimals)
    return {
        "period": period,
        "first": first if rounded else round(first, decimals),
        "latest": latest,
        "printed": printed,
        "source_ids": source_ids,
    }


def _decimals(value: float) -> int:
    return next(d for d in range(7) if round(value, d) == round(value, 6))


def pairs_table(context: Context, indicator: str, pairs: pd.DataFrame, name: str) -> Table:
    """First figures, latest figures and the revision between them."""
    text = context.language.text
    show = partial(context.numbers.plain, decimals=2)
    columns = (
        Column("period", text("Period"), context.period),
        Column("first", text("First figure, %"), show, number=True),
        Column("printed", text("Latest figure, %"), show, number=True),
        Column("revision", text("Revision, percentage points"), show, number=True),
    )
    rows = records(pairs.assign(revision=(pairs["latest"] - pairs["first"]).round(4)).drop(columns="source_ids"))
    caption = text("{name}: first and latest figures", name=context.indicator(indicator))
    note = text("Compared at the decimals of the figure that has fewer, so that rounding is no revision.")
    sources = context.sources(source_id for ids in pairs["source_ids"] for source_id in ids)
    return Table(name, caption, columns, rows, note, sources=sources)


def revision_sentence(context: Context, found: Revisions, pairs: pd.DataFrame) -> str:
    """How many first figures were revised, and by how much; `found` are the revisions of the pairs."""
    plain = context.numbers.plain
    return context.language.text(
        "Figures that differ from their first value by more than rounding: {changed} of {n}. "
        "The mean absolute revision is {mar} percentage points; the mean revision, in which ups and downs offset "
        "each other, is {mean} percentage points.",
        changed=int((pairs["latest"] != pairs["first"]).sum()),
        n=len(pairs),
        mar=plain(found.mean_absolute, 2),
        mean=plain(found.mean, 2),
    )
