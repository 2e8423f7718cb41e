"""Arithmetic on published figures in tables and sentences: what they imply, and whether they can be true together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.sources import link_sources
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.implied import (
    check_stock,
    figures_of_the_place,
    implied_wholes,
    implied_years_before,
    shares_of_counts,
)


def implied_wholes_table(context: Context, part: str, *, share: str, scope: str) -> Table:
    """The whole that each printed share of the last count implies; they cannot all be right.

    Args:
        scope: that of the shares of this count; a share of another scope is of another count.
    """
    text = context.language.text
    counts = context.known.series(part).dropna(subset=["value"])
    columns = (
        Column("source_id", text("Source"), lambda s: context.source(s).link),
        Column("period", text("Period"), context.period_title),
        Column("printed", text("Share printed"), number=True),
        Column("implied", text("National total it implies"), number=True),
    )
    raw = ("source_id", "period", "share", "whole")
    if counts.empty:
        return Table("implied_wholes", "", columns=columns, raw=raw)
    count = counts.iloc[-1]
    rows = [
        _implied(context, part, share=row)
        for row in each(implied_wholes(context.known, part, share=share, scope=scope))
    ]
    caption = text(
        "{n} ({year}) as a share of the country: what each statement implies",
        n=context.numbers.of(part, count["value"]),
        year=count["period"],
    )
    return Table(
        "implied_wholes",
        caption,
        columns=columns,
        frame=as_frame(rows),
        raw=raw,
        sources=context.sources([count["source_id"]]),
    )


def _implied(context: Context, part: str, *, share: Any) -> dict[str, Any]:
    """The whole that a share implies; a share of "over 45%" implies "under" it."""
    amount, over = context.numbers.of(part, share.whole), share.low == share.value
    return {
        "source_id": share.source_id,
        "period": share.period,
        "share": share.value,
        "whole": share.whole,
        "printed": context.numbers.figure(share),
        "implied": context.language.text("under {value}", value=amount) if over else amount,
    }


def implied_sentences(context: Context, part: str, *, table: Table) -> list[str]:
    """What the printed shares of a count imply for the country, and what a count of the country says."""
    counts = context.known.series(part).dropna(subset=["value"])
    country = context.known.series(part, area="vietnam").query("value != 0").dropna(subset=["value"])
    if counts.empty:
        return []
    text, of = context.language.text, context.numbers.of
    count, wholes = counts.iloc[-1], sorted({*table.frame["whole"]})
    values = {
        "name": context.indicator(part),
        "place": context.area(context.known.package.area),
        "n": of(part, count["value"]),
        "year": count["period"],
        "low": of(part, min(wholes, default=0)),
        "high": of(part, max(wholes, default=0)),
    }
    said = []
    if len(wholes) > 1:
        template = (
            "{name}: {place} has {n} ({year}). The printed shares of the country imply anything from {low} to {high} in "
            "the country; they cannot all be right for one definition."
        )
        said.append(text(template, **values))
    elif wholes:
        said.append(text("{name}: {place} has {n} ({year}); its printed share implies {low} in the country.", **values))
    if len(country):
        counted, share = country.iloc[-1], count["value"] / country.iloc[-1]["value"]
        template = "{name}: one source counts {total} in the country ({then}); {n} ({year}) are {share} of them."
        total, then = of(part, counted["value"]), counted["period"]
        said.append(text(template, **values, total=total, then=then, share=context.numbers.percent(share, 1)))
    return said


def implied_by_growth(context: Context, pairs: Sequence[tuple[str, str]]) -> Table:
    """The figure of the year before that a figure and its growth imply, beside what was printed for it.

    Args:
        pairs: an indicator and that of its growth; every year with both is shown.
    """
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Year"), str),
        Column("value", text("Printed"), number=True),
        Column("growth", text("Growth printed"), number=True),
        Column("implied", text("Implied for the year before"), number=True),
        Column("printed", text("Printed for the year before"), number=True),
    )
    rows = [row for level, rate in pairs for row in _implied_rows(context, level, rate=rate)]
    sources = context.sources(source for row in rows for source in row["sources"])
    return Table(
        "implied_by_growth",
        text("What figures and growth rates imply"),
        columns=columns,
        frame=as_frame(rows),
        sources=sources,
    )


def _implied_rows(context: Context, level: str, *, rate: str) -> list[dict[str, Any]]:
    of, figure = context.numbers.of, context.numbers.figure
    printed = figures_of_the_place(context.known, level)
    rows = []
    for row in each(implied_years_before(context.known, level, rate=rate).assign(indicator_id=level)):
        before = printed[printed["period"] == str(int(row.Index) - 1)]
        rows.append(
            {
                "indicator_id": level,
                "period": row.Index,
                "value": figure(row),
                "growth": of(rate, row.growth),
                "implied": of(level, round(row.implied, -10)),
                "printed": "; ".join(figure(one) for one in each(before)) or None,
                "sources": (row.source_id, row.growth_source, *before["source_id"]),
            }
        )
    return rows


def rates_table(context: Context, whole: str, *, part: str) -> Table:
    """The share of a part in a whole for each period with both counts, plans left out."""
    text = context.language.text
    columns = (
        Column("period", text("Period"), context.period_title),
        Column("whole", context.indicator(whole), context.short(whole), number=True),
        Column("part", context.indicator(part), context.short(part), number=True),
        Column("share", text("Share"), lambda v: context.numbers.percent(v, 1), number=True),
        Column("source", text("Source")),
    )
    found = shares_of_counts(context.known, whole, part=part)
    linked = [link_sources(context.sources([row.source_id, row.source_id_part])) for row in each(found)]
    frame = found.rename(columns={"value": "whole", "value_part": "part"}).assign(source=linked)
    raw = ("period", "whole", "part", "share")
    return Table(f"{part}_share", context.indicator(part), columns=columns, frame=frame, raw=raw)


def stock_table(context: Context, total: str, *, additions: str) -> Table:
    """Whether each printed total is the printed one before plus the printed additions of the year."""
    text, show = context.language.text, context.short(total)
    columns = (
        Column("year", text("Year"), str),
        Column("before", text("Total before"), show, number=True),
        Column("added", text("Added"), show, number=True),
        Column("expected", text("Total expected"), show, number=True),
        Column("total", text("Total given"), show, number=True),
        Column("agrees", text("Agrees"), lambda a: text("yes") if a else text("no")),
    )
    frame = check_stock(context.known, total, additions=additions)
    sources = context.sources([*frame["total_source"], *frame["added_source"]])
    return Table(f"{total}_check", text("Do the totals add up?"), columns=columns, frame=frame, sources=sources)
