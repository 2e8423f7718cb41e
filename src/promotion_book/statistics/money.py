"""Money beside what is done with it: what one dong of support brought, and how much of it one unit took.

    results = results_table(*content_items(known, indicators), period="2025")
    with_funds(results, funds)         # each row of money below what it pays for
    support_ratios(results, funds, indicators=known.indicators)

The table `funds` says which indicators are money, from which fund, and for what. What was approved is the plan of such
an indicator, what was paid is what was done, and its rate is the rate of disbursement.
"""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.schema import FUNDS

RATIOS = ["indicator_id", "over", "basis", "period", "amount", "base", "ratio"]
BASES = {"done": "", "since_start": "several", "plan": "plan_period"}  # by the column of the amount that of its period
ADDS_UP = "flow"  # the kind of what is counted anew in each period


def with_funds(results: pd.DataFrame, funds: pd.DataFrame) -> pd.DataFrame:
    """Rows of `results_table` in their order, the money after the first thing that it pays for.

    Adds the columns `fund`, empty for what is no money, and `pays_for`. Money that pays for nothing in the table comes last.
    """
    order = {name: place for place, name in enumerate(results["indicator_id"])}
    rows = funds.assign(place=funds["pays_for"].map(order)).sort_values("place", kind="stable")
    first = rows.drop_duplicates("indicator_id").set_index("indicator_id")
    found = results.assign(
        fund=results["indicator_id"].map(first["fund"]).fillna(""),
        pays_for=results["indicator_id"].map(first["pays_for"]).fillna(""),
    )
    is_money = found["fund"] != ""
    place = found["indicator_id"].map(first["place"]).where(is_money, found["indicator_id"].map(order))
    rank = found["fund"].map({name: number for number, name in enumerate(FUNDS)}).fillna(-1)
    found = found.assign(place=place.fillna(len(found)), rank=rank)
    return found.sort_values(["place", "rank"], kind="stable", ignore_index=True).drop(columns=["place", "rank"])


def support_ratios(results: pd.DataFrame, funds: pd.DataFrame, *, indicators: pd.DataFrame) -> pd.DataFrame:
    """How much own capital did each dong of support draw, and how much support did an establishment or a job take?

    .. math:: \\text{own capital for one dong} = \\frac{C_t}{S_t} \\\\ \\text{support for one} = \\frac{S_t}{n_t}

    Symbols: $S_t$ is the support of the national and the local programme together in period $t$, $C_t$ the establishments'
    own capital for the same purpose, and $n_t$ how many were supported with it.
    Source: the funding report of provincial departments on industrial promotion.
    Worked cases: P143

    Both amounts are of the same period and both done, or both planned: what was paid is never set against what was only
    approved. Support of which one of the two programmes is not known gives no ratio, nor does an amount of zero below the
    line. What counts on from the start of a plan is compared with the money since that start alone. The support for one is
    a mean over all of them: it is not what each received, and where money also serves other ends it is an upper bound.

    Args:
        results: rows of `results_table`; money in its unit.
        funds: the table: `indicator_id`, `fund`, `pays_for`.
        indicators: with the columns `indicator_id` and `kind`.

    Returns:
        A row a ratio: the columns of `RATIOS`; `indicator_id` is above the line, `over` below it; `basis` is `done`,
        `since_start` or `plan`, and `period` the years of a plan or its part, empty for the period of the report.
    """
    kind = dict(zip(indicators["indicator_id"], indicators["kind"], strict=True))
    support = funds.query("fund == 'support'")
    own = funds.query("fund == 'own'").merge(support, on="pays_for", suffixes=("", "_below"))
    matched = own.rename(columns={"indicator_id_below": "over"})
    counted = support.rename(columns={"pays_for": "over"})
    pairs = pd.concat([matched, counted])[["indicator_id", "over"]].drop_duplicates(ignore_index=True)
    found = [_ratios(results, pairs, basis=basis, label=label) for basis, label in BASES.items()]
    rows = pd.concat(found)
    anew = rows["over"].map(kind).eq(ADDS_UP) | rows["basis"].eq("since_start")
    return rows[anew].sort_index(kind="stable").reset_index(drop=True)


def _ratios(results: pd.DataFrame, pairs: pd.DataFrame, *, basis: str, label: str) -> pd.DataFrame:
    """The ratios of some pairs by one column of the results, where both amounts are of the same period."""
    amounts = results[["indicator_id"]].assign(amount=results[basis], period=results[label] if label else "")
    amounts = amounts.astype({"amount": float}).dropna(subset=["amount"])
    below = amounts.rename(columns={"indicator_id": "over", "amount": "base"})
    named = pairs.rename_axis("pair").reset_index()
    rows = named.merge(amounts, on="indicator_id").merge(below[below["base"] > 0], on=["over", "period"])
    return rows.assign(basis=basis, ratio=rows["amount"] / rows["base"]).set_index("pair")[RATIOS]
