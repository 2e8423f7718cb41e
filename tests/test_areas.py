"""Figures of an area are compared within its days, and an area is told to be new for some years."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from promotion_book.facts.areas import formed_lately, in_its_territory


def test_figures_from_before_the_first_day_of_an_area_are_not_compared_with_later_ones():
    areas = pd.DataFrame({"area_id": ["hanoi"], "valid_from": [pd.Timestamp(2008, 8, 1)]})
    figures = pd.DataFrame({"period_end": [pd.Timestamp(2007, 12, 31), pd.Timestamp(2008, 12, 31)]})
    assert list(in_its_territory(figures, areas, area="hanoi").index) == [1]
    assert list(in_its_territory(figures, areas, area="elsewhere").index) == [0, 1]


@pytest.mark.parametrize(("until", "lately"), [(date(2030, 6, 30), True), (date(2030, 7, 1), False)])
def test_an_area_that_followed_another_one_was_formed_lately_until_the_years_of_a_plan_are_over(until, lately):
    formed = pd.Timestamp(2025, 7, 1)
    areas = pd.DataFrame({"area_id": ["new"], "valid_from": [formed], "predecessor": ["old"]})
    assert formed_lately(areas, "new", until=until) == (formed if lately else None)
