"""Where the outcomes were searched for that no source has."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.chapters.verdicts import target_name
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table


def searches_table(context: Context, statuses: pd.DataFrame) -> Table:
    """Where an outcome was searched for, of the targets of the period that are over and cannot be judged."""
    text, known = context.language.text, context.known
    times = statuses["time"] if "time" in statuses else pd.Series("now", index=statuses.index)
    over = statuses["period_end"] <= pd.Timestamp(known.until)
    silent = statuses[(times == "now") & over & (statuses["status"] == "not_assessable")]
    targets = silent[["indicator_id", "period"]].drop_duplicates()
    found = targets.merge(known.package["searches"], on=["indicator_id", "period"])
    names = [target_name(context, row.indicator_id, scope="", period=row.period) for row in each(found)]
    columns = (
        Column("target", text("Indicator and period")),
        Column("searched", text("Where an outcome was searched for"), wide=True),
    )
    return Table(
        "searches",
        text("Where outcomes were searched for"),
        columns=columns,
        frame=found.assign(target=names, searched=found[f"searched_{context.language.code}"]),
        raw=("indicator_id", "period", "searched"),
        empty=text("Of no target of this page a search for an outcome is recorded.") if len(targets) else "",
    )
