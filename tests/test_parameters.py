"""The contract of a notebook, and what does not fit it."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from promotion_book.report.parameters import (
    NotebookParameter,
    ParameterError,
    PeriodLabel,
    YearlyGrowth,
    check_namespace,
    check_parameters,
    parse_contract,
    read_contract,
)
from promotion_book.running.contents import chapter_notebooks

CELL = 'period: PeriodLabel = "2025"  # the reporting period\ngrowth: YearlyGrowth = 0.08  # growth a year\n'


def declared():
    return parse_contract(CELL, "a.ipynb")


def test_a_cell_is_read_as_names_types_defaults_and_helps():
    assert list(declared().values()) == [
        NotebookParameter("period", "PeriodLabel", "2025", "the reporting period"),
        NotebookParameter("growth", "YearlyGrowth", 0.08, "growth a year"),
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("growth = 0.05  # help", "write name: Type = value"),
        ("growth: float = 0.05  # help", "type 'float'; allowed: Place, Places, Period"),
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
    assert check_parameters(declared(), given) == checked


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"grwth": 0.05}, "unknown parameter 'grwth'; declared: period, growth; did you mean growth?"),
        ({"growth": "fast"}, "parameter growth = 'fast': .* a fraction a year"),
        ({"growth": 6}, "parameter growth = 6: YearlyGrowth is a fraction a year from -0.5 to 1: 0.05 is 5%$"),
        ({"growth": "6%"}, "parameter growth = '6%': YearlyGrowth is a fraction a year"),
        ({"growth": [0.06]}, r"parameter growth = \[0.06\]: YearlyGrowth is a fraction a year"),
        ({"growth": None}, "parameter growth = None: YearlyGrowth is a fraction a year"),
        ({"growth": math.nan}, "parameter growth = nan: YearlyGrowth is a fraction a year"),
        ({"growth": "9" * 5000}, r"parameter growth = '9{60}'...: YearlyGrowth is"),
        ({"growth": True}, "parameter growth = True: neither a number nor a text"),
        ({"period": "2024-12M"}, "its usual label is 2024"),
        ({"period": "2024-07-01"}, "a year, a half-year, a quarter or months"),
        ({"period": "2024-H7"}, "does not exist"),
        ({"x = 1; import os": 1}, "unknown parameter"),
    ],
)
def test_what_does_not_fit_is_named_with_what_is_allowed(given, message):
    with pytest.raises(ParameterError, match=message):
        check_parameters(declared(), given)


@pytest.mark.parametrize(
    ("given", "hint"), [("EN", "; did you mean en?"), ("English", ""), (["en"], ""), (None, ""), (3, "")]
)
def test_a_word_that_is_none_of_those_allowed_is_named_with_them_and_the_one_that_was_meant(given, hint):
    contract = parse_contract('language: LanguageCode = "en"  # the language', "a.ipynb")
    with pytest.raises(ParameterError) as error:
        check_parameters(contract, {"language": given})
    said = f"allowed: en, vi{hint}; LanguageCode is a language code: en, vi"
    assert str(error.value) == f"parameter language = {given!r}: {said}"


def test_all_problems_come_at_once():
    with pytest.raises(ParameterError) as error:
        check_parameters(declared(), {"growth": 6, "grwth": 1, "period": "x"})
    assert len(str(error.value).splitlines()) == 3


def test_a_notebook_without_a_cell_of_parameters_is_refused(tmp_path):
    from builders import notebook

    path = tmp_path / "a.ipynb"
    path.write_text(notebook("1"), encoding="utf-8")
    with pytest.raises(ParameterError, match="0 cells tagged parameters"):
        read_contract(path)


def test_a_running_notebook_checks_what_was_injected():
    namespace = {"__annotations__": {"period": PeriodLabel, "growth": YearlyGrowth}, "period": 2022, "growth": 0.05}
    assert check_namespace(namespace) == {"period": "2022", "growth": 0.05}
    with pytest.raises(ParameterError, match="growth"):
        check_namespace(namespace | {"growth": 7})


@pytest.mark.parametrize("notebook", chapter_notebooks(Path()), ids=lambda path: path.stem)
def test_the_defaults_of_every_notebook_fit_its_contract(notebook):
    found = read_contract(notebook)
    assert list(found)[:3] == ["place", "period", "language"]
    assert check_parameters(found, {name: p.default for name, p in found.items()}) == {
        name: p.default for name, p in found.items()
    }


@pytest.mark.parametrize("notebook", chapter_notebooks(Path()), ids=lambda path: path.stem)
def test_papermill_reads_the_same_parameters_and_helps(notebook):
    import papermill

    found = papermill.inspect_notebook(str(notebook))
    assert {name: p["help"] for name, p in found.items()} == {
        name: p.help for name, p in read_contract(notebook).items()
    }


ENDS = "".join(
    f"{name}: YearlyGrowth = {value}  # help\n"
    for name, value in (("rate_low", 0.05), ("rate", 0.08), ("rate_high", 0.09))
)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            {"rate": 0.04},
            "rate_low = 0.05 is above rate = 0.04; allowed: rate_low <= rate <= rate_high; give rate_low too",
        ),
        ({"rate": 0.1}, "rate = 0.1 is above rate_high = 0.09; .*; give rate_high too"),
        ({"rate_low": 0.085}, "rate_low = 0.085 is above rate = 0.08; .*; give rate too"),
        ({"rate": 0.02, "rate_low": 0.03}, "parameters rate_low and rate: .*; exchange or mend them"),
    ],
)
def test_an_end_on_the_wrong_side_of_its_base_is_refused_and_named(given, message):
    with pytest.raises(ParameterError, match=message):
        check_parameters(parse_contract(ENDS, "a"), given)


@pytest.mark.parametrize("given", [{}, {"rate": 0.05}, {"rate": "0.04", "rate_low": "0.04"}, {"rate_high": 1}])
def test_ends_may_equal_their_base(given):
    assert check_parameters(parse_contract(ENDS, "a"), given) == {name: float(value) for name, value in given.items()}


def test_two_ends_without_a_base_are_in_order_too():
    with pytest.raises(ParameterError, match=re.escape("a_low = 0.3 is above a_high = 0.2")):
        check_parameters(parse_contract("a_low: Factor = 0.1  # l\na_high: Factor = 0.2  # h\n", "a"), {"a_low": 0.3})


def test_a_notebook_that_is_run_by_hand_checks_its_ends_too():
    names = ("rate_low", "rate", "rate_high")
    namespace = {
        "__annotations__": dict.fromkeys(names, YearlyGrowth),
        **dict(zip(names, (0.05, 0.04, 0.09), strict=True)),
    }
    with pytest.raises(ParameterError, match=re.escape("rate_low = 0.05 is above rate = 0.04")):
        check_namespace(namespace)


def ran(cell: str, **names: object) -> dict[str, object]:
    """The namespace of a kernel that has run a cell."""
    return {"__annotations__": {"period": PeriodLabel}, "period": "2022", "In": ["", "1 + 1", cell], **names}


def test_a_name_that_papermill_gives_and_nobody_declares_is_refused():
    with pytest.raises(
        ParameterError, match=re.escape("unknown parameter 'perod'; declared: period; did you mean period?")
    ):
        check_namespace(ran('# Parameters\nperod = "2022"\n', perod="2022"))


@pytest.mark.parametrize(
    "cell",
    [
        '# Parameters\nperiod = "2022"\n',
        '# Parameters\nPAPERMILL_OUTPUT_PATH = "out.ipynb"\n',
        "# Parameters\n%matplotlib inline",
        "perod = 1",
    ],
)
def test_names_of_the_author_are_no_parameters(cell):
    assert check_namespace(ran(cell, perod=1, PAPERMILL_OUTPUT_PATH="out.ipynb")) == {"period": "2022"}


def test_a_factor_lies_between_nothing_and_five_times_as_much():
    declared = parse_contract("effort: Factor = 1.0  # help", "here")
    assert check_parameters(declared, {"effort": "1.5"}) == {"effort": 1.5}
    with pytest.raises(ParameterError, match="a factor from 0 to 5"):
        check_parameters(declared, {"effort": 6})
