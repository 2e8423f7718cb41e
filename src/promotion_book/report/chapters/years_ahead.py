"""The table of what every target that is still to come asks of each year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.chapters.figure_time import counted_in
from promotion_book.report.chapters.verdicts import statement_name
from promotion_book.report.context import Context
from promotion_book.report.sources import add_source
from promotion_book.report.tables import Column, Table
from promotion_book.scenarios.next_years import KEY, limits_ahead, next_years
from promotion_book.scenarios.pace_ahead import ANEW, STOCK, TOTAL
from promotion_book.scenarios.whole_years import last_whole_year
from promotion_book.words.markup import Html
from promotion_book.words.numbers import DASH, NumberFormat
from promotion_book.words.status_words import REASONS

ENDS = ("wanted", "each_year", "growth", "enough")  # in which the ends of a range differ
RAW = (
    *("indicator_id", "scope", "period", "wanted", "wanted_high", "since", "figure", "years", "each_year"),
    *("each_year_high", "growth", "growth_high", "usual", "usual_since", "usual_figure", "source_id"),
)


def yearly_table(context: Context, indicators: Iterable[str] | None = None) -> Table:
    """What every target still to come asks of each year, beside what the pace so far leads to.

    A target that is a range has one row, from what its lower end asks to what its upper end asks. A column in which no
    target has anything is left out, and the note on it too; where no figure is known, the note alone says so.
    """
    text, found = context.language.text, next_years(context.known)
    limits = limits_ahead(context.known)
    if indicators is not None:
        found, limits = (rows[rows["indicator_id"].isin(set(indicators))] for rows in (found, limits))
    highest = found.drop_duplicates(KEY, keep="last")[[*KEY, *ENDS]]
    found = found.drop_duplicates(KEY).merge(highest, on=KEY, suffixes=("", "_high"))
    columns = (
        Column("target", text("Indicator and period"), of=lambda row: statement_name(context, row)),
        Column("wanted_shown", text("Target"), of=lambda row: _wanted(context, row)),
        Column("figure_shown", text("Last figure"), of=lambda row: _last_figure(context, row)),
        Column("needed", text("Needed each year"), of=lambda row: _needed(context, row)),
        Column("usual_shown", text("At the pace so far"), of=lambda row: _at_the_pace(context, row)),
    )
    unknown = bool(len(found)) and bool(found["reason"].eq("no_figure").all())
    empty = text("No target still to come was public by {day}.", day=context.day(context.known.on))
    told = tuple(one for one in columns if not (unknown and one.key == "figure_shown"))
    table = Table("next_years", "", columns=told, frame=found, raw=RAW, empty=empty).lean()
    filled = [one.key for one in table.columns] if len(found) else []
    asked = {"needed", "usual_shown"} & {*filled}
    caption = text("What the targets to come ask of each year") if asked else text("Targets to come")
    several = found.duplicated(["indicator_id", "scope", "period"]).any()
    notes = _notes(context, unknown=unknown, asked=bool(asked), several=bool(several))
    note = " ".join(filter(None, [*map(notes.get, filled), _limits(context, limits)]))
    return replace(table, caption=caption, note=note)


def _notes(context: Context, *, unknown: bool, asked: bool, several: bool) -> dict[str, str]:
    """What is to be known of a column, by its key; `unknown` is whether no target has a figure, `asked` whether one asks for
    an amount a year, `several` whether one is stated in several ways.
    """
    text = context.language.text
    silent = text("No published figure that fits was found.") if unknown else ""
    if not asked:
        silent = text(
            "No published figure that fits was found, so what is still needed each year cannot be computed."
            if unknown
            else "What each year must bring cannot be said: the target itself is that of a year, or no figure to start from was found."
        )
    stated = text("Sources that state a target differently have a row each.") if several else ""
    return {
        "target": f"{silent} {stated}".strip(),
        "needed": text("A total is divided over the years that are left, as if nothing had been done.")
        if unknown
        else text(
            "What is needed counts from the last figure on; a total without one is divided over the years that are left, as if "
            "nothing had been done. None is given where the target itself is that of a year, or no figure to start from was found."
        ),
        "usual_shown": text(
            "The pace so far is what a year added or brought on average. It uses the latest unbroken run of years, without the "
            "first round of a programme; the run stops where a year is missing or where the growth rate does not match the "
            "published amounts. That it continues is assumed, not forecast."
        ),
    }


def _limits(context: Context, rows: pd.DataFrame) -> str:
    """The limits that have no row, in a sentence; empty without any."""
    wanted = [context.numbers.figure(row, words=False, target=True) for row in each(rows)]
    said = "; ".join(f"{statement_name(context, row)}: {limit}" for row, limit in zip(each(rows), wanted, strict=True))
    told = "A limit asks for nothing to be added and has no row; a figure above it must fall ({limits})."
    return context.language.text(told, limits=said) if said else ""


def _statement(context: Context, row: Any) -> Any:
    """The statement that a row is of, as the table of targets has it."""
    (statement,) = each(context.known.targets.query("target_id == @row.target_id"))
    return statement


def _wanted(context: Context, row: Any) -> Html:
    wanted = context.numbers.figure(_statement(context, row), words=False, target=True)
    return add_source(wanted, context.source(row.source_id).link)


def _amount(numbers: NumberFormat, indicator: str, *, low: float, high: float, decimals: int = 0) -> str:
    """An amount of an indicator without the name of a counted unit, or a range of it."""
    if low == high:
        return numbers.of(indicator, low, words=False, decimals=decimals)
    return numbers.span(indicator, low, high, words=False, decimals=decimals)


def _needed(context: Context, row: Any) -> str | None:
    """What each year must bring, at most or at least so much where the last figure or what is wanted is only a bound; from
    a bound to a bound both are told. Nothing where it is what the target says.
    """
    text, printed = context.language.text, _printed(row)
    if pd.isna(row.each_year) or row.asks == ANEW:
        return None
    if not row.each_year_high:
        return text("nothing more: the last figure reaches it")
    wanted = _statement(context, row)
    needed = context.numbers.left(lambda numbers: _each_year(context, row, numbers), figure=printed, wanted=wanted)
    if needed is None:
        first, last = (context.numbers.figure(one, words=False) for one in (printed, wanted))
        return text("from {first} to {last}", first=first, last=last)
    older = row.asks == STOCK and row.since < last_whole_year(context.known)
    return text("{needed}, from {year} on", needed=needed, year=int(row.since)) if older else needed


def _printed(row: Any) -> SimpleNamespace:
    """The last figure as its source prints it."""
    return SimpleNamespace(indicator_id=row.indicator_id, value=row.figure, low=row.figure_low, high=row.figure_high)


def _last_figure(context: Context, row: Any) -> str:
    text = context.language.text
    if row.reason:
        return text(REASONS[row.reason])
    figure = context.numbers.figure(_printed(row), words=False)
    if row.asks == TOTAL:
        return text("{figure} so far", figure=figure) if row.since >= row.first else text("not begun yet")
    return counted_in(context, figure, day=row.figure_end)


def _each_year(context: Context, row: Any, numbers: NumberFormat) -> str:
    """What each year must add or bring; of a share that stands at a time an addition in percentage points, of other stocks
    with the growth that this is.
    """
    text = context.language.text
    amount = _amount(numbers, row.indicator_id, low=row.each_year, high=row.each_year_high, decimals=1)
    if row.asks != STOCK:
        return text("{amount} a year", amount=amount)
    if context.unit(row.indicator_id)["dimension"] == "percent":
        points = amount.rstrip("%")
        one = text("1 percentage point more a year")
        return one if points == "1" else text("{points} percentage points more a year", points=points)
    added = text("{amount} more a year", amount=amount)
    if pd.isna(row.growth):
        return added
    high = numbers.percent(row.growth_high, 1)
    low = "" if row.growth == row.growth_high else f"{numbers.plain(100 * row.growth, 1)}{DASH}"
    return text("{needed}; growth of {growth}", needed=added, growth=low + high)


def _at_the_pace(context: Context, row: Any) -> str | None:
    """What the pace so far leads to, and whether that is enough: for both ends of a range, or for the lower one."""
    if pd.isna(row.usual_figure):
        return None
    text, ends = context.language.text, ((row.enough, row.wanted), (row.enough_high, row.wanted_high))
    figure = context.numbers.apart(
        usual := row.usual_figure,
        next((wanted for enough, wanted in ends if not enough), usual),
        lambda numbers, value: _amount(
            numbers, row.indicator_id, low=value, high=value, decimals=int(row.asks == ANEW)
        ),
    )
    enough = (
        (text("enough") if row.enough_high else text("enough for the lower end")) if row.enough else text("not enough")
    )
    said = {"figure": figure, "years": f"{int(row.usual_since)}{DASH}{int(row.usual_until)}", "enough": enough}
    if row.asks == ANEW:
        return text("{figure} a year, as in {years}: {enough}", **said)
    return text("{figure} by {year}, at the pace of {years}: {enough}", **said, year=row.year)
