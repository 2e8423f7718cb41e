"""How often targets were reached: counted by kind, with a share only where enough of them have an outcome."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import world

from promotion_book.facts.rows import records
from promotion_book.statistics.statuses import CLASSES
from promotion_book.statistics.targets_reached import targets_over, targets_reached


def targets(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["kind", "status"])


def test_reached_and_missed_are_counted_by_kind_and_together():
    done = [("flow", "met")] * 4 + [("flow", "missed"), ("level", "met"), ("level", "not_assessable")]
    rows = records(targets_reached(targets(*done)).drop(columns="reason"))
    assert [(row["kind"], row["targets"], row["judged"], row["reached"]) for row in rows] == [
        ("level", 2, 1, 1),
        ("flow", 5, 5, 4),
        ("all", 7, 6, 5),
    ]
    assert [row["share"] for row in rows][1:] == [0.8, pytest.approx(5 / 6)]


def test_a_share_of_fewer_than_five_targets_is_refused():
    (row, _) = records(targets_reached(targets(*[("flow", "met")] * 4)))
    assert (row["judged"], row["reason"]) == (4, "too_few_figures")


@given(st.lists(st.tuples(st.sampled_from(["flow", "level", "growth"]), st.sampled_from(CLASSES)), max_size=30))
def test_the_kinds_add_up_to_all(rows):
    *kinds, everything = records(targets_reached(targets(*rows)))
    for name in ("targets", "judged", "reached"):
        assert sum(row[name] for row in kinds) == everything[name]


def test_only_targets_that_are_over_count_and_statements_of_one_target_once(package):
    shared = {"indicator_id": "handicraft_new_designs", "kind": "flow", "path": "per_period", "source_id": "src_001"}
    wanted = [("2019", 300.0), ("2020", 300.0), ("2023", 300.0), ("2009", 300.0)]
    rows = [shared | {"period": period, "value": value} for period, value in wanted]
    rows.append(shared | {"period": "2020", "value": 310.0, "source_id": "seed_002"})
    done = [shared | {"period": "2020", "value": 320.0}]
    known = world(package, rows, done, until=date(2022, 12, 31)).known
    assert sorted(targets_over(known, since=2010)[["status", "statements"]].to_numpy().tolist()) == [
        ["met", 2],
        ["not_assessable", 1],
    ]
