"""The figure that stands for each programme, and how far it is from its target.

    leading_figures(known, judged)       # a row a programme, in the order of the programmes
    shown_figures(known, judged)         # the ones that readers see first: those, or what else is known of a programme
    counts_by_programme(known, judged)         # how many targets of each programme have which status
    first_with_figure(leading)           # those that lead the start page
    targets_ahead(known)                 # what is to be reached by the end of the next plan

Which indicator leads a programme, and which programme comes first, is told by the table of programmes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.areas import territories
from promotion_book.facts.conflicts import by_rule
from promotion_book.facts.place_programmes import told_programmes
from promotion_book.facts.rows import each
from promotion_book.facts.schema import RULES
from promotion_book.statistics.statuses import CLASSES, by_target, first_due
from promotion_book.statistics.verdict import sign

ONE_YEAR = ("average_a_year", "year_not_stated")  # scopes by which a figure of several years is one of a single year
TILES = 6  # figures that lead the start page
PLAN = 5  # plans run for five years, the last of which ends in 0 or 5
FIGURE = ["value", "low", "high", "period_start", "period_end", "scope", "status", "source_id"]
COLUMNS = ["programme_id", "role", "chapter", "area", "indicator_id", *FIGURE, "target_id", "share"]


def yearly_figures(known: Known, indicator: str) -> pd.DataFrame:
    """The figures of an indicator as a line through the years, oldest first: the column `year`, and those of a figure.

    A year has the figure that leads by the recorded rule; where it has none, one that is an average or of a year that
    the source does not name.
    """
    leading = known.series(indicator).assign(scope="")
    other = known.figures(indicator, known.package.area)
    other = other[other["scope"].isin(ONE_YEAR) & (other["status"] != "plan")]
    rows = pd.concat([rows for rows in (leading, other) if len(rows)] or [leading], ignore_index=True)
    rows = rows[rows["value"].notna()]
    rows = rows.assign(year=[end.year for end in rows["period_end"]]).drop_duplicates("year")
    return rows.sort_values("period_end", kind="stable", ignore_index=True)[["year", *FIGURE]]


def leading_figures(known: Known, judged: pd.DataFrame) -> pd.DataFrame:
    """Which figure stands for each programme, and what share of its target is it?

    The newest figure of a whole year leads, or that of the whole period of the target. `share` is the figure over the
    target, or over the low end of its range; a rate of growth, a target to stay below, and a figure that the verdict does
    not rest on have none.

    Args:
        judged: the statements in force, of `statuses_in_force`.

    Returns:
        A row a programme of the place: `COLUMNS`. `target_id` is that of the statement without a scope that is due first. What is not
        known is empty: no figure was found, no target is in force, or the programme has no leading indicator.
    """
    found = [_leading(known, row, judged) for row in each(told_programmes(known.package)) if row.programme_id != RULES]
    return pd.DataFrame(found, columns=COLUMNS)


def counts_by_programme(known: Known, judged: pd.DataFrame) -> pd.DataFrame:
    """How many targets of each programme (rows) have which status (columns, in the order of `CLASSES`)."""
    counted = by_target(judged).merge(judged.drop_duplicates("target")[["target", "indicator_id"]], on="target")
    counts = pd.crosstab(counted["indicator_id"].map(known.indicators["programme_id"]), counted["status"])
    return counts.reindex(columns=list(CLASSES), fill_value=0)


def shown_figure(known: Known, programme: Any) -> Any | None:
    """The figure that readers see first of a programme: its leading one or, where no target waits for it, a newer one.

    None where no figure that fits its target is known, or none at all.

    Args:
        programme: its row of `leading_figures`.
    """
    other, leads = other_figure(known, programme), pd.notna(programme.value)
    if leads and (programme.target_id or other is None or other.period_end.year <= programme.period_end.year):
        return programme
    return None if programme.target_id else other


def shown_figures(known: Known, judged: pd.DataFrame) -> pd.DataFrame:
    """Which figure do readers see first of each programme?

    Args:
        judged: the statements in force, of `statuses_in_force`.

    Returns:
        A row a programme with a `shown_figure`: `programme_id`, and of the figure `indicator_id`, `scope` and `end`.
    """
    shown = [(row.programme_id, shown_figure(known, row)) for row in each(leading_figures(known, judged))]
    rows = [(name, one.indicator_id, one.scope, one.period_end) for name, one in shown if one is not None]
    return pd.DataFrame(rows, columns=["programme_id", "indicator_id", "scope", "end"])


def other_figure(known: Known, programme: Any) -> Any | None:
    """The newest outcome of a programme in the tables, of any indicator, span and scope; None without any.

    One of the place comes before those of what it was before. One of the leading indicator comes before others or, where
    that has a figure to lead with, before those of the same day.

    Args:
        programme: its row of `leading_figures`.
    """
    mine, areas = known.indicators["programme_id"] == programme.programme_id, former_areas(known)
    rows = known.observations
    rows = rows[rows["indicator_id"].isin(mine.index[mine]) & (rows["status"] != "plan")]
    rows = by_rule(rows[rows["area"].isin([known.package.area, *areas])])
    rows = rows.assign(former=rows["area"] != known.package.area, other=rows["indicator_id"] != programme.indicator_id)
    keys = ["former", "other", "period_end"] if pd.isna(programme.value) else ["former", "period_end", "other"]
    ordered = rows.sort_values(keys, ascending=[key != "period_end" for key in keys], kind="stable")
    return next(iter(each(ordered)), None)


def former_areas(known: Known) -> list[str]:
    """What the place was before, the last one first."""
    return territories(known.package["areas"], known.package.area)[-2::-1]


def first_with_figure(leading: pd.DataFrame, number: int = TILES) -> pd.DataFrame:
    """The first programmes whose figure can be set against a target; where these are too few, others with a figure."""
    figure = leading["value"].notna()
    order = leading[figure & (leading["target_id"] != "")].index.union(leading[figure].index, sort=False)
    first: pd.DataFrame = leading.loc[sorted(order[:number])].reset_index(drop=True)
    return first


def plan_end(year: int) -> int:
    """The last year of the plan that runs after a year."""
    return (year // PLAN + 1) * PLAN


def targets_ahead(known: Known, area: str = "") -> pd.DataFrame:
    """The targets that are due after the reporting period and by the end of the next plan: their first statement each, with
    the `programme_id` and its `role`; those of a leading indicator come first, then the ones that are due last.

    Args:
        area: of what the place was before; else they are of the place.
    """
    rows = known.current_targets[known.current_targets["area"] == (area or known.package.area)]
    last = plan_end(known.until.year)
    rows = rows[(rows["period_end"] > pd.Timestamp(known.until)) & (rows["period_end"].dt.year <= last)]
    rows = rows.assign(target=rows["target_id"].map(known.target_of)).drop_duplicates("target")
    other = ~rows["indicator_id"].isin(set(known.package["programmes"]["leading_indicator"]))
    programme = rows["indicator_id"].map(known.indicators["programme_id"])
    role = programme.map(known.package["programmes"].set_index("programme_id")["role"])
    rows = rows.assign(programme_id=programme, role=role, other=other)
    ordered: pd.DataFrame = rows.sort_values(["other", "period_end"], ascending=[True, False], kind="stable")
    return ordered.drop(columns="other").reset_index(drop=True)


def _leading(known: Known, programme: Any, judged: pd.DataFrame) -> dict[str, Any]:
    row = {"programme_id": programme.programme_id, "role": programme.role, "chapter": programme.chapter}
    row |= {"area": known.package.area, "indicator_id": programme.leading_indicator, "target_id": "", "share": np.nan}
    if not programme.leading_indicator:
        return row
    mine = judged[(judged["indicator_id"] == programme.leading_indicator) & (judged["scope"] == "")]
    statement = first_due(mine)
    figure = _newest(known, programme.leading_indicator, statement)
    return row | figure | ({"target_id": statement.target_id} if statement is not None else {})


def _newest(known: Known, indicator: str, statement: Any) -> dict[str, Any]:
    """The figure behind the verdict on a statement, or the newest of a year where that is later; empty without any."""
    yearly = yearly_figures(known, indicator)[FIGURE].to_dict("records")
    found = statement.assessment.latest if statement is not None else None
    newest = {str(name): value for name, value in yearly[-1].items()} if yearly else {}
    if found is None or (newest and newest["period_end"].date() > found.end):
        return newest
    days = {"period_start": pd.Timestamp(found.start), "period_end": pd.Timestamp(found.end)}
    printed = [row for row in yearly if (row["period_end"], row["value"]) == (days["period_end"], found.value)]
    bounds = {name: printed[-1][name] for name in ("low", "high")} if printed else {}
    limit = sign(statement.assessment.target) < 0
    share = {"share": np.nan if limit or statement.assessment.share is None else statement.assessment.share}
    told = {"scope": "", "status": found.status, "source_id": found.sources[0]}
    return {"value": found.value, **bounds, **days, **told, **share}
