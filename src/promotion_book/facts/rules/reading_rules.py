"""What a target is: since when it applies, what other statement sets it too, and how it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from promotion_book.facts.findings import Finding
from promotion_book.facts.rows import each
from promotion_book.facts.rules import Rule, Tables


def plan_begins_before_its_target(tables: Tables) -> Iterator[Finding]:
    """The plan that sets a target begins no later than the period of the target."""
    for row in each(tables["targets"]):
        plan, start = row.plan_start, row.period_start
        if plan and start and plan > start:
            action = "write the first day of the plan, or nothing where no source tells it"
            yield Finding("targets.csv", row.line, "plan_start", "plan-start", plan, f"up to {start}", action)


def one_target_in_two_wordings(tables: Tables) -> Iterator[Finding]:
    """`same_as` names a statement of another target of the same area and last day, which is not tied on itself."""
    rows = {row.target_id: row for row in each(tables["targets"])}
    tied = {_stated(row) for row in rows.values() if row.same_as}
    for row in rows.values():
        if not row.same_as:
            continue
        other = rows.get(row.same_as)
        if other is None or _stated(other) == _stated(row):
            allowed, action = "the key of a statement of another target", "mend the key, or empty it"
            yield Finding("targets.csv", row.line, "same_as", "dangling-key", repr(row.same_as), allowed, action)
        elif (other.area, other.period_end) != (row.area, row.period_end) or _stated(other) in tied:
            allowed = "a target of the same area and last day that is tied to no other"
            yield Finding(
                "targets.csv", row.line, "same_as", "same-as", repr(row.same_as), allowed, "tie both to one statement"
            )


def _stated(row: Any) -> tuple[str, ...]:
    """What statements of one target have in common."""
    return row.indicator_id, row.area, row.scope, row.period


def readings_are_several(tables: Tables) -> Iterator[Finding]:
    """A target with readings has two or more, in its own unit, and one of them is by its own indicator."""
    targets = {row.target_id: row for row in each(tables["targets"])}
    units = dict(zip(tables["indicators"]["indicator_id"], tables["indicators"]["unit"], strict=True))
    read = tables["readings"].groupby("target_id")["indicator_id"].agg(list).to_dict()
    for row in each(tables["readings"]):
        target, named = targets.get(row.target_id), read[row.target_id]
        if target is None:
            continue
        if len(named) < 2 or target.indicator_id not in named:
            allowed, action = f"two or more, one by {target.indicator_id}", "add the reading that is missing"
            yield Finding("readings.csv", row.line, "target_id", "readings", f"by {', '.join(named)}", allowed, action)
        if units.get(row.indicator_id, target.unit) != target.unit:
            action = "name an indicator in the unit of the target"
            found = repr(units[row.indicator_id])
            yield Finding("readings.csv", row.line, "indicator_id", "unit", found, repr(target.unit), action)


RULES: list[Rule] = [plan_begins_before_its_target, one_target_in_two_wordings, readings_are_several]
