"""Do the rows that name other rows hang together? Replaced targets, parts of indicators, derivations, facts left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from promotion_book.facts.derivations import FORM, parts_of
from promotion_book.facts.findings import Finding
from promotion_book.facts.periods import label_of, parse_or_none
from promotion_book.facts.rules import FIGURES, Tables, follow, known_since, look_up, numbers, pick, report, rule

OF_PARTS = {  # the kinds of indicator that a derivation can be of
    "total": ("flow",),
    "last": ("flow",),
    "change": ("cumulative", "level"),
    "growth": ("flow", "cumulative", "level"),
    "sum": ("flow", "cumulative", "level"),
}
# the dimensions of a kind; none is another finding
COUNTED_AS = {"share": ("", "percent"), "growth": ("", "percent", "index")}
WHOLE = 100  # per cent


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
def later_targets_replace_earlier_ones(tables: Tables) -> Iterator[Finding]:
    """The target that replaces another one was public no earlier than it."""
    rows = tables["targets"]
    rows = rows.assign(known=known_since(tables, rows))
    rows = rows.assign(later=look_up(rows["superseded_by"], rows.set_index("target_id")["known"]))
    yield from report(
        rows[(rows["later"] != "") & (rows["later"] < rows["known"])],
        "targets:superseded_by: order: found a target of {later}; allowed one of {known} or later; "
        "turn the two round, or mend the key",
    )


@rule
def derivations_are_possible(tables: Tables) -> Iterator[Finding]:
    """A derivation has one of the forms that the package knows, with a number that can be meant."""
    rows = tables["indicators"]
    yield from report(
        rows[(rows["derivation"] != "") & ~rows["derivation"].str.fullmatch(FORM)],
        "indicators:derivation: form: found {derivation!r}; allowed total:, change: or growth:<indicator>:<first year>, "
        "last:<indicator>:<1 to 99 years>, ratio: or sum:<indicator>:<indicator>; write one of these forms",
    )
    yield from report(
        rows[(rows["kind"] == "ratio") != rows["derivation"].str.startswith("ratio:")],
        "indicators:derivation: ratio: found {kind!r} with {derivation!r}; allowed ratio:<indicator>:<indicator> for the kind "
        "ratio alone; mend the kind or the derivation",
    )


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
def amounts_of_a_period_are_complete_after_it(tables: Tables) -> Iterator[Finding]:
    """What adds up in a period is not measured at a moment."""
    rows = tables["indicators"]
    yield from report(
        rows[rows["kind"].isin(["flow", "cumulative"]) & (rows["measured"] == "at")],
        "indicators:measured: measured: found 'at' for the kind {kind!r}; allowed during or event; mend it, or the kind",
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
def indicators_have_the_unit_of_their_kind(tables: Tables) -> Iterator[Finding]:
    """A share is a percentage, a growth too or an index, and a part is counted as its whole is."""
    dimensions = tables["units"].set_index("unit_id")["dimension"]
    rows = tables["indicators"].assign(counted=look_up(tables["indicators"]["unit"], dimensions))
    pairs = zip(rows["kind"], rows["counted"], strict=True)
    wrong = (counted not in COUNTED_AS.get(kind, (counted,)) for kind, counted in pairs)
    yield from report(
        pick(rows, wrong),
        "indicators:unit: unit: found {unit!r} for the kind {kind!r}; allowed a unit of percentages; "
        "mend the unit or the kind",
    )
    yield from report(
        rows[(rows["counted"] == "percent") & ~rows["kind"].isin([*COUNTED_AS])],
        "indicators:kind: unit: found {kind!r} counted in {unit!r}; allowed share or growth; mend the kind or the unit",
    )
    low, high = numbers(rows["limit_low"]), numbers(rows["limit_high"])
    other = (low.notna() & (low != 0)) | (high.notna() & (high != WHOLE))
    yield from report(
        rows[(rows["kind"] == "share") & (rows["counted"] == "percent") & other],
        f"indicators:limit_high: share: found a share from {{limit_low}} to {{limit_high}}; allowed from 0 to {WHOLE}; "
        "mend the limits, or the kind",
    )
    indicators = rows.set_index("indicator_id")
    whole, money = look_up(rows["part_of"], indicators["counted"]), rows["counted"] == "money"
    other = (whole != rows["counted"]) | (money & (look_up(rows["part_of"], indicators["unit"]) != rows["unit"]))
    yield from report(
        rows.assign(whole=whole)[(whole != "") & (rows["counted"] != "") & other],
        "indicators:part_of: unit: found a part in {unit!r}, a {counted}, of {part_of}, a {whole}; "
        "allowed a whole that is counted as its part; mend the key or the unit",
    )
    yield from report(
        rows[(rows["breakdown"] != "") & (rows["part_of"] == "")],
        "indicators:breakdown: breakdown: found {breakdown!r} of nothing; allowed only beside part_of; "
        "name the whole, or empty the cell",
    )


@rule
def labels_are_the_usual_ones(tables: Tables) -> Iterator[Finding]:
    """A span of days has one label: 2022, not 2022-2022 or 2022-01-01/2022-12-31. Figures under two labels never meet."""
    for name in (*FIGURES, "release_calendar", "measures"):
        rows = tables[name].assign(usual=tables[name]["period"].map(_usual))
        line = name + ":period: label: found {period!r}; allowed {usual}; write the usual label"
        yield from report(rows[rows["usual"] != rows["period"]], line)


def _usual(label: str) -> str:
    period = parse_or_none(label)
    return label_of(period.start, period.end) if period else label


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
    """The positions of programmes count them, each once, and rules of support have none."""
    rows = tables["programmes"][tables["programmes"]["position"] != ""]
    rows = rows.assign(count=len(tables["programmes"]), twice=rows.duplicated("position", keep="first"))
    yield from report(
        rows[rows["twice"] | (numbers(rows["position"]) > rows["count"])],
        "programmes:position: order: found {position}; allowed a number up to {count} that no other programme has; mend it",
    )
    yield from report(
        rows[rows["role"] == "rules"],
        "programmes:position: order: found {position} of rules; allowed nothing; mend the role, or empty the cell",
    )


@rule
def programmes_are_led_by_their_own(tables: Tables) -> Iterator[Finding]:
    """The indicator that leads a programme is one of the programme."""
    rows = tables["programmes"]
    rows = rows.assign(of=follow(tables, "indicators.programme_id", keys=rows["leading_indicator"]))
    yield from report(
        rows[(rows["of"] != "") & (rows["of"] != rows["programme_id"])],
        "programmes:leading_indicator: led: found {leading_indicator!r} of {of}; allowed an indicator of {programme_id}; "
        "name one of them",
    )
