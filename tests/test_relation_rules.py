"""Rows that lead to themselves, backwards or nowhere are found."""

from __future__ import annotations

import pytest
from small_tables import found

from promotion_book.facts.rules.relation_rules import (
    derivations_are_of_like_indicators,
    facts_are_used_or_left_out,
    keys_tell_the_source_and_the_year,
    nothing_leads_to_itself,
    programmes_have_an_order,
)


def test_a_target_that_replaces_itself_is_found():
    rows = [{"target_id": "a", "superseded_by": "a"}]
    assert found(nothing_leads_to_itself, targets=rows) == [("targets.csv", 2, "superseded_by", "circle")]


def test_a_row_of_which_the_key_is_malformed_leads_nowhere():
    assert found(nothing_leads_to_itself, indicators=[{"indicator_id": ""}]) == []


def test_targets_that_replace_each_other_are_found_and_one_that_leads_into_the_circle_is_not():
    leads = {"a": "b", "b": "c", "c": "a", "d": "a", "e": ""}
    rows = [{"target_id": key, "superseded_by": to} for key, to in leads.items()]
    assert [line for _, line, _, _ in found(nothing_leads_to_itself, targets=rows)] == [2, 3, 4]


@pytest.mark.parametrize("column", ["parent", "predecessor", "successor"])
def test_areas_that_lie_in_each_other_or_follow_each_other_in_a_circle_are_found(column):
    rows = [{"area_id": "a", column: "b"}, {"area_id": "b", column: "a"}]
    assert found(nothing_leads_to_itself, areas=rows) == [("areas.csv", line, column, "circle") for line in (2, 3)]


@pytest.mark.parametrize(
    ("column", "cell"), [("part_of", "jobs"), ("derivation", "total:jobs:2018"), ("derivation", "last:jobs:3")]
)
def test_an_indicator_that_is_part_of_itself_or_derived_from_itself_is_found(column, cell):
    rows = [{"indicator_id": "jobs", column: cell}]
    assert found(nothing_leads_to_itself, indicators=rows) == [("indicators.csv", 2, column, "circle")]


def test_a_target_replaced_by_an_older_one_is_found():
    rows = [{"target_id": "a", "superseded_by": "b"}, {"target_id": "b", "known_on": "2020-01-01"}]
    sources = [{"source_id": "src_001"}]
    assert found("targets:superseded_by:order", targets=rows, sources=sources) == [
        ("targets.csv", 2, "superseded_by", "order")
    ]


def test_a_target_replaced_on_the_same_day_is_possible():
    rows = [{"target_id": "a", "superseded_by": "b"}, {"target_id": "b"}]
    assert found("targets:superseded_by:order", targets=rows, sources=[{"source_id": "src_001"}]) == []


@pytest.mark.parametrize(
    "rule",
    [
        "total:jobs:0",
        "total:jobs:9999",
        "last:jobs:0",
        "last:jobs",
        "sum:jobs:2018",
        "total:jobs:2018\n",
        "total:Jobs:2018",
    ],
)
def test_a_derivation_that_is_none_is_found(rule):
    rows = [{"indicator_id": "total", "derivation": rule}]
    assert found("indicators:derivation", indicators=rows) == [("indicators.csv", 2, "derivation", "form")]


@pytest.mark.parametrize("rule", ["", "total:jobs:2018", "last:jobs:3", "change:jobs:2021", "growth:jobs:2021"])
def test_a_derivation_of_a_known_form_is_possible(rule):
    assert found("indicators:derivation", indicators=[{"indicator_id": "total", "derivation": rule}]) == []


@pytest.mark.parametrize(
    "label",
    [
        "2022-2022",
        "2022-12M",
        "2022-01-01/2022-12-31",
        "2022-6M",
        "2022-3M",
        "2022-1M",
        "2022-04-01/2022-04-01",
        "2020-01-01/2021-12-31",
    ],
)
def test_a_second_label_for_the_days_of_another_is_found(label):
    assert found(":label", observations=[{"period": label}]) == [("observations.csv", 2, "period", "label")]


@pytest.mark.parametrize(
    "label",
    [
        "2022",
        "2022-H2",
        "2022-Q4",
        "2022-07",
        "2022-9M",
        "2020-2022",
        "2022-02-28",
        "2022-02-02/2022-03-01",
        "2022-02-01/..",
        "2022-02-01/2022-05-31",
    ],
)
def test_the_usual_label_is_no_finding(label):
    assert found(":label", targets=[{"period": label}]) == []


def test_a_fact_that_is_used_and_left_out_is_found():
    rows = {"observations": [{"fact_id": "f1"}], "left_out": [{"fact_id": "f1"}, {"fact_id": "f2"}]}
    assert found(facts_are_used_or_left_out, **rows) == [("left_out.csv", 2, "fact_id", "used")]


@pytest.mark.parametrize(("leads", "lines"), [("jobs", []), ("fairs", [2]), ("", [])])
def test_a_programme_that_is_led_by_an_indicator_of_another_one_is_found(leads, lines):
    indicators = [{"indicator_id": name, "programme_id": of} for name, of in (("jobs", "work"), ("fairs", "trade"))]
    programmes = [{"programme_id": "work", "leading_indicator": leads}]
    rows = found(":led", programmes=programmes, indicators=indicators)
    assert [line for _, line, _, _ in rows] == lines


