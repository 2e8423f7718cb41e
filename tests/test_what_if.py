"""All targets under one set of assumptions, and all scenarios side by side: small worlds, whole values and sentences."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
import pytest
from worlds import world

from promotion_book.facts.rows import records
from promotion_book.report.chapters.assumed_targets import not_followed_table, what_if_table
from promotion_book.report.chapters.scenario_tables import scenario_table
from promotion_book.scenarios.comparison import comparisons
from promotion_book.scenarios.next_years import next_years
from promotion_book.scenarios.pace_ahead import at_pace_so_far
from promotion_book.scenarios.what_if import WhatIfAssumptions, project_targets
from promotion_book.words.numbers import NON_BREAKING

SINCE = date(2023, 1, 1)
USUAL = WhatIfAssumptions(growth=0.1, effort=1.0)
EXPORTS = {
    "indicator_id": "handicraft_exports",
    "period": "2025",
    "unit": "usd",
    "kind": "level",
    "source_id": "seed_000",
}
TOTAL = {"indicator_id": "ocop_total", "period": "2025", "unit": "products", "kind": "level", "source_id": "seed_000"}
NEW = {"indicator_id": "handicraft_new_designs", "period": "2021-2025", "unit": "designs", "kind": "cumulative"}
RATE = {"indicator_id": "grdp_growth", "period": "2022-2025", "unit": "percent", "kind": "growth"}
SHARE = {"indicator_id": "kip_share_of_output", "period": "2025", "unit": "percent", "kind": "share"}


def wants(goal: dict[str, object], value: float, **cells: object) -> dict[str, object]:
    return {"source_id": "seed_000", **goal, "value": value, **cells}


def figure(goal: dict[str, object], period: str, value: float) -> dict[str, object]:
    return {**goal, "period": period, "value": value, "source_id": "seed_000"}


def led(package, targets, figures, assumed=USUAL, until=date(2023, 12, 31)):
    known = world(package, targets, figures, until).known
    return [
        (lead.how, lead.pace, None if lead.value is None else round(lead.value, 6), lead.reached, lead.reason)
        for lead in project_targets(known, date(until.year, 1, 1), assumed)
    ]


def plain(texts) -> list[str]:
    return [str(text).replace(NON_BREAKING, " ") for text in texts]


def test_money_grows_by_the_assumed_rate_from_the_last_figure(package):
    found = led(package, [wants(EXPORTS, 250e6)], [figure(EXPORTS, "2023", 200e6)])
    assert found == [("growth", None, 242e6, False, "")]


@pytest.mark.parametrize(("effort", "value", "reached"), [(1, 2200, True), (0.5, 2100, False), (0, 2000, False)])
def test_a_count_changes_as_it_did_so_far_times_the_factor(package, effort, value, reached):
    figures = [figure(TOTAL, "2021", 1800.0), figure(TOTAL, "2023", 2000.0)]
    found = led(package, [wants(TOTAL, 2150.0)], figures, WhatIfAssumptions(0.1, effort))
    assert found == [("change", 100, value, reached, "")]


def test_the_pace_of_a_count_is_taken_from_the_base_of_its_target(package):
    figures = [figure(TOTAL, year, value) for year, value in (("2019", 100.0), ("2021", 1800.0), ("2023", 2000.0))]
    found = led(package, [wants(TOTAL, 2150.0, base_year=2021.0)], figures)
    assert found == [("change", 100, 2200, True, "")]


def test_a_share_does_not_pass_its_natural_limit(package):
    share = {**SHARE, "indicator_id": "trained_labour_rate"}
    figures = [figure(share, "2021", 70.0), figure(share, "2023", 90.0)]
    assert led(package, [wants(share, 100.0)], figures, WhatIfAssumptions(0, 5)) == [("change", 10, 100, True, "")]


def test_years_without_a_figure_add_what_a_year_added_so_far(package):
    figures = [figure(NEW, "2021", 300.0), figure(NEW, "2022", 500.0)]
    assert led(package, [wants(NEW, 2000.0)], figures) == [("yearly", 400, 2000, True, "")]
    assert led(package, [wants(NEW, 2000.0)], figures, WhatIfAssumptions(0, 0.5)) == [("yearly", 400, 1400, False, "")]


def test_a_period_without_a_figure_adds_what_a_year_before_it_added_on_average(package):
    figures = [figure(NEW, "2017", 500.0), figure(NEW, "2018", 300.0)]
    assert led(package, [wants(NEW, 2000.0)], figures) == [("yearly", 400, 2000, True, "")]


def test_years_with_one_missing_before_the_last_figure_have_no_sum(package):
    figures = [figure(NEW, "2021", 300.0), figure(NEW, "2023", 500.0)]
    assert led(package, [wants(NEW, 2000.0)], figures) == [("", None, None, None, "gap")]


def test_the_same_amount_every_year_is_judged_by_its_lowest_year(package):
    flow = {**NEW, "kind": "flow"}
    figures = [figure(NEW, "2021", 300.0), figure(NEW, "2022", 500.0)]
    assert led(package, [wants(flow, 350.0)], figures) == [("yearly", 400, 300, False, "")]


def test_money_that_is_counted_by_the_year_grows_too(package):
    invested = {**NEW, "indicator_id": "realised_investment", "unit": "vnd", "period": "2023-2025"}
    found = led(package, [wants(invested, 350.0)], [figure(invested, "2023", 100.0)])
    assert found == [("growth", None, 331, False, "")]


@pytest.mark.parametrize(
    ("reading", "value", "low", "high", "found"),
    [
        ("at_most", 450.0, None, None, (500, False)),
        ("at_most", 500.0, None, None, (500, True)),
        ("stay_within", None, 350.0, 600.0, (300, False)),
        ("stay_within", None, 300.0, 500.0, (400, True)),
    ],
)
def test_a_target_for_every_year_is_judged_by_its_worst_year(package, reading, value, low, high, found):
    goal = {
        **NEW,
        "kind": "flow",
        "reading": reading,
        "value": value,
        "low": low,
        "high": high,
        "source_id": "seed_000",
    }
    figures = [figure(NEW, "2021", 300.0), figure(NEW, "2022", 500.0)]
    assert led(package, [goal], figures) == [("yearly", 400, *found, "")]


def test_a_rate_of_growth_is_no_money_and_goes_on_at_its_pace_so_far(package):
    figures = [figure(RATE, "2022", 0.0), figure(RATE, "2023", 44.0)]
    assert led(package, [wants(RATE, 30.0)], figures) == [("yearly", 20, 20, False, "")]


@pytest.mark.parametrize(
    ("goal", "figures", "reason"),
    [
        ({**RATE, "period": "2022-2023"}, [], "no_figure"),
        ({**RATE, "period": "2023"}, [figure(RATE, "2023-9M", 6.0)], "part_of_period"),
        (
            {**RATE, "period": "2022-2023"},
            [figure(RATE, "2021", 3.0), figure(RATE, "2022", 4.0)],
            "final_figure_missing",
        ),
        ({**EXPORTS, "period": "2023"}, [figure(EXPORTS, "2022", 200e6)], "final_figure_missing"),
        ({**NEW, "period": "2022-2023"}, [figure(NEW, "2021", 3.0), figure(NEW, "2022", 5.0)], "final_figure_missing"),
    ],
    ids=["a rate", "a rate of a part of the year", "a rate of one year", "money", "a total"],
)
def test_of_a_period_that_is_over_nothing_is_assumed(package, goal, figures, reason):
    (found,) = led(package, [wants(goal, 10.0)], figures)
    assert found == ("", None, None, None, reason)


def test_of_a_period_that_is_over_the_verdict_counts(package):
    total = {**TOTAL, "period": "2023"}
    figures = [figure(total, "2019-01-01/2023-11-10", 3463.0)]
    assert led(package, [wants(total, 3054.0)], figures) == [("observed", None, 3463, True, "")]


def test_a_stock_that_was_counted_before_its_year_was_over_goes_on_from_that_day_on_all_pages(package):
    counts = {"2019": 0.0, "2020": 100.0, "2022": 300.0, "2023-03-31": 305.0}
    figures = [figure(TOTAL, period, value) for period, value in counts.items()]
    known = world(package, [wants(TOTAL, 500.0)], figures).known
    (lead,) = project_targets(known, SINCE, USUAL)
    usual = comparisons(known).query("name == 'business_as_usual'")["end"]
    ahead = at_pace_so_far(
        known.series("ocop_total").assign(year=[2019, 2020, 2022, 2023], end=lambda rows: rows["period_end"])
    )
    found = [lead.value, *usual, *next_years(known)["usual_figure"], ahead.set_index("year")["value"][2025]]
    assert found == pytest.approx([305 + 100 * (2 + 275 / 365)] * 4)


def test_a_figure_of_the_targets_own_year_stands_whatever_is_assumed(package):
    now = {**EXPORTS, "period": "2023"}
    assert led(package, [wants(now, 250e6)], [figure(now, "2023", 200e6)]) == [("observed", None, 200e6, False, "")]


@pytest.mark.parametrize(
    ("goal", "figures", "reason"),
    [
        (TOTAL, [], "no_figure"),
        (NEW, [], "no_figure"),
        (TOTAL, [figure(TOTAL, "2023", 2000.0)], "pace_not_assessable"),
        (TOTAL, [figure(TOTAL, year, 900.0) | {"low": 900.0} for year in ("2022", "2023")], "only_bounds"),
        (SHARE, [figure(SHARE, "2021", 30.0), figure(SHARE, "2023", 40.0)], "not_a_series"),
        (EXPORTS, [figure(EXPORTS, "2023", 40.0) | {"low": 40.0}], "only_bounds"),
    ],
)
def test_what_cannot_be_followed_has_a_reason(package, goal, figures, reason):
    assert led(package, [wants(goal, 50.0)], figures) == [("", None, None, None, reason)]


@pytest.mark.parametrize(
    ("goal", "figures", "pace"),
    [
        ({**NEW, "period": "2024-2026", "value": 900.0}, [("2021", 61.0), ("2022", 35.0), ("2023", 30.0)], 42),
        ({**TOTAL, "value": 2150.0}, [("2019", 100.0), ("2022", 1800.0), ("2023", 2000.0)], 475),
        ({**TOTAL, "value": 2150.0, "base_year": 2022.0}, [("2019", 100.0), ("2022", 1800.0), ("2023", 2000.0)], 200),
        ({**RATE, "period": "2024", "value": 10.0}, [("2020", 9.0), ("2022", 0.0), ("2023", 44.0)], 20),
    ],
    ids=["a total of years", "a stock", "since its base", "a rate"],
)
def test_the_pace_so_far_is_one_on_all_pages(package, goal, figures, pace):
    context = world(package, [wants(goal, goal["value"])], [figure(goal, *one) for one in figures])
    (lead,) = project_targets(context.known, SINCE, USUAL)
    (usual,) = comparisons(context.known).query("name == 'business_as_usual'").itertuples()
    added = (usual.end - usual.start) / (usual.until - usual.since) if goal["kind"] == "level" else usual.end
    assert (lead.pace, added, next_years(context.known)["usual"].tolist()) == (pace, pace, [pace])


def test_a_target_with_several_readings_is_reached_only_if_each_of_them_is(context):
    leads = project_targets(context.known, date(2025, 1, 1), USUAL)
    read = [lead for lead in leads if lead.row.target_id == "kip_recognised_total-2025-seed_002"]
    assert [(lead.row.indicator_id, lead.value, lead.reached) for lead in read] == [
        ("kip_recognised_since_2021", 183, True),
        ("kip_recognised_total", 300, True),
        ("kip_recognised_in_force", 104, False),
    ]


def test_each_target_that_is_followed_has_a_row_and_what_cannot_be_followed_a_reason(package):
    targets = [wants(EXPORTS, 250e6), wants(NEW, 2000.0), wants(NEW, 2000.0, source_id="seed_002")]
    context = world(package, targets, [figure(EXPORTS, "2023", 200e6)])
    leads = project_targets(context.known, SINCE, USUAL)
    (row,) = records(what_if_table(context, leads, assumed=USUAL).frame)
    assert plain(row[key] for key in ("target", "wanted", "said", "assumption", "end")) == [
        "Handicraft exports (2025)",
        "USD 250 million",
        'USD 200 million (2023)<br>\n<span class="cell-source"><a href="sources_and_conflicts.html#seed_000">'
        "Vietnam Economic News, 2020a</a></span>",
        "growth of 10% a year",
        "USD 242 million: not reached (97% of the target)",
    ]
    (silent,) = records(not_followed_table(context, leads).frame)
    assert (silent["target"], silent["why"], silent["source_ids"]) == (
        "New handicraft designs (2021–2025)",
        "no_figure",
        "seed_000;seed_002",
    )


@pytest.mark.parametrize(
    ("wanted", "bound", "end"),
    [
        (242.4e6, {}, "USD 241 million: not reached (99% of the target)"),
        (241.6e6, {}, "USD 242 million: reached (100% of the target)"),
        (250e6, {"high": 199.9e6}, "nearly USD 242 million: not reached (nearly 97% of the target)"),
        (241e6, {"low": 199.9e6}, "over USD 242 million: reached (over 100% of the target)"),
    ],
    ids=["just short", "just reached", "from nearly", "from over"],
)
def test_what_misses_its_target_is_not_written_like_it_and_what_grows_from_a_bound_stays_one(
    package, wanted, bound, end
):
    context = world(package, [wants(EXPORTS, wanted)], [figure(EXPORTS, "2023", 199.9e6) | bound])
    (row,) = records(what_if_table(context, project_targets(context.known, SINCE, USUAL), assumed=USUAL).frame)
    assert plain([row["end"]]) == [end]


def test_a_newer_figure_of_another_scope_stands_below_the_one_that_the_assumptions_start_from(package):
    newer = figure(EXPORTS, "2023", 210e6) | {"scope": "average_a_year"}
    context = world(package, [wants(EXPORTS, 250e6)], [figure(EXPORTS, "2022", 200e6), newer])
    (row,) = records(what_if_table(context, project_targets(context.known, SINCE, USUAL), assumed=USUAL).frame)
    said = re.sub("<[^>]*>|\n", "", plain([str(row["said"]).replace("<br>", "; ")])[0])
    assert said == (
        "USD 200 million (2022); Vietnam Economic News, 2020a; newer, but of another span or scope: USD 210 million "
        "(2023, average a year); Vietnam Economic News, 2020a"
    )


def scenarios(package, *rows: dict[str, object]) -> pd.DataFrame:
    """A table of scenarios of an author."""
    usual = dict.fromkeys(package["scenarios"].columns, "") | {
        "author_en": "An analyst",
        "position": 1.0,
        "until": 2025.0,
    }
    table = pd.DataFrame([usual | {"since": float("nan"), "start": float("nan")} | row for row in rows])
    columns = package["scenarios"].columns
    return table[columns].astype({column: package["scenarios"][column].dtype for column in columns})


PATH = {
    "scenario": "more",
    "name_en": "More",
    "indicator_id": "ocop_total",
    "kind": "additions",
    "parameters": "amount=50",
    "reason_en": "Because.",
}
FIGURES = [figure(TOTAL, "2021", 1800.0), figure(TOTAL, "2023", 2000.0)]


def lines(context):
    """Name, aim, reason, and the years and figures of start and end of each scenario."""
    told = comparisons(context.known)[["name", "aim", "reason", "since", "start", "until", "end"]]
    return [(*row[:3], *(value for value in row[3:] if value == value)) for row in told.itertuples(index=False)]


def test_planned_required_and_usual_scenarios_stand_side_by_side(package):
    context = world(package, [wants(TOTAL, 2300.0)], FIGURES, scenarios=scenarios(package, PATH))
    assert lines(context) == [
        ("more", None, "", 2023, 2000, 2025, 2100),
        ("required", 2300, "", 2023, 2000, 2025, 2300),
        ("business_as_usual", None, "", 2023, 2000, 2025, 2200),
    ]


def test_business_as_usual_has_no_base_from_a_target_of_another_scope(package):
    other = wants(TOTAL, 2300.0, scope="all_firms", base_year=2022)
    figures = [*FIGURES, figure(TOTAL, "2022", 1990.0)]
    context = world(package, [other], figures, scenarios=scenarios(package, PATH))
    assert lines(context)[-1] == ("business_as_usual", None, "", 2023, 2000, 2025, 2200)


def test_no_path_is_required_to_a_level_that_is_reached(package):
    target = wants(TOTAL, float("nan"), low=1900.0, high=2100.0, reading="at_least_low_stretch_high")
    context = world(package, [target], FIGURES, scenarios=scenarios(package, PATH))
    assert [line for line in lines(context) if line[0] == "required"] == [
        ("required", 1900, "reached"),
        ("required", 2100, "", 2023, 2000, 2025, 2100),
    ]


def test_a_scenario_without_a_figure_leads_nowhere_and_says_so(package):
    context = world(package, [wants(TOTAL, 2300.0)], scenarios=scenarios(package, PATH))
    (row,) = records(scenario_table(context).frame)
    assert (row["scenario"], row["origin"], row["end"], row["reason"]) == (
        "More",
        "An analyst",
        "not computed: no published figure that fits was found",
        "Because.",
    )


def test_once_the_year_of_the_plans_is_over_nothing_is_required_and_no_pace_goes_on(package):
    context = world(
        package, [wants(TOTAL, 2300.0)], FIGURES, until=date(2025, 12, 31), scenarios=scenarios(package, PATH)
    )
    assert [line[0] for line in lines(context)] == ["more"]


def test_a_place_without_scenarios_has_an_empty_table_of_them(package):
    context = world(package, [], scenarios=package["scenarios"].iloc[:0])
    assert scenario_table(context).frame.empty
