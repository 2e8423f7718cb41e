"""A calendar that cannot be kept is found, and so is what is dated after the day of the check."""

from __future__ import annotations

from datetime import date

import pytest
from small_tables import found

from promotion_book.facts.rules.calendar_rules import (
    editions_are_announced,
    editions_follow_each_other,
)


def test_an_empty_calendar_is_found():
    assert found(editions_are_announced) == [("release_calendar.csv", 0, "", "calendar")]


@pytest.mark.parametrize("period", ["2024-01-01/..", "2021-2025", "2024-09-10"])
def test_an_edition_of_another_kind_of_period_is_found(period):
    rows = [{"period": period}]
    assert found("release_calendar:period:calendar", release_calendar=rows) == [
        ("release_calendar.csv", 2, "period", "calendar")
    ]


def test_a_release_announced_after_its_day_is_found():
    rows = [{"period": "2024", "announced_on": "2026-07-01"}]
    assert found("release_calendar:announced_on", release_calendar=rows) == [
        ("release_calendar.csv", 2, "announced_on", "calendar")
    ]


@pytest.mark.parametrize(("release", "lines"), [("2029-01-01", []), ("2029-01-02", [2])])
def test_a_release_announced_more_than_three_years_ahead_is_found(release, lines):
    rows = [{"period": "2024", "release_on": release}]
    assert [line for _, line, _, _ in found("release_calendar:release_on", release_calendar=rows)] == lines


@pytest.mark.parametrize(
    ("every", "months", "lines"), [("year", "3", []), ("", "", []), ("year", "", [2]), ("", "3", [2])]
)
def test_what_is_expected_without_a_day_is_found(every, months, lines):
    rows = [{"expected_every": every, "expected_months": months}]
    assert [line for _, line, _, _ in found(":expected", indicators=rows)] == lines


@pytest.mark.parametrize(("cut_off", "lines"), [("2025-12-31", []), ("2026-01-01", [2])])
def test_a_cut_off_day_more_than_a_year_after_the_period_is_found(cut_off, lines):
    rows = [{"period": "2024", "cut_off": cut_off}]
    assert [line for _, line, _, _ in found("release_calendar:cut_off", release_calendar=rows)] == lines


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


def test_what_is_dated_after_the_day_of_the_check_is_found():
    rows = {
        "sources": [{"published_on": "2026-11-28"}, {"published_on": "2026-11-29"}],
        "release_calendar": [{"period": "2026", "announced_on": "2026-12-01"}],
        "targets": [{"known_on": "2099-01-01"}],
    }
    assert found(":tomorrow", date(2026, 11, 28), **rows) == [
        ("release_calendar.csv", 2, "announced_on", "tomorrow"),
        ("sources.csv", 3, "published_on", "tomorrow"),
        ("targets.csv", 2, "known_on", "tomorrow"),
    ]


@pytest.mark.parametrize(
    ("precision", "day", "lines"),
    [
        ("year", "2020-12-31", []),
        ("year", "2020-06-30", [2]),
        ("month", "2020-02-29", []),
        ("month", "2020-02-28", [2]),
        ("day", "2020-02-28", []),
    ],
)
def test_a_source_known_by_its_year_or_month_counts_from_the_last_day(precision, day, lines):
    rows = [{"precision": precision, "published_on": day}]
    assert [line for _, line, _, _ in found(":precision", sources=rows)] == lines
