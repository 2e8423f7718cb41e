"""Indicators without a target, and targets by the measures of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from builders import yearly
from promotion_book.facts.rows import records
from promotion_book.report.chapters.measures import directions_table, measures_table
from promotion_book.statistics.direction import directions
from promotion_book.statistics.other_measures import measures
from promotion_book.statistics.statuses import statuses


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


def moved(*values: tuple[int, float], **changes) -> list[tuple[int, int, float, str]]:
    found = directions(world(yearly(*values), **changes), set())
    return [(d.first[0], d.last[0], round(d.rate, 4), d.open_sdg) for d in found]


def test_growth_is_taken_from_the_first_figure_of_the_last_years_to_the_last():
    assert moved((2015, 1.0), (2019, 100.0), (2021, 121.0), (2024, 161.051)) == [
        (2019, 2024, 0.1, "substantial_progress")
    ]


def test_growth_against_the_wanted_direction_is_a_deterioration():
    assert moved((2020, 100.0), (2021, 105.0), (2022, 121.0), direction="decrease") == [
        (2020, 2022, -0.1, "deterioration")
    ]


@pytest.mark.parametrize(
    "changes",
    [{"direction": "none"}, {"series": "no"}, {"kind": "cumulative"}, {"kind": "growth"}],
    ids=lambda change: "-".join(change.values()),
)
def test_what_has_no_wanted_direction_or_is_no_series_has_no_direction(changes):
    assert moved((2020, 1.0), (2021, 2.0), (2022, 3.0), **changes) == []


@pytest.mark.parametrize(
    ("figures", "word"),
    [
        (((2020, 117), (2021, 102), (2022, 105), (2023, 112), (2025, 104)), None),
        (((2020, 117), (2021, 112), (2022, 108), (2023, 104)), "significant_deterioration"),
        (((2020, 13), (2021, 13), (2022, 12), (2024, 22)), None),
    ],
)
def test_a_class_that_hangs_on_the_first_or_the_last_figure_is_not_given(figures, word):
    (found,) = directions(world(yearly(*figures)), set())
    assert found.eurostat == word


def test_few_figures_or_a_figure_of_zero_give_no_direction():
    assert moved((2021, 1.0), (2022, 2.0)) == []
    assert moved((2020, 0.0), (2021, 1.0), (2022, 2.0)) == []


def test_an_indicator_with_a_target_is_judged_by_its_target():
    assert directions(world(yearly((2020, 1.0), (2021, 2.0), (2022, 3.0))), {"x"}) == []


def test_the_additions_to_a_total_with_a_target_are_no_deterioration(context):
    found = directions(context.known, set(context.known.targets["indicator_id"]))
    assert "kip_recognised" not in {d.indicator_id for d in found}
    assert [row["indicator_id"] for row in records(directions_table(context, found).frame)] == [
        d.indicator_id for d in found
    ]


def test_one_target_by_all_measures():
    found = measures(base=100, current=120, target=200, elapsed=2, total=5)
    assert found.open_sdg is not None
    assert found.sdr == (0.5, "moderately_improving")
    assert found.escap is not None
    assert (found.open_sdg.status, found.eustat, round(found.eurostat, 2), round(found.escap, 2)) == (
        "moderate_progress",
        "moderate_progress",
        0.3,
        2.0,
    )


def test_a_measure_that_refuses_leaves_the_others():
    found = measures(base=0, current=10, target=100, elapsed=1, total=5)
    assert (found.open_sdg, found.eurostat, found.sdr) == (None, None, (0.5, "moderately_improving"))


def test_the_table_of_measures_holds_the_targets_with_a_base_and_a_later_figure(context):
    judged = statuses(context.known, date(2025, 1, 1))
    have = [a for a in judged["assessment"] if a.base and a.latest and a.latest.end.year > a.base.year]
    table = measures_table(context, judged)
    assert len(records(table.frame)) == len(have) > 0
    assert records(table.frame)[0]["open_sdg"] == "target_achieved"


def test_a_target_that_its_base_had_reached_has_no_measures(context):
    judged = statuses(context.known, date(2025, 1, 1))
    reached = [replace(a, base=a.base and replace(a.base, value=a.target.minimum)) for a in judged["assessment"]]
    table = measures_table(context, judged.assign(assessment=pd.Series(reached, dtype=object)))
    assert records(table.frame) == []
