"""What an indicator did, and what one figure of it says, are whole sentences."""

from __future__ import annotations

import pandas as pd
import pytest
from worlds import world

from promotion_book.report.chapters.figure_time import figure_time
from promotion_book.report.headline import figure_words, headline
from promotion_book.statistics.statuses import all_statuses


def series(*values: tuple[str, float | None], indicator: str) -> pd.DataFrame:
    rows = [(indicator, period, value) for period, value in values]
    return pd.DataFrame(rows, columns=["indicator_id", "period", "value"])


@pytest.mark.parametrize(
    ("indicator", "period", "end", "said"),
    [
        ("cp_courses", "2020-10M", "2020-10-31", "Courses on cleaner production numbered 5 in January–October 2020"),
        ("cp_courses", "2020", "2020-12-31", "Courses on cleaner production numbered 5 in 2020"),
        ("cp_courses", "2020", "2020-10-31", "Courses on cleaner production numbered 5 by 31 October 2020"),
        ("handicraft_exports", "2020", "2020-12-31", "Handicraft exports stood at 5 in 2020"),
        ("handicraft_exports", "2016-2020", "2020-12-31", "Handicraft exports came to 5 for 2016–2020 together"),
    ],
)
def test_one_figure_is_told_in_a_sentence_with_its_time(context, indicator, period, end, said):
    row = pd.Series({"indicator_id": indicator, "period": period, "end": pd.Timestamp(end)})
    assert figure_words(context, row, shown="5") == said


@pytest.mark.parametrize(
    ("indicator", "first", "last", "said"),
    [
        ("kip_recognised", "2024-01-01", "2024-12-31", "2024"),
        ("kip_recognised", "2024-01-01", "2024-09-30", "January–September 2024"),
        ("kip_recognised", "2024-09-01", "2024-09-30", "September 2024"),
        ("kip_recognised", "2021-01-01", "2024-12-31", "2021–2024"),
        ("clusters_operating", "2021-01-01", "2024-12-31", "2024"),
    ],
)
def test_the_time_of_a_figure_is_that_of_its_days(context, indicator, first, last, said):
    assert figure_time(context, indicator, first=pd.Timestamp(first), last=pd.Timestamp(last)) == said


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"2019": 42, "2020": 60, "2021": 70}, "rose from 42 in 2019 to 70 in 2021"),
        ({"2019": 42, "2020": 70, "2021": 70}, "rose from 42 in 2019 to 70 in 2020 and stayed there until 2021"),
        ({"2019": 70, "2020": 42, "2021": 42}, "fell from 70 in 2019 to 42 in 2020 and stayed there until 2021"),
        ({"2014": 42, "2019": 70, "2025": 70}, "rose from 42 in 2014 to 70 in 2019; the figure for 2025 is the same"),
        ({"2014": 70, "2019": 60, "2025": 60}, "fell from 70 in 2014 to 60 in 2019; the figure for 2025 is the same"),
        ({"2019": 70.2, "2020": 70.3, "2021": 70.4}, "stayed at 70 from 2019 to 2021"),
        ({"2019": 70, "2020": 42, "2021": 70}, "stood at 70 in 2019 and again in 2021"),
        ({"2019": 70, "2020": None, "2021": 70}, "stood at 70 in 2019 and again in 2021"),
        ({"2014": 70}, "numbered 70 in 2014"),
    ],
)
def test_what_a_figure_did_is_told_with_the_year_since_which_it_no_longer_changed(context, values, said):
    none = all_statuses(context.known, context.known.until, indicators=[])
    told = headline(context, series(*values.items(), indicator="clusters_operating"), none)
    assert told.title == f"Industrial clusters in operation {said}"


@pytest.mark.parametrize(
    ("reached", "title", "words"),
    [
        ("2021", "The target of 100 for 2023 was reached in 2021", "✓ Target met 2 years early."),
        ("2022", "The target of 100 for 2023 was reached in 2022", "✓ Target met a year early."),
        ("2023", "The target of 100 for 2023 was reached", "✓ Target met."),
    ],
)
def test_a_headline_says_in_which_year_a_target_was_reached_early(package, reached, title, words):
    row = {"indicator_id": "ocop_total", "source_id": "seed_002"}
    goal = row | {"kind": "level", "period": "2023", "value": 100.0, "base_year": 2020.0}
    values = {str(year): 120.0 if str(year) >= reached else 50.0 for year in range(2020, 2024)}
    told = world(package, [goal], [row | {"period": year, "value": value} for year, value in values.items()])
    judged = all_statuses(told.known, told.known.until, indicators=["ocop_total"])
    found = headline(told, series(*values.items(), indicator="ocop_total"), judged)
    assert (found.title.replace(" products", ""), found.words) == (title, words)


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"2023": 50.0}, "OCOP products recognised so far numbered 50 in 2023; the target for 2025 is 100 products"),
        ({}, "No published figure shows how close the target of 100 products for 2025 is"),
    ],
)
def test_the_title_on_a_target_to_come_that_cannot_be_judged_says_what_the_figure_beside_it_is(package, values, title):
    row = {"indicator_id": "ocop_total", "source_id": "seed_002"}
    goal = row | {"kind": "level", "period": "2025", "value": 100.0}
    told = world(package, [goal], [row | {"period": year, "value": value} for year, value in values.items()])
    judged = all_statuses(told.known, told.known.until, indicators=["ocop_total"])
    found = headline(told, series(*values.items(), indicator="ocop_total"), judged)
    assert found.title.replace("\u00a0", " ") == title
