"""What single cells must be beyond their type: counts are whole, rates of exchange above zero, and an address leads to
the web or is no address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.grammar import number
from promotion_book.facts.rows import each
from promotion_book.facts.rules import Rule, Tables

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,}|[0-9]{1,3})"
WEB = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"\\]*)?")
LIKE_AN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]|\S*[./\\@]\S*\Z")
AMOUNTS = {
    "observations": ("value", "low", "high"),
    "targets": ("value", "low", "high", "base_value", "tolerance"),
    "readings": ("base_value",),
    "indicators": ("limit_low", "limit_high"),
    "scenarios": ("start",),
}
GROUPED = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")


def counts_are_whole(tables: Tables) -> Iterator[Finding]:
    """A count has no more decimals than its indicator; a sum of money has no three, which are grouped thousands."""
    dimensions = dict(zip(tables["units"]["unit_id"], tables["units"]["dimension"], strict=True))
    told = {row.indicator_id: (dimensions.get(row.unit, ""), row.decimals) for row in each(tables["indicators"])}
    for name, columns in AMOUNTS.items():
        for column in columns:
            table = tables[name]
            for row in each(table[table[column].str.contains(".", regex=False)]):
                text, (dimension, decimals) = getattr(row, column), told.get(row.indicator_id, ("", ""))
                if not _too_fine(text, dimension, decimals=decimals):
                    continue
                allowed = "a whole number" if decimals in ("", "0") else f"up to {decimals} decimals"
                yield Finding(f"{name}.csv", int(row.line), column, "decimals", quote(text), allowed, _meant(text))


def _too_fine(text: str, dimension: str, *, decimals: str) -> bool:
    if dimension == "money":
        return bool(GROUPED.fullmatch(text))
    return dimension == "count" and len(text.partition(".")[2]) > int(decimals if decimals.isdecimal() else "0")


def _meant(text: str) -> str:
    if GROUPED.fullmatch(text):
        return f"write {text.replace('.', '')} if this is a thousands point; the point is for decimals"
    return "mend the figure, or the decimals of the indicator"


def addresses_are_of_the_web(tables: Tables) -> Iterator[Finding]:
    """The address of a source begins with http:// or https:// and a host, or is a text that looks like no address."""
    for row in each(tables["sources"]):
        if LIKE_AN_ADDRESS.match(row.address) and not WEB.fullmatch(row.address):
            allowed = "http:// or https:// with a host of ASCII letters, or words"
            action = "write the whole address, or say in words where the source is kept"
            yield Finding("sources.csv", int(row.line), "address", "address", quote(row.address), allowed, action)


def rates_of_exchange_are_above_zero(tables: Tables) -> Iterator[Finding]:
    """What one unit of money is worth in another is above zero."""
    units = tables["units"]
    rates, rows = units["unit_id"][units["dimension"] == "rate"], tables["observations"]
    for row in each(rows[rows["unit"].isin(rates)]):
        for column in ("value", "low", "high"):
            text = getattr(row, column)
            if (rate := number(text)) is not None and rate <= 0:
                action = "mend the rate, or leave the row out"
                yield Finding("observations.csv", int(row.line), column, "rate", quote(text), "above 0", action)


RULES: list[Rule] = [counts_are_whole, addresses_are_of_the_web, rates_of_exchange_are_above_zero]
