"""How often were the targets of a place reached? Its plans read as forecasts of what it would do.

targets_reached(targets_over(known, since=2010))    # a row a kind of target, and one for all
"""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from promotion_book.facts import Known
from promotion_book.statistics.statuses import all_statuses, by_target

ENOUGH = 5  # targets with an outcome, below which no share is given
KINDS = ("level", "share", "cumulative", "flow", "growth", "milestone")
REACHED, MISSED = "met", "missed"
ALL = "all"


def targets_over(known: Known, *, since: int) -> pd.DataFrame:
    """The targets of the place, those of its economy included, whose period ended between a year and the end of the reporting period.

    One row a target that none replaced: `target`, `kind`, `status` of `statuses.CLASSES`, and the number of `statements`.
    """
    judged = all_statuses(known, known.until + timedelta(days=1), indicators=known.indicators.index)
    over = judged[(judged["time"] == "earlier") & (judged["period_end"].dt.year >= since)]
    kinds = over.drop_duplicates("target").set_index("target")["kind"]
    found = by_target(over)
    return found.assign(kind=found["target"].map(kinds))[["target", "kind", "status", "statements"]]


def targets_reached(targets: pd.DataFrame) -> pd.DataFrame:
    """Of the targets that are over, how many have an outcome, and how many of these were reached?

    .. math:: s = \\frac{r}{r + m}

    Symbols: $r$ targets were reached and $m$ missed; those without an outcome that fits, or whose statements give
    different verdicts, are in neither.
    Source: the record of a forecaster, with plans as forecasts; with fewer than 5 such targets no share is given.
    Worked cases: P142

    Args:
        targets: one row a target, with `kind` and `status`.

    Returns:
        One row a kind that has targets, in the order of `KINDS`, and one for all: `kind`, `targets`, `judged`, `reached`,
        `share` (missing where refused) and `reason`.
    """
    kinds = [kind for kind in KINDS if (targets["kind"] == kind).any()]
    groups = {**{kind: targets.loc[targets["kind"] == kind, "status"] for kind in kinds}, ALL: targets["status"]}
    counts = {
        "targets": [len(statuses) for statuses in groups.values()],
        "judged": [int(statuses.isin((REACHED, MISSED)).sum()) for statuses in groups.values()],
        "reached": [int((statuses == REACHED).sum()) for statuses in groups.values()],
    }
    rows = pd.DataFrame({"kind": [*groups], **counts})
    enough = rows["judged"] >= ENOUGH
    reason = enough.map({True: "", False: "too_few_figures"})
    return rows.assign(share=(rows["reached"] / rows["judged"]).where(enough), reason=reason)
