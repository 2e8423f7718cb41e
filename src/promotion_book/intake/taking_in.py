"""Taking files in: their figures become rows of the tables of a place, all of them or none.

Everything that is wrong is said at once. What the whole data check says of a new row, or of another one because of it, is
said of the cell that it comes from, and the note of its row answers a doubt (`answers`). Observations are written last, so
that taking the same files in again adds what an interruption kept out.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from promotion_book.facts import Package
from promotion_book.facts.findings import Finding, refusing
from promotion_book.facts.periods import parse
from promotion_book.facts.rows import each, records
from promotion_book.facts.rules.plausibility_rules import ACTION
from promotion_book.facts.vocabulary import VOCABULARY, vocabulary_folder
from promotion_book.intake.answers import NO_NOTE, Cause, Ledger
from promotion_book.intake.cell_findings import CellFinding
from promotion_book.intake.cell_values import number_words
from promotion_book.intake.incoming import Incoming
from promotion_book.intake.new_rows import NOTHING, NewRows, new_rows
from promotion_book.intake.table_files import change_table
from promotion_book.words.language import Language

Check = Callable[[Path], list[Finding]]
# what cells call them
RULES = {"outside-limits": "range", "decimals": "range", "future": "early", NO_NOTE: "contradicts"}
ROUNDS = 4  # the answer to one finding may bring forth another one


def examine(
    package: Package, incoming: Sequence[Incoming], *, sender: str, received: date, check: Check
) -> tuple[NewRows, list[CellFinding]]:
    """What files add to a package, and everything that is wrong, on their cells and on the package; nothing is written.

    Args:
        sender: who sent them; where it is empty the area of each.
        check: gives all findings on the package in a folder.
    """
    whole = [one for one in incoming if len(one.figures)]
    findings = [finding for one in incoming for finding in one.findings]
    findings += _twice(whole)
    added = new_rows(package, whole, sender=sender, received=received) if whole else NOTHING
    if added.nothing:
        return added, findings
    ledger, words = Ledger(package), incoming[0].words
    added, silent = ledger.revise_again(added)
    findings += [_differs(ledger, row, words) for row in silent]
    known, left = set(map(_content, refusing(check(package.folder)))), list[Finding]()
    for _ in range(ROUNDS):
        found = [f for f in _check_with(package, added, check) if _content(f) not in known]
        added, left = ledger.answer(added, found)
        if len(left) == len(found):
            break
    causes = [(finding, ledger.cause(added, finding)) for finding in left]
    doubted = {(cause.row.file, cause.row.cell) for finding, cause in causes if cause and cause.own}
    for finding, cause in causes:
        if cause is None:
            findings.append(_on_package(package, finding))
        elif cause.own or (cause.row.file, cause.row.cell) not in doubted:
            findings.append(_cell_finding(ledger, finding, cause, words))
    return added, findings


def changed_files(package: Package, added: NewRows) -> dict[Path, bytes]:
    """The tables of a package that are others with what is added, as files, the observations last."""
    new = {f"{name}.csv": getattr(added, name) for name in ("sources", "conflict_notes", "observations")}
    files = [*(name for name in new if len(new[name])), *(name for name, _ in added.mended)]
    made = {}
    for name in sorted(set(files), key=lambda name: (name == "observations.csv", name)):
        path = package.folder / name
        mended = {row: cells for (file, row), cells in added.mended.items() if file == name}
        made[path] = change_table(path.read_bytes(), records(new[name]) if name in new else [], mended=mended)
    return made


@contextmanager
def package_with(package: Package, added: NewRows) -> Iterator[Path]:
    """The folder of a package that has the new rows, until the block has ended."""
    with TemporaryDirectory() as name:
        folder = Path(shutil.copytree(package.folder, Path(name) / package.place))
        if common := vocabulary_folder(package.folder):
            shutil.copytree(common, Path(name) / VOCABULARY)
        for path, content in changed_files(package, added).items():
            (folder / path.name).write_bytes(content)
        yield folder


def _check_with(package: Package, added: NewRows, check: Check) -> list[Finding]:
    """What is wrong with a package that has the new rows; what goes stays, so that each line keeps its number."""
    staying = {line: cells for line, cells in added.mended.items() if cells}
    with package_with(package, replace(added, mended=staying)) as folder:
        return [found for found in refusing(check(folder)) if added.mended.get((found.file, found.row)) != {}]


def _content(finding: Finding) -> tuple[object, ...]:
    """What makes a finding one that was there before."""
    return finding.file, finding.row, finding.column, finding.rule, finding.found


def _on_package(package: Package, finding: Finding) -> CellFinding:
    """A finding that no cell of the files brought forth, by the line of the table in which it stands."""
    found = finding.below(f"data/{package.place}")
    return CellFinding(f"{found.file}:{found.row}:{found.column or '-'}", "check", values={"said": _said(finding)})


def _said(finding: Finding) -> str:
    return f"found {finding.found}; allowed {finding.allowed}; {finding.action}"


def _cell_finding(ledger: Ledger, finding: Finding, cause: Cause, words: Language) -> CellFinding:
    """A finding on the cell that a new row comes from, with its values in the unit of the file."""
    row, rule = cause.row, RULES.get(finding.rule, "check")
    if rule == "contradicts" and cause.own and _others(ledger, row):
        return _differs(ledger, row, words)
    if finding.action == ACTION:
        rule = "unlikely" if finding.column != "value" else "doubt" if cause.own else "beside"
    values: dict[str, object] = {
        "found": number_words(Decimal(row.value) / row.scale, words),
        "name": words.name(ledger.package.row("indicators", cause.of[0])),
        "period": cause.of[2],
        "allowed": _allowed(finding, row, words) if rule != "early" else words.day(parse(row.period).end or date.max),
        "said": f"found {finding.found}; allowed {finding.allowed}" if rule == "unlikely" else _said(finding),
    }
    return CellFinding(row.file, rule, row.sheet, row.standing_cell if finding.column == "status" else row.cell, values)


def _allowed(finding: Finding, row: Any, words: Language) -> str:
    """What a finding allows, in the unit and the words of the file."""
    text, said = words.text, re.findall(r"-?\d[\d.]*(?:e[+-]\d+)?", finding.allowed)
    if finding.rule == "decimals":
        return text("up to {n} decimals", n=said[0]) if said else text("a whole number")
    ends = [number_words(Decimal(amount) / row.scale, words) for amount in said]
    if len(ends) > 1 and finding.action == ACTION:
        return text("over {low} and under {high}", low=ends[0], high=ends[1])
    if len(ends) > 1:
        return text("{low} to {high}", low=ends[0], high=ends[1])
    if finding.allowed.endswith("any"):
        return text("{low} or more", low=ends[0])
    if finding.allowed.startswith(("any", "up to")):
        return text("up to {high}", high=ends[0])
    return text("such as {value}", value=ends[0]) if ends else text("figures like those beside it")


def _differs(ledger: Ledger, row: Any, words: Language) -> CellFinding:
    """The finding that a figure is another one than was reported."""
    shown = [number_words(Decimal(value) / row.scale, words) for value in (row.value, *_others(ledger, row))]
    return CellFinding(
        row.file, "differs", row.sheet, row.cell, {"found": shown[0], "other": words.join_list(shown[1:])}
    )


def _others(ledger: Ledger, row: Any) -> list[str]:
    """The other figures that were reported of what a row is of."""
    return [value for value in dict.fromkeys(ledger.reported(row).values()) if float(value) != float(row.value)]


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
