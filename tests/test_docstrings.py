"""What docstrings speak of is there: a name between backticks is one of the code, of a column or of the data."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from folders import ROOT

NAMED = re.compile(r"(?<!`)`([A-Za-z_][\w.]*)(?:\(\))?`(?!`)")


def docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """The docstrings of a module, its classes and its functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            match node.body:
                case [ast.Expr(value=ast.Constant(value=str()) as said), *_]:
                    yield said


def names(tree: ast.Module) -> Iterator[str]:
    """What code defines, what functions are given, and the words that it holds; what only a function calls so is none of them."""
    said = {id(one) for one in docstrings(tree)}
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.Attribute(attr=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.alias(name=name):
                yield from name.split(".")
            case ast.Constant(value=str(text)) if " " not in text and id(node) not in said:
                yield from re.findall(r"\w+", text)
    for node in tree.body:
        yield from (part.id for part in ast.walk(node) if isinstance(node, ast.Assign) and isinstance(part, ast.Name))


def test_what_a_docstring_names_is_there():
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "src").rglob("*.py"))}
    known = {name for tree in modules.values() for name in names(tree)}
    known |= {part for path in modules for part in (path.stem, path.parent.name)}
    for path in (*(ROOT / "data" / "vocabulary").glob("*.csv"), ROOT / "src/promotion_book/facts/tables.json"):
        known |= {path.stem, *re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    spoken = [
        (path.stem, name)
        for path, tree in modules.items()
        for said in docstrings(tree)
        for name in NAMED.findall(str(said.value))
    ]
    assert [(module, name) for module, name in spoken if not known.issuperset(name.split("."))] == []
