"""Figures of the districts of a place, with the days of the districts themselves."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from promotion_book.facts.areas import inner_areas, last_days
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame


def district_figures(context: Context, indicators: Collection[str]) -> pd.DataFrame:
    """The known outcomes of some indicators in the districts of the place, the largest of each indicator and period first."""
    known = context.known
    rows = known.observations[known.observations["indicator_id"].isin(list(indicators))]
    rows = rows[rows["area"].isin(inner_areas(known.package["areas"], known.package.area, level="district"))]
    rows = rows[rows["status"] != "plan"].dropna(subset=["value"])
    keys, ascending = ["indicator_id", "period_end", "value"], [True, False, False]
    return rows.sort_values(keys, ascending=ascending, kind="stable", ignore_index=True)


def districts_table(context: Context, indicators: Collection[str], *, name: str) -> Table | None:
    """The figures of the districts; None without any."""
    rows, text = district_figures(context, indicators), context.language.text
    if rows.empty:
        return None
    columns = (
        Column("area", text("District"), context.area),
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("period", text("Period"), context.period_title),
        Column("figure", text("Figure"), number=True),
        Column("source_id", text("Source"), lambda s: context.source(s).link),
    )
    shown = [
        {
            **{key: getattr(row, key) for key in ("area", "indicator_id", "period", "source_id", "value")},
            "figure": context.numbers.figure(row, words=False),
        }
        for row in each(rows)
    ]
    raw = ("area", "indicator_id", "period", "value", "source_id")
    return Table(name, text("By district"), columns=columns, frame=as_frame(shown), raw=raw)


def district_sentences(context: Context, indicators: Collection[str]) -> list[str]:
    """Since when the districts are no more, so that nobody compares their figures with those of what followed."""
    rows, text = district_figures(context, indicators), context.language.text
    areas = context.known.package["areas"]
    ended = [day for day in last_days(areas, rows["area"].unique().tolist()) if day <= context.known.on]
    said = [
        text("Districts ended on {days}; what followed has other boundaries, and no figure is compared across.",
             days=context.language.join_list([context.day(day) for day in ended]))
    ] if ended else []  # fmt: skip
    return (
        [*said, text("Sources do not list every district, so the figures here are no breakdown of the total.")]
        if len(rows)
        else []
    )
