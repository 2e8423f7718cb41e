"""The parameters of a notebook: their types, and the one function that reads them.

The cell tagged `parameters` is a notebook's contract, one line a parameter:

    growth: YearlyGrowth = 0.08  # growth of handicraft exports a year

The type is one of `TYPES`, which holds its range, choices and unit; the comment is the help. An
unknown name, a wrong type or a value out of range is an error before anything runs. A value may
come as text from a command line. Out of scope: values computed from other parameters.

Names say how parameters go together: `growth_low` is the low end of `growth` and `growth_high` its high end. An end
on the wrong side is an error too: who moves the base past an end says where that end is now.
"""

from __future__ import annotations

import ast
import io
import itertools
import re
import tokenize
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError

from promotion_book.facts import parse
from promotion_book.facts.findings import quote
from promotion_book.facts.package import PackageError, listed_places, places, read
from promotion_book.facts.periods import label_of
from promotion_book.facts.place_programmes import place_programmes
from promotion_book.facts.suggestion import did_you_mean
from promotion_book.report.cells import read_cells
from promotion_book.words.language import LANGUAGES


class ParameterError(ValueError):
    """Parameters that do not fit the contract; the message has one line for each."""


def _one_of(names: Callable[[], Collection[str]]) -> BeforeValidator:
    """A word that is one of some names, which are looked up when it is checked."""

    def check(value: object) -> object:
        there = [*names()]
        if value not in there:
            raise ValueError(f"allowed: {', '.join(there)}{did_you_mean(str(value), there)}")
        return value

    return BeforeValidator(check)


def _places(value: str) -> str:
    unknown = [name for name in listed_places(value) if name not in places()]
    if unknown:
        hint = did_you_mean(unknown[0], places())
        raise ValueError(f"no place {', '.join(unknown)}; allowed: {', '.join(places())}{hint}")
    return value


def _period(value: object) -> str:
    try:
        period = parse(str(value))
    except ValueError as error:
        raise ValueError(str(error).partition("; allowed: ")[0]) from error  # other rows have more kinds of periods
    if not period.reportable:
        raise ValueError("no period of a report")
    if (usual := label_of(period.start, period.end)) != period.label:
        raise ValueError(f"its usual label is {usual}")
    return period.label


def _number_or_text(value: object) -> object:
    if isinstance(value, (bool, bytes)):
        raise ValueError("neither a number nor a text")
    return value


NumberOrText = BeforeValidator(_number_or_text)
Place = Annotated[str, _one_of(places), "a folder of data/"]
Places = Annotated[str, NumberOrText, AfterValidator(_places), "folders of data/ between commas; empty: all"]
PeriodLabel = Annotated[
    str,
    BeforeValidator(_period),
    NumberOrText,
    "a year, a half-year, a quarter or months: 2024, 2024-H1, 2024-Q3, 2024-05, 2024-9M",
]
LanguageCode = Annotated[str, _one_of(lambda: LANGUAGES), "a language code: " + ", ".join(LANGUAGES)]
YearlyGrowth = Annotated[float, NumberOrText, Field(ge=-0.5, le=1.0), "a fraction a year from -0.5 to 1: 0.05 is 5%"]
Factor = Annotated[
    float, NumberOrText, Field(ge=0, le=5), "a factor from 0 to 5: 1 is as much as so far, 1.5 half as much again"
]
Years = Annotated[int, NumberOrText, Field(ge=1, le=10), "whole years from 1 to 10"]

Programme = Annotated[str, NumberOrText, "the name of a programme of the place"]

PLACES = "places"  # the parameter that says which places a page sets side by side
PROGRAMME = "programme"  # the parameter that says which programme of the place a page is on
LINE = "name: Type = value  # help"
END = re.compile("_(low|high)$")

TYPES: dict[str, Any] = {
    "Place": Place,
    "Places": Places,
    "PeriodLabel": PeriodLabel,
    "LanguageCode": LanguageCode,
    "YearlyGrowth": YearlyGrowth,
    "Factor": Factor,
    "Years": Years,
    "Programme": Programme,
}


@dataclass(frozen=True)
class NotebookParameter:
    """One parameter of a notebook: its name, the name of its type, its default and its help."""

    name: str
    type: str
    default: Any
    help: str

    @property
    def allowed(self) -> str:
        """What the type allows, in words."""
        return str(get_args(TYPES[self.type])[-1])


Contract = dict[str, NotebookParameter]


def read_contract(notebook: Path) -> Contract:
    """The parameters that a notebook declares, by name, in their order.

    Raises:
        NotebookError: the file is no notebook.
        ParameterError: the notebook has no single cell tagged `parameters`, or a line of it is not
            `name: Type = value  # help` with a type of `TYPES`.
    """
    tagged = [cell.source for cell in read_cells(notebook) if cell.kind == "code" and "parameters" in cell.tags]
    if len(tagged) != 1:
        raise ParameterError(f"{notebook}: {len(tagged)} cells tagged parameters; a notebook has one")
    return parse_contract(tagged[0], str(notebook))


