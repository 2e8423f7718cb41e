"""Which input moves a result most: ranges from what is known, bars in the order of their swings."""

from __future__ import annotations

import pytest
from worlds import world

from promotion_book.scenarios.sensitivity import growth_swings, readings
from promotion_book.statistics.growth_assumption import target_outlooks

EXPORTS, RATES = "handicraft_exports", "handicraft_exports_growth"
PERIODS = pytest.mark.parametrize("period", ["2020", "2024-H1", "2025"])
GOAL = {"indicator_id": EXPORTS, "period": "2025", "value": 400e6, "unit": "usd", "source_id": "src_029"}
FIGURE = {"indicator_id": EXPORTS, "period": "2020", "value": 200e6, "unit": "usd", "source_id": "src_001"}
WANTED = {"indicator_id": RATES, "period": "2023-2025", "value": 8, "unit": "percent", "source_id": "src_014"}


def outlooks(known, *rates):
    return [outlook for rate in rates or (0.05, 0.08, 0.09) for outlook in target_outlooks(known, EXPORTS, growth=rate)]


@PERIODS
def test_growth_its_first_year_and_the_start_have_the_ranges_that_are_known(known_in, period):
    known = known_in(period)
    found = growth_swings(known, EXPORTS, rates=RATES, outlooks=outlooks(known))
    assert found.to_dict("records") == [
        {
            **{"name": "growth", "low": 0.05, "base": 0.08, "high": 0.09, "sources": ()},
            **{"at_low": pytest.approx(192e6 * 1.05**7), "at_high": pytest.approx(192e6 * 1.09**7)},
            "swing": pytest.approx(80.82e6, rel=1e-4),
        },
        {
            **{"name": "first", "low": 2019, "base": 2019, "high": 2021},
            "sources": ("src_029", "seed_002", "seed_000", "src_061"),
            **{"at_low": pytest.approx(192e6 * 1.08**7), "at_high": pytest.approx(192e6 * 1.08**5)},
            "swing": pytest.approx(46.94e6, rel=1e-4),
        },
        {
            **{"name": "start", "low": 175e6, "base": 192e6, "high": 192e6, "sources": ("src_116", "src_038")},
            **{"at_low": pytest.approx(175e6 * 1.08**7), "at_high": pytest.approx(192e6 * 1.08**7)},
            "swing": pytest.approx(29.135e6, rel=1e-4),
        },
    ]


def test_a_reading_of_a_year_is_its_own_figure_or_a_yearly_one_around_it(package):
    around = [
        FIGURE,
        FIGURE | {"period": "2019-2020", "value": 180e6, "scope": "year_not_stated"},
        FIGURE | {"period": "2018-2022", "value": 210e6, "scope": "average_a_year"},
        FIGURE | {"period": "2019-2021", "value": 600e6},
        FIGURE | {"period": "2020", "value": 10e6, "scope": "distinct_firms"},
        FIGURE | {"period": "2020-9M", "value": 150e6},
        FIGURE | {"period": "2020", "value": 500e6, "status": "plan"},
        FIGURE | {"period": "2020", "value": 70e6, "area": "vietnam"},
        FIGURE | {"period": "2021", "value": 230e6},
    ]
    known = world(package, [GOAL], around).known
    assert sorted(readings(known, EXPORTS, 2020)["value"]) == [180e6, 200e6, 210e6]


def test_growth_begins_no_later_than_a_source_wants_it_and_no_earlier_than_after_the_start(package):
    earlier, later = WANTED | {"period": "2019-2025"}, WANTED | {"period": "2026-2030"}
    ranges = {}
    for name, wanted in {"none": [], "wanted": [WANTED], "earlier": [earlier], "other end": [later]}.items():
        known = world(package, [GOAL, *wanted], [FIGURE]).known
        found = growth_swings(known, EXPORTS, rates=RATES, outlooks=outlooks(known)).query("name == 'first'")
        ranges[name] = [*found[["low", "base", "high"]].itertuples(index=False, name=None)]
    assert ranges == {"none": [], "wanted": [(2021, 2021, 2023)], "earlier": [], "other end": []}


def test_where_nothing_has_a_range_there_is_nothing_to_say(package):
    known = world(package, [GOAL], [FIGURE]).known
    for none in (outlooks(known, 0.08, 0.08, 0.08), []):
        assert growth_swings(known, EXPORTS, rates=RATES, outlooks=none).empty
