"""What a file that people write declares, JSON or YAML, with the line of each of its parts for findings on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from promotion_book.facts.findings import Finding

KeyPath = tuple[str | int, ...]
Model = TypeVar("Model")


@dataclass(frozen=True)
class Declaration(Generic[Model]):
    """What a file declares, and the line of each of its parts by the keys that lead there."""

    file: str
    value: Model
    lines: Mapping[KeyPath, int] = field(default_factory=dict)

    def part(self, place: KeyPath) -> Any:
        """A part; None where it is not there."""
        found: Any = self.value
        for step in place:
            found = _part(found, step)
        return found

    def line(self, place: KeyPath) -> int:
        """The line of a part of the file, or of the nearest part around it that has one; else the first."""
        around = (place[:end] for end in range(len(place), -1, -1))
        return next((self.lines[part] for part in around if part in self.lines), 1)

    def finding(self, place: KeyPath, rule: str, found: str, allowed: str, action: str) -> Finding:
        """A finding at a part of the file."""
        return Finding(self.file, self.line(place), ".".join(self._names(place)), rule, found, allowed, action)

    def _names(self, place: KeyPath) -> Iterator[str]:
        """The names on the way to a part; an element of a list goes by its own name where it has one, else by its number."""
        for end, step in enumerate(place, start=1):
            part = self.part(place[:end])
            named = part.get("name") if isinstance(part, dict) and isinstance(step, int) else None
            yield named if isinstance(named, str) else str(step + 1) if isinstance(step, int) else step


def _part(whole: Any, step: str | int) -> Any:
    if isinstance(whole, dict):
        return whole.get(step)
    return whole[step] if isinstance(whole, list) and isinstance(step, int) and step < len(whole) else None
