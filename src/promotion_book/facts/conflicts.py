"""Conflicts: two sources, the same indicator, area, scope, unit and period, different figures.

A conflict is kept and shown, never averaged. The recorded rule only chooses which figure leads: one
that a second look could not find again never leads before one that it could; then a legal act before
official statistics before a copy of them before an agency report before the press, in which the text where an act was
read comes first for what it plans; of the same kind the later one.
A plan is never compared with an outcome. Three kinds of conflict are found besides: a running total that is lower
than it was before (`falls`), parts that do not add up to their whole (`sums`), and a growth that is not that of its
figures (`misfits`). The likely reason of each conflict is in the table `conflict_notes`; what one note explains is one conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from operator import attrgetter
from typing import Any

import pandas as pd

from promotion_book.facts.periods import A_YEAR, year_before
from promotion_book.facts.rows import each, group_rows

OF_ACT = "press_on_act"  # the type of a press text in which an act was read, for what it plans
RANK = {"legal_act": 5, "official_statistics": 4, "statistics_copy": 3, "agency_report": 2, OF_ACT: 1, "press": 0}
NO_RANK = -1
WHOLE_KINDS = ("cumulative", "flow", "level")
WHOLE = ["indicator_id", "area", "scope", "start", "period_end"]
AREAS = "area"
ROUNDED = 0.01  # parts and whole may be so far apart, as they are rounded
TO_DATE = "to_date"
POINTS = 1.0  # percentage points by which a growth may be another one than that of rounded figures
SAME = ["indicator_id", "area", "scope", "unit", "period"]
NOTED = ["indicator_id", "area", "period"]  # the key of a note
_same = attrgetter(*SAME)


def figure(row: Any) -> tuple[float, ...]:
    """What a row says: its value, or its two ends. Equal figures are no conflict."""
    return (row.value,) if pd.notna(row.value) else (row.low, row.high)


def by_rule(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of the recorded rule, the leading one first. Needs `source_type`, `checked`, `known`."""
    sources, types, checked, known = (rows[name].tolist() for name in ("source_id", "source_type", "checked", "known"))
    order = sorted(range(len(rows)), key=sources.__getitem__)
    order.sort(key=lambda n: (checked[n] != "not_found", RANK.get(types[n], NO_RANK), known[n]), reverse=True)
    return rows.iloc[order]


def conflicts(statements: pd.DataFrame) -> list[pd.DataFrame]:
    """Groups of statements that disagree, each in the order of the recorded rule."""
    return _ordered(statements, disagreements_of(statements))


def _ordered(statements: pd.DataFrame, groups: Iterable[list[Any]]) -> list[pd.DataFrame]:
    """Groups of statements as frames, each in the order of the recorded rule."""
    place = {index: number for number, index in enumerate(by_rule(statements).index)}
    return [statements.loc[sorted((row.Index for row in rows), key=place.__getitem__)] for rows in groups]


def disagreements_of(statements: pd.DataFrame) -> list[list[Any]]:
    """The rows of each group of statements that disagree."""
    doubled = statements[statements.duplicated(SAME, keep=False)]
    groups = group_rows(doubled, lambda row: (*_same(row), getattr(row, "status", "") == "plan"))
    return [rows for rows in groups.values() if _differ(rows)]


def _differ(rows: list[Any]) -> bool:
    return len({figure(row) for row in rows}) > 1


