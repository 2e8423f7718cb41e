"""Every finding on a place's data package, in one pass: `promotion-book check`.

Three layers, each of which goes on where the one before it could still read: the files
(`files`), the structure of the tables (`structure`), and what the figures must obey (`rules`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from promotion_book.facts import calendar_rules, duplicate_rules, plausibility_rules, relation_rules, vintage_rules
from promotion_book.facts.corrections import KEYS, apply, stale
from promotion_book.facts.files import Rows, read_descriptor, read_rows
from promotion_book.facts.findings import Finding
from promotion_book.facts.rules import RULES, Rule, Tables
from promotion_book.facts.structure import structure

FURTHER = (calendar_rules, duplicate_rules, plausibility_rules, relation_rules, vintage_rules)
ALL_RULES = (*RULES, *(rule for room in FURTHER for rule in room.RULES))


def check(folder: Path, further: Iterable[Rule] = ()) -> list[Finding]:
    """All findings on the package in a folder, in the order of file and row; empty when it is sound.

    `further` are rules of rooms that use the facts and that the facts do not know.
    """
    descriptor, findings = read_descriptor(folder)
    if descriptor is None:
        return findings
    rows: dict[str, Rows] = {}
    for resource in descriptor["resources"]:
        table, problems = read_rows(folder, resource["path"])
        findings += problems
        if table is not None:
            rows[resource["name"]] = table
    findings += structure(descriptor, rows)
    frames = {r["name"]: _frame(rows[r["name"]], r["schema"]) for r in descriptor["resources"] if r["name"] in rows}
    if len(frames) == len(descriptor["resources"]) and all(frame is not None for frame in frames.values()):
        findings += figures({name: frame for name, frame in frames.items() if frame is not None}, further)
    return sorted(set(findings))


def figures(tables: Tables, further: Iterable[Rule] = ()) -> list[Finding]:
    """Findings of the rules on the tables of texts (with a column `line`), corrections applied."""
    findings = list(_stale(tables))
    bad = {finding.row for finding in findings}
    entries = tables["corrections"][~tables["corrections"]["line"].isin(bad)]
    known = entries["table"].isin(list(KEYS))
    corrected = apply({**tables, "corrections": entries[known]})
    return findings + [finding for rule in (*ALL_RULES, *further) for finding in rule(corrected)]


def _stale(tables: Tables) -> list[Finding]:
    lines = tables["corrections"]["line"].tolist()
    action = "delete the entry if the source was mended, or mend the entry"
    return [
        Finding("corrections.csv", int(lines[position]), "printed", "stale", reason, "what stands in the table", action)
        for position, reason in stale(tables)
    ]


def _frame(rows: Rows, schema: dict[str, Any]) -> pd.DataFrame | None:
    """A table of texts with its line numbers; None when the columns are not those of the schema."""
    names = [field["name"] for field in schema["fields"]]
    if rows[0] != names:
        return None
    padded = [(row + [""] * len(names))[: len(names)] for row in rows[1:]]
    return pd.DataFrame(padded, columns=names, dtype=str).assign(line=range(2, len(rows) + 1))
