"""What plans cost: small worlds, whole values and sentences."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from worlds import world

from promotion_book.facts.rows import records
from promotion_book.report.chapters.budget import cost_sentences, cost_table, disbursement, remaining_costs
from promotion_book.report.context import Context
from promotion_book.scenarios.effort import evenly, unit_cost
from promotion_book.scenarios.unit_costs import costs_of_one
from promotion_book.statistics.refusal import Refused
from promotion_book.statistics.statuses import all_statuses
from promotion_book.words.numbers import NON_BREAKING

NAN = float("nan")
JOBS = {
    "indicator_id": "rural_jobs",
    "period": "2021-2025",
    "unit": "jobs",
    "kind": "cumulative",
    "source_id": "seed_000",
}


def judged(context: Context, *indicators: str) -> pd.DataFrame:
    return all_statuses(context.known, date(context.known.until.year, 1, 1), indicators=indicators)


def plain(texts) -> list[str]:
    return [text.replace(NON_BREAKING, " ") for text in texts]


def test_a_cost_of_one_is_the_budget_over_each_end_of_the_count():
    assert unit_cost(200.0, (40, 50)) == (4, 5)


def test_no_cost_is_given_for_nothing():
    with pytest.raises(Refused, match="not_positive"):
        unit_cost(200.0, (0, 50))


def test_money_spent_evenly_adds_up_to_the_budget():
    assert evenly(200.0, 2021, last=2025) == {2021: 40, 2022: 80, 2023: 120, 2024: 160, 2025: 200}


KIP = {
    "indicator_id": "kip_recognised_total",
    "period": "2025",
    "unit": "products",
    "kind": "level",
    "low": 150.0,
    "high": 180.0,
    "reading": "at_least_low_stretch_high",
    "source_id": "seed_002",
}
PLAN = {
    **JOBS,
    "indicator_id": "kip_budget",
    "unit": "vnd",
    "value": 2e11,
    "reading": "at_most",
    "source_id": "seed_002",
}
TOTAL = {
    **KIP,
    "period": "2018-2020",
    "value": 120.0,
    "low": NAN,
    "high": NAN,
    "status": "actual",
    "source_id": "src_015",
}


def test_the_budget_of_a_plan_is_spread_evenly_with_dollars_where_a_rate_was_published(package):
    found = disbursement(world(package, [PLAN]), "kip_budget")
    shown = [plain(c.write(row.get(c.key)) for c in found.columns[:4]) for row in records(found.frame)]
    assert [shown[0], shown[-1]] == [
        ["2021", "VND 40 billion", "USD 1.73 million", "VND 40 billion"],
        ["2025", "VND 40 billion", "no average rate of this period in the data", "VND 200 billion"],
    ]
    assert found.note == "The straight line is an assumption. No published figure on what was spent was found."


def test_a_cost_needs_budget_and_number_of_one_source(package):
    context = world(package, [PLAN, {**KIP, "source_id": "seed_000"}])
    found = costs_of_one(context.known, "kip_budget", indicators=["kip_recognised_total"])
    assert cost_sentences(context, found, indicators=["kip_recognised_total"]) == [
        "Key industrial products recognised since 2018: no source was found that gives money and number "
        "for the same period, so no cost is given."
    ]


def test_a_running_total_costs_less_apiece_than_what_comes_on_top_of_it(package):
    context = world(package, [PLAN, KIP], [TOTAL])
    found = costs_of_one(context.known, "kip_budget", indicators=["kip_recognised_total"])
    assert [(cost.counted, cost.base, cost.each) for cost in found] == [
        ((150, 180), None, (2e11 / 180, 2e11 / 150)),
        ((30, 60), 2020, (2e11 / 60, 2e11 / 30)),
    ]
    table = cost_table(context, found, name="x")
    assert [plain(c.write(row.get(c.key)) for c in table.columns[:4]) for row in records(table.frame)] == [
        [
            "Key industrial products recognised since 2018: 150–180 products",
            "VND 200 billion for 2021–2025",
            "VND 1.11–1.33 billion",
            "USD 47,900–57,500 (2020)",
        ],
        [
            "Key industrial products recognised since 2018: 30–60 products on top of those of 2020",
            "VND 200 billion for 2021–2025",
            "VND 3.33–6.67 billion",
            "USD 144,000–287,000 (2020)",
        ],
    ]


def test_what_a_plan_still_lacks_on_top_of_its_base_costs_its_whole_budget(package):
    context = world(package, [PLAN, KIP], [TOTAL], until=date(2020, 12, 31))
    found = costs_of_one(context.known, "kip_budget", indicators=["kip_recognised_total"])
    rows = records(remaining_costs(context, judged(context, "kip_recognised_total"), found=found, name="x").frame)
    assert [plain((row["lacking"], row["dong"])) for row in rows] == [
        ["30–60 products", "VND 40–66.7 billion"],
        ["30–60 products", "VND 200 billion"],
    ]


def test_the_cost_of_one_plan_is_taken_to_the_target_of_another_from_end_to_end(package):
    plan = {
        **JOBS,
        "indicator_id": "promotion_budget",
        "period": "2019",
        "unit": "vnd",
        "value": 25e9,
        "status": "plan",
    }
    year = {
        **JOBS,
        "period": "2019",
        "kind": "flow",
        "low": 8_000.0,
        "high": 10_000.0,
        "reading": "at_least_low_stretch_high",
    }
    five = {**JOBS, "value": 50_000.0}
    context = world(package, [year, five], [{**plan, "low": 25e9}])
    found = costs_of_one(context.known, "promotion_budget", indicators=["rural_jobs"])
    assert plain(cost_sentences(context, found, indicators=["rural_jobs"])) == [
        "Rural jobs created: over VND 2.5–3.12 million each, if the whole budget for 2019, over VND 25 billion, "
        "serves only 8,000–10,000 jobs. It was planned for other ends too, and a plan is not what was spent."
    ]
    (row,) = records(remaining_costs(context, judged(context, "rural_jobs"), found=found, name="x").frame)
    assert plain((row["lacking"], row["dong"], row["usd"])) == [
        "not known; 50,000 jobs if nothing was done",
        "over VND 125–156 billion",
        "over USD 5.42–6.78 million",
    ]


def test_without_any_figure_nobody_knows_what_a_level_lacks(package):
    context = world(package, [PLAN, {**KIP, "base_year": 2020.0}])
    found = costs_of_one(context.known, "kip_budget", indicators=["kip_recognised_total"])
    (row,) = records(remaining_costs(context, judged(context, "kip_recognised_total"), found=found, name="x").frame)
    assert row["lacking"] == "not known; 150–180 products if nothing was done"


def test_nothing_costs_nothing(package):
    reached = {**TOTAL, "period": "2018-2022", "value": 196.0}
    context = world(package, [PLAN, KIP], [TOTAL, reached])
    found = costs_of_one(context.known, "kip_budget", indicators=["kip_recognised_total"])
    rows = records(remaining_costs(context, judged(context, "kip_recognised_total"), found=found, name="x").frame)
    assert [(row["lacking"], row["dong"], row["usd"]) for row in rows] == [("0 products", "nothing", None)]
