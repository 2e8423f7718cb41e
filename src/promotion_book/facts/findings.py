"""A finding: one thing wrong with the data, where it stands and what to do about it.

A note is a finding that refuses nothing: something unusual that was read all the same, and is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from posixpath import normpath

SHOWN = 60
Flaw = tuple[str, str, str, str]  # of a cell: rule, found, allowed, what to do


@dataclass(frozen=True, order=True)
class Finding:
    """One line of `promotion-book check`: `file:row:column: rule: found, allowed, what to do`.

    `row` is the line of the file as an editor counts it (the first is 1); 0 stands for the whole file.
    """

    file: str
    row: int
    column: str
    rule: str
    found: str
    allowed: str
    action: str
    note: bool = False

    def __str__(self) -> str:
        rule = f"{self.rule} (note)" if self.note else self.rule
        where = f"{self.file}:{self.row}:{self.column or '-'}"
        line = f"{where}: {rule}: found {self.found}; allowed {self.allowed}; {self.action}"
        return on_one_line(line)

    def below(self, folder: str) -> Finding:
        """The finding with its file as it is named above the folder of the package."""
        return replace(self, file=normpath(f"{folder}/{self.file}"))


def refusing(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are more than a note."""
    return [finding for finding in findings if not finding.note]


def on_one_line(text: str) -> str:
    """A text in which what cannot be seen, line breaks too, is written out."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def quote(text: object) -> str:
    """What stands in a cell, in quotation marks, on one line, with what cannot be seen written out; long texts cut."""
    whole = str(text)
    return repr(whole) if len(whole) <= SHOWN else f"{whole[:SHOWN]!r}..."
