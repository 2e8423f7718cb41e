"""Tables of texts with a few rows, as the rules of the check take them: what a row does not say is empty or usual."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.rules import RULES, Rule, Tables
from promotion_book.facts.rules.row_rules import RowRule

HANOI = Path(__file__).parent.parent / "data" / "hanoi"
DAYS = {"period": "2022", "period_start": "2022-01-01", "period_end": "2022-12-31"}
SAID = {"indicator_id": "jobs", "area": "hanoi", "source_id": "src_001", **DAYS}
USUAL: dict[str, dict[str, str]] = {
    "sources": {"title": "An article", "publisher": "A paper", "published_on": "2023-02-01", "precision": "day"},
    "indicators": {"programme_id": "crafts", "kind": "flow", "unit": "people", "measured": "during"},
    "observations": {"observation_id": "o1", "status": "actual", "unit": "people", "value": "10", **SAID},
    "targets": {"target_id": "t1", "kind": "flow", "unit": "people", "value": "10", **SAID},
    "release_calendar": {"announced_on": "2026-01-01", "release_on": "2026-06-01"},
    "forecast_vintages": {"period": "2022", "cut_off": "2023-03-31", "indicator_id": "jobs", "method": "naive"}
    | {"origin_year": "2022", "target_year": "2023", "years_ahead": "1", "value": "10", "version": "1"},
}


@cache
def columns(table: str) -> tuple[str, ...]:
    """The columns of a table of Hanoi."""
    with (HANOI / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(next(csv.reader(file)))


def tables(today: date | None = None, **rows: list[Mapping[str, str]]) -> Tables:
    """All tables of a package: the rows that are given, the header being line 1, and no others."""
    made = {}
    for path in sorted(HANOI.glob("*.csv")):
        name, empty = path.stem, dict.fromkeys(columns(path.stem), "")
        full = [empty | USUAL.get(name, {}) | dict(row) for row in rows.get(name, [])]
        frame = pd.DataFrame(full, columns=list(columns(name)), dtype=object)
        made[name] = frame.assign(line=range(2, len(full) + 2))
    return Tables(made, today=today)


def asked(part: str) -> list[Rule]:
    """The rules on single rows whose table, column and name have a part in them, as "targets:base" or ":range"."""
    return [rule for rule in RULES if isinstance(rule, RowRule) and part in rule.__name__]


def found(
    rule: Rule | str, today: date | None = None, **rows: list[Mapping[str, str]]
) -> list[tuple[str, int, str, str]]:
    """File, line, column and name of everything that a rule, or rules of such a name, find in these rows."""
    given, rules = tables(today, **rows), asked(rule) if isinstance(rule, str) else [rule]
    return [where(finding) for finding in sorted(finding for one in rules for finding in one(given))]


def where(finding: Finding) -> tuple[str, int, str, str]:
    """File, line, column and rule of a finding."""
    return finding.file, finding.row, finding.column, finding.rule
