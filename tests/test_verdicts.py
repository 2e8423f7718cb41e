"""Verdicts on targets, in sentences and tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from worlds import world

from builders import ENGLISH
from promotion_book.facts.rows import records
from promotion_book.report.chapters.target_tables import (
    attainment_figure,
    reason_counts,
    reasons_table,
    status_table,
    with_figure,
    without_figure,
)
from promotion_book.report.context import Context
from promotion_book.report.figures import ALT_LIMIT
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


@pytest.mark.parametrize("period", ["2020", "2022", "2025"])
def test_the_figures_of_the_summary_fit_their_alt_text(known_in, period):
    context = Context(known_in(period), ENGLISH)
    figure = attainment_figure(context, statuses_in_force(context.known, date(int(period), 1, 1)))
    assert figure is not None
    assert len(figure.alt) <= ALT_LIMIT


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
    assert attainment_figure(context, rows) is None


def test_the_table_of_statuses_names_the_source_of_the_target_and_of_the_figure(context):
    (row,) = records(status_table(context, judged_row(context, "kip_recognised_total", "2025")).frame)
    assert "#seed_002" in row["wanted"]
    assert "#" in row["latest"]
    assert row["latest_source_id"] in set(context.known.sources["source_id"])


def test_every_statement_stands_in_the_table_with_or_without_a_figure(context):
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    assert len(with_figure(judged)) + len(without_figure(judged)) == len(judged)
    told = [r["target_id"] for r in records(reasons_table(context, without_figure(judged)).frame)]
    assert told == [r.target_id for r in judged.itertuples() if r.assessment.latest is None]


def test_each_target_that_is_refused_has_a_reason_that_is_counted(context):
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    targets = by_target(judged)
    refused = (targets["status"] == "not_assessable").sum()
    assert sum(r["n"] for r in records(reason_counts(context, judged).frame)) == refused


def test_a_target_in_two_wordings_is_counted_once(context):
    rows = judged_row(context, "ocop_recognised", "2021-2025")
    twins = pd.concat([rows, judged_row(context, "ocop_total", "2025")])
    assert len(by_target(twins)) == 1


def test_the_chart_counts_a_target_once_and_none_that_depends_on_its_reading_as_met(context):
    names = [("kip_recognised_total", "2025"), ("ocop_total", "2025"), ("ocop_recognised", "2021-2025")]
    figure = attainment_figure(context, pd.concat([judged_row(context, *name) for name in names]))
    assert figure is not None
    assert figure.finding.startswith("Judged as met: 1 of 2 targets.")
    assert [row["status"] for row in records(figure.table.frame)].count("depends") == 3
    assert [row["target"][0] for row in records(figure.table.frame)].count("±") == 3
    assert sum("OCOP" in row["target"] for row in records(figure.table.frame)) == 1


def under_a_limit(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows, the target being one to stay below and the figure four times as high."""
    found = rows["assessment"].iloc[0]
    limit = replace(found, target=replace(found.target, reading="at_most"), status="missed", share=4.0)
    return rows.assign(assessment=[limit], status="missed")


def test_a_bar_of_a_limit_says_that_it_is_one_and_that_longer_is_worse(context):
    rows = judged_row(context, "ocop_total", "2025")
    said = "Where a target is a limit, a bar beyond the line has passed it, and a longer one is worse."
    figure, plain = attainment_figure(context, under_a_limit(rows)), attainment_figure(context, rows)
    assert figure is not None
    assert plain is not None
    assert figure.finding.startswith("Judged as met: 0 of 1 targets.")
    assert figure.finding.endswith(said)
    assert not plain.finding.endswith(said)
    shown = [str(column.show(records(figure.table.frame)[0][column.key])) for column in figure.table.columns]
    assert "400% of the limit" in shown


def test_a_figure_that_is_not_the_newest_of_its_indicator_names_the_newer_one_beside_it(package):
    growth = {"indicator_id": "exports_growth", "unit": "percent", "source_id": "seed_002"}
    goal = growth | {"kind": "growth", "path": "per_period", "period": "2021-2023", "value": 5.0}
    figures = [growth | {"period": label, "value": value} for label, value in [("2022", 16.2), ("2023-9M", 12.1)]]
    context = world(package, [goal], figures)
    rows = statuses_in_force(context.known, date(2023, 1, 1))
    assert "newer, but of another span or scope: 12.1%" in records(status_table(context, rows).frame)[0]["latest"]
