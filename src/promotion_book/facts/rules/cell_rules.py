"""What single cells must be beyond their type: counts are whole, rates of exchange above zero, and an address leads to
the web or is no address.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.rules import FIGURES, Rule, Tables, look_up, numbers, pick, report

_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,}|[0-9]{1,3})"
WEB = re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"\\]*)?")
LIKE_AN_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]|\S*[./\\@]\S*\Z")
AMOUNTS = (
    *((table, column) for table in FIGURES for column in ("value", "low", "high")),
    ("targets", "base_value"),
    ("targets", "tolerance"),
    ("readings", "base_value"),
    ("indicators", "limit_low"),
    ("indicators", "limit_high"),
    ("scenarios", "start"),
)
GROUPED = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")


def counts_are_whole(tables: Tables) -> Iterator[Finding]:
    """A count has no more decimals than its indicator; a sum of money has no three, which are grouped thousands."""
    indicators = tables["indicators"].set_index("indicator_id")
    dimensions = look_up(indicators["unit"], tables["units"].set_index("unit_id")["dimension"])
    for table, column in AMOUNTS:
        rows = tables[table][tables[table][column].str.contains(".", regex=False)]
        decimals = look_up(rows["indicator_id"], indicators["decimals"])
        cells = zip(rows[column], look_up(rows["indicator_id"], dimensions), decimals, strict=True)
        fine = pick(rows.assign(decimals=decimals), itertools.starmap(_too_fine, cells))
        allowed = [f"up to {most} decimals" if most not in ("", "0") else "a whole number" for most in fine["decimals"]]
        said = {"text": [*map(quote, fine[column])], "allowed": allowed, "action": [*map(_meant, fine[column])]}
        line = f"{table}:{column}: decimals: found {{text}}; allowed {{allowed}}; {{action}}"
        yield from report(fine.assign(**said), line)


def _too_fine(text: str, dimension: str, decimals: str) -> bool:
    if dimension == "money":
        return bool(GROUPED.fullmatch(text))
    return dimension == "count" and len(text.partition(".")[2]) > int(decimals if decimals.isdecimal() else "0")


def _meant(text: str) -> str:
    if GROUPED.fullmatch(text):
        return f"write {text.replace('.', '')} if this is a thousands point; the point is for decimals"
    return "mend the figure, or the decimals of the indicator"


def addresses_are_of_the_web(tables: Tables) -> Iterator[Finding]:
    """The address of a source begins with http:// or https:// and a host, or is a text that looks like no address."""
    rows = tables["sources"]
    rows = rows.assign(text=rows["address"].map(quote))
    yield from report(
        rows[rows["address"].str.match(LIKE_AN_ADDRESS) & ~rows["address"].str.fullmatch(WEB)],
        "sources:address: address: found {text}; allowed http:// or https:// with a host of ASCII letters, or words; "
        "write the whole address, or say in words where the source is kept",
    )


def rates_of_exchange_are_above_zero(tables: Tables) -> Iterator[Finding]:
    """What one unit of money is worth in another is above zero."""
    rows = tables["observations"]
    rows = rows[look_up(rows["unit"], tables["units"].set_index("unit_id")["dimension"]) == "rate"]
    for column in ("value", "low", "high"):
        line = f"observations:{column}: rate: found {{text}}; allowed above 0; mend the rate, or leave the row out"
        yield from report(rows.assign(text=rows[column].map(quote))[numbers(rows[column]) <= 0], line)


RULES: list[Rule] = [counts_are_whole, addresses_are_of_the_web, rates_of_exchange_are_above_zero]
