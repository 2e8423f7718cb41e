"""What follows from figures that sources print: wholes, conversions, shares, rates and checked totals."""

from __future__ import annotations

from datetime import date
from math import isnan

import pandas as pd
import pytest
from worlds import world

from builders import plain
from promotion_book.facts.rows import each, records
from promotion_book.report.chapters.arithmetic import stock_table
from promotion_book.report.chapters.composition import share_figure
from promotion_book.report.chapters.currencies import conversions, exports_against_revenue, implied_rates
from promotion_book.statistics.exchange_rates import dollars_by_year, dong_per_dollar


def test_money_is_converted_at_the_average_rate_of_its_year(known_in):
    known = known_in("2025")
    found, rates = dollars_by_year(known, "kip_budget").dropna(), known.rates.set_index("period")["value"]
    assert [*found["year"]] == [2020, 2021, 2022, 2023, 2024]
    assert [*found["usd"]] == [row.vnd / rates[str(row.year)] for row in each(found)]


def test_a_year_without_a_rate_has_no_amount(known_in):
    found = dollars_by_year(known_in("2025"), "kip_budget").query("year > 2024")
    assert [*found["year"]] == [2025]
    assert found[["rate", "usd"]].isna().all(axis=None)


@pytest.mark.parametrize("value", [0.0, -22_602.05])
def test_a_rate_that_is_not_above_zero_is_no_rate(value):
    rates = pd.DataFrame({"period": ["2017", "2018"], "value": [22_370.09, value]})
    assert [dong_per_dollar(rates, "2017"), isnan(dong_per_dollar(rates, "2018"))] == [22_370.09, True]


def test_money_without_a_published_rate_is_said_to_have_none(context):
    table = conversions(context, "kip_budget")
    assert [(r["years"], plain(r["usd"])) for r in records(table.frame)] == [
        ("2020", "USD 8.62 million"),
        ("2021", "USD 8.64 million"),
        ("2022", "USD 8.59 million"),
        ("2023", "USD 8.41 million"),
        ("2024", "USD 8.28 million"),
        ("2025", "no average rate of this period in the data"),
    ]


def test_exports_are_set_only_against_the_revenue_of_the_same_source_and_period(context):
    table = exports_against_revenue(context, "kip_revenue", exports=["kip_exports", "kip_exports_vnd"])
    assert [(r["period"], r["source_id"], r["share"]) for r in records(table.frame.fillna(""))] == [
        ("2018", "seed_002", "over 25%"),
        ("2018-2020", "src_006", ""),
        ("2021", "src_012", "17%"),
        ("2021", "src_001", "17%"),
        ("2022", "src_009", "different scope"),
        ("2024", "src_002", "48%"),
        ("2024", "src_007", "11%"),
    ]


def test_totals_are_checked_only_where_both_figures_are_printed(context):
    table = stock_table(context, "kip_recognised_total", additions="kip_recognised")
    assert [(r["year"], r["agrees"]) for r in records(table.frame)] == [("2021", True), ("2022", True), ("2023", True)]


def test_shares_of_industries_add_up_to_a_hundred(context):
    figure = share_figure(context, "kip_recognised")
    assert figure is not None
    assert sum(r["share"] for r in records(figure.table.frame)) == pytest.approx(100)


def test_amounts_of_two_scopes_imply_no_rate(package):
    amounts = [
        ("kip_budget", "vnd", 200e9, ""),
        ("kip_budget_usd", "usd", 9e6, "first_programme"),
        ("kip_budget_usd", "usd", 8e6, ""),
    ]
    rows = [
        {
            "indicator_id": name,
            "unit": unit,
            "value": value,
            "scope": scope,
            "period": "2021-2025",
            "source_id": "seed_002",
        }
        for name, unit, value, scope in amounts
    ]
    table = implied_rates(world(package, [], rows, until=date(2025, 12, 31)), [("kip_budget", "kip_budget_usd")])
    assert [row["rate"] for row in records(table.frame)] == [25_000]
