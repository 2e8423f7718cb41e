"""Verdicts on targets, in sentences and tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from worlds import figure, target, world

from promotion_book.facts.rows import records
from promotion_book.report.chapters.assumed_targets import why_none
from promotion_book.report.chapters.edition_verdict import verdict_sentences
from promotion_book.report.chapters.period_results import silent_plans
from promotion_book.report.chapters.target_tables import (
    has_figure,
    reasons_table,
    stated_twice,
    status_table,
    target_frame,
)
from promotion_book.report.context import Context
from promotion_book.report.headline import count_targets
from promotion_book.scenarios.what_if import WhatIfAssumptions, project_targets
from promotion_book.statistics.results_table import period_results
from promotion_book.statistics.statuses import by_target, statuses_in_force


def test_a_verdict_that_depends_on_the_source_says_so(context):
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    row = judged[judged["indicator_id"] == "ocop_total"]
    missed = row.assign(assessment=[replace(row["assessment"].iloc[0], status="missed")], status="missed", value=4000.0)
    both = pd.concat([row, missed]).assign(robust=False)
    assert [*by_target(both)["status"]] == ["differs"]


def test_the_status_table_leaves_out_a_column_that_has_no_number(context):
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    assert "pace" not in [c.key for c in status_table(context, judged).columns]


def judged_row(context: Context, indicator: str, period: str) -> pd.DataFrame:
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    return judged[(judged["indicator_id"] == indicator) & (judged["period"] == period)]


def test_an_estimate_behind_a_verdict_is_called_one(context):
    rows = judged_row(context, "energy_saved_rate", "2021-2025")
    assert "8.26% (2021–2025, estimate; " in records(status_table(context, rows).frame)[0]["latest"]


def test_a_target_of_growth_is_told_by_the_difference_and_not_by_a_share(package):
    growth = {"indicator_id": "exports_growth", "unit": "percent", "source_id": "seed_002", "period": "2023"}
    goal = growth | {"kind": "growth", "path": "per_period", "value": 7.0}
    context = world(package, [goal], [growth | {"value": 12.1}])
    rows = statuses_in_force(context.known, date(2023, 1, 1))
    assert [(r["share"], r["difference"]) for r in records(status_table(context, rows).frame)] == [
        (None, pytest.approx(5.1))
    ]
    assert target_frame(context, rows)["shown"].tolist() == [""]


def test_the_table_of_statuses_names_the_source_of_the_target_and_of_the_figure(context):
    (row,) = records(status_table(context, judged_row(context, "kip_recognised_total", "2025")).frame)
    assert "#seed_002" in row["wanted"]
    assert "#" in row["latest"]
    assert row["latest_source_id"] in set(context.known.sources["source_id"])


def test_every_statement_stands_in_the_table_with_or_without_a_figure(context):
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    told = [r["target_id"] for r in records(reasons_table(context, judged[~has_figure(judged)]).frame)]
    assert told == [r.target_id for r in judged.itertuples() if r.assessment.latest is None]


def test_each_target_that_is_refused_has_a_reason_that_is_counted(context):
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    targets = by_target(judged)
    refused = (targets["status"] == "not_assessable").sum()
    rows = target_frame(context, judged).query("status == 'not_assessable'")
    assert (rows["target"].nunique(), (rows["reason"] == "").sum()) == (refused, 0)


def test_a_target_in_two_wordings_is_counted_once(context):
    rows = judged_row(context, "ocop_recognised", "2021-2025")
    twins = pd.concat([rows, judged_row(context, "ocop_total", "2025")])
    assert len(by_target(twins)) == 1


def test_a_target_has_one_row_and_one_that_depends_on_its_reading_a_row_for_each(context):
    names = [("kip_recognised_total", "2025"), ("ocop_total", "2025"), ("ocop_recognised", "2021-2025")]
    rows = target_frame(context, pd.concat([judged_row(context, *name) for name in names]))
    assert [*rows["status"]] == ["depends", "depends", "depends", "met"]
    assert [name[0] for name in rows["name"]] == ["±", "±", "±", "✓"]
    assert rows["indicator_id"].nunique() == len(rows)


def test_a_target_with_several_readings_is_named_by_what_they_have_in_common(context):
    rows = judged_row(context, "kip_recognised_total", "2025")
    assert [row["target"] for row in records(status_table(context, rows).frame)] == ["Key industrial products (2025)"]


def test_a_target_stated_as_a_total_and_as_what_is_added_is_said_to_be_one_and_has_the_bar_of_what_leads(context):
    rows = pd.concat([judged_row(context, "ocop_recognised", "2021-2025"), judged_row(context, "ocop_total", "2025")])
    assert stated_twice(context, rows) == [
        "“OCOP products newly recognised (2021–2025): 2,000” and “OCOP products recognised so far (2025): 3,054” are one "
        "target and count once."
    ]
    assert target_frame(context, rows)["indicator_id"].tolist() == ["ocop_total"]
    assert stated_twice(context, judged_row(context, "ocop_total", "2025")) == []


def test_a_newer_figure_that_does_not_fit_names_the_target_that_it_is_not_set_against(package):
    growth = {"indicator_id": "exports_growth", "unit": "percent", "source_id": "seed_002"}
    goal = growth | {"kind": "growth", "path": "per_period", "period": "2021-2023", "value": 5.0}
    figures = [growth | {"period": label, "value": value} for label, value in [("2022", 16.2), ("2023-9M", 12.1)]]
    context = world(package, [goal], figures)
    assert target_frame(context, statuses_in_force(context.known, date(2023, 1, 1)))["newer"].tolist() == [
        "12.1% (January–September 2023) for “Growth of exports (2021–2023)”"
    ]


def under_a_limit(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows, the target being one to stay below and the figure four times as high."""
    found = rows["assessment"].iloc[0]
    limit = replace(found, target=replace(found.target, reading="at_most"), status="missed", share=4.0)
    return rows.assign(assessment=[limit], status="missed")


