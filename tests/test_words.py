"""Figures, units, periods, lists and verdicts in words."""

from __future__ import annotations

import ast
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ENGLISH, plain
from promotion_book import scenarios, statistics
from promotion_book.report.chapters.verdicts import points
from promotion_book.scenarios.comparison import REACHED
from promotion_book.scenarios.pace_ahead import GAP, NO_FIT, NOT_A_SERIES, ONLY_BOUNDS
from promotion_book.statistics.pace import ACCELERATE, ON_TRACK
from promotion_book.statistics.statuses import CLASSES
from promotion_book.words import status_words as words
from promotion_book.words.alphabet import alphabet_key
from promotion_book.words.language import Language

NAN = float("nan")


def row(indicator: str, value: float = NAN, low: float = NAN, high: float = NAN) -> SimpleNamespace:
    return SimpleNamespace(indicator_id=indicator, value=value, low=low, high=high)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (row("rural_jobs", 50_000), "50,000 jobs"),
        (row("rural_jobs", low=60_000, high=70_000), "60,000–70,000 jobs"),
        (row("establishments_supported", 10_000, low=10_000), "over 10,000 establishments"),
        (row("handicraft_workers", 1e6, high=1e6), "nearly 1,000,000 people"),
        (row("supporting_firms", 200, low=200, high=200), "about 200 firms"),
        (row("ceiling_machinery", 3e8, high=3e8), "up to VND 300 million"),
        (row("kip_budget", 2e11), "VND 200 billion"),
        (row("kip_budget_usd", 8.63e6), "USD 8.63 million"),
        (row("handicraft_exports", low=9e7, high=1e8), "USD 90–100 million"),
        (row("handicraft_exports", low=9e8, high=1e9), "USD 900 million – USD 1 billion"),
        (row("handicraft_exports_growth", low=5, high=8), "5–8%"),
        (row("exports_growth", -2.4), "−2.4%"),
        (row("kip_share_of_output", 34.23), "34.23%"),
        (row("iip", 103.03), "103.03"),
        (row("energy_saved", 739.7), "739.7 thousand TOE"),
    ],
)
def test_a_figure_is_written_as_its_source_meant_it(context, said, written):
    assert plain(context.numbers.figure(said)) == written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (row("rural_jobs", 50_000, low=50_000), "over 50,000"),
        (row("energy_saved", 739.7), "739.7 thousand TOE"),
        (row("craft_class_length", 3), "3 months"),
    ],
)
def test_without_the_name_of_what_is_counted_a_figure_keeps_the_word_of_its_source_and_a_symbol(context, said, written):
    assert plain(context.numbers.figure(said, words=False)) == written


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (56.25, 1, "56.3"),
        (18.75, 1, "18.8"),
        (6.25, 1, "6.3"),
        (187.5, 0, "188"),
        (412.5, 0, "413"),
        (-0.5, 0, "−1"),
        (2.675, 2, "2.68"),
        (100 * 1.005, 0, "101"),
    ],
)
def test_a_half_goes_away_from_zero_wherever_a_number_is_printed(context, value, decimals, written):
    assert (context.numbers.plain(value, decimals), context.language.number(value, decimals).replace("-", "−")) == (
        written,
        written,
    )


@pytest.mark.parametrize(
    ("said", "of", "written"),
    [
        (row("supporting_firms", 900, low=900), 950, "over 94%"),
        (row("supporting_firms", 960, low=960), 900, "over 106%"),
        (row("supporting_firms", 956, high=956), 1000, "nearly 96%"),
        (row("supporting_firms", 9121, high=9121), 10000, "nearly 91.3%"),
        (row("supporting_firms", 913, low=913, high=913), 1000, "about 91%"),
        (row("supporting_firms", 875), 1000, "88%"),
    ],
)
def test_a_share_of_a_bound_is_rounded_to_the_side_that_keeps_its_word_true(context, said, of, written):
    assert context.numbers.share(said.value / of, said) == written


@pytest.mark.parametrize(("share", "written"), [(0.9956, "99%"), (0.994, "99%"), (1.0, "100%"), (1.004, "100%")])
def test_what_is_short_of_what_is_wanted_is_never_all_of_it(context, share, written):
    assert context.numbers.part(share) == written


@pytest.mark.parametrize(("share", "written"), [(1.0025, "101%"), (1.0, "100%"), (1.2, "120%"), (0.85, "85%")])
def test_what_is_beyond_a_limit_is_never_all_of_it(context, share, written):
    assert context.numbers.share(share, row("power_loss_rate", 1), limit=True) == written


