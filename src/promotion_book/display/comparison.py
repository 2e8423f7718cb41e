"""Series side by side, periods within a year, and first figures against later ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from promotion_book.display.charts import bars_chart, lines_chart
from promotion_book.display.context import Context
from promotion_book.display.figures import Figure
from promotion_book.display.numbers import DASH
from promotion_book.display.tables import Column, Table
from promotion_book.facts.rows import at, each, records
from promotion_book.statistics.revisions import Revisions, triangle


def areas_figure(
    context: Context, indicator: str, areas: Sequence[str], reference: float | None = None
) -> Figure | None:
    """One indicator in several areas over the years; None when no area has two figures."""
    series = {area: context.known.series(indicator, area=area).dropna(subset=["value"]) for area in areas}
    series = {area: rows for area, rows in series.items() if len(rows) > 1}
    if not series:
        return None
    text, show = context.language.text, context.short(indicator)
    points = {context.area(a): [(r.period_end.year, r.value) for r in each(rows)] for a, rows in series.items()}
    draw = lines_chart(points, show, reference)
    wide = pd.DataFrame({a: rows.set_index("period")["value"] for a, rows in series.items()})
    columns = (Column("period", text("Year"), str), *(Column(a, context.area(a), show, number=True) for a in series))
    rows = records(wide.rename_axis("period").reset_index())
    last = wide.dropna().iloc[-1]
    values = context.language.listed([f"{context.area(a)} {show(last[a])}" for a in series])
    finding = text("In {year}: {values}.", year=last.name, values=values)
    title = f"{context.indicator(indicator)}, {wide.index[0]}{DASH}{wide.index[-1]}"
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


def periods_figure(context: Context, indicator: str, frequency: str) -> Figure | None:
    """The leading figure of every quarter, half-year or part of a year; None without any."""
    series = context.known.series(indicator, frequency=frequency).dropna(subset=["value"])
    if series.empty:
        return None
    text, of = context.language.text, context.numbers.of
    labels = [context.period(p) for p in series["period"]]
    shown = [of(indicator, v, words=False) for v in series["value"]]
    low, high = at(series, series["value"].idxmin()), at(series, series["value"].idxmax())
    finding = text(
        "Between {low} in {then} and {high} in {now}.",
        low=of(indicator, low["value"]),
        then=context.period(low["period"]),
        high=of(indicator, high["value"]),
        now=context.period(high["period"]),
    )
    words = {"quarter": text("by quarter"), "half": text("by half-year"), "months": text("by months from January")}
    title = f"{context.indicator(indicator)}, {words[frequency]}"
    columns = (
        Column("period", text("Period"), context.period),
        Column("value", context.indicator(indicator), lambda v: of(indicator, v), number=True),
    )
    table = Table(f"{indicator}_{frequency}", title, columns, records(series[["period", "value"]]))
    height = 1.0 + 0.36 * len(series)
    sources = context.sources(series["source_id"])
    return Figure(
        f"{indicator}_{frequency}",
        title,
        text("Bar chart"),
        finding,
        bars_chart(labels, list(series["value"]), shown),
        table,
        sources,
        height,
        height + 0.6,
    )


def revised_pairs(context: Context, indicator: str) -> pd.DataFrame:
    """Periods of an indicator for which a first and a later figure are known."""
    rows = context.known.figures(indicator, context.known.package.area).dropna(subset=["value"])
    rows = rows[(rows["status"] != "plan") & (rows["scope"] == "")]
    releases = [dict(zip(day["period"], day["value"], strict=True)) for _, day in rows.groupby("known")]
    first, *later = triangle(releases).values() if releases else [{}]
    revised = {period: sum(step.get(period, 0.0) for step in later) for period in first}
    pairs = [{"period": p, "first": first[p], "latest": first[p] + r} for p, r in revised.items() if r]
    return pd.DataFrame(pairs, columns=["period", "first", "latest"])


def index_pairs(context: Context, growth: str, index: str) -> pd.DataFrame:
    """Growth as first announced against growth in the later series of the index."""
    first = context.known.series(growth).dropna(subset=["value"]).set_index("period")["value"]
    latest = context.known.series(index).dropna(subset=["value"]).set_index("period")["value"] - 100
    pairs = pd.DataFrame({"first": first, "latest": latest.round(2)}).dropna()
    return pairs.rename_axis("period").reset_index()


def pairs_table(context: Context, indicator: str, pairs: pd.DataFrame, name: str) -> Table:
    """First figures, latest figures and the revision between them."""
    text = context.language.text
    show = partial(context.numbers.plain, decimals=2)
    columns = (
        Column("period", text("Period"), context.period),
        Column("first", text("First figure, %"), show, number=True),
        Column("latest", text("Latest figure, %"), show, number=True),
        Column("revision", text("Revision, percentage points"), show, number=True),
    )
    rows = records(pairs.assign(revision=(pairs["latest"] - pairs["first"]).round(4)))
    return Table(name, text("{name}: first and latest figures", name=context.indicator(indicator)), columns, rows)


def revision_sentence(context: Context, found: Revisions, n: int) -> str:
    """What the revisions of a series were like."""
    plain = context.numbers.plain
    return context.language.text(
        "{n} figures were revised by {mar} percentage points on average, upwards in {up}; mean revision {mean}.",
        n=n,
        mar=plain(found.mean_absolute, 2),
        up=context.numbers.plain(100 * found.share_up) + "%",
        mean=plain(found.mean, 2),
    )
