"""The contract of a notebook, and what does not fit it."""

from __future__ import annotations

from pathlib import Path

import pytest

from promotion_book.publishing.contents import chapters
from promotion_book.publishing.parameters import (
    Parameter,
    ParameterError,
    Period,
    YearlyGrowth,
    check,
    check_namespace,
    contract,
    parse_contract,
)

CELL = 'period: Period = "2025"  # the reporting period\ngrowth: YearlyGrowth = 0.08  # growth a year\n'


def declared():
    return parse_contract(CELL, "a.ipynb")


def test_a_cell_is_read_as_names_types_defaults_and_helps():
    assert list(declared().values()) == [
        Parameter("period", "Period", "2025", "the reporting period"),
        Parameter("growth", "YearlyGrowth", 0.08, "growth a year"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("growth = 0.05  # help", "write name: Type = value"),
        ("growth: float = 0.05  # help", "type 'float'; allowed: Place, Period"),
        ("growth: YearlyGrowth = 0.05", "no comment"),
        ("growth: YearlyGrowth  # help", "write name: Type = value"),
    ],
)
def test_a_line_that_is_no_parameter_is_refused_with_its_place(line, message):
    with pytest.raises(ParameterError, match=f"a.ipynb: parameters line 1: {message}"):
        parse_contract(line, "a.ipynb")


@pytest.mark.parametrize(
    ("given", "checked"),
    [
        ({"period": 2022}, {"period": "2022"}),
        ({"period": "2024-H1"}, {"period": "2024-H1"}),
        ({"growth": "0.06"}, {"growth": 0.06}),
        ({}, {}),
    ],
)
def test_values_are_read_by_their_types_also_from_text(given, checked):
    assert check(declared(), given) == checked


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"grwth": 0.05}, "unknown parameter 'grwth'; declared: period, growth; did you mean growth?"),
        ({"growth": "fast"}, "parameter growth = 'fast': .* a fraction a year"),
        ({"growth": 6}, "less than or equal to 1"),
        ({"period": "2024-07"}, "a year, a half-year or a quarter"),
        ({"period": "2024-H7"}, "does not exist"),
        ({"x = 1; import os": 1}, "unknown parameter"),
    ],
)
def test_what_does_not_fit_is_named_with_what_is_allowed(given, message):
    with pytest.raises(ParameterError, match=message):
        check(declared(), given)


def test_all_problems_come_at_once():
    with pytest.raises(ParameterError) as error:
        check(declared(), {"growth": 6, "grwth": 1, "period": "x"})
    assert len(str(error.value).splitlines()) == 3


def test_a_notebook_without_a_cell_of_parameters_is_refused(tmp_path):
    from builders import notebook

    path = tmp_path / "a.ipynb"
    path.write_text(notebook("1"), encoding="utf-8")
    with pytest.raises(ParameterError, match="0 cells tagged parameters"):
        contract(path)


def test_a_running_notebook_checks_what_was_injected():
    namespace = {"__annotations__": {"period": Period, "growth": YearlyGrowth}, "period": 2022, "growth": 0.05}
    assert check_namespace(namespace) == {"period": "2022", "growth": 0.05}
    with pytest.raises(ParameterError, match="growth"):
        check_namespace(namespace | {"growth": 7})


@pytest.mark.parametrize("notebook", chapters(Path()), ids=lambda path: path.stem)
def test_the_defaults_of_every_notebook_fit_its_contract(notebook):
    found = contract(notebook)
    assert list(found)[:3] == ["place", "period", "language"]
    assert check(found, {name: p.default for name, p in found.items()}) == {
        name: p.default for name, p in found.items()
    }


@pytest.mark.parametrize("notebook", chapters(Path()), ids=lambda path: path.stem)
def test_papermill_reads_the_same_parameters_and_helps(notebook):
    import papermill

    found = papermill.inspect_notebook(str(notebook))
    assert {name: p["help"] for name, p in found.items()} == {name: p.help for name, p in contract(notebook).items()}
