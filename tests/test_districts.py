"""The figures of districts are told with the day on which districts ended, once that day is over."""

from __future__ import annotations

import pytest

from promotion_book.report.chapters.districts import district_sentences, districts_table
from promotion_book.report.context import Context
from promotion_book.words.language import Language

VILLAGES, PRODUCTS = ["craft_villages_recognised", "craft_villages_total"], ["ocop_total", "ocop_four_star_certified"]
ENDED = "30 June 2025; what followed has other boundaries, and no figure is compared across."


@pytest.mark.parametrize("indicators", [VILLAGES, PRODUCTS], ids=["craft villages", "products"])
@pytest.mark.parametrize(("period", "told"), [("2024", False), ("2025", True)])
def test_that_no_figure_is_compared_across_the_end_of_the_districts_is_told_once_they_ended(
    known_in, indicators, period, told
):
    said = district_sentences(Context(known_in(period), Language("en")), indicators)
    assert any(sentence.endswith(ENDED) for sentence in said) is told


def test_where_no_district_has_a_figure_nothing_is_shown_or_told(known_in):
    context = Context(known_in("2025"), Language("en"))
    assert (districts_table(context, ["rural_jobs"], name="d"), district_sentences(context, ["rural_jobs"])) == (
        None,
        [],
    )
