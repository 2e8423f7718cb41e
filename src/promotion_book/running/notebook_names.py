"""The names of rows that notebooks have in their cells: they exist in each place, or in the vocabulary that all places share.

    page.series("ocop_totl")      no indicator of this name; did you mean ocop_total?

What a cell puts together while it runs is not seen here; a page refuses it then, in the same words.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from promotion_book.facts import Package
from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.schema import TABLES
from promotion_book.facts.suggestion import did_you_mean
from promotion_book.report.cells import parse_code, read_cells
from promotion_book.report.parameters import PROGRAMME, read_contract

PAGE = "page"  # what a notebook calls its page
OF_INDICATORS = frozenset(
    ("series", "figures", "targets", "verdict", "readings", "parts", "areas", "projection", "statements", "names")
)
ONLY_FIRST = ("parts",)  # methods that take another text after the indicator
KEYWORDS = {"scope": "scopes"}


@dataclass(frozen=True)
class NamedRow:
    """A row of a table that a cell names, counted from 1."""

    cell: int
    table: str
    name: str


def check_names(notebook: Path, packages: Mapping[str, Package], *, file: str) -> Iterator[Finding]:
    """Findings on the names of a notebook that a place does not know: its pages are those of every place.

    Args:
        packages: of the places, by name.
        file: what the notebook is called in findings.

    Raises:
        NotebookError, ParameterError: the notebook cannot be read.
    """
    for named in dict.fromkeys(named_rows(notebook)):
        known = {place: set(package[named.table][TABLES[named.table].key[0]]) for place, package in packages.items()}
        lacking = [place for place, names in known.items() if named.name not in names]
        if lacking:
            found = f"{quote(named.name)}, which is in no {named.table}.csv of {', '.join(lacking)}"
            near = did_you_mean(named.name, sorted(known[lacking[0]])).removeprefix("; ")
            allowed = f"a row of the place or of data/vocabulary{f' ({near})' if near else ''}"
            yield Finding(
                file, named.cell, "cell", "name", found, allowed, "mend the name in this cell, or add the row"
            )


def named_rows(notebook: Path) -> Iterator[NamedRow]:
    """The rows that the cells of a notebook name as texts, in their order."""
    for number, cell in enumerate(read_cells(notebook), start=1):
        if cell.kind == "code":
            calls = (node for node in ast.walk(parse_code(cell.source, str(notebook))) if isinstance(node, ast.Call))
            yield from (NamedRow(number, table, name) for call in calls for table, name in _of_call(call))
            if "parameters" in cell.tags and PROGRAMME in (contract := read_contract(notebook)):
                yield NamedRow(number, "programmes", str(contract[PROGRAMME].default))


def _of_call(call: ast.Call) -> Iterator[tuple[str, str]]:
    """The rows that a call of a method of the page names."""
    method = call.func
    if not (isinstance(method, ast.Attribute) and isinstance(method.value, ast.Name) and method.value.id == PAGE):
        return
    if method.attr in OF_INDICATORS:
        given = call.args[:1] if method.attr in ONLY_FIRST else call.args
        yield from (("indicators", name) for argument in given for name in _texts(argument))
        yield from (
            (KEYWORDS[word.arg], name) for word in call.keywords if word.arg in KEYWORDS for name in _texts(word.value)
        )


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts of an argument: itself, or those of a list."""
    for one in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value:
            yield one.value
