"""What single cells must be beyond their type: counts and dong are whole, rates of exchange above zero, an address leads to
the web or is no address, a text has words, and an English one writes days in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
from babel.numbers import get_currency_precision

from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.rules import FIGURES, Tables, follow, look_up, pick, report, rule
from promotion_book.facts.schema import LANGUAGES

AMOUNTS = (
    *((table, column) for table in FIGURES for column in ("value", "low", "high")),
    ("targets", "base_value"),
    ("targets", "tolerance"),
    ("readings", "base_value"),
    ("indicators", "limit_low"),
    ("indicators", "limit_high"),
    ("scenarios", "start"),
)
ANY = 99  # decimals of what is no count and no money
GROUPED = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}")
TOLD = re.compile(rf"(?!symbol_)\w+_(?:{'|'.join(LANGUAGES)})|title|publisher|reason|address|confirmed_(?:by|why)")
NO_WORDS = re.compile(r"[\W\d_]+|[0-9.,]+[eE][0-9]+|=.*|TRUE|FALSE", re.DOTALL)
TYPED_AS_TEXT = re.compile(r"'[^'’]*|\"[^\"]*\"")  # with a spreadsheet's sign for texts, or the marks of a CSV file
NO_TEXTS = (
    (NO_WORDS, "allowed words; write what readers are to read"),
    (TYPED_AS_TEXT, "allowed words without a mark of a program around them; take it away"),
)
DAY = re.compile(r"(?<![\w/])\d{1,2}/\d{1,2}/\d{4}(?!\d)")


@rule
def figures_are_as_fine_as_their_unit(tables: Tables) -> Iterator[Finding]:
    """A count has no more decimals than its indicator, and a sum of money none that its currency does not have: dong have none."""
    indicators = tables["indicators"].set_index("indicator_id")
    dimensions = follow(tables, "units.dimension", keys=indicators["unit"])
    told = zip(dimensions, indicators["unit"], indicators["decimals"], strict=True)
    most = pd.Series([decimals_of(*one) for one in told], indicators.index, dtype=object)
    for table, column in AMOUNTS:
        rows = tables[table][tables[table][column].str.contains(".", regex=False)]
        rows = rows.assign(most=look_up(rows["indicator_id"], most))
        decimals = rows[column].str.split(".").str[1].str.len()
        fine = rows[decimals > pd.to_numeric(rows["most"], errors="coerce").fillna(ANY)]
        allowed = [f"up to {number} decimals" if number else "a whole number" for number in fine["most"]]
        said = {"text": [*map(quote, fine[column])], "allowed": allowed, "action": [*map(_meant, fine[column])]}
        line = f"{table}:{column}: decimals: found {{text}}; allowed {{allowed}}; {{action}}"
        yield from report(fine.assign(**said), line)


def decimals_of(dimension: str, unit: str, decimals: str) -> int:
    """How many decimals a figure of a unit may have: of money those of its currency, of a count those of its indicator."""
    if dimension == "money":
        return get_currency_precision(unit.partition("_")[0].upper())
    return int(decimals if decimals.isdecimal() else "0") if dimension == "count" else ANY


def _meant(text: str) -> str:
    if GROUPED.fullmatch(text):
        return f"write {text.replace('.', '')} if this is a thousands point; the point is for decimals"
    return "mend the figure, or the decimals of the indicator"


@rule
def english_names_the_month(tables: Tables) -> Iterator[Finding]:
    """An English text writes a day in words, 15 December 2014: of 12/9/2014 nobody can tell the month."""
    for name, table in tables.items():
        for column in [column for column in table.columns if column.endswith("_en")]:
            line = f"{name}:{column}: day: found {{text}}; allowed a day with the name of its month; write 15 December 2014"
            rows = pick(table, (bool(DAY.search(text)) for text in table[column]))
            yield from report(rows.assign(text=rows[column].map(quote)), line)


@rule
def texts_have_words(tables: Tables) -> Iterator[Finding]:
    """A text that readers see says something in words: it is no number, formula or sign, and nothing that a program put around it."""
    for name, table in tables.items():
        for column in [column for column in map(str, table.columns) if TOLD.fullmatch(column)]:
            for wrong, said in NO_TEXTS:
                rows = pick(table, (bool(wrong.fullmatch(text)) for text in table[column]))
                line = f"{name}:{column}: words: found {{text}}; {said}"
                yield from report(rows.assign(text=rows[column].map(quote)), line)
