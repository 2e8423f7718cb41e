"""Which targets there are and how they are read and counted: plans, wordings, readings, counts to date."""

from __future__ import annotations

import itertools
from datetime import date

import pandas as pd
import pytest
from worlds import world

from builders import yearly
from promotion_book.facts.derivations import derive
from promotion_book.facts.rows import target_keys
from promotion_book.statistics.statuses import (
    all_statuses,
    by_target,
    first_due,
    in_force,
    indicators_with_target,
    later_statements,
    newer_figure,
    statuses_in_force,
    to_points,
    to_target,
)

KIP = {"indicator_id": "kip_recognised_total", "kind": "level", "unit": "products", "source_id": "seed_002"}
GROWTH = {"indicator_id": "exports_growth", "kind": "growth", "unit": "percent", "source_id": "seed_002"}
SINCE = date(2023, 1, 1)


def stated(**changes) -> dict[str, object]:
    return {**KIP, "period": "2030", "value": 150.0, **changes}


def said(indicator: str, period: object, value: float, **changes) -> dict[str, object]:
    unit = "percent" if indicator.endswith("growth") else "products"
    return {
        "indicator_id": indicator, "period": str(period), "value": value, "unit": unit, "source_id": "src_069", **changes
    }  # fmt: skip


def readings(*rows: tuple[str, str], base: float = float("nan")) -> pd.DataFrame:
    made = [(*row, base, "counted so", "tính như vậy") for row in rows]
    return pd.DataFrame(made, columns=["target_id", "indicator_id", "base_value", "counts_en", "counts_vi"])


def names(rows: pd.DataFrame) -> list[str]:
    return list(rows["period"])


@pytest.mark.parametrize(
    ("known", "when"),
    [
        ({"plan_start": pd.Timestamp(2023, 6, 1)}, "now"),
        ({"plan_start": pd.Timestamp(2024, 1, 1)}, "later"),
        ({"plan_start": pd.Timestamp(2024, 1, 1), "base_year": 2020.0}, "later"),
        ({"base_year": 2023.0}, "now"),
        ({"base_year": 2024.0}, "later"),
        ({"period": "2024-2030"}, "later"),
        ({"kind": "growth"}, "later"),
        ({}, "now"),
    ],
)
def test_a_target_applies_from_the_start_of_its_plan_and_where_none_is_known_from_when_it_is_known(
    package, known, when
):
    context = world(package, [stated(**known)])
    assert (len(in_force(context.known, SINCE)), len(later_statements(context.known, SINCE))) == {
        "now": (1, 0),
        "later": (0, 1),
    }[when]


def test_the_targets_of_an_indicator_stand_together_the_one_that_is_due_first_before_the_others(package):
    goals = [stated(period="2030"), stated(**GROWTH | {"period": "2030"}), stated(period="2026")]
    rows = all_statuses(world(package, goals).known, SINCE, indicators=[KIP["indicator_id"], GROWTH["indicator_id"]])
    assert rows.query("time == 'now'")["period"].tolist() + rows.query("time == 'later'")["period"].tolist() == [
        *("2026", "2030", "2030"),
    ]


def test_the_statement_that_leads_by_the_recorded_rule_stands_for_the_targets_of_an_indicator(package):
    goals = [stated(period="2030"), stated(period="2025"), stated(period="2025", value=160.0, source_id="seed_000")]
    judged = statuses_in_force(world(package, goals).known, SINCE)
    assert first_due(judged).value == 160
    waiting = judged.assign(status=judged["period"].map({"2025": "not_started", "2030": "on_track"}))
    assert first_due(waiting).period == "2030"
    assert first_due(judged.iloc[:0]) is None


def test_a_target_of_a_plan_counts_the_years_of_the_plan(package):
    goal = stated(indicator_id="craft_villages_new", kind="cumulative", plan_start=pd.Timestamp(2021, 1, 1))
    figures = [said("craft_villages_new", year, 10.0) for year in (2021, 2022, 2023)]
    (judged,) = statuses_in_force(world(package, [goal], figures).known, SINCE)["assessment"]
    assert (judged.status, judged.latest.value, judged.target.years) == ("accelerate", 30.0, 10)