def test_a_share_of_a_limit_says_that_it_is_one(context):
    (row,) = records(target_frame(context, under_a_limit(judged_row(context, "ocop_total", "2025"))))
    assert row["limit"]
    assert row["shown"].startswith("400% of the limit (")
    (row,) = records(status_table(context, under_a_limit(judged_row(context, "ocop_total", "2025"))).frame)
    assert "400% of the limit)" in row["latest"]


def test_while_a_target_runs_its_figure_stands_beside_what_was_expected_by_then(package):
    goal = target("2025", 200, plan_start="2021-01-01", base_year=2020, base_value=100, base_status="observed")
    context = world(package, [goal], [figure("2023", 150)])
    (row,) = records(status_table(context, statuses_in_force(context.known, date(2021, 1, 1))).frame)
    assert (row["expected"], "; expected by then: 160)" in row["latest"]) == (pytest.approx(160, abs=0.1), True)


def test_a_figure_that_is_not_the_newest_of_its_indicator_names_the_newer_one_beside_it(package):
    growth = {"indicator_id": "exports_growth", "unit": "percent", "source_id": "seed_002"}
    goal = growth | {"kind": "growth", "path": "per_period", "period": "2021-2023", "value": 5.0}
    figures = [growth | {"period": label, "value": value} for label, value in [("2022", 16.2), ("2023-9M", 12.1)]]
    context = world(package, [goal], figures)
    rows = statuses_in_force(context.known, date(2023, 1, 1))
    assert "newer, but of another span or scope: 12.1%" in records(status_table(context, rows).frame)[0]["latest"]


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ([], ("", "No target of this chapter was in force in 2023.")),
        (["met"], ("✓", "One target of this chapter was in force in 2023: target met.")),
        (["not_assessable"], ("?", "The one target of this chapter in force in 2023 cannot be judged.")),
        (
            ["not_assessable"] * 2,
            ("?", "Neither of the two targets of this chapter in force in 2023 can be judged."),
        ),
        (
            ["not_assessable"] * 3,
            ("?", "None of the 3 targets of this chapter in force in 2023 can be judged."),
        ),
        (
            ["not_assessable", "met", "met"],
            ("", "Of the 3 targets of this chapter in force in 2023, 2 are met and 1 cannot be judged."),
        ),
    ],
)
def test_the_targets_of_a_programme_are_counted_in_a_sentence_and_share_the_sign_of_a_verdict_where_they_have_one(
    package, statuses, told
):
    rows = [(f"t{n}", "programme", status, True) for n, status in enumerate(statuses)]
    judged = pd.DataFrame(rows, columns=["target", "role", "status", "robust"])
    figure = SimpleNamespace(latest=SimpleNamespace(status="actual", sources=("seed_000",)))
    judged = judged.assign(assessment=[figure] * len(judged), period_end=pd.Timestamp(2023, 12, 31))
    assert count_targets(world(package, []), judged, period="2023") == told


def test_what_is_due_after_the_period_is_told_beside_the_count_whose_other_targets_the_table_names(package):
    shared = {"indicator_id": "ocop_total", "kind": "level", "unit": "products", "source_id": "seed_002", "value": 9.0}
    begun = {"period": "2030", "plan_start": pd.Timestamp(2021, 1, 1)}
    context = world(package, [shared | {"period": "2023"}, shared | {"period": "2022-2023"}, shared | begun])
    judged, names = statuses_in_force(context.known, date(2023, 1, 1)), pd.Index(["ocop_total"])
    told = "None of the 3 targets of this chapter in force in 2023 can be judged. Of the 3 targets, 1 is due only after 2023."
    assert count_targets(context, judged, period="2023") == ("?", told)
    alone = statuses_in_force(world(package, [shared | begun]).known, date(2023, 1, 1))
    one = "The one target of this chapter in force in 2023 cannot be judged. It is due only after 2023."
    assert count_targets(context, alone, period="2023") == ("?", one)
    results = period_results(context.known, tuple(names), period="2023")
    assert len(silent_plans(context, results, indicators=names, period="2023").frame) == 2


def test_announced_plans_are_counted_where_no_target_is_in_force(package):
    none = pd.DataFrame(columns=["target", "role", "status", "robust"])
    told = "No target of this chapter was in force in 2023; 1 announced plan was."
    assert count_targets(world(package, []), none, period="2023", plans=1) == ("", told)


@pytest.mark.parametrize(("year", "due"), [("2023", "Of the 2 targets, 1 is"), ("2024", "Both are")])
def test_where_no_target_is_judged_the_verdict_says_when_they_are_due_and_that_no_figure_was_found(package, year, due):
    fairs = {"indicator_id": "export_fairs", "unit": "fairs", "plan_start": "2023-01-01"}
    context = world(package, [target("2024", 9.0, plan_start="2023-01-01"), target(year, 9.0, **fairs)])
    judged = statuses_in_force(context.known, date(2023, 1, 1))
    said = verdict_sentences(context, judged, "2023")
    assert said[1] == f"{due} due only after 2023. No published figure that fits was found for any of them."


def test_where_no_target_can_be_followed_a_sentence_says_why(package):
    context = world(package, [target("2025", 9.0)])
    leads = project_targets(context.known, date(2023, 1, 1), WhatIfAssumptions(growth=0.1, effort=1.0))
    said = "None can be followed, for this reason: no published figure that fits was found."
    assert why_none(context, leads) == said
