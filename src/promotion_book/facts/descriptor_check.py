"""Whether `datapackage.json` says of the tables what `schema` says, and what else it must say.

A place may add texts, columns, and resources of its own. All else must be as the schema has it, or be left out where
the schema has but one form for it, since another reader of the package would read other figures than the book does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from promotion_book.facts.declaration import KeyPath
from promotion_book.facts.descriptor import (
    DESCRIPTOR,
    TYPES,
    Descriptor,
    as_json,
    can_be_added,
    fields,
    foreign_key,
    is_inside,
    may_constrain,
    resources,
    tables_of,
    tables_of_schema,
)
from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.place_settings import (
    KEYS,
    LICENCE,
    LICENCE_ADDRESS,
    country_of,
    currency_of,
    first_month_of,
    languages_of,
)
from promotion_book.facts.schema import ID, LANGUAGES, LATER, NAME, PROSE, RESOURCES, TABLES, TableSchema
from promotion_book.facts.texts import WEB, flaw

TOLD = {"title", "description", "$schema", "profile"}
OF_PACKAGE = {
    *TOLD, "name", "version", "languages", "keywords", "licenses", "contributors", "place", "resources", "what_if",
    "homepage", "id", "created", "sources", "image",
}  # fmt: skip
OF_RESOURCE = {*TOLD, "name", "path", "schema", "sources", "licenses", "contributors"}
OF_SCHEMA = {*TOLD, "fields", "primaryKey", "foreignKeys", "missingValues"}
OF_FIELD = {*TOLD, "name", "type", "constraints", "example", "examples", "rdfType"}
DRAWN = {"place", "what_if"}  # what charts write
ADDRESSES = {"$schema", "homepage", "id", "image", "path", "profile", "rdfType"}
ONE_FORM = {name: RESOURCES[0][name] for name in ("type", "format", "mediatype", "encoding", "dialect")}
AS_IN_SCHEMA = "write it as the tables of this report have it"
FOLDER = "[a-z0-9._-]+"


def place_findings(descriptor: Descriptor) -> Iterator[Finding]:
    """A place has an area and a name in each of its languages; its settings are such as can be used."""
    spoken = descriptor.value.get("languages", [*LANGUAGES])
    if not isinstance(spoken, list) or not spoken or [code for code in LANGUAGES if code in spoken] != spoken:
        allowed, action = f"some of {', '.join(LANGUAGES)}, in this order", "name the languages of the report"
        yield descriptor.finding(("languages",), "languages", as_json(spoken), allowed, action)
    place = descriptor.value.get("place")
    if not isinstance(place, dict):
        allowed, action = "an object with area, name_en and name_vi", "say which place the package is of"
        yield descriptor.finding(("place",), "place", as_json(place), allowed, action)
        return
    for name in ("area", *(f"name_{code}" for code in languages_of(descriptor.value))):
        if not isinstance(place.get(name), str) or not place[name].strip() or len(place[name]) > NAME:
            allowed = f"a text of 1 to {NAME} characters"
            yield descriptor.finding(("place", name), "place", as_json(place.get(name)), allowed, "write it")
    for name in (name for name in place if name not in KEYS):
        yield descriptor.finding(("place", name), "unknown-property", quote(name), ", ".join(KEYS), "delete it")
    said = descriptor.value
    for name, used, allowed, action in (
        ("country", country_of(said), "the id of a country in areas.csv", "name such a row"),
        ("currency", currency_of(said), "the id of a unit of money in units.csv", "name such a row"),
        (
            "year_begins",
            first_month_of(said),
            "a whole number from 1 to 12",
            "write the month with which its years begin",
        ),
    ):
        if name in place and as_json(place[name]) != as_json(used):
            yield descriptor.finding(("place", name), "place", as_json(place[name]), allowed, action)


def check_descriptor(descriptor: Descriptor) -> list[Finding]:
    """Everything wrong with what a descriptor says, whatever its tables hold."""
    found = [*_texts(descriptor), *_package(descriptor), *_listed(descriptor)]
    known = {table.name: table for table in tables_of(descriptor)}
    keys = {name: table.key for name, table in known.items()}
    for name, (place, resource) in resources(descriptor).items():
        found += _resource(descriptor, place, resource=resource)
        if name in known:
            found += _schema(descriptor, (*place, "schema"), table=known[name], keys=keys)
    for name in set(tables_of_schema(descriptor)) - resources(descriptor).keys():
        action = f"add the resource {name}"
        found.append(descriptor.finding(("resources",), "missing-resource", "nothing", f"a resource {name!r}", action))
    return found


def _texts(descriptor: Descriptor) -> Iterator[Finding]:
    """Every text is sound, whatever it is for."""
    waiting: list[tuple[KeyPath, Any]] = [((), descriptor.value)]
    while waiting:
        place, value = waiting.pop()
        if place and place[-1] in TOLD and not isinstance(value, str):
            yield descriptor.finding(place, "form", as_json(value), "a text", "write a text")
        elif isinstance(value, dict):
            waiting += [((*place, name), part) for name, part in value.items()]
        elif isinstance(value, list):
            waiting += [((*place, number), part) for number, part in enumerate(value)]
        elif isinstance(value, str) and value and place[-1] not in ("lineTerminator", "pattern"):
            lines, address, drawn = place[-1] == "description", place[-1] in ADDRESSES, place[0] in DRAWN
            problem = flaw(value, PROSE, lines=lines, address=address, drawn=drawn)
            yield from [descriptor.finding(place, *problem)] if problem else []


def _package(descriptor: Descriptor) -> Iterator[Finding]:
    said = descriptor.value
    yield from _unknown(descriptor, (), said=said, known=OF_PACKAGE)
    licences = said.get("licenses")
    licensed = isinstance(licences, list) and all(map(_licence, licences)) and any(map(_of_the_book, licences))
    people = said.get("contributors", [])
    named = isinstance(people, list) and all(map(_contributor, people))
    a_list, a_licence = "a list of words", f"licences with a name and an http or https path, among them {LICENCE}"
    an_address = "an address of http or https"
    a_name = "a list of people with a title, and an http or https path where there is one"
    for name, sound, rule, allowed, action in (
        ("name", _text(said.get("name"), FOLDER), "form", f"a text of the form {FOLDER}", "write the name"),
        ("title", _text(said.get("title"), ".+"), "form", "a text of the form .+", "write the title"),
        ("version", _text(said.get("version", ""), ".*"), "form", "a text", "write a text"),
        ("keywords", _words(said.get("keywords", [])), "form", a_list, f"write {a_list}"),
        ("contributors", named, "form", a_name, "say who they are"),
        ("homepage", "homepage" not in said or _text(said["homepage"], WEB.pattern), "form", an_address, "mend it"),
        ("what_if", _text(said.get("what_if", ""), ".*"), "form", "a text", "write a text"),
        (
            "licenses",
            licensed,
            "licence",
            a_licence,
            f"say under which it is; pages and copies name {LICENCE}, {LICENCE_ADDRESS}",
        ),
    ):
        if not sound:
            yield descriptor.finding((name,), rule, as_json(said.get(name)), allowed, action)
    if "what_if" in said:
        action = "nothing to do where it is one: its pages say so, and it is not published"
        found = descriptor.finding(("what_if",), "what-if", as_json(said["what_if"]), "figures only", action)
        yield replace(found, note=True)


def _text(value: object, pattern: str) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(pattern, value, re.DOTALL))


def _words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _contributor(person: object) -> bool:
    said = person if isinstance(person, dict) else {}
    return _text(said.get("title"), ".+") and ("path" not in said or _text(said["path"], WEB.pattern))


def _licence(licence: object) -> bool:
    said = licence if isinstance(licence, dict) else {}
    return _text(said.get("name"), ".+") and _text(said.get("path"), WEB.pattern)


def _of_the_book(licence: Mapping[str, Any]) -> bool:
    return (licence["name"], licence["path"]) == (LICENCE, LICENCE_ADDRESS)


def _listed(descriptor: Descriptor) -> Iterator[Finding]:
    """The resources are objects, each with a name and a path of its own."""
    names: set[object] = set()
    for number, resource in enumerate(descriptor.value["resources"]):
        place: KeyPath = ("resources", number)
        name = resource.get("name") if isinstance(resource, dict) else None
        if not isinstance(name, str) or resources(descriptor).get(name) is None:
            yield descriptor.finding(place, "resource", as_json(resource), "an object with a name", "name the resource")
        elif name in names:
            yield descriptor.finding(
                (*place, "name"), "resource", repr(name), "each name once", "delete one of the two"
            )
        names.add(name)


def _resource(descriptor: Descriptor, place: KeyPath, *, resource: dict[str, Any]) -> Iterator[Finding]:
    name, path = resource["name"], resource.get("path")
    required = TABLES.get(name)
    files = {table.file for table in TABLES.values()} | {DESCRIPTOR}
    if required and path != required.file:
        yield descriptor.finding(
            (*place, "path"), "path", as_json(path), repr(required.file), "keep the file of the table"
        )
    elif not required and (not is_inside(path) or path in files):
        allowed = "a path inside the folder, of a file of its own"
        yield descriptor.finding((*place, "path"), "path", as_json(path), allowed, "name a file of the package")
    if required or "schema" in resource:
        yield from _unknown(descriptor, place, said=resource, known=OF_RESOURCE | ONE_FORM.keys())
        yield from _other(descriptor, place, said={**ONE_FORM, **resource}, wanted=ONE_FORM)
        if not fields(resource):
            allowed, action = "an object with a list of fields, each with a name", AS_IN_SCHEMA
            yield descriptor.finding((*place, "schema"), "schema", as_json(resource.get("schema")), allowed, action)


def _other(
    descriptor: Descriptor, place: KeyPath, *, said: Mapping[str, Any], wanted: Mapping[str, Any]
) -> Iterator[Finding]:
    """The parts of which something else is said than is wanted; 1 is not true."""
    for name, value in wanted.items():
        if json.dumps(said.get(name), sort_keys=True) != json.dumps(value, sort_keys=True):
            found, allowed = as_json(said.get(name)), as_json(value)
            yield descriptor.finding((*place, name), "schema", found, allowed, AS_IN_SCHEMA)


def _unknown(descriptor: Descriptor, place: KeyPath, *, said: Mapping[str, Any], known: set[str]) -> Iterator[Finding]:
    for name in said:
        if name not in known:
            allowed, action = ", ".join(sorted(known)), "delete it"
            yield descriptor.finding((*place, name), "unknown-property", quote(name), allowed, action)


def _schema(
    descriptor: Descriptor, place: KeyPath, *, table: TableSchema, keys: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    schema = descriptor.part(place)
    if not isinstance(schema, dict) or not isinstance(schema.get("fields"), list):
        return
    yield from _unknown(descriptor, place, said=schema, known=OF_SCHEMA)
    yield from _fields(descriptor, (*place, "fields"), table=table)
    key = schema.get("primaryKey", None if table.key else [])
    said = {"missingValues": [""], **schema, "primaryKey": [key] if [key] == list(table.key) else key}
    wanted = {"missingValues": [""], "primaryKey": list(table.key)}
    yield from _other(descriptor, place, said=said, wanted=wanted)
    yield from _foreign(descriptor, (*place, "foreignKeys"), table=table, keys=keys)


def _foreign(
    descriptor: Descriptor, place: KeyPath, *, table: TableSchema, keys: Mapping[str, tuple[str, ...]]
) -> Iterator[Finding]:
    """Findings on the foreign keys of a table; `keys` are the key columns of each table of the package."""
    listed = descriptor.part(place) or []
    found = [foreign_key(key) for key in listed] if isinstance(listed, list) else [None]
    for column, to in table.foreign.items():
        if (column, to, *keys.get(to, ())) not in found:
            allowed = f"{column} names a row of {to} by its key"
            yield descriptor.finding(place, "schema", f"no such foreign key of {column}", allowed, AS_IN_SCHEMA)
    for key in found:
        if key is None or key[0] not in table.names or keys.get(key[1]) != (key[2],) or table.foreign[key[0]] != key[1]:
            allowed, action = "a column that names the key of a table, once", "mend or delete the foreign key"
            yield descriptor.finding(place, "schema", as_json(key and list(key)), allowed, action)


def _fields(descriptor: Descriptor, place: KeyPath, *, table: TableSchema) -> Iterator[Finding]:
    listed = descriptor.part(place)
    required = TABLES.get(table.name, TableSchema("", ()))
    own = {column.name: column for column in required.columns}
    given = [field.get("name") if isinstance(field, dict) else None for field in listed]
    names = [name if isinstance(name, str) else None for name in given]
    for name in own:
        if name not in names and name not in LATER.get(table.name, {}):
            yield descriptor.finding(place, "schema", f"no field {name}", f"the field {name}", AS_IN_SCHEMA)
    usual = [name for name in own if name in names]
    if (order := [name for name in names if name in own]) != usual and sorted(order) == sorted(usual):
        first = next(name for name, wanted in zip(order, usual, strict=True) if name != wanted)
        yield descriptor.finding(place, "schema", f"{first} in another order", ", ".join(own), AS_IN_SCHEMA)
    for number, field in enumerate(listed):
        at = (*place, number)
        if names[number] is None or names.count(names[number]) > 1:
            yield descriptor.finding(at, "schema", as_json(field), "an object with a name of its own", "name the field")
        elif field["name"] in own:
            yield from _own_field(descriptor, at, field=field, table=table)
        else:
            yield from _added_field(descriptor, at, field=field, may=may_constrain(table.name))


def _own_field(
    descriptor: Descriptor, place: KeyPath, *, field: dict[str, Any], table: TableSchema
) -> Iterator[Finding]:
    column = next(column for column in table.columns if column.name == field["name"])
    yield from _unknown(descriptor, place, said=field, known=OF_FIELD | {"format"})
    wanted = {"type": column.type, "format": "default", "constraints": dict(column.constraints)}
    yield from _other(descriptor, place, said={"format": "default", "constraints": {}, **field}, wanted=wanted)


def _added_field(
    descriptor: Descriptor, place: KeyPath, *, field: dict[str, Any], may: tuple[str, ...]
) -> Iterator[Finding]:
    yield from _unknown(descriptor, place, said=field, known=OF_FIELD)
    if not can_be_added(field):
        allowed = f"a name of the form {ID} and one of the types {', '.join(TYPES)}"
        found = f"{as_json(field.get('name'))} of type {as_json(field.get('type'))}"
        yield descriptor.finding(place, "schema", found, allowed, "mend the field that the place adds")
    given = field.get("constraints", {})
    if not isinstance(given, dict) or any(name not in may or v is not True for name, v in given.items()):
        action = "delete the others; they are not examined"
        yield descriptor.finding((*place, "constraints"), "schema", as_json(given), ", ".join(may), action)
