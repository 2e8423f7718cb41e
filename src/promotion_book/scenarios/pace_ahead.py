"""The pace so far, which is one number on every page, and where a stock goes if each year adds as much again.

    pace_so_far(known, "kip_recognised", anew=True).amount    # products a year

That it goes on is an assumption, not a forecast.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.periods import in_years
from promotion_book.scenarios.outlook import additions, first_round
from promotion_book.scenarios.whole_years import whole_years
from promotion_book.statistics.growth import mean_growth
from promotion_book.statistics.leading import plan_end
from promotion_book.statistics.refusal import Refused

STOCK, TOTAL, ANEW = "stock", "total", "anew"  # what a target asks for
NOT_A_SERIES, ONLY_BOUNDS, GAP, NO_FIT = "not_a_series", "only_bounds", "gap", "no_fit"
ENOUGH = 3  # figures: two additions, so that there is a slowest and a fastest stretch
STRETCH = 0.49  # years from one count to the next that show a pace: the first half of a year, which has 181 days
COLUMNS = ["year", "slowest", "value", "fastest"]
DIGITS = 9  # of a mean: that of equal figures is that figure


def asks(row: Any, indicator: Any) -> str:
    """What a target statement asks for: that a stock stands so high, a total of its years, or the same in each year anew."""
    begin = row.period_start if pd.isna(row.plan_start) else row.plan_start
    one_year = pd.notna(row.plan_start) and begin.year == row.period_end.year
    of_one_year = row.kind == "share" and indicator["measured"] == "during" and one_year
    if row.path == "per_period" or row.kind in ("flow", "growth") or of_one_year:
        return ANEW
    return TOTAL if row.kind == "cumulative" else STOCK


@dataclass(frozen=True)
class Pace:
    """What a year added or brought on average, in the unit of the figures, and the first and last year that this rests on."""

    amount: float
    first: int
    last: int


def pace_so_far(known: Known, indicator: str, *, anew: bool, bases: Iterable[float] = ()) -> Pace:
    """How much did a year add so far or, of what is counted anew each year, bring on average?

    .. math:: \\text{added: } \\frac{y_t - y_0}{t - t_0} \\qquad \\text{anew: } \\frac{1}{n} \\sum_i y_i

    Symbols: $y_t$ is the last figure of a year that was over when it was counted, and $y_0$ that of the base of the
    target, else the first one; $t$ and $t_0$ are the days of these counts in years; $y_i$ are the figures of the last
    $n$ years without a gap: what lies before a year that is not known is no part of the mean, nor is a growth that is
    not that of the published amounts, with what lies before it. The mean of rates of growth is `growth.mean_growth`.
    The first round of a programme is no part of a pace, for it takes in what had waited: the year in which the running
    total of yearly amounts begins. A total that begins later begins at zero.
    Source: a rule of this report.

    Args:
        bases: the base years of targets.

    Raises:
        Refused: the figures are no series, none or one of a whole year is known, or none of the year before the last; or
            one that the pace would rest on is only a bound; or the last growth is not that of the published amounts.
    """
    row, series = known.package.row("indicators", indicator), whole_years(known, indicator)
    figures = series["value"].astype(float)
    if row["series"] != "yes":
        raise Refused(NOT_A_SERIES)
    if len(figures) < 2:
        raise Refused("pace_not_assessable" if len(figures) else "no_figure")
    running = row["kind"] == "cumulative"
    if anew and not running:
        later = figures[1:] if figures.index[0] == first_round(known, indicator) else figures
        rests_on = _fitting(known, indicator, _unbroken(later))
        return _mean(_firm(series, rests_on), rates=row["kind"] == "growth")
    based = sorted({*bases} & {*figures.index[:-1]})
    times = _times(series["period_end"])
    figures = _counted_whole(figures.loc[based[0] :] if based else figures, times)
    _firm(series, figures.iloc[[0, -1]])
    first = figures.index[0]
    if running and not based and first in (added := additions(known, indicator)) and added.index[0] < first:
        figures = pd.concat([pd.Series({first - 1: figures[first] - added[first]}), figures])
    counted = times.reindex(figures.index).fillna(first)
    return Pace(_added_a_year(figures, counted), int(figures.index[0]), int(figures.index[-1]))


def _firm(series: pd.DataFrame, figures: pd.Series[float]) -> pd.Series[float]:
    """Figures of a series as they are. Raises Refused where a source gives only a bound of one."""
    bounds = series["low"].eq(series["value"]) ^ series["high"].eq(series["value"])
    if bounds[figures.index].any():
        raise Refused(ONLY_BOUNDS)
    return figures


def _unbroken(figures: pd.Series[float]) -> pd.Series[float]:
    """The figures of the years up to the last one, back to the first year that is missing."""
    gaps = figures.index.to_series().diff() != 1
    found: pd.Series[float] = figures[figures.index >= gaps[gaps].index[-1]]
    return found


def _fitting(known: Known, indicator: str, rates: pd.Series[float]) -> pd.Series[float]:
    """The figures after the last year whose growth is not that of the published amounts."""
    said = {str(year): rate for year, rate in rates.items()}
    printed = [group.iloc[-1] for group in known.misfits]
    mine = [row for row in printed if (row["indicator_id"], row["area"]) == (indicator, known.package.area)]
    odd = [int(row["period"]) for row in mine if said.get(row["period"]) == row["value"]]
    if odd and max(odd) == rates.index[-1]:
        raise Refused(NO_FIT)
    return rates[rates.index > max(odd, default=-1)]


def _mean(figures: pd.Series[float], *, rates: bool) -> Pace:
    if len(figures) < 2:
        raise Refused("pace_not_assessable")
    mean = 100 * mean_growth([*figures / 100]) if rates else figures.mean()
    return Pace(round(float(mean), DIGITS), int(figures.index[0]), int(figures.index[-1]))


def _times(days: pd.Series[pd.Timestamp]) -> pd.Series[float]:
    """Days in years: the end of 2024 is 2025."""
    return pd.Series([in_years(day) for day in days], index=days.index, dtype=float)


def _counted_whole(figures: pd.Series[float], times: pd.Series[float]) -> pd.Series[float]:
    """The figures without the last one where its year was not over when it was counted, if two are left."""
    return figures.iloc[: len(figures) - int(len(figures) > 2 and times[figures.index[-1]] % 1 > 0)]


def _added_a_year(figures: pd.Series[float], times: pd.Series[float]) -> float:
    """What a year added on average from the first figure to the last one, by their times in years."""
    return float((figures.iloc[-1] - figures.iloc[0]) / (times.iloc[-1] - times.iloc[0]))


def at_pace_so_far(series: pd.DataFrame) -> pd.DataFrame:
    """What would a stock be in the coming years if each of them added as much as a year did on average so far?

    .. math:: y_T = y_t + (T - t) \\, \\frac{y_s - y_0}{s - t_0}

    Symbols: $y_0$ is the first figure and $y_t$ the last one, $t_0$ and $t$ are the days of these counts in years, and $T$ is
    the end of a coming year; $y_s$ is the last figure too, but the one before where its year was not over: such a year is
    no part of the average, nor of the range.
    Source: the straight line that goes on.

    Args:
        series: figures of the stock, oldest first, with `year`, `end` (the day of the count) and `value`.

    Returns:
        A row a year, from that of the last figure to the end of the five-year plan that follows: `year`, `value` and, by
        what the `slowest` and the `fastest` stretch from one count to the next added a year, the ends of a range; a stretch
        shorter than half a year is passed over. Empty where fewer than three figures give a pace.
    """
    figures = series.dropna(subset=["value"]).assign(time=lambda rows: _times(rows["end"]))
    whole = _counted_whole(figures["value"], figures["time"])
    if len(whole) < ENOUGH:
        return pd.DataFrame(columns=COLUMNS, dtype=float)
    times = figures["time"].loc[whole.index]
    stretch = times.diff()
    added = (whole.diff() / stretch).where(stretch >= STRETCH)
    last, time, year = (figures[name].iloc[-1] for name in ("value", "time", "year"))
    usual = _added_a_year(whole, times)
    ahead = pd.DataFrame({"year": range(int(year), plan_end(int(year)) + 1)})
    left = (ahead["year"] + 1 - time).where(ahead["year"] > year, 0.0)
    paces = {"slowest": added.min(), "value": usual, "fastest": added.max()}
    return ahead.assign(**{name: last + pace * left for name, pace in paces.items()})
