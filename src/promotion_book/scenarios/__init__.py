"""What happens next under named assumptions, how likely a target is, and what it would take.

Pure functions on numpy arrays: no file, no clock, no picture; whatever is random takes its generator.
A scenario is named assumptions, a projection what follows from them; neither is a forecast. Low, base
and high are assumptions and not a probability. Each public function states its formula and where it
is from; `Worked cases` name the rows of `tests/cases.csv` that test it.

    scenarios.aimed_outlook(known, indicator)      # in a notebook: what it needs of the room, by name
"""

from __future__ import annotations

from typing import Any

from promotion_book.on_demand import load

_HOMES = {
    "compare_with_outcomes": "track_record",
    "aimed_outlook": "outlook",
    "chances": "outlook",
    "at_pace_so_far": "pace_ahead",
    "growth_swings": "sensitivity",
    "project_targets": "what_if",
    "WhatIfAssumptions": "what_if",
}


def __getattr__(name: str) -> Any:
    return load(__name__, _HOMES, name)


def __dir__() -> list[str]:
    return [*_HOMES]
