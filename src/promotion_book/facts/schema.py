"""The tables that a place must have: columns, types, allowed values, keys, as `tables.json` describes them.

The `datapackage.json` of a place repeats these resources for others to read, is compared with them, and says what the
place adds. What was added to the tables in a later version is named in `LATER`: a package that does not declare it is
read as before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "vi")  # the endings of columns that hold texts for readers
ID = "[a-z][a-z0-9_]*"
NAME, PROSE = 160, 1000  # characters of a name and of a text that fit a page
RULES = "support_rules"  # the programme whose figures are limits by law
RESOURCES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("tables.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class ColumnSchema:
    """A column: its name, its type (string, number, integer or date), and what its cells must obey, in the words of
    Table Schema.
    """

    name: str
    type: str = "string"
    constraints: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class TableSchema:
    """A table: its columns in order, the columns of its key, and by column the table whose key it names."""

    name: str
    columns: tuple[ColumnSchema, ...]
    key: tuple[str, ...] = ()
    foreign: Mapping[str, str] = field(default_factory=dict)
    path: str = ""

    @property
    def file(self) -> str:
        """The name of its file in the folder of the place."""
        return self.path or f"{self.name}.csv"

    @cached_property
    def names(self) -> list[str]:
        """The names of its columns in order, which are its header."""
        return [column.name for column in self.columns]


def _table(resource: Mapping[str, Any]) -> TableSchema:
    schema = resource["schema"]
    columns = (ColumnSchema(one["name"], one["type"], one.get("constraints", {})) for one in schema["fields"])
    foreign = {key["fields"][0]: key["reference"]["resource"] for key in schema.get("foreignKeys", [])}
    return TableSchema(resource["name"], tuple(columns), tuple(schema["primaryKey"]), foreign)


TABLES: Mapping[str, TableSchema] = {resource["name"]: _table(resource) for resource in RESOURCES}


def _words(table: str, column: str) -> tuple[str, ...]:
    """The words that a column may hold, in their order."""
    return next(tuple(one.constraints["enum"]) for one in TABLES[table].columns if one.name == column)


LEVELS = _words("areas", "level")  # the largest first
FUNDS = _words("funds", "fund")  # that of all others first

EXPECTED = ("expected_every", "expected_months", "expected_from_en", "expected_from_vi")
LATER: Mapping[str, Mapping[str, str]] = {
    "programmes": {"role": "programme", "position": "", "leading_indicator": ""},
    "units": {"one_en": ""},
    "areas": dict.fromkeys(("parent", "level", "valid_from", "valid_to", "predecessor", "successor"), ""),
    "indicators": dict.fromkeys(("breakdown", *EXPECTED), ""),
    "sources": dict.fromkeys(("publisher_name_en", "publisher_name_vi", "confirmed_by", "confirmed_why"), ""),
    "observations": dict.fromkeys(("confirmed_by", "confirmed_why"), ""),
    "targets": dict.fromkeys(("plan_start", "same_as", "confirmed_by", "confirmed_why"), ""),
    **{
        name: dict.fromkeys(TABLES[name].names, "")
        for name in ("funds", "readings", "legal_acts", "measures", "searches")
    },
}
"""By table the columns that packages of earlier versions do not have, each with what is read where it is not declared."""