def test_statements_of_one_target_and_a_total_and_its_addition_are_counted_once(package):
    targets = [
        stated(base_year=2020.0),
        stated(base_year=2020.0, source_id="src_022"),
        stated(indicator_id="kip_recognised", kind="cumulative", period="2021-2030", same_as="targets-0"),
        stated(base_year=2020.0, scope="expected"),
        stated(base_year=2020.0, period="2029"),
    ]
    judged = statuses_in_force(world(package, targets).known, SINCE)
    assert list(judged["target"].map(list(judged["target"].drop_duplicates()).index)) == [0, 0, 0, 1, 2]
    assert list(by_target(judged)["statements"]) == [3, 1, 1]


def test_a_target_whose_statements_give_different_verdicts_is_a_class_of_its_own(package):
    targets = [stated(period="2023", value=value) for value in (100.0, 200.0)]
    judged = statuses_in_force(world(package, targets, [said("kip_recognised_total", 2023, 150.0)]).known, SINCE)
    assert (list(judged["status"]), list(by_target(judged)["status"])) == (["met", "missed"], ["differs"])


def test_the_targets_of_the_economy_are_not_those_of_a_programme(package):
    judged = statuses_in_force(
        world(package, [stated(base_year=2020.0), {**GROWTH, "period": "2023", "value": 5.0}]).known, SINCE
    )
    assert list(by_target(judged)["role"]) == ["programme", "context"]


@pytest.mark.parametrize(
    ("total", "valid", "status"),
    [(160, 104, "depends"), (160, 155, "met"), (140, 104, "missed"), (140, 155, "depends")],
)
def test_a_target_with_several_readings_has_a_verdict_only_where_they_agree(package, total, valid, status):
    figures = [said("kip_recognised_total", 2023, total), said("kip_recognised_in_force", 2023, valid)]
    table = readings(("targets-0", "kip_recognised_total"), ("targets-0", "kip_recognised_in_force"))
    (row,) = statuses_in_force(
        world(package, [stated(period="2023")], figures, readings=table).known, SINCE
    ).itertuples()
    assert (row.status, row.assessment.latest.value, len(row.readings)) == (status, total, 2)


def test_readings_that_agree_have_the_evidence_of_the_weakest(package):
    figures = [
        said("kip_recognised_total", 2023, 160),
        said("kip_recognised_in_force", 2023, 155, status="estimate"),
    ]
    table = readings(("targets-0", "kip_recognised_total"), ("targets-0", "kip_recognised_in_force"))
    (row,) = statuses_in_force(
        world(package, [stated(period="2023")], figures, readings=table).known, SINCE
    ).itertuples()
    assert (row.status, row.assessment.grade) == ("met", "C")


@pytest.mark.parametrize("values", list(itertools.product((149, 150, 151), repeat=2)))
def test_a_target_counts_as_met_only_if_every_reading_of_it_is_met(package, values):
    indicators = ("kip_recognised_total", "kip_recognised_in_force")
    figures = [said(name, 2023, value) for name, value in zip(indicators, values, strict=True)]
    table = readings(*(("targets-0", name) for name in indicators))
    judged = statuses_in_force(world(package, [stated(period="2023")], figures, readings=table).known, SINCE)
    assert (by_target(judged)["status"].item() == "met") == (min(values) >= 150)


def test_the_base_of_a_reading_is_its_own(package):
    table = readings(("targets-0", "kip_recognised_since_2021"), base=0.0)
    awards = [said("kip_recognised", year, 30.0) for year in (2021, 2022, 2023)]
    goal = stated(base_year=2020.0, base_status="observed")
    (row,) = statuses_in_force(world(package, [goal], awards, readings=table).known, SINCE).itertuples()
    assert (row.assessment.base.value, row.assessment.projected) == (0.0, 300.0)


