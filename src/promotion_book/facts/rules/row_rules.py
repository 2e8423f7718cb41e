"""What a row by itself, and the rows that its keys name, must not be: the rules of `row_rules.csv`, one a row.

    table    column      rule        broken                          found         allowed              action
    targets  plan_start  plan-start  plan_start > period_start > ""  {plan_start}  up to {period_start}  write the first day

`broken` is an expression of Python that holds for a row which breaks the rule; what the finding says are f-strings. Their
names are the columns of the row, as texts, and what `CheckedRow` and `NAMES` add; `cell` is the cell of the column. A rule of
several tables or columns names them between spaces; one with a `note` refuses nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType
from typing import Any

from promotion_book.facts import grammar
from promotion_book.facts.calendar import NOTICE_DAYS
from promotion_book.facts.derivations import FORM
from promotion_book.facts.findings import Finding, quote
from promotion_book.facts.periods import ALLOWED, REPORTABLE, label_of, months_after, parse, parse_or_none
from promotion_book.facts.rules import RULES, CheckedRow, Tables
from promotion_book.facts.rules.target_rules import METHOD, OF_INDICATOR, RANGES
from promotion_book.facts.schema import LEVELS

TABLE = Path(__file__).with_name("row_rules.csv")
_HOST = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,}|[0-9]{1,3})"


@dataclass(frozen=True)
class RowRule:
    """A rule of the table, for one table and column of a package."""

    table: str
    column: str
    rule: str
    note: bool
    broken: CodeType
    said: tuple[CodeType, ...]  # found, allowed, what to do

    @property
    def __name__(self) -> str:
        return f"{self.table}:{self.column}:{self.rule}"

    def __call__(self, tables: Tables) -> Iterator[Finding]:
        """What it finds in the tables."""
        for row in tables.rows(self.table):
            row["cell"] = row[self.column]
            if eval(self.broken, NAMES, row):
                yield self.finding(row)

    def finding(self, row: CheckedRow) -> Finding:
        """What is said of a row that breaks the rule."""
        found, allowed, action = (eval(part, NAMES, row) for part in self.said)
        file = f"{self.table}.csv"
        return Finding(file, row["line"], self.column, self.rule, found, allowed, action, note=self.note)


def read_rules() -> Iterator[RowRule]:
    """The rules of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            broken = _compiled(row["broken"])
            said = tuple(_compiled(f"f{row[name]!r}") for name in ("found", "allowed", "action"))
            for table in row["table"].split():
                for column in row["column"].split():
                    yield RowRule(table, column, row["rule"], bool(row["note"]), broken, said)


def _compiled(expression: str) -> CodeType:
    return compile(expression, TABLE.name, "eval")


def amount(text: str) -> float:
    """The number that a text is; NaN for none."""
    found = grammar.number(text)
    return float("nan") if found is None else found


def amounts(*texts: str) -> list[float]:
    """The numbers among texts, in their order."""
    return [found for text in texts if (found := grammar.number(text)) is not None]


def numbers_in(profile: str) -> int:
    """How many numbers stand between the semicolons of a text; 0 where anything else does."""
    parts = profile.split(";")
    return len(parts) if len(amounts(*parts)) == len(parts) else 0


def year_of(text: str) -> float:
    """The year of a day or a year; NaN for none."""
    return amount(text[:4])


def days_between(first: str, last: str) -> float:
    """The days from one to another; NaN where one of the two is none."""
    start, end = grammar.day(first), grammar.day(last)
    return (end - start).days if start and end else float("nan")


def first_day(label: str) -> str:
    """The first day of a period; empty for a label that is none."""
    span = parse_or_none(label)
    return str(span.start) if span else ""


def last_day(label: str) -> str:
    """The last day of a period; empty for a label that is none, and for an open end."""
    span = parse_or_none(label)
    return str(span.end or "") if span else ""


def frequency_of(label: str) -> str:
    """How long a period is, in the words of `facts.periods`; empty for a label that is none."""
    span = parse_or_none(label)
    return span.frequency if span else ""


def usual_label(label: str) -> str:
    """The one label that the days of a period have."""
    span = parse_or_none(label)
    return label_of(span.start, span.end) if span else label


def problem_of(label: str) -> str:
    """Why a label is none of a period, without what is allowed; empty for one."""
    try:
        parse(label)
    except ValueError as error:
        return str(error).removesuffix(f"; allowed: {ALLOWED}")
    return ""


def year_after(day: str) -> str:
    """The last day of the month that lies a year after that of a day; empty for none."""
    found = grammar.day(day)
    return str(months_after(found, 12)) if found else ""


def act_number(title: str) -> str:
    """The first number of an act in its Vietnamese title, "số 45/2012/NĐ-CP"; empty where there is none."""
    found = re.search(r"\bsố (\d[^\s,;]*)", title)
    return found[1] if found else ""


def month_in(address: str) -> str:
    """The month that an address of the web has in its way, of .../2020/11/... 2020-11; empty where it has none."""
    found = re.search(r"[/_-](20[0-2]\d)([/_-]?)(0[1-9]|1[0-2])(?:\2(?:0[1-9]|[12]\d|3[01]))?(?!\d)", address)
    return f"{found[1]}-{found[3]}" if found else ""


def percentages_apart(name: str, parameters: str) -> str:
    """The percentages in a name that none of the parameters beside it is, growth=0.05 being 5%."""
    said = [amount(found.partition("=")[2].strip()) for found in parameters.split(";")]
    there = {round(number, 9) for one in said for number in (abs(one), abs(100 * one))}
    return ", ".join(f"{found}%" for found in re.findall(r"(\d+(?:\.\d+)?)%", name) if float(found) not in there)


def such_as(area: str) -> str:
    """An area as an example within a sentence."""
    return area and f", such as {area}"


FUNCTIONS = (
    *(amount, amounts, numbers_in, year_of, days_between, first_day, last_day, frequency_of, usual_label),
    *(problem_of, year_after, act_number, month_in, percentages_apart, such_as, quote),
)
NAMES: dict[str, Any] = {
    "METHOD": METHOD,
    "OF_INDICATOR": OF_INDICATOR,
    "RANGES": RANGES,
    "LEVELS": {level: rank for rank, level in enumerate(LEVELS)},
    "PARTS_OF_PROVINCES": LEVELS[LEVELS.index("province") + 1 :],
    "NOTICE_DAYS": NOTICE_DAYS,
    "PERIODS": ALLOWED,
    "REPORTABLE": REPORTABLE,
    "DERIVATION": re.compile(FORM),
    "OF_A_SOURCE": re.compile(rf"https?://{_HOST}(?::[0-9]{{1,5}})?(?:[/?#][^\s<>\"\\]*)?(?<![.,;])"),
    "LIKE_AN_ADDRESS": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]|\S*[./\\@]\S*\Z"),
    **{function.__name__: function for function in FUNCTIONS},
}

RULES.extend(read_rules())
