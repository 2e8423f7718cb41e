"""What must happen each year from now for every target that is still to come, and what the pace so far would bring.

    next_years(known)    # a row a target statement and end of its range

What stands at a time (a level, a share, a running total) asks for an addition a year. What is wanted every year anew, or
as a share by the plan of one year, asks for that amount or rate in each of them, and a total of yearly amounts for an
equal part of what is left. Ceilings ask for nothing and are left out. Where no figure is known the row says what each
year would take if nothing was done so far, and has a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.once import once
from promotion_book.facts.periods import rest_of_year
from promotion_book.facts.rows import by_indicator, each
from promotion_book.scenarios.pace_ahead import ANEW, STOCK, TOTAL, asks, pace_so_far
from promotion_book.scenarios.whole_years import amounts_since, last_whole_year, whole_years, with_gap
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.statuses import current_statements

KEY = ["target_id", "indicator_id", "programme_id", "area", "scope", "period", "source_id"]
BOUNDS = ["figure_low", "figure_high"]
PACE = ["usual", "usual_since", "usual_until"]
COLUMNS = [*KEY, "asks", "wanted", "first", "year", "since", "rest", "figure"]
COLUMNS += [*BOUNDS, "figure_end", "figure_year", *PACE, "reason"]
SAME = 1e-9  # relative; what the sum of rounded means may be off


@once
def next_years(known: Known) -> pd.DataFrame:
    """What each target of the place that is still to come asks of the years left: `required_each_year` of its figures.

    Those of one indicator stand together, the one that is due first before the others. Of a range both ends have a row,
    and statements that want the same share one. `figure` is the last yearly one, of `figure_year` (its last day is
    `figure_end`), with the `figure_low` and `figure_high` of its source, or of a total the sum of the years of its
    period. What is asked counts from `since`: the year of the figure; without one, and for what is wanted anew, the
    last year that is over; a stock that was counted before its year was over has the `rest` of that year too. `usual`
    is the pace so far, which rests on the years `usual_since` to `usual_until`. Of a narrower scope no figures are
    taken.
    """
    rows = _ahead(known)
    rows = rows[rows["reading"] != "at_most"]
    found = [_row(known, row, wanted) for row in each(rows) for wanted in _ends(row)]
    table = pd.DataFrame(found, columns=COLUMNS).drop_duplicates(["indicator_id", "scope", "period", "asks", "wanted"])
    return required_each_year(table.reset_index(drop=True))


def limits_ahead(known: Known) -> pd.DataFrame:
    """The limits of the place that are still to come, the first statement of each target."""
    rows = _ahead(known)
    rows = rows[rows["reading"] == "at_most"]
    return rows.loc[~rows["target_id"].map(known.target_of).duplicated()]


def _ahead(known: Known) -> pd.DataFrame:
    rows = current_statements(known)
    return by_indicator(rows[rows["period_end"] > pd.Timestamp(known.until)], "period_end")


def required_each_year(rows: pd.DataFrame) -> pd.DataFrame:
    """How much must each year that is left bring for a target to be reached in time, and does the pace so far suffice?

    .. math:: \\text{stock: } a = \\frac{\\max(0, y_T - y_t)}{T - t} \\\\
        \\text{stock, as growth: } g = \\left(\\frac{y_T}{y_t}\\right)^{1/(T - t)} - 1 \\\\ \\text{total: } a = \\frac{\\max(0, y_T - \\sum_i y_i)}{n} \\\\ \\text{every year anew: } a = y_T

    Symbols: $y_T$ is wanted in or by year $T$, $y_t$ is the last figure, $t$ its year or, of a stock, the day of its
    count, $y_i$ what the years of the period brought so far, $n$ the years of it that are left; $a$ is the addition or
    the amount a year, $g$ the growth a year.
    Source: the straight line, the constant growth, and the equal parts that still lead to the target.
    Worked cases: S150, S151

    Args:
        rows: `asks` (stock, total or anew), `wanted`, `first` and `year` (of the target's plan), `since` (the last year
            that is over), `rest` (what was left of it when a stock was counted), `figure`, `usual` (what a year added,
            or brought, on average).

    Returns:
        The rows with `years` that are left, `each_year` and `growth` (a fraction, only of stocks above zero),
        `usual_figure` (what the pace so far leads to by the year, and of what is wanted anew what a year brings) and
        `enough`, whether that reaches the target; it is missing where there is no pace.
    """
    stock, total = rows["asks"] == STOCK, rows["asks"] == TOTAL
    begin = rows["since"].where(stock, rows["since"].clip(lower=rows["first"] - 1))
    years = (rows["year"] - begin + rows["rest"].where(stock, 0.0)).astype(float)
    done = rows["figure"].astype(float).where(~total, rows["figure"].astype(float).fillna(0.0))
    wanted, usual = rows["wanted"].astype(float), rows["usual"].astype(float)
    each_year = ((wanted - done).clip(lower=0) / years).where(stock | total, wanted)
    ratio = (wanted / done).where(stock & (done > 0) & (wanted > 0))
    growth = np.maximum(ratio ** (1 / years) - 1, 0.0)
    usual_figure = (done + usual * years).where(stock | total, usual)
    reached = (usual_figure >= wanted) | np.isclose(usual_figure, wanted, rtol=SAME, atol=0)
    enough = reached.astype(object).where(usual_figure.notna(), None)
    return rows.assign(years=years, each_year=each_year, growth=growth, usual_figure=usual_figure, enough=enough)


def _ends(row: Any) -> Iterator[float]:
    """Both ends of a range, else the figure that is wanted."""
    if row.reading in ("at_least_low_stretch_high", "stay_within"):
        yield from (float(row.low), float(row.high))
    else:
        yield float(row.value)


def _row(known: Known, row: Any, wanted: float) -> dict[str, Any]:
    indicator = known.package.row("indicators", row.indicator_id)
    first = (row.period_start if pd.isna(row.plan_start) else row.plan_start).year
    asked = asks(row, indicator)
    series = within = whole_years(known, row.indicator_id).iloc[: None if not row.scope else 0]
    if asked == TOTAL and not row.scope:
        within = amounts_since(known, row.indicator_id, first)
    if asked == TOTAL and (len(within) or last_whole_year(known) >= first):
        series = within
    figures, end = series["value"], series["period_end"].iloc[-1] if len(series) else None
    so_far, gap = _so_far(within["value"], asked), asked == TOTAL and with_gap(within, first)
    told = {name: getattr(row, name, "") for name in KEY} | {"programme_id": indicator["programme_id"]}
    return told | {
        "asks": asked,
        "wanted": wanted,
        "first": first,
        "year": row.period_end.year,
        "since": last_whole_year(known) if asked == ANEW or figures.empty else int(figures.index[-1]),
        "rest": rest_of_year(end) if end else 0.0,
        "figure": so_far,
        **_bounds(within if asked == TOTAL else series.iloc[-1:], so_far, gap=gap),
        "figure_end": end,
        "figure_year": None if figures.empty else int(figures.index[-1]),
        **({} if row.scope or gap else _pace(known, row, asked)),
        "reason": "" if len(figures) else "no_figure",
    }


def _so_far(figures: pd.Series[float], asked: str) -> float:
    if asked == TOTAL:
        return float(figures.sum())
    return float(figures.iloc[-1]) if len(figures) else np.nan


def _bounds(rows: pd.DataFrame, figure: float, *, gap: bool) -> dict[str, float]:
    """What sources add to a figure, or to one of those that it is the sum of, as over or nearly; a sum with a `gap` is over."""
    found = {end: rows[end].eq(rows["value"]).any() for end in ("low", "high")}
    found["low"] |= gap
    return {name: figure if bound else np.nan for name, bound in zip(BOUNDS, found.values(), strict=True)}


def _pace(known: Known, row: Any, asked: str) -> dict[str, float]:
    """The pace so far of what a statement is about, and of which years; nothing where the figures show none."""
    try:
        found = pace_so_far(known, row.indicator_id, anew=asked != STOCK, bases=[row.base_year])
    except Refused:
        return {}
    return dict(zip(PACE, (found.amount, found.first, found.last), strict=True))
