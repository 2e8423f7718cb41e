"""What came of taking files in, in the language of whoever filled them in: figures, what is missing, what parts make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from promotion_book.facts import Known, Package, Period, edition
from promotion_book.facts.calendar import releases
from promotion_book.facts.periods import parse
from promotion_book.facts.rows import each
from promotion_book.intake.effects import name_result
from promotion_book.intake.form_items import expected_figures
from promotion_book.intake.incoming import Incoming
from promotion_book.intake.new_rows import NewRows
from promotion_book.report.context import Context
from promotion_book.statistics.roll_up import figures_of_parts, roll_up
from promotion_book.words.language import Language

SETTLED = {
    "confirmed": "Confirmed by the note: {name}: {why}",
    "contradicts": "Contradicts what was reported; reason noted: {name}: {why}",
    "found": "No longer missing, and its row taken out of searches.csv: {name}.",
    "agrees": "No longer contradicted, and its row taken out of conflict_notes.csv: {name}.",
    "undoubted": "No longer doubted, and its confirmation taken out: {name}.",
}


def outcome_lines(package: Package, incoming: Sequence[Incoming], added: NewRows, *, received: date) -> Iterator[str]:
    """What was taken in, what that settled, what was expected and did not come, and how far the parts of the place are covered.

    Args:
        package: with what was added.
    """
    when = parse(incoming[0].figures["period"].iloc[0])
    context = Context(Known(package, received, when.end or received), incoming[0].words)
    text = context.language.text
    if added.nothing:
        yield text("All of it was taken in before; nothing was changed.")
        return
    figures, sources = len(added.observations), ", ".join(added.observations["source_id"].unique())
    yield text("Figures taken in: {figures}; sources: {sources}.", figures=figures, sources=sources)
    for answer in added.answers:
        name = name_result(context, answer)
        yield text(SETTLED[answer.kind], name=name, why=answer.why.get(context.language.code, ""))
    for remark in (remark for one in incoming for remark in one.remarks):
        yield text(
            "A note without a figure is not taken in; the commentary of the period is the place for it: {name}: {note}",
            name=context.indicator(remark.indicator),
            note=remark.note,
        )
    given = {(row.indicator_id, row.area) for one in incoming for row in each(one.figures)}
    if any(area == package.area for _, area in given):
        yield from _not_reported(context, {name for name, _ in given}, when)
    parts = added.observations.loc[added.observations["area"] != package.area, "indicator_id"]
    yield from _coverage(context, list(parts.drop_duplicates()), period=when.label)


def late_lines(package: Package, period: str, *, received: date, words: Language) -> Iterator[str]:
    """Which edition knows figures that came after the cut-off day of that of their period, and how that one could."""
    own = edition(package, period)
    if received <= own.cut_off:
        return
    coming = [edition(package, release.period) for release in releases(package)]
    first = min((one for one in coming if one.cut_off >= received), key=lambda one: one.cut_off, default=None)
    yield words.text(
        "They come on {day}, after the cut-off day of {period} ({cut_off}): its edition does not show them.",
        day=words.day(received),
        period=period,
        cut_off=words.day(own.cut_off),
    )
    if first:
        yield words.text(
            "The edition of {period} does; its cut-off day is {day}.",
            period=first.period.label,
            day=words.day(first.cut_off),
        )
    yield words.text(
        "For {period} itself, write a later cut_off into release_calendar.csv and build it again; where it is published, that is "
        "a revision (promotion-book publish --revise).",
        period=period,
    )


def _not_reported(context: Context, given: set[str], when: Period) -> Iterator[str]:
    """What is expected of the period or of one before it, and is not given."""
    expected = expected_figures(context.known, when)
    for row in each(expected[~expected["indicator_id"].isin(given)]):
        name, day = context.indicator(row.indicator_id), context.day(row.due)
        period = context.period(row.expected_period)
        yield context.language.text(
            "Expected by {day}, and not reported: {name}, {period}.", day=day, name=name, period=period
        )


def _coverage(context: Context, indicators: Sequence[str], *, period: str) -> Iterator[str]:
    """What the parts of the place make together, and which are missing."""
    text = context.language.text
    for row in each(roll_up(*figures_of_parts(context.known, indicators, period=period))):
        name, value = context.indicator(row.indicator_id), context.numbers.of(row.indicator_id, row.total)
        said = text(
            "{name}: {given} of {parts} areas, together {value}",
            name=name,
            given=row.reported,
            parts=row.expected,
            value=value,
        )
        lacking = context.parts_of_place(row.missing)
        yield text("{said}; missing: {areas}.", said=said, areas=lacking) if row.missing else f"{said}."
