"""An edition at a glance: which figures lead it, its verdict in sentences, and a row for each programme."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from places import figure, put_known
from promotion_book.facts import Known
from promotion_book.report.chapters.annex import every_target
from promotion_book.report.chapters.edition_verdict import (
    count_ahead,
    count_former,
    nothing_to_follow,
    verdict_sentences,
)
from promotion_book.report.chapters.overview import headline_tiles, opening, programmes_table
from promotion_book.report.context import Context
from promotion_book.statistics.leading import (
    leading_figures,
)
from promotion_book.statistics.statuses import statuses_in_force
from promotion_book.words.language import Language

AHEAD = figure("ocop_total", 2030, 40, "products", "src_003", kind="level")
SHORT = figure("handicraft_exports", 2024, 20_000_000, "usd", "src_001", kind="level")
COURSES = figure("cp_courses", 2020, 5, "courses", "src_001") | {"period": "2020-10M", "period_end": "2020-10-31"}
FAIRS = figure("export_fairs", 2020, 5, "fairs", "src_001") | {"period": "2016-2020", "period_start": "2016-01-01"}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What a made-up place knows at the end of 2024, with rows of its own."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    return partial(put_known, tmp_path)


def formed_from_vietnam(known: Known) -> Known:
    """What is known at the end of 2025 of a place that was another one before."""
    areas = known.package["areas"]
    areas.loc[areas["area_id"] == "hanoi", "predecessor"] = "vietnam"
    return at_the_end_of_2025(known)


def at_the_end_of_2025(known: Known) -> Known:
    return Known(known.package, date(2026, 3, 31), date(2025, 12, 31))


def judged_of(known: Known) -> pd.DataFrame:
    return statuses_in_force(known, date(2024, 1, 1))


def told(known: Known) -> list[str]:
    return verdict_sentences(Context(known, Language("en")), judged_of(known), "2024")


def opening_of(known: Known) -> str:
    judged = judged_of(known)
    leading = leading_figures(known, judged)
    context = Context(known, Language("en"))
    tiles = headline_tiles(context, judged, leading=leading)
    return opening(context, tiles, verdict=["Verdict."], period="2024").html


def glance(known: Known) -> dict[str, list[str]]:
    """The table of the programmes as readers see it, without sources: status of targets, latest figure, targets to come."""
    judged = judged_of(known)
    table = programmes_table(Context(known, Language("en")), judged, leading=leading_figures(known, judged))
    cells = table.frame.set_index("programme_id")[["targets", "figure", "ahead"]]
    return {
        name: [re.sub(r" ?<span.*?</span>|<svg.*</svg>|</?strong>", "", cell) for cell in row]
        for name, *row in cells.itertuples()
    }


def test_the_verdict_counts_one_target_in_words_of_one(small):
    assert told(small()) == [
        "One target of the programmes was in force in 2024: target met.",
        "The target met belongs to One Commune One Product (OCOP) (1).",
        "For the years to 2025, 1 target is set; it was in force in 2024 already.",
    ]


def test_the_verdict_says_what_is_due_without_a_figure_and_which_due_target_is_furthest(small):
    due = SHORT | {"period": "2023-2024", "period_start": "2023-01-01", "kind": "cumulative", "target_id": "due"}
    half = figure("handicraft_exports", 2025, 10_000_000, "usd", "src_001", kind="level")
    assert told(small(targets=[due, half])) == [
        "Of the 3 targets of the programmes in force in 2024, 1 is met and 2 cannot be judged.",
        "The target met belongs to One Commune One Product (OCOP) (1).",
        "1 target without a verdict was due by now, but no figure that would decide it was found.",
        "By its latest figure, the due target furthest from being reached is “Handicraft exports”: "
        "USD\N{NO-BREAK SPACE}5\N{NO-BREAK SPACE}million (2023), or 25% of the target of "
        "USD\N{NO-BREAK SPACE}20\N{NO-BREAK SPACE}million for 2023–2024.",
        "For the years to 2025, 2 targets are set; all of them were in force in 2024 already.",
    ]


@pytest.mark.parametrize(
    ("early", "targets", "said"),
    [
        (
            30_000_000,
            [SHORT],
            "The targets met belong to Handicraft exports and new designs (1) and One Commune One Product (OCOP) (1). "
            "Of the targets met, 1 rests on a figure printed before the period had closed.",
        ),
        (
            10_000_000,
            [SHORT],
            "The target met belongs to One Commune One Product (OCOP) (1). "
            "The target missed rests on a figure printed before the period had closed.",
        ),
        (
            30_000_000,
            [SHORT, SHORT | {"target_id": "more", "value": 40_000_000, "source_id": "src_003"}],
            "The target met belongs to One Commune One Product (OCOP) (1).",
        ),
    ],
    ids=["met", "missed", "met by one statement alone"],
)
def test_the_verdict_says_which_targets_are_judged_by_figures_from_before_the_end_of_their_period(
    small, early, targets, said
):
    figures = [figure("handicraft_exports", 2024, early, "usd", "src_002", status="estimate")]
    assert told(small(observations=figures, targets=targets))[1] == said


@pytest.mark.parametrize(
    ("year", "status", "due", "said"),
    [(2022, "estimate", 2024, "2022, estimate"), (2020, "actual", 2024, "2020"), (2023, "actual", 2025, "")],
)
def test_an_estimate_and_an_old_figure_count_for_what_is_furthest_and_only_a_target_that_is_due_does(
    small, year, status, due, said
):
    known = small(
        observations=[figure("clusters_operating", year, 5, "clusters", "src_003", status=status)],
        targets=[figure("clusters_operating", due, 10, "clusters", "src_001", kind="level")],
    )
    furthest = [sentence for sentence in told(known) if "furthest" in sentence]
    assert furthest == (
        [
            "By its latest figure, the due target furthest from being reached is “Industrial clusters in operation”: "
            f"5 clusters ({said}), or 50% of the target of 10 clusters for 2024."
        ]
        if said
        else []
    )


def test_of_targets_to_come_the_verdict_tells_which_year_is_the_next(small):
    soon = [figure("cp_courses", year, 9, "courses", "src_001", kind="flow") for year in (2026, 2028)]
    known = small(targets=[AHEAD, *soon])
    later = at_the_end_of_2025(known)
    said = verdict_sentences(Context(later, Language("en")), judged_of(later), "2025")
    assert said[-1] == (
        "For the years to 2030, 3 targets are set; one of them was in force in 2025 already. One of the 3 targets falls due first, in 2026."
    )


def test_the_targets_to_come_of_a_programme_are_counted_alone(small):
    soon = [figure("cp_courses", year, 9, "courses", "src_001", kind="flow") for year in (2026, 2028)]
    known = small(targets=[AHEAD, *soon])
    later = Context(at_the_end_of_2025(known), Language("en"))
    told = "For the years to 2030, 2 targets are set. One of the 2 targets falls due first, in 2026."
    assert [count_ahead(later, ["cp_courses"]), count_ahead(later, ["cp_firms"])] == [told, ""]


def test_the_start_page_has_a_point_for_each_sentence_after_the_verdict(small):
    said = ["Two are met.", "One is not.", "Three come."]
    start = opening(Context(small(), Language("en")), pd.DataFrame(), verdict=said, period="2024").html
    assert start.split("\n")[1:] == [
        '<p class="verdict">Two are met.</p>',
        '<ul class="verdict-points">',
        "<li>One is not.</li>",
        "<li>Three come.</li>",
        "</ul>",
    ]


def test_targets_that_no_figure_judges_are_told_in_one_sentence(small):
    wanted = [SHORT | {"indicator_id": name, "target_id": name} for name in ("cp_courses", "export_fairs")]
    known = small(targets=wanted)
    none = judged_of(known).query("indicator_id != 'ocop_total'")
    said = verdict_sentences(Context(known, Language("en")), none, "2024")
    assert said[0] == "Neither of the two targets of the programmes in force in 2024 can be judged."


def test_a_place_without_a_target_says_so(small):
    known = small()
    said = verdict_sentences(Context(known, Language("en")), judged_of(known).iloc[:0], "2024")
    assert said[0] == "No target of the programmes for 2024 was found."


def test_a_figure_of_other_days_or_of_another_indicator_stands_where_a_programme_has_none_of_a_year(small):
    classes = figure("craft_classes", 2023, 7, "classes", "src_001")
    shown = {name: figure for name, (_, figure, _) in glance(small(observations=[COURSES, FAIRS, classes])).items()}
    assert {name: shown[name] for name in ("cleaner_production", "trade_promotion", "training")} == {
        "cleaner_production": "5 (January–October 2020)<br>\nCourses on cleaner production<br>\n",
        "trade_promotion": "5 (2016–2020)<br>\nHandicraft export fairs<br>\n",
        "training": "7 (2023)<br>\nCraft-transfer classes<br>\n",
    }


def test_a_figure_without_a_target_gives_way_to_one_of_its_programme_of_a_later_year(small):
    booths = figure("fair_booths", 2023, 450, "booths", "src_001")
    shown = glance(small(observations=[FAIRS, booths]))["trade_promotion"][1]
    assert shown == "450 (2023)<br>\nBooths at the regional fair<br>\n"


def test_a_figure_that_does_not_fit_the_target_of_a_programme_does_not_stand_for_it(small):
    wanted = figure("cp_courses", 2024, 10, "courses", "src_001", kind="flow")
    assert glance(small(observations=[COURSES], targets=[wanted]))["cleaner_production"][1] == (
        "no figure that fits the target was found"
    )


def test_a_leading_figure_does_not_give_way_to_one_of_a_later_day_of_its_year(small):
    fairs = figure("export_fairs", 2023, 2, "fairs", "src_001") | {"period_end": "2023-06-30"}
    booths = figure("fair_booths", 2023, 450, "booths", "src_001")
    shown = glance(small(observations=[fairs, booths]))["trade_promotion"][1]
    assert shown.startswith("2 (")


def test_what_a_place_was_before_is_told_where_nothing_is_known_of_the_place_itself(small):
    before = {"area": "vietnam", "indicator_id": "cp_courses"}
    over = figure("cp_courses", 2024, 10, "courses", "src_001", kind="flow")
    known = small(observations=[COURSES | before], targets=[AHEAD | before, over | before])
    later = formed_from_vietnam(known)
    assert glance(later)["cleaner_production"] == [
        "no target for this period",
        "5 (January–October 2020, Viet Nam)<br>\nCourses on cleaner production<br>\n",
        "Courses on cleaner production, Viet Nam (2030): 40",
    ]
    assert told(later)[-1] == "For the years to 2030, the only target found is of Viet Nam."
    counts = [count_former(Context(later, Language("en")), [name]) for name in ("cp_courses", "ocop_total")]
    assert counts == [told(later)[-1], ""]
    why = "This page leads from the latest figures to the targets of the place; without a target it shows nothing."
    kept = "They are on the page “All targets”; figures of the place as it is now are not set against them."
    said = [nothing_to_follow(Context(known, Language("en"))) for known in (later, small(targets=[]))]
    assert said == [f"{why} {told(later)[-1]} {kept}", why]
    tables = {
        table.name: table for table in every_target(Context(later, Language("en")), judged_of(later), since=later.until)
    }
    assert tables["former_targets"].frame[["indicator_id", "period", "figure"]].to_numpy().tolist() == [
        ["cp_courses", "2030", "40 courses"]
    ]


def test_targets_of_the_economy_stand_apart_from_those_of_the_programmes(small):
    growth = figure("grdp_growth", 2024, 7, "percent", "src_001", kind="growth", path="per_period")
    assert glance(small(targets=[growth]))["economy"][0] == (
        "not counted with the one target of the programmes:<br>\n? cannot be judged: 1"
    )


def test_of_several_areas_that_a_place_was_before_the_last_one_is_told_first(small):
    known = small(
        targets=[AHEAD | {"area": area, "indicator_id": "cp_courses"} for area in ("vietnam", "hanoi_before_2008")]
    )
    areas = known.package["areas"]
    areas.loc[areas["area_id"] == "vietnam", "predecessor"] = "hanoi_before_2008"
    later = formed_from_vietnam(known)
    found = "For the years to 2030, the 2 targets found are of Viet Nam and Hanoi before August 2008."
    assert told(later)[-1] == found


def test_a_single_year_has_no_line(small):
    one = opening_of(small(targets=[figure("ocop_total", 2024, 10, "products", "src_001", kind="level")]))
    assert ["<svg" in tile for tile in one.split("<li>")[1:]] == [True, False]


def test_a_figure_of_the_place_stands_before_a_newer_one_of_what_it_was_before(small):
    before = figure("cp_courses", 2023, 9, "courses", "src_001") | {"area": "vietnam"}
    known = small(observations=[COURSES, before])
    shown = glance(formed_from_vietnam(known))["cleaner_production"][1]
    assert shown.startswith("5 (January–October 2020)")


def test_targets_of_what_a_place_was_before_are_told_beside_its_own_that_apply_already(small):
    own = figure("export_fairs", 2030, 9, "fairs", "src_001", kind="level") | {"plan_start": "2021-01-01"}
    known = small(targets=[own, AHEAD | {"area": "vietnam", "indicator_id": "cp_courses"}])
    later = formed_from_vietnam(known)
    assert told(later)[-1] == "For the years to 2030, the only other target found is of Viet Nam."
