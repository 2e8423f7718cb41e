"""The verdict on an edition in a few sentences: how the programmes are doing, what is furthest from its target, what comes."""

from __future__ import annotations

import pandas as pd

from promotion_book.facts import Known
from promotion_book.facts.rows import each
from promotion_book.report.chapters.verdicts import figure_time
from promotion_book.report.context import Context
from promotion_book.statistics.leading import counts_by_programme, first_with_figure, plan_end, targets_ahead
from promotion_book.statistics.statuses import CLASSES, by_target
from promotion_book.words.status_words import STATUS, STATUS_OF_COUNTED


def verdict_sentences(context: Context, judged: pd.DataFrame, *, leading: pd.DataFrame, period: str) -> list[str]:
    """The verdict; the first sentence counts the targets of the programmes, those of the economy around them left out.

    Args:
        judged: the statements in force, of `statistics.statuses_in_force`.
        leading: the figures of `statistics.leading_figures`.
        period: of the report.
    """
    own = judged[judged["role"] != "context"]
    if own.empty:
        said = [context.language.text("No target of the programmes was known for this period on the cut-off day.")]
    else:
        said = [_counted(context, own, period=period), *_met(context, own), *_over(context, own)]
    return [*said, *_gap(context, judged, leading=leading), *_ahead(context)]


def _counted(context: Context, own: pd.DataFrame, *, period: str) -> str:
    text, counts = context.language.text, by_target(own)["status"].value_counts()
    if counts.sum() == 1:
        one = "One target of the programmes applies to {period}: {status}."
        return text(one, period=context.period(period), status=text(STATUS[str(counts.index[0])]))
    told = [(s, int(counts[s])) for s in CLASSES if counts.get(s, 0)]
    said = [text(STATUS_OF_COUNTED[s], n=n) for s, n in told]
    values = {"n": int(counts.sum()), "period": context.period(period), "said": context.language.join_list(said)}
    return text("Of the {n} targets of the programmes that apply to {period}, {said}.", **values)


def _met(context: Context, own: pd.DataFrame) -> list[str]:
    """The programmes whose targets are met, each with how many."""
    met, text = counts_by_programme(context.known, own)["met"], context.language.text
    said = [
        text("{programme} ({n})", programme=context.programme(row.programme_id), n=met[row.programme_id])
        for row in each(context.known.package["programmes"])
        if met.get(row.programme_id, 0)
    ]
    if not said:
        return []
    template = "The target met belongs to {said}." if met.sum() == 1 else "The targets met belong to {said}."
    return [text(template, said=context.language.join_list(said))]


def _over(context: Context, own: pd.DataFrame) -> list[str]:
    """How many of the targets without a verdict should have been reached by now."""
    text, counted = context.language.text, by_target(own)
    silent = own[own["target"].isin(counted.loc[counted["status"] == "not_assessable", "target"])]
    over = silent.loc[silent["period_end"] <= pd.Timestamp(context.known.until), "target"].nunique()
    if not over:
        return []
    if over == 1:
        return [text("One target without a verdict was due by now, but no figure that would decide it was published.")]
    told = "{n} targets without a verdict were due by now, but no figure that would decide them was published."
    return [text(told, n=over)]


def _gap(context: Context, judged: pd.DataFrame, *, leading: pd.DataFrame) -> list[str]:
    """The leading figure that is the smallest share of its target."""
    first = first_with_figure(leading)
    below = first[first["share"] < 1].sort_values("share", kind="stable")
    if below.empty:
        return []
    row = each(below)[0]
    target = each(judged[judged["target_id"] == row.target_id])[0]
    indicator = context.known.package.row("indicators", row.indicator_id)
    return [
        context.language.text(
            "The widest gap is that of {name}: {figure} in {when}, or {share} of the target of {wanted}.",
            name=context.indicator(row.indicator_id),
            figure=context.numbers.figure(row),
            when=figure_time(context, row.period_start, row.period_end, kind=indicator["kind"]),
            share=context.numbers.percent(row.share),
            wanted=context.numbers.figure(target, target=True),
        )
    ]


def _ahead(context: Context) -> list[str]:
    text, ahead, known = context.language.text, _own_ahead(context.known), context.known
    if ahead == 1:
        return [text("One target is set for the years to {year}.", year=plan_end(known.until.year))]
    if ahead:
        return [text("For the years to {year}, {n} targets are set.", n=ahead, year=plan_end(known.until.year))]
    return [text("No target for the years to {year} was known on the cut-off day.", year=plan_end(known.until.year))]


def _own_ahead(known: Known) -> int:
    roles = known.package["programmes"].set_index("programme_id")["role"]
    return int((targets_ahead(known)["programme_id"].map(roles) != "context").sum())
