"""Do the rows that name other rows hang together? Replaced targets, parts of indicators, derivations, facts left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from promotion_book.facts.derivations import parts_of
from promotion_book.facts.findings import Finding
from promotion_book.facts.rules import FIGURES, Tables, follow, numbers, pick, report, rule

OF_PARTS = {  # the kinds of indicator that a derivation can be of
    "total": ("flow",),
    "last": ("flow",),
    "change": ("cumulative", "level"),
    "growth": ("flow", "cumulative", "level"),
    "sum": ("flow", "cumulative", "level"),
}


@rule
def nothing_leads_to_itself(tables: Tables) -> Iterator[Finding]:
    """No target, act or area is replaced by itself, no area lies in itself, no indicator is part of itself or derived from itself, over other rows either."""
    first, other = parts_of(tables["indicators"]["derivation"])
    chains = (
        ("targets", "target_id", "superseded_by", tables["targets"]["superseded_by"]),
        *(("areas", "area_id", column, tables["areas"][column]) for column in ("parent", "predecessor", "successor")),
        ("legal_acts", "act_id", "replaced_by", tables["legal_acts"]["replaced_by"]),
        ("indicators", "indicator_id", "part_of", tables["indicators"]["part_of"]),
        ("indicators", "indicator_id", "derivation", first),
        ("indicators", "indicator_id", "derivation", other),
    )
    for name, key, column, named in chains:
        leads = dict(zip(tables[name][key], named, strict=True))
        rows = tables[name].assign(way=[" > ".join(_circle(leads, one)) for one in tables[name][key]])
        line = f"{name}:{column}: circle: found {{way}}; allowed a way that ends; empty the cell, or name another row"
        yield from report(rows[rows["way"] != ""], line)


def _circle(leads: Mapping[str, str], start: str) -> list[str]:
    """The way from a key back to itself; empty where it ends or turns elsewhere."""
    way = [start]
    while leads.get(way[-1], "") not in ("", *way):
        way.append(leads[way[-1]])
    return [*way, start] if start and leads.get(way[-1]) == start else []


@rule
def derivations_are_of_like_indicators(tables: Tables) -> Iterator[Finding]:
    """What is summed or subtracted is counted as the result is, and of a kind that can be: no growth of a growth."""
    rows = tables["indicators"].assign(rule=tables["indicators"]["derivation"].str.partition(":")[0])
    rows = rows[rows["rule"].isin(OF_PARTS)]
    for named in parts_of(rows["derivation"]):
        part = {name: follow(tables, f"indicators.{name}", keys=named) for name in ("unit", "kind")}
        parts = rows.assign(named=named, part_unit=part["unit"], part_kind=part["kind"])
        parts = parts.assign(kinds=[", ".join(OF_PARTS[name]) for name in parts["rule"]])[part["kind"] != ""]
        yield from report(
            parts[(parts["rule"] != "growth") & (parts["part_unit"] != parts["unit"])],
            "indicators:derivation: unit: found {named} in {part_unit} for an indicator in {unit}; "
            "allowed one unit; mend the derivation or the unit",
        )
        other = (kind not in OF_PARTS[name] for name, kind in zip(parts["rule"], parts["part_kind"], strict=True))
        yield from report(
            pick(parts, other),
            "indicators:derivation: kind: found {named} of the kind {part_kind} for {rule}; "
            "allowed one of the kind {kinds}; mend the derivation, or the kind",
        )


@rule
def keys_tell_the_source_and_the_year(tables: Tables) -> Iterator[Finding]:
    """The key of a figure that names its indicator, a year and a source names those of its row: a copied row was changed in part."""
    sources, mended = {*tables["sources"]["source_id"]}, {*tables["corrections"]["row_id"]}
    for table, column in zip(FIGURES, ("observation_id", "target_id"), strict=True):
        rows = tables[table]
        keys = zip(rows[column], rows["indicator_id"], strict=True)
        own = [key.startswith(f"{name}-") and key not in mended for key, name in keys]
        parts = rows[column].str.extract(r"-((?:19|20)\d\d)(?:-.*)?-([^-]+)$").fillna("")
        named = pick(rows.assign(named=parts[1], year=parts[0]), own)
        yield from report(
            named[named["named"].isin(sources) & (named["named"] != named["source_id"])],
            f"{table}:source_id: key: found {{source_id!r}} in the row {{{column}}}; allowed {{named}}, as the key says; "
            "mend the source, or the key of a row that is new",
        )
        yield from report(
            named[(named["year"] != "") & (named["year"] != named["period"].str[:4])],
            f"{table}:period: key: found {{period!r}} in the row {{{column}}}; allowed a period from {{year}} on, as the key says; "
            "mend the period, or the key of a row that is new",
        )


@rule
def facts_are_used_or_left_out(tables: Tables) -> Iterator[Finding]:
    """A fact of the research table is carried over or left out, not both."""
    used, rows = pd.concat([tables[name]["fact_id"] for name in FIGURES]), tables["left_out"]
    yield from report(
        rows[(rows["fact_id"] != "") & rows["fact_id"].isin(used)],
        "left_out:fact_id: used: found {fact_id!r}; allowed facts without a figure; delete this row, or the figure",
    )


@rule
def programmes_have_an_order(tables: Tables) -> Iterator[Finding]:
    """The positions of programmes count them, each once."""
    rows = tables["programmes"][tables["programmes"]["position"] != ""]
    rows = rows.assign(count=len(tables["programmes"]), twice=rows.duplicated("position", keep="first"))
    yield from report(
        rows[rows["twice"] | (numbers(rows["position"]) > rows["count"])],
        "programmes:position: order: found {position}; allowed a number up to {count} that no other programme has; mend it",
    )
