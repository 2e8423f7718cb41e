"""Parts that do not add up to their whole, and growth that is not that of its figures, are conflicts."""

from __future__ import annotations

import pandas as pd
import pytest

from promotion_book.facts.conflicts import by_note, conflicts, in_order, lead, misfits, sums

INDICATORS = pd.DataFrame(
    [
        ("total", "flow", "", "", ""),
        ("food", "flow", "total", "group", ""),
        ("crafts", "flow", "total", "group", ""),
        ("stars", "flow", "total", "star", ""),
        ("total_growth", "growth", "", "", "growth:total:2010"),
        ("food_growth", "growth", "", "", ""),
    ],
    columns=["indicator_id", "kind", "part_of", "breakdown", "derivation"],
)
AREAS = pd.DataFrame({"area_id": ["hanoi", "north", "south"], "parent": ["", "hanoi", "hanoi"]})


def figures(*rows: tuple[str, float], **cells: object) -> pd.DataFrame:
    """Outcomes of 2022 of an indicator or, after a slash, of it in an area."""
    made = [
        {
            "indicator_id": name.partition("/")[0],
            "area": name.partition("/")[2] or "hanoi",
            "scope": "",
            "period": "2022",
            "period_start": pd.Timestamp(2022, 1, 1),
            "period_end": pd.Timestamp(2022, 12, 31),
            "value": value,
            "status": "actual",
            "source_type": "press",
            "checked": "confirmed",
            "known": pd.Timestamp(2023, 1, number + 1),
            "source_id": f"src_{number}",
        }
        | cells
        for number, (name, value) in enumerate(rows)
    ]
    return pd.DataFrame(made)


def names(groups: list[pd.DataFrame]) -> list[list[str]]:
    """Indicators and areas of each group: its first row, then the others in alphabetical order."""
    told = [list(group["indicator_id"] + "/" + group["area"]) for group in groups]
    return [[first, *sorted(others)] for first, *others in told]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("total", 10), ("food", 6), ("crafts", 4)], []),
        ([("total", 10), ("food", 6), ("crafts", 6)], [["total/hanoi", "crafts/hanoi", "food/hanoi"]]),
        ([("total", 10), ("food", 2), ("crafts", 2)], [["total/hanoi", "crafts/hanoi", "food/hanoi"]]),
        ([("total", 10), ("food", 2)], []),
        ([("total", 10), ("food", 6), ("stars", 6)], [["total/hanoi", "stars/hanoi"]]),
        ([("food", 6), ("crafts", 6)], []),
        ([("total", 1000), ("food", 505), ("crafts", 504)], []),
        ([("total", 10), ("total/north", 6), ("total/south", 5)], [["total/hanoi", "total/north", "total/south"]]),
        ([("total", 10), ("total/north", 6), ("total/south", 1)], []),
    ],
    ids=["they add up", "too much", "too little and all there", "not all there", "by another breakdown", "no whole",
         "rounded", "areas too large", "not all areas"],
)  # fmt: skip
def test_parts_that_do_not_add_up_are_found_with_their_whole(rows, expected):
    assert names(sums(figures(*rows), INDICATORS, areas=AREAS)) == expected


def test_what_stands_at_a_time_is_added_up_whenever_its_period_began():
    parts = [("food", 6.0, 2020), ("crafts", 6.0, 2021), ("total", 10.0, 2022)]
    rows = pd.concat(
        [figures((name, value), period_start=pd.Timestamp(year, 1, 1)) for name, value, year in parts],
        ignore_index=True,
    )
    stocks = INDICATORS.assign(kind="level")
    assert [len(sums(rows, kinds, areas=AREAS)) for kinds in (stocks, INDICATORS)] == [1, 0]


def test_a_plan_has_no_part_in_a_sum():
    assert sums(figures(("total", 10), ("food", 60), status="plan"), INDICATORS, areas=AREAS) == []


@pytest.mark.parametrize(("growth", "expected"), [(10.0, 0), (10.9, 0), (12.0, 1), (8.0, 1)])
def test_a_growth_that_is_not_that_of_its_figures_is_found(growth, expected):
    before = figures(("total", 100.0), period="2021", period_end=pd.Timestamp(2021, 12, 31))
    rows = pd.concat([before, figures(("total", 110.0), ("total_growth", growth))], ignore_index=True)
    found = misfits(rows, INDICATORS)
    assert [(lead(group).indicator_id, len(group)) for group in found] == [("total_growth", 3)] * expected


