"""Declarations: YAML files that people write, read as texts and examined as a whole.

Every scalar stays the text that was written: `no` is a word and `2024` a period, as on a command line.
What is wrong comes as findings with the line where it stands, all of them at once; only YAML that
cannot be parsed stops at its first mistake. A key that is written twice is a finding, not the last one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from promotion_book.facts.findings import Finding

Model = TypeVar("Model")
Place = tuple[str | int, ...]


class DeclarationError(ValueError):
    """A declaration that cannot be used; the message has one line for each finding."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, sorted(set(findings)))))


@dataclass
class Declared(Generic[Model]):
    """What a file declares, and the line of each of its parts by the keys that lead there."""

    file: str
    value: Model
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of a part of the file, or of the nearest part around it."""
        return _line(self.lines, place)

    def finding(self, place: Place, rule: str, found: str, allowed: str, action: str) -> Finding:
        """A finding at a part of the file."""
        return Finding(self.file, self.line(place), _path(place), rule, found, allowed, action)


def declared(path: Path, name: str, model: Any) -> Declared[Any]:
    """What the file at a path declares, as a type that pydantic knows.

    Args:
        name: the file as findings name it.

    Raises:
        DeclarationError: it is no file of UTF-8 YAML, a key is written twice, or it is not of the type.
    """
    lines: dict[Place, int] = {}
    findings: list[Finding] = []
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DeclarationError([_unreadable(name, error)]) from error
    texts = _texts(node, (), lines, findings, name) if node else None
    try:
        value = TypeAdapter(model).validate_python(texts)
    except ValidationError as error:
        findings += [_misfit(name, lines, problem) for problem in error.errors()]
    if findings:
        raise DeclarationError(findings)
    return Declared(name, value, lines)


def _texts(node: yaml.Node, place: Place, lines: dict[Place, int], findings: list[Finding], name: str) -> Any:
    """A node as texts, lists and mappings; notes the lines, and the keys that are written twice."""
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_texts(item, (*place, n), lines, findings, name) for n, item in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return str(node.value)
    found: dict[str, Any] = {}
    for key, value in node.value:
        word = str(key.value)
        if word in found:
            row = key.start_mark.line + 1
            findings.append(Finding(name, row, _path(place), "duplicate-key", repr(word), "each key once", "keep one"))
        found[word] = _texts(value, (*place, word), lines, findings, name)
        lines[(*place, word)] = key.start_mark.line + 1
    return found


def _unreadable(name: str, error: Exception) -> Finding:
    mark = getattr(error, "problem_mark", None)
    found = " ".join(str(getattr(error, "problem", None) or error).split())
    return Finding(name, mark.line + 1 if mark else 0, "", "yaml", found, "a file of YAML in UTF-8", "mend the file")


def _misfit(name: str, lines: dict[Place, int], problem: Any) -> Finding:
    found = "nothing" if problem["type"] == "missing" else repr(problem["input"])
    allowed = str(problem["msg"]).removeprefix("Value error, ").lower()
    place = problem["loc"]
    return Finding(name, _line(lines, place), _path(place), "form", found, allowed, "mend this part")


def _line(lines: dict[Place, int], place: Place) -> int:
    return next((lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines), 1)


def _path(place: Place) -> str:
    return ".".join(str(key + 1) if isinstance(key, int) else key for key in place)
