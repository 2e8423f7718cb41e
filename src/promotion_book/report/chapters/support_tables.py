"""What the support of a programme brought for its money, and what the parts of the place come to together."""

from __future__ import annotations

from typing import Any

import pandas as pd

from promotion_book.digits import round_to_digits
from promotion_book.report.context import Context
from promotion_book.report.tables import Column, Table
from promotion_book.statistics.money import RATIOS, support_ratios
from promotion_book.statistics.roll_up import ROLLED_UP, figures_of_parts, roll_up


def is_done(results: pd.DataFrame) -> pd.Series[bool]:
    """Whether a row of `period_results` says more than what was planned: a figure, or money that was approved."""
    return results[["done", "since_start"]].notna().any(axis=1) | (results["fund"].ne("") & results["plan"].notna())


def support_table(context: Context, results: pd.DataFrame, *, period: str) -> Table:
    """Own capital for each dong of support, and the support for an establishment, a job or a learner."""
    text, known = context.language.text, context.known
    found = support_ratios(results, known.package["funds"], indicators=known.indicators.reset_index(drop=True))
    columns = (
        Column("what", text("What for what"), wide=True, of=lambda row: _what(context, row)),
        Column("shown", text("Amount"), number=True, of=lambda row: _ratio(context, row)),
        Column("of", text("Period"), of=lambda row: _basis(context, row, period=period)),
        Column("above", text("Money"), number=True, of=lambda row: context.numbers.of(row.indicator_id, row.amount)),
        Column("below", text("For"), number=True, of=lambda row: context.numbers.of(row.over, row.base)),
    )
    note = text(
        "Both amounts are of the same period, and both paid or both approved. Support is that of the national and the "
        "local programme together; where one of the two is not known, nothing is computed. The support for one is a mean: "
        "it is not what each received."
    )
    caption = text("Support and own capital, {period}", period=context.period(period))
    return Table("support", caption, columns=columns, frame=found, note=note, raw=tuple(RATIOS))


def _what(context: Context, row: Any) -> str:
    text, unit, money = context.language.text, context.unit(row.over), context.indicator(row.indicator_id)
    if unit["dimension"] == "money":
        return text("{money}, for {one} of support", money=money, one=context.numbers.amount(1, unit["unit_id"]))
    return text("{money}, for one {unit}", money=money, unit=context.numbers.unit_name(unit["unit_id"], one=True))


def _ratio(context: Context, row: Any) -> str:
    if context.unit(row.over)["dimension"] == "money":
        return context.numbers.plain(row.ratio, 2)
    return context.numbers.of(row.indicator_id, round_to_digits(row.ratio, 3))


def _basis(context: Context, row: Any, *, period: str) -> str:
    """Of when the amounts are, and whether they were done or only planned."""
    text = context.language.text
    if row.basis == "plan":
        return text("plan for {period}", period=context.period(row.period))
    if row.basis == "since_start":
        return text("since the start of {years}", years=context.period(row.period))
    return context.period(period)


def added_up_table(context: Context, indicators: pd.Index, *, period: str) -> Table:
    """What the districts or communes of the place report for a period together, and which of them are missing."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Content"), context.indicator),
        Column("sum", text("Together"), number=True, of=lambda row: context.short(row.indicator_id)(row.total)),
        Column("coverage", text("Reported"), of=lambda row: _coverage(context, row)),
        Column("absent", text("Missing"), wide=True, of=lambda row: context.parts_of_place(row.missing)),
    )
    found = roll_up(*figures_of_parts(context.known, indicators, period=period))
    note = text(
        "Added up from the figures of the districts or communes that the tables of this report name; for those that "
        "are missing nothing is assumed."
    )
    caption = text("The parts of the place together, {period}", period=context.period(period))
    return Table("parts_together", caption, columns=columns, frame=found, note=note, raw=tuple(ROLLED_UP[:-1]))


def _coverage(context: Context, row: Any) -> str:
    return context.language.text("{reported} of {expected}", reported=str(row.reported), expected=str(row.expected))
