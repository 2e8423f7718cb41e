"""What the plans of a place say beside their targets: the acts that set them, the measures that they announce, and
whether they lead beyond the last edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import day, integer
from promotion_book.facts.periods import ALLOWED, Period, parse_or_none
from promotion_book.facts.rows import each
from promotion_book.facts.rules import Rule, Tables

SIGNED = ("day", "month", "year")


def acts_are_signed_on_a_day(tables: Tables) -> Iterator[Finding]:
    """An act bears a day, or the month or year that is known of it, not later than the page it was read on."""
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published_on"], strict=True))
    for row in each(tables["legal_acts"]):
        signed, known = _signed(row), day(published.get(row.source_id, ""))
        if row.signed and signed is None:
            allowed, action = "2025-01-15, 2025-01 or 2025", "write the day, or the month or year that is known"
            yield _at("legal_acts", row, "signed", "period", repr(row.signed), allowed, action)
        elif signed and known and signed.start > known:
            action = "mend the day, or name another source"
            yield _at("legal_acts", row, "signed", "order", row.signed, f"up to {known}, when it was told of", action)


def later_acts_replace_earlier_ones(tables: Tables) -> Iterator[Finding]:
    """The act that takes the place of another one was signed no earlier than it."""
    acts = {row.act_id: row for row in each(tables["legal_acts"])}
    for row in acts.values():
        later = acts.get(row.replaced_by)
        mine, its = _signed(row), _signed(later) if later else None
        if mine and its and its.end is not None and its.end < mine.start:
            found, action = f"an act of {its}", "turn the two round, or mend the key"
            yield _at("legal_acts", row, "replaced_by", "order", found, f"one of {row.signed} or later", action)


def acts_are_for_programmes(tables: Tables) -> Iterator[Finding]:
    """An act names the programmes that rest on it by their keys."""
    programmes = set(tables["programmes"]["programme_id"])
    for row in each(tables["legal_acts"]):
        for name in keys_of(row.programmes):
            if name not in programmes:
                allowed, action = "keys of programmes, with '; ' between them", "mend the key"
                yield _at("legal_acts", row, "programmes", "dangling-key", repr(name), allowed, action)


def measures_have_a_period(tables: Tables) -> Iterator[Finding]:
    """The years for which a measure was announced are a period."""
    for row in each(tables["measures"]):
        if parse_or_none(row.period) is None:
            yield _at("measures", row, "period", "period", repr(row.period), ALLOWED, "write a period that exists")


def evidence_has_a_source(tables: Tables) -> Iterator[Finding]:
    """What was found of a measure says where, and a source says what."""
    for row in each(tables["measures"]):
        if bool(row.evidence_source_id) != bool(row.evidence_en):
            found = "a source without words" if row.evidence_source_id else "words without a source"
            allowed = "what was found and its source, or neither"
            yield _at("measures", row, "evidence_source_id", "evidence", found, allowed, "fill or empty both")


def programmes_have_a_future(tables: Tables) -> Iterator[Finding]:
    """A programme that has figures has a target, a planned figure or a scenario beyond the last edition of the calendar, or
    a row says where one was searched for.
    """
    last = _last_edition(tables)
    if last is None:
        return
    until, cut_off = last
    of = dict(zip(tables["indicators"]["indicator_id"], tables["indicators"]["programme_id"], strict=True))
    told = {of.get(name, "") for table in ("observations", "targets") for name in tables[table]["indicator_id"]}
    ahead = {
        of.get(name, "") for name in (*_plans_after(tables, until, cut_off), *_scenarios_after(tables, until, cut_off))
    }
    searched = {row.programme_id: row for row in each(tables["searches"])}
    for row in each(tables["programmes"]):
        if row.role == "programme" and row.programme_id in told - ahead - searched.keys():
            action = "add the target or the scenario, or a row that says where one was searched for"
            found, allowed = (
                f"nothing of {row.programme_id} beyond {until}",
                f"what was public by {cut_off} and ends later",
            )
            yield Finding("searches.csv", 0, "programme_id", "no-future", found, allowed, action)
    for name, row in searched.items():
        if name in ahead:
            allowed = "nothing, where a target or a scenario leads on"
            yield _at("searches", row, "programme_id", "stale", "a search without result", allowed, "delete the row")


def _last_edition(tables: Tables) -> tuple[date, date] | None:
    """The last day of the latest period of the calendar, and the day on which its edition stops looking."""
    rows = [(parse_or_none(row.period), day(row.cut_off)) for row in each(tables["release_calendar"])]
    ends = [(period.end, cut_off) for period, cut_off in rows if period and period.end and cut_off]
    return max(ends, default=None)


def _plans_after(tables: Tables, until: date, cut_off: date) -> Iterator[str]:
    """The indicators of targets, and of planned figures, that end after a day and were public by another."""
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published_on"], strict=True))
    planned = tables["observations"][tables["observations"]["status"] == "plan"]
    for row in [*each(tables["targets"]), *each(planned)]:
        end, known = day(row.period_end), day(row.known_on or published.get(row.source_id, ""))
        if end and known and end > until and known <= cut_off:
            yield row.indicator_id


def _scenarios_after(tables: Tables, until: date, cut_off: date) -> Iterator[str]:
    published = dict(zip(tables["sources"]["source_id"], tables["sources"]["published_on"], strict=True))
    for row in each(tables["scenarios"]):
        known, last = day(published.get(row.source_id, "")), integer(row.until)
        if last and last > until.year and (not row.source_id or (known and known <= cut_off)):
            yield row.indicator_id


def keys_of(cell: str) -> list[str]:
    """The keys in a cell that holds several."""
    return [part.strip() for part in cell.split(";") if part.strip()]


RULES: list[Rule] = [
    acts_are_signed_on_a_day,
    later_acts_replace_earlier_ones,
    acts_are_for_programmes,
    measures_have_a_period,
    evidence_has_a_source,
    programmes_have_a_future,
]


def _signed(row: Any) -> Period | None:
    period = parse_or_none(row.signed)
    return period if period and period.frequency in SIGNED else None


def _at(table: str, row: Any, column: str, rule: str, found: str, allowed: str, action: str) -> Finding:
    return Finding(f"{table}.csv", int(row.line), column, rule, found, allowed, action)
