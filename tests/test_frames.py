"""The figures of an edition as frames, and what is told to who misspells a name."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable

import pandas as pd
import pytest

import promotion_book
from places import OCOP, TABLES, Row, figure, put_place
from promotion_book.report.frame_columns import READINGS, SERIES, TARGETS
from promotion_book.report.frames import Frames
from promotion_book.report.parameters import ParameterError
from promotion_book.report.unknown_names import UnknownNameError

COUNTED = {"_total": 120, "_in_force": 80}
DISTRICTS = {"ba_vi": 4, "gia_lam": 9}


@pytest.fixture
def opened(tmp_path, monkeypatch) -> Callable[..., Frames]:
    """Opens what is known of OCOP, with other rows in some tables."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))

    def open_place(**tables: list[Row]) -> Frames:
        put_place(tmp_path, tables=OCOP | tables)
        return promotion_book.open("lang_moi", "2023")

    return open_place


@pytest.fixture
def frames(opened) -> Frames:
    return opened()


def test_a_series_has_a_row_a_period_with_figure_standing_and_source_as_readers_see_them(frames):
    series = frames.series("ocop_total")
    assert list(series) == [*SERIES, "shown", "standing", "source"]
    assert series.drop(columns=["indicator_id", "unit", "low", "high"]).astype({"end": str}).values.tolist() == [
        ["2021", 2021, "2021-12-31", 1000, "actual", "src_001", "1,000", "observed", "Lang Moi Paper, 2023"],
        ["2022", 2022, "2022-12-31", 1500, "estimate", "src_002", "1,500", "estimate", "Lang Moi Paper, 2024"],
    ]


def test_figures_are_all_that_sources_print_also_several_of_a_year_with_what_they_count(opened):
    other = figure("ocop_total", 2021, 900, "products", "src_002", scope="older_count", note_en="Food.", note_vi="Ăn.")
    figures = opened(observations=[*OCOP["observations"], other]).figures("ocop_total")
    assert list(figures) == [*SERIES, "first_year", "scope", "note", "shown", "standing", "source"]
    assert figures[["year", "value", "scope", "note", "source"]].values.tolist() == [
        [2021, 1000, "", "", "Lang Moi Paper, 2023"],
        [2021, 900, "older_count", "Food.", "Lang Moi Paper, 2024"],
        [2022, 1500, "", "", "Lang Moi Paper, 2024"],
    ]


def test_of_several_figures_of_a_period_the_one_that_leads_is_the_last(opened):
    other = figure("ocop_total", 2021, 900, "products", "src_002", checked="not_found")
    figures = opened(observations=[*OCOP["observations"], other]).figures("ocop_total")
    assert figures[["year", "value"]].values.tolist() == [[2021, 900], [2021, 1000], [2022, 1500]]


def test_the_parts_of_a_whole_stand_one_below_the_other_with_short_names(opened):
    stars = [figure(f"ocop_{n}_star", 2022, value, "products", "src_001") for n, value in (("four", 30), ("five", 2))]
    parts = opened(observations=[*OCOP["observations"], *stars]).parts("ocop_total", "star")
    assert parts[["part", "year", "value"]].values.tolist() == [["five stars", 2022, 2], ["four stars", 2022, 30]]


def test_the_districts_of_a_place_come_the_largest_first_with_the_day_on_which_they_ended(opened):
    rows = [figure("ocop_total", 2022, value, "products", "src_001", area=area) for area, value in DISTRICTS.items()]
    named = [row | {"observation_id": f"{row['observation_id']}-{row['area']}"} for row in rows]
    districts = opened(observations=named).areas("ocop_total")
    assert districts[["name", "value"]].values.tolist() == [["Gia Lam district", 9], ["Ba Vi district", 4]]
    assert districts["ended"].isna().all()  # they were there on the cut-off day


def test_parts_and_areas_of_what_is_not_known_are_empty(frames):
    assert frames.parts("ocop_total", "star").empty
    assert frames.areas("ocop_total").empty


def test_a_target_has_its_verdict(frames):
    (target,) = frames.targets("ocop_total").to_dict("records")
    assert list(target) == [*TARGETS, "shown", "verdict", "source", "standing"]
    assert {name: target[name] for name in ("year", "value", "time", "status", "shown", "verdict")} == {
        "year": 2023,
        "value": 1200,
        "time": "now",
        "status": "met",
        "shown": "over 1,200",
        "verdict": "target met",
    }


def test_the_targets_of_several_indicators_stand_in_one_frame(opened):
    exports = figure("handicraft_exports", 2023, 5, "usd", "src_001", kind="level")
    targets = opened(targets=[*OCOP["targets"], exports]).targets("ocop_total", "handicraft_exports")
    assert sorted(targets["indicator_id"]) == ["handicraft_exports", "ocop_total"]


