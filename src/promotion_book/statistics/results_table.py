"""What was planned for a period, what was done, and what is left: the table that a department hands upwards.

    figures, plans = content_items(known, ["kip_recognised", "gift_show_booths"])
    results_table(figures, plans, period="2026-H1")

A content item is an indicator: its figure of the period stands against the plan for the period or, where that has none,
for the year around it, and against the same period of the year before. Of a plan over several years it tells what was
done since its start and what is left; without one, what a source gives for several years together. Amounts add up over the years, and a sum with a missing year is none; a ratio over
several years is the sum above the line over the sum below it, never the mean of the ratios.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from promotion_book.facts import Known, Period, conflicts, parse
from promotion_book.facts.once import once
from promotion_book.facts.periods import year_before
from promotion_book.facts.rows import each, group_rows
from promotion_book.statistics.growth_assumption import wishes
from promotion_book.statistics.money import with_funds

FIGURES = ["indicator_id", "kind", "period", "value", "unsure", "top", "bottom"]
PLANS = ["indicator_id", "period", "value", "several"]
COLUMNS = ["indicator_id", "plan_period", "plan", "done", "rate", "before", "change"]
COLUMNS += ["several", "several_plan", "since_start", "left"]
STOCKS = ("level", "cumulative", "milestone")
PARTS = {"half": "H", "quarter": "Q"}
SPANS = ("year", "half", "quarter", "months", "month", "years")
RATES = ("growth", "share")
EACH_YEAR = ("flow", "growth")  # kinds of target that are wanted every year anew


def results_table(figures: pd.DataFrame, plans: pd.DataFrame, *, period: str) -> pd.DataFrame:
    """How much of what was planned for a period was done, and how much of a plan over several years is left?

    .. math:: \\text{rate} = \\frac{y_t}{p_t} \\\\ \\text{change} = \\frac{y_t}{y_{t-1}} - 1 \\\\
        \\text{left} = \\max\\left(0, \\, P - \\sum_{i=s}^{t} y_i\\right)

    Symbols: $y_t$ is what was done in the period, $p_t$ its plan, $y_{t-1}$ the same period of the year before; $P$ is the
    plan over several years that begins in year $s$. For what stands at a time the sum is the figure itself, and for a share
    the one of all these years. Where the period has no plan of its own, or no figure beside one, the rate of what adds up is
    the sum over $P$. Without a plan over several years, the sum is what a source gives for several years up to the end of the
    period, if one does.
    Source: the form in which departments report on industrial promotion.
    Worked cases: P140, P141

    One row an indicator of the two frames, in their order; the columns of `COLUMNS`, in the unit of the indicator, `rate`
    and `change` being fractions. What cannot be computed is missing: there is no plan, no figure, a plan or an earlier
    figure of zero, or a year of the sum is not known. Growth has no rate, and growth and shares have no change: of a
    percentage neither says anything. A figure that is unsure has no change, nor has the one after it.

    Args:
        figures: a row an indicator and period: the columns of `FIGURES`; `unsure`: sources differ on it, it counts a
            part of the period, or it is no more than a bound, as over 22; `top` and `bottom` are those of a ratio.
        plans: a row an indicator and period: the columns of `PLANS`; of a range the low end. `several`: it is one plan
            for all its years.
        period: a label of `facts.periods` within one year.
    """
    when = parse(period)
    done, planned = (group_rows(rows, attrgetter("indicator_id")) for rows in (figures, plans))
    rows = [_row(name, done.get(name, []), planned.get(name, []), when) for name in {**planned, **done}]
    return pd.DataFrame(rows, columns=COLUMNS)


@once
def period_results(known: Known, indicators: tuple[str, ...], *, period: str) -> pd.DataFrame:
    """The results table of what has a plan or a figure, with the money after what it pays for (`money.with_funds`)."""
    found = results_table(*content_items(known, indicators), period=period)
    said = found[["plan", "done", "several_plan", "since_start"]].notna().any(axis=1)
    return with_funds(found[said], known.package["funds"])


def content_items(known: Known, indicators: Iterable[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The leading figures and the plans of some indicators as `results_table` takes them.

    Plans are the planned figures of years, and the targets of the indicator as a whole: an amount a year counts for each
    year of its period, a total for all of them together. Of statements that differ the leading one counts. A target of
    which the sources do not say what it counts (table `readings`) is no plan: its status tells what each reading gives.
    """
    figures = [row for name in indicators for row in _done(known, name)]
    plans = [row for name in indicators for row in (*_planned(known, name), *_wanted(known, name))]
    return (
        pd.DataFrame(figures, columns=FIGURES).dropna(subset=["value"], ignore_index=True),
        pd.DataFrame(plans, columns=PLANS),
    )


