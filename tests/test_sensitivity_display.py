"""Which input moves a result most: ranges from what is known, bars in the order of their swings, words that fit."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from worlds import world

from builders import drawn
from promotion_book.charts.style import Size
from promotion_book.report.chapters.tornado import pace_sensitivity, tornado_chart
from promotion_book.report.context import Context
from promotion_book.scenarios.outlook import Start
from promotion_book.scenarios.sensitivity import Bar, Input, growth_swings, pace_swings, readings, swings, tornado
from promotion_book.statistics.growth_assumption import target_outlooks
from promotion_book.words.language import NON_BREAKING, Language

ENGLISH = Language("en")
EXPORTS, RATES, SHARE = "handicraft_exports", "handicraft_exports_growth", "kip_share_of_output"
PERIODS = pytest.mark.parametrize("period", ["2020", "2024-H1", "2025"])
SIZES = pytest.mark.parametrize("narrow", [False, True], ids=["desk", "phone"])
GOAL = {"indicator_id": EXPORTS, "period": "2025", "value": 400e6, "unit": "usd", "source_id": "src_029"}
FIGURE = {"indicator_id": EXPORTS, "period": "2020", "value": 200e6, "unit": "usd", "source_id": "src_001"}
WANTED = {"indicator_id": RATES, "period": "2023-2025", "value": 8, "unit": "percent", "source_id": "src_014"}


def plain(text: str) -> str:
    return text.replace(NON_BREAKING, " ")


def outlooks(known, *rates):
    return [outlook for rate in rates or (0.05, 0.08, 0.09) for outlook in target_outlooks(known, EXPORTS, growth=rate)]


def two_starts(package):
    """35% in 2010, 6% in 2017 and 30% in 2017 of a share that 40% and 50% are wanted of in 2025."""
    share = {"indicator_id": SHARE, "unit": "percent"}
    figures = [("2010", 35, "src_005"), ("2017", 6, "src_020"), ("2017", 30, "src_006")]
    return world(
        package,
        [share | {"period": "2025", "value": level, "source_id": "src_014"} for level in (40, 50)],
        [share | dict(zip(("period", "value", "source_id"), one, strict=True)) for one in figures],
    )


# What is uncertain


@PERIODS
def test_growth_its_first_year_and_the_start_have_the_ranges_that_are_known(known_in, period):
    known = known_in(period)
    found = growth_swings(known, EXPORTS, rates=RATES, outlooks=outlooks(known))
    assert found.inputs == {
        "growth": Input(0.05, 0.08, 0.09),
        "first": Input(2019, 2019, 2021, ("src_029", "seed_002", "seed_000", "src_061")),
        "start": Input(175e6, 192e6, 192e6, ("src_116", "src_038")),
    }
    assert found.still == []
    assert found.swings.base == pytest.approx(192e6 * 1.08**7)
    assert found.swings.bars == (
        Bar("growth", pytest.approx(192e6 * 1.05**7), pytest.approx(192e6 * 1.09**7), pytest.approx(80.82e6, rel=1e-4)),
        Bar("first", pytest.approx(192e6 * 1.08**7), pytest.approx(192e6 * 1.08**5), pytest.approx(46.94e6, rel=1e-4)),
        Bar("start", pytest.approx(175e6 * 1.08**7), pytest.approx(192e6 * 1.08**7), pytest.approx(29.135e6, rel=1e-4)),
    )


@PERIODS
def test_with_one_start_of_the_target_s_scope_only_the_level_moves_the_pace(known_in, period):
    found = pace_swings(known_in(period), SHARE)
    assert found.swings.base == 2.5
    assert [(bar.name, round(bar.at_low, 2), round(bar.at_high, 2)) for bar in found.swings.bars] == [
        ("level", 1.07, 2.5)
    ]
    assert found.still == ["start"]


def test_a_start_goes_from_the_one_that_asks_for_most_to_the_one_that_asks_for_least(package):
    found = pace_swings(two_starts(package).known, SHARE)
    assert [(bar.name, bar.at_low, bar.at_high) for bar in found.swings.bars] == [
        ("start", 5.5, 1.0),
        ("level", 1.25, 2.5),
    ]
    assert [(end.year, end.value) for end in (found.inputs["start"].low, found.inputs["start"].high)] == [
        (2017, 6),
        (2010, 35),
    ]


def test_a_reading_of_a_year_is_its_own_figure_or_a_yearly_one_around_it(package):
    around = [
        FIGURE,
        FIGURE | {"period": "2019-2020", "value": 180e6, "scope": "year_not_stated"},
        FIGURE | {"period": "2018-2022", "value": 210e6, "scope": "average_a_year"},
        FIGURE | {"period": "2019-2021", "value": 600e6},
        FIGURE | {"period": "2020", "value": 10e6, "scope": "distinct_firms"},
        FIGURE | {"period": "2020-9M", "value": 150e6},
        FIGURE | {"period": "2020", "value": 500e6, "status": "plan"},
        FIGURE | {"period": "2020", "value": 70e6, "area": "vietnam"},
        FIGURE | {"period": "2021", "value": 230e6},
    ]
    known = world(package, [GOAL], around).known
    assert sorted(readings(known, EXPORTS, 2020)["value"]) == [180e6, 200e6, 210e6]


def test_growth_begins_no_later_than_a_source_wants_it_and_no_earlier_than_after_the_start(package):
    earlier, later = WANTED | {"period": "2019-2025"}, WANTED | {"period": "2026-2030"}
    ranges = {}
    for name, wanted in {"none": [], "wanted": [WANTED], "earlier": [earlier], "other end": [later]}.items():
        known = world(package, [GOAL, *wanted], [FIGURE]).known
        given = growth_swings(known, EXPORTS, rates=RATES, outlooks=outlooks(known)).inputs["first"]
        ranges[name] = (given.low, given.base, given.high)
    assert ranges == {
        "none": (2021, 2021, 2021),
        "wanted": (2021, 2021, 2023),
        "earlier": (2021, 2021, 2021),
        "other end": (2021, 2021, 2021),
    }


def test_where_nothing_has_a_range_there_is_nothing_to_say(package):
    known = world(package, [GOAL], [FIGURE]).known
    assert growth_swings(known, EXPORTS, rates=RATES, outlooks=outlooks(known, 0.08, 0.08, 0.08)) is None
    assert growth_swings(known, EXPORTS, rates=RATES, outlooks=[]) is None
    assert swings(lambda a: a, {"a": Input(1, 1, 1)}) is None
    one = [{"indicator_id": SHARE, "period": "2020", "value": 30, "unit": "percent", "source_id": "src_001"}]
    level = [{"indicator_id": SHARE, "period": "2025", "value": 40, "unit": "percent", "source_id": "src_014"}]
    assert [pace_swings(world(package, *said).known, SHARE) for said in ([[], one], [level, []], [level, one])] == [
        None
    ] * 3


@given(st.dictionaries(st.text("abc", min_size=1), st.tuples(*[st.floats(-50, 50)] * 3).map(sorted), min_size=1))
def test_the_base_lies_inside_every_bar_of_a_sum_and_the_largest_swing_is_first(ends):
    given = {name: Input(low, base, high) for name, (low, base, high) in ends.items()}
    found = swings(lambda **values: sum(values.values()), given)
    bars = found.swings.bars if found else ()
    assert {bar.name for bar in bars} == {name for name, (low, _, high) in ends.items() if low != high}
    assert [bar.swing for bar in bars] == sorted((bar.swing for bar in bars), reverse=True)
    assert all(bar.at_low <= found.swings.base + 1e-9 and found.swings.base <= bar.at_high + 1e-9 for bar in bars)


# What a reader is told


def test_the_finding_names_each_input_with_what_it_moves_and_the_caveat(context):
    assert plain(pace_sensitivity(context, SHARE).finding) == (
        "The target, 40% to 50%, moves the pace by 1.43 points a year. Of the start only one value is known. Nothing says "
        "how likely the ends are."
    )


def test_a_finding_has_the_ends_of_the_start_with_their_years(package):
    assert plain(pace_sensitivity(two_starts(package), SHARE).finding) == (
        "The start, 6% (2017) to 35% (2010), moves the pace by 4.5 points a year; the target by 1.25 points a year. "
        "Nothing says how likely the ends are."
    )


# The chart


@SIZES
@PERIODS
def test_words_lie_inside_the_picture_and_cover_no_bar_and_no_other_words(known_in, period, narrow):
    figure = pace_sensitivity(Context(known_in(period), ENGLISH), SHARE)
    ax = drawn(figure.draw, Size("narrow", 3.5, figure.narrow_height) if narrow else Size("wide", 7.4, figure.height))
    picture, written = ax.get_figure().bbox, [text.get_window_extent() for text in ax.texts]
    legend = [text.get_window_extent() for text in ax.get_figure().legends[0].get_texts()]
    bars = [bar.get_window_extent() for bar in ax.patches]
    assert not any(a.overlaps(b) for a, b in combinations([*written, *legend], 2))
    assert not any(a.overlaps(b) for a in [*written, *legend] for b in bars)
    assert all(picture.x0 <= box.x0 and box.x1 <= picture.x1 for box in [*written, *legend, *bars])


@SIZES
def test_bars_stand_in_the_order_of_their_swings_on_both_sides_of_the_base(narrow):
    swings = tornado(lambda a, b: 10 + a - 3 * b, {"a": 1, "b": 1}, {"a": (0, 3), "b": (0, 2)})
    draw = tornado_chart(
        swings, [("b", "b, which gives more"), ("a", "a, which gives less")], show=str, language=ENGLISH, target=None
    )
    ax = drawn(draw, Size("narrow", 3.5, 2) if narrow else Size("wide", 7.4, 2))
    found = [
        (bar.get_x(), bar.get_x() + bar.get_width(), bar.get_hatch(), to_hex(bar.get_facecolor())) for bar in ax.patches
    ]
    low, high = ("////", "#ffffff"), ("", "#12436d")
    assert found == [(8, 11, *low), (8, 5, *high), (8, 7, *low), (8, 10, *high)]
    places = [bar.get_y() for bar in ax.patches]
    assert places == sorted(places, reverse=True)


@SIZES
def test_base_and_target_are_told_in_the_legend_by_dash_and_value(narrow):
    swings = tornado(lambda a: a, {"a": 5}, {"a": (4, 7)})
    draw = tornado_chart(swings, [("a", "a")], show=str, language=ENGLISH, target=(20.0, "20"))
    (legend,) = drawn(draw, Size("narrow", 3.5, 2) if narrow else Size("wide", 7.4, 2)).get_figure().legends
    assert [text.get_text() for text in legend.get_texts()] == ["low end", "high end", "base: 5.0", "target: 20"]
    assert [line.is_dashed() for line in legend.get_lines()] == [True, False]


def test_starts_of_one_value_and_different_years_are_different_inputs():
    early, late = Start(2010, 10.0, "src_001", (1.0,)), Start(2017, 10.0, "src_002", (2.0,))
    found = swings(lambda start: start.needed[0], {"start": Input(late, late, early)})
    assert found.swings.bars == (Bar("start", 2.0, 1.0, 1.0),)
