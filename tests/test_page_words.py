"""Sentences of a page: what figures did, and how a number stands in words."""

from __future__ import annotations

import math

import pytest


def test_a_number_that_is_missing_has_no_words(page):
    assert (page.number(math.nan), page.percent(math.nan), page.number(2.5)) == ("", "", "2.5")


@pytest.mark.parametrize(
    ("low", "status", "told"),
    [
        (float("nan"), "actual", "rose from 800 in 2020 to 1,000 in 2021"),
        (1000.0, "actual", "numbered over 1,000 in 2021"),
        (float("nan"), "estimate", "numbered over 1,000 (estimate) in 2021"),
    ],
)
def test_what_figures_did_is_told_where_all_are_observed_and_none_is_a_bound(page, low, status, told):
    rows = page.series("ocop_total").head(2).assign(shown=["800", "over 1,000"], low=[float("nan"), low])
    rows = rows.assign(status=["actual", status], standing=["observed", status])
    assert page.moved(rows) == f"{page.context.indicator('ocop_total')} {told}"


def test_a_figure_in_a_sentence_has_what_its_source_counts_and_its_standing(page):
    figures = page.series("ocop_total").assign(scope="older_count").query("status == 'estimate'")
    said = "OCOP products recognised so far numbered 1,500 (older figure, estimate) in 2022"
    assert page.sentence(figures) == said
