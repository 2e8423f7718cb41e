"""Acts without a day, in the wrong order or unknown are found, and measures without a period or half a proof."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rows import keys_of
from promotion_book.facts.rules.plan_rules import (
    acts_are_for_programmes,
    programmes_have_a_future,
)
from promotion_book.facts.rules.relation_rules import nothing_leads_to_itself


def act(name: str, signed: str = "2020", **rest: str) -> dict[str, str]:
    return {"act_id": name, "signed": signed, "source_id": "src_001", **rest}


def measure(**rest: str) -> dict[str, str]:
    return {"measure_id": "media", "period": "2020", **rest}


@pytest.mark.parametrize("signed", ["2020-H1", "January 2020", "2020-13", "2018-2020"])
def test_an_act_that_bears_no_day_month_or_year_is_found(signed):
    assert found("legal_acts:signed", legal_acts=[act("decree", signed)]) == [("legal_acts.csv", 2, "signed", "period")]


@pytest.mark.parametrize("signed", ["2020-05-21", "2020-05", "2020", ""])
def test_a_day_a_month_a_year_and_an_unknown_day_are_possible(signed):
    assert found("legal_acts:signed", legal_acts=[act("decree", signed)]) == []


def test_an_act_signed_after_the_page_that_tells_of_it_is_found():
    sources = [{"source_id": "src_001", "published_on": "2019-12-31"}]
    assert found("legal_acts:signed", legal_acts=[act("decree")], sources=sources) == [
        ("legal_acts.csv", 2, "signed", "order")
    ]


def test_an_act_replaced_by_an_older_one_is_found():
    acts = [act("new", "2020-02-01", replaced_by="old"), act("old", "2020-01")]
    assert found("legal_acts:replaced_by", legal_acts=acts) == [("legal_acts.csv", 2, "replaced_by", "order")]


def test_an_act_replaced_in_the_same_month_or_by_one_of_an_unknown_day_is_possible():
    acts = [act("a", "2020-02-10", replaced_by="b"), act("b", "2020-02", replaced_by="c"), act("c", "")]
    assert found("legal_acts:replaced_by", legal_acts=acts) == []


def test_acts_that_replace_each_other_are_found():
    acts = [act("a", replaced_by="b"), act("b", replaced_by="a")]
    assert [line for _, line, _, _ in found(nothing_leads_to_itself, legal_acts=acts)] == [2, 3]


def test_an_act_of_a_programme_that_is_not_there_is_found():
    programmes, acts = [{"programme_id": "crafts"}], [act("decree", programmes="crafts; fairs")]
    assert found(acts_are_for_programmes, programmes=programmes, legal_acts=acts) == [
        ("legal_acts.csv", 2, "programmes", "dangling-key")
    ]


def test_the_keys_of_a_cell_stand_between_semicolons():
    assert keys_of("decree_45; plan_9;") == ["decree_45", "plan_9"]


def test_a_measure_for_no_period_is_found():
    assert found(":period:period", measures=[measure(period="soon")]) == [("measures.csv", 2, "period", "period")]


@pytest.mark.parametrize("half", [{"evidence_en": "It was held."}, {"evidence_source_id": "src_001"}])
def test_evidence_without_its_source_and_a_source_without_evidence_are_found(half):
    assert found("measures:evidence", measures=[measure(**half)]) == [
        ("measures.csv", 2, "evidence_source_id", "evidence")
    ]


def test_a_measure_of_which_nothing_was_found_is_possible():
    assert found("measures:evidence", measures=[measure()]) == []


LAST = {"release_calendar": [{"period": "2024", "cut_off": "2025-03-31"}, {"period": "2025", "cut_off": "2026-03-31"}]}
CRAFTS = {"programme_id": "crafts", "role": "programme"}
LATER = {"period": "2030", "period_start": "2030-01-01", "period_end": "2030-12-31"}


def future(published: str = "2023-02-01", role: str = "programme", **rows: list[dict[str, str]]) -> list[str]:
    """What is found of one programme with one indicator and a figure, whose last edition is that of 2025."""
    shared = {"programmes": [CRAFTS | {"role": role}], "indicators": [{"indicator_id": "jobs"}]}
    sources = [{"source_id": "src_001", "published_on": published}]
    given = {"observations": [{}], **shared, **LAST, **rows}
    return [where[3] for where in found(programmes_have_a_future, sources=sources, **given)]


def test_a_programme_without_a_target_after_the_last_edition_is_found():
    assert future(targets=[{"period_end": "2025-12-31"}]) == ["no-future"]


def test_a_programme_of_which_nothing_is_told_needs_no_future():
    assert future(observations=[]) == []


@pytest.mark.parametrize(
    "rows",
    [
        {"targets": [LATER]},
        {"observations": [LATER | {"status": "plan"}]},
        {"scenarios": [{"indicator_id": "jobs", "until": "2030", "source_id": "src_001"}]},
        {"scenarios": [{"indicator_id": "jobs", "until": "2026", "author_en": "An analyst"}]},
    ],
)
def test_a_target_a_planned_figure_and_a_scenario_lead_on(rows):
    assert future(**rows) == []


def test_what_became_public_after_the_last_edition_leads_nowhere():
    assert future("2026-04-01", targets=[LATER]) == ["no-future"]


def test_a_search_without_result_answers_and_is_stale_once_a_target_is_there():
    searches = [{"programme_id": "crafts", "searched_en": "Nothing was found."}]
    assert future(searches=searches) == []
    assert future(searches=searches, targets=[LATER]) == ["stale"]


def test_a_programme_of_rules_needs_no_future():
    assert future(role="rules") == []


@pytest.mark.parametrize(("published", "right"), [("2022-01-01", True), ("2021-12-31", False)])
def test_evidence_of_before_a_measure_is_found(published, right):
    rows = [{"period": "2022", "evidence_source_id": "src_001", "evidence_en": "Done."}]
    told = found("measures:evidence", measures=rows, sources=[{"source_id": "src_001", "published_on": published}])
    assert told == ([] if right else [("measures.csv", 2, "evidence_source_id", "order")])


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("Nghị định số 45/2012/NĐ-CP về khuyến công", True),
        ("Nghị định số 54/2012/NĐ-CP về khuyến công", False),
        ("Nghị định số 45/2012/NĐ-CP sửa đổi Nghị định số 1/2010/NĐ-CP", True),
        ("Nghị định về số liệu khuyến công", True),
    ],
)
def test_a_title_with_the_number_of_another_act_is_found(title, right):
    told = found("legal_acts:title_vi", legal_acts=[{"number": "45/2012/NĐ-CP", "title_vi": title}])
    assert told == ([] if right else [("legal_acts.csv", 2, "title_vi", "number")])
