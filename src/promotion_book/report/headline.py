"""What a target of an indicator says in a headline: the verdict in a few words, and the title of a chart that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from promotion_book.facts import parse
from promotion_book.facts.rows import each
from promotion_book.report.context import Context
from promotion_book.statistics.statuses import CLASSES, by_target, first_due
from promotion_book.words.language import capitalize
from promotion_book.words.numbers import MEASURES
from promotion_book.words.status_words import SIGNS, STATUS, STATUS_OF_COUNTED

TITLES = {
    "met": "The target of {wanted} for {period} was reached",
    "on_track": "On track for the target of {wanted} for {period}",
    "within": "So far within the limit of {wanted} for {period}",
    "accelerate": "Too slow so far for the target of {wanted} for {period}",
    "limited": "Far too slow so far for the target of {wanted} for {period}",
    "moving_away": "Moving away from the target of {wanted} for {period}",
    "missed": "The target of {wanted} for {period} was missed",
    "depends": "Whether the target of {wanted} for {period} was reached depends on how it is read",
    "differs": "Whether the target of {wanted} for {period} was reached depends on the statement",
    "not_started": "The target is {wanted} for {period}",
    "not_assessable": "No published figure shows whether the target of {wanted} for {period} was reached",
}
CHANGES = {
    "rise": "{name} rose from {first} in {then} to {last} in {now}",
    "fall": "{name} fell from {first} in {then} to {last} in {now}",
    "rise_and_stay": "{name} rose from {first} in {then} to {last} in {since} and stayed there until {now}",
    "fall_and_stay": "{name} fell from {first} in {then} to {last} in {since} and stayed there until {now}",
    "rise_and_back": "{name} rose from {first} in {then} to {last} in {since}; the figure for {now} is the same",
    "fall_and_back": "{name} fell from {first} in {then} to {last} in {since}; the figure for {now} is the same",
    "same": "{name} stayed at {last} from {then} to {now}",
    "same_again": "{name} stood at {last} in {then} and again in {now}",
}
COUNTED = {  # targets in force in a period, of a chapter or of the programmes, by how many there are and what is known of them
    "chapter_none": "No target of this chapter was in force in {period}.",
    "chapter_one_silent": "The one target of this chapter in force in {period} cannot be judged.",
    "chapter_one": "One target of this chapter was in force in {period}: {status}.",
    "chapter_two_silent": "Neither of the two targets of this chapter in force in {period} can be judged.",
    "chapter_silent": "None of the {n} targets of this chapter in force in {period} can be judged.",
    "chapter": "Of the {n} targets of this chapter in force in {period}, {said}.",
    "programmes_none": "No target of the programmes for {period} was found.",
    "programmes_one_silent": "The one target of the programmes in force in {period} cannot be judged.",
    "programmes_one": "One target of the programmes was in force in {period}: {status}.",
    "programmes_two_silent": "Neither of the two targets of the programmes in force in {period} can be judged.",
    "programmes_silent": "None of the {n} targets of the programmes in force in {period} can be judged.",
    "programmes": "Of the {n} targets of the programmes in force in {period}, {said}.",
}
EARLY = {  # that all targets of a status, or some of them, rest on figures from before the end of their period
    "met": "{n:The target met rests on a figure|The targets met rest on figures} printed before the period had closed.",
    "met_some": "Of the targets met, {n} {n:rests on a figure|rest on figures} printed before the period had closed.",
    "missed": "{n:The target missed rests on a figure|The targets missed rest on figures} printed before the period had closed.",
    "missed_some": "Of the targets missed, {n} {n:rests on a figure|rest on figures} printed before the period had closed.",
}
ONE = {  # figure, by whether it is a count and by its time
    "counted_in": "{name} numbered {shown} in {when}",
    "counted_by": "{name} numbered {shown} by {when}",
    "measured_in": "{name} stood at {shown} in {when}",
    "measured_by": "{name} stood at {shown} by {when}",
    "measured_over": "{name} came to {shown} for {when} together",
}


@dataclass(frozen=True)
class Headline:
    """The verdict on the first target of an indicator, in words; what there is no target or figure for is empty.

    `words` begin with the sign of the status; `wanted` is the target with its unit, `period` that of the target, and
    `several_years` whether that is longer than one.
    """

    title: str = ""
    words: str = ""
    wanted: str = ""
    period: str = ""
    several_years: bool = False


def headline(context: Context, series: pd.DataFrame, statuses: pd.DataFrame) -> Headline:
    """The headline of an indicator: on the target in force that is due first, else on the next one.

    Args:
        series: its figures, a row a year: `indicator_id`, `period` and `value`.
        statuses: the statements of its targets with their verdicts (`statistics.all_statuses`).
    """
    row = first_due(statuses[statuses["time"] != "earlier"])
    if row is None:
        return Headline(title=change_words(context, series))
    wanted, period = context.numbers.figure(row, target=True), context.period(row.period)
    several = row.period_start.year < row.period_end.year
    title = _title(context, row, series=series, wanted=wanted, period=period)
    return Headline(title, _words(context, row), wanted, period, several)


def count_targets(context: Context, judged: pd.DataFrame, *, period: str, plans: int = 0) -> tuple[str, str]:
    """The sign of the verdict that all targets of a programme share, empty where they share none, and a sentence that counts them.

    Args:
        judged: the statements in force, of `statistics.statuses_in_force`.
        period: of the report.
        plans: how many announced plans are for it, which are told where no target does.
    """
    when, told = context.period(period), [*by_target(judged)["status"].unique()]
    shared = SIGNS[told[0]] if len(told) == 1 else ""
    if not told and plans:
        said = "No target of this chapter was in force in {period}; {n} announced {n:plan was|plans were}."
        return shared, context.language.text(said, period=when, n=plans)
    beside = (due_later(context, judged, period=when), judged_before_the_end(context, judged))
    return shared, " ".join(filter(None, [count_words(context, judged, of="chapter", period=when), *beside]))


def count_words(context: Context, judged: pd.DataFrame, *, of: str, period: str) -> str:
    """How many targets of a chapter, or of the programmes, are in force in a period, and how many have each status, in a sentence."""
    text, counts = context.language.text, by_target(judged)["status"].value_counts()
    told, n = [status for status in CLASSES if counts.get(status, 0)], int(counts.sum())
    silent = "_silent" if told == ["not_assessable"] else ""
    few = "_one" if n == 1 else "_two" if n == 2 and silent else ""
    kind = f"{of}{few}{silent}" if n else f"{of}_none"
    listed = context.language.join_list([text(STATUS_OF_COUNTED[status], n=int(counts[status])) for status in told])
    status = text(STATUS[told[0]]) if told else ""
    return text(COUNTED[kind], n=n, period=period, status=status, said=listed)


def due_later(context: Context, judged: pd.DataFrame, *, period: str) -> str:
    """How many of some targets are due after the reporting period, and so among the targets to come."""
    later = judged.loc[judged["period_end"] > pd.Timestamp(context.known.until), "target"].nunique()
    if not later:
        return ""
    counted = judged["target"].nunique()
    told = "Of the {all} targets, {n} {n:is|are} due only after {period}."
    if later == counted:
        told = "Both are due only after {period}." if later == 2 else "{n:It is|All {n} are} due only after {period}."
    return context.language.text(told, n=later, all=counted, period=period)


def judged_before_the_end(context: Context, judged: pd.DataFrame) -> str:
    """How many of the targets that are met, and of those that were missed, are so by an estimate or a count that was printed
    before their period closed; targets whose statements differ are neither.
    """
    return " ".join(filter(None, (_early(context, judged, status) for status in ("met", "missed"))))


def _early(context: Context, judged: pd.DataFrame, status: str) -> str:
    rows = judged[(judged["status"] == status) & judged["robust"].astype(bool)]
    early = rows.loc[[_printed_early(context, row) for row in each(rows)], "target"].nunique()
    which = status if early == rows["target"].nunique() else f"{status}_some"
    return context.language.text(EARLY[which], n=early) if early else ""


def _printed_early(context: Context, row: Any) -> bool:
    figure, sources = row.assessment.latest, context.known.package["sources"].set_index("source_id")["published_on"]
    return bool(
        figure.status in ("estimate", "provisional", "to_date", "derived_estimate")
        and sources[[*figure.sources]].max() < pd.Timestamp(row.period_end)
    )


def _status(row: Any) -> str:
    return str(row.status if row.robust else "differs")


def _years_early(row: Any) -> int:
    """The whole years by which a target was reached before its last one."""
    found = row.assessment
    return found.target.end.year - found.met_in if found.status == "met" and found.met_in else 0


def _title(context: Context, row: Any, *, series: pd.DataFrame, wanted: str, period: str) -> str:
    text = context.language.text
    if _status(row) == "not_assessable" and row.period_end.date() > context.known.until:
        figure = _latest_words(context, row, series=series)
        told = "{figure}; the target for {period} is {wanted}"
        if not figure:
            told = "No published figure shows how close the target of {wanted} for {period} is"
        return text(told, figure=figure, wanted=wanted, period=period)
    if _status(row) == "met" and _years_early(row) > 0:
        title = "The target of {wanted} for {period} was reached in {year}"
        return text(title, wanted=wanted, period=period, year=row.assessment.met_in)
    return text(TITLES[_status(row)], wanted=wanted, period=period)


def _latest_words(context: Context, row: Any, *, series: pd.DataFrame) -> str:
    """The figure that the target is set against, if it is the last one of the series, as a sentence without its full stop."""
    figures, latest = series.dropna(subset=["value"]), row.assessment.latest
    if latest is None or figures.empty or figures["value"].iloc[-1] != latest.value:
        return ""
    shown = context.numbers.figure(latest, indicator=row.indicator_id, words=False)
    return figure_words(context, figures.iloc[-1], shown=shown)


def _words(context: Context, row: Any) -> str:
    text, status, early = context.language.text, _status(row), _years_early(row)
    words = text(STATUS[status])
    if status == "met" and early > 0:
        words = text("target met a year early" if early == 1 else "target met {n} years early", n=early)
    return f"{SIGNS[status]} {capitalize(words)}."


def figure_words(context: Context, row: Any, *, shown: str) -> str:
    """One figure with its time, as a sentence without its full stop.

    Args:
        row: `indicator_id` and `period` of the figure, and the `end` of a count that was made before its year was over.
        shown: the figure itself.
    """
    unit, end, frequency = context.unit(row["indicator_id"]), row.get("end"), parse(str(row["period"])).frequency
    counted = unit["dimension"] == "count" and not unit["symbol_en"] and unit["unit_id"] not in MEASURES
    partly = frequency == "year" and end is not None and not end.is_year_end
    time = "by" if partly or frequency == "day" else "over" if frequency == "years" and not counted else "in"
    return context.language.text(
        ONE[f"{'counted' if counted else 'measured'}_{time}"],
        name=context.indicator(row["indicator_id"]),
        shown=shown,
        when=context.day(end) if partly else context.period(str(row["period"])),
    )


def change_words(context: Context, series: pd.DataFrame) -> str:
    """What a series did from its first to its last figure, and since when it has stood there; empty without one."""
    figures = series.dropna(subset=["value"])
    if figures.empty:
        return ""
    first, last = figures.iloc[0], figures.iloc[-1]
    write = context.short(str(last["indicator_id"]))
    if len(figures) == 1:
        return figure_words(context, last, shown=write(last["value"]))
    shown = figures["value"].map(write)
    step = 0 if shown.iloc[0] == shown.iloc[-1] else last["value"] - first["value"]
    others = shown.ne(shown.iloc[-1]).to_numpy().nonzero()[0]
    held = figures.iloc[others[-1] + 1 if len(others) else 0 :]
    reached, steady = held.iloc[0], len(held) == _years(held if step else figures)
    kind = ("same" if steady else "same_again") if not step else "rise" if step > 0 else "fall"
    if step and len(held) > 1:
        kind += "_and_stay" if steady else "_and_back"
    return context.language.text(
        CHANGES[kind],
        name=context.indicator(str(last["indicator_id"])),
        first=write(first["value"]),
        then=context.period(first["period"]),
        last=write(last["value"]),
        since=context.period(reached["period"]),
        now=context.period(last["period"]),
    )


def _years(figures: pd.DataFrame) -> int:
    """How many years there are from the first to the last figure of a series, both counted."""
    first, last = (parse(str(figures["period"].iloc[place])).start.year for place in (0, -1))
    return last - first + 1
