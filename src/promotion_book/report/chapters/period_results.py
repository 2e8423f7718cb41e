"""What a programme did in the period beside what was planned, as readers have it: each figure as its source printed it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from promotion_book.facts import parse
from promotion_book.facts.conflicts import by_rule
from promotion_book.facts.periods import year_before
from promotion_book.facts.rows import by_indicator, each, is_target
from promotion_book.report.chapters.figure_time import time_beside
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.results_table import COLUMNS, figure_behind, plan_behind
from promotion_book.statistics.statuses import statuses_in_force
from promotion_book.words.status_words import FIGURE_STATUS

SILENT = ("no_figure", "final_figure_missing")  # why a target has no figure of its period
SILENT_RAW = ("indicator_id", "scope", "period", "value", "low", "high", "unit", "source_id")
BESIDES = ("fund", "pays_for", "source_id")  # what the CSV of the results says: of money, and where the figure is from


def results_as_table(context: Context, found: pd.DataFrame, *, period: str, name: str, note: str) -> Table:
    """Rows of `statistics.results_table` as a reader's table: each amount in the unit of its row, no column without one, nor
    one of what is left where nothing is.
    """
    text = context.language.text
    if found.get("fund", pd.Series(dtype=str)).ne("").any():
        paid = text("Of money, the plan is what was approved for the period, and the result is what was paid.")
        note = f"{note} {paid}".strip()
    since = found.loc[found["since_start"].notna(), "several"]
    if context.formed is not None and any(parse(label).start < context.formed.date() for label in since if label):
        former = text(
            "Figures for several years reach back before the boundaries of {day} and may be of the former area alone.",
            day=context.day(context.formed),
        )
        note = f"{note} {former}".strip()
    day = _common_day(context, found, period=period)
    rows = [_result(context, row, period=period, day=day) for row in each(found)]
    columns = (
        Column("indicator_id", text("Content"), lambda name: context.indicator(name) + context.in_unit(name)),
        Column("planned", text("Plan"), number=True),
        Column("done_shown", text("Result ({day})", day=day) if day else text("Result"), number=True),
        Column("rate_shown", text("Of the plan"), number=True),
        Column("before_shown", context.period_title(year_before(period)), number=True),
        Column("change", text("Change"), lambda share: context.numbers.percent(share, 1), number=True),
        Column("since_shown", text("Over several years"), number=True),
        Column("left_shown", text("Left of the plan"), number=True),
    )
    frame = as_frame(rows)
    spent = {"left_shown"} if rows and not found["left"].gt(0).any() else set()
    told = tuple(column for column in columns if column.key not in spent)
    table = Table(name, "", columns=told, frame=frame, note=note, raw=(*COLUMNS, *BESIDES)).lean()
    known, of = {column.key for column in table.columns}, {"period": context.period(period)}
    caption = text("Plan and results of {period}", **of) if "planned" in known else text("Results of {period}", **of)
    if "planned" in known and not {"done_shown", "before_shown"} & known:
        caption = text("Plan and results to the end of {period}", **of)
    return replace(table, caption=caption)


def _common_day(context: Context, found: pd.DataFrame, *, period: str) -> str:
    """The time of the results of a period where all of several have the same other one than the period; else empty.

    On a phone the heading is a label beside each figure, so it names no time that is not that of every figure.
    """
    done = [(row.indicator_id, figure_behind(context.known, row.indicator_id, period=period)) for row in each(found)]
    times = [time_beside(context, name, row=row, period=period) for name, row in done if row is not None]
    return times[0] if len(times) > 1 and len({*times}) == 1 else ""


def _result(context: Context, row: Any, *, period: str, day: str) -> dict[str, Any]:
    text, name = context.language.text, row.indicator_id

    def of(years: str, figure: str | None) -> str | None:
        """A figure with the time of its plan where that is not the period."""
        return text("{figure} for {period}", figure=figure, period=context.period(years)) if figure else None

    since = None if pd.isna(row.since_start) else _since(context, name, row)
    of_all_years = since is not None and pd.isna(row.plan) and _is_of_years(context, row)
    alone = pd.isna(row.done) and since is not None  # the figure of all years stands against their plan
    whole = pd.notna(row.several_plan) and (pd.isna(row.plan) or alone)
    more = of_all_years or row.since_start != row.done  # than the column beside it says
    years = row.several if whole else "" if row.plan_period == period else row.plan_period
    planned = _plan(context, name, years or row.plan_period)
    rate = (
        None
        if pd.isna(row.rate)
        else _rate(context, row, row.several if whole else period, value=row.since_start if whole else row.done)
    )
    behind = figure_behind(context.known, name, period=row.several if pd.isna(row.done) else period)
    return {
        **row._asdict(),
        "unit": context.known.package.row("indicators", name)["unit"],
        "source_id": behind.source_id if behind is not None else None,
        "planned": of(years, planned) if years else planned,
        "done_shown": None if pd.isna(row.done) or of_all_years else _figure(context, name, period, known=day),
        "rate_shown": of(years, rate) if years else rate,
        "before_shown": None if pd.isna(row.before) else _figure(context, name, year_before(period)),
        "since_shown": since if pd.notna(row.several_plan) or more else None,
        "left_shown": None if pd.isna(row.left) else _left(context, name, row, period=period),
    }


def _is_of_years(context: Context, row: Any) -> bool:
    """Whether what stands for the period is the figure of all years up to its end."""
    return bool(
        row.several
        and figure_behind(context.known, row.indicator_id, period=row.several)
        and row.since_start == row.done
    )


def _since(context: Context, indicator: str, row: Any) -> str:
    """What was done in several years, which are named where no plan of them is: as a source gives it, else added up."""
    years = context.period(row.several) if pd.isna(row.several_plan) and row.several else ""
    found = figure_behind(context.known, indicator, period=row.several) if row.several else None
    if found is None or found.value != row.since_start:
        return context.short(indicator)(row.since_start)
    return _told(context, indicator, row=found, days=years)


def _left(context: Context, indicator: str, row: Any, *, period: str) -> str | None:
    """What is left of a plan of several years, at most or at least so much where what was done or planned is only a bound."""
    found = (figure_behind(context.known, indicator, period=label) for label in (row.several, period))
    done = next((one for one in found if one is not None and one.value == row.since_start), None)
    plan = plan_behind(context.known, indicator, period=row.several)
    if not (done and plan and row.left):
        return context.short(indicator)(row.left)
    return context.numbers.left(lambda numbers: numbers.of(indicator, row.left, words=False), figure=done, wanted=plan)


def _plan(context: Context, indicator: str, period: str) -> str | None:
    """A plan with the word of its source, and both ends of a range; None without one."""
    row = plan_behind(context.known, indicator, period=period) if period else None
    return row and context.numbers.figure(row, indicator=indicator, words=False, target=True)


def _figure(context: Context, indicator: str, period: str, *, known: str = "") -> str:
    """A figure of a period with what its source leaves open: the word, the days that it is of where none are known, its
    standing.
    """
    row = figure_behind(context.known, indicator, period=period)
    days = "" if known else time_beside(context, indicator, row=row, period=period)
    return _told(context, indicator, row=row, days=days, others=_other_words(context, indicator, row))


def _other_words(context: Context, indicator: str, row: Any) -> str:
    """What other sources give for the same period, where they differ."""
    if not row.disputed:
        return ""
    rows = context.known.figures(indicator)
    rows = rows[(rows["period"] == row.period) & (rows["scope"] == "") & (rows["status"] != "plan")]
    rows = rows[rows["value"].notna() & (rows["value"] != row.value)]
    said = dict.fromkeys(context.numbers.figure(one, words=False) for one in each(rows))
    return (
        context.language.text("other sources: {figures}", figures=context.language.join_list([*said])) if said else ""
    )


def _rate(context: Context, row: Any, period: str, *, value: float) -> str:
    """The share of a plan, with the word of the source of the figure of a period, if that has the value: nearly 96%."""
    found = figure_behind(context.known, row.indicator_id, period=period)
    own = found is not None and found.value == value
    return context.numbers.share(row.rate, found) if own else context.numbers.part(row.rate)


def _told(context: Context, indicator: str, *, row: Any, days: str = "", others: str = "") -> str:
    standing = "" if row.status == "to_date" else context.standing(row.status)
    about = ", ".join(filter(None, [days, standing, others]))
    figure = context.numbers.figure(row, indicator=indicator, words=False)
    return f"{figure} ({about})" if about else figure


def silent_plans(context: Context, results: pd.DataFrame, *, indicators: pd.Index, period: str) -> Table:
    """Which targets and plans that are due by the end of a period have no figure of it: a row each, targets first.

    Args:
        results: rows of `statistics.period_results`.
        indicators: those of the page.
    """
    known, text, due = context.known, context.language.text, pd.Timestamp(context.known.until)
    judged = statuses_in_force(known, parse(period).start)
    judged = by_rule(judged[judged["indicator_id"].isin(indicators) & (judged["period_end"] <= due)])
    silent = [row.Index for row in each(judged.drop_duplicates("target")) if row.assessment.reason in SILENT]
    waiting = each(results[results["done"].isna() & results["plan"].notna() & results["fund"].eq("")])
    plans = [(row.indicator_id, plan_behind(known, row.indicator_id, period=row.plan_period)) for row in waiting]
    ordered = by_indicator(judged.loc[sorted(silent)], "period_end")
    wanted = [_planned(context, row.indicator_id, row) for row in each(ordered)]
    announced = [
        _planned(context, name, row) for name, row in plans if row and not is_target(row) and row.period_end <= due
    ]
    columns = (
        Column("content", text("Content")),
        Column("period", text("Period"), context.period_title),
        Column("planned", text("Planned"), number=True),
        *([Column("standing", text("Standing"))] if announced and wanted else []),
    )
    caption = text("Planned to the end of {period}, with no figure found", period=context.period(period))
    return Table("silent_plans", caption, columns=columns, frame=as_frame([*wanted, *announced]), raw=SILENT_RAW)


def _planned(context: Context, indicator: str, row: Any) -> dict[str, Any]:
    scope = getattr(row, "scope", "")
    return {
        **row._asdict(),
        "indicator_id": indicator,
        "scope": scope,
        "unit": context.known.package.row("indicators", indicator)["unit"],
        "content": context.indicator(indicator) + (f" ({context.scope_name(scope)})" if scope else ""),
        "planned": context.numbers.figure(row, indicator=indicator, words=False, target=True),
        "standing": context.language.text(FIGURE_STATUS["target" if is_target(row) else "plan"]),
    }
