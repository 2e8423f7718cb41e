"""Does the method know the targets? Their kind, reading and path, and the indicators that they are set for.

A target that the method does not know, or reads against the wanted direction, would be judged by the wrong rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import day, number
from promotion_book.facts.rows import each
from promotion_book.facts.rules import Rule, Tables

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
    "level": ("level", "flow", "cumulative"),
    "share": ("share",),
    "cumulative": ("flow", "cumulative"),
    "flow": ("flow", "cumulative"),
    "growth": ("growth",),
    "milestone": ("milestone",),
}
"""The kinds of indicator that a kind of target may be set for."""

AGAINST = {"decrease": ("at_least", "at_least_low_stretch_high"), "increase": ("at_most",)}
RANGES = ("at_least_low_stretch_high", "stay_within")


def method_knows_the_target(tables: Tables) -> Iterator[Finding]:
    """The method has the kind of a target with its reading and its path, and for the kind of its indicator."""
    kinds = _of_indicators(tables, "kind")
    for row in each(tables["targets"]):
        readings = METHOD.get(row.kind)
        if readings is None:
            continue
        if row.reading not in readings:
            found, action = f"{row.reading!r} for {row.kind!r}", "mend the reading or the kind"
            yield _at(row, "reading", rule="method", found=found, allowed=", ".join(readings), action=action)
        elif row.path not in readings[row.reading]:
            found, allowed = f"{row.path!r} for {row.kind!r}, {row.reading!r}", ", ".join(readings[row.reading])
            yield _at(row, "path", rule="method", found=found, allowed=allowed, action="mend the path")
        kind = kinds.get(row.indicator_id, row.kind)
        if kind not in OF_INDICATOR[row.kind]:
            found, allowed = f"{row.kind!r} for an indicator of the kind {kind!r}", ", ".join(OF_INDICATOR[row.kind])
            yield _at(
                row,
                "kind",
                rule="method",
                found=found,
                allowed=f"one of the kind {allowed}",
                action="mend the kind or the indicator",
            )


def reading_follows_the_direction(tables: Tables) -> Iterator[Finding]:
    """What should fall is not wanted at least, and what should rise not at most."""
    directions = _of_indicators(tables, "direction")
    for row in each(tables["targets"]):
        direction = directions.get(row.indicator_id, "")
        if row.reading in AGAINST.get(direction, ()):
            found = f"{row.reading!r} where the indicator should {direction}"
            allowed = "a reading in the direction of the indicator"
            yield _at(
                row,
                "reading",
                rule="direction",
                found=found,
                allowed=allowed,
                action="mend the reading, or the direction of the indicator",
            )


def target_has_what_its_reading_needs(tables: Tables) -> Iterator[Finding]:
    """A range has two ends and everything else one figure; only what is to be maintained has a tolerance."""
    for row in each(tables["targets"]):
        ends = bool(row.low and row.high)
        if row.reading in RANGES and not ends:
            action = "write low and high, or mend the reading"
            yield _at(
                row,
                "low",
                rule="range",
                found=f"{row.reading!r} without two ends",
                allowed="low and high",
                action=action,
            )
        elif row.reading not in RANGES and not row.value:
            allowed, action = ", ".join(RANGES), "mend the reading, or write the figure that is meant"
            yield _at(
                row, "reading", rule="range", found=f"{row.reading!r} for a range", allowed=allowed, action=action
            )
        tolerance = number(row.tolerance)
        if row.tolerance and (row.reading != "maintain" or (tolerance is not None and tolerance < 0)):
            found, allowed = f"{row.tolerance!r} for {row.reading!r}", "0 or more, for maintain"
            yield _at(
                row, "tolerance", rule="range", found=found, allowed=allowed, action="mend or empty the tolerance"
            )


def profile_has_a_number_a_year(tables: Tables) -> Iterator[Finding]:
    """A path by a published plan has a number for each year of the target, and no other path has a plan."""
    for row in each(tables["targets"]):
        years = _years(row)
        parts = [number(part) for part in row.profile.split(";")] if row.profile else []
        if (row.path == "profile") != bool(row.profile):
            found = "a plan of the years" if row.profile else "no plan of the years"
            allowed = "a plan of the years with the path profile, and only there"
            yield _at(
                row, "profile", rule="profile", found=found, allowed=allowed, action="mend the path or the profile"
            )
        elif parts and years and (len(parts) != years or None in parts):
            allowed = f"{years} numbers between semicolons"
            yield _at(
                row,
                "profile",
                rule="profile",
                found=repr(row.profile),
                allowed=allowed,
                action="write a number for each year",
            )


def rate_has_figures_of_one_sign(tables: Tables) -> Iterator[Finding]:
    """A path at a constant rate leads from zero to nowhere, and never through zero."""
    for row in each(tables["targets"]):
        aim, base = number(row.low or row.value), number(row.base_value)
        if row.path != "geometric" or aim is None:
            continue
        if aim == 0 or (base is not None and base * aim <= 0):
            found = f"geometric to {aim:g}" + ("" if base is None else f" from {base:g}")
            allowed = "geometric only between figures of one sign, neither zero"
            yield _at(row, "path", rule="rate", found=found, allowed=allowed, action="write linear")


RULES: list[Rule] = [
    method_knows_the_target,
    reading_follows_the_direction,
    target_has_what_its_reading_needs,
    profile_has_a_number_a_year,
    rate_has_figures_of_one_sign,
]


def _at(row: Any, column: str, *, rule: str, found: str, allowed: str, action: str) -> Finding:
    return Finding("targets.csv", int(row.line), column, rule, found, allowed, action)


def _of_indicators(tables: Tables, column: str) -> dict[str, str]:
    return dict(zip(tables["indicators"]["indicator_id"], tables["indicators"][column], strict=True))


def _years(row: Any) -> int:
    """The number of years of a target; 0 where its days are not well formed."""
    first, last = day(row.plan_start or row.period_start), day(row.period_end)
    return last.year - first.year + 1 if first and last else 0
