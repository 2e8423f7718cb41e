"""Every finding on a place's data package, in one pass: `promotion-book check`.

The layers, each of which goes on where the one before it could still read: the files (`reader`), the descriptor
(`descriptor_check`), the cells and keys of the tables (`structure`), and what the figures must obey (`rules`). Corrections
are applied before the tables are examined; what is wrong with a corrected cell is a finding on its entry. A table
that could not be read is named as not examined, with how much waits for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from pkgutil import iter_modules

import pandas as pd

from promotion_book.facts import rules
from promotion_book.facts.commentary import check_commentary
from promotion_book.facts.corrections import KEYS, correct_texts, drop_rows, stale_entries, withdrawals
from promotion_book.facts.descriptor import DESCRIPTOR, Descriptor
from promotion_book.facts.descriptor_check import check_descriptor
from promotion_book.facts.findings import Finding
from promotion_book.facts.grammar import TYPE
from promotion_book.facts.place_settings import (
    COUNTRY,
    area_of,
    country_of,
    currency_of,
    first_month_of,
    languages_of,
)
from promotion_book.facts.reader import load
from promotion_book.facts.rows import each
from promotion_book.facts.rules import NotReadError, Rule, Tables
from promotion_book.facts.schema import TABLES, TableSchema
from promotion_book.facts.structure import VALUE, check_cells, malformed_cells
from promotion_book.facts.vocabulary import locate

CellAddress = tuple[str, int, str]  # file, line, column
ORDER = attrgetter("file", "row", "column", "rule", "found", "allowed", "action")
UNREADABLE = (TYPE, VALUE)  # what rules cannot look at
STOPPING = (ArithmeticError, LookupError, TypeError, ValueError)  # how a rule ends at a cell that it did not foresee
BROKEN = ("extra-cell", "missing-cell")  # rows of which the cells are not known

for one in iter_modules(rules.__path__, f"{rules.__name__}."):
    import_module(one.name)  # enters its rules


def check(folder: Path, further: Iterable[Rule] = (), *, today: date | None = None) -> list[Finding]:
    """All findings on the package in a folder, in the order of file and row; empty when it is sound.

    Args:
        further: rules of rooms that use the facts and that the facts do not know.
        today: the day of the check, without which nothing is late or of tomorrow.
    """
    loaded = load(folder)
    if loaded.descriptor is None:
        return loaded.findings
    findings = [*loaded.findings, *check_descriptor(loaded.descriptor), *_place(loaded.descriptor, loaded.texts)]
    said = loaded.descriptor.value
    findings += check_commentary(folder, loaded.texts, area=area_of(said), languages=languages_of(said))
    broken = {(finding.file, finding.row) for finding in findings if finding.rule in BROKEN}
    asked = [*rules.RULES, *further]
    found = map(locate, figures(loaded.tables, loaded.texts, asked, year_begins=first_month_of(said), today=today))
    everything = {*findings, *(finding for finding in found if (finding.file, finding.row) not in broken)}
    return sorted(everything, key=ORDER)


def figures(
    tables: Mapping[str, TableSchema],
    texts: dict[str, pd.DataFrame],
    asked: Collection[Rule],
    *,
    year_begins: int,
    today: date | None,
) -> list[Finding]:
    """Findings on the tables of texts (with a column `line`), corrections applied, and what rules say of them."""
    printed = [f for name in KEYS if name in texts for f in malformed_cells(tables[name], texts[name])]
    entries, problems = _entries(texts)
    mended = correct_texts(texts, entries)
    places = _mended_cells(tables, texts, entries=entries)
    found = check_cells(tables.values(), mended)
    bad = {(finding.file, finding.row, finding.column): finding for finding in found}
    kept = drop_rows(mended, withdrawals(entries))
    sound = {name: _once(tables[name], _blanked(tables[name], rows, bad=bad)) for name, rows in kept.items()}
    read = Tables(sound, year_begins=year_begins, today=today)
    told = [f for f in _ruled(tables, read, asked=asked) if (f.file, f.row, f.column) not in bad]
    return [*problems, *printed, *(_on_entry(finding, places) for finding in (*found, *told))]


def _blanked(table: TableSchema, rows: pd.DataFrame, *, bad: Mapping[CellAddress, Finding]) -> pd.DataFrame:
    """A table of which the cells that are no number, no day or no allowed value are empty, so that no rule meets one."""
    name = table.file
    wrong: dict[str, list[int]] = defaultdict(list)
    for (file, line, column), finding in bad.items():
        if file == name and finding.rule in UNREADABLE:
            wrong[column].append(line)
    return rows.assign(**{column: rows[column].mask(rows["line"].isin(lines), "") for column, lines in wrong.items()})


def _entries(texts: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, list[Finding]]:
    """The entries of the corrections that match the tables, and findings on the others; none without the tables."""
    if not {"corrections", *KEYS} <= texts.keys():
        return pd.DataFrame(columns=TABLES["corrections"].names), []
    entries, stale = texts["corrections"], list(stale_entries(texts))
    lines, action = entries["line"].tolist(), "delete the entry if the source was mended, or mend the entry"
    findings = [
        Finding("corrections.csv", lines[position], column, "stale", reason, "what stands in the table", action)
        for position, column, reason in stale
    ]
    good = sorted({*range(len(entries))} - {position for position, _, _ in stale})
    return entries.iloc[good].drop_duplicates(["table", "row_id", "column"]), findings


def _mended_cells(
    tables: Mapping[str, TableSchema], texts: dict[str, pd.DataFrame], *, entries: pd.DataFrame
) -> dict[CellAddress, int]:
    """File, line and column of each cell that an entry mends, with the line of the entry."""
    lines = {name: texts[name].set_index(key)["line"] for name, key in KEYS.items() if name in texts}
    return {(tables[e.table].file, int(lines[e.table].loc[e.row_id]), e.column): int(e.line) for e in each(entries)}


def _on_entry(finding: Finding, places: Mapping[CellAddress, int]) -> Finding:
    line = places.get((finding.file, finding.row, finding.column))
    return finding if line is None else replace(finding, file="corrections.csv", row=line, column="used")


def _ruled(tables: Mapping[str, TableSchema], read: Tables, *, asked: Collection[Rule]) -> Iterator[Finding]:
    """Findings of the rules, each on the first row of a key; how many rules lack a table is told with it."""
    lacking = {name: 0 for name in tables if name not in read}
    for rule in asked:
        try:
            yield from rule(read)
        except NotReadError as error:
            lacking[error.args[0]] += 1
        except STOPPING as error:
            found = f"{rule.__module__.rpartition('.')[2]}.{rule.__name__} ended with {error!r}"
            allowed = "rules that can be asked"
            action = "mend the other findings, then check again; where there is none, report this one"
            yield Finding(DESCRIPTOR, 0, "", "not-asked", found, allowed, action)
    for name, waiting in lacking.items():
        found = f"no table, so that its cells, keys that name its rows and {waiting} of {len(asked)} rules wait"
        action = "mend what stands in the way, then check again: there may be more findings"
        yield Finding(tables[name].file, 0, "", "not-examined", found, "a table that can be read", action)


def _once(table: TableSchema, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop_duplicates(list(table.key), ignore_index=True) if table.key else rows


def _place(descriptor: Descriptor, texts: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """The area and the country of the place are some of the areas, and its currency is one of the units of money."""
    said = descriptor.value
    country, money = country_of(said), texts["units"].query("dimension == 'money'") if "units" in texts else None
    for name, key, rows, table, allowed in (
        ("area", area_of(said), texts.get("areas"), "area", "a key of areas"),
        ("country", "" if country == COUNTRY else country, texts.get("areas"), "area", "a country of areas"),
        ("currency", currency_of(said), money, "unit", "a unit of money"),
    ):
        if rows is not None and key not in ("", *rows[f"{table}_id"]):
            action = f"mend the {name}, or add it to {table}s.csv"
            yield descriptor.finding(("place", name), "dangling-key", repr(key), allowed, action)
