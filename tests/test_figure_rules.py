"""Figures that contradict what is known of their source are found."""

from __future__ import annotations

import pytest
from small_tables import asked, found, tables

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


@pytest.mark.parametrize(("high", "found_at"), [("6", []), ("5", [2]), ("4", [2])])
def test_the_high_limit_is_above_the_low_one(high, found_at):
    rows = found(
        "indicators:limit_high:high-below-low",
        indicators=[{"indicator_id": "jobs", "limit_low": "5", "limit_high": high}],
    )
    assert [(line, column) for _, line, column, _ in rows] == [(line, "limit_high") for line in found_at]


@pytest.mark.parametrize(("year", "found_at"), [("2021", []), ("2022", [2])])
def test_a_base_year_lies_before_the_end_of_the_target(year, found_at):
    rows = found("targets:base", targets=[{"base_year": year, "base_value": "5", "base_status": "observed"}])
    assert [(line, column) for _, line, column, _ in rows] == [(line, "base_year") for line in found_at]


@pytest.mark.parametrize(("period", "found_at"), [("2024-05-15/..", []), ("2024-05-15", [2])])
def test_what_holds_from_a_day_on_may_be_published_before_it(period, found_at):
    days = {"period": period, "period_start": "2024-05-15", "period_end": "" if ".." in period else "2024-05-15"}
    rows = found("observations:", observations=[days], sources=[{"source_id": "src_001"}])
    assert [line for _, line, _, _ in rows] == found_at


@pytest.mark.parametrize(("published", "found_at"), [("2023-02-01", [2]), ("2023-03-01", []), ("", [])])
def test_a_figure_is_not_known_later_than_from_its_source(published, found_at):
    rows = found(
        ":known-after-source",
        observations=[{"known_on": "2023-03-01"}],
        sources=[{"source_id": "src_001", "published_on": published}],
    )
    assert [line for _, line, _, _ in rows] == found_at


def test_what_a_period_may_be_is_said_once():
    ((finding,),) = (rule(tables(observations=[{"period": "9999"}])) for rule in asked("observations:period:period"))
    assert (finding.found, str(finding).count("2024-H1")) == ("period '9999' does not exist", 1)


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({"low": "10"}, []),
        ({"low": "1", "high": "10"}, []),
        ({"low": "1"}, ["low"]),
        ({"high": "100"}, ["high"]),
    ],
)
def test_one_end_beside_a_value_is_that_value(cells, columns):
    assert [column for _, _, column, _ in found(":one-end", observations=[cells])] == columns


@pytest.mark.parametrize(
    ("published", "told"),
    [
        ("2021-12-31", ["period"]),
        ("2022-01-01", ["status"]),
        ("2022-12-30", ["status"]),
        ("2022-12-31", []),
    ],
)
def test_a_period_has_begun_on_its_first_day_and_a_figure_of_it_may_be_printed_on_its_last_one(published, told):
    sources = [{"source_id": "src_001", "published_on": published}]
    measured = [{"indicator_id": "jobs", "measured": "during"}]
    rows = found("observations:", observations=[{}], sources=sources, indicators=measured)
    assert [column for _, _, column, _ in rows] == told


@pytest.mark.parametrize(("published", "lines"), [("2022-11-30", []), ("2022-12-31", []), ("2023-02-01", [2])])
def test_a_count_to_date_is_of_a_period_that_is_not_over(published, lines):
    sources = [{"source_id": "src_001", "published_on": published}]
    rows = found("observations:", observations=[{"status": "to_date"}], sources=sources)
    assert [line for _, line, _, _ in rows] == lines
