"""The scenarios of a place: `data/<place>/scenarios.csv`, one assumption a row.

    scenario              indicator_id        kind             parameters   until  source_id
    handicraft_growth_5   handicraft_exports  constant_growth  growth=0.05  2025   seed_000

`planned` gives what an edition knows of them, `start` where each begins, `check_scenarios` what is wrong with
the table. Parameters are pairs like `target=150; year=2025`. The columns are described in
`datapackage.json`. Corrections do not apply. Out of scope: the reserved scenarios, which the report
gives itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import number
from promotion_book.facts.known import Known
from promotion_book.facts.rows import each
from promotion_book.facts.rules import Tables, last_days
from promotion_book.scenarios.kinds import FILE, assumption, check, check_name
from promotion_book.scenarios.projection import Scenario
from promotion_book.statistics.refusal import Refused

KEY = ["scenario", "indicator_id"]
LONGEST = 30  # years
AUTHORS = ("author_en", "author_vi")
SHARED = {("scenario",): ("name_en", "name_vi"), tuple(KEY): ("since", "start", "until", "source_id", *AUTHORS)}


@dataclass(frozen=True)
class PlannedScenario:
    """A scenario of one indicator, of a source or, where that is empty, of an author.

    `row` is the first row of the table for it, with the reasons of all its rows; `row.until` is its last year.
    """

    scenario: Scenario
    indicator_id: str
    source_id: str
    row: Any


def planned_scenarios(known: Known) -> list[PlannedScenario]:
    """The scenarios whose source is public on the day, and those of authors, in the order of the table.

    Raises:
        ValueError: a row that is not sound; one line for each finding.
    """
    table = known.package["scenarios"]
    sources = known.package["sources"]
    public = sources.loc[sources["published_on"] <= pd.Timestamp(known.on), "source_id"]
    table = table[table["source_id"].isin(["", *public])]
    return [_joined(rows.sort_values("position"), known) for _, rows in table.groupby(KEY, sort=False)]


def start(known: Known, plan: PlannedScenario) -> tuple[int, float]:
    """The year and the figure from which a scenario starts, in the unit of its indicator.

    The figure of the row, that of the year `since`, or else the last yearly figure known.

    Raises:
        Refused: no figure is known.
    """
    if pd.notna(plan.row.start):
        return int(plan.row.since), float(plan.row.start)
    figures = known.series(plan.indicator_id).dropna(subset=["value"])
    if pd.notna(plan.row.since):
        figures = figures[figures["period"] == f"{plan.row.since:.0f}"]
    if figures.empty:
        raise Refused("no_figure")
    return int(figures["period"].iloc[-1]), float(figures["value"].iloc[-1])


def check_scenarios(tables: Tables) -> list[Finding]:
    """Everything wrong with the scenarios of the tables of texts (with a column `line`)."""
    rows = each(tables["scenarios"])
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published_on"], strict=True))
    observed = _observed_years(tables["observations"])
    indicators = {row.indicator_id: row for row in each(tables["indicators"])}
    found = [finding for row in rows for finding in (*check_name(row.scenario, row.line), *_origin(row), *_years(row))]
    for row in rows:
        found += [*_span(row, observed.get(row.indicator_id)), *_still_open(row, published.get(row.source_id, ""))]
        if row.indicator_id in indicators:
            found += _form(row) or [*_assumption(row, indicators[row.indicator_id])]
    return found + list(_differing(rows))


def _joined(rows: pd.DataFrame, known: Known) -> PlannedScenario:
    first = each(rows)[0]
    unit = str(known.package.row("indicators", first.indicator_id)["unit"])
    assumptions = tuple(assumption(row.kind, _given(row.parameters), unit) for row in each(rows))
    reasons = {name: " ".join(dict.fromkeys(rows[name])) for name in ("reason_en", "reason_vi")}
    scenario = Scenario(first.scenario, assumptions)
    return PlannedScenario(scenario, first.indicator_id, first.source_id, first._replace(**reasons))


def _pairs(parameters: str) -> list[tuple[str, str, str]]:
    cut = [part.partition("=") for part in parameters.split(";")]
    return [(name.strip(), equals, value.strip()) for name, equals, value in cut]


def _given(parameters: str) -> dict[str, str]:
    return {name: value for name, _, value in _pairs(parameters)}


def _at(row: Any, column: str, *, rule: str, found: str, allowed: str, action: str) -> Finding:
    return Finding(FILE, int(row.line), column, rule, found, allowed, action)


def _form(row: Any) -> list[Finding]:
    pairs = _pairs(row.parameters)
    names = [name for name, _, _ in pairs]
    bad = [name for name, equals, _ in pairs if not equals]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    allowed = "pairs like growth=0.06, with '; ' between them"
    return [
        _at(row, "parameters", rule="form", found=repr(name), allowed=allowed, action="write name=value")
        for name in bad
    ] or [
        _at(
            row,
            "parameters",
            rule="duplicate-parameter",
            found=repr(name),
            allowed="each parameter once",
            action="keep one",
        )
        for name in twice
    ]


def _assumption(row: Any, indicator: Any) -> Iterator[Finding]:
    given = _given(row.parameters)
    for finding in check(row.kind, given, indicator.unit, row.line):
        column = finding.column if finding.column == "kind" else f"parameters ({finding.column})"
        yield replace(finding, column=column)
    levels = {"start": row.start, **{f"parameters ({name})": given.get(name, "") for name in ("target", "limit")}}
    low, high = number(indicator.limit_low), number(indicator.limit_high)
    for column, text in levels.items():
        level = number(text)
        if level is not None and ((low is not None and level < low) or (high is not None and level > high)):
            allowed = f"{indicator.limit_low or 'any'} to {indicator.limit_high or 'any'}"
            yield _at(
                row,
                column,
                rule="outside-limits",
                found=f"{level:g}",
                allowed=allowed,
                action="mend the number or its unit",
            )


def _origin(row: Any) -> Iterator[Finding]:
    if not row.source_id and not row.author_en:
        action = "name the source, or who makes the assumption"
        yield _at(
            row,
            "source_id",
            rule="no-origin",
            found="neither source nor author",
            allowed="a source or an author",
            action=action,
        )
    if row.source_id and (row.author_en or row.author_vi):
        yield _at(
            row,
            "source_id",
            rule="two-origins",
            found="a source and an author",
            allowed="one of the two",
            action="say whose assumption it is",
        )


def _years(row: Any) -> Iterator[Finding]:
    since, until, target = (number(text) for text in (row.since, row.until, _given(row.parameters).get("year", "")))
    if row.start and not row.since:
        yield _at(
            row,
            "since",
            rule="no-year",
            found="a start without its year",
            allowed="a year",
            action="write the year of the start",
        )
    if since is not None and until is not None and until <= since:
        yield _at(
            row,
            "until",
            rule="end-before-start",
            found=row.until,
            allowed=f"from {since + 1:.0f} on",
            action="mend since or until",
        )
    if row.kind == "path_to_target" and target is not None and until is not None and until > target:
        action = "mend until, or the year of the target"
        yield _at(row, "until", rule="after-target", found=row.until, allowed=f"up to {target:.0f}", action=action)


def _observed_years(observations: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """The first and the last year of the figures of each indicator."""
    years = pd.to_numeric(last_days(observations["period"]).str.slice(0, 4), errors="coerce")
    ends = years.dropna().astype(int).groupby(observations["indicator_id"]).agg(["min", "max"])
    return {str(name): (int(first), int(last)) for name, first, last in ends.itertuples()}


def _span(row: Any, observed: tuple[int, int] | None) -> Iterator[Finding]:
    """A scenario ends after the figures begin, and within `LONGEST` years of where it starts."""
    since, until = number(row.since), number(row.until)
    if until is None or (since is None and observed is None):
        return
    first, last = (int(since), int(since)) if since is not None else observed or (0, 0)
    if since is None and until <= first:
        yield _at(
            row, "until", rule="end-before-start", found=row.until, allowed=f"from {first + 1} on", action="mend until"
        )
    if until > last + LONGEST:
        allowed, action = f"up to {last + LONGEST}", "mend until: nothing can be assumed for so long"
        yield _at(row, "until", rule="too-far", found=row.until, allowed=allowed, action=action)


def _still_open(row: Any, published: str) -> Iterator[Finding]:
    """A source assumes something of years that were not over when it was published."""
    if published[:4] > row.until:
        found, action = f"a source of {published} for years up to {row.until}", "mend until, or name another source"
        yield _at(row, "until", rule="past", found=found, allowed=f"from {published[:4]} on", action=action)


def _differing(rows: list[Any]) -> Iterator[Finding]:
    for key, columns in SHARED.items():
        groups: dict[tuple[str, ...], Any] = {}
        for row in rows:
            first = groups.setdefault(tuple(getattr(row, name) for name in key), row)
            for column in columns:
                mine, wanted = getattr(row, column), getattr(first, column)
                if mine != wanted:
                    action = "write the same in each row, or give the row a scenario of its own"
                    yield _at(
                        row,
                        column,
                        rule="differs",
                        found=repr(mine),
                        allowed=f"{wanted!r}, as in line {first.line}",
                        action=action,
                    )
