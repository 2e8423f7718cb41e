"""Does the method know the targets? Their kind, reading and path, and the indicators that they are set for.

A target that the method does not know, or reads against the wanted direction, would be judged by the wrong rule.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import number
from promotion_book.facts.rules import SERIES, Tables, follow, last_days, numbers, pick, report, rule

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

AGAINST = {"decrease": ("at_least", "at_least_low_stretch_high"), "increase": ("at_most",)}
ENDS = ["value", "low", "high"]
LONGEST = 30  # years of a plan with its vision
RANGES = ("at_least_low_stretch_high", "stay_within")


@rule
def method_knows_the_target(tables: Tables) -> Iterator[Finding]:
    """The method has the kind of a target with its reading and its path, and for the kind of its indicator."""
    rows = tables["targets"][tables["targets"]["kind"].isin(METHOD)]
    of_indicator = follow(tables, "indicators.kind", keys=rows["indicator_id"])
    methods, kinds = [METHOD[kind] for kind in rows["kind"]], [OF_INDICATOR[kind] for kind in rows["kind"]]
    paths = [method.get(reading, ()) for method, reading in zip(methods, rows["reading"], strict=True)]
    rows = rows.assign(readings=[*map(", ".join, methods)], paths=[*map(", ".join, paths)], of_indicator=of_indicator)
    yield from report(
        rows[rows["paths"] == ""],
        "targets:reading: method: found {reading!r} for {kind!r}; allowed {readings}; mend the reading or the kind",
    )
    unknown = (bool(known) and path not in known for path, known in zip(rows["path"], paths, strict=True))
    yield from report(
        pick(rows, unknown),
        "targets:path: method: found {path!r} for {kind!r}, {reading!r}; allowed {paths}; mend the path",
    )
    named = rows["indicator_id"].isin(tables["indicators"]["indicator_id"])
    other = (there and own not in fit for there, own, fit in zip(named, of_indicator, kinds, strict=True))
    yield from report(
        pick(rows.assign(kinds=[*map(", ".join, kinds)]), other),
        "targets:kind: method: found {kind!r} for an indicator of the kind {of_indicator!r}; "
        "allowed one of the kind {kinds}; mend the kind or the indicator",
    )


@rule
def reading_follows_the_direction(tables: Tables) -> Iterator[Finding]:
    """What should fall is not wanted at least, and what should rise not at most."""
    rows = tables["targets"]
    rows = rows.assign(direction=follow(tables, "indicators.direction", keys=rows["indicator_id"]))
    for direction, readings in AGAINST.items():
        yield from report(
            rows[(rows["direction"] == direction) & rows["reading"].isin(readings)],
            "targets:reading: direction: found {reading!r} where the indicator should {direction}; "
            "allowed a reading in the direction of the indicator; "
            "mend the reading, or the direction of the indicator",
        )


@rule
def target_has_what_its_reading_needs(tables: Tables) -> Iterator[Finding]:
    """A range has two ends and everything else one figure; only what is to be maintained has a tolerance."""
    rows = tables["targets"]
    of_range, ends = rows["reading"].isin(RANGES), (rows["low"] != "") & (rows["high"] != "")
    yield from report(
        rows[of_range & ~ends],
        "targets:low: range: found {reading!r} without two ends; allowed low and high; "
        "write low and high, or mend the reading",
    )
    yield from report(
        rows[~of_range & (rows["value"] == "")],
        f"targets:reading: range: found {{reading!r}} for a range; allowed {', '.join(RANGES)}; "
        "mend the reading, or write the figure that is meant",
    )
    tolerance = numbers(rows["tolerance"])
    of_none = (rows["tolerance"] != "") & (rows["reading"] != "maintain")
    yield from report(
        rows[of_none | (tolerance < 0) | (tolerance > numbers(rows["value"]).abs())],
        "targets:tolerance: range: found {tolerance!r} for {reading!r}; allowed 0 to {value}, for maintain; "
        "mend or empty the tolerance",
    )


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
def plans_are_of_one_generation(tables: Tables) -> Iterator[Finding]:
    """A plan, its base and the day on which it was known lie within `LONGEST` years of its end."""
    rows = tables["targets"]
    end = numbers(last_days(rows["period"]).str[:4])
    rows = rows.assign(first=end - LONGEST)
    for column in ("base_year", "plan_start", "known_on"):
        line = f"targets:{column}: years: found {{{column}}}; allowed from {{first:g}} on; mend it"
        yield from report(rows[numbers(rows[column].str[:4]) < rows["first"]], line)


@rule
def profile_has_a_number_a_year(tables: Tables) -> Iterator[Finding]:
    """A path by a published plan has a number for each year of the target, and no other path has a plan."""
    rows = tables["targets"]
    start = rows["plan_start"].where(rows["plan_start"] != "", rows["period_start"])
    years = numbers(last_days(rows["period"]).str[:4]) - numbers(start.str[:4]) + 1
    planned = rows["profile"] != ""
    wrong = planned != (rows["path"] == "profile")
    yield from report(
        rows.assign(plan=planned.map({True: "a", False: "no"}))[wrong],
        "targets:profile: profile: found {plan} plan of the years; "
        "allowed a plan of the years with the path profile, and only there; mend the path or the profile",
    )
    parts = (
        rows["profile"].str.split(";").map(lambda parts: len(parts) if all(number(p) is not None for p in parts) else 0)
    )
    yield from report(
        rows.assign(years=years)[planned & ~wrong & years.ne(0) & years.notna() & (parts != years)],
        "targets:profile: profile: found {profile!r}; allowed {years:g} numbers between semicolons; "
        "write a number for each year",
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


@rule
def level_of_a_flow_is_of_one_year(tables: Tables) -> Iterator[Finding]:
    """What a flow should reach is the amount of one year: of several, the last one or all of them together may be meant."""
    rows = tables["targets"]
    of_flow = follow(tables, "indicators.kind", keys=rows["indicator_id"]) == "flow"
    several = rows["period_start"].str[:4] < last_days(rows["period"]).str[:4]
    yield from report(
        rows[(rows["kind"] == "level") & of_flow & several],
        "targets:kind: flow: found level for {period} where every year brings an amount; "
        "allowed level for one year, cumulative for all of them together, flow for each; mend the kind or the period",
    )


@rule
def rate_has_figures_of_one_sign(tables: Tables) -> Iterator[Finding]:
    """A path at a constant rate leads from zero to nowhere, and never through zero."""
    rows = tables["targets"][tables["targets"]["path"] == "geometric"]
    aim, base = numbers(rows["low"].where(rows["low"] != "", rows["value"])), numbers(rows["base_value"])
    start = ["" if pd.isna(value) else f" from {value:g}" for value in base]
    yield from report(
        rows.assign(aim=aim, start=start)[(aim == 0) | (base * aim <= 0)],
        "targets:path: rate: found geometric to {aim:g}{start}; "
        "allowed geometric only between figures of one sign, neither zero; write linear",
    )