def test_an_indicator_that_is_a_reading_of_a_target_is_not_without_one(known_in):
    assert {"kip_recognised_total", "kip_recognised_in_force", "kip_recognised_since_2021"} <= indicators_with_target(
        known_in("2025")
    )


def test_a_verdict_names_a_newer_figure_of_another_span_or_scope_but_none_from_after_its_target(package):
    goals = [{**GROWTH, "period": "2022-2023", "value": 4.0}]
    figures = [
        said("exports_growth", 2022, 5.0),
        said("exports_growth", "2023-9M", 6.0),
        said("exports_growth", 2023, 7.0, status="plan"),
        said("exports_growth", "2024-9M", 8.0),
    ]
    known = world(package, goals, figures, until=date(2024, 12, 31)).known
    (row,) = all_statuses(known, date(2024, 1, 1), indicators=["exports_growth"]).itertuples()
    assert (row.assessment.latest.value, row.newer.value) == (5.0, 6.0)
    assert newer_figure(known, known.targets.iloc[0], after=row.assessment.latest).period == "2023-9M"


def test_a_count_to_date_is_a_part_of_its_period_and_not_the_figure_of_the_whole(package):
    goal = {
        **GROWTH,
        "indicator_id": "energy_audits",
        "kind": "flow",
        "unit": "audits",
        "period": "2021",
        "value": 60.0,
    }
    count = said("energy_audits", 2021, 53.0, status="to_date", source_id="src_090", unit="audits")
    known = world(package, [goal], [count], until=date(2021, 12, 31)).known
    (row,) = statuses_in_force(known, date(2021, 1, 1)).itertuples()
    published = known.package.row("sources", "src_090")["published_on"].date()
    target = to_target(row, known.package.row("indicators", "energy_audits"))
    assert [point.end for point in to_points(known, target, row=row)] == [published]
    assert (row.status, row.assessment.reason, row.newer) == ("not_assessable", "part_of_period", None)


def test_what_several_years_brought_together_is_no_figure_of_a_target_for_one_year(package):
    exports = {"indicator_id": "handicraft_exports", "unit": "usd", "source_id": "seed_002"}
    goal = exports | {"kind": "level", "period": "2025", "value": 4e8, "plan_start": pd.Timestamp(2021, 1, 1)}
    known = world(package, [goal], [exports | {"period": "2021-2022", "value": 5e8}]).known
    (found,) = statuses_in_force(known, SINCE)["assessment"]
    assert (found.reason, found.latest) == ("no_figure", None)


@pytest.mark.parametrize("part", ["2023-H1", "2023-Q1", "2023-01", "2023-9M"])
def test_the_figure_of_a_part_of_the_year_is_set_beside_the_target_of_the_year(package, part):
    goal = {**GROWTH, "period": "2023", "value": 5.0}
    (found,) = statuses_in_force(world(package, [goal], [said("exports_growth", part, 8.8)]).known, SINCE)["assessment"]
    assert (found.status, found.reason, found.latest.value) == ("not_assessable", "part_of_period", 8.8)


def verdicts(known):
    """What an edition says of each statement, whatever the order and the ids of the rows, and how many targets there are."""
    judged = all_statuses(known, SINCE, indicators=known.indicators.index)
    told = zip(judged["source_id"], judged["period"], judged["status"], judged["assessment"], strict=True)
    return {(*key, one.reason, one.grade, one.latest and one.latest.value) for *key, one in told}, len(
        by_target(judged)
    )


def test_neither_the_order_of_rows_nor_one_that_is_published_later_changes_a_verdict(package):
    later = {"known_on": pd.Timestamp(2024, 6, 1)}
    targets = [
        stated(base_year=2020.0),
        stated(base_year=2020.0, period="2029", source_id="src_022"),
        stated(indicator_id="kip_recognised", kind="cumulative", period="2021-2030"),
    ]
    figures = [
        said("kip_recognised_total", 2022, 150.0),
        said("kip_recognised_total", 2022, 160.0, source_id="src_022"),
        said("kip_recognised", 2021, 40.0),
    ]
    newer = stated(base_year=2020.0, source_id="src_037", same_as="targets-2", **later)
    found = verdicts(world(package, targets, figures).known)
    for order in itertools.permutations(range(3)):
        assert verdicts(world(package, [targets[n] for n in order], [figures[n] for n in order]).known) == found
    more = [*figures, said("kip_recognised_total", 2023, 900.0, **later)]
    assert verdicts(world(package, [*targets, newer], more).known) == found


