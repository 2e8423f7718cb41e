"""How earlier projections did, in sentences."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.derivations import SUMS
from promotion_book.facts.published_projections import not_at_hand
from promotion_book.report.context import Context
from promotion_book.scenarios.track_record import EARLIER_WAY

TOO_WIDE = 10  # times the projection: a range that reaches further up is not printed, and no score of more times


def findings(context: Context, earlier: pd.DataFrame, scored: pd.DataFrame) -> list[str]:
    """How the projections of earlier editions did, or why nothing can be said of it.

    Args:
        earlier: the archived projections of earlier editions.
        scored: those of them whose year is observed, as `scenarios.track_record.scores` gives them.
    """
    text = context.language.text
    if earlier.empty:
        said = [_no_projection(context)]
    elif scored.empty:
        kept = "{n} {n:projection|projections} of earlier editions {n:is|are} kept. No figure of the years they are about is known yet."
        said = [text(kept, n=len(earlier))]
    else:
        held = "{inside} of {n} {n:outcome|outcomes} lay within the 80% range that had been projected."
        inside = text(held, inside=int(scored["inside80"].sum()), n=len(scored))
        said = [_few(context, scored), inside, *(say(context, scored) for say in (_wide_ranges, _hindsight, _way))]
    return [sentence for sentence in (*said, _not_at_hand(context)) if sentence]


def _not_at_hand(context: Context) -> str:
    """Which earlier editions could not be compared because nobody had their projections when the page was made."""
    gone = not_at_hand(context.known.package, context.known.on)
    editions = context.language.join_list([context.period(period) for period in gone])
    told = "The {n:edition|editions} of {editions} {n:is|are} not compared, because {n:its projections were|their projections were} not at hand."
    return context.language.text(told, editions=editions, n=len(gone)) if gone else ""


def _no_projection(context: Context) -> str:
    """Why there is no earlier projection; nothing where only editions that are not at hand could have one."""
    text, known = context.language.text, context.known
    calendar = known.package["release_calendar"]
    before = list(calendar.loc[calendar["cut_off"] < pd.Timestamp(known.on), "period"])
    if not before:
        return text("No earlier edition exists, so no projection can be compared with what came.")
    held = [context.period(period) for period in before if period not in not_at_hand(known.package, known.on)]
    told = "No earlier edition ({editions}) kept a projection, so none can be compared with what came."
    return text(told, editions=context.language.join_list(held)) if held else ""


def _few(context: Context, scored: pd.DataFrame) -> str:
    text = context.language.text
    names = list(dict.fromkeys(scored["indicator_id"]))
    most, together = _largest(context, scored)
    rows = context.known.indicators
    bound = rows.index[rows["derivation"].ne("") | rows["part_of"].ne("")]
    return text(
        "{n} {n:projection|projections} as of {editions} can be compared with what came. They are few and not independent: "
        "{most} are of one series, and {bound} of the {series} series are totals or parts of others."
        if together == 1
        else "{n} {n:projection|projections} as of {editions} can be compared with what came. They are few and not independent: "
        "{most} are of {together} series that count the same things, by the year and added up, and {bound} of the {series} "
        "series are totals or parts of others.",
        n=len(scored),
        editions=context.language.join_list([context.period(period) for period in dict.fromkeys(scored["period"])]),
        most=most,
        together=together,
        bound=len({*names} & {*bound}),
        series=len(names),
    )


def _largest(context: Context, scored: pd.DataFrame) -> tuple[int, int]:
    """How many projections are of one yearly flow and of what adds it up, where these are most, and of how many series."""
    counts = scored["indicator_id"].value_counts()
    rules = [(name, *f"{context.known.indicators['derivation'][name]}::".split(":")) for name in counts.index]
    of = [flow if kind in SUMS else name for name, kind, flow, *_ in rules]
    families = counts.groupby(of).agg(["sum", "size"]).sort_values("sum", kind="stable")
    return int(families["sum"].iloc[-1]), int(families["size"].iloc[-1])


def _hindsight(context: Context, scored: pd.DataFrame) -> str:
    """How many projections were computed when their year was over; empty where none was."""
    late = int(scored["hindsight"].sum())
    every = (
        "All these projections were computed for this comparison after their year was over, from what was public on the "
        "cut-off day: they show how their method would have done, not what was foreseen."
    )
    some = (
        "Of these {all} {all:projection|projections}, {late} {late:was|were} computed for this comparison after "
        "{late:its|their} year was over, from what was public on the cut-off day: that shows how their method would have done, not what was foreseen."
    )
    said = context.language.text(every if late == len(scored) else some, late=late, all=len(scored))
    return said if late else ""


def _way(context: Context, scored: pd.DataFrame) -> str:
    """How the projections were made that are not made as now; empty where all are."""
    rows, text = scored[scored["way"] == EARLIER_WAY], context.language.text
    if rows.empty:
        return ""
    every = (
        "That method is not the one of today: the central line was the mean of three fixed methods, and the ranges had other "
        "widths."
    )
    some = (
        "The method of {n} of the {all} is not the one of today: the central line was the mean of three fixed methods, and the ranges "
        "had other widths."
    )
    made = text(every if len(rows) == len(scored) else some, n=len(rows), all=len(scored))
    totals = rows[rows["kind"] == "total"]
    template = (
        "{made} A running total was projected itself and not by what each year adds, which put it too low: {above} of the "
        "{n} totals came out above their projection."
    )
    above = (totals["outcome"] > totals["value"]).sum()
    return made if totals.empty else text(template, made=made, above=above, n=len(totals))


def _wide_ranges(context: Context, scored: pd.DataFrame) -> str:
    """That ranges are so wide that they say little, where they are."""
    wide = int(reaches_too_far(scored).sum())
    template = (
        "The ranges are wide, so that it proves little that they held what came: {wide} of the {n} ranges of 95% reach above "
        "{times} times the projection."
    )
    return context.language.text(template, wide=wide, n=len(scored), times=TOO_WIDE) if wide else ""


def reaches_too_far(rows: pd.DataFrame) -> pd.Series[bool]:
    """Whether the range of 95% reaches above so many times the projection that it is of no use."""
    return rows["high95"] > TOO_WIDE * rows["value"]
