"""What came of the targets: a figure, or a row that says where one was searched for.

The outcome of a target is a figure, not a plan, of its indicator, of what its readings count or of what these are derived
from. Of an amount in a period it ends on the last day of the target; of all else it is from the last year of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from promotion_book.facts.derivations import parts_of
from promotion_book.facts.findings import Finding
from promotion_book.facts.rules import Tables, follow, report, rule

TARGET = ["indicator_id", "period"]


@rule
def outcomes_that_are_there_need_no_search(tables: Tables) -> Iterator[Finding]:
    """A search for an outcome is of a target that has none."""
    rows = tables["searches"][(tables["searches"]["indicator_id"] != "") & (tables["searches"]["period"] != "")]
    open_targets = pd.MultiIndex.from_frame(_without_outcome(tables)[TARGET])
    yield from report(
        rows[~pd.MultiIndex.from_frame(rows[TARGET]).isin(open_targets)],
        "searches:period: stale: found {indicator_id} for {period}; allowed a target without an outcome; "
        "delete the row, or mend its indicator or period",
    )


@rule
def outcomes_are_known(tables: Tables) -> Iterator[Finding]:
    """The last target of an indicator that is over has an outcome or a search; a note for each programme says which have not."""
    if tables.today is None:
        return
    level = follow(tables, "areas.level", keys=tables["targets"]["area"])
    ends = tables["targets"]["period_end"]
    over = tables["targets"][(ends != "") & (ends < str(tables.today)) & (level != "country")]
    last = over.sort_values("period_end", kind="stable").drop_duplicates("indicator_id", keep="last")
    rows = last[last["target_id"].isin(_without_outcome(tables)["target_id"])]
    rows = rows[~pd.MultiIndex.from_frame(rows[TARGET]).isin(pd.MultiIndex.from_frame(tables["searches"][TARGET]))]
    programme = follow(tables, "indicators.programme_id", keys=rows["indicator_id"])
    named = rows.assign(programme=programme, named=rows["indicator_id"] + " (" + rows["period"] + ")")
    yield from report(
        named.groupby("programme").agg(line=("line", "first"), named=("named", ", ".join)).reset_index(),
        "targets:period: no-outcome: found no figure for targets of {programme} that are over: {named}; "
        "allowed figures, or rows of searches; look for the figures, or say where they were searched for",
        note=True,
    )


def _without_outcome(tables: Tables) -> pd.DataFrame:
    """The targets that no other replaces and of which no figure is an outcome."""
    targets, figures = tables["targets"], tables["observations"]
    figures = figures.loc[figures["status"] != "plan", ["indicator_id", "area", "scope", "period_end"]]
    pairs = _counted(tables).merge(targets[["target_id", "area", "scope", "period_end"]], on="target_id")
    pairs = pairs.merge(figures, on=["indicator_id", "area", "scope"], suffixes=("", "_found"))
    measured = follow(tables, "indicators.measured", keys=pairs["indicator_id"])
    end, known = pairs["period_end"], pairs["period_end_found"]
    in_time = (known == end) | ((measured != "during") & (known <= end) & (known.str[:4] == end.str[:4]))
    answered = targets["target_id"].isin(pairs.loc[in_time, "target_id"])
    return targets[~answered & (targets["superseded_by"] == "")]


def _counted(tables: Tables) -> pd.DataFrame:
    """The indicators that each target may count: `target_id`, `indicator_id`, with those that they are derived from."""
    pair = ["target_id", "indicator_id"]
    named = pd.concat([tables["targets"][pair], tables["readings"][pair]], ignore_index=True)
    first, _ = parts_of(follow(tables, "indicators.derivation", keys=named["indicator_id"]))
    parts = named.assign(indicator_id=first)[first != ""]
    return pd.concat([named, parts], ignore_index=True).drop_duplicates()
