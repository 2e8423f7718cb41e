"""What answers the findings of the data check on new figures.

A figure that is doubted, another one that is doubted beside it, and a contradiction are answered by the note of a new row.
A search for what is there now, the note of what no longer contradicts, and the confirmation of what nobody doubts go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from promotion_book.facts import Package
from promotion_book.facts.conflicts import NOTED
from promotion_book.facts.findings import Finding
from promotion_book.facts.reader import load
from promotion_book.facts.rows import each
from promotion_book.facts.rules import FIGURES
from promotion_book.facts.rules.plausibility_rules import ACTION, ANSWER
from promotion_book.intake.new_rows import Answer, NewRows
from promotion_book.intake.table_files import lines_of
from promotion_book.words.language import LANGUAGES

STALE, NO_NOTE = "stale", "no-note"
NOTES = "conflict_notes.csv"
GOES = {"searches.csv": "found", NOTES: "agrees"}  # the answer where a row of a table is no longer needed
Statement = tuple[str, str, str]


class Cause(NamedTuple):
    """The new row that brought forth a finding, what the finding is of, and whether that is the row itself."""

    row: Any
    of: Statement
    own: bool


@dataclass(frozen=True)
class Ledger:
    """A package to whose tables rows are to be added."""

    package: Package

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables as texts, with the line of each row."""
        return load(self.package.folder).texts

    @cached_property
    def end(self) -> int:
        """The last line of the observations before anything was added."""
        return lines_of((self.package.folder / "observations.csv").read_bytes())

    def statement(self, finding: Finding) -> Statement:
        """What the row of a table is of that a finding is on."""
        rows = self.tables[finding.file.removesuffix(".csv")]
        row = rows[rows["line"] == finding.row].iloc[0]
        return str(row["indicator_id"]), str(row.get("area", self.package.area)), str(row["period"])

    def cause(self, added: NewRows, finding: Finding) -> Cause | None:
        """The new row that brought forth a finding; of several alike one with a note, and None where none did."""
        if finding.file == "observations.csv" and finding.row > self.end:
            row = each(added.observations)[finding.row - self.end - 1]
            return Cause(row, _statement(row), own=True)
        if finding.rule == NO_NOTE:
            _, indicator, area, period = finding.found.split()
            of = (indicator, area, period)
        elif finding.file.removesuffix(".csv") in FIGURES:
            of = self.statement(finding)
        else:
            return None
        rows = added.observations
        same = [rows[name] == value for name, value in zip(NOTED, of, strict=True)]
        alike = rows["indicator_id"].isin(self._kin(of[0]))
        for tier in (same[0] & same[1] & same[2], same[0] & same[1], same[0], alike):
            near = each(rows[tier])
            if near:
                row = next((row for row in near if row.reason), near[0])
                return Cause(row, of, own=finding.rule == NO_NOTE and of == _statement(row))
        return None

    def _kin(self, indicator: str) -> set[str]:
        """The indicators of the programme in the same unit, and those that are a part of another or follow from it."""
        rows = self.package["indicators"].set_index("indicator_id")
        own = rows.loc[indicator]
        alike = (rows["programme_id"] == own["programme_id"]) & (rows["unit"] == own["unit"])
        follow = [
            indicator in (part, *rule.split(":"))
            for part, rule in zip(rows["part_of"], rows["derivation"], strict=True)
        ]
        return {*rows.index[alike | pd.Series(follow, rows.index)], own["part_of"], *str(own["derivation"]).split(":")}

    def answer(self, added: NewRows, found: Iterable[Finding]) -> tuple[NewRows, list[Finding]]:
        """The new rows with what answers findings on them, and the findings that nothing answers."""
        left = []
        for finding in found:
            answered = self._goes(added, finding) if finding.rule == STALE else self._noted(added, finding)
            left += [] if answered else [finding]
            added = answered or added
        return added, left

    def _goes(self, added: NewRows, finding: Finding) -> NewRows | None:
        """The new rows without what is no longer needed; None for another finding."""
        line = (finding.file, finding.row)
        if finding.file in GOES:
            answer = Answer(GOES[finding.file], *self.statement(finding))
            return replace(added, mended={**added.mended, line: {}}, answers=(*added.answers, answer))
        if finding.column == ANSWER[0] and finding.file.removesuffix(".csv") in FIGURES:
            answer = Answer("undoubted", *self.statement(finding))
            cells = dict.fromkeys(ANSWER, "")
            return replace(added, mended={**added.mended, line: cells}, answers=(*added.answers, answer))
        return None

    def _noted(self, added: NewRows, finding: Finding) -> NewRows | None:
        """The new rows with the note of one as the answer to a doubt or a contradiction; None where it has none."""
        cause = self.cause(added, finding)
        if cause is None or not cause.row.reason or (finding.action != ACTION and finding.rule != NO_NOTE):
            return None
        why = {code: getattr(cause.row, f"note_{code}") for code in LANGUAGES}
        if finding.rule == NO_NOTE:
            note = dict(zip(NOTED, cause.of, strict=True)) | {f"note_{code}": told for code, told in why.items()}
            row = pd.DataFrame([note | {"nature": "revision" if cause.own else "unresolved"}])
            notes, answer = pd.concat([added.conflict_notes, row]), Answer("contradicts", *cause.of, why)
            return replace(added, conflict_notes=notes, answers=(*added.answers, answer))
        cells = dict(zip(ANSWER, (cause.row.sender, cause.row.reason), strict=True))
        answers = (*added.answers, Answer("confirmed", *cause.of, why))
        if not cause.own:
            mended = {**added.mended, (finding.file, finding.row): cells}
            return replace(added, mended=mended, answers=answers)
        rows = added.observations.copy()
        rows.loc[rows["observation_id"] == cause.row.observation_id, ANSWER] = [*cells.values()]
        return replace(added, observations=rows, answers=answers)

    def revise_again(self, added: NewRows) -> tuple[NewRows, list[Any]]:
        """The new rows with their reasons in the notes of earlier revisions, and those that differ again without one."""
        notes = {_statement(note): note for note in each(self.tables["conflict_notes"])}
        silent = []
        for row in each(added.observations):
            note, newest = notes.get(_statement(row)), [*self.reported(row).values()][-1:]
            if note is None or not newest or float(newest[0]) == float(row.value):
                continue
            if not row.reason:
                silent.append(row)
                continue
            why = {code: getattr(row, f"note_{code}") for code in LANGUAGES}
            before = {code: "" if note.nature == "revision" else getattr(note, f"note_{code}") for code in LANGUAGES}
            cells = {f"note_{code}": f"{why[code]} {before[code]}".strip() for code in LANGUAGES}
            mended = {**added.mended, (NOTES, int(note.line)): {"nature": "revision", **cells}}
            answers = (*added.answers, Answer("contradicts", *_statement(row), why))
            added = replace(added, mended=mended, answers=answers)
        return added, silent

    def reported(self, row: Any) -> dict[str, str]:
        """The figures that were reported of what a new row is of, by the ids of their rows, the newest one last."""
        rows, sources = self.tables["observations"], self.tables["sources"].set_index("source_id")["published_on"]
        same = (rows[NOTED] == list(_statement(row))).all(axis=1) & (rows["scope"] == "")
        rows = rows[same & (rows["status"] != "plan") & (rows["value"] != "")]
        known = rows["known_on"].where(rows["known_on"] != "", rows["source_id"].map(sources))
        rows = rows.assign(known=known).sort_values("known", kind="stable")
        return dict(zip(rows["observation_id"], rows["value"], strict=True))


def _statement(row: Any) -> Statement:
    return row.indicator_id, row.area, row.period
