"""Statistics on what is known: progress to target, growth, revisions.

Pure functions: no file, no clock, no picture. Each public function states its formula and where it
is from; `Worked cases` name the rows of `tests/cases.csv` that test it and that the methods page
prints, so that page, code and test cannot drift apart.

    statistics.all_statuses(known, since, indicators)      # in a notebook: what it needs of the room, by name
"""

from __future__ import annotations

from typing import Any

from promotion_book.on_demand import load

_HOMES = {
    "changes_since": "edition_states",
    "known_in": "edition_states",
    "revision_records": "edition_states",
    "state_of": "edition_states",
    "index_pairs": "first_figures",
    "revised_pairs": "first_figures",
    "target_outlooks": "growth_assumption",
    "leading_figures": "leading",
    "shown_figures": "leading",
    "targets_ahead": "leading",
    "contributions": "growth",
    "rounding_note_needed": "rounding",
    "all_statuses": "statuses",
    "open_statements": "statuses",
    "statuses_in_force": "statuses",
    "required_path": "straight_line",
    "targets_over": "targets_reached",
}


def __getattr__(name: str) -> Any:
    return load(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return [*_HOMES]
