"""The release calendar: what may be published on a day, what comes next, and which edition came before."""

from __future__ import annotations

from datetime import date

import pytest

from promotion_book.facts.calendar import Release, age, next_release, releases

DAY = date(2026, 6, 1)


def release(period: str = "2025", announced: date = date(2026, 4, 1), on: date = DAY, reason: str = "") -> Release:
    return Release(period, announced, on, reason)


@pytest.mark.parametrize(
    ("one", "today", "said"),
    [
        (release(), date(2026, 5, 31), "its release is announced for 2026-06-01, and today is 2026-05-31"),
        (release(), DAY, ""),
        (release(), date(2027, 1, 1), ""),
        (release(announced=date(2026, 5, 4)), DAY, ""),
        (release(announced=date(2026, 5, 5)), DAY, "it was announced 27 days ahead"),
        (release(announced=date(2026, 5, 5), reason="A flood."), DAY, ""),
        (release(announced=date(2026, 6, 2)), DAY, "it was announced -1 days ahead"),
    ],
    ids=["too early", "on its day", "later", "28 days", "27 days", "27 days with a reason", "announced afterwards"],
)
def test_an_edition_is_published_from_its_announced_day_on_and_with_notice_or_a_reason(one, today, said):
    refusal = one.refusal(today)
    assert refusal.startswith(said) if said else refusal == ""


def test_what_comes_next_is_the_first_release_after_that_of_the_edition():
    later, last = release("2026-H1", on=date(2027, 1, 15)), release("2026", on=date(2027, 4, 30))
    calendar = [release("2024"), release("2025"), later, last]
    assert [next_release(calendar, period) for period in ("2024", "2025", "2026-H1", "2026")] == [
        later,
        later,
        last,
        None,
    ]


def test_after_a_period_that_was_not_announced_nothing_is_announced():
    assert next_release([release("2025")], "2024-Q3") is None


def test_releases_come_in_the_order_of_their_days_and_of_one_day_the_older_period_first(package):
    found = [(one.release_on, age(one.period)) for one in releases(package)]
    assert found == sorted(found)


def test_of_two_periods_that_end_together_the_shorter_one_is_older():
    assert sorted(["2024", "2024-H2", "2023", "2024-H1", "2024-Q4"], key=age) == [
        "2023",
        "2024-H1",
        "2024-Q4",
        "2024-H2",
        "2024",
    ]
