"""A calendar that cannot be kept is found, and so is what is dated after the day of the check."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.calendar_rules import (
    editions_are_announced,
    editions_follow_each_other,
)


def test_an_empty_calendar_is_found():
    assert found(editions_are_announced) == [("release_calendar.csv", 0, "", "calendar")]


@pytest.mark.parametrize(
    ("periods", "lines"),
    [
        ({"2024-H1": "2024-09-30", "2024": "2025-03-31"}, []),
        ({"2024": "2025-03-31", "2024-H1": "2024-09-30"}, []),
        ({"2024-H1": "2025-03-31", "2024": "2025-03-30"}, [3]),
        ({"2024-H1": "2025-03-31", "2024": "2025-03-31"}, [3]),
        ({"2024-H2": "2025-03-31", "2024": "2025-03-31"}, []),
    ],
)
def test_editions_whose_cut_off_days_do_not_follow_their_periods_are_found(periods, lines):
    rows = [{"period": period, "cut_off": day} for period, day in periods.items()]
    assert [line for _, line, _, _ in found(editions_follow_each_other, release_calendar=rows)] == lines
