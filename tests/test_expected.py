"""What is expected next, and since when it is overdue."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from small_tables import found

from promotion_book.facts.expected import overdue
from promotion_book.facts.rules.calendar_rules import figures_are_overdue

AREAS = pd.DataFrame(
    {
        "area_id": ["hanoi", "old", "vietnam"],
        "level": ["province", "province", "country"],
        "valid_to": [pd.NaT, pd.Timestamp(2008, 7, 31), pd.NaT],
    }
)


def late(
    *ends: str,
    every: str,
    months: str = "1",
    on: str = "2026-11-28",
    area: str | list[str] = "hanoi",
    status: str = "actual",
):
    rows = {"indicator_id": "jobs", "area": area, "status": status, "period_end": pd.to_datetime(list(ends))}
    indicators = pd.DataFrame({"indicator_id": ["jobs"], "expected_every": [every], "expected_months": [months]})
    table = overdue(pd.DataFrame(rows), indicators, AREAS, on=date.fromisoformat(on), year_begins=1)
    return [(row.period, str(row.due), row.days) for row in table.itertuples()]


@pytest.mark.parametrize(
    ("last", "every", "period"),
    [
        ("2024-12-31", "year", ("2025", "2026-01-31", 301)),
        ("2024-11-10", "year", ("2024", "2025-01-31", 666)),
        ("2025-12-31", "half", ("2026-H1", "2026-07-31", 120)),
        ("2025-12-31", "quarter", ("2026-Q1", "2026-04-30", 212)),
        ("2026-05-31", "month", ("2026-06", "2026-07-31", 120)),
        ("2026-05-10", "month", ("2026-05", "2026-06-30", 151)),
    ],
)
def test_the_next_figure_is_of_the_period_after_the_last_whole_one(last, every, period):
    assert late("2023-12-31", last, every=every) == [period]


def test_nothing_is_overdue_on_the_day_on_which_it_is_expected_nor_where_nothing_is():
    ends = ("2023-12-31", "2024-12-31")
    assert late(*ends, every="year", on="2026-01-31") == []
    assert late(*ends, every="") == []
    assert late("2024-12-31", every="year") == []
    assert late(*ends, every="year", area="old") == []
    assert late(*ends, every="year", status="plan") == []
    assert late("2024-12-31", "2099-12-31", every="year") == []


def test_a_figure_of_the_country_is_expected_only_where_no_province_has_one():
    country, province = ("2021-12-31", "2022-12-31"), ("2022-12-31", "2023-12-31")
    assert late(*country, every="year", area="vietnam") == [("2023", "2024-01-31", 1032)]
    both = late(*country, *province, every="year", area=["vietnam", "vietnam", "hanoi", "hanoi"])
    assert both == [("2024", "2025-01-31", 666)]


def test_the_check_notes_what_is_overdue_at_the_row_of_the_indicator():
    days = [{"period": str(year), "observation_id": f"o{year}"} for year in (2023, 2024)]
    rows = {"indicators": [{"indicator_id": "jobs", "expected_every": "year", "expected_months": "3"}]}
    areas = [{"area_id": "hanoi", "level": "province"}]
    assert found(figures_are_overdue, date(2026, 11, 28), observations=days, areas=areas, **rows) == [
        ("indicators.csv", 2, "expected_months", "overdue")
    ]