@pytest.mark.parametrize(
    ("value", "wanted", "written"), [(179.96, 180, "179"), (180.04, 180, "181"), (180, 180, "180"), (171, 180, "171")]
)
def test_a_value_that_differs_from_what_is_wanted_is_not_written_like_it(context, value, wanted, written):
    assert context.numbers.apart(value, wanted, lambda numbers, one: numbers.plain(one)) == written


def test_a_share_of_a_bound_keeps_its_word_true_with_decimals_too(context):
    said = row("supporting_firms", 1, low=1)
    assert context.numbers.share(1 / 16, said, decimals=1) == "over 6.2%"


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.booleans())
def test_what_a_share_of_a_bound_says_is_never_more_than_the_bound_says(context, value, of, over):
    said = row("supporting_firms", value, low=value if over else NAN, high=NAN if over else value)
    told = Fraction(context.numbers.share(value / of, said).split(" ")[1].rstrip("%").replace(",", ""))
    assert told * of <= 100 * value if over else told * of >= 100 * value


@given(st.integers(1, 10**6), st.integers(1, 30), st.booleans())
def test_what_is_left_from_a_bound_or_to_one_stays_a_bound_when_it_is_rounded(context, left, years, over):
    said = context.numbers.left(
        lambda numbers: numbers.plain(left / years, 1),
        figure=row("jobs", 900, low=900 if over else NAN),
        wanted=row("jobs", 900 + left, low=NAN if over else 900 + left),
    )
    told = round(10 * float(said.split(" ")[2].replace(",", "")))
    assert told * years >= 10 * left if over else told * years <= 10 * left


def test_a_target_printed_as_up_to_says_so(context):
    assert context.numbers.figure(row("rural_jobs", 70_000, high=70_000), target=True) == "up to 70,000 jobs"


@pytest.mark.parametrize(
    ("reading", "low", "written"),
    [
        ("at_most", NAN, "at most 70,000 jobs"),
        ("at_most", 70_000, "over 70,000 jobs"),
        ("at_least", NAN, "70,000 jobs"),
    ],
)
def test_a_target_to_stay_below_is_told_as_one_unless_its_source_names_a_low_end(context, reading, low, written):
    said = SimpleNamespace(**vars(row("rural_jobs", 70_000, low)), reading=reading)
    assert context.numbers.figure(said, target=True) == written


@pytest.mark.parametrize(
    ("indicator", "years", "written"),
    [
        ("rural_vocational_trainees", (2025, 2030), "500 people a year"),
        ("gift_show_booths", (2026, 2030), "500 booths each time"),
        ("rural_vocational_trainees", (2025, 2025), "500 people"),
    ],
)
def test_what_is_wanted_anew_in_each_of_several_years_says_so(context, indicator, years, written):
    first, last = (date(year, 1, 1) for year in years)
    said = SimpleNamespace(**vars(row(indicator, 500)), path="per_period", period_start=first, period_end=last)
    assert context.numbers.figure(said, target=True) == written


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("2024", "2024"),
        ("2024-H1", "the first half of 2024"),
        ("2024-Q3", "the third quarter of 2024"),
        ("2016-2020", "2016–2020"),
        ("2019-9M", "January–September 2019"),
        ("2024-07", "July 2024"),
        ("2024-09-10", "10 September 2024"),
        ("2018-01-01/2020-09-16", "1 January 2018 to 16 September 2020"),
        ("2018-05-15/..", "since 15 May 2018"),
    ],
)
def test_a_period_is_written_as_readers_write_it(context, label, written):
    assert context.period(label) == written


def test_a_part_of_a_year_has_an_article_in_a_sentence_and_none_in_a_cell_or_beside_a_figure(context):
    written = [say("2024-H1") for say in (context.period, context.period_title, context.period_beside)]
    assert written == ["the first half of 2024", "First half of 2024", "first half of 2024"]


@pytest.mark.parametrize(
    ("n", "written"), [(1, "1 target is"), ("1", "1 target is"), (0, "0 targets are"), ("1,230", "1,230 targets are")]
)
def test_a_count_of_one_is_in_the_singular(n, written):
    assert ENGLISH.text("{n} {n:target is|targets are}", n=n) == written


