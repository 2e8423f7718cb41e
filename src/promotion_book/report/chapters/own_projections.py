"""What may come next from an indicator's own figures: sentences, a fan with its table, and what it would take.

The range stands in the sentence with its number, and so does the caveat that decides. What cannot be
computed is told with its reason.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from promotion_book.charts.elements import Mark
from promotion_book.charts.fan_chart import Band, Fan, fan_chart
from promotion_book.facts.rows import each, records
from promotion_book.report.chapters.series import required_paths, target_goals
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Column, Table
from promotion_book.scenarios.outlook import (
    Aim,
    Forecast,
    Outlook,
    Prospect,
    aim,
    prospects,
)
from promotion_book.scenarios.predictive import FEWEST, Interval
from promotion_book.scenarios.probability import Chance
from promotion_book.words.numbers import DASH
from promotion_book.words.status_words import CHANCES, FREQUENCY, PERCENT, REASONS


def projection_figure(context: Context, indicator: str, *, found: Outlook | None) -> ReportFigure | None:
    """The known figures and the fan that follows, with targets and required paths; None without a forecast."""
    if found is None or found.forecast is None:
        return None
    ahead, text = found.forecast, context.language.text
    series = context.known.series(indicator).dropna(subset=["value"])
    marks = [Mark(row.period_end.year, row.value, row.status) for row in each(series)]
    bands = [
        Band(list(b.lower), list(b.upper), text("{level} range", level=context.numbers.percent(b.level)))
        for b in (ahead.narrow, ahead.wide)
    ]
    goals, paths = target_goals(context, indicator), required_paths(context, indicator)
    fan = Fan(ahead.years, list(ahead.narrow.centre), *bands)
    draw = fan_chart(marks, fan, show=context.short(indicator), language=context.language, goals=goals, paths=paths)
    aimed = aim(context.known, indicator)
    sources = context.sources([*series["source_id"], *(aimed.sources if aimed else ())])
    table = _table(context, indicator, ahead=ahead)
    finding = _central(context, indicator, ahead=ahead)
    return ReportFigure(
        table.name,
        table.caption,
        kind=text("Fan chart"),
        finding=finding,
        draw=draw,
        table=table,
        sources=sources,
        height=4.3,
        narrow_height=4.8,
    )


def _central(context: Context, indicator: str, *, ahead: Forecast) -> str:
    text = context.language.text
    return text(
        "Projected for {year}: {centre}; 80% range {narrow}, 95% range {wide}.",
        year=ahead.years[-1],
        centre=context.numbers.of(indicator, ahead.narrow.centre[-1]),
        narrow=_ends(context, indicator, band=ahead.narrow),
        wide=_ends(context, indicator, band=ahead.wide),
    )


def _ends(context: Context, indicator: str, *, band: Interval) -> str:
    show = context.short(indicator)
    return context.language.text("{low} to {high}", low=show(band.lower[-1]), high=show(band.upper[-1]))


def _table(context: Context, indicator: str, *, ahead: Forecast) -> Table:
    text = context.language.text
    lines = {
        "naive": (text("Stays as it is"), ahead.naive),
        "drift": (text("Average change goes on"), ahead.drift),
        "central": (text("Projected"), ahead.narrow.centre),
        "low80": (text("80%, low end"), ahead.narrow.lower),
        "high80": (text("80%, high end"), ahead.narrow.upper),
        "low95": (text("95%, low end"), ahead.wide.lower),
        "high95": (text("95%, high end"), ahead.wide.upper),
    }
    show, decimals = context.short(indicator), int(context.known.package.row("indicators", indicator)["decimals"])
    columns = (
        Column("year", text("Year"), str),
        *(Column(key, heading, show, number=True) for key, (heading, _) in lines.items()),
    )
    rounded = {key: [round(float(value), decimals) for value in line] for key, (_, line) in lines.items()}
    frame = pd.DataFrame({"year": ahead.years, **rounded})
    name = context.indicator(indicator) + context.in_unit(indicator)
    caption = text("{name}: projected to {year}", name=name, year=ahead.years[-1])
    return Table(f"{indicator}_projection", caption, columns=columns, frame=frame)


def refusal_sentences(context: Context, indicator: str, *, found: Outlook | None) -> list[str]:
    """Why nothing is projected; none with a forecast, or without a target to look ahead to."""
    if found is None or found.forecast is not None:
        return []
    text, name = context.language.text, context.indicator(indicator)
    return [text("{name}: nothing is projected from its own figures. {why}.", name=name, why=_why(context, found))]


def reading_sentences(context: Context, indicator: str, *, found: Outlook | None) -> list[str]:
    """What stands beside a projection: the plain methods, where its ranges are from, and how far they hold."""
    if found is None or found.forecast is None:
        return []
    text, ahead, show = context.language.text, found.forecast, context.short(indicator)
    said = [
        text(
            "If the figure stays as it is: {naive} in {year}. If its average change goes on: {drift}.",
            naive=show(ahead.naive[-1]),
            drift=show(ahead.drift[-1]),
            year=ahead.years[-1],
        ),
        text(
            "The ranges are not measured on these {n} figures alone: they held 80% and 95% of many other yearly series, of "
            "economies, industries and tourism, cut as short. That this series behaves like them is an assumption. Half of "
            "such series ended above the central line.",
            n=len(found.rests_on),
        ),
    ]
    running = text(
        "What each year adds is projected and added up, so the total never falls and never differs from the projection "
        "of the yearly figure."
    )
    return [*said, *[running] * found.running]


def projection_record(context: Context, indicator: str, *, found: Outlook | None) -> list[dict[str, Any]]:
    """The projection as data, for the result files: one row a year; no row without a forecast."""
    return records(_table(context, indicator, ahead=found.forecast).frame) if found and found.forecast else []


def _why(context: Context, found: Outlook) -> str:
    text = context.language.text
    match found.reason:
        case "too_few_figures":
            years = context.language.join_list([str(year) for year in found.rests_on]) or text("none")
            return text(
                "Whole years of which it is known what they added: {years}; at least {fewest} are needed"
                if found.running
                else "Whole years with a figure: {years}; at least {fewest} are needed",
                years=years,
                fewest=FEWEST,
            )
        case "years_missing":
            years = context.language.join_list([str(year) for year in found.missing])
            return text("The series has a gap, no figure was found for {years}", years=years)
        case "no_time":
            return text(
                "The last target is for {until}, and the figures reach {last}", until=found.until, last=found.years[-1]
            )
    reason = text(REASONS[found.reason])
    return reason[:1].upper() + reason[1:]


def chance_words(context: Context, chance: Chance) -> str:
    """A chance as readers get it: about 4 in 10 (40%), about as likely as not."""
    text, (count, of) = context.language.text, chance.frequency
    return text(
        "{frequency} ({percent}), {word}",
        frequency=text(FREQUENCY[chance.bound], n=count, all=of),
        percent=text(PERCENT[chance.bound], n=context.numbers.percent(chance.percent / 100)),
        word=text(CHANCES[chance.word]),
    )


def target_sentences(context: Context, total: str, *, yearly: str, found: Outlook | None) -> list[str]:
    """How likely each level of a running total's target is, and what it takes a year beside what a year has given.

    Without a forecast no chance is told; `refusal_sentences` has the reason.
    """
    aimed = aim(context.known, total)
    if found is None or aimed is None:
        return []
    likely = [_prospect(context, total, aimed=aimed, prospect=p) for p in prospects(found, aimed) if not p.reason]
    ahead = bool(found.years) and aimed.year > found.years[-1] and not aimed.at_most
    open_levels = [level for level in aimed.levels if ahead and level > found.figures[-1]]
    return [*likely, *(_needed(context, total, yearly=yearly, found=found, level=level) for level in open_levels)]


def _prospect(context: Context, indicator: str, *, aimed: Aim, prospect: Prospect) -> str:
    text, level = context.language.text, context.numbers.of(indicator, prospect.level)
    if prospect.chance is None and aimed.at_most:
        return text("{level}: passed in {year}, and a running total does not fall.", level=level, year=prospect.passed)
    if prospect.chance is None:
        return text(
            "{level}: reached in {year}, and a running total keeps what it has reached.",
            level=level,
            year=prospect.passed,
        )
    template = "At most {level} in {year}: {chance}" if aimed.at_most else "{level} by {year}: {chance}"
    said = text(template, level=level, year=aimed.year, chance=chance_words(context, prospect.chance))
    return text("{said}, by the same distribution as the ranges.", said=said)


def _needed(context: Context, total: str, *, yearly: str, found: Outlook, level: float) -> str:
    show, given = context.short(total), context.known.series(yearly)["value"].dropna()
    latest, left = found.figures[-1], found.until - found.years[-1]
    return context.language.text(
        "From {latest} in {now}, {level} by {year} takes {needed} a year; the years so far gave {least} to {most} each.",
        latest=show(latest),
        now=found.years[-1],
        level=context.numbers.of(total, level),
        year=found.until,
        needed=math.ceil((level - latest) / left),
        least=show(given.min()),
        most=show(given.max()),
    )


def renewal_sentences(context: Context, total: str, *, valid: str, yearly: str) -> list[str]:
    """What the target of a total takes if it means what is still valid, which is the sum of the last years."""
    aimed = aim(context.known, total)
    given, text = context.known.series(yearly)["value"].dropna(), context.language.text
    if aimed is None or given.empty:
        return []
    years = int(str(context.known.package.row("indicators", valid)["derivation"]).split(":")[2])
    needed = [math.ceil(level / years) for level in aimed.levels]
    return [
        text(
            "Read as valid titles, which last {years} years, {levels} took {needed} new ones a year. Years that gave {least} "
            "or more: {n} of {all}."
            if aimed.over(context.known.until)
            else "Read as valid titles, which last {years} years, {levels} take {needed} new ones a year. Years so far that "
            "gave {least} or more: {n} of {all}.",
            years=years,
            levels=_span(context, valid, values=aimed.levels),
            needed=_span(context, yearly, values=needed),
            least=needed[0],
            n=int((given >= needed[0]).sum()),
            all=len(given),
        )
    ]


def _span(context: Context, indicator: str, *, values: Sequence[float]) -> str:
    low, high = (context.short(indicator)(value) for value in (values[0], values[-1]))
    return low if low == high else f"{low}{DASH}{high}"