@pytest.mark.parametrize(
    ("standings", "disputed", "found"),
    [
        (("actual", "actual"), (False, False), [(20.0, "derived")]),
        (("estimate", "estimate"), (False, False), [(20.0, "derived_estimate")]),
        (("actual", "estimate"), (False, False), []),
        (("actual", "actual"), (False, True), []),
        (("actual", "actual"), (True, False), []),
    ],
)
def test_two_undisputed_levels_of_one_standing_give_a_growth_as_certain_as_they_are(standings, disputed, found):
    levels = yearly((2022, 10.0), (2023, 12.0)).assign(status=standings, disputed=disputed)
    rates = derive(levels.head(0), levels, rule="growth:x:2023")
    assert list(zip(rates["value"], rates["status"], strict=True)) == found


def test_levels_from_before_a_series_began_give_no_growth():
    levels = yearly((2021, 10.0), (2022, 12.0), (2023, 15.0))
    assert list(derive(levels.head(0), levels, rule="growth:x:2023")["period"]) == ["2023"]


def test_a_sum_with_an_estimate_in_it_is_derived_from_estimates():
    parts = yearly((2018, 10), (2019, 20)).assign(status=["actual", "estimate"])
    assert list(derive(parts.head(0), parts, rule="total:x:2018")["status"]) == ["derived", "derived_estimate"]


def test_a_tie_to_a_statement_that_is_not_there_ties_nothing():
    rows = pd.DataFrame(
        [("a", "x", "hanoi", "", "2025", "gone")],
        columns=["target_id", "indicator_id", "area", "scope", "period", "same_as"],
    )
    assert target_keys(rows) == {"a": "x/hanoi//2025"}


def test_exports_of_2024_do_not_move_away_from_their_target(known_in):
    judged = statuses_in_force(known_in("2024"), date(2024, 1, 1)).set_index("target_id")
    found = judged.loc["exports_growth-2023-2025-src_037", "assessment"]
    assert (found.status, found.grade, round(found.latest.value, 1)) == ("on_track", "C", 6.5)


def test_the_levels_that_growth_is_derived_from_give_the_growth_that_is_printed(known_in):
    known, gaps = known_in("2025"), {}
    for row in known.indicators[known.indicators["derivation"].str.startswith("growth:")].itertuples():
        _, level, first = row.derivation.split(":")
        printed, levels = (known.series(name).set_index("period") for name in (row.indicator_id, level))
        for year in printed.index[(printed.index >= first) & ~printed["status"].str.startswith("derived")]:
            rate = 100 * (levels["value"][year] / levels["value"][str(int(year) - 1)] - 1)
            gaps[row.indicator_id, year] = abs(rate - printed["value"][year])
    assert gaps
    assert max(gaps.values()) < 0.1


@pytest.mark.parametrize(
    ("period", "figures", "status"),
    [
        ("2021-2023", [("2023", 1.7)], "not_assessable"),
        ("2021-2023", [("2023", 1.7), ("2021-2023", 5.5)], "met"),
        ("2021-2023", [("2021-2023", 4.5)], "missed"),
        ("2021-2025", [("2023", 5.5)], "not_assessable"),
        ("2023", [("2023", 5.5)], "met"),
    ],
)
def test_a_share_over_several_years_is_judged_only_by_the_figure_of_these_years(package, period, figures, status):
    saved = {"indicator_id": "energy_saved_rate", "unit": "percent"}
    goal = stated(**saved, period=period, value=5.0, kind="share")
    table = [said("energy_saved_rate", year, value, unit="percent") for year, value in figures]
    (row,) = statuses_in_force(world(package, [goal], table).known, SINCE).itertuples()
    assert row.status == status
