"""`datapackage.json`: what a place says of itself and of its tables.

It is read strictly: valid JSON, each name once, resources and a place. Which tables a package has is known from
`schema`; the descriptor may add columns to them and tables of its own (`tables_of`), and repeats the schema for
others to read (`descriptor_check` compares the two). Nothing that it says is executed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, NoReturn

from promotion_book.facts.declaration import Declaration, KeyPath
from promotion_book.facts.files import decode
from promotion_book.facts.findings import SHOWN, Finding
from promotion_book.facts.place_settings import languages_of
from promotion_book.facts.schema import ID, LANGUAGES, LATER, TABLES, ColumnSchema, TableSchema
from promotion_book.facts.vocabulary import COMMON, left_out

DESCRIPTOR = "datapackage.json"
TYPES = ("string", "number", "integer", "date")
RESERVED = ("line",)
REMEMBERED = 8  # descriptors whose parts were located, which a command asks for again and again
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
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


def resources(descriptor: Descriptor) -> dict[str, tuple[KeyPath, dict[str, Any]]]:
    """The resources that are objects with a name, each with its place; of two of one name the first."""
    found: dict[str, tuple[KeyPath, dict[str, Any]]] = {}
    for number, resource in enumerate(descriptor.value["resources"]):
        if isinstance(resource, dict) and _is_name(resource.get("name")):
            found.setdefault(resource["name"], (("resources", number), resource))
    return found


def tables_of(descriptor: Descriptor) -> list[TableSchema]:
    """The tables of a package: those of the schema with the columns that the place adds, then those it adds itself.

    Columns and tables of `LATER` that are not declared are left out; texts in other languages than those of the place may
    be missing.
    """
    named = {name: resource for name, (_, resource) in resources(descriptor).items()}
    required = [
        _extended(required_in(TABLES[name], descriptor.value), named.get(name, {}))
        for name in tables_of_schema(descriptor)
    ]
    further = {n: r for n, r in named.items() if n not in TABLES and is_inside(r.get("path")) and fields(r)}
    return [*required, *(_extended(TableSchema(n, (), path=r["path"]), r) for n, r in further.items())]


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


def tables_of_schema(descriptor: Descriptor) -> list[str]:
    """The tables of the schema that a package has: all but those that were added later and are not declared."""
    named = resources(descriptor)
    return [name for name, table in TABLES.items() if name in named or table.names != list(LATER.get(name, ()))]


def undeclared_names(folder: Path) -> list[str]:
    """The tables, and the columns as table.column, that came in a later version than the package in a folder."""
    found = resources(Descriptor(DESCRIPTOR, content_in(folder) or {"resources": []}))
    declared = {name: fields(resource) for name, (_, resource) in found.items() if fields(resource)}
    columns = [
        f"{table}.{column}"
        for table, later in LATER.items()
        for column in later
        if table in declared and column not in declared[table]
    ]
    return [*(table for table in LATER if table not in declared), *columns]


def paths(descriptor: Descriptor) -> list[str]:
    """The files of a package besides its descriptor."""
    named = resources(descriptor).items()
    further = [r["path"] for name, (_, r) in named if name not in TABLES and is_inside(r.get("path"))]
    return list(dict.fromkeys([*(TABLES[name].file for name in tables_of_schema(descriptor)), *further]))


def _extended(table: TableSchema, resource: Mapping[str, Any]) -> TableSchema:
    """A table with the columns that its resource adds, in the order of the resource where that keeps ours."""
    declared, later = fields(resource), LATER.get(table.name, {}) if fields(resource) else {}
    own = {c.name: c for c in table.columns if c.name in declared or c.name not in later}
    named = {name: field for name, field in declared.items() if name in own or can_be_added(field)}
    order = [name for name in named if name in own]
    names = list(named) if order == list(own) else [*own, *(name for name in named if name not in own)]
    columns = tuple(own.get(name) or column_of(named[name], table.name) for name in names)
    foreign = {name: to for name, to in foreign_keys(resource).items() if name in names}
    ours = {name: to for name, to in table.foreign.items() if name in names}
    return replace(table, columns=columns, key=table.key or primary_key(resource), foreign={**foreign, **ours})


def fields(resource: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The fields of a resource that are objects with a name, by name."""
    listed = schema_of(resource).get("fields")
    found = listed if isinstance(listed, list) else []
    return {field["name"]: field for field in found if isinstance(field, dict) and _is_name(field.get("name"))}


def schema_of(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a resource; empty where it is no object."""
    schema = resource.get("schema")
    return schema if isinstance(schema, dict) else {}


def primary_key(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns of the key that a resource declares."""
    key = schema_of(resource).get("primaryKey", [])
    names = [key] if isinstance(key, str) else key
    return tuple(name for name in names if name in fields(resource)) if isinstance(names, list) else ()


def foreign_keys(resource: Mapping[str, Any]) -> dict[str, str]:
    """The foreign keys of one column that a resource declares: by column the table that it names."""
    listed = schema_of(resource).get("foreignKeys", [])
    found = map(foreign_key, listed if isinstance(listed, list) else [])
    return {key[0]: key[1] for key in found if key}


def foreign_key(key: Any) -> tuple[str, str, str] | None:
    """A foreign key of one column as its column, the table and the column that it names; None for another form."""
    try:
        column, table, to = key["fields"], key["reference"]["resource"], key["reference"]["fields"]
    except (TypeError, KeyError):
        return None
    one = [part[0] if isinstance(part, list) and len(part) == 1 else part for part in (column, table, to)]
    return (one[0], one[1], one[2]) if all(isinstance(part, str) for part in one) else None


def can_be_added(field: Mapping[str, Any]) -> bool:
    """Whether a place may add a field: a name of a column, of a type that can be read."""
    name = field["name"]
    return bool(re.fullmatch(ID, name)) and name not in RESERVED and field.get("type") in TYPES


def may_constrain(table: str) -> tuple[str, ...]:
    """What a column that a place adds to a table may ask for: rows of the vocabulary say nothing in it."""
    return ("unique",) if table in COMMON else ("required", "unique")


def column_of(field: Mapping[str, Any], table: str) -> ColumnSchema:
    """The column that a place adds to a table; of its constraints only those that `may_constrain` are heeded."""
    given = field.get("constraints")
    heeded = {name: True for name in may_constrain(table) if isinstance(given, dict) and given.get(name) is True}
    return ColumnSchema(field["name"], field["type"], heeded)


def is_inside(path: object) -> bool:
    """Whether a text is a path to a file inside the folder of the place."""
    if not isinstance(path, str) or not re.fullmatch(r"[\w .()/-]+", path):
        return False
    return path == PurePosixPath(path).as_posix() != "." and not path.startswith("/") and ".." not in path.split("/")


def _is_name(name: object) -> bool:
    return isinstance(name, str) and bool(re.fullmatch(r"[A-Za-z0-9._-]{1,100}", name))


@lru_cache(maxsize=REMEMBERED)
def _located(text: str) -> tuple[Mapping[KeyPath, int], list[KeyPath]]:
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
            path[-1], naming = sign[1:-1] if "\\" not in sign else json.loads(sign), False
            yield tuple(path), line
        elif sign != ":":
            if path and isinstance(path[-1], int):
                yield tuple(path), line
            if sign in "{[":
                path.append("" if sign == "{" else 0)
                naming = sign == "{"
