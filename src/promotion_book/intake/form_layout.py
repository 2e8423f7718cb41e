"""How the form of a reporting round is laid out: what writer and reader of it have to agree on.

    row 1   the programme, the place and the period
    row 4   the headings of the columns `COLUMNS`
    row 5   the first content item

A sheet for each programme. What a form is of stands in names that the workbook defines (`IDENTITY`), so that no cell of
it can be overwritten.
"""

from __future__ import annotations

from promotion_book.facts import Package
from promotion_book.words.language import Language

VERSION = "2"
HEADING_ROW = 4
IDENTITY = ("version", "place", "period", "area", "language")
PREFIX = "form_"
MILLION = 1_000_000  # money is filled in as millions of its currency
FUNDS = ("national", "local", "own")
ENTRY = ("done", "standing", *FUNDS, "note")
COLUMNS = {
    "code": "Code of the item",
    "item": "Content item",
    "unit": "Unit",
    "plan": "Plan",
    "plan_period": "Period of the plan",
    "last": "Last figure",
    "last_period": "Period of the last figure",
    "before": "Same period of the year before",
    "now": "Reported for the period so far",
    "target": "Target",
    "expected": "When and from whom it is expected",
    "done": "Done in the period",
    "standing": "Standing of the figure",
    "national": "Paid from the national fund (million)",
    "local": "Paid from the local fund (million)",
    "own": "Own capital of the establishments (million)",
    "note": "Note, or reason for a change",
}
STANDINGS = {"actual": "Final", "provisional": "Provisional", "estimate": "Estimate", "to_date": "Counted to date"}
ASIDE = {"guide": "Instructions", "example": "Example"}  # sheets of the form without figures


def headings(words: Language) -> dict[str, str]:
    """The headings of the columns in a language, by what stands in them."""
    return {key: words.text(COLUMNS[key]) for key in COLUMNS}


def standings(words: Language) -> dict[str, str]:
    """The words of the list of standings in a language, by what the tables call them."""
    return {key: words.text(STANDINGS[key]) for key in STANDINGS}


def scale_of(package: Package, indicator: str) -> int:
    """How much a figure of 1 in the form is, in the unit of the indicator."""
    unit = package.row("units", package.row("indicators", indicator)["unit"])
    return MILLION if unit["dimension"] == "money" else 1


def unit_words(package: Package, indicator: str, words: Language) -> str:
    """The unit in which an indicator is filled in."""
    unit = words.name(package.row("units", package.row("indicators", indicator)["unit"]))
    return words.text("million {unit}", unit=unit) if scale_of(package, indicator) == MILLION else unit
