"""All scenarios of an indicator on a page: a chart with its numbers, and a table of who says so and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from string import ascii_uppercase
from typing import Any

from promotion_book.charts.axes import mark_handles
from promotion_book.charts.elements import Mark
from promotion_book.charts.scenario_chart import Course, scenario_chart
from promotion_book.facts.rows import each
from promotion_book.report.chapters.assumed_targets import led_to
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.comparison import Comparison, Line
from promotion_book.scenarios.later import Later, later_figures
from promotion_book.words.status_words import ALL_PATHS, ASSUMED, ONE_PATH, SCENARIO_REASONS, WHY_ASSUMED

BACK = 8  # years before the first scenario for which known figures are drawn


def scenario_items(context: Context, comparisons: Iterable[Comparison]) -> list[ReportFigure | Table]:
    """A chart, where a scenario leads anywhere, and a table for each indicator."""
    return [
        item
        for found in comparisons
        for item in (scenario_figure(context, found), scenario_table(context, found))
        if item
    ]


def scenario_figure(context: Context, found: Comparison) -> ReportFigure | None:
    """Known figures and every scenario that can be projected; scenarios that lead the same way share a line."""
    text, indicator = context.language.text, found.indicator
    courses = [_course(context, indicator, letter=letter, lines=lines) for letter, lines in _lettered(found)]
    if not courses:
        return None
    first = min(course.years[0] for course in courses)
    figures = [row for row in each(found.figures) if first - BACK <= row.period_end.year]
    marks = [Mark(row.period_end.year, row.value, row.status) for row in figures]
    joined = context.known.package.row("indicators", indicator)["series"] == "yes"
    draw = scenario_chart(marks, joined, courses=courses, show=context.short(indicator), language=context.language)
    title = text(
        "{name}{unit}: scenarios to {year}",
        name=context.indicator(indicator),
        unit=context.in_unit(indicator),
        year=found.until,
    )
    kind, finding = text("Line chart"), _finding(context, found, courses=courses)
    standing = len(mark_handles([mark.status for mark in marks], context.language))
    wide, narrow = (
        0.2 * (standing + sum(course.key(small).count("\n") + 1 for course in courses)) for small in (False, True)
    )
    sources = context.sources([*(row.source_id for row in figures), *_source_ids(found)])
    return ReportFigure(
        f"{indicator}_scenarios",
        title,
        kind=kind,
        finding=finding,
        draw=draw,
        table=_numbers(context, found, courses=courses),
        sources=sources,
        height=3.3 + wide,
        narrow_height=3.2 + narrow,
    )


def _course(context: Context, indicator: str, *, letter: str, lines: list[Line]) -> Course:
    name = "; ".join(_named(context, indicator, line) for line in lines)
    years, values = lines[0].years, lines[0].values
    return Course(letter, name, years, values, led_to(context, indicator, value=values[-1]))


def _lettered(found: Comparison) -> list[tuple[str, list[Line]]]:
    """The lines that lead somewhere, those with the same figures together, with a letter each."""
    groups: dict[tuple[Any, ...], list[Line]] = {}
    for line in found.lines:
        if line.years:
            key = (line.years, tuple(float(f"{value:.9g}") for value in line.values))
            groups.setdefault(key, []).append(line)
    return list(zip(ascii_uppercase, groups.values(), strict=False))


def _named(context: Context, indicator: str, line: Line) -> str:
    text = context.language.text
    if line.plan is None:
        aim = led_to(context, indicator, value=line.aim) if line.aim is not None else ""
        return text(ASSUMED[line.name], aim=aim)
    return context.in_language(line.plan.row, "name")


def _finding(context: Context, found: Comparison, *, courses: list[Course]) -> str:
    text = context.language.text
    last = max(course.years[-1] for course in courses)
    ends = sorted(course.values[-1] for course in courses if course.years[-1] == last)
    low, high = (led_to(context, found.indicator, value=end) for end in (ends[0], ends[-1]))
    template = "In {year} the scenarios lead to {low} to {high}. None of them is a forecast."
    alone = "In {year} the scenarios lead to {low}. That is not a forecast."
    said = text(alone if low == high else template, year=last, low=low, high=high)
    return " ".join([said, *_what_came(context, found)])


def _later(context: Context, found: Comparison) -> list[str]:
    """What was stated of the years after the last figure, beside the scenarios."""
    if found.figures.empty:
        return []
    paths = [dict(zip(line.years, line.values, strict=True)) for line in found.lines if line.years]
    later = later_figures(context.known, found.indicator, since=int(found.figures["period"].iloc[-1]), paths=paths)
    said = []
    for one in later:
        said.append(
            context.language.text("A later statement is {figure}.", figure=_figure_with_period(context, one.row))
        )
        said += _place(context, found.indicator, one, paths=len(paths))
    return said


def _place(context: Context, indicator: str, later: Later, *, paths: int) -> list[str]:
    """Where a later figure lies beside so many assumed paths; none where no path reaches it."""
    if later.paths is None:
        return []
    text = context.language.text
    low, high = (context.numbers.of(indicator, round(end, -6) or end) for end in later.paths)
    return [text(ONE_PATH[later.place], value=low) if paths == 1 else text(ALL_PATHS[later.place], low=low, high=high)]


def _figure_with_period(context: Context, row: Any) -> str:
    """A figure with its period and, where it has one, its scope."""
    about = ", ".join(filter(None, (context.period(row.period), context.scope(row))))
    return f"{context.numbers.figure(row)} ({about})"


def _what_came(context: Context, found: Comparison) -> list[str]:
    """The figure of the last year, where that year is over."""
    text, last = context.language.text, found.figures[found.figures["period"] == str(found.until)]
    if len(last):
        return [
            text(
                "The figure known of {year} is {value}.",
                year=found.until,
                value=led_to(context, found.indicator, value=last["value"].iloc[0]),
            )
        ]
    return [text("That year is over, and no figure of it was found.")] if _over(context, found) else []


def _over(context: Context, found: Comparison) -> bool:
    return date(found.until, 12, 31) <= context.known.until


def _numbers(context: Context, found: Comparison, *, courses: list[Course]) -> Table:
    text = context.language.text
    years = sorted({year for course in courses for year in course.years})
    columns = (
        Column("scenario", text("Scenario"), wide=True),
        *(
            Column(str(year), str(year), lambda v: led_to(context, found.indicator, value=v), number=True)
            for year in years
        ),
    )
    rows: list[dict[str, Any]] = [
        {"scenario": f"{course.letter}: {course.name}"}
        | {str(year): value for year, value in zip(course.years, course.values, strict=True)}
        for course in courses
    ]
    caption = text("{name}: the scenarios year by year", name=context.indicator(found.indicator))
    return Table(f"{found.indicator}_scenarios", caption, columns=columns, frame=as_frame(rows))


def scenario_table(context: Context, found: Comparison) -> Table:
    """Every scenario: whose it is, from where to where it leads, and why; what cannot be projected says so."""
    text = context.language.text
    columns = (
        Column("scenario", text("Scenario")),
        Column("origin", text("Of whom")),
        Column("start", text("Starts from")),
        Column("end", text("Leads to")),
        Column("reason", text("What is assumed, and why"), wide=True),
    )
    letters = {id(line): letter for letter, lines in _lettered(found) for line in lines}
    rows = [_row(context, found, line=line, letter=letters.get(id(line), "")) for line in found.lines]
    raw = ("scenario", "since", "start_value", "until", "end_value", "source_id", "refused")
    caption = text("{name}: whose scenarios, and why", name=context.indicator(found.indicator))
    note = text("Scenarios follow from assumptions; none is a forecast. Low, base and high are not a probability.")
    note = " ".join([*_later(context, found), note])
    return Table(f"{found.indicator}_assumptions", caption, columns=columns, frame=as_frame(rows), note=note, raw=raw)


def _row(context: Context, found: Comparison, *, line: Line, letter: str) -> dict[str, Any]:
    text, indicator = context.language.text, found.indicator
    name, said = _named(context, indicator, line), {"source_id": line.source_id, "refused": line.reason}
    row = {
        "scenario": f"{letter}: {name}" if letter else name,
        "origin": _origin(context, line),
        "reason": _why(context, found, line=line),
    }
    if not line.years:
        return row | said | {"end": text("nowhere: {reason}", reason=text(SCENARIO_REASONS[line.reason]))}
    first, last = (led_to(context, indicator, value=value) for value in (line.values[0], line.values[-1]))
    return (
        row
        | said
        | {
            "since": line.years[0],
            "start_value": line.values[0],
            "until": line.years[-1],
            "end_value": line.values[-1],
            "start": text("{figure} in {year}", figure=first, year=line.years[0]),
            "end": text("{figure} in {year}", figure=last, year=line.years[-1]),
        }
    )


def _origin(context: Context, line: Line) -> str:
    if line.source_id:
        return context.source(line.source_id).link
    return context.in_language(line.plan.row, "author") if line.plan else context.language.text("this report")


def _why(context: Context, found: Comparison, *, line: Line) -> str:
    if line.name == "required" and _over(context, found):
        return context.language.text("The path that would have reached the target. Its year is over.")
    if line.plan is None:
        return context.language.text(WHY_ASSUMED[line.name])
    return context.in_language(line.plan.row, "reason")


def _source_ids(found: Comparison) -> list[str]:
    return [line.source_id for line in found.lines if line.source_id]