def test_what_is_said_of_an_indicator_stands_in_the_order_of_its_days(opened):
    plan = figure("ocop_total", 2022, 1400, "products", "src_001", status="plan")
    narrow = figure("ocop_total", 2023, 9, "products", "src_002", kind="level", scope="other_definition")
    targets = [*OCOP["targets"], narrow]
    said = opened(observations=[*OCOP["observations"], plan], targets=targets).statements("ocop_total")
    assert said[["year", "shown", "standing", "kind", "several_years"]].values.tolist() == [
        [2021, "1,000", "observed", "figure", False],
        [2022, "1,500", "estimate", "figure", False],
        [2022, "1,400", "plan", "plan", False],
        [2023, "over 1,200", "target", "target", False],
    ]


def test_nothing_said_is_an_empty_frame_of_the_same_columns(frames):
    assert {"period", "shown", "kind", "several_years"} <= {*frames.statements("handicraft_exports")}
    assert frames.statements().empty


def test_each_way_to_read_a_target_has_its_verdict(opened):
    awards = [figure(f"kip_recognised{name}", 2023, value, "products", "src_001") for name, value in COUNTED.items()]
    goal = figure("kip_recognised_total", 2023, 100, "products", "src_001", kind="level", plan_start="2021-01-01")
    ways = [
        {"target_id": goal["target_id"], "indicator_id": f"kip_recognised{name}", "counts_en": name, "counts_vi": name}
        for name in COUNTED
    ]
    found = opened(observations=awards, targets=[goal], readings=ways).readings("kip_recognised_total")
    assert list(found) == [*READINGS, "verdict"]
    assert found[["indicator_id", "counts", "verdict"]].values.tolist() == [
        ["kip_recognised_total", "_total", "target met"],
        ["kip_recognised_in_force", "_in_force", "target missed"],
    ]


def test_frames_are_in_the_language_that_is_asked_for(frames):
    vietnamese = promotion_book.open("lang_moi", 2023, language="vi").series("ocop_total")
    assert vietnamese[["shown", "standing"]].values.tolist() == [["1.000", "thực hiện"], ["1.500", "ước tính"]]


def test_an_indicator_without_figures_has_empty_frames_of_the_same_columns(frames):
    empty = [ask("handicraft_exports") for ask in (frames.series, frames.targets, frames.readings)]
    assert [len(frame) for frame in empty] == [0, 0, 0]
    assert [next(iter(frame)) for frame in empty] == ["indicator_id", "target_id", "target_id"]


@pytest.mark.parametrize("method", ["series", "figures", "parts", "areas", "targets", "statements", "readings"])
def test_the_columns_of_a_frame_have_the_same_types_with_rows_and_without(opened, method):
    star = figure("ocop_four_star", 2022, 12, "products", "src_001")
    district = figure("ocop_total", 2022, 4, "products", "src_001", area="ba_vi")
    goal = OCOP["targets"][0]
    way = {"target_id": goal["target_id"], "indicator_id": "ocop_total", "counts_en": "All.", "counts_vi": "Tất cả."}
    ask = getattr(opened(observations=[*OCOP["observations"], star, district], readings=[way]), method)
    full, empty = ask("ocop_total"), ask("handicraft_exports")
    assert (len(empty), len(full) > 0) == (0, True)
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)


