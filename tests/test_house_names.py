"""Names of the house: each is given once, each is used by more than a test, and what has many parts names them at the call."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from folders import ROOT

pytestmark = pytest.mark.xdist_group("names of the house")

BY_POSITION = 5  # parameters of a public function that a call may give without their names
BY_SPHINX = "setup"  # it calls an extension so
OPEN = ("charts", "cli", "site")  # rooms in which that does not hold yet


@pytest.fixture(scope="module")
def modules() -> Mapping[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "src").rglob("*.py"))}


def notebook(path: Path) -> str:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def types(tree: ast.Module) -> Iterator[str]:
    """The public classes of a module, and its aliases of types."""
    for node in tree.body:
        names = [node.name] if isinstance(node, ast.ClassDef) else []
        names += [node.targets[0].id] if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) else []
        yield from (name for name in names if re.match("[A-Z]+[a-z]", name))


def uses(tree: ast.AST) -> Iterator[str]:
    """Every name that code speaks of: variables, attributes, and words that may be annotations."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.alias(name=name, asname=str()):
                yield name
            case ast.Constant(value=str(text)) if " " not in text:
                yield from re.findall(r"\w+", text)


def offered(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The public functions and classes of a module that nobody but an importer can use."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield from [] if node.decorator_list and isinstance(node, ast.FunctionDef) else [node]


def test_no_two_modules_share_a_name(modules):
    counts = Counter(path.stem for path in modules if path.stem != "__init__")
    assert [name for name, times in counts.items() if times > 1] == []


def test_no_two_public_types_share_a_name(modules):
    counts = Counter(name for tree in modules.values() for name in types(tree))
    assert [name for name, times in counts.items() if times > 1] == []


def test_every_public_name_is_used_outside_tests(modules):
    other = [ROOT / "pyproject.toml", *(ROOT / "book").glob("*.md")]
    code = [*modules.values(), *(ast.parse(notebook(path)) for path in (ROOT / "notebooks").glob("*.ipynb"))]
    code += [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "benchmarks").glob("*.py")]
    used = Counter(name for tree in code for name in uses(tree))
    used += Counter(name for path in other for name in re.findall(r"\w+", path.read_text(encoding="utf-8")))
    unused = [
        f"{path.stem}.{node.name}"
        for path, tree in modules.items()
        for node in offered(tree)
        if node.name != BY_SPHINX and used[node.name] == Counter(uses(node))[node.name]
    ]
    assert unused == []


def test_what_has_many_parts_names_them_at_the_call(modules):
    many = [
        f"{path.stem}.{node.name}"
        for path, tree in modules.items()
        if path.parent.name not in OPEN
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if len(node.args.posonlyargs + node.args.args) > BY_POSITION
    ]
    assert many == []