@pytest.mark.parametrize(
    ("items", "written"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_items_are_listed_as_in_a_sentence(items, written):
    assert ENGLISH.join_list(items) == written


def refusals() -> set[str]:
    """The reasons that statistics and scenarios give for what they refuse."""
    rooms = [Path(room.__file__).parent.glob("*.py") for room in (statistics, scenarios)]
    trees = [ast.parse(module.read_text(encoding="utf-8")) for room in rooms for module in room]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = [one for call in calls if ast.unparse(call.func) == "Refused" for one in call.args]
    said += [word.value for call in calls for word in call.keywords if word.arg == "reason"]
    return {one.value for part in said for one in ast.walk(part) if isinstance(one, ast.Constant)} - {""}


def test_every_status_and_reason_has_its_words():
    assert set(words.STATUS) == set(words.SIGNS) == set(words.MEANING) == set(CLASSES)
    assert {*words.REASONS} == refusals()
    assert {*words.SCENARIO_REASONS} == {*words.REASONS, GAP, NO_FIT, NOT_A_SERIES, ONLY_BOUNDS, REACHED}
    assert len(set(words.SIGNS.values())) == len(CLASSES)


def test_the_page_on_statuses_names_the_thresholds_that_the_code_uses():
    assert f"{ON_TRACK:.0%}" in words.MEANING["on_track"]
    assert f"{ACCELERATE:.0%}" in words.MEANING["limited"]
    assert f"from {ACCELERATE:.0%} to under {ON_TRACK:.0%}" in words.MEANING["accelerate"]


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("exchange_rate", " (dong for one US dollar)"),
        ("iip", " (index, year before = 100)"),
        ("energy_saved", ""),
        ("kip_recognised", ""),
        ("exports", ""),
        ("grdp_growth", ""),
    ],
)
def test_a_title_names_the_unit_where_the_values_are_written_without_it(context, indicator, unit):
    assert context.in_unit(indicator) == unit


@pytest.mark.parametrize(
    ("indicator", "value", "told"),
    [
        ("kip_recognised", 1, "1 product"),
        ("kip_recognised", -1, "−1 product"),
        ("kip_recognised", 1.4, "1 product"),
        ("kip_recognised", 0, "0 products"),
        ("kip_recognised", 1001, "1,001 products"),
        ("rural_jobs", 1, "1 job"),
    ],
)
def test_one_of_a_thing_is_told_in_the_singular(context, indicator, value, told):
    assert context.numbers.of(indicator, value) == told


def test_the_symbol_of_a_unit_stays_on_the_line_of_its_number(context):
    assert context.numbers.of("energy_saved", 1) == "1\N{NO-BREAK SPACE}thousand TOE"


def test_every_counted_unit_has_a_singular_or_a_symbol(package):
    units = package["units"].query("dimension == 'count'")
    assert units.query("one_en == '' and symbol_en == ''").empty


@pytest.mark.parametrize(
    ("difference", "told"),
    [
        *((-0.0034, "−0.003 points"), (0.0, "0 points"), (8.9e-16, "0 points")),
        *((1, "+1 point"), (-1, "−1 point"), (1.001, "+1 point"), (1.5, "+1.5 points")),
    ],
)
def test_a_difference_is_told_in_the_singular_where_it_is_one_point_and_as_nil_only_where_it_is_nil(
    context, difference, told
):
    assert points(context, difference) == told.replace(" ", " percentage ")


@pytest.mark.parametrize(
    ("value", "written"), [(1e6, "USD 1 million"), (999_999, "USD 999,999"), (-1e9, "USD −1 billion")]
)
def test_money_is_told_in_the_largest_scale_that_it_fills(context, value, written):
    assert plain(context.numbers.amount(value, "usd")) == written


def test_nothing_has_no_sign():
    assert ENGLISH.number(-0.0, 7) == "0.0000000"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Làng nghề được công nhận", "Số làng nghề được công nhận"),
        ("OCOP: 5 sao", "Số OCOP: 5 sao"),
        ("Hà Nội", "Số Hà Nội"),
        ("Hội chợ Quà tặng", "Số hội chợ Quà tặng"),
    ],
)
def test_a_name_inside_of_a_sentence_begins_small_unless_it_is_a_proper_one(name, said):
    assert Language("vi", {"Number of {name}": "Số {name:inside}"}).text("Number of {name}", name=name) == said


def test_no_sign_of_a_status_is_that_of_a_figure():
    signs = [*words.SIGNS.values(), *words.FIGURE_SIGNS.values()]
    assert len({*signs}) == len(signs)


def test_vietnamese_words_are_sorted_by_letter_and_then_by_tone():
    words = ["đề án", "dự báo", "lần nêu", "làng nghề", "ấn bản", "ước", "làng", "lang", "âm", "ăn", "ai"]
    assert sorted(words, key=alphabet_key) == [
        "ai", "ăn", "âm", "ấn bản", "dự báo", "đề án", "lang", "làng", "làng nghề", "lần nêu", "ước",
    ]  # fmt: skip


def test_names_that_are_alike_are_sorted_by_their_year():
    names = ["VietnamPlus, 2013a", "VietnamPlus, 2011d", "VietBiz, 2026", "Viet Nam News, 2025c"]
    assert sorted(names, key=alphabet_key) == [names[3], names[2], names[1], names[0]]
