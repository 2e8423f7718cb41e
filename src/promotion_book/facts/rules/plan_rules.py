"""What the plans of a place say beside their targets: the acts that set them, the measures that they announce, and
whether they lead beyond the last edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.periods import parse_or_none
from promotion_book.facts.rows import keys_of
from promotion_book.facts.rules import Tables, follow, known_since, last_days, look_up, numbers, report, rule

SIGNED = ("day", "month", "year")


@rule
def acts_are_signed_on_a_day(tables: Tables) -> Iterator[Finding]:
    """An act bears a day, or the month or year that is known of it, not later than the page it was read on."""
    rows = tables["legal_acts"]
    first, published = _signed(rows, "start"), follow(tables, "sources.published_on", keys=rows["source_id"])
    yield from report(
        rows[(rows["signed"] != "") & (first == "")],
        "legal_acts:signed: period: found {signed!r}; allowed 2025-01-15, 2025-01 or 2025; "
        "write the day, or the month or year that is known",
    )
    yield from report(
        rows.assign(published=published)[(published != "") & (first > published)],
        "legal_acts:signed: order: found {signed}; allowed up to {published}, when it was told of; "
        "mend the day, or name another source",
    )


@rule
def later_acts_replace_earlier_ones(tables: Tables) -> Iterator[Finding]:
    """The act that takes the place of another one was signed no earlier than it."""
    rows = tables["legal_acts"]
    acts = rows.assign(last=_signed(rows, "end")).set_index("act_id")
    last, later = (look_up(rows["replaced_by"], acts[name]) for name in ("last", "signed"))
    yield from report(
        rows.assign(later=later)[(last != "") & (last < _signed(rows, "start"))],
        "legal_acts:replaced_by: order: found an act of {later}; allowed one of {signed} or later; "
        "turn the two round, or mend the key",
    )


@rule
def titles_tell_the_number_of_their_act(tables: Tables) -> Iterator[Finding]:
    """The first number of an act in its Vietnamese title, "số 45/2012/NĐ-CP", is its own."""
    rows = tables["legal_acts"]
    told = rows["title_vi"].str.extract(r"\bsố (\d[^\s,;]*)", expand=False).fillna("")
    yield from report(
        rows.assign(told=told)[(told != "") & (told != rows["number"])],
        "legal_acts:title_vi: number: found {told!r}; allowed {number!r}, as in number; mend one of the two",
    )


@rule
def acts_are_for_programmes(tables: Tables) -> Iterator[Finding]:
    """An act names the programmes that rest on it by their keys."""
    rows = tables["legal_acts"]
    rows = rows.assign(name=rows["programmes"].map(keys_of)).explode("name", ignore_index=True)
    yield from report(
        rows[rows["name"].notna() & ~rows["name"].isin(tables["programmes"]["programme_id"])],
        "legal_acts:programmes: dangling-key: found {name!r}; allowed keys of programmes between semicolons; "
        "mend the key",
    )


@rule
def evidence_has_a_source(tables: Tables) -> Iterator[Finding]:
    """What was found of a measure says where and is not of before it, and a source says what."""
    rows = tables["measures"]
    source, words = rows["evidence_source_id"] != "", rows["evidence_en"] != ""
    half = source.map({True: "a source without words", False: "words without a source"})
    yield from report(
        rows.assign(half=half)[source != words],
        "measures:evidence_source_id: evidence: found {half}; allowed what was found and its source, or neither; "
        "fill or empty both",
    )
    published = follow(tables, "sources.published_on", keys=rows["evidence_source_id"])
    begins = [str(period.start) if (period := parse_or_none(label)) else "" for label in rows["period"]]
    yield from report(
        rows.assign(published=published)[(published != "") & (published < pd.Series(begins, rows.index, dtype=object))],
        "measures:evidence_source_id: order: found evidence of {published} for {period}; "
        "allowed what was published once the period had begun; mend the period, or name another source",
    )


@rule
def programmes_have_a_future(tables: Tables) -> Iterator[Finding]:
    """A programme that has figures has a target, a planned figure or a scenario beyond the last edition of the calendar, or
    a row says where one was searched for.
    """
    until, cut_off, last = _last_edition(tables)
    if not until:
        return
    counted = pd.concat([tables[name]["indicator_id"] for name in ("observations", "targets")])
    leading = pd.concat([find(tables, until, cut_off=cut_off) for find in (_plans_after, _scenarios_after)])
    ahead, of = (follow(tables, "indicators.programme_id", keys=names) for names in (leading, counted))
    rows, searches = tables["programmes"], tables["searches"][tables["searches"]["indicator_id"] == ""]
    with_figures = (rows["role"] == "programme") & rows["programme_id"].isin(of)
    answered = rows["programme_id"].isin(ahead) | rows["programme_id"].isin(searches["programme_id"])
    yield from report(
        rows.assign(line=0, last=last, cut_off=cut_off)[with_figures & ~answered],
        "searches:programme_id: no-future: found nothing of {programme_id} beyond {last}; "
        "allowed what was public by {cut_off} and ends later; "
        "add the target or the scenario, or a row that says where one was searched for",
    )
    yield from report(
        searches[searches["programme_id"].isin(ahead)],
        "searches:programme_id: stale: found a search without result; "
        "allowed nothing, where a target or a scenario leads on; delete the row",
    )


def _signed(rows: pd.DataFrame, end: str) -> pd.Series[Any]:
    """The first or the last day on which acts may have been signed; empty where neither day, month nor year is known."""
    periods = [parse_or_none(label) for label in rows["signed"]]
    days = [str(getattr(period, end)) if period and period.frequency in SIGNED else "" for period in periods]
    return pd.Series(days, rows.index, dtype=object)


def _last_edition(tables: Tables) -> tuple[str, str, str]:
    """The last day of the latest period of the calendar, the day on which its edition stops looking, and its label; empty
    for none.
    """
    rows = tables["release_calendar"]
    ends = last_days(rows["period"])
    return max(
        (days for days in zip(ends, rows["cut_off"], rows["period"], strict=True) if all(days)), default=("", "", "")
    )


def _plans_after(tables: Tables, until: str, *, cut_off: str) -> pd.Series[Any]:
    """The indicators of targets, and of planned figures, that end after a day and were public by another."""
    planned = tables["observations"][tables["observations"]["status"] == "plan"]
    rows = pd.concat([tables["targets"], planned], ignore_index=True)
    known = known_since(tables, rows)
    return rows.loc[(last_days(rows["period"]) > until) & (known != "") & (known <= cut_off), "indicator_id"]


def _scenarios_after(tables: Tables, until: str, *, cut_off: str) -> pd.Series[Any]:
    """The indicators of scenarios that end after the year of a day and were public by another, or have no source."""
    rows = tables["scenarios"]
    known = follow(tables, "sources.published_on", keys=rows["source_id"])
    public = (rows["source_id"] == "") | ((known != "") & (known <= cut_off))
    return rows.loc[(numbers(rows["until"]) > int(until[:4])) & public, "indicator_id"]
