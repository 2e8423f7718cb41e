"""A target that is over has an outcome, or a row says where one was searched for; no search is of what was found."""

from __future__ import annotations

from datetime import date

import pytest
from small_tables import found, tables

from promotion_book.facts.rules.outcome_rules import (
    outcomes_are_known,
    outcomes_that_are_there_need_no_search,
)

SEARCH = {"programme_id": "crafts", "indicator_id": "jobs", "period": "2022", "searched_en": "In the press."}
TODAY = date(2023, 1, 1)
NOTE = [("targets.csv", 2, "period", "no-outcome")]
STALE = [("searches.csv", 2, "period", "stale")]
JOBS = {"indicator_id": "jobs"}
LEARNERS = {"indicator_id": "learners"}
EARLIER = {"period": "2021", "period_start": "2021-01-01", "period_end": "2021-12-31"}
MAY = {"period": "2022-05", "period_start": "2022-05-01", "period_end": "2022-05-31"}


def test_a_target_that_is_over_without_an_outcome_or_a_search_is_noted():
    assert found(outcomes_are_known, TODAY, indicators=[JOBS], targets=[{}]) == NOTE
    assert found(outcomes_are_known, TODAY, indicators=[JOBS], targets=[{}], searches=[SEARCH]) == []
    assert (
        found(outcomes_are_known, TODAY, indicators=[JOBS], targets=[{}], searches=[SEARCH | {"period": "2021"}])
        == NOTE
    )


def test_the_note_refuses_nothing():
    assert [finding.note for finding in outcomes_are_known(tables(TODAY, indicators=[JOBS], targets=[{}]))] == [True]


@pytest.mark.parametrize(
    "rows",
    [
        {"targets": [{"period_end": "2023-01-01"}]},
        {"targets": [{"superseded_by": "t2"}]},
        {"targets": [{"area": "vietnam"}], "areas": [{"area_id": "vietnam", "level": "country"}]},
    ],
    ids=["not over yet", "replaced by another", "of the whole country"],
)
def test_other_targets_need_no_outcome(rows):
    assert found(outcomes_are_known, TODAY, indicators=[JOBS], **rows) == []


def test_of_the_targets_of_an_indicator_the_last_one_is_noted():
    assert found(outcomes_are_known, TODAY, indicators=[JOBS], targets=[{}, EARLIER | {"target_id": "t2"}]) == NOTE


@pytest.mark.parametrize(
    ("figure", "measured", "outcome"),
    [
        ({}, "during", True),
        (MAY, "during", False),
        (MAY, "at", True),
        (EARLIER, "at", False),
        ({"status": "plan"}, "during", False),
        ({"scope": "turns"}, "during", False),
        ({"area": "vietnam"}, "during", False),
        (LEARNERS, "during", False),
    ],
)
def test_an_outcome_is_a_figure_of_what_the_target_wants_and_when_it_wants_it(figure, measured, outcome):
    rows = {"indicators": [JOBS | {"measured": measured}, LEARNERS], "targets": [{}], "observations": [figure]}
    assert found(outcomes_are_known, TODAY, **rows) == ([] if outcome else NOTE)
    assert found(outcomes_that_are_there_need_no_search, searches=[SEARCH], **rows) == (STALE if outcome else [])


@pytest.mark.parametrize(
    "rows",
    [
        {"indicators": [JOBS, LEARNERS], "readings": [{"target_id": "t1", "indicator_id": "learners"}]},
        {"indicators": [JOBS | {"derivation": "total:learners:2022"}, LEARNERS]},
    ],
    ids=["a reading of the target", "what its indicator is derived from"],
)
def test_a_figure_of_what_the_target_may_count_is_an_outcome(rows):
    assert found(outcomes_are_known, TODAY, targets=[{}], observations=[LEARNERS], **rows) == []


@pytest.mark.parametrize("row", [{"indicator_id": "learners"}, {"period": "2021"}])
def test_a_search_for_the_outcome_of_no_target_is_stale(row):
    rows = {"indicators": [JOBS, LEARNERS], "targets": [{}], "searches": [SEARCH | row]}
    assert found(outcomes_that_are_there_need_no_search, **rows) == STALE


def test_a_search_for_a_plan_is_none_for_an_outcome():
    plan = SEARCH | {"indicator_id": "", "period": ""}
    assert found(outcomes_that_are_there_need_no_search, indicators=[JOBS], searches=[plan]) == []
