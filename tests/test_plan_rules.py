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
