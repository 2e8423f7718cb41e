"""Whether `datapackage.json` says of the tables what `schema` says, and what else it must say.

A place may write texts of its own. All else must be as the schema has it, since another reader of the package would read
other figures than the book does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from promotion_book.facts.declaration import KeyPath
from promotion_book.facts.descriptor import Descriptor, as_json, describe_table, tables_of
from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.place_settings import KEYS, country_of, currency_of, first_month_of, languages_of
from promotion_book.facts.schema import LANGUAGES, NAME, PROSE
from promotion_book.facts.texts import WEB, flaw

TOLD = {"title", "description", "$schema", "profile"}
OF_PACKAGE = {
    *TOLD, "name", "version", "languages", "keywords", "licenses", "contributors", "place", "resources", "what_if",
    "homepage", "id", "created", "sources", "image",
}  # fmt: skip
DRAWN = {"place", "what_if"}  # what charts write
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
    wanted = [describe_table(table) for table in tables_of(descriptor)]
    tables = _differences(descriptor, ("resources",), wanted=wanted)
    return [*_texts(descriptor), *_package(descriptor), *tables]


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
            lines, drawn = place[-1] == "description", place[0] in DRAWN
            problem = flaw(value, PROSE, lines=lines, address=True, drawn=drawn)
            yield from [descriptor.finding(place, *problem)] if problem else []


def _package(descriptor: Descriptor) -> Iterator[Finding]:
    said = descriptor.value
    yield from _unknown(descriptor, (), said=said, known=OF_PACKAGE)
    licences = said.get("licenses")
    licensed = isinstance(licences, list) and bool(licences) and all(map(_licence, licences))
    people = said.get("contributors", [])
    named = isinstance(people, list) and all(map(_contributor, people))
    a_list, a_licence = "a list of words", "a list of licences with a name and an http or https path"
    a_name = "a list of people with a title, and an http or https path where there is one"
    for name, sound, rule, allowed, action in (
        ("name", _text(said.get("name"), FOLDER), "form", f"a text of the form {FOLDER}", "write the name"),
        ("title", _text(said.get("title"), ".+"), "form", "a text of the form .+", "write the title"),
        ("version", _text(said.get("version", ""), ".*"), "form", "a text", "write a text"),
        ("keywords", _words(said.get("keywords", [])), "form", a_list, f"write {a_list}"),
        ("contributors", named, "form", a_name, "say who they are"),
        ("what_if", _text(said.get("what_if", ""), ".*"), "form", "a text", "write a text"),
        ("licenses", licensed, "licence", a_licence, "say under which licence it is"),
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


def _differences(descriptor: Descriptor, place: KeyPath, *, wanted: Any) -> Iterator[Finding]:
    """The parts of which something else is said than is wanted, texts on them aside; 1 is not true."""
    said = descriptor.part(place)
    if isinstance(wanted, dict) and isinstance(said, dict):
        free = {name for name, part in said.items() if name in TOLD or part == []}
        yield from _unknown(descriptor, place, said=said, known={*wanted} | free)
        for name in wanted.keys() - TOLD:
            yield from _differences(descriptor, (*place, name), wanted=wanted[name])
    elif isinstance(wanted, list) and isinstance(said, list) and any(isinstance(one, dict) for one in wanted):
        yield from _listed(descriptor, place, said=said, wanted=wanted)
    elif json.dumps(said, sort_keys=True) != json.dumps(wanted, sort_keys=True):
        yield descriptor.finding(place, "schema", as_json(said), as_json(wanted), AS_IN_SCHEMA)


def _listed(descriptor: Descriptor, place: KeyPath, *, said: list[Any], wanted: list[Any]) -> Iterator[Finding]:
    """The objects of a list are those that are wanted, each once, and fields are in their order."""
    names, needed = [*map(_called, said)], {_called(one): one for one in wanted}
    for number, name in enumerate(names):
        at = (*place, number)
        if name in needed and name not in names[:number]:
            yield from _differences(descriptor, at, wanted=needed[name])
        else:
            yield descriptor.finding(
                at, "schema", as_json(said[number]), f"{', '.join(needed)}, each once", "delete it"
            )
    for name in needed.keys() - {*names}:
        yield descriptor.finding(place, "schema", f"no {name}", name, AS_IN_SCHEMA)
    usual, order = [name for name in needed if name in names], [name for name in names if name in needed]
    if place[-1] == "fields" and order != usual and sorted(order) == sorted(usual):
        yield descriptor.finding(place, "schema", "another order", ", ".join(usual), AS_IN_SCHEMA)


def _called(part: object) -> str:
    """What an object of a list goes by: its name, or of a foreign key its column."""
    said = part if isinstance(part, dict) else {}
    return as_json(said.get("name") or said.get("fields"))


def _unknown(descriptor: Descriptor, place: KeyPath, *, said: Mapping[str, Any], known: set[str]) -> Iterator[Finding]:
    for name in said:
        if name not in known:
            allowed, action = ", ".join(sorted(known)), "delete it"
            yield descriptor.finding((*place, name), "unknown-property", quote(name), allowed, action)
