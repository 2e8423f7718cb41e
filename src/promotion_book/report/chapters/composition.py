"""Parts of a whole: shares that add up to 100, concentration, and contributions to growth."""

from __future__ import annotations

import pandas as pd

from promotion_book.charts.axes import narrow_height
from promotion_book.charts.years import bars_chart
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.frames import part_name
from promotion_book.report.sources import Source
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.parts import parts_of, shares_of_last_year
from promotion_book.statistics.shares import (
    concentration,
    concentration_ratio,
    gini,
)


def share_figure(context: Context, whole: str) -> ReportFigure | None:
    """Shares of the parts in the last complete year, rounded so that they add up to 100."""
    table = parts_of(context.known, whole)
    if table.empty:
        return None
    text = context.language.text
    last = shares_of_last_year(table)
    labels = [part_name(context, str(name)) for name in last.index]
    shown = [
        f"{context.numbers.plain(s, 1)}% ({context.numbers.of(whole, v, words=False)})"
        for s, v in zip(last["share"], last["value"], strict=True)
    ]
    columns = (
        Column("part", text("Part")),
        Column("value", text("Number"), context.short(whole), number=True),
        Column("share", text("Share"), lambda v: context.numbers.plain(v, 1) + "%", number=True),
    )
    finding = text(
        "The two largest parts hold {share} of the whole; the shares add up to 100% after rounding.",
        share=context.numbers.percent(concentration_ratio(list(last["value"]), 2), 1),
    )
    title = text("{name}: shares in {year}", name=context.indicator(whole), year=table.index[-1])
    sources = parts_sources(context, table.tail(1))
    height = 1.0 + 0.42 * len(last)
    return ReportFigure(
        f"{whole}_shares",
        title,
        kind=text("Bar chart"),
        finding=finding,
        draw=bars_chart(labels, list(last["share"]), shown=shown),
        table=Table(f"{whole}_shares", title, columns=columns, frame=last.assign(part=labels)),
        sources=sources,
        height=height,
        narrow_height=narrow_height(labels, legend=0),
    )


def parts_sources(context: Context, table: pd.DataFrame) -> tuple[Source, ...]:
    """The sources of a table of parts, years down."""
    series = (context.known.series(str(name)) for name in table.columns)
    return context.sources(s for rows in series for s in rows.loc[rows["period"].isin(table.index), "source_id"])


def concentration_table(context: Context, whole: str) -> Table:
    """Concentration of the parts in the last complete year: HHI, effective number, two largest, Gini."""
    text = context.language.text
    columns = (
        Column("measure", text("Measure")),
        Column("value", text("Value"), number=True),
        Column("meaning", text("What it says")),
    )
    table = parts_of(context.known, whole)
    if table.empty:
        return Table(f"{whole}_concentration", "", columns=columns)
    return Table(
        f"{whole}_concentration",
        text("Concentration in {year}", year=table.index[-1]),
        columns=columns,
        frame=as_frame(_concentration_rows(context, list(table.iloc[-1]))),
        sources=parts_sources(context, table.tail(1)),
    )


def _concentration_rows(context: Context, values: list[float]) -> list[dict[str, str]]:
    text, plain, found = context.language.text, context.numbers.plain, concentration(values)
    return [
        {
            "measure": text("Herfindahl-Hirschman index"),
            "value": plain(found.hhi, 3),
            "meaning": text("between {low} (equal parts) and 1 (one part)", low=plain(1 / len(values), 3)),
        },
        {
            "measure": text("Effective number of parts"),
            "value": plain(found.effective, 1),
            "meaning": text("as concentrated as so many equal parts, of {n}", n=len(values)),
        },
        {
            "measure": text("Share of the two largest"),
            "value": context.numbers.percent(concentration_ratio(values, 2), 1),
            "meaning": text("CR2"),
        },
        {
            "measure": text("Gini coefficient"),
            "value": plain(gini(values), 2),
            "meaning": text("0 for equal parts; with few parts it stays below 1"),
        },
    ]
