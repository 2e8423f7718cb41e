"""A finding: one thing wrong with the data, where it stands and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One line of `promotion-book check`: `file:row:column: rule: found, allowed, what to do`.

    `row` is the line as a spreadsheet counts it (the header is 1); 0 stands for the whole file.
    """

    file: str
    row: int
    column: str
    rule: str
    found: str
    allowed: str
    action: str

    def __str__(self) -> str:
        return (
            f"{self.file}:{self.row}:{self.column or '-'}: {self.rule}: "
            f"found {self.found}; allowed {self.allowed}; {self.action}"
        )
