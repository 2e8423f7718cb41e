"""Where a stock goes at the pace so far, and the straight line that a target asks for."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import world

from promotion_book import scenarios, statistics
from promotion_book.scenarios.pace_ahead import Pace, pace_so_far
from promotion_book.statistics.refusal import Refused


def stock(*values: float, first: int = 2019) -> pd.DataFrame:
    years = range(first, first + len(values))
    ends = [pd.Timestamp(year, 12, 31) for year in years]
    return pd.DataFrame({"year": years, "end": pd.to_datetime(ends), "value": [float(value) for value in values]})


def targets(**changes: object) -> pd.DataFrame:
    usual = {"base_year": 2020.0, "base_value": None, "year": 2022, "value": 50.0, "low": None}
    return pd.DataFrame([usual | changes]).astype({"base_value": float, "low": float})


def test_each_year_adds_what_a_year_added_on_average_and_the_range_what_the_slowest_and_the_fastest_did():
    assert scenarios.at_pace_so_far(stock(10, 20, 40, first=2021)).values.tolist() == [
        [2023, 40, 40, 40],
        [2024, 50, 55, 60],
        [2025, 60, 70, 80],
    ]


def test_a_last_year_that_was_not_over_when_it_was_counted_is_no_part_of_the_average_nor_of_the_range():
    counted = stock(10, 20, 40, 43, first=2019)
    counted.loc[3, "end"] = pd.Timestamp(2022, 9, 30)
    ahead = scenarios.at_pace_so_far(counted)
    time = 273 / 365
    assert ahead.iloc[:2].values.ravel().tolist() == pytest.approx(
        [2022, 43, 43, 43, 2023, 43 + 10 * (2 - time), 43 + 15 * (2 - time), 43 + 20 * (2 - time)]
    )


def test_a_stretch_between_counts_is_measured_by_the_time_that_went_by_and_a_short_one_is_passed_over():
    counted = stock(10, 14, 14, 20, first=2019)
    counted["end"] = pd.to_datetime(["2017-12-31", "2019-12-31", "2020-03-31", "2022-12-31"])
    ahead = scenarios.at_pace_so_far(counted.assign(year=counted["end"].dt.year)).set_index("year")
    assert ahead.loc[2025].tolist() == pytest.approx([20 + 3 * 2, 20 + 3 * 2, 20 + 3 * 6 / (3 - 91 / 366)])


def test_the_first_half_of_a_year_shows_a_pace_as_the_second_does():
    counted = stock(10, 16, 20, 26, first=2020)
    counted["end"] = pd.to_datetime(["2020-12-31", "2021-06-30", "2021-12-31", "2022-12-31"])
    ahead = scenarios.at_pace_so_far(counted.assign(year=counted["end"].dt.year)).set_index("year")
    assert ahead.loc[2023].tolist() == pytest.approx([32, 26 + 16 / 2, 26 + 6 * 365 / 181])


def test_a_stock_of_the_last_year_of_a_plan_goes_to_the_end_of_the_next_one():
    assert scenarios.at_pace_so_far(stock(10, 20, 40, first=2023))["year"].tolist() == [
        2025,
        2026,
        2027,
        2028,
        2029,
        2030,
    ]


def test_two_figures_have_no_slowest_and_no_fastest_stretch():
    assert scenarios.at_pace_so_far(stock(10, 20)).empty
    assert scenarios.at_pace_so_far(stock()).empty


@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=12), st.integers(1990, 2030))
def test_the_average_lies_in_the_range(values, first):
    ahead = scenarios.at_pace_so_far(stock(*values, first=first))
    slack = 1e-6 * max(map(abs, values), default=0) + 1e-9
    assert (ahead["slowest"] <= ahead["value"] + slack).all()
    assert (ahead["value"] <= ahead["fastest"] + slack).all()


def test_the_path_to_a_target_is_straight_from_the_figure_of_its_base():
    path = statistics.required_path(stock(10, 20, 25), targets())
    assert path.values.tolist() == [[2020, 20], [2021, 35], [2022, 50]]


def test_a_base_that_the_source_prints_comes_before_the_figure_and_a_range_counts_by_its_low_end():
    path = statistics.required_path(stock(10, 20, 25), targets(base_value=22.0, low=42.0))
    assert path["value"].tolist() == [22, 32, 42]


def test_a_target_without_a_base_has_no_path():
    assert statistics.required_path(stock(10, 20), targets(base_year=math.nan)).empty
    assert statistics.required_path(stock(10, first=2010), targets()).empty


def test_the_first_round_of_a_programme_is_no_part_of_the_pace_of_a_year_nor_of_its_running_total(package):
    row = {"unit": "products", "source_id": "src_001"}
    done = [
        row | {"indicator_id": "kip_recognised", "period": year, "value": value}
        for year, value in {"2018": 61.0, "2019": 30.0, "2020": 26.0, "2021": 46.0}.items()
    ]
    known = world(package, [], done).known
    found = {
        indicator: pace_so_far(known, indicator, anew=anew)
        for indicator, anew in {"kip_recognised": True, "kip_recognised_total": False}.items()
    }
    assert found == {"kip_recognised": Pace(34, 2019, 2021), "kip_recognised_total": Pace(34, 2018, 2021)}


def test_a_running_total_that_begins_after_the_first_round_begins_at_zero(package):
    row = {"indicator_id": "kip_recognised", "unit": "products", "source_id": "src_001"}
    done = [row | {"period": str(year), "value": value} for year, value in ((2020, 26.0), (2021, 46.0), (2022, 34.0))]
    known = world(package, [], done).known
    assert pace_so_far(known, "kip_recognised_since_2021", anew=False) == Pace(40, 2020, 2022)


@pytest.mark.parametrize(
    ("indicator", "unit", "figures", "pace"),
    [
        ("kip_recognised", "products", {"2017": 99.0, "2019": 30.0, "2020": 26.0, "2021": 46.0}, Pace(34, 2019, 2021)),
        ("exports_growth", "percent", {"2017": 99.0, "2019": 0.0, "2020": 44.0}, Pace(20, 2019, 2020)),
    ],
    ids=["amounts", "rates of growth"],
)
def test_what_a_year_brings_is_the_mean_of_the_years_back_to_the_first_gap(package, indicator, unit, figures, pace):
    row = {"indicator_id": indicator, "unit": unit, "source_id": "src_001"}
    done = [row | {"period": year, "value": value} for year, value in figures.items()]
    assert pace_so_far(world(package, [], done).known, indicator, anew=True) == pace


def test_a_year_that_follows_a_gap_gives_no_pace_alone(package):
    row = {"indicator_id": "kip_recognised", "unit": "products", "source_id": "src_001"}
    done = [row | {"period": year, "value": 30.0} for year in ("2018", "2019", "2021")]
    with pytest.raises(Refused, match="pace_not_assessable"):
        pace_so_far(world(package, [], done).known, "kip_recognised", anew=True)


EXPORTED = {"2020": 100.0, "2021": 95.0, "2022": 114.95, "2023": 114.95}


def exports_pace(package, growth: dict[str, float], older: dict[str, float] | None = None) -> Pace:
    """The pace of a growth that is printed beside amounts, and in an older source otherwise."""
    rate = {"indicator_id": "exports_growth", "unit": "percent", "source_id": "src_001"}
    level = {"indicator_id": "exports", "unit": "usd", "source_id": "src_001"}
    printed = ((rate, growth), (rate | {"known_on": pd.Timestamp(2000, 1, 1)}, older or {}), (level, EXPORTED))
    done = [row | {"period": year, "value": value} for row, figures in printed for year, value in figures.items()]
    return pace_so_far(world(package, [], done).known, "exports_growth", anew=True)


def test_a_growth_that_is_not_that_of_the_published_amounts_is_no_part_of_a_pace_nor_is_what_lies_before_it(package):
    growth = {"2019": 50.0, "2020": 50.0, "2021": 5.0, "2022": 21.0, "2023": 0.0}
    assert exports_pace(package, growth) == Pace(10, 2022, 2023)


def test_a_last_growth_that_is_not_that_of_the_published_amounts_shows_no_pace(package):
    with pytest.raises(Refused, match="no_fit"):
        exports_pace(package, {"2022": 20.0, "2023": 5.0})


def test_a_growth_that_does_not_lead_may_be_another_one_than_that_of_the_published_amounts(package):
    growth = {"2021": -5.0, "2022": 21.0, "2023": 0.0}
    assert exports_pace(package, growth, {"2022": 2.0}) == exports_pace(package, growth)


def test_a_base_that_is_the_last_figure_shows_no_pace_of_its_own(package):
    row = {"indicator_id": "ocop_total", "unit": "products", "source_id": "src_001"}
    done = [
        row | {"period": year, "value": value} for year, value in {"2020": 10.0, "2021": 15.0, "2022": 30.0}.items()
    ]
    known = world(package, [], done).known
    found = [pace_so_far(known, "ocop_total", anew=False, bases=bases) for bases in ([2022], [2021, 2022])]
    assert found == [Pace(10, 2020, 2022), Pace(15, 2021, 2022)]


def test_of_two_counts_the_last_one_shows_a_pace_though_its_year_was_not_over(package):
    row = {"indicator_id": "ocop_total", "unit": "products", "source_id": "src_001"}
    done = [row | {"period": day, "value": value} for day, value in {"2021-12-31": 10.0, "2022-09-30": 19.0}.items()]
    pace = pace_so_far(world(package, [], done).known, "ocop_total", anew=False)
    assert pace == Pace(pytest.approx(9 / (273 / 365)), 2021, 2022)
