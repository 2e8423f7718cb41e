"""First figures beside later ones, as printed: what is no more than the rounding of the coarser one is no revision, and what was
expected before the last days of a period is no first figure.

Frames of pairs have the columns of `PAIRS`: period; the `first` and the `latest` figure; the `revision`, zero where it is
no more than rounding; source_ids, of all figures of the period.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import each

PAIRS = ["period", "first", "latest", "revision", "source_ids"]
LAST_DAYS = 14  # of a period, in which offices announce its first figure


def revised_pairs(known: Known, indicator: str) -> pd.DataFrame:
    """Periods of an indicator for which a first and a later figure are known that differ by more than rounding."""
    rows = known.figures(indicator, known.package.area).dropna(subset=["value"])
    announced = rows["known"] > rows["period_end"] - pd.Timedelta(days=LAST_DAYS)
    rows = rows[announced & (rows["scope"] == "") & (rows["status"] != "plan")]
    released = rows.drop_duplicates(["known", "period"], keep="last").sort_values("known", kind="stable")
    first, latest = (
        released.drop_duplicates("period", keep=end).set_index("period")["value"] for end in ("first", "last")
    )
    sources = rows.groupby("period", sort=False)["source_id"].agg(tuple)
    pairs = [_pair(p, first[p], latest=round(latest[p], 6), source_ids=sources[p]) for p in first.index]
    return pd.DataFrame([pair for pair in pairs if pair["revision"]], columns=PAIRS)


def index_pairs(known: Known, growth: str, *, index: str) -> pd.DataFrame:
    """Growth as first announced against growth in the later series of the index."""
    first, later = (known.series(name).dropna(subset=["value"]).set_index("period") for name in (growth, index))
    both = first.merge(later, left_index=True, right_index=True, suffixes=("", "_later"))
    pairs = [
        _pair(
            row.Index,
            row.value,
            latest=round(row.value_later - 100, 6),
            source_ids=(row.source_id, row.source_id_later),
        )
        for row in each(both)
    ]
    return pd.DataFrame(pairs, columns=PAIRS)


def _pair(period: str, first: float, *, latest: float, source_ids: tuple[str, ...]) -> dict[str, Any]:
    """A first and a later rate. Rates are printed with one decimal at least; the tables hold 7.0 as 7."""
    coarser = max(1, min(decimals(first), decimals(latest)))
    step = latest - first
    revision = 0.0 if abs(step) <= 0.5 * 10**-coarser + 1e-9 else round(step, 6)
    return {"period": period, "first": first, "latest": latest, "revision": revision, "source_ids": source_ids}


def decimals(value: float) -> int:
    """How many decimals a figure is printed with, up to 6."""
    return next(d for d in range(7) if round(value, d) == round(value, 6))
