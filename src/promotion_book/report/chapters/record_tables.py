"""How earlier projections did, as tables: scores, past projections against what came, why they were off, and what is kept.

Beside them, how often targets were reached: plans are forecasts too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from promotion_book.report.chapters.earlier_projections import TOO_WIDE, reaches_too_far
from promotion_book.report.context import Context
from promotion_book.report.sources import add_source
from promotion_book.report.tables import Column, Table
from promotion_book.scenarios.error_parts import ENOUGH, PARTS, error_parts, mean_parts
from promotion_book.scenarios.track_record import COLUMNS, EARLIER_WAY, GROUPS, outcomes, summary
from promotion_book.statistics.targets_reached import ALL, targets_over, targets_reached
from promotion_book.words.language import capitalize
from promotion_book.words.markup import Html
from promotion_book.words.status_words import METHODS, REASONS, SCORED, TARGET_KIND

ERRORS = (*GROUPS, "pairs", "series", *METHODS, "ratio")


def scores_table(context: Context, scored: pd.DataFrame) -> Table:
    """The scores of earlier projections, one row per kind and years ahead."""
    text = context.language.text
    columns = (
        *_method_columns(context),
        Column("inside80", text("In the 80% range"), str, number=True),
        Column("inside95", text("In the 95% range"), str, number=True),
        Column("score", text("Score of the ranges"), lambda score: _score(context, score), number=True),
    )
    note = text(
        "A pair is one projection and the figure that came; one that a later edition repeated without a change counts once. "
        "Errors are absolute, in per cent of the last figure known when the projection was made; of a running total no change "
        "means that nothing more is added. The score is the weighted interval score: how wide the ranges are, and how far "
        "outside them the outcome lies; for a single figure it is its error, so it compares with the error of no change. "
        "Less is better."
    )
    raw = (*ERRORS, "inside80", "inside95", "score")
    return Table(
        "scores",
        text("Earlier projections against what came"),
        columns=columns,
        frame=_with_kinds(context, summary(scored)),
        note=note,
        raw=raw,
        sources=context.sources(scored["source_id"]),
    )


def _score(context: Context, score: float) -> str:
    shown = context.numbers.percent(min(score, TOO_WIDE))
    return context.language.text("over {value}", value=shown) if score > TOO_WIDE else shown


def backtest_table(context: Context, table: pd.DataFrame) -> Table:
    """How the methods would have done on the series as they are known now, one row per kind and years ahead."""
    text = context.language.text
    caption = text("The methods tried on the past of each series")
    note = text(
        "Errors are absolute, in per cent of the last figure that the method was shown; of a running total no change means "
        "that nothing more is added."
    )
    frame = _with_kinds(context, table)
    return Table("backtest", caption, columns=_method_columns(context), frame=frame, note=note, raw=ERRORS)


def parts_table(context: Context, scored: pd.DataFrame) -> Table:
    """How large the error of earlier projections was, and each of its parts, where the pairs are enough.

    Args:
        scored: `track_record.scores`.
    """
    text, parts = context.language.text, error_parts(scored, outcomes(context.known, scored["indicator_id"].unique()))
    found = mean_parts(parts)
    errors = {
        "error": text("Mean error of the projection"),
        "revised": text("Revised data"),
        "level": text("Level of the first year"),
        "trend": text("Trend after it"),
    }
    note = text(
        "The parts add up to the error of each projection; their mean sizes do not, because parts can take from each other. "
        "Means of fewer than {n} pairs are not given.",
        n=ENOUGH,
    )
    few = text(
        "The errors are not split into revised data, level and trend: for that, at least {n} {n:projection|projections} of the same kind and for "
        "the same number of years ahead are needed.",
        n=ENOUGH,
    )
    return Table(
        "error_parts",
        text("Why earlier projections were off"),
        columns=(*_kind_columns(context), *_error_columns(context, errors)),
        frame=_with_kinds(context, found if found["error"].notna().any() else found.iloc[:0]),
        note=note,
        raw=("kind", "way", "years_ahead", "pairs", "error", *PARTS),
        empty=few,
    )


def _with_kinds(context: Context, table: pd.DataFrame) -> pd.DataFrame:
    """A table of errors with what is projected in each row, in words; how it was made is said where that differs."""
    text, frame = context.language.text, table.reset_index()
    several, names = frame["way"].nunique() > 1, [text(SCORED[kind]) for kind in frame["kind"]]
    shown = [
        text("{kind}, by the earlier method", kind=name) if several and way == EARLIER_WAY else name
        for name, way in zip(names, frame["way"], strict=True)
    ]
    return frame.assign(shown=[*map(capitalize, shown)])


def _kind_columns(context: Context) -> tuple[Column, ...]:
    """What is projected, how far ahead, and how many pairs."""
    text = context.language.text
    return (
        Column("shown", text("What is projected")),
        Column("years_ahead", text("Ahead"), lambda years: text("{n} year" if years == 1 else "{n} years", n=years)),
        Column("pairs", text("Pairs"), str, number=True),
    )


def _error_columns(context: Context, headings: Mapping[str, str]) -> tuple[Column, ...]:
    """Errors as per cent, by their keys."""
    percent = context.numbers.percent
    return tuple(Column(key, said, lambda share: percent(share, 1), number=True) for key, said in headings.items())


def _method_columns(context: Context) -> tuple[Column, ...]:
    """The errors of the projection and of the two plain methods beside it, with how many pairs and series they are of."""
    text = context.language.text
    errors = {
        "projected": text("Mean error of the projection"),
        "naive": text("Mean error of no change"),
        "drift": text("Mean error of past change continued"),
    }
    series = Column("series", text("Series"), str, number=True)
    return (*_kind_columns(context), series, *_error_columns(context, errors))


def earlier_table(context: Context, compared: pd.DataFrame) -> Table:
    """Earlier projections with their ranges and, where it is known, what came: one row a projected year."""
    text = context.language.text
    of_one = compared["indicator_id"].nunique() == 1
    columns = (
        Column("period", text("As of"), context.period_title)
        if of_one
        else Column("made", text("Indicator"), of=lambda row: _made(context, row)),
        Column("target_year", text("Year"), str, number=True),
        *_projected(context),
        Column("naive_shown", text("No change"), number=True, of=lambda row: _amount(context, row, value=row.naive)),
        Column(
            "drift_shown",
            text("Past change continued"),
            number=True,
            of=lambda row: _amount(context, row, value=row.drift),
        ),
        Column("outcome_shown", text("What came"), number=True, of=lambda row: _outcome(context, row)),
    )
    raw = (*(key for key in COLUMNS if key != "method"), "naive", "drift", "way", "outcome", "status", "source_id")
    sources = context.sources(compared["source_id"].dropna())
    return Table(
        "vintages",
        text("Projections of earlier editions"),
        columns=columns,
        frame=compared,
        note=_width_note(context, compared),
        raw=raw,
        sources=sources,
    )


def projections_table(context: Context, projections: pd.DataFrame) -> Table:
    """What an edition projects: one row a series, method and year. Its file is what is kept of the edition."""
    text = context.language.text
    columns = (
        Column("indicator_id", text("Indicator"), context.indicator),
        Column("method", text("Method"), lambda method: text(METHODS[method])),
        Column("origin_year", text("Last figure of"), str, number=True),
        Column("target_year", text("Year"), str, number=True),
        *_projected(context),
    )
    note = _width_note(context, projections)
    return Table(
        "projections",
        text("Projections of this edition"),
        columns=columns,
        frame=projections,
        note=note,
        raw=tuple(COLUMNS),
    )


def _made(context: Context, row: Any) -> Html:
    """What was projected, and below it in which edition."""
    period = context.language.text("as of {period}", period=context.period(row.period))
    return add_source(context.indicator(row.indicator_id), period)


def _projected(context: Context) -> tuple[Column, ...]:
    """What was projected, with its two ranges."""
    text = context.language.text
    return (
        Column("value_shown", text("Projected"), number=True, of=lambda row: _amount(context, row, value=row.value)),
        Column("ranges", text("80% range, 95% range below"), number=True, of=lambda row: _ranges(context, row)),
    )


def _amount(context: Context, row: Any, *, value: float) -> str | None:
    return None if pd.isna(value) else context.short(row.indicator_id)(value)


def _ranges(context: Context, row: Any) -> Html | None:
    """The two ranges, the wide one below the other."""
    return None if pd.isna(row.low80) else add_source(*(_range(context, row, level=level) for level in (80, 95)))


def _range(context: Context, row: Any, *, level: int) -> str:
    low, high = getattr(row, f"low{level}"), getattr(row, f"high{level}")
    if high > TOO_WIDE * row.value:
        return context.language.text("too wide")
    return context.numbers.span(row.indicator_id, low, high, words=False)


def _outcome(context: Context, row: Any) -> str | None:
    """What came of a projection, with its standing unless it is observed."""
    told = _amount(context, row, value=row.outcome)
    standing = context.standing(row.status) if told else ""
    return f"{told} ({standing})" if standing else told


def _width_note(context: Context, rows: pd.DataFrame) -> str:
    """What a range is that is not printed; empty where all are."""
    if not reaches_too_far(rows).any():
        return ""
    return context.language.text(
        "Too wide: the range reaches above {times} times the projection. From so few figures, so far ahead, it says "
        "nothing of use; its ends are in the CSV.",
        times=TOO_WIDE,
    )


def reached_table(context: Context, *, since: int) -> Table:
    """How often the place's own targets whose period ended in a year or later were reached, by kind."""
    text = context.language.text

    def kind(name: str) -> str:
        return text("all of them") if name == ALL else text(TARGET_KIND[name])

    def told(row: Any) -> str:
        return text(REASONS[row.reason]) if row.reason else context.numbers.percent(row.share)

    columns = (
        Column("kind", text("Kind of target"), kind),
        Column("targets", text("Targets"), str, number=True),
        Column("judged", text("With an outcome"), str, number=True),
        Column("reached", text("Reached"), str, number=True),
        Column("told", text("Of those with an outcome"), number=True, of=told),
    )
    raw = ("kind", "targets", "judged", "reached", "share", "reason")
    found = targets_reached(targets_over(context.known, since=since))
    return Table("targets_reached", text("Targets that are over"), columns=columns, frame=found, raw=raw)
