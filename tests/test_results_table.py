"""The results table: plan, done, the same period of the year before, since the start of a plan, and what is left."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import world

from promotion_book.facts import parse
from promotion_book.statistics.results_table import (
    FIGURES,
    PLANS,
    content_items,
    figure_behind,
    labels_since,
    last_day,
    results_table,
)

NOTHING = float("nan")


def figures(kind: str, **values: float | tuple[float, float]) -> pd.DataFrame:
    """Figures of one indicator by period, `y2024=9` or `y2024_H1=4`; those of a ratio as what it is made of."""
    rows = []
    for label, value in values.items():
        top, bottom = value if isinstance(value, tuple) else (NOTHING, NOTHING)
        amount = top / bottom if isinstance(value, tuple) else value
        rows.append(("jobs", kind, label.removeprefix("y").replace("_", "-"), amount, False, top, bottom))
    return pd.DataFrame(rows, columns=FIGURES)


def plans(several: bool = False, **values: float) -> pd.DataFrame:
    """Plans of one indicator by period."""
    rows = [("jobs", label.removeprefix("y").replace("_", "-"), value, several) for label, value in values.items()]
    return pd.DataFrame(rows, columns=PLANS)


def told(done: pd.DataFrame, planned: pd.DataFrame, period: str) -> dict[str, object]:
    """What the table says of the one indicator, without what is missing."""
    row = results_table(done, planned, period=period).iloc[0]
    return {name: cell for name, cell in row.items() if pd.notna(cell) and cell != ""}


def test_done_stands_against_the_plan_and_the_same_period_of_the_year_before():
    assert told(figures("flow", y2024_H1=30, y2025_H1=36), plans(y2025_H1=30), "2025-H1") == {
        "indicator_id": "jobs",
        "plan_period": "2025-H1",
        "plan": 30,
        "done": 36,
        "rate": 1.2,
        "before": 30,
        "change": pytest.approx(0.2),
    }


@pytest.mark.parametrize("unsure", ["2024", "2025"])
def test_a_figure_on_which_sources_differ_gives_no_change(unsure):
    done = figures("flow", y2024=30, y2025=36)
    assert "change" not in told(done.assign(unsure=done["period"] == unsure), plans(), "2025")


def test_a_half_year_without_a_plan_of_its_own_stands_against_that_of_the_year():
    found = told(figures("flow", y2025_H1=10), plans(y2025=40), "2025-H1")
    assert (found["plan_period"], found["rate"]) == ("2025", 0.25)


def test_of_a_plan_over_years_it_says_what_was_done_since_its_start_and_what_is_left():
    found = told(figures("flow", y2020=99, y2021=10, y2022=20), plans(several=True, y2021_2025=100), "2022")
    assert [found[name] for name in ("several", "several_plan", "since_start", "left")] == ["2021-2025", 100, 30, 70]


def test_without_a_plan_of_the_period_the_share_is_that_of_the_plan_over_years():
    several = plans(several=True, y2021_2025=100)
    assert told(figures("flow", y2021=10, y2022=20), several, "2022")["rate"] == 0.3
    own = pd.concat([plans(y2022=25), several])
    assert told(figures("flow", y2021=10, y2022=20), own, "2022")["rate"] == 0.8
    assert told(figures("flow", y2021_2025=80), pd.concat([plans(y2025=25), several]), "2025")["rate"] == 0.8


def test_a_year_that_is_not_known_makes_the_sum_unknown_and_not_smaller():
    found = told(figures("flow", y2021=10, y2023=20), plans(several=True, y2021_2025=100), "2023")
    assert "since_start" not in found
    assert "left" not in found


def test_the_figure_of_a_source_for_all_years_counts_where_single_years_are_not_known():
    found = told(figures("flow", y2021_2025=80), plans(several=True, y2021_2025=100), "2025")
    assert (found["since_start"], found["left"]) == (80, 20)


@pytest.mark.parametrize(
    ("done", "period", "since"),
    [
        ({"y2021_2023": 50}, "2023", 50),
        ({"y2021_2022": 50, "y2023": 20}, "2023", 70),
        ({"y2021_2022": 50, "y2023_H1": 5}, "2023-H1", 55),
        ({"y2021": 10, "y2021_2022": 50, "y2022": 30, "y2023": 20}, "2023", 70),
    ],
)
def test_a_source_for_the_first_years_of_a_plan_counts_with_the_years_after_them(done, period, since):
    found = told(figures("flow", **done), plans(several=True, y2021_2025=100), period)
    assert (found["since_start"], found["left"]) == (since, 100 - since)


def test_a_source_for_years_that_go_on_or_are_over_does_not_say_what_was_done_so_far():
    goes_on = told(figures("flow", y2021=10, y2022=20, y2021_2025=80), plans(several=True, y2021_2025=100), "2022")
    over = told(figures("flow", y2019_2020=50, y2022=20), plans(), "2022")
    assert (goes_on["since_start"], over.get("several")) == (30, None)


def test_nothing_is_left_of_a_plan_that_is_passed():
    assert told(figures("flow", y2021=120), plans(several=True, y2021_2025=100), "2021")["left"] == 0


def test_what_stands_at_a_time_is_not_added_up():
    found = told(figures("level", y2021=40, y2022=50), plans(several=True, y2021_2025=100), "2022")
    assert (found["since_start"], found["left"]) == (50, 50)


def test_a_ratio_over_years_is_a_ratio_of_sums_and_not_a_mean():
    found = told(figures("ratio", y2021=(10, 10), y2022=(10, 40)), plans(several=True, y2021_2025=1), "2022")
    assert found["since_start"] == pytest.approx(20 / 50)


def test_a_share_of_one_year_is_not_that_of_the_years_since_the_start():
    found = told(figures("share", y2021=40, y2022=50), plans(several=True, y2021_2025=60), "2022")
    assert {"since_start", "left", "rate"} & set(found) == set()


@pytest.mark.parametrize(("kind", "missing"), [("growth", {"rate", "change"}), ("share", {"change"})])
def test_a_percentage_has_no_change_and_a_growth_no_rate(kind, missing):
    found = told(figures(kind, y2024=6.5, y2025=8.2), plans(y2025=8), "2025")
    assert {"rate", "change"} - set(found) == missing


def test_a_plan_of_zero_has_no_rate():
    assert "rate" not in told(figures("flow", y2025=3), plans(y2025=0), "2025")


def test_an_indicator_with_a_plan_alone_has_a_row():
    assert told(figures("flow"), plans(y2025=30), "2025") == {
        "indicator_id": "jobs",
        "plan_period": "2025",
        "plan": 30,
    }


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("2023", ["2021", "2022", "2023"]),
        ("2022-H2", ["2021", "2022-H1", "2022-H2"]),
        ("2022-Q2", ["2021", "2022-Q1", "2022-Q2"]),
        ("2022-9M", ["2021", "2022-9M"]),
    ],
)
def test_the_periods_since_a_year_are_whole_years_and_parts_of_the_last_one(label, parts):
    assert labels_since(2021, parse(label)) == parts


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=5), st.integers(0, 5000))
def test_what_is_done_and_what_is_left_make_the_plan_unless_it_is_passed(amounts, total):
    done = figures("flow", **{f"y{2021 + n}": float(amount) for n, amount in enumerate(amounts)})
    found = told(done, plans(several=True, y2021_2025=total), str(2020 + len(amounts)))
    assert found["since_start"] + found["left"] == max(total, sum(amounts))


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), min_size=1, max_size=5))
def test_a_ratio_over_years_lies_between_those_of_its_years(parts):
    years = {f"y{2021 + n}": (float(top), float(bottom)) for n, (top, bottom) in enumerate(parts)}
    found = told(figures("ratio", **years), plans(several=True, y2021_2025=1), str(2020 + len(parts)))
    ratios = [top / bottom for top, bottom in parts]
    assert min(ratios) - 1e-9 <= found["since_start"] <= max(ratios) + 1e-9


def test_targets_of_each_year_and_of_all_years_are_plans(package):
    targets = [
        {"indicator_id": "machinery_establishments", "kind": "cumulative", "period": "2021-2022", "value": 70.0},
        {"indicator_id": "machinery_establishments", "kind": "flow", "period": "2021-2022", "value": 14.0},
    ]
    done = [{"indicator_id": "machinery_establishments", "period": "2021", "value": 12.0, "source_id": "src_001"}]
    known = world(package, [row | {"source_id": "src_001"} for row in targets], done).known
    items = content_items(known, ["machinery_establishments"])
    assert items[0][["period", "value"]].to_numpy().tolist() == [["2021", 12.0]]
    assert items[1].to_numpy().tolist() == [
        ["machinery_establishments", "2021-2022", 70.0, True],
        ["machinery_establishments", "2021", 14.0, False],
        ["machinery_establishments", "2022", 14.0, False],
    ]


@pytest.mark.parametrize(("read", "plans"), [("targets-0", 0), ("another", 1)])
def test_a_target_that_may_count_several_things_is_no_plan(package, read, plans):
    wanted = {"indicator_id": "ocop_total", "kind": "level", "unit": "products", "period": "2023", "value": 40.0}
    readings = pd.DataFrame([{"target_id": read, "indicator_id": "ocop_total"}])
    known = world(package, [wanted | {"source_id": "src_001"}], readings=readings).known
    assert len(content_items(known, ["ocop_total"])[1]) == plans


def test_of_a_plan_that_is_a_range_the_low_end_counts(package):
    planned = {"indicator_id": "ocop_total", "period": "2023", "low": 30.0, "high": 40.0, "status": "plan"}
    known = world(package, [], [planned | {"source_id": "src_001"}]).known
    assert content_items(known, ["ocop_total"])[1].to_numpy().tolist() == [["ocop_total", "2023", 30.0, False]]


def test_no_figure_is_behind_a_range(package):
    between = {"indicator_id": "ocop_total", "period": "2023", "low": 30.0, "high": 40.0, "source_id": "src_001"}
    assert figure_behind(world(package, [], [between]).known, "ocop_total", period="2023") is None


@pytest.mark.parametrize(
    ("indicator", "said", "unsure"),
    [
        ("kip_recognised", {"low": 9.0}, True),
        ("kip_recognised", {"high": 9.0}, True),
        ("kip_recognised", {"low": 9.0, "high": 9.0}, False),
        ("kip_recognised", {"status": "to_date", "known_on": pd.Timestamp(2023, 10, 31)}, True),
        ("ocop_total", {"status": "to_date", "known_on": pd.Timestamp(2023, 10, 31)}, False),
    ],
    ids=["over", "nearly", "about", "amount to date", "total to date"],
)
def test_a_bound_and_the_amount_of_a_part_of_a_year_are_unsure(package, indicator, said, unsure):
    row = {"indicator_id": indicator, "period": "2023", "value": 9.0, "source_id": "src_001"} | said
    assert [*content_items(world(package, [], [row]).known, [indicator])[0]["unsure"]] == [unsure]


@pytest.mark.parametrize(
    ("status", "kind", "day"),
    [
        ("to_date", "flow", "2023-10-31"),
        ("to_date", "cumulative", "2023-10-31"),
        ("derived", "flow", "2023-10-31"),
        ("derived", "cumulative", "2023-12-31"),
        ("actual", "flow", "2023-12-31"),
    ],
)
def test_a_count_and_what_it_added_tell_of_the_time_to_the_day_of_their_source(status, kind, day):
    days = {"period_start": "2023-01-01", "known": "2023-10-31", "period_end": "2023-12-31"}
    row = SimpleNamespace(status=status, **{name: pd.Timestamp(said) for name, said in days.items()})
    assert last_day(row, kind) == pd.Timestamp(day)
