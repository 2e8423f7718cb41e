"""Kinds of assumptions: what a row of the table may say."""

from __future__ import annotations

import pytest

from promotion_book.scenarios.assumptions import (
    Additions,
    Cap,
    ConstantGrowth,
    Floor,
    PathToTarget,
    PercentagePoints,
)
from promotion_book.scenarios.kinds import KINDS, assumption, check, check_name, parameters

ROWS = {
    "constant_growth": ({"growth": "0.05"}, ConstantGrowth(0.05)),
    "path_to_target": ({"target": "150", "year": "2030", "path": "linear"}, PathToTarget(150.0, 2030, "linear")),
    "additions": ({"amount": "11"}, Additions(11.0)),
    "percentage_points": ({"points": "-2"}, PercentagePoints(-2.0)),
    "cap": ({"limit": "100"}, Cap(100.0)),
    "floor": ({"limit": 0}, Floor(0.0)),
}


def unit(kind: str) -> str:
    return "percent" if kind == "percentage_points" else "products"


def found(kind, given, unit="products") -> list[tuple[str, str, str, str, str]]:
    return [(f.column, f.rule, f.found, f.allowed, f.action) for f in check(kind, given, unit, row=2)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_from_the_texts_of_a_row(kind):
    given, expected = ROWS[kind]
    made = assumption(kind, given, unit(kind))
    assert (made, type(made)) == (expected, KINDS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_misses_each_of_its_parameters(kind):
    empty = check(kind, dict.fromkeys(parameters(kind), ""), unit(kind), row=2)
    assert [(f.column, f.rule) for f in empty] == [(name, "missing-parameter") for name in parameters(kind)]


def test_a_finding_names_the_file_the_line_and_what_to_do():
    (finding,) = check("additions", {"amount": "many"}, "products", row=7)
    assert str(finding) == (
        "scenarios.csv:7:amount: type: found 'many'; "
        "allowed a number a year, in the unit of the indicator; write a value of this form"
    )


def test_an_unknown_kind_is_found_with_the_kinds_there_are():
    kinds = ", ".join(KINDS)
    assert found("constant_grwth", {}) == [
        ("kind", "kind", "'constant_grwth'", kinds, "did you mean constant_growth?"),
    ]
    assert found("magic", {}) == [("kind", "kind", "'magic'", kinds, "use one of the kinds")]


def test_an_unknown_parameter_is_found_with_the_ones_there_are():
    assert found("cap", {"limit": 5, "limits": 5, "growth": 1}) == [
        ("limits", "unknown-parameter", "'limits'", "limit for cap", "did you mean limit?"),
        ("growth", "unknown-parameter", "'growth'", "limit for cap", "delete it, or use a kind that has growth"),
    ]


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("constant_growth", "growth", "fast"),
        ("constant_growth", "growth", "nan"),
        ("additions", "amount", "inf"),
        ("additions", "amount", True),
        ("path_to_target", "year", "2027.5"),
        ("path_to_target", "year", "2027 "),
        ("constant_growth", "growth", "1_0"),
        ("constant_growth", "growth", "０.０５"),
        ("constant_growth", "growth", "5e-2"),
        ("constant_growth", "growth", "0.1_0"),
        ("additions", "amount", 10**400),
        ("path_to_target", "path", "ceiling"),
    ],
)
def test_a_value_of_another_form_is_found(kind, name, value):
    given = {**ROWS[kind][0], name: value}
    assert [(f.column, f.rule, f.found) for f in check(kind, given, "products", row=2)] == [(name, "type", repr(value))]


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("percentage_points", "points", 101),
        ("constant_growth", "growth", 5),
        ("constant_growth", "growth", "5"),
        ("path_to_target", "year", 27),
    ],
)
def test_a_number_outside_the_limits_of_its_parameter_is_found(kind, name, value):
    given = {**ROWS[kind][0], name: value}
    findings = check(kind, given, unit(kind), row=2)
    assert [(f.column, f.rule, f.found) for f in findings] == [(name, "outside-limits", f"{float(value):g}")]


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [("constant_growth", "growth", -0.5), ("constant_growth", "growth", 1), ("path_to_target", "year", 1990)],
)
def test_a_number_at_the_limit_of_its_parameter_is_allowed(kind, name, value):
    assert found(kind, {**ROWS[kind][0], name: value}) == []


def test_percentage_points_are_for_figures_in_per_cent_and_amounts_are_not():
    allowed = "percentage_points of percent"
    assert found("percentage_points", {"points": 5}, unit="products") == [
        ("kind", "unit", "percentage_points of products", allowed, "use additions"),
    ]
    assert found("additions", {"amount": 5}, unit="percent") == [
        ("kind", "unit", "additions of percent", allowed, "use percentage_points"),
    ]
    assert found("constant_growth", {"growth": 0.05}, unit="percent") == []


def test_an_assumption_is_not_made_from_a_row_with_findings():
    with pytest.raises(ValueError) as error:
        assumption("path_to_target", {"year": 1, "path": "linear"}, "jobs")
    assert [line.split(": ")[1] for line in str(error.value).splitlines()] == ["missing-parameter", "outside-limits"]


def test_a_row_does_not_take_a_reserved_name():
    (finding,) = check_name("observed", row=3)
    assert (finding.row, finding.column, finding.rule) == (3, "scenario", "reserved-name")
    assert finding.action == "observed is the figures that were published; rename"
    assert check_name("more_fairs", row=3) == []
