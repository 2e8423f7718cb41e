"""Where an assumed growth leads, what the target needs, and how likely that is, in sentences and a chart."""

from __future__ import annotations

from datetime import date

import pytest
from worlds import world

from builders import ENGLISH, plain
from promotion_book.facts.rows import records
from promotion_book.report.chapters.growth_outlook import (
    base_sentences,
    later_sentences,
    no_chance_sentence,
    outlook_figure,
    outlook_sentence,
    standstill_sentences,
)
from promotion_book.report.context import Context
from promotion_book.statistics.growth_assumption import target_outlooks


def test_a_reader_of_2025_finds_what_a_growth_of_eight_per_cent_leads_to(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", growth=0.08)
    assert plain(outlook_sentence(context, "handicraft_exports", outlook)) == (
        "8% a year from USD 192 million in 2018 would have given USD 329 million in 2025; the target of USD 550 million "
        "needed 16.2% a year. That year is over, and no figure of it was found. The first is an assumption, not a forecast."
    )


def test_before_the_target_s_year_is_over_a_reader_finds_what_the_target_needs(known_in):
    context = Context(known_in("2024"), ENGLISH)
    (outlook,) = target_outlooks(context.known, "handicraft_exports", growth=0.08)
    assert plain(outlook_sentence(context, "handicraft_exports", outlook)) == (
        "8% a year from USD 192 million in 2018 gives USD 329 million in 2025; the target of USD 550 million needs "
        "16.2% a year. The first is an assumption, not a forecast."
    )
    assert "lead to" in outlook_figure(context, "handicraft_exports", outlook).finding


def test_a_level_and_a_growth_rate_imply_a_base_that_no_source_prints(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", growth=0.08)
    wanted = context.known.statements("handicraft_exports_growth", frequency="years")
    assert [plain(s) for s in base_sentences(context, "handicraft_exports", outlook=outlook, rates=wanted)] == [
        "5% a year up to USD 550 million would need a base of USD 431 million in 2020.",
        "8% a year up to USD 550 million would need a base of USD 374 million in 2020.",
    ]


def test_an_outlook_is_drawn_with_its_required_path(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", growth=0.05)
    drawn = outlook_figure(context, "handicraft_exports", outlook)
    assert [r["year"] for r in records(drawn.table.frame)] == list(range(2018, 2026))
    assert records(drawn.table.frame)[-1]["required"] == pytest.approx(550e6)


def test_three_assumptions_are_told_in_one_sentence_and_called_no_probability(context):
    found = [o for g in (0.05, 0.08, 0.09) for o in target_outlooks(context.known, "handicraft_exports", growth=g)]
    assert plain(outlook_sentence(context, "handicraft_exports", *found)) == (
        "5% a year from USD 192 million in 2018 would have given USD 270 million in 2025, 8% would have given USD 329 "
        "million, 9% would have given USD 351 million; the target of USD 550 million needed 16.2% a year. That year is "
        "over, and no figure of it was found. The first are assumptions, not a forecast, and low to high is not a "
        "probability."
    )
    figure = outlook_figure(context, "handicraft_exports", *found)
    assert plain(figure.finding) == (
        "Assumed, not forecast: 5%, 8% and 9% a year would have led to USD 270 million, USD 329 million and USD 351 "
        "million in 2025; the target of USD 550 million needed 16.2%."
    )
    assert [column.heading for column in figure.table.columns] == [
        "Year",
        "low 5% a year",
        "base 8% a year",
        "high 9% a year",
        "Required path",
    ]


EXPORTS = {"indicator_id": "handicraft_exports", "unit": "usd", "source_id": "src_038"}
GOAL = EXPORTS | {"period": "2025", "value": 400e6}
START = EXPORTS | {"period": "2020", "value": 100e6}


def later(package, *figures, rates=(0.05, 0.1), until=date(2023, 12, 31)):
    """What is said of figures after 2020 beside paths from 100 million to the target of 400 million in 2025."""
    context = world(package, [GOAL], [START, *(EXPORTS | one for one in figures)], until=until)
    outlooks = [o for rate in rates for o in target_outlooks(context.known, "handicraft_exports", growth=rate)]
    return [plain(said) for said in later_sentences(context, "handicraft_exports", outlooks=outlooks)]


def test_the_only_later_statement_is_called_so_before_what_is_not_compared(package):
    average = {"period": "2022", "value": 100e6, "scope": "average_a_year"}
    assert later(package, average, {"period": "2022-9M", "value": 80e6}) == [
        "Handicraft exports: the only later statement is USD 100 million (2022, average a year), 25% of the target. It "
        "lies below all assumed paths, which have USD 110 million to USD 121 million at that time.",
        "Not compared with what is assumed, being of a part of a year, of several years or of another scope: USD 80 "
        "million (January–September 2022).",
    ]


@pytest.mark.parametrize(
    ("value", "share", "place"),
    [(100e6, "25%", "below all"), (115e6, "29%", "among the"), (150e6, "38%", "above all")],
)
def test_a_later_figure_lies_below_among_or_above_the_assumed_paths(package, value, share, place):
    (said,) = later(package, {"period": "2022", "value": value, "scope": "average_a_year"})
    assert said.endswith(
        f"(2022, average a year), {share} of the target. It lies {place} assumed paths, which have USD 110 million to USD "
        "121 million at that time."
    )


def test_every_later_figure_is_told_and_a_range_has_both_its_ends(package):
    first, second = later(
        package,
        {"period": "2021", "low": 90e6, "high": 100e6, "value": float("nan")},
        {"period": "2022", "value": 100e6, "scope": "average_a_year"},
        rates=(0.1,),
    )
    assert first == (
        "Handicraft exports: a later statement is USD 90–100 million (2021), 22–25% of the target. It lies "
        "below the assumed path, which has USD 110 million at that time."
    )
    assert second.startswith("Handicraft exports: a later statement is USD 100 million (2022, average a year)")


@pytest.mark.parametrize(
    ("low", "high", "place"),
    [
        (100e6, 109e6, "below all"),
        (100e6, 111e6, "among the"),
        (120e6, 130e6, "among the"),
        (122e6, 130e6, "above all"),
    ],
)
def test_a_range_lies_among_the_paths_where_it_touches_one(package, low, high, place):
    (said,) = later(
        package, {"period": "2022", "low": low, "high": high, "scope": "average_a_year", "value": float("nan")}
    )
    assert f"It lies {place} assumed paths" in said


def test_an_average_of_several_years_is_set_against_the_mean_of_the_paths(package):
    (said,) = later(package, {"period": "2021-2022", "value": 115e6, "scope": "average_a_year"}, rates=(0.1, 0.2))
    assert "below all assumed paths, which have USD 116 million to USD 132 million at that time" in said


def test_a_figure_of_another_scope_or_of_a_part_of_a_year_is_named_and_not_compared(package):
    part, other = {"period": "2021-H1", "value": 60e6}, {"period": "2022", "value": 9e6, "scope": "organiser"}
    (said,) = later(package, part, other)
    assert said.endswith(
        "of another scope: USD 60 million (first half of 2021) and USD 9 million (2022, claim of the fair’s organiser)."
    )


def test_a_plan_and_a_figure_of_the_start_are_nothing_later(package):
    plan = {"period": "2022", "value": 110e6, "status": "plan"}
    assert later(package, plan, {"period": "2020", "value": 90e6, "scope": "average_a_year"}) == []


def test_without_a_projection_no_chance_is_told_and_none_is_borrowed(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", growth=0.08)
    assert plain(no_chance_sentence(context, "handicraft_exports", outlook=outlook)) == (
        "How likely USD 550 million in 2025 is cannot be said: its own figures allow no projection, an assumed growth has "
        "no chance, and how much another series varies is not how much this one does."
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
    (path,) = target_outlooks(context.known, "handicraft_exports", growth=0.08)
    assert [plain(s) for s in standstill_sentences(context, "handicraft_exports", outlook=path)] == sentences
