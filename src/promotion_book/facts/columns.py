"""A column and a table of a schema, and the columns that tables have in common.

Constraints have the names of Table Schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

LANGUAGES = ("en", "vi")  # the endings of columns that hold texts for readers
ID = "[a-z][a-z0-9_]*"
SHORT, NAME, TITLE, ADDRESS, PROSE = 30, 160, 300, 500, 1000  # characters that fit a page


@dataclass(frozen=True)
class ColumnSchema:
    """A column: its name, its type (string, number, integer or date), and what its cells must obey."""

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


def _given(**constraints: Any) -> dict[str, Any]:
    return {name: value for name, value in constraints.items() if value is not None}


def text(
    name: str, longest: int | None = None, *, pattern: str | None = None, unique: bool | None = None
) -> ColumnSchema:
    """A text that may be missing."""
    return ColumnSchema(name, "string", _given(maxLength=longest, pattern=pattern, unique=unique))


def required_text(name: str, longest: int | None = None, *, pattern: str | None = None) -> ColumnSchema:
    """A text that is never missing."""
    return ColumnSchema(name, "string", _given(required=True, maxLength=longest, pattern=pattern))


def choice(name: str, *allowed: str, required: bool | None = True) -> ColumnSchema:
    """One of some words."""
    return ColumnSchema(name, "string", _given(required=required, enum=list(allowed)))


def number(name: str, *, required: bool | None = None) -> ColumnSchema:
    """A number."""
    return ColumnSchema(name, "number", _given(required=required))


def whole(name: str, low: int, high: int | None = None, *, required: bool | None = True) -> ColumnSchema:
    """A whole number within limits."""
    return ColumnSchema(name, "integer", _given(required=required, minimum=low, maximum=high))


def day(name: str, *, required: bool | None = None) -> ColumnSchema:
    """A day."""
    return ColumnSchema(name, "date", _given(required=required))


def required_texts(name: str, longest: int) -> tuple[ColumnSchema, ColumnSchema]:
    """A text in English and in Vietnamese that is never missing."""
    return required_text(f"{name}_en", longest), required_text(f"{name}_vi", longest)


def texts(name: str, longest: int) -> tuple[ColumnSchema, ColumnSchema]:
    """A text in English and in Vietnamese that may be missing."""
    return text(f"{name}_en", longest), text(f"{name}_vi", longest)


def required_id(name: str) -> ColumnSchema:
    """A name by which other rows call this one."""
    return required_text(name, SHORT * 2, pattern=ID)
