"""What changed between two editions, or between two revisions of one.

    found = compare(was, now)
    found.revised       # figures that both have and that are not the same, the largest change first
    found.moved         # targets whose status is another one

A state of an edition is its leading figures and the statuses of its targets. It comes from what was known
(`statistics.edition_states.state_of`) or from the files that an edition publishes; they say the same. The kind of a
revision follows from what changed: another unit is a redefinition, another source is a new source, and another
number of the same source corrects an error.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Key = tuple[str, str, str, str, bool]


@dataclass(frozen=True)
class Entry:
    """A figure that leads in an edition: of an indicator, area, scope and period, an outcome or a plan.

    `value`, or `low` and `high` of a range, are in `unit`; what is missing is NaN. `name`, `told` and `source` say in
    words what it is of, what it says and who says so.
    """

    indicator_id: str
    area: str
    scope: str
    period: str
    plan: bool
    unit: str
    value: float
    low: float
    high: float
    source_id: str
    name: str = ""
    told: str = ""
    source: str = ""

    @property
    def key(self) -> Key:
        """What it is a figure of."""
        return self.indicator_id, self.area, self.scope, self.period, self.plan

    @property
    def figure(self) -> tuple[float, ...]:
        """What it says."""
        return (self.low, self.high) if math.isnan(self.value) else (self.value,)

    @property
    def middle(self) -> float:
        """The value, or the middle of the range."""
        return sum(self.figure) / len(self.figure)


@dataclass(frozen=True)
class Standing:
    """The status of a target statement in an edition; `target` is the key of the target that it states."""

    target_id: str
    indicator_id: str
    period: str
    status: str
    source_id: str
    target: str = ""


@dataclass(frozen=True)
class State:
    """An edition as far as it can change: figures by what they are of, statuses by their target statement."""

    figures: Mapping[Key, Entry]
    statuses: Mapping[str, Standing]

    @property
    def indicators(self) -> list[str]:
        """The indicators with a figure or a target, each once."""
        named = [entry.indicator_id for entry in self.figures.values()]
        return list(dict.fromkeys(named + [standing.indicator_id for standing in self.statuses.values()]))


@dataclass(frozen=True)
class RevisedFigure:
    """A figure that was one thing and is another."""

    was: Entry
    now: Entry

    @property
    def size(self) -> float:
        """The change as a fraction of what it was; infinite from zero, NaN where the unit is another one."""
        if self.was.unit != self.now.unit:
            return math.nan
        change = self.now.middle - self.was.middle
        return change / abs(self.was.middle) if self.was.middle else math.copysign(math.inf, change)

    @property
    def kind(self) -> str:
        """A word of `words.status_words.CHANGES`."""
        if self.was.unit != self.now.unit:
            return "redefinition"
        return "error" if self.was.source_id == self.now.source_id else "new_source"


@dataclass(frozen=True)
class MovedStatus:
    """A target whose status was one thing and is another."""

    was: Standing
    now: Standing


@dataclass(frozen=True)
class Changes:
    """What changed: figures revised, added and withdrawn, statuses moved, indicators new and dropped."""

    revised: tuple[RevisedFigure, ...]
    added: tuple[Entry, ...]
    withdrawn: tuple[Entry, ...]
    moved: tuple[MovedStatus, ...]
    new: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def moved_targets(self) -> int:
        """How many targets have a statement whose status moved; without a key each statement is one of its own."""
        return len({one.now.target or one.now.target_id for one in self.moved})

    @property
    def kind(self) -> str:
        """The kind of a revision with these changes; where no figure changed, it is the method that did."""
        kinds = {one.kind for one in self.revised} | ({"error"} if self.withdrawn else set())
        kinds |= {"new_source"} if self.added else set()
        return next((kind for kind in ("error", "redefinition", "new_source") if kind in kinds), "method")


def compare(was: State, now: State) -> Changes:
    """What changed from one state to another, figures in the order of the size of their change."""
    both = [RevisedFigure(was.figures[key], now.figures[key]) for key in was.figures if key in now.figures]
    revised = [one for one in both if (one.was.unit, *one.was.figure) != (one.now.unit, *one.now.figure)]
    return Changes(
        revised=tuple(sorted(revised, key=_rank)),
        added=tuple(entry for key, entry in now.figures.items() if key not in was.figures),
        withdrawn=tuple(entry for key, entry in was.figures.items() if key not in now.figures),
        moved=tuple(
            MovedStatus(standing, now.statuses[target])
            for target, standing in was.statuses.items()
            if target in now.statuses and now.statuses[target].status != standing.status
        ),
        new=tuple(name for name in now.indicators if name not in set(was.indicators)),
        dropped=tuple(name for name in was.indicators if name not in set(now.indicators)),
    )


def _rank(one: RevisedFigure) -> tuple[float, Key]:
    return -math.inf if math.isnan(one.size) else -abs(one.size), one.was.key


def state(figures: Iterable[Mapping[str, Any]], statuses: Iterable[Mapping[str, Any]]) -> State:
    """A state from rows with the columns of `Entry` and `Standing`, as texts or as values."""
    entries = [_entry(row) for row in figures]
    standings = [Standing(*(str(row.get(name, "")) for name in Standing.__dataclass_fields__)) for row in statuses]
    return State({entry.key: entry for entry in entries}, {one.target_id: one for one in standings})


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(
        indicator_id=str(row["indicator_id"]),
        area=str(row["area"]),
        scope=str(row["scope"]),
        period=str(row["period"]),
        plan=str(row["plan"]) == "True",
        unit=str(row["unit"]),
        value=_number(row["value"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        source_id=str(row["source_id"]),
        name=str(row.get("name", "")),
        told=str(row.get("told", "")),
        source=str(row.get("source", "")),
    )


def _number(cell: Any) -> float:
    return math.nan if cell == "" else float(cell)
