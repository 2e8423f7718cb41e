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
    status_counts,
    status_table,
    with_figure,
    without_figure,
)
from promotion_book.report.chapters.verdicts import disagreements, status_sentences
from promotion_book.report.context import Context
from promotion_book.report.figures import ALT_LIMIT
from promotion_book.statistics.assessment import Base
from promotion_book.statistics.statuses import all_statuses, by_target, current_statements, statuses_in_force


def test_a_reader_of_2025_finds_where_sources_want_different_things(context):
    said = disagreements(context, current_statements(context.known))
    assert (
        "Rural jobs created, 2021–2025: the targets given are 60,000–70,000 jobs or up to 70,000 jobs or 50,000 jobs."
        in said
    )
    assert (
        "New handicraft designs, 2021–2025: 2,000 designs (for export) or over 3,500 designs (for home and export). "
        "The scope differs."
    ) in said


def test_the_verdict_on_key_products_is_given_by_each_reading_and_belongs_to_none(context):
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    told = status_sentences(context, judged[judged["indicator_id"] == "kip_recognised_total"])
    assert told == [
        "Key industrial products recognised since 2018. Target for 2025: 150–180 products. ± depends on the reading. "
        "The sources do not say what is counted. "
        "Read as awarded in 2021–2025: ✓ target met. Latest figure: 183 products (2025, derived). "
        "Both ends were reached in 2025. "
        "Read as awarded since 2018: ✓ target met. Latest figure: 300 products (2025, derived). "
        "The low end was reached in 2021, the high end in 2022. "
        "Read as holding a valid title: ✕ target missed. Latest figure: 104 products (2025, derived)."
    ]


def test_a_verdict_that_depends_on_the_source_says_so(context):
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    row = judged[judged["indicator_id"] == "ocop_total"]
    missed = row.assign(assessment=[replace(row["assessment"].iloc[0], status="missed")], status="missed", value=4000.0)
    both = pd.concat([row, missed]).assign(robust=False)
    assert status_sentences(context, both)[0].endswith(
        "The verdict depends on the statement: ✓ target met (3,054 products); ✕ target missed (4,000 products)."
    )
    assert [(r["status"], r["targets"]) for r in records(status_counts(context, both).frame)] == [("differs", 1)]


def test_an_edition_without_targets_says_so(context):
    none = statuses_in_force(context.known, date(2040, 1, 1))
    assert status_sentences(context, none) == ["No target of these programmes that applies to the period was found."]


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


def test_an_estimate_behind_a_verdict_is_called_one_in_sentence_and_table(context):
    rows = judged_row(context, "energy_saved_rate", "2021-2025")
    assert (
        "Latest figure: 8.26% (2021–2025, estimate, printed before the period closed)."
        in status_sentences(context, rows)[0]
    )
    assert "8.26% (2021–2025, estimate; " in records(status_table(context, rows).frame)[0]["latest"]


def test_a_target_of_growth_is_told_by_the_difference_and_not_by_a_share(package):
    growth = {"indicator_id": "exports_growth", "unit": "percent", "source_id": "seed_002", "period": "2023"}
    goal = growth | {"kind": "growth", "path": "per_period", "value": 7.0}
    context = world(package, [goal], [growth | {"value": 12.1}])
    rows = statuses_in_force(context.known, date(2023, 1, 1))
    assert "Difference: +5.1 percentage points." in status_sentences(context, rows)[0]
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


def test_targets_are_counted_and_those_of_the_economy_apart(context):
    judged = statuses_in_force(context.known, date(2025, 1, 1))
    targets, rows = by_target(judged), records(status_counts(context, judged).frame)
    around = targets["role"] == "context"
    assert {r["status"]: (r["targets"], r["around"], r["statements"]) for r in rows} == {
        status: (
            ((targets["status"] == status) & ~around).sum(),
            ((targets["status"] == status) & around).sum(),
            targets.loc[targets["status"] == status, "statements"].sum(),
        )
        for status in targets["status"].unique()
    }
    refused = (targets["status"] == "not_assessable").sum()
    assert sum(r["n"] for r in records(reason_counts(context, judged).frame)) == refused


def test_a_target_in_two_wordings_is_counted_once_and_says_so(context):
    rows = judged_row(context, "ocop_recognised", "2021-2025")
    twins = pd.concat([rows, judged_row(context, "ocop_total", "2025")])
    assert [r["targets"] for r in records(status_counts(context, twins).frame)] == [1]
    assert status_sentences(context, twins)[-1] == (
        "One target in two wordings, counted once: "
        "OCOP products newly recognised (2021–2025); OCOP products recognised since 2019 (2025)."
    )


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


@pytest.mark.parametrize(
    ("indicator", "period", "needed"),
    [("energy_saved_rate", "2021-2025", "−4.5 percentage points"), ("ocop_total", "2025", "−4 products")],
)
def test_what_a_share_needs_is_told_in_percentage_points(context, indicator, period, needed):
    rows = judged_row(context, indicator, period)
    short = replace(rows["assessment"].iloc[0], status="limited", needed=-4.5, needed_is_rate=False)
    (sentence, *_) = status_sentences(context, rows.assign(assessment=[short], status="limited"))
    assert sentence.endswith(f"Needed from here: {needed} a year.")


def test_a_figure_that_is_not_the_newest_of_its_indicator_names_the_newer_one_in_the_same_sentence(package):
    growth = {"indicator_id": "exports_growth", "unit": "percent", "source_id": "seed_002"}
    goal = growth | {"kind": "growth", "path": "per_period", "period": "2021-2023", "value": 5.0}
    figures = [growth | {"period": label, "value": value} for label, value in [("2022", 16.2), ("2023-9M", 12.1)]]
    context = world(package, [goal], figures)
    rows = statuses_in_force(context.known, date(2023, 1, 1))
    said = "16.2% (2022); newer, but of another span or scope: 12.1% (January–September 2023)."
    assert said in status_sentences(context, rows)[0]
    assert "newer, but of another span or scope: 12.1%" in records(status_table(context, rows).frame)[0]["latest"]


def test_a_target_whose_plan_has_not_begun_is_announced_for_later(known_in):
    context = Context(known_in("2020"), ENGLISH)
    judged = all_statuses(context.known, date(2020, 1, 1), indicators=["kip_recognised_total"])
    assert "Announced for later: Key industrial products recognised since 2018 (2025)." in status_sentences(
        context, judged
    )


def test_a_level_measured_from_a_year_without_a_later_figure_says_so(context):
    row = judged_row(context, "ocop_total", "2025")
    found = replace(
        row["assessment"].iloc[0], status="not_started", base=Base(2025, 3000, "observed"), stretch_met=None
    )
    told = status_sentences(context, row.assign(assessment=[found], status="not_started"))
    assert told[0].endswith("Progress is measured from 2025 on.")
