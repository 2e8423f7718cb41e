"""The words for kinds of assumption, as a scenario table or a notebook gives them, and their check.

`KINDS` names the classes of `assumptions`; the annotations of a class are its parameters. `check`
finds everything wrong with a row, `assumption` makes the row an assumption. Parameters may be texts, which are read
as the cells of a table are; an empty one is missing. Out of scope: reading the table.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_type_hints

from promotion_book.facts import grammar
from promotion_book.facts.findings import Finding
from promotion_book.scenarios import assumptions
from promotion_book.scenarios.assumptions import Assumption, ParameterRule
from promotion_book.scenarios.projection import RESERVED

KINDS: dict[str, type[Assumption]] = {
    "constant_growth": assumptions.ConstantGrowth,
    "path_to_target": assumptions.PathToTarget,
    "additions": assumptions.Additions,
    "percentage_points": assumptions.PercentagePoints,
    "cap": assumptions.Cap,
    "floor": assumptions.Floor,
}
FILE = "scenarios.csv"
Given = Mapping[str, object]


def parameters(kind: str) -> dict[str, ParameterRule]:
    """The parameters of a kind of `KINDS`, by name, in their order."""
    hints = get_type_hints(KINDS[kind], include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items()}


def check_name(name: str, row: int) -> list[Finding]:
    """A scenario of a table has a name of its own: the reserved ones are given by the report."""
    if name not in RESERVED:
        return []
    allowed = f"any name but {', '.join(RESERVED)}"
    return [Finding(FILE, row, "scenario", "reserved-name", repr(name), allowed, f"{name} is {RESERVED[name]}; rename")]


def check(kind: str, given: Given, unit: str, row: int) -> list[Finding]:
    """Everything wrong with one assumption, in the order of its parameters; empty when it is sound.

    Args:
        kind: a word, of `KINDS` when it is sound.
        given: numbers, texts or words by the name of the parameter; an empty text is missing.
        unit: unit of the indicator: `percent` asks for percentage points instead of amounts.
        row: line of the assumption in the file.
    """
    if kind not in KINDS:
        problem = ("kind", "kind", repr(kind), ", ".join(KINDS), _near(kind, KINDS, otherwise="use one of the kinds"))
        return [Finding(FILE, row, *problem)]
    filled = {name: value for name, value in given.items() if value not in ("", None)}
    problems = [*_unknown(kind, filled), *_wrong(kind, filled), *_unit(kind, unit)]
    return [Finding(FILE, row, *problem) for problem in problems]


def assumption(kind: str, given: Given, unit: str) -> Assumption:
    """The assumption of a kind with its parameters.

    Raises:
        ValueError: one line for each finding of `check`.
    """
    findings = check(kind, given, unit, row=0)
    if findings:
        raise ValueError("\n".join(str(finding) for finding in findings))
    return KINDS[kind](**{name: _read(given[name], parameter) for name, parameter in parameters(kind).items()})


Problem = tuple[str, str, str, str, str]  # column, rule, found, allowed, what to do


def _unknown(kind: str, given: Given) -> Iterator[Problem]:
    known = parameters(kind)
    for name in given:
        if name not in known:
            action = _near(name, known, otherwise=f"delete it, or use a kind that has {name}")
            yield name, "unknown-parameter", repr(name), f"{', '.join(known)} for {kind}", action


def _wrong(kind: str, given: Given) -> Iterator[Problem]:
    for name, parameter in parameters(kind).items():
        if name not in given:
            yield name, "missing-parameter", "nothing", parameter.allowed, f"give {name}; {kind} needs it"
            continue
        value = _read(given[name], parameter)
        if value is None:
            yield name, "type", repr(given[name]), parameter.allowed, "write a value of this form"
        elif not parameter.choices and not parameter.low <= value <= parameter.high:
            yield name, "outside-limits", f"{value:g}", parameter.allowed, "mend the number or its unit"


def _unit(kind: str, unit: str) -> Iterator[Problem]:
    if kind == "percentage_points" and unit != "percent":
        yield "kind", "unit", f"{kind} of {unit}", "percentage_points of percent", "use additions"
    if kind == "additions" and unit == "percent":
        yield "kind", "unit", f"{kind} of percent", "percentage_points of percent", "use percentage_points"


def _read(value: object, parameter: ParameterRule) -> Any:
    """A value as its parameter wants it; None when it is not of its form."""
    if parameter.choices:
        return value if value in parameter.choices else None
    number = grammar.number(value) if isinstance(value, str) else _finite(value)
    if number is None or (parameter.whole and number != round(number)):
        return None
    return round(number) if parameter.whole else number


def _finite(value: object) -> float | None:
    """A number that a notebook or a YAML file gives as one; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= sys.float_info.max:
        return None
    return float(value)


def _near(word: str, known: Iterable[str], *, otherwise: str) -> str:
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean {near[0]}?" if near else otherwise
