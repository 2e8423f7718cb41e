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
from promotion_book.facts.rules import Tables, figures, follow, known_since, last_days, numbers, report
from promotion_book.facts.rules.plausibility_rules import FAR
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
    """What is wrong with the scenarios of the tables of texts (with a column `line`), beside the rules on single rows."""
    rows = tables["scenarios"]
    found = [*_after_target(rows), *_spans(rows, tables["observations"])]
    indicators = {row.indicator_id: row for row in each(tables["indicators"])}
    for row in each(rows):
        found += check_name(row.scenario, row.line)
        if row.indicator_id in indicators:
            found += _form(row) or [*_assumption(row, indicators[row.indicator_id])]
    wrong = {(one.row, one.column) for one in found}
    more = (*_over_before_known(tables), *_far_off(rows, figures(tables)))
    return [*found, *_differing(rows), *_crossing(rows), *(one for one in more if (one.row, one.column) not in wrong)]


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


def _form(row: Any) -> list[Finding]:
    pairs = _pairs(row.parameters)
    names = [name for name, _, _ in pairs]
    allowed = "pairs like growth=0.06, with '; ' between them"
    bad = [
        Finding(FILE, row.line, "parameters", "form", repr(name), allowed, "write name=value")
        for name, equals, _ in pairs
        if not equals
    ]
    return bad or [
        Finding(FILE, row.line, "parameters", "duplicate-parameter", repr(name), "each parameter once", "keep one")
        for name in dict.fromkeys(names)
        if names.count(name) > 1
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
            action = "mend the number or its unit"
            yield Finding(FILE, row.line, column, "outside-limits", f"{level:g}", allowed, action)


def _far_off(rows: pd.DataFrame, told: pd.DataFrame) -> Iterator[Finding]:
    """Notes on amounts of more than `FAR` times, or less than so much of, all figures and targets of their indicator."""
    ends = pd.concat([numbers(told[name]) for name in ("value", "low", "high")], axis=1).abs()
    ends, of = ends.where(ends > 0), told["indicator_id"]
    least = rows["indicator_id"].map(ends.min(axis=1).groupby(of).min()).astype(float)
    most = rows["indicator_id"].map(ends.max(axis=1).groupby(of).max()).astype(float)
    for name in ("start", "target", "limit", "amount"):
        given = (
            rows["start"] if name == "start" else rows["parameters"].map(lambda text, n=name: _given(text).get(n, ""))
        )
        amount = numbers(given).abs()
        small = (amount > 0) & (amount < least / FAR) & (name != "amount")
        column = name if name == "start" else f"parameters ({name})"
        line = f"scenarios:{column}: far-off: found {{amount:g}}; allowed over {{least:g}} and under {{most:g}}, ten times around "
        line += "all figures and targets of the indicator; mend the number, or leave it on purpose"
        wide = rows.assign(amount=amount, least=least / FAR, most=most * FAR)
        yield from report(wide[small | (amount > most * FAR)], line, note=True)


def _after_target(rows: pd.DataFrame) -> Iterator[Finding]:
    target = numbers(rows["parameters"].map(lambda text: _given(text).get("year", "")))
    late = (rows["kind"] == "path_to_target") & (numbers(rows["until"]) > target)
    line = "scenarios:until: after-target: found {until}; allowed up to {target:.0f}; mend until, or the year of the target"
    yield from report(rows.assign(target=target)[late], line)


def _spans(rows: pd.DataFrame, observations: pd.DataFrame) -> Iterator[Finding]:
    """A scenario ends after the figures begin, and within `LONGEST` years of where it starts."""
    years = numbers(last_days(observations["period"]).str[:4]).groupby(observations["indicator_id"])
    begun, known = (rows["indicator_id"].map(ends).astype(float) for ends in (years.min(), years.max()))
    since, until = numbers(rows["since"]), numbers(rows["until"])
    last = since.fillna(known) + LONGEST
    yield from report(
        rows.assign(first=begun + 1)[since.isna() & (until <= begun)],
        "scenarios:until: end-before-start: found {until}; allowed from {first:.0f} on; mend until",
    )
    yield from report(
        rows.assign(last=last)[until > last],
        "scenarios:until: too-far: found {until}; allowed up to {last:.0f}; "
        "mend until: nothing can be assumed for so long",
    )


def _over_before_known(tables: Tables) -> Iterator[Finding]:
    """A scenario that starts from the last figure ends after that of its first edition, or no edition shows any of it."""
    rows, told = tables["scenarios"], tables["observations"]
    told = told[(told["status"] != "plan") & (told["scope"] == "") & told["period"].str.fullmatch(r"\d{4}")]
    told = told.assign(known=known_since(tables, told), year=numbers(told["period"]))
    begins = min(tables["release_calendar"]["cut_off"], default="")
    public = follow(tables, "sources.published_on", keys=rows["source_id"])
    last = [
        told[(told["indicator_id"] == indicator) & (told["known"] <= max(day, begins))]
        .groupby("area")["year"]
        .max()
        .min()
        for indicator, day in zip(rows["indicator_id"], public, strict=True)
    ]
    rows = rows.assign(last=pd.Series(last, rows.index, dtype=float), until_year=numbers(rows["until"]))
    yield from report(
        rows[(rows["since"] == "") & (rows["until_year"] <= rows["last"])],
        "scenarios:until: end-before-start: found {until}; allowed a year after {last:.0f}, of which there was a figure when it "
        "became known; mend until, or say in since from which year on it goes",
    )


def _crossing(rows: pd.DataFrame) -> Iterator[Finding]:
    """A floor of a scenario lies below its cap."""
    limits = rows.assign(limit=numbers(rows["parameters"].map(lambda text: _given(text).get("limit", ""))))
    caps = limits[limits["kind"] == "cap"].groupby(["scenario", "indicator_id"])["limit"].min().rename("cap")
    floors = limits[limits["kind"] == "floor"].join(caps, on=["scenario", "indicator_id"])
    line = "scenarios:parameters (limit): crossing: found a floor of {limit:g}; allowed up to {cap:g}, the cap of the scenario; "
    yield from report(floors[floors["limit"] > floors["cap"]], line + "mend one of the two")


def _differing(rows: pd.DataFrame) -> Iterator[Finding]:
    for key, columns in SHARED.items():
        groups = rows.groupby([*key], sort=False)
        for column in columns:
            wanted, first = (groups[name].transform("first") for name in (column, "line"))
            yield from report(
                rows.assign(wanted=wanted, first=first)[rows[column] != wanted],
                f"scenarios:{column}: differs: found {{{column}!r}}; allowed {{wanted!r}}, as in line {{first}}; "
                "write the same in each row, or give the row a scenario of its own",
            )
