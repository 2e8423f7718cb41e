"""What an explorer says of its first setting, and what a script needs to say the same of the others.

A value is written as `NumberFormat` writes it. The script gets what `NumberFormat` writes around a digit, so that units and
words have one home.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_FLOOR
from functools import cached_property
from types import SimpleNamespace
from typing import Any

import pandas as pd

from promotion_book.digits import round_number
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table
from promotion_book.statistics.growth_assumption import GrowthOutlook, wishes
from promotion_book.words.markup import Html, escape, fill
from promotion_book.words.numbers import SCALES, NumberFormat, way_of_left

EXACT = SimpleNamespace(value=0.0, low=None, high=None)  # a figure that is no bound


@dataclass(frozen=True)
class Subject:
    """What an explorer is about, and how its values are written."""

    context: Context
    indicator: str
    outlook: GrowthOutlook

    @cached_property
    def row(self) -> Any:
        """The indicator."""
        return self.context.known.package.row("indicators", self.indicator)

    @cached_property
    def aims(self) -> pd.DataFrame:
        """The statements that want the target."""
        rows: pd.DataFrame = wishes(self.context.known, self.indicator, frequency="")
        rows = rows[rows["period_end"].dt.year == self.outlook.end_year]
        found: pd.DataFrame = rows[rows[["value", "low", "high"]].eq(self.outlook.target).any(axis=1)]
        return found

    @property
    def aim(self) -> str:
        """The target in the words of a statement that has no other end: over USD 550 million."""
        found = self._stated
        return self.written(self.outlook.target) if found is None else self.context.numbers.figure(found, target=True)

    def needed(self, write: Callable[[NumberFormat], str]) -> str:
        """The growth that leads to the target, at least so much where more than that is wanted."""
        return str(self.context.numbers.left(write, figure=EXACT, wanted=self._stated or EXACT))

    @property
    def way(self) -> str:
        """How that growth is rounded."""
        return str(way_of_left(EXACT, self._stated or EXACT))

    @property
    def _stated(self) -> Any | None:
        return next(iter(each(self.aims.dropna(subset=["value"]))), None)

    @cached_property
    def sizes(self) -> tuple[float, ...]:
        """The sizes in which values are written: money in millions, billions and so on."""
        return (*SCALES, 1.0) if self.context.unit(self.indicator)["dimension"] == "money" else (1.0,)

    @property
    def size(self) -> float:
        """The size in which sliders and axis count."""
        return next((size for size in self.sizes if self.outlook.base >= size), 1.0)

    @property
    def decimals(self) -> int:
        """The decimals with which `NumberFormat` writes a value of its size."""
        return 2 if len(self.sizes) > 1 else int(self.row["decimals"])

    @property
    def step(self) -> float:
        """The third digit of the start: the step of its slider, to which results are given."""
        return float(10.0 ** max(math.floor(math.log10(self.outlook.base)) - 2, -self.decimals))

    @property
    def limit(self) -> float:
        """What no value can be above."""
        limit = float(self.row["limit_high"])
        return math.inf if math.isnan(limit) else limit

    @property
    def unit(self) -> str:
        """What sliders and axis count: USD million, %, products."""
        return " ".join(part.strip() for part in self._around(self.size) if part.strip())

    def written(self, value: float) -> str:
        """A value as the report writes it."""
        return self.context.numbers.of(self.indicator, value)

    def result(self, value: float) -> str:
        """A computed value, to the step; what is short of the target is not written like it."""
        near, target = round_number(value / self.step), round_number(self.outlook.target / self.step)
        if value < self.outlook.target and near == target:
            near = round_number(value / self.step, way=ROUND_FLOOR)
        return self.written(near * self.step)

    @property
    def forms(self) -> list[tuple[float, str, str]]:
        """What stands before and after the number of a value, from each of the sizes on."""
        return [(size, *self._around(size)) for size in self.sizes]

    def _around(self, size: float) -> tuple[str, str]:
        before, _, after = self.written(7 * size).partition("7")
        return before, after


def parts(subject: Subject) -> dict[str, str]:
    """The parts of the sentence that a slider changes."""
    outlook, numbers = subject.outlook, subject.context.numbers
    return {
        "growth": rates(subject)[outlook.growth < 0].replace("{n}", numbers.percent(abs(outlook.growth), 1)),
        "base": subject.written(outlook.base),
        "reached": subject.result(outlook.reached),
        "share": numbers.part(outlook.reached / outlook.target),
        "required": subject.needed(lambda numbers: numbers.percent(outlook.required_growth, 1)),
        "impossible": _impossible(subject) if outlook.reached > subject.limit else "",
    }


def known_to_script(subject: Subject) -> dict[str, Any]:
    """What the script computes and writes these parts with."""
    outlook = subject.outlook
    record = {
        "years": outlook.end_year - outlook.base_year,
        "target": outlook.target,
        "size": subject.size,
        "step": subject.step,
        "decimals": subject.decimals,
        "forms": subject.forms,
        "rates": rates(subject),
        "needed": subject.needed(lambda _: "{n}"),
        "way": subject.way,
    }
    return record | ({"limit": subject.limit, "impossible": _impossible(subject)} if subject.limit < math.inf else {})


def rates(subject: Subject) -> tuple[str, str]:
    """How a growth and a fall by {n} are told; those of a share are told apart from points."""
    text = subject.context.language.text
    if subject.unit == "%":
        return text("growth of {n} of itself a year", n="{n}"), text("a fall of {n} of itself a year", n="{n}")
    return text("{n} a year", n="{n}"), text("A fall of {n} a year", n="{n}")


def _impossible(subject: Subject) -> str:
    """What is said of a result that cannot be, as a share of more than 100%."""
    limit = subject.written(subject.limit)
    return subject.context.language.text("More than {limit} cannot be. ", limit=limit)


def sentence(subject: Subject) -> Html:
    """The sentence, its changing parts marked."""
    part = '<span data-part="{name}">{shown}</span>'
    marked = {name: fill(part, name=name, shown=shown) for name, shown in parts(subject).items()}
    share, over = subject.unit == "%", subject.outlook.over(subject.context.known.until)
    message = (
        (
            "With {growth}, {base} in {year} would have become {reached} in {end}, {share} of the "
            "target of {target}; the target needed {required} of itself a year. {impossible}This is an assumption, not a forecast."
            if over
            else "With {growth}, {base} in {year} becomes {reached} in {end}, {share} of the target of {target}; "
            "the target needs {required} of itself a year. {impossible}This is an assumption, not a forecast."
        )
        if share
        else (
            "{growth} from {base} in {year} would have given {reached} in {end}, {share} of the target of {target}; "
            "the target needed {required} a year. {impossible}This is an assumption, not a forecast."
            if over
            else "{growth} from {base} in {year} gives {reached} in {end}, {share} of the target of {target}; "
            "the target needs {required} a year. {impossible}This is an assumption, not a forecast."
        )
    )
    outlook = subject.outlook
    values = {"year": outlook.base_year, "end": outlook.end_year, "target": subject.aim, **marked}
    fields = {name: f"{{{name}}}" for name in values}
    return fill(escape(subject.context.language.text(message, **fields)), **values)


def table(subject: Subject, name: str) -> Table:
    """The two paths of the first setting."""
    text, outlook = subject.context.language.text, subject.outlook
    growth = subject.context.numbers.percent(outlook.growth, 1)
    columns = (
        Column("year", text("Year"), str),
        Column("assumed", text("At {g} a year", g=growth), subject.result, number=True),
        Column("required", text("Required path"), subject.result, number=True),
    )
    years = range(outlook.base_year, outlook.end_year + 1)
    paths = pd.DataFrame({"year": years, "assumed": outlook.assumed, "required": outlook.required})
    return Table(name, text("Assumed and required path"), columns=columns, frame=paths)