def _series(known: Known, name: str) -> Iterator[Any]:
    """The rows of `Known.series` of an indicator, of periods of any length."""
    for span in SPANS:
        yield from known.series_rows(name, frequency=span)


def _done(known: Known, name: str) -> Iterator[tuple[Any, ...]]:
    """The leading figures of an indicator, of periods of any length: rows of `FIGURES`."""
    row = known.package.row("indicators", name)
    kind, parts = row["kind"], _parts(known, str(row["derivation"])) if row["kind"] == "ratio" else ({}, {})
    for one in _series(known, name):
        partly = kind == "flow" and last_day(one, kind) < one.period_end
        bound = (one.low == one.value) != (one.high == one.value)
        top, bottom = (of.get(one.period, float("nan")) for of in parts)
        yield name, kind, one.period, one.value, bool(one.disputed or partly or bound), top, bottom


def last_day(row: Any, kind: str) -> pd.Timestamp:
    """The last day that a figure of an indicator of some kind tells of: that of its source for what was counted while its
    period ran, and for what was added to such a count.
    """
    partly = row.status == "to_date" or (kind == "flow" and row.status == "derived")
    partly = partly and row.period_start <= row.known < row.period_end
    return pd.Timestamp(row.known if partly else row.period_end)


def figure_behind(known: Known, indicator: str, *, period: str) -> Any | None:
    """The row of `Known.series` that is an indicator's figure of a period; None without one."""
    return next((row for row in _series(known, indicator) if row.period == period and pd.notna(row.value)), None)


def plan_behind(known: Known, indicator: str, *, period: str) -> Any | None:
    """The row of what was planned of an indicator for a period, a plan or else a target; None without one."""
    plans = known.series_rows(indicator, plans=True)
    found = next((row for row in plans if row.period == period), None)
    rows = conflicts.by_rule(wishes(known, indicator, frequency=""))
    return found or next(
        (row for row in each(rows) if period in {row.period, *(label for label, _ in _labels(row))}), None
    )


def _parts(known: Known, rule: str) -> list[dict[str, float]]:
    """What stands above the line of a ratio and below it, by period."""
    _, *names = rule.split(":")
    return [{row.period: row.value for row in _series(known, name)} for name in names]


def _planned(known: Known, name: str) -> list[tuple[Any, ...]]:
    """What was planned for single years, of a range the low end: rows of `PLANS`."""
    plans = known.series_rows(name, plans=True)
    return [(name, row.period, row.value if pd.isna(row.low) else row.low, False) for row in plans]


def _wanted(known: Known, name: str) -> list[tuple[Any, ...]]:
    """What the targets of an indicator ask of single periods: rows of `PLANS`."""
    rows = wishes(known, name, frequency="")
    leading = conflicts.by_rule(rows).drop_duplicates(["period", "kind"]) if len(rows) else rows
    return [
        (name, label, row.value if pd.isna(row.low) else row.low, several)
        for row in each(leading)
        if row.target_id not in known.readings
        for label, several in _labels(row)
    ]


def _labels(row: Any) -> list[tuple[str, bool]]:
    """The periods for which a target is a plan, and whether it is one plan for several years."""
    first, last = row.period_start.year, row.period_end.year
    if row.kind in EACH_YEAR:
        return [(str(year), False) for year in range(first, last + 1)]
    return [(row.period, first < last)]


