"""An indicator of the kind ratio: one figure over another of the same period, derived and never averaged."""

from __future__ import annotations

import pandas as pd
import pytest
from small_tables import found

from builders import yearly
from promotion_book.facts.derivations import derive_of_two
from promotion_book.facts.rules.figure_rules import indicators_hang_together
from promotion_book.facts.rules.relation_rules import nothing_leads_to_itself

NONE = yearly((2020, 1.0)).head(0)


def values(rows: pd.DataFrame) -> dict[str, tuple[float, str]]:
    return {row.period: (row.value, row.status) for row in rows.itertuples()}


def test_a_ratio_has_the_periods_of_which_both_figures_are_known():
    tops, bottoms = yearly((2021, 6.0), (2022, 9.0)), yearly((2022, 6.0), (2023, 4.0))
    assert values(derive_of_two(NONE, tops, others=bottoms, kind="ratio")) == {"2022": (1.5, "derived")}


def test_a_ratio_of_an_estimate_is_an_estimate():
    tops, bottoms = yearly((2022, 9.0)), yearly((2022, 6.0), status="estimate")
    assert values(derive_of_two(NONE, tops, others=bottoms, kind="ratio")) == {"2022": (1.5, "derived_estimate")}


def test_a_printed_ratio_stays_and_a_denominator_of_zero_gives_none():
    tops, bottoms = yearly((2021, 6.0), (2022, 9.0)), yearly((2021, 3.0), (2022, 0.0))
    assert values(derive_of_two(yearly((2021, 2.1)), tops, others=bottoms, kind="ratio")) == {"2021": (2.1, "actual")}


def test_both_figures_of_a_ratio_are_indicators():
    rows = [{"indicator_id": "jobs"}, {"indicator_id": "r", "kind": "ratio", "derivation": "ratio:jobs:firms"}]
    assert found(indicators_hang_together, indicators=rows) == [("indicators.csv", 3, "derivation", "dangling-key")]


@pytest.mark.parametrize("derivation", ["ratio:r:jobs", "ratio:jobs:r"])
def test_a_ratio_of_itself_is_found(derivation):
    rows = [{"indicator_id": "r", "kind": "ratio", "derivation": derivation}]
    assert found(nothing_leads_to_itself, indicators=rows) == [("indicators.csv", 2, "derivation", "circle")]
