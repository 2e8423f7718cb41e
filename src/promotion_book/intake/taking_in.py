"""Taking files in: their figures become rows of the tables of a place, all of them or none.

Everything that is wrong is said at once. What the whole data check says of a new row is said of the cell that it comes
from; a figure that the check doubts, or that contradicts another one, is taken in where the note of its row says why.
Sources are written first, so that the package is whole after each file, and taking the same files in again adds what an
interruption kept out.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from promotion_book.facts import Known, Package
from promotion_book.facts.findings import Finding, refusing
from promotion_book.facts.periods import parse
from promotion_book.facts.rows import each
from promotion_book.facts.rules.plausibility_rules import FAR
from promotion_book.facts.vocabulary import VOCABULARY, vocabulary_folder
from promotion_book.intake.cell_findings import CellFinding
from promotion_book.intake.cell_values import number_words
from promotion_book.intake.form_items import as_place, last_figures
from promotion_book.intake.incoming import Incoming
from promotion_book.intake.new_rows import NOTHING, STATEMENT, NewRows, new_rows
from promotion_book.intake.table_files import lines_of, replace_files, with_rows
from promotion_book.words.language import Language

Check = Callable[[Path], list[Finding]]
TABLES = ("sources", "observations", "conflict_notes")  # in the order in which they are written
DOUBTS, NO_NOTE = ("far-off", "fraction"), "no-note"
ROUNDS = 3  # the answer to one finding may bring forth another one


@dataclass(frozen=True)
class Taking:
    """What came of files: what they add, or everything that is wrong, on their cells and on the package."""

    added: NewRows
    findings: list[CellFinding] = field(default_factory=list)
    others: list[Finding] = field(default_factory=list)


def examine(package: Package, incoming: Sequence[Incoming], *, sender: str, received: date, check: Check) -> Taking:
    """What files add to a package, or everything that is wrong with them; nothing is written.

    Args:
        sender: who sent them; where it is empty the area of each.
        check: gives all findings on the package in a folder.
    """
    findings = [finding for one in incoming for finding in one.findings]
    whole = [one for one in incoming if len(one.figures)]
    findings += [*_twice(whole), *_early(package, whole, received), *_far(package, whole, received)]
    if findings:
        return Taking(NOTHING, findings)
    added = new_rows(package, incoming, sender=sender, received=received)
    if added.nothing:
        return Taking(added)
    found = list[Finding]()
    known = {_content(finding) for finding in refusing(check(package.folder))}
    for _ in range(ROUNDS):
        found = [finding for finding in _check_with(package, added, check) if _content(finding) not in known]
        doubted, contradicting = _answered(package, added, found)
        if not doubted and not contradicting:
            break
        added = added.confirm(doubted).explain(contradicting)
    cells, others = _located(package, added, found, words={one.file: one.words for one in incoming})
    return Taking(added, cells, others)


def take_in(package: Package, added: NewRows) -> None:
    """Write what files add into the tables of a package.

    Raises:
        OSError: a table cannot be written.
    """
    replace_files(_contents(package.folder, package, added))


def _contents(folder: Path, package: Package, added: NewRows) -> dict[Path, bytes]:
    """The tables in a folder that are others with what is added, as files."""
    paths = {name: folder / package.schemas[name].file for name in TABLES}
    rows: dict[str, pd.DataFrame] = {name: getattr(added, name) for name in TABLES}
    return {paths[name]: with_rows(paths[name].read_bytes(), rows[name]) for name in TABLES if len(rows[name])}


@contextmanager
def package_with(package: Package, added: NewRows) -> Iterator[Path]:
    """The folder of a package that has the new rows, until the block has ended."""
    with TemporaryDirectory() as name:
        folder = Path(shutil.copytree(package.folder, Path(name) / package.place))
        if common := vocabulary_folder(package.folder):
            shutil.copytree(common, Path(name) / VOCABULARY)
        for path, content in _contents(folder, package, added).items():
            path.write_bytes(content)
        yield folder


def _check_with(package: Package, added: NewRows, check: Check) -> list[Finding]:
    """What is wrong with a package that has the new rows."""
    with package_with(package, added) as folder:
        return refusing(check(folder))


def _content(finding: Finding) -> tuple[object, ...]:
    """What makes a finding one that was there before."""
    return finding.file, finding.row, finding.column, finding.rule, finding.found


def _row(package: Package, added: NewRows, finding: Finding) -> Any:
    """The new row of the observations that a finding is on, or whose contradiction has no note; None where there is none."""
    table = package.schemas["observations"]
    if finding.file == table.file:
        at = finding.row - lines_of((package.folder / table.file).read_bytes()) - 1
        return each(added.observations)[at] if 0 <= at < len(added.observations) else None
    rows = each(added.observations) if finding.rule == NO_NOTE else []
    named = (row for row in rows if finding.found == " ".join(["conflict", *(getattr(row, n) for n in STATEMENT)]))
    return next(named, None)


def _answered(package: Package, added: NewRows, found: Sequence[Finding]) -> tuple[set[str], set[tuple[str, ...]]]:
    """The figures whose note answers a doubt, by id, and those whose note explains a contradiction, by statement."""
    rows = [(finding, row) for finding in found if (row := _row(package, added, finding)) is not None and row.reason]
    doubted = {row.observation_id for finding, row in rows if finding.rule in DOUBTS and not row.confirmed_why}
    return doubted, {tuple(getattr(row, n) for n in STATEMENT) for finding, row in rows if finding.rule == NO_NOTE}


def _located(
    package: Package, added: NewRows, found: Sequence[Finding], *, words: Mapping[str, Language]
) -> tuple[list[CellFinding], list[Finding]]:
    """Findings on new rows as findings on their cells, and the others."""
    cells, others = list[CellFinding](), list[Finding]()
    for finding in found:
        row = _row(package, added, finding)
        if row is None:
            others.append(finding)
            continue
        cell = row.standing_cell if finding.column == "status" else row.cell
        rule, values = _sentence(package, row, finding, words[row.file])
        cells.append(CellFinding(row.file, rule, row.sheet, cell, values))
    return cells, others


def _sentence(package: Package, row: Any, finding: Finding, words: Language) -> tuple[str, dict[str, object]]:
    """The rule of a finding on a cell, and the values of its sentence in the unit of the file."""

    def told(amount: str) -> str:
        return number_words(Decimal(amount) / row.scale, words)

    if finding.rule in DOUBTS:
        first, *more = (told(amount) for amount in re.findall(r"\d[\d.]*(?:e[+-]\d+)?", finding.allowed))
        allowed = (
            words.text("{low} to {high}", low=first, high=more[0])
            if more
            else words.text("such as {value}", value=first)
        )
        return "doubt", {"found": told(row.value), "allowed": allowed}
    if finding.rule == NO_NOTE:
        others = _reported(package, row)
        other = words.join_list([told(value) for value in others]) if others else words.text("another figure")
        return "differs", {"found": told(row.value), "other": other}
    return "check", {"found": f"found {finding.found}; allowed {finding.allowed}; {finding.action}"}


def _reported(package: Package, row: Any) -> list[str]:
    """The other figures that are reported of what a new row is of."""
    rows = package.texts["observations"]
    same = (rows[STATEMENT] == [row.indicator_id, row.area, row.period]).all(axis=1) & (rows["scope"] == "")
    values = rows.loc[same & (rows["status"] != "plan"), "value"]
    return [value for value in dict.fromkeys(values) if value and value != row.value]


def _twice(incoming: Sequence[Incoming]) -> Iterator[CellFinding]:
    """Figures that stand in more than one cell."""
    first: dict[tuple[str, str], str] = {}
    for one in incoming:
        for row in each(one.figures):
            here = f"{row.file}:{row.sheet}!{row.cell}"
            there = first.setdefault((row.indicator_id, row.area), here)
            if there != here:
                values = {"found": row.indicator_id, "first": there}
                yield CellFinding(row.file, "twice", row.sheet, row.cell, values)


def _early(package: Package, incoming: Sequence[Incoming], received: date) -> Iterator[CellFinding]:
    """Figures that are called final before the period that they count over has ended."""
    measured = package["indicators"].set_index("indicator_id")["measured"]
    for one in incoming:
        end = parse(one.period).end
        if end is not None and received < end:
            rows = one.figures[
                (one.figures["status"] == "actual") & (one.figures["indicator_id"].map(measured) == "during")
            ]
            for row in each(rows):
                yield CellFinding(row.file, "early", row.sheet, row.standing_cell, {"allowed": one.words.day(end)})


def _far(package: Package, incoming: Sequence[Incoming], received: date) -> Iterator[CellFinding]:
    """Figures without a note that are ten times as large as the last one of their area, or a tenth of it.

    An amount of a shorter period than that of the last one may be as small as it will.
    """
    kinds = package["indicators"].set_index("indicator_id")["kind"]
    for one in incoming:
        when, rows = parse(one.period), one.figures[one.figures["note"] == ""]
        known = Known(as_place(package, one.area or package.area), received, when.start)
        near = last_figures(known, rows["indicator_id"], when)
        for row in each(rows.merge(near[near["last"] > 0], on="indicator_id")):
            kind, alike = kinds[row.indicator_id], parse(row.last_period).frequency == when.frequency
            times = float(row.value) / row.last
            if kind != "growth" and (times >= FAR or (0 < times <= 1 / FAR and (alike or kind != "flow"))):
                shown = [number_words(Decimal(repr(float(v) / row.scale)), one.words) for v in (row.value, row.last)]
                allowed = one.words.text("{last} in {period}", last=shown[1], period=row.last_period)
                yield CellFinding(row.file, "doubt", row.sheet, row.cell, {"found": shown[0], "allowed": allowed})
