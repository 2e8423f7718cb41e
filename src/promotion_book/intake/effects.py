"""What new figures change: figures, statuses, contradictions and projections of one edition beside those of another.

    found = effects(was, now, published=edition(was, "2025"), coming=edition(now, "2026-H1"))
    found.changes.revised       # each revised figure with its reason; empty where nobody has given one

Figures and statuses are compared as between two published editions (`facts.difference`); both sides are computed by the
software of today, so that only what the tables say makes a difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

import pandas as pd

from promotion_book.facts import Edition, Known, Package
from promotion_book.facts.conflicts import NOTED, lead
from promotion_book.facts.corrections import KEYS
from promotion_book.facts.difference import WAS, Changes, compare, middle
from promotion_book.facts.known import known_in
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.scenarios.next_years import next_years
from promotion_book.statistics.edition_states import state_of
from promotion_book.words.status_words import STATUS

ALIKE = 6
AHEAD = ["target_id", "indicator_id", "period", "usual_figure", "enough"]


@dataclass(frozen=True)
class Effects:
    """What is another thing in the second of two editions.

    `changes`: figures and statuses, of a revised figure also what it `was` and the `reason` in each language;
    `conflicts`: `NOTED` of those that are new; `projections`: `AHEAD` where the figure that the pace leads to
    is another one, and what it `was`.
    """

    changes: Changes
    conflicts: pd.DataFrame
    projections: pd.DataFrame


def effects(was: Package, now: Package, *, published: Edition, coming: Edition) -> Effects:
    """What the coming edition knows by a package, beside what the published one knew by another."""
    before, after = known_in(was, published), known_in(now, coming)
    found = compare(state_of(before, published.period.start), state_of(after, coming.period.start))
    revised = found.revised.assign(was=middle(found.revised, WAS)).merge(_reasons(after), on=NOTED, how="left")
    return Effects(replace(found, revised=revised), _new_conflicts(before, after), _other_projections(before, after))


def _reasons(known: Known) -> pd.DataFrame:
    """Why a figure is another one: the note of its conflict, or the reason of the correction of one of its rows."""
    notes = known.package["conflict_notes"].rename(columns={"note_en": "reason_en", "note_vi": "reason_vi"})
    entries, rows = known.package["corrections"], known.package.printed["observations"]
    mended = entries[entries["table"] == "observations"].merge(rows, left_on="row_id", right_on=KEYS["observations"])
    columns = [*NOTED, "reason_en", "reason_vi"]
    return pd.concat([notes[columns], mended[columns]]).drop_duplicates(NOTED)


def _new_conflicts(was: Known, now: Known) -> pd.DataFrame:
    before, after = ([attrgetter(*NOTED)(lead(group)) for group in known.conflicts] for known in (was, now))
    return pd.DataFrame([key for key in dict.fromkeys(after) if key not in set(before)], columns=NOTED)


def _other_projections(was: Known, now: Known) -> pd.DataFrame:
    """Targets that are still to come, of which the pace so far leads to another figure than it did."""
    before, after = (next_years(known)[[*AHEAD, "wanted"]] for known in (was, now))
    both = after.merge(before, on=["target_id", "wanted"], suffixes=("", "_before")).dropna(subset=["usual_figure"])
    other = both[(both["usual_figure"] - both["usual_figure_before"]).abs() > 1e-9]
    return other.rename(columns={"usual_figure_before": "was"})[[*AHEAD, "was"]].drop_duplicates("target_id")


def effect_lines(context: Context, found: Effects) -> Iterator[str]:
    """What changed, a line for each thing; of a revised figure its reason, or that it needs one.

    Args:
        context: that of the second edition.
    """
    text, code, changed = context.language.text, context.language.code, found.changes
    yield text("Figures revised: {number}", number=len(changed.revised))
    for row in each(changed.revised):
        was, now = context.numbers.of(row.indicator_id, row.was), context.numbers.figure(row)
        reason = getattr(row, f"reason_{code}")
        why = text("no reason yet: write it into conflict_notes.csv or corrections.csv") if pd.isna(reason) else reason
        yield text("  {name}: {was} to {now} ({reason})", name=name_result(context, row), was=was, now=now, reason=why)
    yield text("Figures no longer there: {number}", number=len(changed.withdrawn))
    yield from (f"  {name_result(context, row)}" for row in each(changed.withdrawn))
    yield text("Figures new: {number}", number=len(changed.added))
    yield from (f"  {name_result(context, row)}: {context.numbers.figure(row)}" for row in each(changed.added))
    yield text("Statuses moved: {number}", number=len(changed.moved))
    yield from _moved_lines(context, changed.moved)
    yield text("Contradictions new: {number}", number=len(found.conflicts))
    yield from (f"  {name_result(context, row)}" for row in each(found.conflicts))
    yield text("Projections moved: {number}", number=len(found.projections))
    for row in each(found.projections):
        was, now = (context.numbers.of(row.indicator_id, round(value, 6)) for value in (row.was, row.usual_figure))
        yield text("  {name}: {was} to {now}", name=name_result(context, row), was=was, now=now)


def _moved_lines(context: Context, moved: pd.DataFrame) -> Iterator[str]:
    """A line for each status that moved; more than `ALIKE` that moved alike have one together, with their programmes."""
    text, programmes = context.language.text, context.known.indicators["programme_id"]
    for (was, now), rows in moved.groupby(["status_was", "status"], sort=False):
        words = {"was": text(STATUS[str(was)]), "now": text(STATUS[str(now)])}
        if len(rows) > ALIKE:
            of = rows["indicator_id"].map(programmes).map(context.programme).value_counts(sort=False)
            said = "; ".join(f"{name} ({n})" for name, n in of.items())
            yield text("  {was} to {now}, {number} times: {programmes}", number=len(rows), programmes=said, **words)
        else:
            yield from (text("  {name}: {was} to {now}", name=name_result(context, row), **words) for row in each(rows))


def name_result(context: Context, row: Any) -> str:
    """The indicator, its area where that is not the place, and the period."""
    area = getattr(row, "area", context.known.package.area)
    parts = [context.indicator(row.indicator_id), *([] if area == context.known.package.area else [context.area(area)])]
    return f"{', '.join(parts)} ({context.period(row.period)})"