@pytest.mark.parametrize(("before", "growth", "expected"), [(5.0, -10.0, 1), (5.0, 2.0, 0), (5.99, -2.0, 0)])
def test_a_growth_at_other_prices_is_found_where_figures_of_its_name_go_the_other_way(before, growth, expected):
    past = figures(("food", before), period="2021", period_end=pd.Timestamp(2021, 12, 31))
    rows = pd.concat([past, figures(("food", 6.0), ("food_growth", growth))], ignore_index=True)
    assert [[*group["value"]] for group in misfits(rows, INDICATORS)] == [[before, 6.0, growth]] * expected


YEARS = {"2021-2022": (2021, 2022), "2021": (2021, 2021), "2022": (2022, 2022)}


def of_years(amounts: dict[str, float], **cells: object) -> pd.DataFrame:
    """Figures of one flow by the label of their years."""
    rows = [
        figures(
            ("food", value), period=label, period_start=pd.Timestamp(first, 1, 1), period_end=pd.Timestamp(last, 12, 31)
        )
        for label, value in amounts.items()
        for first, last in [YEARS[label]]
    ]
    return pd.concat(rows, ignore_index=True).assign(**cells)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ({"2021-2022": 10, "2021": 4, "2022": 6}, []),
        ({"2021-2022": 10, "2021": 4}, []),
        ({"2021-2022": 10, "2021": 4, "2022": 4}, [[4, 4, 10]]),
        ({"2021-2022": 10, "2022": 11}, [[11, 10]]),
    ],
    ids=["they add up", "a year is missing", "less than the years together", "an average of the years"],
)
def test_years_that_cannot_be_those_of_a_figure_of_several_are_found_with_it(amounts, expected):
    found = sums(of_years(amounts), INDICATORS, areas=AREAS)
    assert ([[*group["value"]] for group in found], [lead(group).period for group in found]) == (
        expected,
        ["2021-2022"] * len(expected),
    )


def test_what_was_counted_of_several_years_so_far_may_be_less_than_their_years():
    assert sums(of_years({"2021-2022": 10, "2022": 11}, status="to_date"), INDICATORS, areas=AREAS) == []


def test_a_growth_is_set_against_the_figures_of_its_own_area_alone():
    before = figures(("total", 100.0), ("total/north", 100.0), period="2021", period_end=pd.Timestamp(2021, 12, 31))
    after = figures(("total", 110.0), ("total/north", 200.0), ("total_growth", 20.0), ("total_growth/north", 20.0))
    found = misfits(pd.concat([before, after], ignore_index=True), INDICATORS)
    assert [[*group["area"]] for group in found] == [["hanoi"] * 3, ["north"] * 3]


def test_a_growth_without_a_figure_of_the_year_before_fits():
    of_part = figures(("total", 100.0), period="2021", scope="women")
    rows = pd.concat([of_part, figures(("total", 110.0), ("total_growth", 50.0))], ignore_index=True)
    assert misfits(rows, INDICATORS) == []


def test_what_one_note_explains_is_one_conflict_that_has_each_figure_once():
    before = figures(("total", 100.0), period="2021", period_end=pd.Timestamp(2021, 12, 31))
    growth = figures(("total", 110.0), ("total_growth", 12.0), ("total_growth", 14.0))
    rows = pd.concat([before, growth], ignore_index=True).assign(unit="percent")
    found = [*conflicts(rows), *misfits(rows, INDICATORS)]
    told_as = [[("total_growth", 14.0), ("total_growth", 12.0), ("total", 110.0), ("total", 100.0)]]
    assert [
        list(in_order(group)[["indicator_id", "value"]].itertuples(index=False, name=None)) for group in by_note(found)
    ] == told_as


def test_figures_and_targets_of_one_period_are_two_conflicts():
    rows = figures(("total", 10.0), ("total", 12.0)).assign(unit="products")
    groups = [*conflicts(rows), *conflicts(rows.assign(reading="at_least"))]
    assert [[*group["value"]] for group in by_note(groups)] == [[12.0, 10.0]] * 2
