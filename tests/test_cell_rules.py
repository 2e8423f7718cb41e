"""What single cells must be beyond their type."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.cell_rules import rates_of_exchange_are_above_zero

UNITS = [{"unit_id": "vnd_usd", "dimension": "rate"}, {"unit_id": "people", "dimension": "count"}]


def said(**cells: str) -> list[tuple[str, int, str, str]]:
    return found(rates_of_exchange_are_above_zero, units=UNITS, observations=[{"unit": "vnd_usd"} | cells])


@pytest.mark.parametrize("column", ["value", "low", "high"])
@pytest.mark.parametrize("rate", ["0", "-23160"])
def test_a_rate_of_exchange_that_is_not_above_zero_is_found(column, rate):
    assert said(**{column: rate}) == [("observations.csv", 2, column, "rate")]


def test_other_rates_and_figures_of_zero_are_fine():
    assert said(value="0.00004") == []
    assert said(value="0", unit="people") == []
