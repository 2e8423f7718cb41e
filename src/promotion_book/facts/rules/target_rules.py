"""Does the method know the targets? Their kind, reading and path, and the indicators that they are set for.

A target that the method does not know, or reads against the wanted direction, would be judged by the wrong rule.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import number
from promotion_book.facts.rules import SERIES, Tables, follow, last_days, numbers, report, rule

_ON_A_WAY = ("linear", "geometric")
_LEVEL: dict[str, tuple[str, ...]] = {
    "at_least": _ON_A_WAY,
    "at_least_low_stretch_high": _ON_A_WAY,
    "at_most": _ON_A_WAY,
    "maintain": ("band",),
    "stay_within": ("band",),
}
_EACH_YEAR: dict[str, tuple[str, ...]] = {
    "at_least": ("per_period",),
    "at_least_low_stretch_high": ("per_period",),
    "at_most": ("per_period", "ceiling"),
    "maintain": ("per_period", "band"),
    "stay_within": ("per_period", "band"),
}
METHOD: dict[str, dict[str, tuple[str, ...]]] = {
    "level": _LEVEL,
    "share": _LEVEL,
    "cumulative": {
        "at_least": ("linear", "profile"),
        "at_least_low_stretch_high": ("linear", "profile"),
        "at_most": ("linear", "ceiling"),
    },
    "flow": _EACH_YEAR,
    "growth": _EACH_YEAR | {"at_most": ("per_period",)},
    "milestone": {"at_least": ("linear",)},
}
"""The paths that a target may take, by its kind and its reading."""

OF_INDICATOR = {
    "level": ("level", "flow", "cumulative", "ratio"),
    "share": ("share",),
    "cumulative": ("flow", "cumulative"),
    "flow": ("flow", "cumulative", "share"),
    "growth": ("growth",),
    "milestone": ("milestone",),
}
"""The kinds of indicator that a kind of target may be set for."""

RANGES = ("at_least_low_stretch_high", "stay_within")
"""The readings of a target that has two ends."""

ENDS = ["value", "low", "high"]


@rule
def wholes_are_to_reach_their_parts(tables: Tables) -> Iterator[Finding]:
    """The target of a whole is no smaller than that of one of its parts, in the same area, scope and period."""
    rows = tables["targets"][tables["targets"]["superseded_by"] == ""]
    rows = rows.assign(least=numbers(rows["low"].where(rows["low"] != "", rows["value"])))
    rows = rows.assign(whole=follow(tables, "indicators.part_of", keys=rows["indicator_id"]))
    same, wholes = ["area", "scope", "period", "kind", "unit"], rows.drop(columns="whole")
    pairs = rows.merge(wholes, left_on=["whole", *same], right_on=["indicator_id", *same], suffixes=("_part", ""))
    yield from report(
        pairs[(pairs["whole"] != "") & (pairs["least"] < pairs["least_part"])],
        "targets:value: whole: found {least:g} for {indicator_id}, of which {indicator_id_part} alone is to be "
        "{least_part:g}; allowed no less than its part; mend one of the two targets",
    )


@rule
def observed_bases_are_figures(tables: Tables) -> Iterator[Finding]:
    """A base value that was observed is a figure of its year."""
    rows, seen = (
        tables["targets"],
        tables["observations"].assign(year=last_days(tables["observations"]["period"]).str[:4]),
    )
    key = ["indicator_id", "area"]
    known = {
        (*row[:-3], n) for row in seen[[*key, "year", *ENDS]].itertuples(False, None) for n in map(number, row[-3:])
    }
    asked = rows[[*key, "base_year", "base_value"]].itertuples(index=False, name=None)
    there = pd.Series([(*rest, number(value)) in known for *rest, value in asked], rows.index, dtype=bool)
    yield from report(
        rows[(rows["base_status"] == "observed") & (rows["base_value"] != "") & (rows["base_year"] != "") & ~there],
        "targets:base_value: base: found {base_value}, observed in {base_year}; allowed a figure of that year in "
        "observations.csv; add the figure, or call the base implied",
    )


@rule
def total_runs_as_long_as_its_figures(tables: Tables) -> Iterator[Finding]:
    """What figures count over several years is no target of a total over one: it stands then, or is what the year brings."""
    rows, figures = tables["targets"], tables["observations"]
    start = rows["plan_start"].where(rows["plan_start"] != "", rows["period_start"])
    of_a_year = (rows["kind"] == "cumulative") & (start.str[:4] == last_days(rows["period"]).str[:4])
    long = figures[figures["period_start"].str[:4] < last_days(figures["period"]).str[:4]]
    run_since = long.groupby(SERIES)["period_start"].min().str[:4].to_dict()
    since = [run_since.get(key, "") for key in rows[SERIES].itertuples(index=False, name=None)]
    rows = rows.assign(since=since)
    yield from report(
        rows[of_a_year & (rows["since"] != "")],
        "targets:kind: total: found cumulative for {period} alone, while figures run since {since}; "
        "allowed level for what stands at the end of the period, flow for what the period alone brings; mend the kind",
    )
