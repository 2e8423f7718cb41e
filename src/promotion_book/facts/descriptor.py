"""`datapackage.json`: what a place says of itself and of its tables.

It is read strictly: valid JSON, each name once, resources and a place. Which tables a package has is known from
`schema`; the descriptor repeats the schema for others to read (`descriptor_check` compares the two). Nothing that it
says is executed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

from promotion_book.facts.declaration import Declaration, KeyPath
from promotion_book.facts.files import decode
from promotion_book.facts.findings import SHOWN, Finding
from promotion_book.facts.place_settings import languages_of
from promotion_book.facts.schema import LANGUAGES, LATER, RESOURCES, TABLES, ColumnSchema, TableSchema
from promotion_book.facts.vocabulary import left_out

DESCRIPTOR = "datapackage.json"
DESCRIBED = {resource["name"]: resource for resource in RESOURCES}
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
Descriptor = Declaration[dict[str, Any]]


def read_descriptor(folder: Path) -> tuple[Descriptor | None, list[Finding]]:
    """The descriptor of a package, or None with the reason."""
    text, findings = decode(folder, DESCRIPTOR)
    if text is None:
        return None, findings
    try:
        content = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        return None, [*findings, _broken(error.lineno, f"{error.msg} at column {error.colno}")]
    except (ValueError, RecursionError) as error:
        return None, [*findings, _broken(1, f"what JSON readers refuse ({error})")]
    if not isinstance(content, dict) or not isinstance(content.get("resources"), list):
        action = "write a Frictionless data package"
        found = Finding(DESCRIPTOR, 1, "", "json", "no list of resources", "an object with resources", action)
        return None, [*findings, found]
    lines, twice = _located(text)
    descriptor, action = Descriptor(DESCRIPTOR, content, lines), "delete one of them"
    repeated = (descriptor.finding(p, "duplicate-name", "the same name twice", "each name once", action) for p in twice)
    return descriptor, [*findings, *repeated]


def content_in(folder: Path) -> dict[str, Any]:
    """What the descriptor in a folder says; nothing where it cannot be read."""
    descriptor, _ = read_descriptor(folder)
    return descriptor.value if descriptor else {}


def languages_in(folder: Path) -> tuple[str, ...]:
    """The languages in which the place of a folder is reported on; all of the report where that cannot be read."""
    return languages_of(content_in(folder))


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _broken(line: int, found: str) -> Finding:
    action = "mend the JSON; an editor that checks JSON shows the place"
    return Finding(DESCRIPTOR, line, "", "json", found, "valid JSON", action)


def as_json(value: object) -> str:
    """A value as JSON, cut."""
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=True, sort_keys=True)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}... ({len(text)} characters)"


def _named(listed: object) -> dict[str, dict[str, Any]]:
    """The objects of a list that have a name, by it; of two of one name the first."""
    found = listed if isinstance(listed, list) else []
    return {one["name"]: one for one in reversed(found) if isinstance(one, dict) and isinstance(one.get("name"), str)}


def _declared_columns(content: Mapping[str, Any]) -> dict[str, list[str]]:
    """The columns that a descriptor declares, by the names of its tables."""
    schemas = {name: resource.get("schema") for name, resource in _named(content.get("resources")).items()}
    return {n: [*_named(schema.get("fields"))] if isinstance(schema, dict) else [] for n, schema in schemas.items()}


def tables_of(descriptor: Descriptor) -> list[TableSchema]:
    """The tables of a package: those of the schema, without the tables and columns of `LATER` that it does not declare.

    Texts in other languages than those of the place may be missing.
    """
    named = _declared_columns(descriptor.value)
    return [
        _without_later(required_in(table, descriptor.value), named.get(name, []))
        for name, table in TABLES.items()
        if name in named or table.names != list(LATER.get(name, ()))
    ]


def _without_later(table: TableSchema, names: Collection[str]) -> TableSchema:
    """A table without the columns of `LATER` that its resource does not name."""
    gone = {name for name in LATER.get(table.name, ()) if names and name not in names}
    columns = tuple(column for column in table.columns if column.name not in gone)
    return replace(table, columns=columns, foreign={name: to for name, to in table.foreign.items() if name not in gone})


def describe_table(table: TableSchema) -> dict[str, Any]:
    """A table of the schema, as a place has to have it, as a resource of its descriptor."""
    resource, columns = DESCRIBED[table.name], {column.name: column for column in table.columns}
    listed = [
        {**field, "constraints": dict(columns[field["name"]].constraints)} if "constraints" in field else field
        for field in resource["schema"]["fields"]
        if field["name"] in columns
    ]
    keys = [key for key in resource["schema"].get("foreignKeys", []) if key["fields"][0] in columns]
    named = {"foreignKeys": keys} if keys else {}
    rest = {name: part for name, part in resource["schema"].items() if name != "foreignKeys"}
    return {**resource, "schema": {**rest, "fields": listed, **named}}


def required_in(table: TableSchema, content: Mapping[str, Any]) -> TableSchema:
    """A table of a place whose descriptor says this: texts in other languages than its own may be missing, and what the
    vocabulary leaves out for its country.
    """
    others = tuple(f"_{code}" for code in LANGUAGES if code not in languages_of(content))
    gone = left_out(table.name, content)
    free = [column.name for column in table.columns if column.name.endswith(others) or column.name in gone]
    columns = (_optional(column) if column.name in free else column for column in table.columns)
    return replace(table, columns=tuple(columns)) if free else table


def _optional(column: ColumnSchema) -> ColumnSchema:
    return replace(column, constraints={name: v for name, v in column.constraints.items() if name != "required"})


def undeclared_names(folder: Path) -> list[str]:
    """The tables, and the columns as table.column, that came in a later version than the package in a folder."""
    declared = {name: columns for name, columns in _declared_columns(content_in(folder)).items() if columns}
    columns = [
        f"{table}.{column}"
        for table, later in LATER.items()
        for column in later
        if table in declared and column not in declared[table]
    ]
    return [*(table for table in LATER if table not in declared), *columns]


def _located(text: str) -> tuple[dict[KeyPath, int], list[KeyPath]]:
    """The line of each part of a JSON text, and the outermost names that stand twice in one object."""
    lines: dict[KeyPath, int] = {}
    twice: list[KeyPath] = []
    for place, line in _places(text):
        if place not in lines:
            lines[place] = line
        elif not any(place[: len(outer)] == outer for outer in twice):
            twice.append(place)
    return lines, twice


def _places(text: str) -> Iterator[tuple[KeyPath, int]]:
    """Every part of a JSON text with its line, in the order of the text; a name that stands twice comes twice."""
    yield (), 1
    path: list[Any] = []
    line, last, naming = 1, 0, False
    for token in _TOKEN.finditer(text):
        line, last, sign = line + text.count("\n", last, token.start()), token.start(), token[0]
        if sign == ",":
            naming = isinstance(path[-1], str)
            path[-1] = path[-1] if naming else path[-1] + 1
        elif sign in "}]":
            path.pop()
            naming = False
        elif naming and sign != ":":
            path[-1], naming = json.loads(sign), False
            yield tuple(path), line
        elif sign != ":":
            if path and isinstance(path[-1], int):
                yield tuple(path), line
            if sign in "{[":
                path.append("" if sign == "{" else 0)
                naming = sign == "{"