UNITS = [{"unit_id": name, "dimension": name} for name in ("count", "money", "percent", "index")]


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({"kind": "share", "unit": "percent"}, []),
        ({"kind": "share", "unit": "count"}, ["unit"]),
        ({"kind": "growth", "unit": "index"}, []),
        ({"kind": "growth", "unit": "money"}, ["unit"]),
        ({"unit": "money", "part_of": "whole"}, ["part_of"]),
        ({"unit": "count", "part_of": "whole", "breakdown": "trade"}, []),
        ({"unit": "count", "breakdown": "trade"}, ["breakdown"]),
        ({"kind": "share", "unit": "nothing"}, []),
    ],
)
def test_an_indicator_in_a_unit_that_its_kind_or_its_whole_cannot_have_is_found(cells, columns):
    rows = [{"indicator_id": "whole", "unit": "count"}, {"indicator_id": "part", "kind": "level"} | cells]
    told = found(
        "indicators",
        indicators=rows,
        units=UNITS,
    )
    assert [(line, column) for _, line, column, _ in told] == [(3, column) for column in columns]


@pytest.mark.parametrize(
    ("limits", "lines"),
    [(("0", "100"), []), (("0", ""), []), (("0", "101"), [2]), (("-1", "100"), [2]), (("0", "10"), [2])],
)
def test_a_share_goes_from_nothing_to_the_whole(limits, lines):
    row = {"indicator_id": "share", "kind": "share", "unit": "percent", "limit_low": limits[0], "limit_high": limits[1]}
    told = found(
        "indicators",
        indicators=[row],
        units=UNITS,
    )
    assert [line for _, line, *_ in told] == lines


@pytest.mark.parametrize(
    ("derivation", "expected"),
    [
        ("total:jobs:2018", []),
        ("total:money:2018", ["unit"]),
        ("sum:jobs:money", ["unit"]),
        ("change:jobs:2018", ["kind"]),
        ("growth:money:2018", []),
        ("growth:rise:2018", ["kind"]),
        ("ratio:jobs:money", []),
    ],
)
def test_a_derivation_of_what_is_counted_otherwise_or_of_another_kind_is_found(derivation, expected):
    parts = [
        {"indicator_id": "jobs"},
        {"indicator_id": "money", "unit": "vnd"},
        {"indicator_id": "rise", "kind": "growth", "unit": "percent"},
    ]
    rows = [*parts, {"indicator_id": "derived", "derivation": derivation}]
    rules = [rule for _, _, _, rule in found(derivations_are_of_like_indicators, indicators=rows)]
    assert rules == expected


def test_what_adds_up_in_a_period_and_is_measured_at_a_moment_is_found():
    rows = [{"kind": kind, "measured": "at"} for kind in ("flow", "cumulative", "level")]
    assert [line for _, line, _, _ in found("measured", indicators=rows)] == [2, 3]


@pytest.mark.parametrize(
    ("key", "columns"),
    [
        ("jobs-2022-src_001", []),
        ("jobs-2022-src_002", ["source_id"]),
        ("jobs-2021-src_001", ["period"]),
        ("jobs-2022-h1-gia-lam-src_002", ["source_id"]),
        ("firms-2021-src_002", []),
        ("o1", []),
    ],
)
def test_a_key_that_names_another_source_or_year_than_its_row_is_found(key, columns):
    sources = [{"source_id": "src_001"}, {"source_id": "src_002"}]
    told = found(keys_tell_the_source_and_the_year, sources=sources, observations=[{"observation_id": key}])
    assert [column for _, _, column, _ in told] == columns


def test_a_key_may_be_of_what_was_printed_where_a_correction_mends_it():
    mended = [{"table": "observations", "row_id": "jobs-2021-src_001", "column": "period"}]
    rows = [{"observation_id": "jobs-2021-src_001"}]
    assert found(keys_tell_the_source_and_the_year, observations=rows, corrections=mended) == []


def test_money_in_one_currency_is_no_part_of_money_in_another():
    units = [{"unit_id": name, "dimension": "money"} for name in ("usd", "vnd")]
    rows = [{"indicator_id": "a", "unit": "vnd"}, {"indicator_id": "b", "unit": "usd", "part_of": "a"}]
    told = found(
        "indicators",
        units=units,
        indicators=rows,
    )
    assert told == [("indicators.csv", 3, "part_of", "unit")]


@pytest.mark.parametrize(
    ("positions", "lines"), [(("1", "2", "3", ""), []), (("1", "1", "2", ""), [3]), (("1", "72", "2", ""), [3])]
)
def test_positions_count_the_programmes_and_rules_have_none(positions, lines):
    roles = ("programme", "programme", "context", "rules")
    pairs = enumerate(zip(positions, roles, strict=True))
    rows = [{"programme_id": f"p{n}", "position": position, "role": role} for n, (position, role) in pairs]
    told = found(programmes_have_an_order, programmes=rows)
    assert told == [("programmes.csv", line, "position", "order") for line in lines]
    ordered_rules = found("programmes:position", programmes=[row | {"role": "rules"} for row in rows[2:]])
    assert ordered_rules == [("programmes.csv", 2, "position", "order")]


@pytest.mark.parametrize(("kind", "columns"), [("share", []), ("growth", []), ("level", ["kind"])])
def test_what_is_counted_in_percent_is_a_share_or_a_growth(kind, columns):
    rows = [{"indicator_id": "rate", "kind": kind, "unit": "percent"}]
    told = found(
        "indicators",
        indicators=rows,
        units=UNITS,
    )
    assert [column for _, _, column, _ in told] == columns
