"""Do the areas hang together, and is each figure of an area that there was?"""

from __future__ import annotations

from collections.abc import Iterator

from promotion_book.facts.findings import Finding
from promotion_book.facts.rows import each
from promotion_book.facts.rules import FIGURES, Rule, Tables
from promotion_book.facts.schema import LEVELS

FILE = "areas.csv"


def areas_lie_in_larger_ones(tables: Tables) -> Iterator[Finding]:
    """The parent of an area is of a higher level."""
    level = dict(zip(tables["areas"]["area_id"], tables["areas"]["level"], strict=True))
    for row in each(tables["areas"]):
        above = level.get(row.parent, "")
        if row.level in LEVELS and above in LEVELS and LEVELS.index(above) >= LEVELS.index(row.level):
            found, allowed = f"{above!r} around {row.level!r}", f"one of {', '.join(LEVELS[: LEVELS.index(row.level)])}"
            yield Finding(FILE, int(row.line), "parent", "level", found, allowed, "mend the parent or the level")


def days_of_areas_follow_each_other(tables: Tables) -> Iterator[Finding]:
    """An area ends after it began, begins after its predecessor ended, and ends before its successor begins."""
    rows = {row.area_id: row for row in each(tables["areas"])}
    for row in rows.values():
        before, after = rows.get(row.predecessor), rows.get(row.successor)
        if row.valid_from and row.valid_to and row.valid_to < row.valid_from:
            yield _order(row.line, "valid_to", row.valid_to, f"from {row.valid_from} on")
        if before is not None and before.valid_to and row.valid_from and row.valid_from <= before.valid_to:
            yield _order(
                row.line, "valid_from", row.valid_from, f"after {before.valid_to}, the last day of {row.predecessor}"
            )
        if after is not None and row.valid_to and after.valid_from and after.valid_from <= row.valid_to:
            yield _order(
                row.line, "valid_to", row.valid_to, f"before {after.valid_from}, the first day of {row.successor}"
            )


def figures_are_of_areas_that_there_were(tables: Tables) -> Iterator[Finding]:
    """The period of a figure ends no earlier than its area begins, and begins no later than this ends."""
    rows = {row.area_id: row for row in each(tables["areas"]) if row.valid_from or row.valid_to}
    for name in FIGURES:
        table = tables[name]
        for row in each(table[table["area"].isin(list(rows))]):
            area = rows[row.area]
            early = bool(area.valid_from and row.period_end and row.period_end < area.valid_from)
            late = bool(area.valid_to and row.period_start > area.valid_to)
            if early or late:
                other = area.predecessor if early else area.successor
                allowed = f"a period within {area.valid_from or '..'} to {area.valid_to or '..'}"
                action = f"name the area of that time{f', such as {other}' if other else ''}, or mend the period"
                yield Finding(
                    f"{name}.csv", int(row.line), "area", "territory", f"{row.area!r} in {row.period}", allowed, action
                )


def _order(line: int, column: str, found: str, allowed: str) -> Finding:
    return Finding(FILE, int(line), column, "order", found, allowed, "mend one of the two days")


RULES: list[Rule] = [areas_lie_in_larger_ones, days_of_areas_follow_each_other, figures_are_of_areas_that_there_were]
