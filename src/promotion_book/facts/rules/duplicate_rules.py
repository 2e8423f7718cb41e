"""Is anything there twice? One thing under two keys, and one statement in two rows.

Names are compared as a reader sees them (`seen`): without regard to case, marks, spaces, invisible characters, and
letters of other alphabets that look alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.rows import records
from promotion_book.facts.rules import Rule, Tables

KEYS = {
    "sources": "source_id",
    "areas": "area_id",
    "indicators": "indicator_id",
    "programmes": "programme_id",
    "units": "unit_id",
    "scopes": "scope_id",
    "observations": "observation_id",
    "targets": "target_id",
}
NAMED: tuple[tuple[str, str, list[str]], ...] = (  # table, the column that names, and what tells two of one name apart
    ("sources", "title", ["publisher", "published_on"]),
    ("areas", "name_en", []),
    ("areas", "name_vi", []),
    ("indicators", "name_en", ["programme_id"]),
    ("programmes", "name_en", []),
    ("units", "name_en", []),
    ("scopes", "name_en", []),
)
STATEMENT = ["indicator_id", "area", "scope", "period", "source_id"]
ALIKE = str.maketrans("авеорсхуікмтнđοαερυνι", "abeopcxyikmthdoaepuvi")


def seen(text: str) -> str:
    """A text as the eye takes it in; two texts that look alike give the same one."""
    if text.isascii() and text.isprintable():
        return " ".join(text.casefold().split())
    plain = (c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c) not in ("Mn", "Cf", "Cc"))
    return " ".join("".join(plain).casefold().translate(ALIKE).split())


def keys_look_different(tables: Tables) -> Iterator[Finding]:
    """No two keys of a table look alike: `src_001` and `SRC_001`."""
    for name, key in KEYS.items():
        table = tables[name]
        twins = _twins(table.assign(_seen=table[key].map(seen)).drop_duplicates(key), ["_seen"])
        for row, first in twins:
            action = "delete the row, or give it a key of its own"
            found = f"{row[key]!r} beside {first[key]!r} in line {first['line']}"
            yield Finding(f"{name}.csv", int(row["line"]), key, "look-alike", found, "keys that look different", action)


def names_are_given_once(tables: Tables) -> Iterator[Finding]:
    """No source, area, indicator, programme, unit or scope stands in its table twice under different keys."""
    for name, column, apart in NAMED:
        table = tables[name].drop_duplicates(KEYS[name])
        told = table.assign(_name=table[column].map(seen), **{other: table[other].map(seen) for other in apart})
        for row, first in _twins(told, ["_name", *apart]):
            found = f"{row[column]!r}, as in line {first['line']}"
            action = "delete the row and use the key of the other one, or tell the two apart by their names"
            yield Finding(f"{name}.csv", int(row["line"]), column, "twice", found, "each one once", action)


def statements_are_made_once(tables: Tables) -> Iterator[Finding]:
    """A source says a figure of an indicator, area, scope and period once; a plan and an outcome are two figures."""
    for name in ("observations", "targets"):
        table = tables[name]
        plan = table["status"].eq("plan") if "status" in table else False
        said = table[[KEYS[name], "line", *STATEMENT]].assign(_plan=plan)
        for row, first in _twins(said, [*STATEMENT, "_plan"]):
            found = f"{row[KEYS[name]]!r} says what {first[KEYS[name]]!r} in line {first['line']} says"
            action = "keep one of the two rows, or name the scope that tells them apart"
            allowed = "one figure of a source for an indicator, area, scope and period"
            yield Finding(f"{name}.csv", int(row["line"]), str(table.columns[0]), "twice", found, allowed, action)


def _twins(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every row that is alike an earlier one in some columns, with that one."""
    firsts: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in records(table[table.duplicated(columns, keep=False)]):
        first = firsts.setdefault(tuple(row[name] for name in columns), row)
        if first is not row:
            yield row, first


RULES: list[Rule] = [keys_look_different, names_are_given_once, statements_are_made_once]
