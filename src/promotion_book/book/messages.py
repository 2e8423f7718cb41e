"""Every message that the report says in its own words, found where it is written.

    language.text("{n} of {all} targets", n=3, all=42)    a text
    language.text("met" if done else "missed")            either of two
    language.text(template)                               what the function gives the name before
    language.text(STATUS[key])                            every text of a list of the module, or of another one

The source is read as text; only lists are looked up in the imported module. What cannot be followed is an
error, so that no message is missed. `Language.message` says what stands in files: checks and hidden cells of the
notebooks, titles of the grid, captions of the table of contents, and the blocks of the methods page.
Out of scope: prose on pages, which Sphinx finds itself, and names in the tables.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import promotion_book
from promotion_book.book.methods import blocks, docstring_messages, docstring_parts, sentences
from promotion_book.report.cells import NotebookCell, parse_code, read_cells
from promotion_book.running.configuration import CONTENTS
from promotion_book.running.contents import contents_texts, read_contents
from promotion_book.running.declarations import read_declaration
from promotion_book.running.grid import GRID, GridEntry
from promotion_book.words.prose import split_markdown

PACKAGE = Path(promotion_book.__file__).parent
SCOPES = (ast.FunctionDef, ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.DictComp, ast.SetComp)
_UNKNOWN = ast.Constant(value=None)


class MessageError(Exception):
    """Calls whose message cannot be followed; one line for each."""


@dataclass(frozen=True)
class Message:
    """A message in English, and the file where it stands."""

    text: str
    file: str


def find_messages(root: Path) -> list[Message]:
    """Every message of the report, each as often as it is written, in the order of the files.

    Raises:
        MessageError: calls that cannot be followed, all of them named.
    """
    paths = sorted(PACKAGE.rglob("*.py"))
    found = [(text, path.relative_to(PACKAGE).as_posix()) for path in paths for text in _in_module(path)]
    lost = [f"{file}: {text}" for text, file in found if isinstance(text, Lost)]
    if lost:
        raise MessageError("\n".join(lost))
    code = [Message(text, file) for text, file in found if text]
    return [*code, *_claims(root), *_hidden(root), *_titles(root), *_captions(root), *_methods(root)]


class Lost(str):
    """What could not be followed, with its line."""


def _in_module(path: Path) -> list[str]:
    source = path.read_text(encoding="utf-8")
    if "text(" not in source:
        return []
    name = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    return source_messages(source, importlib.import_module(name))


def source_messages(source: str, module: ModuleType) -> list[str]:
    """The messages of the source of a module; what cannot be followed comes as a `Lost`."""
    return _Calls(ast.parse(source), module).found


class _Calls(ast.NodeVisitor):
    """The messages of all calls of `text` in a module, with the names that the scopes around a call give."""

    def __init__(self, tree: ast.Module, module: ModuleType) -> None:
        self.module = module
        self.own = hasattr(module, "text")  # a function of its own
        self.scopes: list[dict[str, list[ast.expr]]] = []
        self.found: list[str] = []
        self.visit(tree)

    def visit(self, node: ast.AST) -> None:
        inner = isinstance(node, SCOPES)
        if inner:
            self.scopes.append(_bound(node))
        if isinstance(node, ast.Call):
            self._call(node)
        self.generic_visit(node)
        if inner:
            self.scopes.pop()

    def _call(self, call: ast.Call) -> None:
        named = isinstance(call.func, ast.Name) and call.func.id == "text" and not self.own
        if call.args and (named or (isinstance(call.func, ast.Attribute) and call.func.attr == "text")):
            self.found += self._texts(call.args[0])
        passed = [*call.args, *(keyword.value for keyword in call.keywords)]
        if any(isinstance(value, ast.Name) and value.id == "text" and self._is_language(value) for value in passed):
            self.found.append(Lost(f"line {call.lineno}: text is handed on; call it"))

    def _is_language(self, name: ast.Name) -> bool:
        given = [value for scope in self.scopes for value in scope.get(name.id, [])]
        return any(isinstance(value, ast.Attribute) and value.attr == "text" for value in given)

    def _texts(self, value: ast.expr) -> list[str]:
        match value:
            case ast.Constant(value=str(text)):
                return [text]
            case ast.IfExp(body=one, orelse=other):
                return self._texts(one) + self._texts(other)
            case ast.Subscript(value=within) | ast.Call(func=ast.Attribute(value=within, attr="values")):
                return self._texts(within)
            case ast.Name(id=name) if given := next((s[name] for s in reversed(self.scopes) if name in s), []):
                if _UNKNOWN not in given:
                    return [text for one in given for text in self._texts(one)]
            case ast.Name(id=name) if hasattr(self.module, name):
                return list(_strings(getattr(self.module, name)))
        return [Lost(f"line {value.lineno}: {ast.unparse(value)} cannot be followed to a text or a list of texts")]


def _bound(scope: ast.AST) -> dict[str, list[ast.expr]]:
    """The names that a function or comprehension gives itself, each with what they are given."""
    given: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
        for name, value in _given(node):
            given.setdefault(name, []).append(value)
    return given


def _given(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.arg(arg=name):
            yield name, _UNKNOWN
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _pairs(target, value)
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            yield from _pairs(target, value)
        case ast.comprehension(target=target, iter=values) | ast.For(target=target, iter=values):
            yield from _pairs(target, values)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    match target, value:
        case ast.Name(id=name), _:
            yield name, value
        case ast.Tuple(elts=targets), ast.Tuple(elts=values) if len(targets) == len(values):
            for one, part in zip(targets, values, strict=True):
                yield from _pairs(one, part)
        case _:
            yield from ((part.id, _UNKNOWN) for part in ast.walk(target) if isinstance(part, ast.Name))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    else:
        for part in value:
            yield from _strings(part)


def _claims(root: Path) -> Iterator[Message]:
    """What the notebooks check: the keys of `chapter.check({...})`."""
    for file, cell in _cells(root, "code"):
        for call in ast.walk(parse_code(cell.source, file)) if "chapter.check" in cell.source else ():
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "chapter.check":
                (claims,) = call.args
                keys = claims.keys if isinstance(claims, ast.Dict) else []
                yield from (Message(str(ast.literal_eval(key)), file) for key in keys if key)


def _hidden(root: Path) -> Iterator[Message]:
    """The prose of the cells that no page shows, which Sphinx does not find."""
    for file, cell in _cells(root, "markdown"):
        if "remove-cell" in cell.tags:
            yield from (Message(said, file) for _, said in split_markdown(cell.source))


def _cells(root: Path, kind: str) -> Iterator[tuple[str, NotebookCell]]:
    """The cells of one kind of all notebooks, each with the name of its file."""
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        yield from ((path.name, cell) for cell in read_cells(path) if cell.kind == kind)


def _titles(root: Path) -> Iterator[Message]:
    """The titles of the pages that the grid makes."""
    entries = read_declaration(root / GRID, str(GRID), list[GridEntry]).value
    yield from (Message(entry.title, GRID.name) for entry in entries)


def _captions(root: Path) -> Iterator[Message]:
    """What the table of contents says in words of its own."""
    yield from (Message(text, CONTENTS) for text in contents_texts(read_contents(root)))


def _methods(root: Path) -> Iterator[Message]:
    """What the blocks of the methods page say: the docstrings of statistics, and their worked examples."""
    page = root / "book" / "methods.md"
    for name, content in blocks(page.read_text(encoding="utf-8")):
        yield from (Message(text, name) for text in docstring_messages(docstring_parts(name)))
        yield from (Message(sentence, page.name) for _, sentence in sentences(content))
