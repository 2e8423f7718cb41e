"""Figures of an area are compared within its days."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.areas import in_its_territory


def test_figures_from_before_the_first_day_of_an_area_are_not_compared_with_later_ones():
    areas = pd.DataFrame({"area_id": ["hanoi"], "valid_from": [pd.Timestamp(2008, 8, 1)]})
    figures = pd.DataFrame({"period_end": [pd.Timestamp(2007, 12, 31), pd.Timestamp(2008, 12, 31)]})
    assert list(in_its_territory(figures, areas, area="hanoi").index) == [1]
    assert list(in_its_territory(figures, areas, area="elsewhere").index) == [0, 1]
