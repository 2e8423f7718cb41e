"""What the plans of a place say beside their targets: the acts that set them, the measures that they announce, and
whether they lead beyond the last edition.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.rows import keys_of
from promotion_book.facts.rules import Tables, follow, known_since, last_days, numbers, report, rule


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
