"""Declarations: YAML files that people write, examined as a whole. All YAML of the project is read here.

`read_declaration` reads every scalar as the text that was written: `no` is a word and `2024` a period, as on a command
line; `read_settings` reads them as YAML does. What is wrong comes as findings with the line where it stands, all of
them at once; only YAML that cannot be parsed stops at its first mistake. A key that is written twice is a finding,
not the last one. Aliases, anchors, tags and whatever is nested deeper than `DEEPEST` are refused before anything
is made of them, so that no file can be endless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from textwrap import shorten
from typing import Annotated, Any, get_args

import yaml
from pydantic import AfterValidator, StringConstraints, TypeAdapter, ValidationError

from promotion_book.facts.declaration import Declaration, KeyPath
from promotion_book.facts.findings import Finding, Flaw
from promotion_book.facts.schema import NAME
from promotion_book.facts.suggestion import did_you_mean
from promotion_book.facts.texts import flaw


def _sound(text: str, *, drawn: bool = False) -> str:
    problem = flaw(text, NAME, drawn=drawn)
    if problem:
        raise ValueError(problem[2])
    return text


NonEmpty = Annotated[str, StringConstraints(min_length=1), AfterValidator(_sound)]
Drawn = Annotated[NonEmpty, AfterValidator(partial(_sound, drawn=True))]  # what charts write
NAMED = "names, each with its value after a colon"
ALLOWED = {  # by what pydantic calls a mistake, where its own words are those of a program
    "missing": "a value",
    **dict.fromkeys(["dict_type", "mapping_type", "model_type"], NAMED),
    "list_type": "a list, each line of it beginning with a hyphen",
    **dict.fromkeys(["string_type", "string_too_short"], "a text"),
    "int_parsing": "a whole number",
    "bool_parsing": "yes or no",
}
DEEPEST = 20  # mappings and lists within each other
LARGEST = 1_000_000  # bytes of a file
REMEMBERED = 16  # trees of files that a process asks for again and again, as the configuration


class DeclarationError(ValueError):
    """A declaration that cannot be used; the message has one line for each finding."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, sorted(set(findings)))))


def refuse(findings: Iterable[Finding]) -> None:
    """Stop where there are findings.

    Raises:
        DeclarationError: there are some.
    """
    found = list(findings)
    if found:
        raise DeclarationError(found)


def read_declaration(path: Path, name: str, *, model: Any) -> Declaration[Any]:
    """What the file at a path declares, as a type that pydantic knows.

    Args:
        name: the file as findings name it.

    Raises:
        DeclarationError: it is no file of UTF-8 YAML, a key is written twice, or it is not of the type.
    """
    node, lines, wrong = _composed(path, name), dict[KeyPath, int](), list[tuple[int, KeyPath, Flaw]]()
    written = Declaration[Any](name, _texts(node, (), lines=lines, wrong=wrong) if node else None, lines)
    findings = [replace(written.finding(place, *said), row=row) for row, place, said in wrong]
    try:
        value = TypeAdapter(model).validate_python(written.value)
    except ValidationError as error:
        findings += [_misfit(written, problem, model) for problem in error.errors()]
    refuse(findings)
    return replace(written, value=value)


def read_settings(path: Path, name: str) -> Declaration[dict[str, Any]]:
    """The mapping that a file holds, its scalars as YAML reads them.

    Raises:
        DeclarationError: it is no file of UTF-8 YAML, a key is written twice, or it is no mapping.
    """
    written: Declaration[dict[str, Any]] = read_declaration(path, name, model=dict[str, Any])
    node = _composed(path, name, loader=yaml.SafeLoader)
    try:
        return Declaration(name, yaml.SafeLoader("").construct_document(node), written.lines)
    except (yaml.YAMLError, ValueError) as error:
        raise DeclarationError([_unreadable(name, error)]) from error