def falls(observations: pd.DataFrame, indicators: pd.DataFrame) -> list[pd.DataFrame]:
    """Pairs of rows, later one last, in which a running total is lower than it was before.

    A figure of one year is what stands at its end, whatever year the total runs from, unless other figures run from its
    beginning; those of several years are compared where they begin on one day.
    """
    totals = set(indicators.loc[indicators["kind"] == "cumulative", "indicator_id"])
    rows = observations[observations["indicator_id"].isin(totals) & (observations["status"] != "plan")]
    rows = rows.dropna(subset=["value", "period_end"]).sort_values("period_end", kind="stable")
    found = []
    for figures in group_rows(rows, attrgetter("indicator_id", "area", "scope")).values():
        starts = {row.period_start for row in figures if _of_several_years(row)}
        since = [row.period_start if row.period_start in starts else None for row in figures]
        for place, later in enumerate(figures):
            alike = (n for n in reversed(range(place)) if since[n] == since[place] or None in (since[n], since[place]))
            before = figures[next(alike, place)]
            if later.value < before.value and later.period_end > before.period_end:
                found.append(observations.loc[[before.Index, later.Index]])
    return found


def _of_several_years(row: Any) -> bool:
    return _days(row) > A_YEAR


def _days(row: Any) -> int:
    return int((row.period_end - row.period_start).days) + 1


def other_scopes(statements: pd.DataFrame) -> list[pd.DataFrame]:
    """Groups that look like a conflict but differ in scope: the same indicator, area and period."""
    outcome = statements[statements["status"] != "plan"] if "status" in statements else statements
    groups = group_rows(outcome, lambda row: (row.indicator_id, row.area, row.period))
    scopes = (rows for rows in groups.values() if len({row.scope for row in rows}) > 1 and _differ(rows))
    return _ordered(outcome, scopes)


def in_order(group: pd.DataFrame) -> pd.DataFrame:
    """The rows of a conflict in the order in which they are told: the leading one first, where periods differ the last row."""
    return group[::-1] if len(set(group["period"])) > 1 else group


def lead(group: pd.DataFrame) -> Any:
    """The row by which a conflict is named: the first one that is told."""
    return in_order(group).iloc[0]


def by_note(groups: Iterable[pd.DataFrame]) -> list[pd.DataFrame]:
    """Groups as conflicts: those that one note explains are one, with each row once; targets stand apart from figures."""
    noted: dict[Hashable, list[pd.DataFrame]] = defaultdict(list)
    for group in groups:
        told = in_order(group)
        noted["reading" in group, *(told[name].iloc[0] for name in NOTED)].append(told)
    return [in_order(groups[0] if len(groups) == 1 else _once_each(groups)) for groups in noted.values()]


def _once_each(groups: list[pd.DataFrame]) -> pd.DataFrame:
    rows = pd.concat(groups)
    return rows[~rows.index.duplicated()]


def sums(observations: pd.DataFrame, indicators: pd.DataFrame, *, areas: pd.DataFrame) -> list[pd.DataFrame]:
    """Wholes and their parts, where these are more together, or less although every part is there.

    Parts are the indicators of one breakdown of the whole, the areas that lie in its area, of which nobody knows whether
    all are there, or the years of several years of a flow. Other parts than years, which stand before their whole, are
    compared for one scope and one last day, of flows also for one first day.
    """
    rows = _amounts(observations, indicators)
    named = indicators.drop_duplicates("indicator_id").set_index("indicator_id")
    parent = areas.drop_duplicates("area_id").set_index("area_id")["parent"]
    of_indicators = rows.assign(
        whole=rows["indicator_id"].map(named["part_of"]), breakdown=rows["indicator_id"].map(named["breakdown"])
    )
    of_areas = rows.assign(
        whole=rows["indicator_id"], area=[parent.get(area) or "" for area in rows["area"]], breakdown=AREAS
    )
    parts = pd.concat([of_indicators[of_indicators["whole"] != ""], of_areas[of_areas["area"] != ""]])
    sizes = named.groupby(["part_of", "breakdown"]).size().to_dict()
    wholes = dict(zip(zip(*(rows[name] for name in WHOLE), strict=True), rows.index, strict=True))
    found = []
    for (whole, *rest, breakdown), values in parts.groupby(["whole", *WHOLE[1:], "breakdown"], sort=False)["value"]:
        at = wholes.get((whole, *rest))
        complete = len(values) == sizes.get((whole, breakdown))
        if at is not None and _apart(rows["value"][at], values.sum(), complete=complete):
            found.append(observations.loc[[at, *values.index]])
    return found + [observations.loc[places] for places in _years_apart(rows)]


