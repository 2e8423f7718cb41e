"""Money beside what is done with it: funds, ratios of support, and the parts of a place together."""

from __future__ import annotations

import pandas as pd
import pytest
from small_tables import found
from worlds import world

from builders import yearly
from promotion_book.facts.derivations import derive_of_two
from promotion_book.facts.rules.fund_rules import (
    a_fund_pays_once_for_a_thing,
    money_is_of_one_fund,
)
from promotion_book.report.chapters.period_results import results_as_table
from promotion_book.report.chapters.support_tables import added_up_table, support_table
from promotion_book.statistics.money import support_ratios, with_funds
from promotion_book.statistics.results_table import COLUMNS, period_results

FUNDS = pd.DataFrame(
    [("aid", "support", "firms"), ("aid", "support", "jobs"), ("own", "own", "firms"), ("state", "national", "firms")],
    columns=["indicator_id", "fund", "pays_for"],
)
MACHINES = {"unit": "establishments", "indicator_id": "machinery_establishments", "source_id": "seed_002"}


def results(**rows: dict[str, object]) -> pd.DataFrame:
    """Rows of the results table, what is not said being missing."""
    return pd.DataFrame([{"indicator_id": name} | row for name, row in rows.items()], columns=COLUMNS)


def ratios(found: pd.DataFrame, **kinds: str) -> list[tuple[str, str, str, float]]:
    """Above, below, basis and ratio of what comes of some results; all are flows but the named ones."""
    names = ["aid", "own", "state", "firms", "jobs"]
    indicators = pd.DataFrame({"indicator_id": names, "kind": [kinds.get(name, "flow") for name in names]})
    rows = support_ratios(found, FUNDS, indicators=indicators)
    return [tuple(row) for row in rows[["indicator_id", "over", "basis", "ratio"]].to_numpy()]


def test_own_capital_and_things_done_are_told_for_one_of_support():
    done = results(own={"done": 90.0}, aid={"done": 30.0}, firms={"done": 10.0}, jobs={"done": 60.0})
    assert ratios(done) == [
        ("own", "aid", "done", 3.0),
        ("aid", "firms", "done", 3.0),
        ("aid", "jobs", "done", 0.5),
    ]


@pytest.mark.parametrize(
    "found",
    [
        results(own={"done": 90.0}, aid={"plan": 30.0, "plan_period": "2025"}),
        results(own={"plan": 90.0, "plan_period": "2025"}, aid={"plan": 30.0, "plan_period": "2025-H1"}),
        results(own={"since_start": 90.0, "several": "2021-2025"}, aid={"since_start": 3.0, "several": "2016-2020"}),
        results(own={"done": 90.0}, aid={"done": 0.0}),
        results(own={"done": 90.0}, state={"done": 30.0}),
    ],
    ids=["paid over approved", "another period", "other years", "no support", "one fund of two"],
)
def test_amounts_that_do_not_belong_together_give_no_ratio(found):
    assert ratios(found) == []


def test_a_running_total_is_compared_with_the_money_since_the_start_of_the_plan_alone():
    years = {"several": "2021-2025"}
    found = results(aid={"done": 5.0, "since_start": 20.0} | years, firms={"done": 40.0, "since_start": 40.0} | years)
    assert ratios(found, firms="cumulative") == [("aid", "firms", "since_start", 0.5)]


def test_money_stands_after_the_first_thing_that_it_pays_for():
    rows = with_funds(results(own={}, state={}, jobs={}, aid={}, firms={}, other={}), FUNDS)
    assert [*zip(rows["indicator_id"], rows["fund"], strict=True)] == [
        ("jobs", ""),
        ("aid", "support"),
        ("firms", ""),
        ("state", "national"),
        ("own", "own"),
        ("other", ""),
    ]


def test_two_funds_of_a_period_add_up_where_the_sum_is_not_printed():
    parts, others = yearly((2021, 6.0), (2022, 7.0)), yearly((2021, 4.0), (2022, 0.0))
    whole = derive_of_two(yearly((2021, 9.0)), parts, others=others, kind="sum")
    assert [*zip(whole["period"], whole["value"], whole["status"], strict=True)] == [
        ("2021", 9.0, "actual"),
        ("2022", 7.0, "derived"),
    ]


def money(fund: str, amount: float, **rest: object) -> dict[str, object]:
    said = {"unit": "vnd", "source_id": "seed_002", "period": "2023", "value": amount * 1e9}
    return {"indicator_id": f"machinery_{fund}", **said, **rest}


