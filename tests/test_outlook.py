"""Where an assumed growth leads, what the target needs, and how likely that is, in sentences and a chart."""

from __future__ import annotations

import pytest

from builders import ENGLISH, plain
from promotion_book.display.context import Context
from promotion_book.display.outlook import (
    base_sentences,
    chance_sentence,
    outlook_figure,
    outlook_sentence,
    standstill_sentences,
)
from promotion_book.statistics.outlook import target_outlooks


def test_a_reader_of_2025_finds_what_a_growth_of_eight_per_cent_leads_to(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", 0.08)
    assert plain(outlook_sentence(context, "handicraft_exports", outlook)) == (
        "8% a year from USD 192 million in 2018 gives USD 329 million in 2025; the target of USD 550 million needs "
        "16.2% a year. The first is an assumption, not a forecast."
    )


def test_a_level_and_a_growth_rate_imply_a_base_that_no_source_prints(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", 0.08)
    wanted = context.known.statements("handicraft_exports_growth", frequency="years")
    assert [plain(s) for s in base_sentences(context, "handicraft_exports", outlook, wanted)] == [
        "5% a year up to USD 550 million would need a base of USD 431 million in 2020.",
        "8% a year up to USD 550 million would need a base of USD 374 million in 2020.",
    ]


def test_an_outlook_is_drawn_with_its_required_path(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", 0.05)
    drawn = outlook_figure(context, "handicraft_exports", outlook)
    assert [r["year"] for r in drawn.table.rows] == list(range(2018, 2026))
    assert drawn.table.rows[-1]["required"] == pytest.approx(550e6)


def test_three_assumptions_are_told_in_one_sentence_and_called_no_probability(context):
    found = [o for g in (0.05, 0.08, 0.09) for o in target_outlooks(context.known, "handicraft_exports", g)]
    assert plain(outlook_sentence(context, "handicraft_exports", *found)) == (
        "5% a year from USD 192 million in 2018 gives USD 270 million in 2025, 8% gives USD 329 million, 9% gives USD "
        "351 million; the target of USD 550 million needs 16.2% a year. The first are assumptions, not a forecast, and "
        "low to high is not a probability."
    )
    figure = outlook_figure(context, "handicraft_exports", *found)
    assert plain(figure.finding) == (
        "Assumed, not forecast: 5%, 8% and 9% a year lead to USD 270 million, USD 329 million and USD 351 million in "
        "2025; the target of USD 550 million needs 16.2%."
    )
    assert [column.heading for column in figure.table.columns] == [
        "Year",
        "low 5% a year",
        "base 8% a year",
        "high 9% a year",
        "Required path",
    ]


def test_the_chance_of_the_export_target_says_whose_variation_it_rests_on(context):
    found = [o for g in (0.08, 0.162) for o in target_outlooks(context.known, "handicraft_exports", g)]
    assert plain(chance_sentence(context, found, "handicraft_exports", "exports_growth", "exports")) == (
        "USD 550 million in 2025: less than 1 in 20 (less than 5%), very unlikely, at 8% a year; about 5 in 10 (50%), "
        "about as likely as not, at 16.2% a year on average, if year-to-year variation is that of Exports of Hanoi "
        "(2018–2024: 7 rates, 5 of them estimates)."
    )


def test_a_chance_without_known_variation_is_refused_in_words(context):
    found = target_outlooks(context.known, "handicraft_exports", 0.08)
    assert plain(chance_sentence(context, found, "handicraft_exports", "kip_exports_growth", "kip_exports")) == (
        "How likely USD 550 million in 2025 is cannot be said: not even of Exports of the key industrial products the "
        "yearly growth is known often enough (too few figures are known)."
    )


@pytest.mark.parametrize(
    ("period", "sentences"),
    [
        (
            "2022",
            [
                "No figure of a later whole year is known. If it still was USD 192 million in 2022, USD 550 million in "
                "2025 takes 42% a year from then on."
            ],
        ),
        ("2025", []),
    ],
)
def test_what_the_export_target_takes_from_here(known_in, period, sentences):
    context = Context(known_in(period), ENGLISH)
    (path,) = target_outlooks(context.known, "handicraft_exports", 0.08)
    assert [plain(s) for s in standstill_sentences(context, "handicraft_exports", path)] == sentences
