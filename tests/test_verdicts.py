"""Verdicts on targets, in sentences and tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from builders import ENGLISH
from promotion_book.display.context import Context
from promotion_book.display.figures import ALT_LIMIT
from promotion_book.display.readings import two_readings
from promotion_book.display.targets import (
    attainment_figure,
    reasons_table,
    status_counts,
    status_table,
    with_figure,
    without_figure,
)
from promotion_book.display.verdicts import disagreements, headline, status_sentences
from promotion_book.statistics.statuses import current, statuses


def test_a_reader_of_2025_finds_by_how_much_the_product_target_was_passed_and_the_other_reading(context):
    assert two_readings(context, "kip_recognised_total", "kip_recognised_in_force") == [
        "Key industrial products recognised since 2018. Target for 2025: 150–180 products. 300 products have been recognised by 2025, 150 products above the low end; "
        "104 products hold a valid title, 46 products below the low end. The sources do not say which of the two is meant. "
        "The number of valid titles is computed from the awards."
    ]


def test_a_reader_of_2025_finds_where_sources_want_different_things(context):
    said = disagreements(context, current(context.known))
    assert (
        "Rural jobs created, 2021–2025: the targets given are 60,000–70,000 jobs or up to 70,000 jobs or 50,000 jobs."
        in said
    )
    assert (
        "New handicraft designs, 2021–2025: 2,000 designs (for export) or over 3,500 designs (for home and export). "
        "The scope differs."
    ) in said


def test_the_verdict_on_key_products_names_figure_high_end_and_year(context):
    judged = statuses(context.known, date(2025, 1, 1))
    told = status_sentences(context, judged[judged["indicator_id"] == "kip_recognised_total"])
    assert told == [
        "Key industrial products recognised since 2018. Target for 2025: 150–180 products. ✓ target met. "
        "Latest figure: 300 products (2025, derived). The high end is met too. Reached in 2021."
    ]


def test_a_verdict_that_depends_on_the_source_says_so(context):
    judged = statuses(context.known, date(2025, 1, 1))
    row = judged[judged["indicator_id"] == "ocop_total"]
    missed = row.assign(assessment=[replace(row["assessment"].iloc[0], status="missed")], status="missed", value=4000.0)
    both = pd.concat([row, missed]).assign(robust=False)
    assert status_sentences(context, both)[0].endswith(
        "The verdict depends on the statement: ✓ target met (3,054 products); ✕ target missed (4,000 products)."
    )
    assert headline(context, both)[-1].startswith("For OCOP products recognised since 2019 the verdict depends")


def test_an_edition_without_targets_says_so(context):
    none = statuses(context.known, date(2040, 1, 1))
    assert headline(context, none) == ["No target was known for this period on the cut-off day."]
    assert status_sentences(context, none) == ["No target of these programmes that applies to the period was found."]


def test_the_status_table_leaves_out_a_column_that_has_no_number(context):
    judged = statuses(context.known, date(2025, 1, 1))
    assert "pace" not in [c.key for c in status_table(context, judged).columns]


@pytest.mark.parametrize("period", ["2020", "2022", "2025"])
def test_the_figures_of_the_summary_fit_their_alt_text(known_in, period):
    context = Context(known_in(period), ENGLISH)
    figure = attainment_figure(context, statuses(context.known, date(int(period), 1, 1)))
    assert figure is not None
    assert len(figure.alt) <= ALT_LIMIT


def judged_row(context: Context, indicator: str, period: str) -> pd.DataFrame:
    judged = statuses(context.known, date(2025, 1, 1))
    return judged[(judged["indicator_id"] == indicator) & (judged["period"] == period)]


def test_an_estimate_behind_a_verdict_is_called_one_in_sentence_and_table(context):
    rows = judged_row(context, "energy_saved_rate", "2021-2025")
    assert "Latest figure: 8.26% (2021–2025, estimate)." in status_sentences(context, rows)[0]
    assert "8.26% (2021–2025, estimate; " in status_table(context, rows).rows[0]["latest"]


def test_a_target_of_growth_is_told_by_the_difference_and_not_by_a_share(context):
    rows = judged_row(context, "exports_growth", "2025")
    assert "Difference: +5.1 percentage points." in status_sentences(context, rows)[0]
    assert [(r["share"], r["difference"]) for r in status_table(context, rows).rows] == [(None, pytest.approx(5.1))]
    assert attainment_figure(context, rows) is None


def test_the_table_of_statuses_names_the_source_of_the_target_and_of_the_figure(context):
    (row,) = status_table(context, judged_row(context, "kip_recognised_total", "2025")).rows
    assert "#seed_002" in row["wanted"]
    assert "#" in row["latest"]
    assert row["latest_source_id"] in set(context.known.sources["source_id"])


def test_every_statement_stands_in_the_table_with_or_without_a_figure(context):
    judged = statuses(context.known, date(2025, 1, 1))
    assert len(with_figure(judged)) + len(without_figure(judged)) == len(judged)
    told = [r["target_id"] for r in reasons_table(context, without_figure(judged)).rows]
    assert told == [r.target_id for r in judged.itertuples() if r.assessment.latest is None]


def test_targets_are_counted_beside_their_statements(context):
    judged = statuses(context.known, date(2025, 1, 1))
    rows = status_counts(context, judged).rows
    assert [(r["status"], r["n"], r["targets"]) for r in rows] == [("met", 6, 5), ("not_assessable", 35, 24)]
    assert headline(context, judged)[0].startswith("41 statements of 29 targets apply to the period.")


def test_a_target_whose_time_has_not_come_says_when_it_begins(known_in):
    context = Context(known_in("2020"), ENGLISH)
    judged = statuses(context.known, date(2020, 1, 1))
    told = status_sentences(context, judged[(judged["status"] == "not_started")])
    assert told == [
        "Key industrial products recognised since 2018. Target for 2025: 150–180 products. ○ not started. "
        "Latest figure: 117 products (2020). Progress is measured from 2020 on."
    ]


def test_two_readings_that_agree_are_told_as_one(known_in):
    assert two_readings(Context(known_in("2020"), ENGLISH), "kip_recognised_total", "kip_recognised_in_force")[1] == (
        "Key industrial products recognised since 2018. Target for 2025: 150–180 products. 117 products have been recognised by 2020 and all hold a valid title, "
        "33 products below the low end. The number of valid titles is computed from the awards."
    )