def test_a_page_shows_money_below_what_it_pays_for_with_what_was_approved_paid_and_the_rate(package):
    known = [MACHINES | {"period": "2023", "value": 10.0}, money("national_fund", 2.0), money("local_fund", 1.0)]
    known += [money("national_fund", 2.5, status="plan"), money("local_fund", 1.5, status="plan")]
    context = world(package, [], known)
    names = ["machinery_support", "machinery_local_fund", "machinery_national_fund", "machinery_establishments"]
    found = period_results(context.known, tuple(names), period="2023")
    table = results_as_table(context, found, period="2023", name="results", note="")
    told = table.text().replace("\N{NO-BREAK SPACE}", " ")
    assert [line.split("\t")[:4] for line in told.splitlines()[1:]] == [
        ["Content", "Plan", "Result", "Of the plan"],
        ["Establishments helped to renew machinery", "–", "10", "–"],
        ["Support for advanced machinery", "VND 4 billion", "VND 3 billion (derived)", "75%"],
        ["National fund: advanced machinery", "VND 2.5 billion", "VND 2 billion", "80%"],
        ["Local fund: advanced machinery", "VND 1.5 billion", "VND 1 billion", "67%"],
    ]


def beside(context, *names):
    """The tables beside the results of 2023, without no-break spaces."""
    results = period_results(context.known, names, period="2023")
    tables = [
        support_table(context, results, period="2023"),
        added_up_table(context, pd.Index(names), period="2023"),
    ]
    return [table.text().replace("\N{NO-BREAK SPACE}", " ").splitlines() for table in tables if len(table.frame)]


def test_a_page_tells_what_the_support_brought_and_how_it_was_computed(package):
    known = [MACHINES | {"period": "2023", "value": 12.0}, money("support", 3.0), money("matching_capital", 10.0)]
    names = ["machinery_establishments", "machinery_support", "machinery_matching_capital"]
    (lines,) = beside(world(package, [], known), *names)
    assert lines == [
        "Support and own capital, 2023",
        "What for what\tAmount\tPeriod\tMoney\tFor",
        "Own capital: advanced machinery, for VND 1 of support\t3.33\t2023\tVND 10 billion\tVND 3 billion",
        "Support for advanced machinery, for one establishment\tVND 250 million\t2023\tVND 3 billion\t12 establishments",
    ]


def test_the_districts_that_report_are_added_up_with_those_that_are_missing(package):
    areas = package["areas"]
    some = areas[areas["area_id"].isin(["hanoi", "ba_vi", "gia_lam", "me_linh", "tu_liem", "bat_trang"])]
    reports = [
        MACHINES | {"period": "2023", "value": value, "area": area}
        for area, value in (("ba_vi", 4.0), ("me_linh", 3.0), ("bat_trang", 9.0))
    ]
    (lines,) = beside(world(package, [], reports, areas=some), "machinery_establishments")
    assert lines[1:] == [
        "Content\tTogether\tReported\tMissing",
        "Establishments helped to renew machinery\t7\t2 of 3\tGia Lam district",
    ]


def test_without_money_and_parts_nothing_stands_beside_the_results(package):
    known = [MACHINES | {"period": "2023", "value": 12.0}]
    assert beside(world(package, [], known), "machinery_establishments") == []


UNITS = [{"unit_id": "vnd", "dimension": "money"}, {"unit_id": "people", "dimension": "count"}]
INDICATORS = [{"indicator_id": "aid", "unit": "vnd"}, {"indicator_id": "more", "unit": "vnd"}, {"indicator_id": "jobs"}]


@pytest.mark.parametrize(
    ("rule", "rows", "column", "name"),
    [
        (money_is_of_one_fund, [{}, {"fund": "own", "pays_for": "firms"}], "fund", "fund"),
        (money_is_of_one_fund, [{}, {"pays_for": "aid"}], "pays_for", "money"),
        (a_fund_pays_once_for_a_thing, [{}, {"indicator_id": "more"}], "pays_for", "twice"),
    ],
)
def test_a_fund_that_does_not_hang_together_is_found(rule, rows, column, name):
    usual = {"indicator_id": "aid", "fund": "support", "pays_for": "jobs"}
    funds = [usual | row for row in rows]
    assert found(rule, funds=funds, indicators=INDICATORS, units=UNITS) == [("funds.csv", len(rows) + 1, column, name)]
