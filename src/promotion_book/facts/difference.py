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
from dataclasses import dataclass
from typing import Any

import pandas as pd

FIGURE = ["indicator_id", "area", "scope", "period", "plan"]  # what tells two figures apart
AMOUNTS, WORDS = ["value", "low", "high"], ["name", "told", "source"]
FIGURES = [*FIGURE, "unit", *AMOUNTS, "source_id", *WORDS]
STATUSES = ["target_id", "indicator_id", "period", "status", "source_id", "target"]
WAS = "_was"  # the ending of a column that holds what was


@dataclass(frozen=True, eq=False)
class State:
    """An edition as far as it can change.

    `figures` has the columns `FIGURES`: a row for each figure that leads, of an outcome or a plan; amounts are in `unit`,
    and missing ones NaN; `WORDS` say what it is of, what it says and who says so. `statuses` has the columns `STATUSES`: a
    row for each target statement, with the key of the `target` that it states.
    """

    figures: pd.DataFrame
    statuses: pd.DataFrame

    @property
    def indicators(self) -> list[str]:
        """The indicators with a figure or a target, each once."""
        return [*dict.fromkeys([*self.figures["indicator_id"], *self.statuses["indicator_id"]])]


@dataclass(frozen=True, eq=False)
class Changes:
    """What changed: figures revised, added and withdrawn, statuses moved, indicators new and dropped.

    `added` and `withdrawn` have the columns of figures. `revised` has them too, beside what each was (`value_was`), the
    `size` of the change as a fraction of what it was (infinite from zero, NaN where the unit is another one), and its `kind`,
    a word of `words.status_words.CHANGES`. `moved` has the columns of statuses, beside what each was.
    """

    revised: pd.DataFrame
    added: pd.DataFrame
    withdrawn: pd.DataFrame
    moved: pd.DataFrame
    new: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def moved_targets(self) -> int:
        """How many targets have a statement whose status moved; without a key each statement is one of its own."""
        return self.moved["target"].where(self.moved["target"] != "", self.moved["target_id"]).nunique()

    @property
    def kind(self) -> str:
        """The kind of a revision with these changes; where no figure changed, it is the method that did."""
        kinds = {*self.revised["kind"]} | ({"error"} if len(self.withdrawn) else set())
        kinds |= {"new_source"} if len(self.added) else set()
        return next((kind for kind in ("error", "redefinition", "new_source") if kind in kinds), "method")


def state(figures: pd.DataFrame, statuses: pd.DataFrame) -> State:
    """A state from rows with columns of `FIGURES` and `STATUSES`, as texts or as values; a column that lacks is empty."""
    rows = figures.reindex(columns=FIGURES, fill_value="")
    amounts = {name: rows[name].replace("", math.nan).astype(float) for name in AMOUNTS}
    rows = rows.astype(str).assign(plan=rows["plan"].astype(str) == "True", **amounts)
    return State(rows, statuses.reindex(columns=STATUSES, fill_value="").astype(str))


def compare(was: State, now: State) -> Changes:
    """What changed from one state to another, figures in the order of the size of their change."""
    moved = was.statuses.merge(now.statuses, on="target_id", suffixes=(WAS, ""))
    return Changes(
        revised=_revised(was.figures.merge(now.figures, on=FIGURE, suffixes=(WAS, ""))),
        added=_without(now.figures, was.figures),
        withdrawn=_without(was.figures, now.figures),
        moved=moved[moved["status"] != moved[f"status{WAS}"]],
        new=tuple(name for name in now.indicators if name not in set(was.indicators)),
        dropped=tuple(name for name in was.indicators if name not in set(now.indicators)),
    )


def middle(figures: pd.DataFrame, end: str = "") -> pd.Series[Any]:
    """The values of figures, or the middles of their ranges; with an end those of what they were."""
    return figures[f"value{end}"].fillna((figures[f"low{end}"] + figures[f"high{end}"]) / 2)


def _revised(both: pd.DataFrame) -> pd.DataFrame:
    """The figures that say something else than they did, the largest change first."""
    other_unit, same_source = both["unit"] != both[f"unit{WAS}"], both["source_id"] == both[f"source_id{WAS}"]
    kind = same_source.map({True: "error", False: "new_source"}).where(~other_unit, "redefinition")
    before = middle(both, WAS)
    size = ((middle(both) - before) / before.abs()).mask(other_unit)
    both = both.assign(size=size, kind=kind, rank=-size.abs().fillna(math.inf))
    said = [[_said(row) for row in both[[name + end for name in AMOUNTS]].to_numpy()] for end in ("", WAS)]
    other = pd.Series([one != before for one, before in zip(*said, strict=True)], both.index, dtype=bool)
    return both[other | other_unit].sort_values(["rank", *FIGURE], ignore_index=True).drop(columns="rank")


def _said(amounts: Any) -> tuple[float, ...]:
    """What a figure says: its value, or the ends of its range."""
    value, *ends = amounts
    return tuple(ends) if math.isnan(value) else (value,)


def _without(figures: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The figures that are none of others."""
    there = figures.set_index(FIGURE).index.isin(others.set_index(FIGURE).index)
    return figures[~there].reset_index(drop=True)
