"""Do the areas hang together, and is each figure of an area that there was?"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from promotion_book.facts.findings import Finding
from promotion_book.facts.rules import Tables, figures, follow, report, rule
from promotion_book.facts.schema import LEVELS

LONGEST_GAP = pd.Timedelta(days=366)  # between the last day of an area and the first of what followed


@rule
def areas_lie_in_larger_ones(tables: Tables) -> Iterator[Finding]:
    """The parent of an area is of a higher level, and a part of a province has one."""
    rows, rank = tables["areas"], {level: number for number, level in enumerate(LEVELS)}
    above = follow(tables, "areas.level", keys=rows["parent"])
    larger = [", ".join(LEVELS[: rank.get(level, 0)]) for level in rows["level"]]
    yield from report(
        rows[(rows["parent"] == "") & rows["level"].isin(LEVELS[LEVELS.index("province") + 1 :])],
        "areas:parent: level: found no parent of a {level}; allowed the area in which it lies; name it",
    )
    yield from report(
        rows.assign(above=above, larger=larger)[above.map(rank) >= rows["level"].map(rank)],
        "areas:parent: level: found {above!r} around {level!r}; allowed one of {larger}; mend the parent or the level",
    )


@rule
def days_of_areas_follow_each_other(tables: Tables) -> Iterator[Finding]:
    """An area ends after it began, begins within a year after its predecessor ended, and ends before its successor begins."""
    rows = tables["areas"]
    mend = "mend one of the two days"
    before = follow(tables, "areas.valid_to", keys=rows["predecessor"])
    after = follow(tables, "areas.valid_from", keys=rows["successor"])
    rows = rows.assign(before=before, after=after)
    since, until = rows["valid_from"], rows["valid_to"]
    yield from report(
        rows[(until != "") & (until < since)],
        f"areas:valid_to: order: found {{valid_to}}; allowed from {{valid_from}} on; {mend}",
    )
    yield from report(
        rows[(since != "") & (since <= before)],
        "areas:valid_from: order: found {valid_from}; allowed after {before}, the last day of {predecessor}; " + mend,
    )
    yield from report(
        rows[(after != "") & (after <= until)],
        "areas:valid_to: order: found {valid_to}; allowed before {after}, the first day of {successor}; " + mend,
    )
    for column, other, named in (("valid_from", before, "predecessor"), ("valid_to", after, "successor")):
        line = f"areas:{column}: order: found no day; allowed a day beside {{{named}}}, its {named}; write the day"
        yield from report(rows[(rows[column] == "") & (other != "")], line)
    gap = pd.to_datetime(since, errors="coerce") - pd.to_datetime(before, errors="coerce")
    yield from report(
        rows[gap > LONGEST_GAP],
        "areas:valid_from: order: found {valid_from}; allowed within a year of {before}, the last day of {predecessor}; "
        + mend,
    )


@rule
def figures_are_of_areas_that_there_were(tables: Tables) -> Iterator[Finding]:
    """The period of a figure ends no earlier than its area begins, and begins no later than this ends.

    A figure whose area ended within its period is noted: it is of a part of the period, or of what followed.
    """
    rows = figures(tables)
    names = ("valid_from", "valid_to", "predecessor", "successor")
    since, until, before, after = (follow(tables, f"areas.{name}", keys=rows["area"]) for name in names)
    early = (rows["period_end"] != "") & (rows["period_end"] < since)
    late = (until != "") & (rows["period_start"] > until)
    other = before.where(early, after)
    such = (", such as " + other).where(other != "", "")
    rows = rows.assign(since=since.replace("", ".."), until=until.replace("", ".."), such=such)
    yield from report(
        rows[early | late],
        "{table}:area: territory: found {area!r} in {period}; allowed a period within {since} to {until}; "
        "name the area of that time{such}, or mend the period",
    )
    ended = ~late & (until != "") & (rows["period_end"] > until)
    yield from report(
        rows[ended],
        "{table}:area: ended: found {area!r} in {period}; allowed a figure up to {until}, the last day of the area; "
        "write the days that the figure is of, or name what followed{such}",
        note=True,
    )