def _years_apart(rows: pd.DataFrame) -> Iterator[list[Any]]:
    """The places of the years that cannot be those of several years of a flow, and last of the figure of all of them."""
    flows = rows[rows["start"] != 0].sort_values("period_end", kind="stable")
    for figures in group_rows(flows, attrgetter("indicator_id", "area", "scope")).values():
        years = [row for row in figures if A_YEAR - 1 <= _days(row) <= A_YEAR]
        for whole in figures if years else ():
            if not _of_several_years(whole) or whole.status == TO_DATE:
                continue
            parts = [
                row for row in years if whole.period_start <= row.period_start and row.period_end <= whole.period_end
            ]
            counted = sum(_days(row) for row in parts if row.status != TO_DATE)
            if parts and _apart(whole.value, sum(row.value for row in parts), complete=counted == _days(whole)):
                yield [*(row.Index for row in parts), whole.Index]


def _amounts(observations: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """The leading outcomes that can be added up, with the first day of flows in `start`."""
    kinds = observations["indicator_id"].map(dict(zip(indicators["indicator_id"], indicators["kind"], strict=True)))
    start = observations["period_start"].astype("int64").where(kinds == "flow", 0)
    rows = observations.assign(start=start)[kinds.isin(WHOLE_KINDS) & (observations["status"] != "plan")]
    return by_rule(rows.dropna(subset=["value", "period_end"])).drop_duplicates(WHOLE)


def _apart(whole: float, parts: float, *, complete: bool) -> bool:
    """Whether the sum of parts cannot be that of a whole, both rounded."""
    difference = parts - whole
    return bool(difference > ROUNDED * whole or (complete and -difference > ROUNDED * whole))


def misfits(observations: pd.DataFrame, indicators: pd.DataFrame) -> list[pd.DataFrame]:
    """Figures of two years and the growth printed for the later one, where it is another growth than theirs.

    An indicator of growth names its figures in `derivation`. One that is only called as they are (`imports_growth`) may be
    at other prices: it is set against them by its direction. Compared are the figures that lead.
    """
    of = _of_growth(indicators)
    rows = observations[
        (observations["status"] != "plan") & observations["value"].gt(0) & (observations["scope"] == "")
    ]
    named = {name for name, _ in of.values()}
    levels = by_rule(rows[rows["indicator_id"].isin(named)]).drop_duplicates(["indicator_id", "area", "period"])
    at = dict(
        zip(zip(levels["indicator_id"], levels["area"], levels["period"], strict=True), levels.index, strict=True)
    )
    found = []
    for row in each(observations[observations["indicator_id"].isin(of) & (observations["status"] != "plan")]):
        level, exact = of[row.indicator_id]
        before, after = (at.get((level, row.area, label)) for label in (year_before(row.period), row.period))
        if before is not None and after is not None and pd.notna(row.value):
            growth = 100 * (levels["value"][after] / levels["value"][before] - 1)
            if abs(growth - row.value) > POINTS if exact else growth * row.value < 0 and abs(growth) > POINTS:
                found.append(observations.loc[[before, after, row.Index]])
    return found


def _of_growth(indicators: pd.DataFrame) -> dict[str, tuple[str, bool]]:
    """By indicator of growth the one whose growth it is, and whether exactly."""
    kinds = dict(zip(indicators["indicator_id"], indicators["kind"], strict=True))
    rules = dict(zip(indicators["indicator_id"], indicators["derivation"].astype(str), strict=True))
    exact = {name: (rule.split(":")[1], True) for name, rule in rules.items() if rule.startswith("growth:")}
    called = {name: (name.replace("_growth", ""), False) for name, kind in kinds.items() if kind == "growth"}
    return {name: told for name, told in called.items() if kinds.get(told[0]) in WHOLE_KINDS} | exact
