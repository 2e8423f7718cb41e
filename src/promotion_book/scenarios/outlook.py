"""What may come next, from the known yearly figures of one indicator, and how likely its target is.

    aimed = aim(known, "kip_recognised_total")             # 150 and 180, in 2025
    found = aimed_outlook(known, "kip_recognised_total")   # the projection of that year, with its ranges
    chance_of(found, aimed.levels[0])                      # the chance of the low end of the target

Range and chance are read from one distribution of `predictive`; where it is refused, both are, with a
reason of `statistics.refusal`. Nothing is raised. A running total is projected by what each year adds
to it, added up, so that it never falls and never differs from the projection of its yearly flow. What
follows from other series, such as a part of a total, is not projected beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.once import once
from promotion_book.facts.rows import each
from promotion_book.scenarios.forecasts import ahead, drift, naive
from promotion_book.scenarios.predictive import Predictive, running_total, yearly
from promotion_book.scenarios.probability import Chance, chance
from promotion_book.scenarios.whole_years import amounts_since, single_years, whole_years, with_gap
from promotion_book.statistics.growth_assumption import wishes
from promotion_book.statistics.refusal import Refused

LEVELS = (80, 95)  # per cent of the outcomes that a range holds


@dataclass(frozen=True, eq=False)
class Outlook:
    """The known `figures` of some `years`, and the `forecast` from the year after them to `until`.

    A forecast has a row a year, in the unit of the figures: the central line `projected` and the ranges around it, `low80`,
    `high80`, `low95` and `high95`, all of one `distribution`, and two plain methods, `naive` and `drift`. Without one `reason`
    says why. For a running total `added` is what each year added to it, as far as that is known; else it is None.
    """

    years: tuple[int, ...]
    figures: tuple[float, ...]
    until: int
    added: pd.Series[float] | None = None
    forecast: pd.DataFrame | None = None
    distribution: Predictive | None = None
    reason: str = ""

    @property
    def running(self) -> bool:
        """Whether the figures are those of a running total."""
        return self.added is not None

    @property
    def rests_on(self) -> tuple[int, ...]:
        """The years whose figures, or additions to a running total, the forecast rests on."""
        return self.years if self.added is None else tuple(int(year) for year in self.added.index)

    @property
    def missing(self) -> list[int]:
        """The years up to the last one without a figure or, of a running total, without a figure of what they added."""
        gaps = {
            year for known in (self.years, self.rests_on) for year in _after(known, self.years) if year not in known
        }
        return sorted(gaps)


def _after(known: Sequence[int], years: Sequence[int]) -> range:
    """From the first year that is known to the last of the years."""
    return range(known[0], years[-1] + 1) if known else range(0)


def outlook(figures: pd.Series[float], until: int, added: pd.Series[float] | None = None) -> Outlook:
    """Where may a figure stand in the coming years, and how sure is that?

    Refused are: no figure, a year without one, no year ahead, a year that added nothing to a running total, and what
    `predictive` refuses: fewer than 4 figures, too many years ahead, growth without variation, figures not above zero.

    Args:
        figures: one a year, by year, oldest first.
        until: last year of the forecast.
        added: what each year added to the figures, by year, if they are a running total.
    """
    known = Outlook(tuple(int(year) for year in figures.index), tuple(figures.astype(float)), until, added)
    try:
        return _forecast(known)
    except Refused as refused:
        return replace(known, reason=refused.reason)


def _forecast(known: Outlook) -> Outlook:
    """An outlook with its forecast. The drift of a running total goes on by what a year added on average; that of other
    figures ends at zero, as they do.
    """
    if not known.years:
        raise Refused("no_figure")
    if known.missing:
        raise Refused("years_missing")
    last, figures = known.years[-1], known.figures
    if known.until <= last:
        raise Refused("no_time")
    horizon = known.until - last
    if known.added is None:
        found, steady = yearly(figures, horizon), np.maximum(drift(figures, horizon), 0)
    else:
        found = _total(known.added, figures[-1], horizon)
        steady = figures[-1] + known.added.mean() * ahead(horizon)
    lines = {"projected": found.median, "naive": naive(figures, horizon), "drift": steady}
    for level in LEVELS:
        lines[f"low{level}"], lines[f"high{level}"] = found.interval(level / 100)
    years = pd.RangeIndex(last + 1, known.until + 1, name="year")
    return replace(known, forecast=pd.DataFrame(lines, index=years), distribution=found)


def _total(added: pd.Series[float], total: float, horizon: int) -> Predictive:
    if (added <= 0).any():
        raise Refused("nothing_added")
    return running_total(added.to_numpy(dtype=float), total, horizon=horizon)


def indicator_outlook(known: Known, indicator: str, *, until: int) -> Outlook:
    """The outlook of an indicator from its whole years to a year; what follows from other series has none.

    That is a part of a total, the sum of the last years of a yearly flow, and a ratio of two figures: projected alone
    they would contradict the total, the flow and the figures.
    """
    row = known.package.row("indicators", indicator)
    figures, added = figures_and_additions(known, indicator)
    found = outlook(figures, until, added)
    follows = row["part_of"] or _rule(row["derivation"])[0] in ("last", "ratio", "sum")
    return (
        replace(found, forecast=None, distribution=None, reason="made_of_others") if found.years and follows else found
    )


def figures_and_additions(known: Known, indicator: str) -> tuple[pd.Series[float], pd.Series[float] | None]:
    """The figures of the whole years that a projection starts from and, for a running total, its `additions`; by year."""
    row, figures = known.package.row("indicators", indicator), whole_years(known, indicator)["value"]
    rule, _, first = _rule(row["derivation"])
    if rule == "change":
        figures = figures[figures.index >= first]
    return figures, additions(known, indicator) if row["kind"] == "cumulative" else None


def _rule(derivation: str) -> tuple[str, str, int]:
    """The kind of a derivation of `facts.derivations`, the indicator that it names and its number; empty without one."""
    kind, other, number = (derivation or "::0").split(":")
    return kind, other, int(number) if number.isdecimal() else 0


def additions(known: Known, total: str) -> pd.Series[float]:
    """What each whole year added to a running total, by year: its flow, or else its change since the year before.

    The flow is the indicator that the total adds up, whose figures from before the total began count too, so that all
    totals of one flow grow alike; or the one that is derived as its change, which says from which year on.
    """
    totals = whole_years(known, total)["value"]
    steps = totals.diff()[totals.index.to_series().diff() == 1]
    flow, first = _flow(known, total)
    added = whole_years(known, flow)["value"].combine_first(steps) if flow else steps
    return added[(added.index >= first) & (added.index <= max(totals.index, default=0))].astype(float)


def first_round(known: Known, flow: str) -> int | None:
    """The year in which the oldest running total of a yearly flow begins; None where the data name no total of it."""
    rules = [_rule(derivation) for derivation in known.indicators["derivation"] if f":{flow}" in derivation]
    return min((first for kind, other, first in rules if (kind, other) == ("total", flow)), default=None)


def _flow(known: Known, total: str) -> tuple[str, int]:
    """The yearly flow of a running total, empty where the data name none, and the year from which it tells the additions."""
    kind, flow, _ = _rule(known.package.row("indicators", total)["derivation"])
    if kind == "total":
        return flow, 0
    for name, derivation in known.indicators["derivation"].items():
        kind, other, first = _rule(derivation)
        if (kind, other) == ("change", total):
            return str(name), first
    return "", 0


@dataclass(frozen=True)
class Aim:
    """What the statements in force want in a year: their different levels, the lowest first; `at_most` says that these are
    ceilings.
    """

    year: int
    levels: tuple[float, ...]
    at_most: bool


def aim(known: Known, indicator: str) -> Aim | None:
    """The furthest year for which an indicator has a target, with both ends of each range; None without a target.

    Statements that a known one replaced, and those of a narrower scope, are left out; ceilings count where there is
    nothing else.
    """
    rows = wishes(known, indicator)
    if rows.empty:
        return None
    rows = rows[rows["period_end"] == rows["period_end"].max()]
    ceilings = rows["reading"] == "at_most"
    rows = rows if ceilings.all() else rows[~ceilings]
    levels = {float(level) for column in ("low", "value", "high") for level in rows[column].dropna()}
    return Aim(rows["period_end"].iloc[0].year, tuple(sorted(levels)), bool(ceilings.all()))


def aimed_outlook(known: Known, indicator: str) -> Outlook | None:
    """The outlook of an indicator up to the year of its `aim`; None without a target."""
    aimed = aim(known, indicator)
    return None if aimed is None else indicator_outlook(known, indicator, until=aimed.year)


def chance_of(found: Outlook, level: float, *, at_most: bool = False) -> tuple[Chance | None, str]:
    """How likely is a level in the year `until`: that it is reached, or kept if it is a ceiling? Else why that is not said.

    It is read from the distribution that gives the ranges, so there is no chance where there is no range. A running
    total that has reached a level does not go back, of which there is no chance to tell, nor a reason.
    """
    if found.running and any(figure > level or (figure == level and not at_most) for figure in found.figures):
        return None, ""
    if found.distribution is None:
        return None, found.reason
    likely = float(found.distribution.at_least(level)[-1])
    return chance(1 - likely if at_most else likely), ""


@once
def chances(known: Known) -> pd.DataFrame:
    """How likely is what is wanted of each indicator, from its own figures?

    Asked is for the furthest year that a target to come is for, and for each total of several years to come. One row a
    level: `indicator_id`, `level`, `period`, the `chance`, missing where the figures allow none, and the `reason`.
    """
    targets = known.current_targets
    rows = [
        (name, level, period, *chance_of(found, level, at_most=at_most))
        for name in dict.fromkeys(targets.loc[targets["period_end"] > pd.Timestamp(known.until), "indicator_id"])
        for period, found, levels, at_most in _wanted(known, name)
        for level in levels
    ]
    return pd.DataFrame(rows, columns=["indicator_id", "level", "period", "chance", "reason"], dtype=object)


def _wanted(known: Known, indicator: str) -> Iterator[tuple[str, Outlook, Iterable[float], bool]]:
    """The periods to come of which something is wanted, with the outlook to their end, the levels, and whether these are
    ceilings.
    """
    aimed = aim(known, indicator)
    if aimed and date(aimed.year, 12, 31) > known.until:
        yield str(aimed.year), indicator_outlook(known, indicator, until=aimed.year), aimed.levels, aimed.at_most
    goals = wishes(known, indicator, frequency="years").query("kind == 'cumulative' and reading != 'at_most'")
    rows = whole_years(known, indicator)
    figures = rows.loc[single_years(rows), "value"].astype(float)
    for goal in each(goals[goals["period_end"] > pd.Timestamp(known.until)]):
        amounts = amounts_since(known, indicator, goal.period_start.year)
        last = (amounts if len(amounts) else figures).index[-1:]
        found = outlook(pd.Series(amounts["value"].sum(), last), goal.period_end.year, figures)
        if with_gap(amounts, goal.period_start.year):
            found = replace(found, forecast=None, distribution=None, reason="years_missing")
        levels = dict.fromkeys(level for level in (goal.low, goal.value, goal.high) if pd.notna(level))
        yield goal.period, found, levels, False
