"""What cells take from chance, from the clock, and from files and addresses that no page declares: no rebuilt edition is the same.

    pd.Timestamp.today()     found pandas.Timestamp.today, which is another day at each run

Names are followed through the imports of a notebook. What a cell comes to in another way is not seen here: it shows when an
edition is built again, which compares every byte.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from promotion_book.facts.findings import Finding
from promotion_book.report.cells import parse_code, read_cells

RULE = "repeatable"
ALWAYS = {  # calls that give something else at each run, whatever they are given
    r"datetime\.(datetime|date)\.(now|today|utcnow)|pandas\.Timestamp\.(now|today|utcnow)|time\.(?!sleep\b)\w+": (
        "which is another time at each run",
        "the days of the edition: page.edition",
    ),
    r"random\.SystemRandom|secrets\.\w+|uuid\.uuid[14]|os\.urandom": ("which is another at each run", "a seed"),
    r"(requests|httpx|urllib3?|http|socket)\.[\w.]+|seaborn\.load_dataset": (
        "which reads what lies elsewhere",
        "the tables of the place",
    ),
}
WITHOUT_SEED = re.compile(r"numpy\.random\.(default_rng|RandomState|SeedSequence)|random\.Random")
OF_A_FILE = re.compile(r"open|pandas\.read_\w+|numpy\.(load|loadtxt|genfromtxt|fromfile)|matplotlib\.pyplot\.imread")


def check_repeatable(notebook: Path, *, file: str) -> Iterator[Finding]:
    """Findings on calls in a notebook that another run answers otherwise; `file` is what it is called in them.

    Raises:
        NotebookError: the notebook cannot be read.
    """
    cells = enumerate(read_cells(notebook), start=1)
    trees = {number: parse_code(cell.source, str(notebook)) for number, cell in cells if cell.kind == "code"}
    imported = {alias: name for tree in trees.values() for alias, name in _imports(tree)}
    for number, tree in trees.items():
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            name = _name(call.func, imported)
            if why := _changes(name, call):
                found, allowed = why
                action = "take it from there, or leave it out"
                yield Finding(file, number, "cell", RULE, f"{name}, {found}", allowed, action)


def _changes(name: str, call: ast.Call) -> tuple[str, str] | None:
    """Why another run may answer a call otherwise, and what is allowed instead; None where it may not."""
    if WITHOUT_SEED.fullmatch(name) and not (call.args or call.keywords):
        return "which draws other numbers at each run", "a seed: default_rng(0)"
    if OF_A_FILE.fullmatch(name) and call.args and isinstance(call.args[0], ast.Constant):
        return "a file that no page declares", "the tables of the place"
    return next((said for names, said in ALWAYS.items() if re.fullmatch(names, name)), None)


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """What the names that a cell imports stand for: pd for pandas."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((one.asname, one.name) if one.asname else (one.name.split(".")[0],) * 2 for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((one.asname or one.name, f"{node.module}.{one.name}") for one in node.names)


def _name(node: ast.expr, imported: Mapping[str, str]) -> str:
    """What is called, with the module that it comes from: pandas.Timestamp.today; empty for what is no such name."""
    if isinstance(node, ast.Attribute):
        whole = _name(node.value, imported)
        return f"{whole}.{node.attr}" if whole else ""
    if not isinstance(node, ast.Name):
        return ""
    return imported.get(node.id, "open" if node.id == "open" else "")
