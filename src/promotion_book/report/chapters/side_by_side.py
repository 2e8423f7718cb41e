"""Series side by side, periods within a year, and first figures against later ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from promotion_book.charts.axes import narrow_height, rows_height
from promotion_book.charts.years import bars_chart, lines_chart
from promotion_book.facts import parse
from promotion_book.facts.rows import each
from promotion_book.report.chapters.series import breaks, day_after, series_table
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Column, Table
from promotion_book.statistics.first_figures import decimals
from promotion_book.statistics.revisions import Revisions
from promotion_book.words.language import MINUS
from promotion_book.words.numbers import DASH


def areas_figure(
    context: Context, indicator: str, *, areas: Sequence[str], reference: float | None = None
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
    draw = lines_chart(points, show, reference=line)
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
        kind=text("Line chart"),
        finding=finding,
        draw=draw,
        table=Table(f"{indicator}_areas", title, columns=columns, frame=wide.rename_axis("period").reset_index()),
        sources=sources,
    )


def periods_figure(context: Context, indicator: str, *, frequency: str) -> ReportFigure | Table | None:
    """The leading figure of every quarter, half-year, month or part of a year; a table for a single one, None without any."""
    series = context.known.series(indicator, frequency=frequency).dropna(subset=["value"])
    if series.empty:
        return None
    text = context.language.text
    words = {
        "quarter": text("by quarter"),
        "half": text("by half-year"),
        "month": text("by month"),
        "months": text("by months from January"),
    }
    title = f"{context.indicator(indicator)}{context.in_unit(indicator)}, {words[frequency]}"
    table = replace(series_table(context, indicator, series=series), name=f"{indicator}_{frequency}", caption=title)
    if len(series) == 1:
        return table
    labels, apart = [context.period(p) for p in series["period"]], breaks(series["period"])
    shown = [context.short(indicator)(v) for v in series["value"]]
    standing = (list(series["status"]), context.language)
    draw = bars_chart(labels, list(series["value"]), shown=shown, standing=standing, breaks=apart)
    finding = _periods_sentence(context, indicator, series=series, apart=apart)
    sources = context.sources(series["source_id"])
    height, narrow = rows_height(series, 0.32, breaks=apart), narrow_height(labels, breaks=apart)
    return ReportFigure(
        table.name,
        title,
        kind=text("Bar chart"),
        finding=finding,
        draw=draw,
        table=table,
        sources=sources,
        height=height,
        narrow_height=narrow,
    )


def _periods_sentence(context: Context, indicator: str, *, series: pd.DataFrame, apart: Sequence[int]) -> str:
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
    known = _known_periods(context, list(series["period"]), apart=apart)
    return f"{text('Lowest {a} ({p}), highest {b} ({q}).', **values)} {known}".strip()


def _known_periods(context: Context, labels: Sequence[str], *, apart: Sequence[int]) -> str:
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


def pairs_table(context: Context, indicator: str, *, pairs: pd.DataFrame, name: str) -> Table:
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
    most = max(map(decimals, values), default=0)
    return lambda value: context.language.number(value, most).replace("-", MINUS)


def revision_sentence(context: Context, found: Revisions, *, pairs: pd.DataFrame) -> str:
    """How many first figures were revised, and by how much; `found` are the revisions of the pairs.

    The means are told with no more decimals than the figures have.
    """
    most = max(map(decimals, [*pairs["first"], *pairs["latest"]]), default=0)
    return context.language.text(
        "Figures that differ from their first value by more than rounding: {changed} of {n}. "
        "The mean absolute revision is {mar} percentage points; the mean revision, in which ups and downs offset "
        "each other, is {mean} percentage points.",
        changed=int((pairs["latest"] != pairs["first"]).sum()),
        n=len(pairs),
        mar=context.numbers.plain(found.mean_absolute, most),
        mean=context.numbers.plain(found.mean, most),
    )
