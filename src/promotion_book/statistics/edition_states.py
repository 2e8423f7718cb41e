"""What an edition knew, as a state to compare; and how far first figures were changed in later editions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from promotion_book.facts import Edition, Known, Package
from promotion_book.facts.conflicts import by_rule
from promotion_book.facts.difference import Changes, Entry, Key, State, compare, state
from promotion_book.facts.known import known_in
from promotion_book.facts.rows import records
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.revisions import Revisions, revisions
from promotion_book.statistics.statuses import all_statuses


def state_of(known: Known, since: date) -> State:
    """The leading figures that are known, and the statuses of all targets; `since` is the first day of the period."""
    judged = all_statuses(known, since, indicators=known.indicators["indicator_id"])
    return state(leading_figures(known), records(judged))


def leading_figures(known: Known) -> list[dict[str, Any]]:
    """The figure that leads for each indicator, area, scope and period, outcomes and plans apart."""
    rows = by_rule(known.observations)
    rows = rows.assign(plan=rows["status"] == "plan")
    return records(rows.drop_duplicates(["indicator_id", "area", "scope", "period", "plan"]).sort_index())


def changes_since(package: Package, before: Sequence[Edition], *, now: State) -> Changes:
    """What changed from the last of the earlier editions to a state; nothing where there is no earlier one."""
    if not before:
        return compare(now, now)
    last = before[-1]
    return compare(state_of(known_in(package, last), last.period.start), now)


@dataclass(frozen=True)
class RevisionRecord:
    """How figures of an indicator were changed: how many were published more than once, how many of them changed.

    `summary` is None where fewer than two were.
    """

    indicator_id: str
    pairs: int
    changed: int
    summary: Revisions | None


def revision_records(editions: Sequence[Known]) -> list[RevisionRecord]:
    """How the first figures of each indicator compare with the latest ones, over editions in their order.

    An outcome counts when at least two editions have it in the same unit; of a range its middle does.
    """
    history: dict[Key, list[Entry]] = {}
    for known in editions:
        for key, entry in state(leading_figures(known), ()).figures.items():
            history.setdefault(key, []).append(entry)
    pairs: dict[str, list[tuple[float, float]]] = {}
    for key, entries in history.items():
        first, latest = entries[0], entries[-1]
        if len(entries) > 1 and not first.plan and first.unit == latest.unit:
            pairs.setdefault(key[0], []).append((first.middle, latest.middle))
    return [_record(name, found) for name, found in pairs.items()]


def _record(name: str, pairs: list[tuple[float, float]]) -> RevisionRecord:
    changed = sum(a != b for a, b in pairs)
    try:
        return RevisionRecord(name, len(pairs), changed, revisions([a for a, _ in pairs], [b for _, b in pairs]))
    except Refused:
        return RevisionRecord(name, len(pairs), changed, None)