def test_places_beside_are_read_as_known_on_the_same_day_and_as_what_they_were_then(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    put_place(tmp_path)
    put_place(tmp_path, "lang_cu")
    frames = promotion_book.open("lang_moi", "2023")
    assert [one.place for one in frames.beside("")] == ["Lang Moi", "Lang Cu"]
    other = frames.beside("lang_cu")[1]
    assert other.context.known.on == frames.context.known.on
    own, others = (one.series("handicraft_exports").drop(columns="source") for one in (frames, other))
    pd.testing.assert_frame_equal(others, own)


def test_a_source_of_another_place_leads_to_where_it_was_published(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    address = "https://example.org/exports"
    put_place(tmp_path, tables=TABLES | {"sources": [{**row, "address": address} for row in TABLES["sources"]]})
    frames = promotion_book.open("lang_moi", "2022")
    linked = frames.linked(frames.series("handicraft_exports"))
    assert list(linked["source"]) == [f'<a href="{address}" rel="external">Lang Moi Paper, 2023</a>']


def test_a_source_of_a_place_beside_names_its_place_whose_letters_are_of_its_own_sources(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    put_place(tmp_path)
    put_place(tmp_path, "lang_cu")
    own, other = promotion_book.open("lang_moi", "2022").beside("")
    labels = [list(one.series("handicraft_exports")["source"]) for one in (own, other)]
    assert labels == [["Lang Moi Paper, 2023"], ["Lang Moi Paper, 2023 (Lang Cu)"]]


def test_the_indicators_say_how_many_figures_are_known(frames):
    assert frames.indicators.loc["ocop_total"].to_dict() == {
        "name": "OCOP products recognised so far",
        "definition": "Running total of graded products; a grade is valid for 36 months, so not all are still valid.",
        "programme_id": "ocop",
        "unit": "products",
        "figures": 2,
        "leads": True,
    }


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda frames: frames.series("ocop_totl"), "lang_moi has no indicator 'ocop_totl'; did you mean ocop_total?"),
        (lambda frames: frames.targets("still"), "lang_moi has no indicator 'still'; did you mean ocop_still_valid?"),
        (lambda frames: frames.series("ocop_total", area="hanio"), "lang_moi has no area 'hanio'; did you mean hanoi?"),
        (lambda frames: frames.series("ocop_total", scope="#"), "lang_moi has no scope '#'"),
        (
            lambda frames: frames.series("ocop_total", frequency="monthly"),
            "lang_moi has no frequency 'monthly'; there are year, half, quarter, month, months, years, day, span, open; "
            "did you mean month?",
        ),
        (
            lambda frames: frames.parts("ocop_total", "strs"),
            "lang_moi has no breakdown of ocop_total by 'strs'; there are star, group; did you mean star?",
        ),
        (
            lambda _: promotion_book.open("lang_mo", 2023),
            "no place 'lang_mo'; there are lang_moi; did you mean lang_moi?",
        ),
        (lambda _: promotion_book.open("lang_moi", 2023, language="fr"), "no language 'fr'; there are en, vi"),
        (lambda frames: frames.beside("lang_mo"), "no place 'lang_mo'; there are lang_moi; did you mean lang_moi?"),
        (
            lambda frames: frames.linked(pd.DataFrame({"source_id": ["src_01"]})),
            "lang_moi has no source 'src_01'; there are src_001, src_002; did you mean src_001?",
        ),
        (
            lambda _: promotion_book.open("Làng Mới", 2023),
            "no place 'Làng Mới'; there are lang_moi; did you mean lang_moi?",
        ),
    ],
)
def test_a_wrong_name_says_what_may_have_been_meant(frames, ask, message):
    with pytest.raises(UnknownNameError, match=f"^{re.escape(message)}$"):
        ask(frames)


@pytest.mark.parametrize("period", ["2031", 1990])
def test_a_period_of_which_nothing_is_known_says_which_editions_there_are(frames, period):
    with pytest.raises(ValueError, match=f"^nothing is known of {period} in lang_moi; its editions are none yet$"):
        promotion_book.open("lang_moi", period)


def test_frames_say_what_they_are_of_and_how_to_ask_them(frames):
    assert repr(frames) == (
        "<figures of lang_moi, 2023, public by 2024-03-31: "
        "indicators, series, figures, targets, parts, areas, readings, statements>"
    )


def test_the_package_imports_nothing_that_takes_long_until_it_is_used():
    told = "import sys, promotion_book; print(*sorted({'pandas', 'matplotlib', 'IPython'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_an_attribute_that_is_not_there_says_what_may_have_been_meant(frames):
    with pytest.raises(
        AttributeError, match=r"'promotion_book' has no attribute 'opne_page'; did you mean open_page\?$"
    ):
        _ = promotion_book.opne_page
    with pytest.raises(AttributeError, match=r"no 'seires' is here; did you mean series\?$"):
        _ = frames.seires


OPEN, SERIES_OF = (
    "(place, period, *, language='en')",
    "(indicator, *, area='', scope='', plans=False, frequency='year')",
)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda _: promotion_book.open(), f"missing a required argument: 'place'; allowed {OPEN}"),
        (lambda _: promotion_book.open("lang_moi", "2023", "en"), f"too many positional arguments; allowed {OPEN}"),
        (
            lambda frames: frames.series("ocop_total", aera="hanoi"),
            f"got an unexpected keyword argument 'aera'; did you mean area?; allowed {SERIES_OF}",
        ),
        (lambda frames: frames.series(["ocop_total"]), f"indicator is a text, and no list; allowed {SERIES_OF}"),
        (
            lambda frames: frames.targets("ocop_total", None),
            "indicators is a text, and no NoneType; allowed (*indicators)",
        ),
        (
            lambda frames: frames.targets(["ocop_total"]),
            "indicators is a text, and no list; put a star before it, which gives its texts one by one; allowed (*indicators)",
        ),
        (
            lambda frames: frames.series("ocop_total", plans="no"),
            f"plans is True or False, and no str; allowed {SERIES_OF}",
        ),
        (
            lambda _: promotion_book.open_page("ocop", None),
            "namespace is a dict, and no NoneType; allowed (name, namespace, tables=())",
        ),
        (
            lambda _: promotion_book.open_page("ocop", {}, tables="sources"),
            "tables is a list, and no str; allowed (name, namespace, tables=())",
        ),
    ],
)
def test_a_call_that_does_not_fit_says_what_is_wrong_and_what_is_taken(frames, ask, said):
    with pytest.raises(TypeError, match=f"^{re.escape(said)}$"):
        ask(frames)


def test_a_page_is_opened_by_the_parameters_of_its_edition():
    with pytest.raises(ParameterError, match=r"declare place, period, language above open_page$"):
        promotion_book.open_page("ocop", {})
