"""The error of a projection is split into revised data, level and trend, and means are refused where pairs are few."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from promotion_book.facts.rows import records
from promotion_book.scenarios.error_parts import ENOUGH, PARTS, error_parts, mean_parts

COLUMNS = ["period", "indicator_id", "origin_year", "target_year", "years_ahead", "value", "naive", "outcome"]


def scored(*rows: tuple[int, float, float], naive: float = 100.0, period: str = "2020") -> pd.DataFrame:
    """Pairs of one projection from 2020: years ahead, projection, outcome."""
    told = [(period, "jobs", 2020, 2020 + ahead, ahead, value, naive, came) for ahead, value, came in rows]
    return pd.DataFrame(told, columns=COLUMNS).assign(kind="level", way="projected", cut_off=pd.Timestamp(2021, 3, 31))


def now(figure: float = 100.0) -> pd.DataFrame:
    """What is known now of the year from which the projection started."""
    return pd.DataFrame([("jobs", 2020, figure)], columns=["indicator_id", "target_year", "outcome"])


def test_a_path_that_starts_too_low_is_off_by_its_level_and_one_that_bends_by_its_trend():
    parts = error_parts(scored((1, 100, 110), (2, 100, 125)), now())
    assert parts[PARTS].round(9).to_numpy().tolist() == [[0, 0.1, 0], [0, 0.1, 0.15]]


def test_a_revised_start_explains_what_it_moved():
    (row,) = records(error_parts(scored((1, 105, 115)), now(110.0)))
    assert [round(row[name], 9) for name in ("error", *PARTS)] == [0.1, 0.1, 0, 0]


def test_a_pair_whose_first_year_never_came_cannot_be_split():
    assert error_parts(scored((2, 100, 125)), now()).empty


def test_a_pair_of_whose_start_nothing_is_known_now_cannot_be_split():
    assert error_parts(scored((1, 100, 110)), now().assign(target_year=2019)).empty


NUMBERS = st.floats(-1e6, 1e6)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=5), st.floats(1, 1e6), NUMBERS)
def test_the_parts_add_up_to_the_error(path, naive, figure):
    rows = [(ahead, value, came) for ahead, (value, came) in enumerate(path, start=1)]
    parts = error_parts(scored(*rows, naive=naive), now(figure))
    assert parts[PARTS].sum(axis=1).to_numpy() == pytest.approx(parts["error"].to_numpy(), rel=1e-6, abs=1e-3)


@pytest.mark.parametrize(("pairs", "given"), [(ENOUGH - 1, 0), (ENOUGH, 1)])
def test_a_mean_of_few_pairs_is_refused(pairs, given):
    parts = pd.concat([error_parts(scored((1, 100, 110), period=str(n)), now()) for n in range(pairs)])
    (row,) = records(mean_parts(parts))
    assert (row["pairs"], int(pd.notna(row["error"]))) == (pairs, given)
