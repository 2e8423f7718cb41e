"""What may come next from an indicator's own figures: sentences, a fan with its table, and what it would take.

The range stands in the sentence with its number, and so does the caveat that decides. What cannot be
computed is told with its reason.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from promotion_book.display.context import Context
from promotion_book.display.elements import Mark
from promotion_book.display.fan_chart import Band, Fan, fan_chart
from promotion_book.display.figures import Figure
from promotion_book.display.numbers import DASH
from promotion_book.display.series import required_paths, target_goals
from promotion_book.display.tables import Column, Table
from promotion_book.display.words import CHANCES, FREQUENCY, PERCENT, REASONS
from promotion_book.facts.rows import each
from promotion_book.scenarios.intervals import FEWEST, Interval
from promotion_book.scenarios.outlook import (
    Aim,
    Forecast,
    Outlook,
    Prospect,
    Start,
    aim,
    of_other_scope,
    prospects,
    starts,
)
from promotion_book.scenarios.probability import Chance


def projection_figure(context: Context, indicator: str, found: Outlook | None) -> Figure | None:
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
    draw = fan_chart(marks, fan, context.short(indicator), context.language, goals, paths)
    aimed = aim(context.known, indicator)
    sources = context.sources([*series["source_id"], *(aimed.sources if aimed else ())])
    table = _table(context, indicator, ahead)
    finding = _central(context, indicator, ahead)
    return Figure(table.name, table.caption, text("Fan chart"), finding, draw, table, sources, 4.3, 4.8)


def _central(context: Context, indicator: str, ahead: Forecast) -> str:
    text = context.language.text
    return text(
        "Projected for {year}: {centre}; 80% range {narrow}, 95% range {wide}{caveat}.",
        year=ahead.years[-1],
        centre=context.numbers.of(indicator, ahead.narrow.centre[-1]),
        narrow=_ends(context, indicator, ahead.narrow),
        wide=_ends(context, indicator, ahead.wide),
        caveat=text("; after growth as steady as this both are too narrow") if ahead.steady else "",
    )


def _ends(context: Context, indicator: str, band: Interval) -> str:
    show = context.short(indicator)
    return context.language.text("{low} to {high}", low=show(band.lower[-1]), high=show(band.upper[-1]))


def _table(context: Context, indicator: str, ahead: Forecast) -> Table:
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
    rows: list[dict[str, Any]] = [
        {"year": year, **{key: round(float(line[n]), decimals) for key, (_, line) in lines.items()}}
        for n, year in enumerate(ahead.years)
    ]
    name = context.indicator(indicator) + context.in_unit(indicator)
    caption = text("{name}: projected to {year}", name=name, year=ahead.years[-1])
    return Table(f"{indicator}_projection", caption, columns, rows)


def refusal_sentences(context: Context, indicator: str, found: Outlook | None) -> list[str]:
    """Why nothing is projected; none with a forecast, or without a target to look ahead to."""
    if found is None or found.forecast is not None:
        return []
    text, name = context.language.text, context.indicator(indicator)
    return [text("{name}: nothing is projected from its own figures. {why}.", name=name, why=_why(context, found))]


def reading_sentences(context: Context, indicator: str, found: Outlook | None) -> list[str]:
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
            "economies, industries and tourism, cut as short. That this series behaves like them is an assumption. On "
            "average such series ended above the central line.",
            n=len(found.figures),
        ),
    ]
    steady = text(
        "The growth so far is steady. After such growth the 80% range held only a third to a half of the outcomes, the "
        "95% range two thirds to 85%; most of the others lay where the trend led."
    )
    running = text("A running total cannot fall, so no range goes below the latest figure.")
    return [*said, *[steady] * ahead.steady, *[running] * found.running]


def projection_record(context: Context, indicator: str, found: Outlook | None) -> list[dict[str, Any]]:
    """The projection as data, for the result files: one row a year; no row without a forecast."""
    return _table(context, indicator, found.forecast).rows if found and found.forecast else []


def _why(context: Context, found: Outlook) -> str:
    text = context.language.text
    match found.reason:
        case "too_few_figures":
            years = context.language.listed([str(year) for year in found.years])
            return text("Whole years with a figure: {years}; at least {fewest} are needed", years=years, fewest=FEWEST)
        case "years_missing":
            years = context.language.listed([str(year) for year in found.missing])
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


def target_sentences(context: Context, total: str, yearly: str, found: Outlook | None) -> list[str]:
    """How likely each level of a running total's target is, and what it takes a year beside what a year has given.

    Without a forecast no chance is told; `refusal_sentences` has the reason.
    """
    aimed = aim(context.known, total)
    if found is None or aimed is None:
        return []
    likely = [_prospect(context, total, aimed.year, p) for p in prospects(found, aimed.levels) if not p.reason]
    ahead = bool(found.years) and aimed.year > found.years[-1]
    open_levels = [level for level in aimed.levels if ahead and level > found.figures[-1]]
    return [*likely, *(_needed(context, total, yearly, found, level) for level in open_levels)]


def _prospect(context: Context, indicator: str, year: int, prospect: Prospect) -> str:
    text, level = context.language.text, context.numbers.of(indicator, prospect.level)
    if prospect.chance is None:
        return text(
            "{level}: reached in {year}, and a running total keeps what it has reached.",
            level=level,
            year=prospect.reached,
        )
    return text(
        "{level} by {year}: {chance}, if past year-to-year variation continues.",
        level=level,
        year=year,
        chance=chance_words(context, prospect.chance),
    )


def _needed(context: Context, total: str, yearly: str, found: Outlook, level: float) -> str:
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


def renewal_sentences(context: Context, total: str, valid: str, yearly: str) -> list[str]:
    """What the target of a total takes if it means what is still valid, which is the sum of the last years."""
    aimed = aim(context.known, total)
    given, text = context.known.series(yearly)["value"].dropna(), context.language.text
    if aimed is None or given.empty:
        return []
    years = int(str(context.known.package.row("indicators", valid)["derivation"]).split(":")[2])
    needed = [math.ceil(level / years) for level in aimed.levels]
    return [
        text(
            "Read as valid titles, which last {years} years, {levels} take {needed} new ones a year. Years so far that gave "
            "{least} or more: {n} of {all}.",
            years=years,
            levels=_span(context, valid, aimed.levels),
            needed=_span(context, yearly, needed),
            least=needed[0],
            n=int((given >= needed[0]).sum()),
            all=len(given),
        )
    ]


def _span(context: Context, indicator: str, values: Sequence[float]) -> str:
    low, high = (context.short(indicator)(value) for value in (values[0], values[-1]))
    return low if low == high else f"{low}{DASH}{high}"


def starts_table(context: Context, indicator: str) -> Table | None:
    """For each figure that may be the right start: what each level of the target takes a year, in percentage points.

    None without a target or any figure before it; without rows where all of these are of another scope.
    """
    aimed = aim(context.known, indicator)
    if aimed is None:
        return None
    found, apart = starts(context.known, indicator, aimed), _apart(context, indicator, aimed)
    if not found and not apart:
        return None
    text, of = context.language.text, context.numbers.of
    levels = {f"to_{level:g}": text("A year to {level}", level=of(indicator, level)) for level in aimed.levels}
    columns = (
        Column("start", text("Start"), lambda v: of(indicator, v)),
        Column("year", text("Year"), str),
        *(Column(key, heading, lambda v: context.numbers.plain(v, 2), number=True) for key, heading in levels.items()),
        Column("source", text("Source")),
    )
    rows: list[dict[str, Any]] = [
        {
            "start": start.value,
            "year": start.year,
            **{key: round(needed, 4) for key, needed in zip(levels, start.needed, strict=True)},
            "source": context.source(start.source_id).link,
            "source_id": start.source_id,
        }
        for start in found
    ]
    name = context.indicator(indicator)
    caption = text("{name}: percentage points a year that {year} takes from each start", name=name, year=aimed.year)
    sources = context.sources([*(start.source_id for start in found), *aimed.sources])
    note = " ".join([_starts_note(context, indicator, found, aimed), *apart]) if found else ""
    raw, empty = (
        ("start", "year", *levels, "source_id"),
        " ".join([text("No start is known for {name}.", name=name), *apart]),
    )
    return Table(f"{indicator}_starts", caption, columns, rows, note, raw, sources, empty)


def _apart(context: Context, indicator: str, aimed: Aim) -> list[str]:
    """The figures that are no starts because they are of another scope, in one sentence; none without any."""
    rows = each(of_other_scope(context.known, indicator, aimed))
    if not rows:
        return []
    text = context.language.text
    said = [
        text(
            "{value} ({period}, {scope})",
            value=context.numbers.figure(row),
            period=context.period(row.period),
            scope=context.scope_name(row.scope),
        )
        for row in rows
    ]
    template = "Figures of another scope are not compared with the target: {figures}."
    return [text(template, figures=context.language.listed(said))]


def _starts_note(context: Context, indicator: str, found: Sequence[Start], aimed: Aim) -> str:
    low, high = min(found, key=lambda s: s.needed[-1]), max(found, key=lambda s: s.needed[-1])
    of, plain = context.numbers.of, context.numbers.plain
    values = {
        "level": of(indicator, aimed.levels[-1]),
        "year": aimed.year,
        "least": plain(low.needed[-1], 2),
        "first": of(indicator, low.value),
        "then": low.year,
    }
    if low == high:
        return context.language.text(
            "{level} in {year} takes {least} percentage points a year from {first} in {then}.", **values
        )
    return context.language.text(
        "{level} in {year} takes {least} to {most} percentage points a year: the least from {first} in {then}, the most "
        "from {last} in {now}. Which start is right is not known.",
        **values,
        most=plain(high.needed[-1], 2),
        last=of(indicator, high.value),
        now=high.year,
    )
