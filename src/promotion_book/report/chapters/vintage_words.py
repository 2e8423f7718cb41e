"""How earlier projections did, in sentences, and the words that their tables share with them."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts.published_projections import not_at_hand
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.scenarios.track_record import EARLIER_WAY
from promotion_book.words.language import capitalize
from promotion_book.words.status_words import SCORED

ADDED_UP = ("total", "last")  # how the figures of a series follow from those of a yearly one
TOO_WIDE = 10  # times the projection: a range that reaches further up is not printed, and no score of more times


def findings(context: Context, earlier: pd.DataFrame, scored: pd.DataFrame) -> list[str]:
    """How the projections of earlier editions did, or why nothing can be said of it.

    Args:
        earlier: the archived projections of earlier editions.
        scored: those of them whose year is observed, as `scenarios.track_record.scores` gives them.
    """
    return [*_compared(context, earlier, scored=scored), *_not_at_hand(context)]


def _not_at_hand(context: Context) -> list[str]:
    """Which earlier editions could not be compared because nobody had their projections when the page was made."""
    gone = not_at_hand(context.known.package, context.known.on)
    if not gone:
        return []
    return [
        context.language.text(
            "Editions whose projections were not at hand are not compared: {editions}.",
            editions=context.language.join_list([context.period(period) for period in gone]),
        )
    ]


def _compared(context: Context, earlier: pd.DataFrame, *, scored: pd.DataFrame) -> list[str]:
    if earlier.empty:
        return _no_projection(context)
    if scored.empty:
        return [
            context.language.text(
                "{n} {n:projection|projections} of earlier editions {n:is|are} kept. No figure of the years they are about is known yet.",
                n=len(earlier),
            )
        ]
    return [_few(context, scored), *_what_it_proves(context, scored), *_way_sentences(context, scored)]


def _what_it_proves(context: Context, scored: pd.DataFrame) -> list[str]:
    """How many outcomes lay within the range that had been projected, and how little that may prove."""
    held = context.language.text(
        "{inside} of {n} {n:outcome|outcomes} lay within the 80% range that had been projected.",
        inside=int(scored["inside80"].sum()),
        n=len(scored),
    )
    late = int(scored["hindsight"].sum())
    recomputed = [_hindsight_sentence(context, late, every=len(scored))] if late else []
    return [held, *_range_sentences(context, scored), *recomputed]


def _no_projection(context: Context) -> list[str]:
    """Why there is no earlier projection; nothing where only editions that are not at hand could have one."""
    text, known = context.language.text, context.known
    calendar = known.package["release_calendar"]
    before = list(calendar.loc[calendar["cut_off"] < pd.Timestamp(known.on), "period"])
    if not before:
        return [text("No earlier edition exists, so no projection can be compared with what came.")]
    held = [context.period(period) for period in before if period not in not_at_hand(known.package, known.on)]
    if not held:
        return []
    return [
        text(
            "No earlier edition ({editions}) kept a projection, so none can be compared with what came.",
            editions=context.language.join_list(held),
        )
    ]


def _few(context: Context, scored: pd.DataFrame) -> str:
    text = context.language.text
    names = list(dict.fromkeys(scored["indicator_id"]))
    most, together = _largest(context, scored)
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
        bound=len({*names} & made_of_others(context)),
        series=len(names),
    )


def _largest(context: Context, scored: pd.DataFrame) -> tuple[int, int]:
    """How many projections are of one yearly flow and of what adds it up, where these are most, and of how many series."""
    counts = scored["indicator_id"].value_counts()
    rules = [(name, *f"{context.known.indicators['derivation'][name]}::".split(":")) for name in counts.index]
    of = [flow if kind in ADDED_UP else name for name, kind, flow, *_ in rules]
    families = counts.groupby(of).agg(["sum", "size"]).sort_values("sum", kind="stable")
    return int(families["sum"].iloc[-1]), int(families["size"].iloc[-1])


def _hindsight_sentence(context: Context, late: int, *, every: int) -> str:
    if late == every:
        return context.language.text(
            "All these projections were computed for this comparison after their year was over, from what was public on the "
            "cut-off day: they show how their method would have done, not what was foreseen."
        )
    return context.language.text(
        "Of these {all} {all:projection|projections}, {late} {late:was|were} computed for this comparison after "
        "{late:its|their} year was over, from what was public on the cut-off day: that shows how their method would have done, not what was foreseen.",
        late=late,
        all=every,
    )


def made_of_others(context: Context) -> set[str]:
    """The indicators that are totals or parts of others."""
    return {row.Index for row in each(context.known.indicators) if row.derivation or row.part_of}


def _way_sentences(context: Context, scored: pd.DataFrame) -> list[str]:
    """How the projections were made that are not made as now."""
    rows, text = scored[scored["way"] == EARLIER_WAY], context.language.text
    if rows.empty:
        return []
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
    if totals.empty:
        return [made]
    template = (
        "{made} A running total was projected itself and not by what each year adds, which put it too low: {above} of the "
        "{n} totals came out above their projection."
    )
    return [text(template, made=made, above=(totals["outcome"] > totals["value"]).sum(), n=len(totals))]


def kind_names(context: Context, table: pd.DataFrame) -> list[str]:
    """What is projected in each row of a table; how it was made is said where that differs."""
    text, several = context.language.text, table["way"].nunique() > 1
    names = [text(SCORED[kind]) for kind in table["kind"]]
    earlier = [several and way == EARLIER_WAY for way in table["way"]]
    return [
        capitalize(text("{kind}, by the earlier method", kind=name) if before else name)
        for name, before in zip(names, earlier, strict=True)
    ]


def _range_sentences(context: Context, scored: pd.DataFrame) -> list[str]:
    """That ranges are so wide that they say little, where they are."""
    wide = int(reaches_too_far(scored, 95).sum())
    if not wide:
        return []
    template = (
        "The ranges are wide, so that it proves little that they held what came: {wide} of the {n} ranges of 95% reach above "
        "{times} times the projection."
    )
    return [context.language.text(template, wide=wide, n=len(scored), times=TOO_WIDE)]


def reaches_too_far(rows: pd.DataFrame, level: int) -> pd.Series[bool]:
    """Whether a range reaches above so many times the projection that it is of no use."""
    return rows[f"high{level}"] > TOO_WIDE * rows["value"]


def years_name(context: Context, years: int) -> str:
    """How many years ahead, in words."""
    return context.language.text("{n} year" if years == 1 else "{n} years", n=years)
