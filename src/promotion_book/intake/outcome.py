"""What came of taking files in, in the language of whoever filled them in: figures, what is missing, what parts make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from promotion_book.facts import Known, Package, Period, edition
from promotion_book.facts.periods import parse
from promotion_book.facts.rows import each
from promotion_book.intake.form_items import expected_figures
from promotion_book.intake.incoming import Incoming
from promotion_book.intake.new_rows import NewRows
from promotion_book.report.context import Context
from promotion_book.statistics.roll_up import figures_of_parts, roll_up


def outcome_lines(package: Package, incoming: Sequence[Incoming], added: NewRows, *, received: date) -> Iterator[str]:
    """What was taken in, what was expected and did not come, and how far the parts of the place are covered.

    Args:
        package: with what was added.
    """
    first, when = incoming[0], parse(incoming[0].period)
    report = edition(package, first.period)
    context = Context(Known(package, received, when.end or received), first.words)
    text = context.language.text
    if added.nothing:
        yield text("All of it was taken in before; nothing was changed.")
        return
    figures, sources = len(added.observations), ", ".join(added.sources["source_id"])
    yield text("Figures taken in: {figures}; sources: {sources}.", figures=figures, sources=sources)
    for row in each(added.observations[added.observations["confirmed_why"] != ""]):
        yield text(
            "Confirmed by the note: {name}: {why}", name=context.indicator(row.indicator_id), why=row.confirmed_why
        )
    for note in each(added.conflict_notes):
        yield text(
            "Contradicts what was reported; reason noted: {name}: {why}",
            name=context.indicator(note.indicator_id),
            why=context.in_language(note, "note"),
        )
    if any(one.area in ("", package.area) for one in incoming):
        yield from _not_reported(context, incoming, when)
    parts = added.observations.loc[added.observations["area"] != package.area, "indicator_id"]
    yield from _coverage(context, list(parts.drop_duplicates()), period=when.label)
    if received > report.cut_off:
        day, cut_off = context.day(received), context.day(report.cut_off)
        yield text(
            "They came on {day}, after {cut_off}: the edition of this period does not know them.",
            day=day,
            cut_off=cut_off,
        )


def _not_reported(context: Context, incoming: Sequence[Incoming], when: Period) -> Iterator[str]:
    """What is expected of the period or of one before it, and is in none of the files."""
    given = {name for one in incoming for name in one.figures["indicator_id"]}
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
        lacking = context.language.join_list([context.area(area) for area in row.missing])
        yield text("{said}; missing: {areas}.", said=said, areas=lacking) if row.missing else f"{said}."
