"""Every message that the report says in its own words, found where it is written.

    language.text("{n} of {all} targets", n=3, all=42)    a text
    language.text("met" if done else "missed")            either of two
    language.text(template)                               what the function gives the name
    language.text(STATUS[key])                            every text of a list of the module, or of another one
    _("Exports stay near {latest}", latest=...)           also in a cell of a notebook

The source is read as text; only lists are looked up in the imported module. What cannot be followed is an error, so
that no message is missed: Babel's own extractor passes over calls within calls, over lists, names and, before
Python 3.12, what stands in an f-string, and joins either of two to one text. `Language.message` says what stands in
files: checks, captions, headings and hidden cells of the notebooks, titles of the grid, captions of the table of contents, and the blocks
of the methods page. Out of scope: prose on pages, which Sphinx finds itself, and names in the tables.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import promotion_book
from promotion_book.book.methods import blocks, docstring_messages, docstring_parts, sentences
from promotion_book.fault import Fault
from promotion_book.report.cells import NotebookCell, parse_code, read_cells
from promotion_book.running.configuration import CONTENTS
from promotion_book.running.contents import contents_texts, read_contents
from promotion_book.running.declarations import read_declaration
from promotion_book.running.grid import GRID, GridEntry
from promotion_book.words.prose import split_markdown

PACKAGE = Path(promotion_book.__file__).parent
SAYS = ("text", "_")
CALL = re.compile(r"\btext\(")  # in what says something; no other module is imported, for some need more than a build
CHECK = "page.check"
SHOWS = ("page.table", "page.figure")
CALLED = ("caption", "title", "subtitle", "finding", "note")


class MessageError(Fault):
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
    found = [*_code(), *_notebooks(root)]
    lost = [f"{message.file}: {message.text}" for message in found if isinstance(message.text, Lost)]
    if lost:
        raise MessageError("\n".join(lost))
    said = [message for message in found if message.text]
    return [*said, *_claims(root), *_hidden(root), *_titles(root), *_captions(root), *_methods(root)]


class Lost(str):
    """What could not be followed, with its line."""


def _code() -> Iterator[Message]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name, source = path.relative_to(PACKAGE), path.read_text(encoding="utf-8")
        if CALL.search(source):
            module = importlib.import_module(".".join([PACKAGE.name, *name.with_suffix("").parts]))
            yield from (Message(text, name.as_posix()) for text in code_messages(ast.parse(source), vars(module)))


def _notebooks(root: Path) -> Iterator[Message]:
    for file, cell in _cells(root, "code"):
        yield from (Message(text, file) for text in code_messages(parse_code(cell.source, file), {}))


def code_messages(tree: ast.Module, names: Mapping[str, Any]) -> Iterator[str]:
    """The messages of some code, whose own names have these values; what cannot be followed comes as a `Lost`."""
    for node, function in _walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="text"), args=[said, *_]):
                yield from _texts(said, function, names=names)
            case ast.Call(func=ast.Name(id=name), args=[said, *_]) if name in SAYS and name not in names:
                yield from _texts(said, function, names=names)


_Function = ast.FunctionDef | None


def _walk(tree: ast.Module) -> Iterator[tuple[ast.AST, _Function]]:
    """Every part of some code in its order, with the function around it."""
    waiting: list[tuple[ast.AST, _Function]] = [(tree, None)]
    while waiting:
        node, function = waiting.pop()
        yield node, function
        around = node if isinstance(node, ast.FunctionDef) else function
        waiting += [(child, around) for child in [*ast.iter_child_nodes(node)][::-1]]


@lru_cache(maxsize=1)
def _given(function: _Function) -> Mapping[str, list[ast.expr | None]]:
    """The names that a function gives itself, each with what they are given; None for what cannot be told."""
    given: dict[str, list[ast.expr | None]] = {}
    for node in ast.walk(function) if function else ():
        match node:
            case ast.arg(arg=name):
                given.setdefault(name, []).append(None)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                given.setdefault(name, []).append(_anew(value, name))
    return given


def _anew(value: ast.expr, name: str) -> ast.expr:
    """What a name is given that it did not have before: of `one if other else name` the one."""
    match value:
        case ast.IfExp(body=one, orelse=ast.Name(id=same)) | ast.IfExp(body=ast.Name(id=same), orelse=one):
            return one if same == name else value
    return value


def _texts(said: ast.expr | None, function: _Function, *, names: Mapping[str, Any]) -> Iterator[str]:
    match said:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from [*_texts(one, function, names=names), *_texts(other, function, names=names)]
        case ast.Subscript(value=ast.Name(id=name)) if name in names:
            yield from _strings(names[name])
        case ast.Name(id=name) if None not in (values := _given(function).get(name, [None])):
            yield from (text for value in values for text in _texts(value, function, names=names))
        case ast.Name(id=name) if name in names and name not in _given(function):
            yield from _strings(names[name])
        case ast.expr():
            yield Lost(f"line {said.lineno}: {ast.unparse(said)} cannot be followed to a text or a list of texts")


def _strings(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [text for part in value.values() for text in _strings(part)]


def _claims(root: Path) -> Iterator[Message]:
    """What the notebooks check, the keys of `page.check({...})`, and what they call their tables and figures."""
    for file, cell in _cells(root, "code"):
        for call in ast.walk(parse_code(cell.source, file)) if "page." in cell.source else ():
            if isinstance(call, ast.Call) and ast.unparse(call.func) == CHECK:
                (claims,) = call.args
                keys = claims.keys if isinstance(claims, ast.Dict) else []
                yield from (Message(str(ast.literal_eval(key)), file) for key in keys if key)
            elif isinstance(call, ast.Call) and ast.unparse(call.func) in SHOWS:
                yield from (Message(text, file) for text in shown_texts(call))


def shown_texts(call: ast.Call) -> Iterator[str]:
    """The texts that a call gives a table or a figure as they are: what it is called, and the headings of its columns."""
    given = {word.arg: word.value for word in call.keywords}
    columns = given.get("columns")
    headings = columns.values if isinstance(columns, ast.Dict) else []
    for said in [*(given[name] for name in CALLED if name in given), *headings]:
        match said:
            case ast.Constant(value=str(text)) | ast.Tuple(elts=[ast.Constant(value=str(text)), *_]) if text:
                yield text


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
    entries = read_declaration(root / GRID, str(GRID), model=list[GridEntry]).value
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
