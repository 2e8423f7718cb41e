"""What `_config.yml` says, examined as a whole: Jupyter Book takes what it does not know without a word.

Its own schema says of which type a setting is; a setting is one that it has a default for, or one of this book.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from textwrap import shorten
from typing import Any

import yaml

from promotion_book.facts.declaration import Declaration, KeyPath
from promotion_book.facts.findings import SHOWN, Finding, quote
from promotion_book.facts.schema import LANGUAGES, NAME
from promotion_book.facts.suggestion import did_you_mean
from promotion_book.facts.texts import WEB, flaw
from promotion_book.running.configuration import CONFIG
from promotion_book.running.declarations import read_settings

TYPES = {"string": "a text", "boolean": "true or false", "object": "a mapping", "array": "a list", "null": "nothing"}
TEXT, FLAG = {"type": "string"}, {"type": "boolean"}
ADDRESS = {
    "type": ["string", "null"],
    "pattern": f"^({WEB.pattern})?$",
    "description": "an address of http or https, or nothing",
}
CONTACT = ADDRESS | {
    "pattern": rf"^({WEB.pattern}|[^\s@<>\"]+@[^\s@<>\"]+)?$",
    "description": "an e-mail address or one of the web",
}
OWN: dict[str, dict[str, Any]] = {  # the settings of this book, and what it asks of those of Jupyter Book
    "": {
        "contact": CONTACT,
        "sign_off_required": FLAG,
        "only_build_toc_files": FLAG,
        **{f"author_{code}": TEXT for code in LANGUAGES},
    },
    "html": {"baseurl": ADDRESS},
    "parse": {"myst_substitutions": {"type": "object"}},
    "repository": {"url": ADDRESS},
}
TOLD = ("title", *(f"author{end}" for end in ("", *(f"_{code}" for code in LANGUAGES))))  # texts that readers see


def check_settings(root: Path) -> Iterator[Finding]:
    """Findings on settings that nobody reads, that are of another type than is read, and on texts that cannot be shown."""
    from jsonschema import Draft7Validator  # type: ignore[import-untyped]

    settings = read_settings(root / CONFIG, CONFIG)
    for error in Draft7Validator(_schema()).iter_errors(settings.value):
        place = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            known = error.schema["properties"]
            for name in [name for name in error.instance if name not in known]:
                yield _unread(settings, (*place, str(name)), sorted(known))
        else:
            found = shorten(repr(error.instance), SHOWN, placeholder=" …")
            yield settings.finding(place, "form", found, _allowed(str(error.validator), error.schema), "mend it")
    for name in TOLD:
        text = settings.value.get(name)
        problem = flaw(text, NAME, drawn=True) if isinstance(text, str) else None
        if problem:
            yield settings.finding((name,), *problem)


def _allowed(rule: str, part: Mapping[str, Any]) -> str:
    if rule == "type":
        kinds = part["type"] if isinstance(part["type"], list) else [part["type"]]
        return " or ".join(TYPES.get(kind, f"a {kind}") for kind in kinds)
    return str(part.get("description", f"{rule} {part[rule]}"))


def _unread(settings: Declaration[Any], place: KeyPath, known: list[str]) -> Finding:
    name = str(place[-1])
    return settings.finding(place, "key", quote(name), ", ".join(known), f"mend the key{did_you_mean(name, known)}")


@cache
def _schema() -> dict[str, Any]:
    """The schema of Jupyter Book, closed: with the settings that it has a default for and those of this book alone."""
    folder = files("jupyter_book")
    schema: dict[str, Any] = json.loads((folder / "config_schema.json").read_text(encoding="utf-8"))
    usual = yaml.safe_load((folder / "default_config.yml").read_text(encoding="utf-8"))
    for name in ("", *(name for name, value in usual.items() if isinstance(value, dict))):
        part = schema["properties"][name] if name else schema
        defaults = usual[name] if name else usual
        part["properties"] = {key: {} for key in defaults} | part["properties"] | OWN.get(name, {})
        part["additionalProperties"] = False
    return schema
