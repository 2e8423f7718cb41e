"""The scenarios of a place: what the table says, what an edition knows of it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from small_tables import tables

from forms import call
from promotion_book.facts import Known, read
from promotion_book.facts.check import figures
from promotion_book.facts.findings import Finding
from promotion_book.facts.rules import RULES, Rule, Tables
from promotion_book.facts.schema import TABLES
from promotion_book.scenarios.assumptions import Cap, ConstantGrowth
from promotion_book.scenarios.place_scenarios import PlannedScenario, check_scenarios, planned_scenarios, start
from promotion_book.scenarios.projection import Scenario
from promotion_book.statistics.refusal import Refused

ROW = "handicraft_growth_6"


SMALL = tables(
    sources=[{"source_id": "src_001", "published_on": "2020-12-31"}],
    programmes=[{"programme_id": "crafts"}],
    units=[{"unit": "usd"}, {"unit": "percent"}],
    indicators=[
        {"indicator_id": "exports", "unit": "usd", "limit_low": "0"},
        {"indicator_id": "share", "unit": "percent", "kind": "share", "limit_high": "100"},
    ],
    observations=[
        {"indicator_id": "exports", "unit": "usd", "value": "40000000"},
        {"observation_id": "o2", "indicator_id": "share", "unit": "percent"},
    ],
)
NEW = {"position": "1", "source_id": "src_001", "name_en": "New", "name_vi": "M\u1edbi", "until": "2025"}
NEW |= {"reason_en": "So.", "reason_vi": "V\u1eady."}
GROWTH = NEW | {"scenario": "growth", "indicator_id": "exports", "kind": "constant_growth", "parameters": "growth=0.06"}


def found(*rows: Mapping[str, str], further: Sequence[Rule] = ()) -> list[Finding]:
    """What is found on the cells of a table of scenarios with these rows, and by the rule of scenarios."""
    texts = SMALL | {"scenarios": tables(scenarios=list(rows))["scenarios"]}
    everything = figures(TABLES, texts, [check_scenarios, *further], year_begins=1, today=None)
    return sorted(one for one in everything if one.file == "scenarios.csv")


def on(day: date, place: str = "hanoi") -> Known:
    return Known(read(place), day, date(2020, 12, 31))


def exports_scenarios(known: Known) -> list[PlannedScenario]:
    return [plan for plan in planned_scenarios(known) if plan.indicator_id == "handicraft_exports"]


def plan(known: Known, scenario: str):
    return next(plan for plan in planned_scenarios(known) if plan.scenario.name == scenario)


CAP = GROWTH | {"position": "2", "kind": "cap", "parameters": "limit=250000000", "reason_en": "Looms."}
PATH = NEW | {"scenario": "path", "indicator_id": "share", "kind": "path_to_target"}
PATH |= {"name_en": "Path", "name_vi": "Đường", "parameters": "target=50; year=2025; path=linear", "since": "2018"}


LEADS_TO = {
    "handicraft_exports_growth": "handicraft_exports",
    "exports_growth": "exports",
    "kip_recognised": "kip_recognised_total",
    "craft_villages_new": "craft_villages_recognised",
}  # a target of a change, and what it changes
DRAFT = "h2_170"  # its scenarios are no targets


def test_every_number_of_a_source_is_one_that_it_gives_as_a_target(package):
    targets = package["targets"]
    targets = targets.assign(indicator_id=targets["indicator_id"].replace(LEADS_TO))
    missing = []
    for row in package["scenarios"].itertuples():
        number = float(row.parameters.split(";")[0].split("=")[1])
        printed = {"constant_growth": 100 * number, "additions": (row.until - row.since) * number}.get(row.kind, number)
        of = targets[(targets["indicator_id"] == row.indicator_id) & (targets["source_id"] == row.source_id)]
        if row.source_id not in ("", DRAFT) and not of[["value", "low", "high"]].eq(round(printed, 6)).any(axis=None):
            missing.append(row.scenario)
    assert missing == []


def test_no_two_scenarios_of_an_indicator_assume_the_same(package):
    assert not package["scenarios"].duplicated(["indicator_id", "kind", "parameters"]).any()


def test_a_scenario_is_known_from_the_day_its_source_was_published():
    days = [date(2020, 9, 29), date(2020, 9, 30), date(2020, 10, 31), date(2020, 11, 30)]
    names = [[p.scenario.name.removeprefix("handicraft_") for p in exports_scenarios(on(d))] for d in days]
    assert names == [
        ["unchanged"],
        ["growth_6", "unchanged"],
        ["growth_6", "growth_8", "unchanged"],
        ["growth_5", "growth_6", "growth_8", "unchanged"],
    ]


def test_the_edition_of_2020_knows_the_growth_of_november_2020_but_not_a_later_one(folder):
    folder.change("scenarios", ROW, source_id="src_065")
    growths = [p.scenario.assumptions for p in exports_scenarios(on(date(2021, 3, 31))) if p.source_id]
    assert growths == [(ConstantGrowth(0.05),), (ConstantGrowth(0.08),)]


def test_a_scenario_says_whose_it_is(package):
    known = on(date(2021, 3, 31))
    whose = {(p.source_id, p.row.author_en) for p in exports_scenarios(known)}
    assert whose == {("seed_000", ""), ("src_029", ""), ("seed_002", ""), ("", "this report")}


def test_assumptions_of_one_scenario_are_joined_in_their_order_with_their_reasons(folder):
    rows = folder.rows("scenarios")
    place = next(i for i, row in enumerate(rows) if row["scenario"] == ROW)
    above = rows[place] | {key: CAP[key] for key in ("position", "kind", "parameters", "reason_en")}
    folder.write("scenarios", [*rows[:place], above, *rows[place:]])
    joined = plan(on(date(2021, 3, 31)), ROW)
    assert joined.scenario == Scenario(ROW, (ConstantGrowth(0.06), Cap(250e6)))
    assert (joined.row.reason_en[:9], joined.row.reason_en[-6:]) == ("Lower end", "Looms.")


def test_one_scenario_may_speak_of_several_indicators():
    both = [p.indicator_id for p in planned_scenarios(on(date(2021, 3, 31))) if p.scenario.name == "unchanged"]
    assert both == ["handicraft_exports", "kip_share_of_output"]


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [("rural_jobs_50000", (2020, 0)), ("key_products_150", (2020, 117)), ("handicraft_growth_5", (2018, 192e6))],
)
def test_a_scenario_starts_from_its_own_figure_that_of_its_year_or_the_last_one(known_in, scenario, expected):
    known = known_in("2025")
    assert start(known, plan(known, scenario)) == expected


def test_without_a_figure_no_scenario_starts(known_in):
    known = known_in("2025")
    with pytest.raises(Refused, match="no_figure"):
        start(known, plan(known, "key_product_exports_20"))


def test_a_place_without_scenarios_has_none(folder):
    folder.bytes("scenarios.csv", lambda text: text.splitlines(keepends=True)[0])
    assert planned_scenarios(on(date(2025, 1, 1))) == []


@pytest.mark.parametrize(
    ("scenario", "cells", "column", "rule"),
    [
        (GROWTH, {"scenario": "base"}, "scenario", "reserved-name"),
        (GROWTH, {"kind": "constant_grwth"}, "kind", "kind"),
        (GROWTH, {"kind": "percentage_points", "parameters": "points=1"}, "kind", "unit"),
        (GROWTH, {"parameters": "growth=fast"}, "parameters (growth)", "type"),
        (GROWTH, {"parameters": "growth=6"}, "parameters (growth)", "outside-limits"),
        (GROWTH, {"parameters": "growth="}, "parameters (growth)", "missing-parameter"),
        (GROWTH, {"parameters": "growth=0.06; speed=1"}, "parameters (speed)", "unknown-parameter"),
        (GROWTH, {"parameters": "growth 0.06"}, "parameters", "form"),
        (GROWTH, {"parameters": "growth=0.06; growth=0.07"}, "parameters", "duplicate-parameter"),
        (GROWTH, {"source_id": "src_999"}, "source_id", "dangling-key"),
        (GROWTH, {"indicator_id": "imports"}, "indicator_id", "dangling-key"),
        (GROWTH, {"since": "2018", "start": "-1"}, "start", "outside-limits"),
        (GROWTH, {"until": "soon"}, "until", "type"),
        (GROWTH, {"until": "1991"}, "until", "end-before-start"),
        (GROWTH, {"until": "2100"}, "until", "too-far"),
        (GROWTH, {"reason_vi": ""}, "reason_vi", "allowed-value"),
        (PATH, {"until": "2026"}, "until", "after-target"),
        (PATH, {"parameters": "target=500; year=2025; path=linear"}, "parameters (target)", "outside-limits"),
    ],
)
def test_a_broken_cell_is_found_once_and_where_it_stands(scenario, cells, column, rule):
    assert [(f.row, f.column, f.rule) for f in found(scenario | cells)] == [(2, column, rule)]


def test_sound_scenarios_have_no_findings():
    assert found(GROWTH, CAP, PATH, further=RULES) == []


@pytest.mark.parametrize(
    "cells", [{"name_en": "Other"}, {"until": "2024"}, {"author_en": "A. N.", "author_vi": "A. N.", "source_id": ""}]
)
def test_rows_of_one_scenario_that_do_not_agree_are_found(cells):
    differ = [(3, column, "differs") for column in sorted(cells)]
    assert [(f.row, f.column, f.rule) for f in found(CAP | cells, GROWTH)] == differ


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        ({"until": "2015"}, ["2015"]),
        ({"until": "2016"}, []),
        ({"until": "2015", "source_id": ""}, ["2015"]),
        ({"until": "2018", "source_id": "src_002"}, ["2018"]),
        ({"until": "2014", "since": "2012"}, []),
    ],
)
def test_a_scenario_that_was_over_before_anybody_knew_of_it_is_found(cells, last):
    sources = [
        {"source_id": "src_001", "published_on": "2016-05-01"},
        {"source_id": "src_002", "published_on": "2019-05-01"},
    ]
    told = [{"period": "2012"}, {"period": "2015"}, {"period": "2018", "source_id": "src_002"}]
    others = [{"period": "2019", "status": "plan"}, {"period": "2019", "scope": "part"}, {"period": "2016-2020"}]
    more = {"sources": sources, "observations": [*told, *others], "release_calendar": [{"cut_off": "2017-03-31"}]}
    ended = [one for one in check_scenarios(assumed(cells, **more)) if one.rule == "end-before-start"]
    assert [one.allowed.partition(",")[0] for one in ended] == [f"a year after {year}" for year in last]


def assumed(cells: Mapping[str, str], **more: list[Mapping[str, str]]) -> Tables:
    """The tables of a scenario of jobs with these cells."""
    row = {"scenario": "new", "indicator_id": "jobs", "position": "1", "kind": "constant_growth", "until": "2030"}
    row |= {"parameters": "growth=0.05", "source_id": "src_001", **cells}
    others = {"observations": [{"period": "2010"}], **more}
    return tables(scenarios=[row], indicators=[{"indicator_id": "jobs"}], **others)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (PATH | {"parameters": "target=1; year=2025; path=linear"}, ""),
        (PATH | {"parameters": "target=0.5; year=2025; path=linear"}, "parameters (target)"),
        (GROWTH | {"since": "2022", "start": "400000000"}, ""),
        (GROWTH | {"since": "2022", "start": "400000001"}, "start"),
        (GROWTH | {"kind": "additions", "parameters": "amount=0.1"}, ""),
        (GROWTH | {"kind": "additions", "parameters": "amount=4000000000"}, "parameters (amount)"),
    ],
)
def test_an_amount_ten_times_all_figures_of_its_indicator_is_noted(cells, column):
    notes = [(one.column, one.rule, one.note) for one in found(cells) if one.note]
    assert notes == ([(column, "far-off", True)] if column else [])


def test_two_rows_for_one_place_in_a_scenario_are_found():
    (finding,) = found(GROWTH, CAP | {"position": "1"})
    assert (finding.row, finding.column, finding.rule) == (3, "scenario, indicator_id, position", "duplicate-key")


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        (
            "growth=6",
            "parameters (growth): outside-limits: found 6; "
            "allowed a fraction a year (0.05 is 5%) from -0.5 to 1; mend the number or its unit",
        ),
        (
            "growth 0.06",
            "parameters: form: found 'growth 0.06'; "
            "allowed pairs like growth=0.06, with '; ' between them; write name=value",
        ),
    ],
)
def test_a_finding_tells_an_analyst_what_to_do(parameters, told):
    assert [str(finding) for finding in found(GROWTH | {"parameters": parameters})] == [f"scenarios.csv:2:{told}"]


def test_the_command_finds_a_bad_scenario(folder):
    line = folder.change("scenarios", ROW, kind="constant_grwth")
    code, output = call("check", "--place", "hanoi")
    *said, last = output.splitlines()
    assert (code, last[:9]) == (1, "1 finding")
    told = f"data/hanoi/scenarios.csv:{line}:kind: kind: found 'constant_grwth'"
    (finding,) = (one for one in said if "(note)" not in one)
    assert finding.startswith(told)
    assert finding.endswith("did you mean constant_growth?")


@pytest.mark.parametrize(("floor", "lines"), [("39000000", []), ("40000000", []), ("41000000", [3])])
def test_a_floor_above_the_cap_of_its_scenario_is_found(floor, lines):
    cap = GROWTH | {"kind": "cap", "parameters": "limit=40000000"}
    rows = found(cap, GROWTH | {"kind": "floor", "position": "2", "parameters": f"limit={floor}"})
    assert [(one.row, one.rule) for one in rows if one.rule == "crossing"] == [(line, "crossing") for line in lines]