def parse_contract(source: str, where: str) -> Contract:
    """The parameters of a cell's source. Raises ParameterError, naming `where` and the line."""
    try:
        lines, helps = ast.parse(source).body, _comments(source)
    except SyntaxError as error:
        raise ParameterError(f"{where}: parameters line {error.lineno}: {error.msg}; write {LINE}") from error
    found: Contract = {}
    for line in lines:
        at = f"{where}: parameters line {line.lineno}"
        if not (isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value is not None):
            raise ParameterError(f"{at}: write {LINE}")
        kind = ast.unparse(line.annotation)
        if kind not in TYPES:
            raise ParameterError(f"{at}: type {kind!r}; allowed: {', '.join(TYPES)}")
        if line.lineno not in helps:
            raise ParameterError(f"{at}: no comment; the comment is the help")
        name = line.target.id
        if name in found:
            raise ParameterError(f"{at}: {name} again; declare each parameter once")
        found[name] = NotebookParameter(name, kind, _value(line.value, at), helps[line.lineno])
    return found


def check_parameters(declared: Contract, values: Mapping[str, object]) -> dict[str, Any]:
    """The values as their types read them, for the declared parameters that are given.

    Raises:
        ParameterError: one line for each unknown name, each value that does not fit, each end on the wrong side of its
            base or of the other end, and a programme that the place does not have.
    """
    checked = parse_values(declared, values)
    problems = [*find_unordered(declared, checked), *_unknown_programme(declared, checked)]
    if problems:
        raise ParameterError("\n".join(problems))
    return checked


def parse_values(declared: Contract, values: Mapping[str, object]) -> dict[str, Any]:
    """The values as their types read them, each looked at by itself.

    Raises:
        ParameterError: one line for each unknown name and each value that does not fit.
    """
    problems, checked = [], {}
    for name, value in values.items():
        if name not in declared:
            hint = did_you_mean(name, declared)
            problems.append(f"unknown parameter {name!r}; declared: {', '.join(declared)}{hint}")
            continue
        try:
            checked[name] = TypeAdapter(TYPES[declared[name].type]).validate_python(value)
        except ValidationError as error:
            given = quote(value) if isinstance(value, str) else repr(value)
            allowed = f"{declared[name].type} is {declared[name].allowed}"
            problems.append(f"parameter {name} = {given}: {'; '.join([*_reasons(error), allowed])}")
    if problems:
        raise ParameterError("\n".join(problems))
    return checked


def find_unordered(declared: Contract, values: Mapping[str, Any]) -> list[str]:
    """Ends on the wrong side, a line for each: of low end, base and high end none is above the next one.

    Args:
        values: checked ones; those that are not given keep their default.
    """
    full = {name: values.get(name, parameter.default) for name, parameter in declared.items()}
    problems = []
    for base in dict.fromkeys(END.sub("", name) for name in full):
        row = [name for name in (f"{base}_low", base, f"{base}_high") if isinstance(full.get(name), (int, float))]
        for lower, upper in itertools.pairwise(row):
            if full[lower] > full[upper]:
                unset = [name for name in (lower, upper) if name not in values]
                action = f"give {' and '.join(unset)} too" if unset else "exchange or mend them"
                told = f"{lower} = {full[lower]!r} is above {upper} = {full[upper]!r}"
                problems.append(f"parameters {lower} and {upper}: {told}; allowed: {' <= '.join(row)}; {action}")
    return problems


def _unknown_programme(declared: Contract, values: Mapping[str, Any]) -> list[str]:
    """That a place has no such programme; nothing where neither of the two is given."""
    if PROGRAMME not in declared or not {PROGRAMME, "place"} & {*values}:
        return []
    place, name = (values.get(key, declared[key].default) for key in ("place", PROGRAMME))
    try:
        there = [*place_programmes(read(place))["programme_id"]]
    except PackageError as error:
        return [str(error)]
    if name in there:
        return []
    hint = did_you_mean(name, there)
    return [f"parameter {PROGRAMME} = {name!r}: {place} has no such programme; allowed: {', '.join(there)}{hint}"]


def check_namespace(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a running notebook, checked: the annotated names of its namespace.

    Serves notebooks that are run by hand or by plain papermill, where nothing was checked before. Papermill gives
    whatever it is told to give: a name that is not annotated is an unknown parameter.

    Raises:
        ParameterError: as by `check_parameters`.
    """
    kinds = {id(kind): name for name, kind in TYPES.items()}
    declared = {
        name: NotebookParameter(name, kinds[id(kind)], None, "")
        for name, kind in namespace.get("__annotations__", {}).items()
        if id(kind) in kinds
    }
    return check_parameters(
        declared, {name: namespace[name] for name in dict.fromkeys([*declared, *_injected(namespace)])}
    )


def _injected(namespace: Mapping[str, Any]) -> list[str]:
    """The names that papermill has set: those of the last cell run that is a comment and assignments, as it writes one."""
    run = [source for source in namespace.get("In", []) if source.startswith("# Parameters\n")]
    try:
        lines = ast.parse(run[-1]).body if run else []
    except SyntaxError:
        return []  # a cell of the author
    names = [
        line.targets[0].id for line in lines if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)
    ]
    return [name for name in names if not name.startswith("PAPERMILL_") and name in namespace]


def _value(node: ast.expr, at: str) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError) as error:
        raise ParameterError(f"{at}: {ast.unparse(node)}; write the value itself, as 0.08") from error


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ").strip() for t in tokens if t.type == tokenize.COMMENT}


def _reasons(error: ValidationError) -> list[str]:
    """What is wrong beside the type and its range, which its own words say."""
    return [str(one["ctx"]["error"]) for one in error.errors() if one["type"] == "value_error"]