def _row(name: str, figures: list[Any], plans: list[Any], when: Period) -> dict[str, Any]:
    of, single = _by_period(figures), _by_period(row for row in plans if not row.several)
    kind, earlier = figures[0].kind if figures else "", year_before(when.label)
    done, before = (_figure(of, [label]) for label in (when.label, earlier))
    unsure = any(row.unsure and row.period in (when.label, earlier) for row in figures)
    around = [label for label in (when.label, str(when.start.year)) if label in single]
    plan = float(single[around[0]].value) if around else None
    several, total = _plan_of_years(plans, when)
    several = several or _years_told(figures, when)
    since = _since(of, several, when)
    since = done if since is None and kind in STOCKS else since
    alone, adds_up = plan is not None and done is not None, kind not in ("ratio", "share")
    return {
        "indicator_id": name,
        "plan_period": around[0] if around else "",
        "plan": plan,
        "done": done,
        "rate": None if kind == "growth" else _rate(done, plan) if alone else _rate(since, total) if adds_up else None,
        "before": before,
        "change": None if done is None or not before or kind in RATES or unsure else done / before - 1,
        "several": several,
        "several_plan": total,
        "since_start": since if several else None,
        "left": None if since is None or total is None or not adds_up else max(0.0, total - since),
    }


def _rate(done: float | None, plan: float | None) -> float | None:
    return None if done is None or not plan else done / plan


def _by_period(rows: Iterable[Any]) -> dict[str, Any]:
    """The first row of each period."""
    found: dict[str, Any] = {}
    for row in rows:
        found.setdefault(row.period, row)
    return found


def _since(of: dict[str, Any], several: str, when: Period) -> float | None:
    """What was done since the start of a plan: what a source gives for years from the first on, and what came after them."""
    if not several:
        return None
    assert when.end is not None
    first = parse(several).start
    told = [(years.end, label) for label in of if (years := parse(label)).frequency == "years" and years.start == first]
    end, label = max(((end, label) for end, label in told if end and end <= when.end), default=(None, ""))
    if end is None:
        return _figure(of, labels_since(first.year, when))
    return _figure(of, [label, *(labels_since(end.year + 1, when) if end < when.end else [])])


def _years_told(figures: list[Any], when: Period) -> str:
    """The years for which a source gives what was done in all of them, up to the end of a period; of two the longer span."""
    spans = [parse(row.period) for row in figures]
    return min(((s.start, s.label) for s in spans if s.frequency == "years" and s.end == when.end), default=("", ""))[1]


def _plan_of_years(plans: list[Any], when: Period) -> tuple[str, float | None]:
    """The plan over several years around a period; of two the one that ends first."""
    spans = [(parse(row.period), float(row.value)) for row in plans if row.several]
    around = [
        (years.end, years.label, value)
        for years, value in spans
        if years.end and when.end and years.start <= when.start and when.end <= years.end
    ]
    _, label, total = min(around, default=(None, "", None))
    return label, total


def _figure(of: dict[str, Any], labels: list[str]) -> float | None:
    """The figure of some periods together; None where one of them is missing, or where figures of that kind do not add up."""
    rows = [of[label] for label in labels if label in of and pd.notna(of[label].value)]
    if len(rows) < len(labels):
        return None
    if len(rows) == 1:
        return float(rows[0].value)
    kinds = {row.kind for row in rows}
    if kinds == {"flow"}:
        return float(np.sum([row.value for row in rows]))
    below = np.sum([row.bottom for row in rows]) if kinds <= {"flow", "ratio"} else 0.0
    return float(np.sum([row.top for row in rows]) / below) if below else None


def labels_since(first: int, when: Period) -> list[str]:
    """The periods that add up to the time from the start of a year to the end of a period: whole years, then its parts."""
    year = when.start.year
    sign = PARTS.get(when.frequency, "")
    parts = [f"{year}-{sign}{n}" for n in range(1, int(when.label[-1]) + 1)] if sign else [when.label]
    return [*map(str, range(first, year)), *parts]
