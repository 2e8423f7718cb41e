"""Does the money of a fund hang together: is it money, of one fund, and the only one of it for what it pays?"""

from __future__ import annotations

from collections.abc import Iterator

from promotion_book.facts.findings import Finding
from promotion_book.facts.rules import Tables, look_up, report, rule


@rule
def money_is_of_one_fund(tables: Tables) -> Iterator[Finding]:
    """An indicator is of the same fund in all its rows, and pays for things, not for other money."""
    rows = tables["funds"]
    first = rows.drop_duplicates("indicator_id").set_index("indicator_id")["fund"]
    rows = rows.assign(before=look_up(rows["indicator_id"], first))
    yield from report(
        rows[rows["fund"] != rows["before"]],
        "funds:fund: fund: found {fund!r}; allowed {before}, as in its first row; mend the fund",
    )
    yield from report(
        rows[rows["pays_for"].isin(rows["indicator_id"])],
        "funds:pays_for: money: found {pays_for!r}; allowed an indicator that counts what is done; name it",
    )


@rule
def a_fund_pays_once_for_a_thing(tables: Tables) -> Iterator[Finding]:
    """For one thing there is one indicator a fund: of two nobody knows whether they add up."""
    rows = tables["funds"]
    other = rows.groupby(["fund", "pays_for"])["indicator_id"].transform("first")
    yield from report(
        rows.assign(other=other)[rows["indicator_id"] != other],
        "funds:pays_for: twice: found {indicator_id!r} for {pays_for}; allowed one indicator of the fund {fund}, which "
        "is {other}; delete the row, or make one a part of the other",
    )
