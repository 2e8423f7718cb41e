"""What comes next from a series alone: projections with their reasons, and sentences with their caveats."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import world

from promotion_book.facts.rows import each, records
from promotion_book.report.chapters.own_projections import (
    chance_words,
    projection_figure,
    refusal_sentences,
)
from promotion_book.report.figures import ReportFigure
from promotion_book.report.frames import Frames, open_frames
from promotion_book.scenarios.outlook import (
    additions,
    aim,
    aimed_outlook,
    chance_of,
    chances,
    figures_and_additions,
    indicator_outlook,
    outlook,
)
from promotion_book.scenarios.probability import WORDS, chance
from promotion_book.scenarios.whole_years import whole_years
from promotion_book.statistics.growth_assumption import target_outlooks
from promotion_book.words.status_words import CHANCES

TOTAL, YEARLY, VALID = "kip_recognised_total", "kip_recognised", "kip_recognised_in_force"


def figures(*values: tuple[int, float]) -> pd.Series:
    """Figures by year, as whole years give them."""
    return pd.Series(dict(values), dtype=float)


UNEVEN = figures((2018, 100), (2019, 130), (2020, 120), (2021, 160))
ADDED = figures((2018, 40), (2019, 30), (2020, 35), (2021, 55))
TOTALS = ADDED.cumsum()


@pytest.mark.parametrize(
    ("series", "until", "reason"),
    [
        (figures(), 2022, "no_figure"),
        (figures((2018, 192e6)), 2020, "too_few_figures"),
        (figures((2018, 1), (2019, 2), (2020, 4)), 2022, "too_few_figures"),
        (figures((2017, 1), (2018, 2), (2020, 4), (2021, 3), (2022, 5)), 2023, "years_missing"),
        (UNEVEN, 2021, "no_time"),
        (UNEVEN, 2028, "too_far_ahead"),
        (figures((2018, 1), (2019, 2), (2020, 4), (2021, 8)), 2022, "no_variation"),
        (figures((2018, 1), (2019, 0), (2020, 4), (2021, 8)), 2022, "not_positive"),
    ],
)
def test_range_and_chance_of_what_cannot_be_projected_are_refused_for_one_reason(series, until, reason):
    found = outlook(series, until)
    assert (found.forecast, found.reason) == (None, reason)
    assert chance_of(found, 500) == (None, reason)


@pytest.mark.parametrize(
    ("added", "reason"),
    [
        (ADDED[1:], "too_few_figures"),
        (ADDED.drop(2020), "years_missing"),
        (ADDED.drop(2021), "years_missing"),
        (ADDED.replace(30, 0), "nothing_added"),
        (ADDED.replace(30, -5), "nothing_added"),
    ],
)
def test_a_total_whose_additions_cannot_be_projected_is_not_projected(added, reason):
    assert outlook(TOTALS, 2023, added).reason == reason


def test_the_years_of_a_gap_are_named():
    found = outlook(figures((2015, 1), (2017, 2), (2020, 4), (2021, 3)), 2022)
    assert found.missing == [2016, 2018, 2019]


def test_naive_and_drift_stand_beside_the_central_line_and_its_bands():
    ahead = outlook(UNEVEN, 2023).forecast
    assert ahead[["naive", "drift"]].to_dict("index") == {
        2022: {"naive": 160, "drift": 180},
        2023: {"naive": 160, "drift": 200},
    }
    assert (np.diff(ahead[["low95", "low80", "projected", "high80", "high95"]]) > 0).all()


def test_past_change_that_goes_on_ends_at_zero_as_the_figures_do():
    ahead = outlook(figures((2018, 100), (2019, 90), (2020, 50), (2021, 40)), 2024).forecast
    assert ahead["drift"].tolist() == [20, 0, 0]


@given(st.lists(st.integers(1, 500), min_size=4, max_size=9))
def test_a_running_total_is_what_is_there_and_the_projection_of_what_each_year_adds(amounts):
    added = figures(*enumerate(amounts, 2010))
    until = 2010 + len(amounts) + 3
    flow, total = outlook(added, until), outlook(added.cumsum(), until, added)
    assert total.reason == flow.reason
    if total.forecast is None or flow.forecast is None:
        return
    expected = sum(amounts) + flow.forecast["projected"].cumsum()
    assert total.forecast["projected"].tolist() == pytest.approx(expected.tolist())
    assert (total.forecast["low95"] >= sum(amounts)).all()


@pytest.mark.parametrize("period", ["2021", "2024-H1", "2025"])
def test_no_total_of_an_edition_contradicts_the_flow_that_it_adds_up(known_in, period):
    known = known_in(period)
    for total, flow in ((TOTAL, YEARLY), ("kip_recognised_since_2021", YEARLY), ("ocop_total", "ocop_recognised")):
        last = int(whole_years(known, total).index[-1])
        whole, each = (indicator_outlook(known, name, until=last + 4) for name in (total, flow))
        assert (whole.forecast is None) == (each.forecast is None)
        if whole.forecast is not None and each.forecast is not None:
            expected = whole.figures[-1] + each.forecast["projected"].cumsum()
            pd.testing.assert_series_equal(whole.forecast["projected"], expected)


@pytest.mark.parametrize("indicator", [VALID, "ocop_three_star", "kip_mechanical"])
def test_what_follows_from_other_series_is_not_projected_beside_them(known_in, indicator):
    found = indicator_outlook(known_in("2025"), indicator, until=2027)
    assert (found.forecast, found.reason) == (None, "made_of_others")


def test_totals_of_one_flow_grow_alike_whatever_year_they_began(known_in):
    found = [indicator_outlook(known_in("2025"), name, until=2030) for name in (TOTAL, "kip_recognised_since_2021")]
    risen = [one.forecast["high80"] - one.figures[-1] for one in found]
    assert risen[0].tolist() == pytest.approx(risen[1].tolist())


def test_a_total_without_a_flow_series_adds_up_its_own_yearly_changes(package):
    rows = [
        {"indicator_id": "export_fairs", "period": str(year), "value": value, "unit": "fairs", "source_id": "src_001"}
        for year, value in ((2018, 3), (2019, 5), (2020, 6), (2022, 9), (2023, 11))
    ]
    assert additions(world(package, [], rows).known, "export_fairs").to_dict() == {2019: 2, 2020: 1, 2023: 2}


def test_a_year_whose_flow_was_not_printed_adds_what_the_total_rose_by(package):
    total, flow = ({"indicator_id": name, "unit": "products", "source_id": "src_001"} for name in (TOTAL, YEARLY))
    rows = [
        *(flow | {"period": str(year), "value": value} for year, value in ((2018, 61), (2019, 30), (2020, 26))),
        *(total | {"period": str(year), "value": value} for year, value in ((2020, 117), (2021, 163))),
    ]
    assert additions(world(package, [], rows).known, TOTAL).to_dict() == {2018: 61, 2019: 30, 2020: 26, 2021: 46}


def test_a_figure_of_a_year_that_is_not_over_is_no_figure_to_start_from(package):
    rows = [
        {"indicator_id": TOTAL, "period": period, "value": value, "unit": "products", "source_id": "src_001"}
        for period, value in (("2022", 196), ("2023-H1", 210))
    ]
    known = world(package, [], rows, until=date(2023, 6, 30)).known
    assert whole_years(known, TOTAL)["value"].to_dict() == {2022: 196}


def test_a_target_has_both_ends_of_every_statement_in_force(known_in):
    known = known_in("2025")
    assert aim(known, TOTAL).levels == (150, 180)
    assert (aim(known, "kip_share_of_output").year, aim(known, "kip_share_of_output").levels) == (2025, (40, 50))
    assert aim(known, "kip_firms") is None
    assert aimed_outlook(known, "kip_firms") is None


def test_a_running_total_keeps_what_it_has_reached_and_another_figure_does_not():
    total, other = outlook(TOTALS, 2022, ADDED), outlook(UNEVEN, 2022)
    assert chance_of(total, 70) == (None, "")
    assert chance_of(other, 125)[0] is not None


def test_a_ceiling_of_a_running_total_is_passed_only_above_it():
    at, below = (chance_of(outlook(TOTALS, 2022, ADDED), level, at_most=True) for level in (160, 159))
    assert (at, below) == ((chance(0), ""), (None, ""))


def test_a_higher_target_is_never_more_likely_and_a_higher_ceiling_never_less():
    levels = (100, 150, 200, 250, 400)
    reached, kept = (
        [chance_of(outlook(UNEVEN, 2023), level, at_most=m)[0].percent for level in levels] for m in (False, True)
    )
    assert reached == sorted(reached, reverse=True)
    assert kept == [100 - percent for percent in reached]


@pytest.mark.parametrize("level", [0.3, 0.5, 0.7, 0.8, 0.9])
@pytest.mark.parametrize("running", [False, True])
def test_chance_and_range_of_a_target_are_of_one_distribution(level, running):
    found = outlook(TOTALS, 2024, ADDED) if running else outlook(UNEVEN, 2024)
    low, high = (float(ends[-1]) for ends in found.distribution.interval(level))
    likely = [chance_of(found, end)[0] for end in (low, high)]
    assert likely == [chance((1 + level) / 2), chance((1 - level) / 2)]


def test_a_total_of_several_years_to_come_has_the_chance_of_what_its_years_add_up_to(package):
    designs = {"indicator_id": "handicraft_new_designs", "source_id": "seed_002"}
    goal = designs | {"kind": "cumulative", "period": "2023-2025", "value": 150.0}
    over = designs | {"kind": "flow", "period": "2021", "value": 150.0}
    figures = [designs | {"period": str(year), "value": value} for year, value in UNEVEN.items()]
    last = designs | {"period": "2022", "value": 110.0}
    (one,) = each(chances(world(package, [goal | {"unit": "designs"}, over], [*figures, last]).known))
    added = pd.concat([UNEVEN, pd.Series({2022: 110.0})])
    same, _ = chance_of(outlook(added.cumsum(), 2025, added), added.sum() + 150)
    assert (one.period, one.level, one.chance) == ("2023-2025", 150, same)


def test_the_chance_of_a_total_counts_what_several_years_brought_together_and_there_is_none_with_a_gap(package):
    designs = {"indicator_id": "handicraft_new_designs", "source_id": "seed_002"}
    goals = [
        designs | {"kind": "cumulative", "period": period, "value": 600.0, "unit": "designs"}
        for period in ("2020-2024", "2017-2024")
    ]
    figures = [designs | {"period": str(year), "value": value} for year, value in UNEVEN.items()]
    together = designs | {"period": "2020-2021", "value": 300.0}
    found = chances(world(package, goals, [*figures, together], until=date(2021, 12, 31)).known)
    same, _ = chance_of(outlook(pd.Series({2021: 300.0}), 2024, UNEVEN), 600)
    told = {one.period: (one.chance, one.reason) for one in each(found)}
    assert told == {"2020-2024": (same, ""), "2017-2024": (None, "years_missing")}


def test_ceilings_are_aimed_at_only_where_nothing_else_is_wanted(package):
    share = {"period": "2025", "unit": "percent", "indicator_id": "kip_share_of_output", "source_id": "seed_002"}
    floor, ceiling = share | {"value": 40}, share | {"value": 60, "reading": "at_most"}
    found = [aim(world(package, rows).known, "kip_share_of_output") for rows in ([floor, ceiling], [ceiling])]
    assert [(one.levels, one.at_most) for one in found] == [((40,), False), ((60,), True)]


SHARE = {"indicator_id": "kip_share_of_output", "unit": "percent"}


def share_target(**cells: object) -> dict[str, object]:
    return SHARE | {"period": "2025", "value": 50, "kind": "share", "source_id": "seed_002"} | cells


def share(period: str, value: float = float("nan"), source_id: str = "seed_002", **cells: object) -> dict[str, object]:
    return SHARE | {"period": period, "value": value, "source_id": source_id} | cells


def test_a_target_of_another_scope_is_not_aimed_at(package):
    targets = [share_target(), share_target(period="2030", value=90, scope="all_firms")]
    known = world(package, targets, [share("2020", 25)]).known
    assert aim(known, SHARE["indicator_id"]) == aim(world(package, targets[:1]).known, SHARE["indicator_id"])
    assert [path.target for path in target_outlooks(known, SHARE["indicator_id"], growth=0.1)] == [50]


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0, "less than 5%, very unlikely"),
        (0.05, "about 5%, very unlikely"),
        (0.12, "about 10%, unlikely"),
        (0.35, "about 35%, about as likely as not"),
        (0.406, "about 40%, about as likely as not"),
        (0.78, "about 80%, likely"),
        (0.95, "about 95%, very likely"),
        (1, "more than 95%, very likely"),
    ],
)
def test_a_chance_is_told_by_number_and_word(context, probability, words):
    assert chance_words(context, chance(probability)) == words


def test_every_word_of_a_chance_can_be_said():
    assert set(CHANCES) == {*(name for name, _ in WORDS), "virtually_certain"}


NONE = pd.DataFrame()


def projected(frames: Frames, indicator: str) -> ReportFigure | None:
    found = aimed_outlook(frames.context.known, indicator)
    wanted = frames.targets(indicator)
    return projection_figure(frames.context, found, figures=frames.series(indicator), wanted=wanted)


def test_a_reader_of_2021_finds_the_range_and_its_decisive_caveat_in_the_sentence_with_the_number():
    figure = projected(open_frames("hanoi", "2021"), TOTAL)
    assert figure.finding == ("Projected for 2025: 336 products; 80% range 244 to 497, 95% range 215 to 725.")
    assert records(figure.table.frame)[-1] == {
        "year": 2025,
        "naive": 163,
        "drift": 326,
        "central": 336,
        "low80": 244,
        "high80": 497,
        "low95": 215,
        "high95": 725,
    }
    assert {"add_002", "seed_002"} <= {source.source_id for source in figure.sources}


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (
            outlook(figures((2018, 1), (2019, 2)), 2022),
            "Whole years with a figure: 2018 and 2019; at least 4 are needed.",
        ),
        (outlook(figures((2018, 1), (2020, 2)), 2022), "The series has a gap, no figure was found for 2019."),
        (
            outlook(TOTALS, 2022, ADDED[2:]),
            "Whole years of which it is known what they added: 2020 and 2021; at least 4 are needed.",
        ),
        (
            outlook(TOTALS[:1], 2022, ADDED[:0]),
            "Whole years of which it is known what they added: none; at least 4 are needed.",
        ),
        (outlook(UNEVEN, 2020), "The last target is for 2020, and the figures reach 2021."),
        (outlook(UNEVEN, 2028), "The end is further away than the reference class goes."),
    ],
)
def test_a_refused_projection_says_why_and_has_no_figure(context, found, why):
    said = [f"No projection is made from the figures of “Handicraft exports” alone. {why}"]
    assert refusal_sentences(context, "handicraft_exports", found=found) == said
    assert projection_figure(context, found, figures=NONE, wanted=NONE) is None


def test_one_whole_year_is_named_as_the_only_one(context):
    assert refusal_sentences(context, "handicraft_exports", found=outlook(figures((2018, 1)), 2022)) == [
        "No projection is made from the figures of “Handicraft exports” alone, because only one whole year, 2018, has a figure, "
        "and at least 4 are needed."
    ]


def test_without_a_target_nothing_is_said_of_what_comes_next(context):
    assert refusal_sentences(context, TOTAL, found=None) == []
    assert projection_figure(context, None, figures=NONE, wanted=NONE) is None


def test_what_a_total_changed_by_is_projected_from_the_year_that_the_data_name_and_a_growth_from_all(package):
    names = ("exports_growth", "ocop_recognised")
    done = [{"indicator_id": n, "period": y, "value": 9.0, "source_id": "src_001"} for n in names for y in (2019, 2020)]
    known = world(package, [], done).known
    assert [[*figures_and_additions(known, name)[0].index] for name in names] == [[2019, 2020], [2020]]


def test_totals_of_several_years_are_no_amounts_of_single_years(package):
    jobs = {"indicator_id": "rural_jobs", "source_id": "src_022", "unit": "jobs"}
    goal = {**jobs, "kind": "cumulative", "period": "2021-2025", "value": 900.0}
    sums = {"2018": 100.0, "2018-2019": 190.0, "2018-2020": 310.0, "2018-2021": 400.0, "2018-2022": 520.0}
    figures = [{**jobs, "period": label, "value": value} for label, value in sums.items()]
    known = world(package, [goal], figures, until=date(2022, 12, 31)).known
    assert list(chances(known)["reason"]) == ["too_few_figures"]
