"""What came of taking files in, in the language of whoever filled them in: figures, what is missing, what parts make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from promotion_book.facts import Known, Package, Period, edition
from promotion_book.facts.periods import parse
from promotion_book.facts.rows import each
from promotion_book.intake.form_items import expected_figures
from promotion_book.intake.incoming import Incoming
from promotion_book.intake.new_rows import NewRows
from promotion_book.intake.part_sums import part_sums
from promotion_book.report.context import Context


def outcome_lines(package: Package, incoming: Sequence[Incoming], added: NewRows) -> Iterator[str]:
    """What was taken in, what was expected and did not come, and how far the parts of the place are covered.

    Args:
        package: with what was added.
    """
    first, when = incoming[0], parse(incoming[0].period)
    report = edition(package, first.period)
    context = Context(Known(package, report.cut_off, report.cut_off), first.words)
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
    yield from _coverage(context, added.observations)
    late = [row for row in each(added.sources) if row.published_on > str(report.cut_off)]
    if late:
        day, cut_off = context.day(pd.Timestamp(late[0].published_on)), context.day(report.cut_off)
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


def _coverage(context: Context, observations: pd.DataFrame) -> Iterator[str]:
    """What the parts of the place make together, and which are missing."""
    text = context.language.text
    for row in each(part_sums(context.known.package, observations)):
        name, value = context.indicator(row.indicator_id), context.numbers.of(row.indicator_id, float(row.value))
        given, parts = len(row.given), len(row.given) + len(row.missing)
        said = text(
            "{name}: {given} of {parts} areas, together {value}", name=name, given=given, parts=parts, value=value
        )
        lacking = context.language.join_list([context.area(area) for area in row.missing])
        yield text("{said}; missing: {areas}.", said=said, areas=lacking) if row.missing else f"{said}."
