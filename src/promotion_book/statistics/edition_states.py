"""What an edition knew, as a state to compare; and how far first figures were changed in later editions."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import pandas as pd

from promotion_book.facts import Edition, Known, Package
from promotion_book.facts.conflicts import by_rule
from promotion_book.facts.difference import FIGURE, Changes, State, compare, middle, state
from promotion_book.facts.known import known_in
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.revisions import revisions
from promotion_book.statistics.statuses import all_statuses

RECORD = ["indicator_id", "pairs", "changed", "mean", "mean_absolute", "relative_absolute", "share_up"]


def state_of(known: Known, since: date) -> State:
    """The leading figures that are known, and the statuses of all targets; `since` is the first day of the period."""
    judged = all_statuses(known, since, indicators=known.indicators["indicator_id"])
    return state(figures_of(known), judged)


def figures_of(known: Known) -> pd.DataFrame:
    """The figure that leads for each indicator, area, scope and period, outcomes and plans apart."""
    rows = by_rule(known.observations)
    rows = rows.assign(plan=rows["status"] == "plan")
    return rows.drop_duplicates(FIGURE).sort_index()


def changes_since(package: Package, before: Sequence[Edition], *, now: State) -> Changes:
    """What changed from the last of the earlier editions to a state; nothing where there is no earlier one."""
    if not before:
        return compare(now, now)
    last = before[-1]
    return compare(state_of(known_in(package, last), last.period.start), now)


def revision_records(editions: Sequence[Known]) -> pd.DataFrame:
    """How the first figures of each indicator compare with the latest ones, over editions in their order.

    An outcome counts when at least two editions have it in the same unit; of a range its middle does.

    Returns:
        A row an indicator: the columns of `RECORD`. `pairs` were published more than once, and so many of them `changed`; what
        `revisions` says of them is missing where fewer than two were.
    """
    nothing = pd.DataFrame()
    history = pd.concat([state(figures_of(known), nothing).figures for known in editions], ignore_index=True)
    history = history[history.duplicated(FIGURE, keep=False) & ~history["plan"]]
    first, latest = (history.drop_duplicates(FIGURE, keep=end) for end in ("first", "last"))
    both = first.merge(latest, on=FIGURE, suffixes=("", "_latest"))
    both = both[both["unit"] == both["unit_latest"]]
    both = both.assign(first=middle(both), latest=middle(both, "_latest"))
    rows = [_record(str(name), figures) for name, figures in both.groupby("indicator_id", sort=False)]
    return pd.DataFrame(rows, columns=RECORD)


def _record(name: str, rows: pd.DataFrame) -> dict[str, Any]:
    record = {"indicator_id": name, "pairs": len(rows), "changed": int((rows["first"] != rows["latest"]).sum())}
    with suppress(Refused):
        record |= revisions(rows["first"].tolist(), rows["latest"].tolist())
    return record
