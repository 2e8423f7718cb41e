"""Figures that contradict what is known of their source are found."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.figure_rules import years_are_of_one_standing

YEARS = {"period": "2021-2025", "period_start": "2021-01-01", "period_end": "2025-12-31"}


@pytest.mark.parametrize(
    ("published", "standings", "lines"),
    [
        ("2025-11-30", ["estimate", "actual"], [3]),
        ("2025-11-30", ["to_date", "estimate"], []),
        ("2025-11-30", ["actual", "actual"], []),
        ("2026-02-01", ["estimate", "actual"], []),
    ],
    ids=["two standings", "estimates", "awards", "after the end"],
)
def test_what_a_source_prints_before_its_years_are_over_has_one_standing(published, standings, lines):
    rows = [YEARS | {"observation_id": f"o{n}", "status": status} for n, status in enumerate(standings)]
    rules = found(
        years_are_of_one_standing,
        observations=rows,
        sources=[{"source_id": "src_001", "published_on": published}],
        indicators=[{"indicator_id": "jobs", "measured": "event"}],
    )
    assert rules == [("observations.csv", line, "status", "future") for line in lines]
