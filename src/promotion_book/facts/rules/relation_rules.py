"""Do the rows that name other rows hang together? Replaced targets, parts of indicators, derivations, facts left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from promotion_book.facts.derivations import FORMS
from promotion_book.facts.findings import Finding
from promotion_book.facts.periods import label_of, parse_or_none
from promotion_book.facts.rows import each
from promotion_book.facts.rules import FIGURES, Rule, Tables


def nothing_leads_to_itself(tables: Tables) -> Iterator[Finding]:
    """No target is replaced by itself, no indicator is part of itself or derived from itself, over other rows either."""
    derived = tables["indicators"]["derivation"].str.extract(":([^:]*)", expand=False).fillna("")
    chains = (
        ("targets", "target_id", "superseded_by", tables["targets"]["superseded_by"]),
        ("indicators", "indicator_id", "part_of", tables["indicators"]["part_of"]),
        ("indicators", "indicator_id", "derivation", derived),
    )
    for name, key, column, named in chains:
        table = tables[name]
        leads = dict(zip(table[key], named, strict=True))
        for row_key, line in zip(table[key], table["line"], strict=True):
            way = _circle(leads, row_key)
            if way:
                action = "empty the cell, or name another row"
                yield Finding(f"{name}.csv", int(line), column, "circle", " > ".join(way), "a way that ends", action)


def _circle(leads: Mapping[str, str], start: str) -> list[str]:
    """The way from a key back to itself; empty where it ends or turns elsewhere."""
    way = [start]
    while leads.get(way[-1], "") not in ("", *way):
        way.append(leads[way[-1]])
    return [*way, start] if leads.get(way[-1]) == start else []


def later_targets_replace_earlier_ones(tables: Tables) -> Iterator[Finding]:
    """The target that replaces another one was public no earlier than it."""
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published_on"], strict=True))
    rows = each(tables["targets"])
    known = {row.target_id: row.known_on or published.get(row.source_id, "") for row in rows}
    for row in rows:
        later = known.get(row.superseded_by, "")
        if later and later < known[row.target_id]:
            found, allowed = f"a target of {later}", f"one of {known[row.target_id]} or later"
            yield Finding(
                "targets.csv", row.line, "superseded_by", "order", found, allowed, "turn the two round, or mend the key"
            )


def derivations_are_possible(tables: Tables) -> Iterator[Finding]:
    """A derivation has one of the forms that the package knows, with a number that can be meant."""
    for row in each(tables["indicators"]):
        form = FORMS.get(row.derivation.split(":")[0])
        if row.derivation and not (form and form.fullmatch(row.derivation)):
            allowed = "total:, change: or growth:<indicator>:<first year>, or last:<indicator>:<1 to 99 years>"
            action = "write one of these forms"
            yield Finding("indicators.csv", row.line, "derivation", "form", repr(row.derivation), allowed, action)


def labels_are_the_usual_ones(tables: Tables) -> Iterator[Finding]:
    """A span of days has one label: 2022, not 2022-2022 or 2022-01-01/2022-12-31. Figures under two labels never meet."""
    for name in (*FIGURES, "release_calendar"):
        table = tables[name]
        usual = {label: _usual(label) for label in table["period"].unique()}
        for row in each(table[table["period"].isin([label for label in usual if usual[label] != label])]):
            found, action = repr(row.period), "write the usual label"
            yield Finding(f"{name}.csv", row.line, "period", "label", found, usual[row.period], action)


def _usual(label: str) -> str:
    period = parse_or_none(label)
    return label_of(period.start, period.end) if period else label


def facts_are_used_or_left_out(tables: Tables) -> Iterator[Finding]:
    """A fact of the research table is carried over or left out, not both."""
    used = {fact for name in FIGURES for fact in tables[name]["fact_id"] if fact}
    for row in each(tables["left_out"]):
        if row.fact_id in used:
            action = "delete this row, or the figure"
            yield Finding(
                "left_out.csv", row.line, "fact_id", "used", repr(row.fact_id), "facts without a figure", action
            )


RULES: list[Rule] = [
    nothing_leads_to_itself,
    later_targets_replace_earlier_ones,
    derivations_are_possible,
    labels_are_the_usual_ones,
    facts_are_used_or_left_out,
]
