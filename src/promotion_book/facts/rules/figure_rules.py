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
from promotion_book.facts.periods import parse_or_none
from promotion_book.facts.rules import (
    FIGURES,
    Tables,
    follow,
    known_since,
    numbers,
    pick,
    report,
    rule,
)

# texts with a column for each language
MAY_BE_EMPTY = ("note", "author", "evidence", "publisher_name", "symbol", "expected_from")


@rule
def years_are_of_one_standing(tables: Tables) -> Iterator[Finding]:
    """What a source prints of several years before they are over has one standing."""
    rows = tables["observations"]
    rows = rows.assign(known=known_since(tables, rows))
    rows = rows[rows["period"].isin(_spans(rows["period"])) & (rows["known"] != "") & (rows["status"] != "plan")]
    rows = rows[(rows["period_start"] <= rows["known"]) & (rows["period_end"] > rows["known"])]
    others = rows.groupby(["source_id", "period"])["status"].transform(lambda found: (found != "actual").any())
    yield from report(
        rows[others.astype(bool) & (rows["status"] == "actual")],
        "observations:status: future: found actual beside an estimate or a count of {source_id} for {period}; allowed one "
        "standing for what a source prints before its years are over; give the row the status estimate, or to_date for a "
        "count so far",
    )


def _spans(labels: pd.Series[str]) -> set[str]:
    """The labels that stand for several years."""
    return {label for label in labels if (span := parse_or_none(label)) and span.frequency == "years"}


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
        some = table[missing.any(axis=1) & ~missing.all(axis=1)] if columns else table[:0]
        for column in columns if len(some) else ():
            line = f"{name}:{column}: one-language: found nothing; allowed a text, as in the other language; "
            yield from report(some[some[column] == ""], line + "say it in each language, or in none")


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
