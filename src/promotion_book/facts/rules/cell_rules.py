"""What texts must be beyond their type: each has words, and an English one writes days in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.rules import Tables, report, rule
from promotion_book.facts.schema import LANGUAGES

TOLD = re.compile(rf"(?!symbol_)\w+_(?:{'|'.join(LANGUAGES)})|title|publisher|reason|address|confirmed_(?:by|why)")
NO_WORDS = re.compile(r"[\W\d_]+|[0-9.,]+[eE][0-9]+|=.*|TRUE|FALSE", re.DOTALL)
TYPED_AS_TEXT = re.compile(r"'[^'’]*|\"[^\"]*\"")  # with a spreadsheet's sign for texts, or the marks of a CSV file
DAY = re.compile(r"(?<![\w/])\d{1,2}/\d{1,2}/\d{4}(?!\d)")


@rule
def english_names_the_month(tables: Tables) -> Iterator[Finding]:
    """An English text writes a day in words, 15 December 2014: of 12/9/2014 nobody can tell the month."""
    for name, table in tables.items():
        for column in [column for column in table.columns if column.endswith("_en")]:
            line = f"{name}:{column}: day: found {{text}}; allowed a day with the name of its month; write 15 December 2014"
            rows = table[table[column].str.contains(DAY)]
            yield from report(rows.assign(text=rows[column].map(quote)), line)


@rule
def texts_have_words(tables: Tables) -> Iterator[Finding]:
    """A text that readers see says something in words: it is no number, formula or sign, and nothing that a program put around it."""
    for name, table in tables.items():
        for column in [column for column in map(str, table.columns) if TOLD.fullmatch(column)]:
            rows = table.assign(text=table[column].map(quote))
            line = f"{name}:{column}: words: found {{text}}; allowed words; write what readers are to read"
            yield from report(rows[rows[column].str.fullmatch(NO_WORDS)], line)
            line = f"{name}:{column}: words: found {{text}}; allowed words without a mark of a program around them; take it away"
            yield from report(rows[rows[column].str.fullmatch(TYPED_AS_TEXT)], line)
