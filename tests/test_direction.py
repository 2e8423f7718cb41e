"""Indicators without a target."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from builders import yearly
from promotion_book.facts.rows import each
from promotion_book.report.chapters.annex import directions_table
from promotion_book.statistics.direction import COLUMNS, directions


def world(figures: pd.DataFrame, **changes) -> SimpleNamespace:
    """A small known world of one indicator."""
    indicator = {
        "indicator_id": "x",
        "kind": "level",
        "direction": "increase",
        "series": "yes",
        "limit_high": float("nan"),
    }
    table = pd.DataFrame([indicator | changes])
    return SimpleNamespace(indicators=table, series=lambda _: figures)


def moved(*values: tuple[int, float], **changes) -> list[tuple[int, int, float]]:
    found = directions(world(yearly(*values), **changes), set())
    return [(row.first_year, row.last_year, round(row.rate, 4)) for row in each(found)]


def test_growth_is_taken_from_the_first_figure_of_the_last_years_to_the_last():
    assert moved((2015, 1.0), (2019, 100.0), (2021, 121.0), (2024, 161.051)) == [(2019, 2024, 0.1)]


def test_counts_within_a_year_are_as_far_apart_as_their_days():
    figures = yearly((2020, 100.0), (2022, 105.0), (2024, 110.0))
    figures["period_end"] = pd.to_datetime(["2020-12-31", "2022-12-31", "2024-06-30"])
    (found,) = each(directions(world(figures), set()))
    assert (found.first_year, found.last_year, found.rate) == (
        2020,
        2024,
        pytest.approx(1.1 ** (1 / 3.5) - 1, abs=1e-4),
    )


def test_growth_against_the_wanted_direction_is_negative():
    assert moved((2020, 100.0), (2021, 105.0), (2022, 121.0), direction="decrease") == [(2020, 2022, -0.1)]


@pytest.mark.parametrize(
    "changes",
    [{"direction": "none"}, {"series": "no"}, {"kind": "cumulative"}, {"kind": "growth"}],
    ids=lambda change: "-".join(change.values()),
)
def test_what_has_no_wanted_direction_or_is_no_series_has_no_direction(changes):
    assert moved((2020, 1.0), (2021, 2.0), (2022, 3.0), **changes) == []


def test_few_figures_or_a_figure_of_zero_give_no_direction():
    assert moved((2021, 1.0), (2022, 2.0)) == []
    assert moved((2020, 0.0), (2021, 1.0), (2022, 2.0)) == []


def test_an_indicator_with_a_target_is_judged_by_its_target():
    assert directions(world(yearly((2020, 1.0), (2021, 2.0), (2022, 3.0))), {"x"}).empty


def test_the_additions_to_a_total_with_a_target_are_no_deterioration(context):
    found = directions(context.known, set(context.known.targets["indicator_id"]))
    assert "kip_recognised" not in {*found["indicator_id"]}
    assert [*directions_table(context, found).frame["indicator_id"]] == [*found["indicator_id"]]


@pytest.mark.parametrize(("rate", "shown"), [(0.017, "+1.7%"), (-0.017, "−1.7%"), (0.0001, "0%")])
def test_a_change_in_the_wanted_direction_has_a_plus(context, rate, shown):
    table = directions_table(context, pd.DataFrame([("kip_recognised", 2020, 2024, 1.0, 2.0, rate)], columns=COLUMNS))
    assert table.columns[-1].write(table.frame["rate"][0]) == shown
