from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion_book.facts.periods import label_of, months_after, parse, year_before


@pytest.mark.parametrize(
    ("label", "start", "end", "frequency"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "year"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "half"),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), "half"),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30), "quarter"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2019-9M", date(2019, 1, 1), date(2019, 9, 30), "months"),
        ("2016-2020", date(2016, 1, 1), date(2020, 12, 31), "years"),
        ("2024-09-10", date(2024, 9, 10), date(2024, 9, 10), "day"),
        ("2018-01-01/2020-09-16", date(2018, 1, 1), date(2020, 9, 16), "span"),
        ("2023-02-01/2023-04-30", date(2023, 2, 1), date(2023, 4, 30), "span"),
        ("2022-03-01/2023-04-30", date(2022, 3, 1), date(2023, 4, 30), "span"),
        ("2018-05-15/..", date(2018, 5, 15), None, "open"),
    ],
)
def test_a_label_stands_for_its_days_and_they_for_it(label, start, end, frequency):
    period = parse(label)
    assert (period.start, period.end, period.frequency) == (start, end, frequency)
    assert label_of(start, end) == label


@pytest.mark.parametrize(
    "label", ["2024-H3", "2024-Q5", "2024-13", "2024-0M", "2020-2016", "2024-02-30", "24", "", "x"]
)
def test_a_period_that_does_not_exist_is_refused_with_what_is_allowed(label):
    with pytest.raises(ValueError, match="period"):
        parse(label)


def test_a_whole_number_is_read_as_a_year():
    assert parse(2022) == parse("2022")


@pytest.mark.parametrize(
    ("label", "allowed"),
    [("2024", True), ("2024-H1", True), ("2024-Q1", True), ("2024-07", True), ("2024-9M", True), ("2024-07-01", False)],
)
def test_only_a_year_and_parts_of_it_up_to_a_month_can_be_reported_on(label, allowed):
    assert parse(label).reportable is allowed


@pytest.mark.parametrize(
    ("label", "before"),
    [("2026", "2025"), ("2026-H1", "2025-H1"), ("2026-Q1", "2025-Q1"), ("2026-02", "2025-02"), ("2026-2M", "2025-2M")],
)
def test_the_same_period_of_the_year_before_has_the_same_form(label, before):
    assert year_before(label) == before
    assert parse(before).frequency == parse(label).frequency


@pytest.mark.parametrize("label", ["2021-2025", "2024-09-10", "2018-05-15/.."])
def test_what_is_no_part_of_a_year_has_no_year_before(label):
    assert year_before(label) == ""


@given(st.integers(1950, 2060))
def test_the_quarters_of_a_year_follow_each_other_without_a_gap(year):
    quarters = [parse(f"{year}-Q{n}") for n in range(1, 5)] if 1950 <= year <= 2060 else []
    ends = [(q.end - date(year, 1, 1)).days + 1 for q in quarters if q.end]
    starts = [(q.start - date(year, 1, 1)).days for q in quarters]
    assert starts[1:] == ends[:-1]


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 36))
def test_months_after_a_day_end_on_the_last_day_of_a_month(day, months):
    end = months_after(day, months)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == months
    assert months_after(end, 0) == end
