"""Figures and targets: their periods, ranges, units and sources, and the notes on conflicts between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pandas as pd

from promotion_book.facts.conflicts import disagreements_of, falls, lead, misfits, sums
from promotion_book.facts.derivations import parts_of
from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import day
from promotion_book.facts.periods import ALLOWED, parse, parse_or_none, real_days
from promotion_book.facts.place_settings import JANUARY
from promotion_book.facts.rules import (
    FIGURES,
    Tables,
    figures,
    follow,
    known_since,
    last_days,
    numbers,
    pick,
    report,
    rule,
)

# texts with a column for each language
MAY_BE_EMPTY = ("note", "author", "evidence", "publisher_name", "symbol", "expected_from")
YEARS = ("year", "years")
LIMITED = (
    *itertools.product(FIGURES, ("value", "low", "high")),
    *(("targets", "base_value"), ("readings", "base_value")),
)
ENDS = (  # column, what is not to be larger than what, rule
    ("value", "low", "value", "value-below-low"),
    ("high", "value", "high", "value-above-high"),
    ("high", "low", "high", "high-below-low"),
)


@rule
def period_exists(tables: Tables) -> Iterator[Finding]:
    """Every period label stands for a span of days."""
    for table in (*FIGURES, "measures", "release_calendar", "conflict_notes"):
        rows = tables[table].assign(problem=tables[table]["period"].map(_problem))
        line = table + ":period: period: found {problem}; allowed " + ALLOWED + "; write a period that exists"
        yield from report(rows[rows["problem"] != ""], line)


@rule
def period_days(tables: Tables, year_begins: int = JANUARY) -> Iterator[Finding]:
    """The first and last day are those of the label, in years that begin with a month, and the end is not before the start."""
    rows = figures(tables)
    start, end, label = rows["period_start"], rows["period_end"], rows["period"].map(parse_or_none)
    label = label.map(lambda p: p and real_days(p, year_begins))
    first, last = (label.map(lambda p, part=part: str((p and getattr(p, part)) or "")) for part in ("start", "end"))
    turned = (end != "") & (end < start)
    yield from report(
        rows[turned],
        "{table}:period_end: end-before-start: found {period_end} before {period_start}; "
        "allowed an end on or after the start; mend period_start or period_end",
    )
    differ = ~turned & (first != "") & (start != "") & ((start != first) | (end != last))
    rows = rows.assign(end=end.replace("", "None"), first=first, last=last.replace("", "an open end"))
    yield from report(
        rows[differ],
        "{table}:period_start: period-days: found {period_start} to {end}; allowed {first} to {last}; "
        "write the days of the period",
    )


@rule
def whole_years(tables: Tables, year_begins: int) -> Iterator[Finding]:
    """Where years begin with another month than January, all that is told of is whole years that are over."""
    if year_begins == JANUARY:
        return
    for table in (*FIGURES, "release_calendar"):
        spans = tables[table]["period"].map(parse_or_none)
        yield from report(
            tables[table][[bool(span) and span.frequency not in YEARS for span in spans]],
            table
            + ":period: year-begins: found {period}; allowed years, as 2024 or 2020-2024: the years of this place begin "
            "with another month than January; write a year, or delete the row",
        )
    rows = tables["observations"]
    yield from report(
        rows[rows["status"] == "to_date"],
        "observations:status: year-begins: found to_date; allowed another status where years begin with another month than "
        "January; wait for the figure of the year",
    )


@rule
def has_figure(tables: Tables) -> Iterator[Finding]:
    """A row has a value, or both ends of a range."""
    rows = figures(tables)
    yield from report(
        rows[(rows["value"] == "") & (rows[["low", "high"]] == "").any(axis=1)],
        "{table}:value: no-figure: found no value and no range; allowed a value, or low and high; "
        "write the figure or delete the row",
    )


@rule
def value_in_range(tables: Tables) -> Iterator[Finding]:
    """low <= value <= high, also of the limits of an indicator."""
    rows = figures(tables)
    rows = rows.assign(**{name: numbers(rows[name]) for name in ("value", "low", "high")})
    for column, smaller, larger, broken in ENDS:
        found = f"found {{{smaller}:g}} above {{{larger}:g}}"
        line = f"{{table}}:{column}: {broken}: {found}; allowed low <= value <= high; mend the cells"
        yield from report(rows[rows[smaller] > rows[larger]], line)
    rows = tables["indicators"]
    yield from report(
        rows[numbers(rows["limit_low"]) >= numbers(rows["limit_high"])],
        "indicators:limit_high: high-below-low: found {limit_high}; allowed above {limit_low}, the low limit; "
        "mend one of the two",
    )


@rule
def one_end_is_the_value(tables: Tables) -> Iterator[Finding]:
    """A value with one end alone is at least, or at most, that much: the end is the value."""
    rows = figures(tables)
    value, low, high = (numbers(rows[name]) for name in ("value", "low", "high"))
    for column, wrong in (("low", (low < value) & high.isna()), ("high", (high > value) & low.isna())):
        line = (
            f"{{table}}:{column}: one-end: found {{{column}}} alone beside {{value}}; allowed {{value}}, or both ends; "
        )
        yield from report(rows[wrong], line + "mend one of the two, or write the other end")


@rule
def amounts_lie_within_limits(tables: Tables) -> Iterator[Finding]:
    """What is told of an indicator lies within its limits."""
    for table, column in LIMITED:
        rows = tables[table].assign(amount=numbers(tables[table][column]))
        low, high = (
            follow(tables, f"indicators.{end}", keys=rows["indicator_id"]) for end in ("limit_low", "limit_high")
        )
        beyond = rows.assign(limit_low=low.replace("", "any"), limit_high=high.replace("", "any"))
        line = f"{table}:{column}: outside-limits: found {{amount:g}}; allowed {{limit_low}} to {{limit_high}}"
        yield from report(
            beyond[(rows["amount"] < numbers(low)) | (rows["amount"] > numbers(high))],
            line + "; mend the figure or the limits",
        )


@rule
def unit_of_indicator(tables: Tables) -> Iterator[Finding]:
    """A figure is given in the unit of its indicator."""
    rows = figures(tables)
    rows = rows.assign(usual=follow(tables, "indicators.unit", keys=rows["indicator_id"]))
    yield from report(
        rows[rows["indicator_id"].isin(tables["indicators"]["indicator_id"]) & (rows["unit"] != rows["usual"])],
        "{table}:unit: unit: found {unit!r}; allowed {usual!r}; "
        "mend the unit, or record in corrections what is used instead",
    )


@rule
def not_from_the_future(tables: Tables) -> Iterator[Finding]:
    """No source reports what had not begun, nor calls complete what had not ended.

    A rule with an open end may be published before it is in force.
    """
    rows = tables["observations"]
    rows = rows.assign(known=known_since(tables, rows))
    given = (rows["known"] != "") & (rows["period_start"] != "") & ~rows["period"].str.endswith("/..")
    rows = rows[given & (rows["status"] != "plan")]
    begins = rows["period_start"] > rows["known"]
    yield from report(
        rows[begins],
        "observations:period: future: found begins {period_start}, source of {known}; allowed a period begun by then; "
        "mend the period, or give the row the status plan",
    )
    during = follow(tables, "indicators.measured", keys=rows["indicator_id"]) == "during"
    yield from report(
        rows[~begins & during & (rows["status"] == "actual") & (rows["period_end"] > rows["known"])],
        "observations:status: future: found ends {period_end}, source of {known}; allowed actual only after the end; "
        "give the row the status estimate, or to_date for a count so far",
    )
    yield from report(
        rows[(rows["status"] == "to_date") & (rows["period_end"] != "") & (rows["period_end"] < rows["known"])],
        "observations:status: past: found to_date for {period}, source of {known}; allowed to_date only before the end; "
        "give the row the status actual, or the period that was counted",
    )
    years = rows[~begins & rows["period"].isin(_spans(rows["period"])) & (rows["period_end"] > rows["known"])]
    others = years.groupby(["source_id", "period"])["status"].transform(lambda found: (found != "actual").any())
    yield from report(
        years[others.astype(bool) & (years["status"] == "actual")],
        "observations:status: future: found actual beside an estimate or a count of {source_id} for {period}; allowed one "
        "standing for what a source prints before its years are over; give the row the status estimate, or to_date for a "
        "count so far",
    )


def _spans(labels: pd.Series[str]) -> set[str]:
    """The labels that stand for several years."""
    return {label for label in labels if (span := parse_or_none(label)) and span.frequency == "years"}


@rule
def known_before_published(tables: Tables) -> Iterator[Finding]:
    """`known_on` is earlier than the page the figure was read on, never later."""
    rows = figures(tables)
    rows = rows.assign(published=follow(tables, "sources.published_on", keys=rows["source_id"]))
    yield from report(
        rows[(rows["published"] != "") & (rows["known_on"] > rows["published"])],
        "{table}:known_on: known-after-source: found {known_on}; allowed up to {published}; mend or empty known_on",
    )


@rule
def base_is_given(tables: Tables) -> Iterator[Finding]:
    """A base value needs its year and its status, and a base year lies before the end of the target."""
    rows = tables["targets"].assign(end=last_days(tables["targets"]["period"]).str[:4])
    yield from report(
        rows[(rows["base_value"] != "") & (rows["base_status"] == "")],
        "targets:base_status: base: found a base value without a status; allowed implied or observed; write the status",
    )
    yield from report(
        rows[(rows["base_value"] != "") & (rows["base_year"] == "")],
        "targets:base_year: base: found a base value without a year; allowed the year of the value; write the year",
    )
    yield from report(
        rows[numbers(rows["base_year"]) >= numbers(rows["end"])],
        "targets:base_year: base: found {base_year}; allowed a year before {end}; mend the base year",
    )


@rule
def target_leads_somewhere(tables: Tables) -> Iterator[Finding]:
    """`superseded_by` names another target of the same indicator and area."""
    rows = tables["targets"]
    later, area = (follow(tables, f"targets.{name}", keys=rows["superseded_by"]) for name in ("indicator_id", "area"))
    yield from report(
        rows[(rows["superseded_by"] != "") & ((later != rows["indicator_id"]) | (area != rows["area"]))],
        "targets:superseded_by: dangling-key: found {superseded_by!r}; "
        "allowed a target of the same indicator and area; mend the key",
    )


@rule
def indicators_hang_together(tables: Tables) -> Iterator[Finding]:
    """`part_of` and `derivation` name indicators that exist."""
    rows = tables["indicators"]
    first, other = parts_of(rows["derivation"])
    for column, named in (("part_of", rows["part_of"]), ("derivation", first), ("derivation", other)):
        line = f"indicators:{column}: dangling-key: found {{named!r}}; allowed a key of indicators; mend the key"
        yield from report(rows.assign(named=named)[(named != "") & ~named.isin(rows["indicator_id"])], line)


@rule
def notes_match_conflicts(tables: Tables) -> Iterator[Finding]:
    """A conflict note explains a conflict that the code finds, and each conflict has its note."""
    rows, found = tables["conflict_notes"], _conflict_keys(tables)
    keys = [*zip(rows["indicator_id"], rows["area"], rows["period"], strict=True)]
    yield from report(
        pick(rows, (key not in found for key in keys)),
        "conflict_notes:period: stale: found no such conflict; allowed a conflict that the figures show; delete the note",
    )
    for key in found - set(keys):
        said, allowed = "conflict " + " ".join(key), "a note for each conflict"
        action = "add a row: why the sources may differ, or that it is unresolved"
        yield Finding("conflict_notes.csv", 0, "", "no-note", said, allowed, action)


@rule
def told_in_each_language(tables: Tables) -> Iterator[Finding]:
    """What may be left out is told in each language that has a column, or in none: `note_en` and `note_vi`."""
    for (name, table), told in itertools.product(tables.items(), MAY_BE_EMPTY):
        columns = [column for column in table.columns if re.fullmatch(told + "_[a-z][a-z]", column)]
        missing = table[columns] == ""
        for column in columns:
            line = f"{name}:{column}: one-language: found nothing; allowed a text, as in the other language; "
            yield from report(
                table[missing[column] & ~missing.all(axis=1)], line + "say it in each language, or in none"
            )


def _problem(label: str) -> str:
    try:
        parse(label)
    except ValueError as error:
        return str(error).removesuffix(f"; allowed: {ALLOWED}")  # which the finding says itself
    return ""


def _conflict_keys(tables: Tables) -> set[tuple[str, str, str]]:
    typed = {name: _typed(tables[name]) for name in FIGURES}
    current = typed["targets"][typed["targets"]["superseded_by"] == ""]
    observations, indicators = _with_ranks(typed["observations"], tables), tables["indicators"]
    first = [rows[0] for rows in disagreements_of(observations) + disagreements_of(current)]
    groups = falls(observations, indicators) + misfits(observations, indicators)
    groups += sums(observations, indicators, areas=tables["areas"])
    later = [lead(group) for group in groups]
    return {(row.indicator_id, row.area, row.period) for row in (*first, *later)}


def _with_ranks(table: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Figures with what the rule of the leading one asks for: since when they are known, and the type of their source."""
    kinds = follow(tables, "sources.type", keys=table["source_id"]).replace("", "press")
    return table.assign(known=known_since(tables, table), source_type=kinds)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Figures of periods that exist, with their numbers and days."""
    table = table[table["period"].map(parse_or_none).notna()]
    amounts = {name: numbers(table[name]) for name in ("value", "low", "high")}
    days = {name: pd.to_datetime(table[name].map(day)) for name in ("period_start", "period_end")}
    return table.assign(**amounts, **days)
