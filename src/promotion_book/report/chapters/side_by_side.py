"""Series side by side, periods within a year, and first figures against later ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd

from promotion_book.charts.axes import narrow_height, rows_height
from promotion_book.charts.years import bars_chart, lines_chart
from promotion_book.facts import parse
from promotion_book.facts.rows import at, each
from promotion_book.report.chapters.series import breaks, day_after, series_table
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Column, Table
from promotion_book.statistics.revisions import Revisions, triangle
from promotion_book.words.language import MINUS
from promotion_book.words.numbers import DASH


def areas_figure(
    context: Context, indicator: str, areas: Sequence[str], reference: float | None = None
) -> ReportFigure | None:
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
    last = wide.dropna().iloc[-1]
    values = context.language.join_list([f"{context.area(a)} {show(last[a])}" for a in series])
    finding = text("In {year}: {values}.", year=last.name, values=values)
    title = f"{context.indicator(indicator)}{context.in_unit(indicator)}, {wide.index[0]}{DASH}{wide.index[-1]}"
    sources = context.sources(s for rows in series.values() for s in rows["source_id"])
    return ReportFigure(
        f"{indicator}_areas",
        title,
        text("Line chart"),
        finding,
        draw,
        Table(f"{indicator}_areas", title, columns=columns, frame=wide.rename_axis("period").reset_index()),
        sources,
    )


def periods_figure(context: Context, indicator: str, frequency: str) -> ReportFigure | Table | None:
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
    labels, apart = [context.period(p) for p in series["period"]], breaks(series["period"])
    shown = [context.short(indicator)(v) for v in series["value"]]
    standing = (list(series["status"]), context.language)
    draw = bars_chart(labels, list(series["value"]), shown, standing=standing, breaks=apart)
    finding, sources = _periods_sentence(context, indicator, series, apart), context.sources(series["source_id"])
    height, narrow = rows_height(series, 0.32, apart), narrow_height(labels, breaks=apart)
    return ReportFigure(table.name, title, text("Bar chart"), finding, draw, table, sources, height, narrow)


def _periods_sentence(context: Context, indicator: str, series: pd.DataFrame, apart: Sequence[int]) -> str:
    """The lowest and the highest figure, and which periods are known if some are missing; two figures as they are."""
    text, rows = context.language.text, list(each(series))
    low, high = (
        rows
        if len(rows) == 2
        else (min(rows, key=lambda row: float(row.value)), max(rows, key=lambda row: float(row.value)))
    )
    values = {
        "a": context.numbers.of(indicator, low.value),
        "p": context.period(low.period),
        "b": context.numbers.of(indicator, high.value),
        "q": context.period(high.period),
    }
    if len(rows) == 2:
        return text("{a} in {p} and {b} in {q}.", **values)
    known = _known_periods(context, list(series["period"]), apart)
    return f"{text('Lowest {a} ({p}), highest {b} ({q}).', **values)} {known}".strip()


def _known_periods(context: Context, labels: Sequence[str], apart: Sequence[int]) -> str:
    """Which quarters, half-years or parts of years are known; empty when none is missing between them."""
    if not apart:
        return ""
    if len(apart) > 2:
        ends = {"first": context.period(labels[0]), "last": context.period(labels[-1])}
        return context.language.text("Known: {n} from {first} to {last}, with gaps.", n=len(labels), **ends)
    runs = [labels[first:after] for first, after in pairwise([0, *apart, len(labels)])]
    return context.language.text(
        "Known: {periods}.", periods=context.language.join_list([_run(context, r) for r in runs])
    )


def _run(context: Context, labels: Sequence[str]) -> str:
    first, last = parse(labels[0]).start, day_after(parse(labels[-1]))
    if (first.month, first.day, last.month, last.day) == (1, 1, 1, 1):
        return context.language.text(
            "all of {year}", year=DASH.join(dict.fromkeys((str(first.year), str(last.year - 1))))
        )
    ends = [context.period(labels[0]), context.period(labels[-1])]
    return context.language.text("{first} to {last}", first=ends[0], last=ends[1]) if len(labels) > 1 else ends[0]


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
    pairs = pairs.assign(revision=(pairs["latest"] - pairs["first"]).round(4))
    heads = {
        "first": text("First figure, %"),
        "printed": text("Latest figure, %"),
        "revision": text("Revision, percentage points"),
    }
    columns = (
        Column("period", text("Period"), context.period_title),
        *(Column(key, head, _evenly(context, pairs[key]), number=True) for key, head in heads.items()),
    )
    caption = text("{name}: first and latest figures", name=context.indicator(indicator))
    note = text("Compared at the decimals of the figure that has fewer, so that rounding is no revision.")
    sources = context.sources(source_id for ids in pairs["source_ids"] for source_id in ids)
    return Table(name, caption, columns=columns, frame=pairs, note=note, sources=sources)


def _evenly(context: Context, values: Iterable[float]) -> Callable[[float], str]:
    """Writes each of these values with as many decimals as the one that needs most."""
    decimals = max(map(_decimals, values), default=0)
    return lambda value: context.language.number(value, decimals).replace("-", MINUS)


def revision_sentence(context: Context, found: Revisions, pairs: pd.DataFrame) -> str:
    """How many first figures were revised, and by how much; `found` are the revisions of the pairs.

    The means are told with no more decimals than the figures have.
    """
    decimals = max(map(_decimals, [*pairs["first"], *pairs["latest"]]), default=0)
    return context.language.text(
        "Figures that differ from their first value by more than rounding: {changed} of {n}. "
        "The mean absolute revision is {mar} percentage points; the mean revision, in which ups and downs offset "
        "each other, is {mean} percentage points.",
        changed=int((pairs["latest"] != pairs["first"]).sum()),
        n=len(pairs),
        mar=context.numbers.plain(found.mean_absolute, decimals),
        mean=context.numbers.plain(found.mean, decimals),
    )
