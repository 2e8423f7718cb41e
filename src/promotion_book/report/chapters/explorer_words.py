"""What an explorer says, written twice alike: by Python for the first setting, by Vega expressions after it.

A value is written as `Numbers` writes it. A Vega expression that does the same is made from what
`Numbers` writes around a digit, so that units and words have one home.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.growth_assumption import GrowthOutlook
from promotion_book.words.markup import Html, escape, fill
from promotion_book.words.numbers import SCALES

SLOT = "\0"


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
    def sizes(self) -> tuple[float, ...]:
        """The sizes in which values are written: money in millions, billions and so on."""
        money = self.context.known.package.row("units", self.row["unit"])["dimension"] == "money"
        return (*SCALES, 1.0) if money else (1.0,)

    @property
    def size(self) -> float:
        """The size in which sliders and axis count."""
        return next((size for size in self.sizes if self.outlook.base >= size), 1.0)

    @property
    def decimals(self) -> int:
        """The decimals with which `Numbers` writes a value of its size."""
        return 2 if len(self.sizes) > 1 else int(self.row["decimals"])

    @property
    def step(self) -> float:
        """The third digit of the start: the step of its slider, to which results are given."""
        return float(10.0 ** max(math.floor(math.log10(self.outlook.base)) - 2, -self.decimals))

    @property
    def unit(self) -> str:
        """What sliders and axis count: USD million, %, products."""
        return " ".join(part.strip() for part in self._around(self.size) if part.strip())

    def written(self, value: float) -> str:
        """A value as the report writes it."""
        return self.context.numbers.of(self.indicator, value)

    def result(self, value: float) -> str:
        """A computed value, to the step."""
        return self.written(round(value / self.step) * self.step)

    def writing(self, value: str) -> str:
        """The Vega expression that writes the value of another one as `written` does."""
        *larger, smallest = [
            f"{quoted(before)} + {number(f'{value} / {size:.0f}', self.decimals)} + {quoted(after)}"
            for size, (before, after) in zip(self.sizes, map(self._around, self.sizes), strict=True)
        ]
        tests = [f"abs({value}) >= {size:.0f} ? {text} : " for size, text in zip(self.sizes, larger, strict=False)]
        return f"({''.join(tests)}{smallest})"

    def _around(self, size: float) -> tuple[str, str]:
        before, _, after = self.written(7 * size).partition("7")
        return before, after


class Part(NamedTuple):
    """A part of the sentence: as it is at first, and the Vega expression that keeps it true."""

    shown: str
    expression: str


def parts(subject: Subject) -> dict[str, Part]:
    """The parts of the sentence that a slider changes."""
    outlook, percent = subject.outlook, subject.context.numbers.percent
    share = f"{number(f'100 * reached / {outlook.target!r}', 0)} + '%'"
    return {
        "growth": Part(percent(outlook.growth, 1), f"{number('growth', 1)} + '%'"),
        "base": Part(subject.written(outlook.base), subject.writing("level")),
        "reached": Part(subject.result(outlook.reached), subject.writing("result")),
        "share": Part(percent(outlook.reached / outlook.target), share),
        "required": Part(percent(outlook.required_growth, 1), f"{number('100 * required', 1)} + '%'"),
        "impossible": _impossible(subject),
    }


def _impossible(subject: Subject) -> Part:
    """What is said of a result that cannot be, as a share of more than 100%."""
    limit = float(subject.row["limit_high"])
    if math.isnan(limit):
        return Part("", "''")
    said = subject.context.language.text("More than {limit} cannot be. ", limit=subject.written(limit))
    return Part(said if subject.outlook.reached > limit else "", f"reached > {limit!r} ? {quoted(said)} : ''")


def sentence(subject: Subject, said: dict[str, Part]) -> Html:
    """The sentence, its changing parts marked; the growth of a share is told apart from points."""
    part = '<span data-signal="says_{name}">{shown}</span>'
    marked = {name: fill(part, name=name, shown=p.shown) for name, p in said.items()}
    share, over = subject.unit == "%", subject.outlook.over(subject.context.known.until)
    message = (
        (
            "With growth of {growth} of itself a year, {base} in {year} would have become {reached} in {end}, {share} of the "
            "target of {target}; the target needed {required} of itself a year. {impossible}An assumption, not a forecast."
            if over
            else "With growth of {growth} of itself a year, {base} in {year} becomes {reached} in {end}, {share} of the target of {target}; "
            "the target needs {required} of itself a year. {impossible}An assumption, not a forecast."
        )
        if share
        else (
            "{growth} a year from {base} in {year} would have given {reached} in {end}, {share} of the target of {target}; "
            "the target needed {required} a year. {impossible}An assumption, not a forecast."
            if over
            else "{growth} a year from {base} in {year} gives {reached} in {end}, {share} of the target of {target}; "
            "the target needs {required} a year. {impossible}An assumption, not a forecast."
        )
    )
    outlook = subject.outlook
    values = {"year": outlook.base_year, "end": outlook.end_year, "target": subject.written(outlook.target), **marked}
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
    rows = [
        {"year": year, "assumed": assumed, "required": required}
        for year, assumed, required in zip(years, outlook.assumed, outlook.required, strict=True)
    ]
    return Table(name, text("Assumed and required path"), columns=columns, frame=as_frame(rows))


def with_signal(message: str, signal: str) -> str:
    """The Vega expression of a message with a signal in its slot."""
    before, after = message.split(SLOT)
    return f"{quoted(before)} + {signal} + {quoted(after)}"


def number(value: str, decimals: int) -> str:
    """The Vega expression that writes a number with no more decimals than it needs, as `Numbers.plain`."""
    return f"format({value}, ',.{decimals}{'~' if decimals else ''}f')"


def quoted(text: str) -> str:
    """A text as a Vega expression has it."""
    return json.dumps(text, ensure_ascii=False)
