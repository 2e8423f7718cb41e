"""How many figures there are, how sure they are, and where there are none: what an edition knows in, counts out."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.schema import RULES


def count_standings(known: Known) -> pd.Series[int]:
    """How many figures are of each status, rules of support (`rule`) apart, and how many statements of targets (`target`)
    there are.
    """
    rows = known.observations
    of_rules = rows["indicator_id"].map(known.indicators["programme_id"]) == RULES
    counts = rows["status"].mask(of_rules, "rule").value_counts()
    return pd.concat([counts, pd.Series({"target": len(known.targets)})]) if len(known.targets) else counts


def count_looks(known: Known) -> pd.Series[int]:
    """What a second look at the sources of figures and statements of targets found, and how often."""
    looks: pd.Series[str] = pd.concat([known.observations["checked"], known.targets["checked"]])
    return looks.value_counts()


def indicators_without_outcome(known: Known) -> pd.DataFrame:
    """Indicators with a target for which no outcome was found: indicator_id, programme, and the `periods` of their targets."""
    have = known.observations.query("status != 'plan'")["indicator_id"]
    rows = known.targets[~known.targets["indicator_id"].isin(have)]
    order = list(dict.fromkeys(rows["indicator_id"]))
    rows = rows.sort_values("period_end", kind="stable").drop_duplicates(["indicator_id", "period"])
    periods = rows.groupby("indicator_id")["period"].agg(list).reindex(order)
    silent = pd.DataFrame({"indicator_id": order, "periods": [*periods]})
    return silent.assign(programme=silent["indicator_id"].map(known.indicators["programme_id"]))
