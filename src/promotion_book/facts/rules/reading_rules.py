"""What other statement sets a target too, and how it can be read."""

from __future__ import annotations

from collections.abc import Iterator

from promotion_book.facts.findings import Finding
from promotion_book.facts.rows import own_target_keys
from promotion_book.facts.rules import Tables, follow, look_up, pick, report, rule


@rule
def one_target_in_two_wordings(tables: Tables) -> Iterator[Finding]:
    """`same_as` names a statement of another target of the same area and last day, which is not tied on itself."""
    rows = tables["targets"]
    rows = rows.assign(stated=own_target_keys(rows))
    tied = rows[rows["same_as"] != ""]
    stated = look_up(tied["same_as"], rows.set_index("target_id")["stated"])
    area, end = (follow(tables, f"targets.{name}", keys=tied["same_as"]) for name in ("area", "period_end"))
    nobody = (stated == "") | (stated == tied["stated"])
    apart = (area != tied["area"]) | (end != tied["period_end"]) | stated.isin(tied["stated"])
    yield from report(
        tied[nobody],
        "targets:same_as: dangling-key: found {same_as!r}; allowed the key of a statement of another target; "
        "mend the key, or empty it",
    )
    yield from report(
        tied[~nobody & apart],
        "targets:same_as: same-as: found {same_as!r}; "
        "allowed a target of the same area and last day that is tied to no other; tie both to one statement",
    )


@rule
def readings_are_several(tables: Tables) -> Iterator[Finding]:
    """A target with readings has two or more, and one of them is by its own indicator."""
    rows, targets = tables["readings"], tables["targets"]
    read = rows.groupby("target_id")["indicator_id"].agg(list)
    rows = rows[rows["target_id"].isin(targets["target_id"])]
    named = [read[target] for target in rows["target_id"]]
    own = follow(tables, "targets.indicator_id", keys=rows["target_id"])
    rows = rows.assign(own=own, named=[", ".join(names) for names in named])
    lone = (len(names) < 2 or name not in names for names, name in zip(named, own, strict=True))
    yield from report(
        pick(rows, lone),
        "readings:target_id: readings: found by {named}; allowed two or more, one by {own}; "
        "add the reading that is missing",
    )
