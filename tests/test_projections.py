"""What comes next from a series alone: projections with their reasons, and sentences with their caveats."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from worlds import world

from builders import ENGLISH, yearly
from promotion_book.display.context import Context
from promotion_book.display.figures import ALT_LIMIT
from promotion_book.display.projections import (
    chance_words,
    projection_figure,
    projection_record,
    reading_sentences,
    refusal_sentences,
    renewal_sentences,
    starts_table,
    target_sentences,
)
from promotion_book.display.series import target_goals
from promotion_book.display.words import CHANCES
from promotion_book.scenarios.outlook import aim, aimed_outlook, assumed_prospect, outlook, prospects, starts
from promotion_book.scenarios.probability import WORDS, chance
from promotion_book.statistics.outlook import growth_outlook, target_outlooks

TOTAL, YEARLY, VALID = "kip_recognised_total", "kip_recognised", "kip_recognised_in_force"
UNEVEN = yearly((2018, 100), (2019, 130), (2020, 120), (2021, 160))


@pytest.mark.parametrize(
    ("series", "until", "reason"),
    [
        (yearly(), 2022, "no_figure"),
        (yearly((2018, 192e6)), 2020, "too_few_figures"),
        (yearly((2018, 1), (2019, 2), (2020, 4)), 2022, "too_few_figures"),
        (yearly((2017, 1), (2018, 2), (2020, 4), (2021, 3), (2022, 5)), 2023, "years_missing"),
        (UNEVEN, 2021, "no_time"),
        (UNEVEN, 2026, "too_far_ahead"),
        (yearly((2018, 1), (2019, 2), (2020, 4), (2021, 8)), 2022, "no_variation"),
        (yearly((2018, 1), (2019, 0), (2020, 4), (2021, 8)), 2022, "not_positive"),
    ],
)
def test_what_cannot_be_projected_is_a_reason(series, until, reason):
    series = series.reindex(columns=["period_end", "value"])
    found = outlook(series, until)
    assert (found.forecast, found.reason) == (None, reason)
    assert [prospect.reason for prospect in prospects(found, (500, 600))] == [reason, reason]


def test_the_years_of_a_gap_are_named():
    found = outlook(yearly((2015, 1), (2017, 2), (2020, 4), (2021, 3)), 2022)
    assert found.missing == [2016, 2018, 2019]


def test_a_year_without_a_value_is_a_gap():
    assert outlook(yearly((2018, 1), (2019, float("nan")), (2020, 3)), 2022).missing == [2019]


def test_naive_and_drift_stand_beside_the_central_line_and_its_bands():
    ahead = outlook(UNEVEN, 2023).forecast
    assert ahead.years == (2022, 2023)
    assert ahead.naive.tolist() == [160, 160]
    assert ahead.drift.tolist() == [180, 200]
    lines = (ahead.wide.lower, ahead.narrow.lower, ahead.narrow.centre, ahead.narrow.upper, ahead.wide.upper)
    assert (np.diff(lines, axis=0) > 0).all()
    assert not ahead.steady


def test_no_band_of_a_running_total_goes_below_its_latest_figure():
    ahead = outlook(UNEVEN, 2023, running=True).forecast
    assert ahead.narrow.lower.tolist() == ahead.wide.lower.tolist() == [160, 160]
    assert (outlook(UNEVEN, 2023).forecast.wide.lower < 160).all()


def test_a_target_has_both_ends_of_every_statement_in_force(known_in):
    known = known_in("2025")
    assert aim(known, TOTAL).levels == (150, 180)
    assert (aim(known, "kip_share_of_output").year, aim(known, "kip_share_of_output").levels) == (2025, (40, 50))
    assert aim(known, "kip_firms") is None
    assert aimed_outlook(known, "kip_firms") is None


def test_a_running_total_keeps_what_it_has_reached_and_another_figure_does_not():
    running, other = (prospects(outlook(UNEVEN, 2022, kept), (125, 170)) for kept in (True, False))
    assert (running[0].reached, running[0].chance) == (2019, None)
    assert (other[0].reached, other[0].chance is None) == (None, False)
    assert running[1] == other[1]


def test_a_higher_target_is_never_more_likely():
    found = [p.chance.percent for p in prospects(outlook(UNEVEN, 2023), (100, 150, 200, 250, 400))]
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]


def test_an_assumed_growth_that_just_reaches_the_target_gives_an_even_chance():
    path = growth_outlook(yearly((2018, 100)), 100 * 1.1**7, 2025, 0.1)
    rates = yearly((2018, 18.8), (2019, 20.3), (2020, 3.5))
    assert assumed_prospect(path, rates).chance == chance(0.5)


def test_borrowed_variation_of_two_years_is_too_little():
    path = growth_outlook(yearly((2018, 100)), 200, 2025, 0.1)
    assert assumed_prospect(path, yearly((2018, 18.8), (2019, 20.3))).reason == "too_few_figures"


SHARE = {"indicator_id": "kip_share_of_output", "unit": "percent"}


def share_target(**cells: object) -> dict[str, object]:
    return SHARE | {"period": "2025", "value": 50, "kind": "share", "source_id": "seed_002"} | cells


def share(period: str, value: float = float("nan"), source_id: str = "seed_002", **cells: object) -> dict[str, object]:
    return SHARE | {"period": period, "value": value, "source_id": source_id} | cells


def starts_of(package, *figures):
    known = world(package, [share_target()], figures, until=date(2025, 12, 31)).known
    return [
        (one.year, one.value, one.needed)
        for one in starts(known, "kip_share_of_output", aim(known, SHARE["indicator_id"]))
    ]


def test_sources_that_disagree_are_all_starts_and_a_range_is_two(package):
    figures = (
        share("2019", 20),
        share("2020", 25),
        share("2020", 30, "src_001"),
        share("2021", source_id="src_005", low=10, high=40),
    )
    assert starts_of(package, *figures) == [(2020, 25, (5,)), (2020, 30, (4,)), (2021, 10, (10,)), (2021, 40, (2.5,))]


def test_a_figure_of_another_scope_is_no_start(package):
    assert starts_of(package, share("2020", 25), share("2021", 6, scope="first_programme")) == [(2020, 25, (5,))]


def test_a_figure_of_the_target_s_own_year_is_no_start(package):
    assert starts_of(package, share("2020", 25), share("2025", 45, "src_001")) == [(2020, 25, (5,))]


def test_a_target_of_another_scope_is_not_aimed_at(package):
    targets = [share_target(), share_target(period="2030", value=90, scope="all_firms")]
    known = world(package, targets, [share("2020", 25)]).known
    assert aim(known, SHARE["indicator_id"]) == aim(world(package, targets[:1]).known, SHARE["indicator_id"])
    assert [path.target for path in target_outlooks(known, SHARE["indicator_id"], 0.1)] == [50]
    assert [goal.low for goal in target_goals(Context(known, ENGLISH), SHARE["indicator_id"])] == [50]


def test_a_share_with_figures_of_another_scope_only_has_no_start_and_the_page_says_which(context):
    table = starts_table(context, "kip_share_of_exports")
    assert table.rows == []
    assert table.empty == (
        "No start is known for Share of key products in exports. Figures of another scope are not compared with the target: 10% (2010, first "
        "programme 2005–2017), 4.5% (2017, first programme 2005–2017) and 9–10% (2017, first programme 2005–2017)."
    )


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0, "less than 1 in 20 (less than 5%), very unlikely"),
        (0.05, "about 1 in 20 (5%), very unlikely"),
        (0.12, "about 1 in 10 (10%), unlikely"),
        (0.35, "about 7 in 20 (35%), about as likely as not"),
        (0.406, "about 4 in 10 (40%), about as likely as not"),
        (0.78, "about 8 in 10 (80%), likely"),
        (0.95, "about 19 in 20 (95%), very likely"),
        (1, "more than 19 in 20 (more than 95%), very likely"),
    ],
)
def test_a_chance_is_told_by_number_and_word(context, probability, words):
    assert chance_words(context, chance(probability)) == words


def test_every_word_of_a_chance_can_be_said():
    assert set(CHANCES) == {*(name for name, _ in WORDS), "virtually_certain"}


def test_a_reader_of_2021_finds_the_range_and_its_decisive_caveat_in_the_sentence_with_the_number(known_in):
    context = Context(known_in("2021"), ENGLISH)
    found = aimed_outlook(context.known, TOTAL)
    figure = projection_figure(context, TOTAL, found)
    assert figure.finding == (
        "Projected for 2025: 230 products; 80% range 163 to 386, 95% range 163 to 791; "
        "after growth as steady as this both are too narrow."
    )
    assert figure.table.rows == projection_record(context, TOTAL, found)
    assert figure.table.rows[-1] == {
        "year": 2025,
        "naive": 163,
        "drift": 299,
        "central": 230,
        "low80": 163,
        "high80": 386,
        "low95": 163,
        "high95": 791,
    }
    assert {"add_002", "seed_002"} <= {source.source_id for source in figure.sources}
    assert reading_sentences(context, TOTAL, found) == [
        "If the figure stays as it is: 163 in 2025. If its average change goes on: 299.",
        "The ranges are not measured on these 4 figures alone: they held 80% and 95% of many other yearly series, of "
        "economies, industries and tourism, cut as short. That this series behaves like them is an assumption. On "
        "average such series ended above the central line.",
        "The growth so far is steady. After such growth the 80% range held only a third to a half of the outcomes, the "
        "95% range two thirds to 85%; most of the others lay where the trend led.",
        "A running total cannot fall, so no range goes below the latest figure.",
    ]


@pytest.mark.parametrize(
    ("period", "sentences"),
    [
        (
            "2020",
            [
                "From 117 in 2020, 150 products by 2025 takes 7 a year; the years so far gave 26 to 61 each.",
                "From 117 in 2020, 180 products by 2025 takes 13 a year; the years so far gave 26 to 61 each.",
            ],
        ),
        (
            "2021",
            [
                "150 products: reached in 2021, and a running total keeps what it has reached.",
                "180 products by 2025: more than 19 in 20 (more than 95%), very likely, if past year-to-year variation "
                "continues.",
                "From 163 in 2021, 180 products by 2025 takes 5 a year; the years so far gave 26 to 61 each.",
            ],
        ),
        (
            "2025",
            [
                "150 products: reached in 2021, and a running total keeps what it has reached.",
                "180 products: reached in 2022, and a running total keeps what it has reached.",
            ],
        ),
    ],
)
def test_both_ends_of_the_target_of_key_products_are_told_in_every_edition(known_in, period, sentences):
    context = Context(known_in(period), ENGLISH)
    assert target_sentences(context, TOTAL, YEARLY, aimed_outlook(context.known, TOTAL)) == sentences


def test_the_other_reading_of_the_target_asks_for_more_than_the_awards_gave(context):
    assert renewal_sentences(context, TOTAL, VALID, YEARLY) == [
        "Read as valid titles, which last 3 years, 150–180 take 50–60 new ones a year. Years so far that gave 50 or "
        "more: 1 of 8."
    ]


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (outlook(yearly((2018, 1)), 2022), "Whole years with a figure: 2018; at least 4 are needed."),
        (outlook(yearly((2018, 1), (2020, 2)), 2022), "The series has a gap, no figure was found for 2019."),
        (outlook(UNEVEN, 2020), "The last target is for 2020, and the figures reach 2021."),
        (outlook(UNEVEN, 2026), "The end is further away than the reference class goes."),
    ],
)
def test_a_refused_projection_says_why_and_has_no_figure(context, found, why):
    said = [f"Handicraft exports: nothing is projected from its own figures. {why}"]
    assert refusal_sentences(context, "handicraft_exports", found) == said
    assert projection_figure(context, "handicraft_exports", found) is None
    assert projection_record(context, "handicraft_exports", found) == []


def test_without_a_target_nothing_is_said_of_what_comes_next(context):
    assert refusal_sentences(context, TOTAL, None) == reading_sentences(context, TOTAL, None) == []
    assert projection_figure(context, TOTAL, None) is None
    assert target_sentences(context, TOTAL, YEARLY, None) == []
    assert starts_table(context, "kip_firms") is None


def test_a_share_with_one_start_has_its_points_a_year_and_names_what_is_left_out(context):
    table = starts_table(context, "kip_share_of_output")
    assert [(row["start"], row["year"], row["to_40"], row["to_50"]) for row in table.rows] == [
        (32.5, 2018, 1.0714, 2.5)
    ]
    assert table.note == (
        "50% in 2025 takes 2.5 percentage points a year from 32.5% in 2018. Figures of another scope are not compared "
        "with the target: 27.6% (2009, first programme 2005–2017), 34.23% (2010, first programme 2005–2017) and 6% "
        "(2017, first programme 2005–2017)."
    )


def test_of_several_starts_the_note_names_both_extremes(package):
    made = world(package, [share_target()], [share("2010", 35), share("2017", 6, "src_001")], until=date(2025, 12, 31))
    assert starts_table(made, "kip_share_of_output").note == (
        "50% in 2025 takes 1 to 5.5 percentage points a year: the least from 35% in 2010, the most from 6% in 2017. Which "
        "start is right is not known."
    )


@pytest.mark.parametrize("period", ["2020", "2023", "2025"])
def test_whatever_can_be_projected_fits_its_alt_text(known_in, period):
    context = Context(known_in(period), ENGLISH)
    projected = [
        projection_figure(context, name, aimed_outlook(context.known, name))
        for name in context.known.indicators["indicator_id"]
    ]
    figures = [figure for figure in projected if figure]
    assert figures or period == "2020"
    assert all(len(figure.alt) <= ALT_LIMIT for figure in figures)