def _composed(path: Path, name: str, *, loader: Any = yaml.BaseLoader) -> yaml.Node | None:
    """The tree of a file, of bounded size and depth, its scalars as a loader of PyYAML takes them.

    Raises:
        DeclarationError: it is no file of UTF-8 YAML, or refers to parts of itself.
    """
    try:
        if not path.is_file():
            raise OSError("no such file")
        if path.stat().st_size > LARGEST:
            raise OSError(f"more than {LARGEST} bytes")
        return _tree(path.read_text(encoding="utf-8"), name, loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DeclarationError([_unreadable(name, error)]) from error


@lru_cache(maxsize=REMEMBERED)
def _tree(text: str, name: str, loader: Any) -> yaml.Node | None:
    refused = next(_refused(text, name), None)
    if refused:
        raise DeclarationError([refused])
    return yaml.compose(text, Loader=loader)


def _refused(text: str, name: str) -> Iterator[Finding]:
    """Aliases, anchors, tags, and parts that lie too deep, in their order."""
    depth = 0
    event: Any
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        found = ""
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            found = f"the {'alias *' if isinstance(event, yaml.AliasEvent) else 'anchor &'}{event.anchor}"
        elif getattr(event, "tag", None):
            found = f"the tag {event.tag}"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            found = f"more than {DEEPEST} levels"
        if found:
            allowed = "plain mappings, lists and texts"
            yield Finding(
                name, event.start_mark.line + 1, "", "yaml", found, allowed, "write the part out where it stands"
            )


def _texts(
    node: yaml.Node, place: KeyPath, *, lines: dict[KeyPath, int], wrong: list[tuple[int, KeyPath, Flaw]]
) -> Any:
    """A node as texts, lists and mappings; notes the lines, and the keys that are written twice or are no words."""
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_texts(item, (*place, n), lines=lines, wrong=wrong) for n, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return str(node.value)
    found: dict[str, Any] = {}
    for key, value in node.value:
        row, word = key.start_mark.line + 1, str(key.value)
        if not isinstance(key, yaml.ScalarNode):
            wrong.append((row, place, ("key", "a list or mapping", "a word", "name the key")))
            continue
        if word in found:
            wrong.append((row, place, ("duplicate-key", repr(word), "each key once", "keep one")))
        found[word] = _texts(value, (*place, word), lines=lines, wrong=wrong)
        lines[(*place, word)] = row
    return found


def _unreadable(name: str, error: Exception) -> Finding:
    mark = getattr(error, "problem_mark", None)
    row = mark.line + 1 if mark else 0
    if isinstance(error, UnicodeDecodeError):
        row = error.object.count(b"\n", 0, error.start) + 1
    found = " ".join(str(getattr(error, "problem", None) or error).split()).removeprefix("found ")
    return Finding(name, row, "", "yaml", found, "a file of YAML in UTF-8", "mend the file")


def _misfit(written: Declaration[Any], problem: Any, model: Any) -> Finding:
    """What pydantic refuses, in the words of who writes the file."""
    kind, place = problem["type"], problem["loc"]
    if kind == "extra_forbidden":
        keys = (get_args(model) or (model,))[0].model_fields
        return written.finding(
            place, "form", f"the key {place[-1]!r}{did_you_mean(place[-1], keys)}", ", ".join(keys), "use one of these"
        )
    given = kind != "missing" and problem["input"] is not None
    found = shorten(repr(problem["input"]), 200, placeholder=" …") if given else "nothing"
    said = str(problem["msg"]).removeprefix("Value error, ").removeprefix("Input should be ")
    return written.finding(place, "form", found, ALLOWED.get(kind, said), "mend this part")


def first_problem(error: ValidationError) -> str:
    """The first thing that is wrong with a file that a program wrote, where it is, and how many more there are."""
    first, *more = error.errors(include_url=False, include_input=False)
    where = ".".join(map(str, first["loc"]))
    said = " ".join(f"{where}: {first['msg']}".removeprefix(": ").split())
    return said + (f", and {len(more)} more" if more else "")
