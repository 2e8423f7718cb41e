"""The verdict on an edition in a few sentences: how the programmes are doing, what is furthest from its target, what comes."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.chapters.verdicts import when_and_standing
from promotion_book.report.context import Context
from promotion_book.report.headline import count_words, due_later, judged_before_the_end
from promotion_book.statistics.leading import counts_by_programme, former_areas, plan_end, targets_ahead
from promotion_book.statistics.statuses import by_target
from promotion_book.statistics.verdict import sign


def verdict_sentences(context: Context, judged: pd.DataFrame, period: str) -> list[str]:
    """The verdict on the targets of the programmes, those of the economy around them left out; the first sentence counts.

    Args:
        judged: the statements in force, of `statistics.statuses_in_force`.
        period: of the report.
    """
    own, label = _of_programmes(judged), context.period(period)
    said = count_words(context, own, of="programmes", period=label)
    every = [said, _unjudged(context, own, period=label), _met(context, own), _over(context, own), _gap(context, own)]
    every.append(_ahead(context, own, period=label))
    return [sentence for sentence in every if sentence]


def _unjudged(context: Context, own: pd.DataFrame, *, period: str) -> str:
    """Why no target has a verdict, where none has one and not all were due by now; empty where one has."""
    later = due_later(context, own, period=period)
    if not later or by_target(own)["status"].ne("not_assessable").any():
        return ""
    first = own.drop_duplicates("target")
    n, silent = len(first), sum(found.reason == "no_figure" for found in first["assessment"])
    told = "For {silent} of the {n}, no published figure that fits was found."
    if silent == n:
        told = "No published figure that fits was found for {n:it|any of them}."
    return f"{later} {context.language.text(told, n=n, silent=silent)}" if silent else later


def _met(context: Context, own: pd.DataFrame) -> str:
    """The programmes whose targets are met, each with how many."""
    met, text = counts_by_programme(context.known, own)["met"], context.language.text
    said = [
        text("{programme} ({n})", programme=context.programme(row.programme_id), n=met[row.programme_id])
        for row in each(context.known.package["programmes"])
        if met.get(row.programme_id, 0)
    ]
    template = "The target met belongs to {said}." if met.sum() == 1 else "The targets met belong to {said}."
    told = text(template, said=context.language.join_list(said)) if said else ""
    return f"{told} {judged_before_the_end(context, own)}".strip()


def _over(context: Context, own: pd.DataFrame) -> str:
    """How many of the targets without a verdict should have been reached by now."""
    text, counted = context.language.text, by_target(own)
    silent = own[own["target"].isin(counted.loc[counted["status"] == "not_assessable", "target"])]
    over = silent.loc[silent["period_end"] <= pd.Timestamp(context.known.until), "target"].nunique()
    told = (
        "{n} {n:target|targets} without a verdict {n:was|were} due by now, but no figure that would decide {n:it|them} was "
        "found."
    )
    return text(told, n=over) if over else ""


def _gap(context: Context, own: pd.DataFrame) -> str:
    """The target due by now that the latest figure, of whatever year and standing, is the smallest share of; that of a
    target to stay below, and of one that can be read in several ways, says nothing.
    """
    due = each(own[own["period_end"] <= pd.Timestamp(context.known.until)])
    judged = [row for row in due if row.assessment.share is not None and sign(row.assessment.target) > 0]
    row = min(judged, key=lambda row: row.assessment.share, default=None)
    if row is None or row.assessment.share >= 1:
        return ""
    found = row.assessment
    return context.language.text(
        "By its latest figure, the due target furthest from being reached is “{name}”: {figure} ({when}), or {share} of "
        "the target of {wanted} for {period}.",
        name=context.indicator(row.indicator_id),
        figure=context.numbers.figure(found.latest, indicator=row.indicator_id),
        when=when_and_standing(context, row.indicator_id, found.latest),
        share=context.numbers.share(found.share, found.latest),
        wanted=context.numbers.figure(row, target=True),
        period=context.period(row.period),
    )


def _ahead(context: Context, own: pd.DataFrame, *, period: str) -> str:
    """How many targets are still to come, and how many of these are among those that were counted."""
    text, known, year = context.language.text, context.known, plan_end(context.known.until.year)
    ahead = _of_programmes(targets_ahead(known))
    again = int(ahead["target"].isin(own["target"]).sum()) if len(own) else 0
    values = {"year": year, "n": len(ahead), "again": again, "period": period}
    if again == len(ahead) and (before := count_former(context, own=bool(again))):
        return before
    if ahead.empty:
        return text("No target for the years to {year} was found.", year=year)
    told = "For the years to {year}, {n} {n:target is|targets are} set."
    if again == len(ahead):
        told = "For the years to {year}, {n} {n:target is set; it was|targets are set; all of them were} in force in {period} already."
    elif again:
        told = "For the years to {year}, {n} {n:target is|targets are} set; {again:one of them was|{again} of them were} in force in {period} already."
    return f"{text(told, **values)} {_next(context, ahead)}".strip()


def count_ahead(context: Context, indicators: Iterable[str]) -> str:
    """How many targets of some indicators are still to come by the end of the next plan, and how many are due first; empty
    without one.
    """
    text, known = context.language.text, context.known
    ahead = targets_ahead(known)
    ahead = ahead[ahead["indicator_id"].isin(set(indicators))]
    if ahead.empty:
        return ""
    told = text(
        "For the years to {year}, {n} {n:target is|targets are} set.", year=plan_end(known.until.year), n=len(ahead)
    )
    return f"{told} {_next(context, ahead)}".strip()


def _next(context: Context, ahead: pd.DataFrame) -> str:
    """How many of the targets to come are due first, and in which year; empty where all are due together."""
    years = ahead["period_end"].dt.year
    first = int((years == years.min()).sum())
    if first == len(ahead):
        return ""
    told = "{n:One of the {total} targets falls|Of the {total} targets, {n} fall} due first, in {year}."
    return context.language.text(told, total=len(ahead), n=first, year=int(years.min()))


def nothing_to_follow(context: Context) -> str:
    """What a page of ways to targets says where the place has none: why it is empty, and where those of its former area are."""
    text = context.language.text
    said = text(
        "This page leads from the latest figures to the targets of the place; without a target it shows nothing."
    )
    before = count_former(context)
    if not before:
        return said
    kept = text("They are on the page “All targets”; figures of the place as it is now are not set against them.")
    return f"{said} {before} {kept}"


def count_former(context: Context, indicators: Iterable[str] | None = None, *, own: bool = False) -> str:
    """How many targets are still to come of what the place was before; empty without one.

    Args:
        indicators: whose targets are counted; without, those of the programmes.
        own: whether the place has targets itself.
    """
    known = context.known
    found = {area: targets_ahead(known, area) for area in former_areas(known)}
    if indicators is None:
        former = {area: len(_of_programmes(ahead)) for area, ahead in found.items()}
    else:
        former = {area: int(ahead["indicator_id"].isin(set(indicators)).sum()) for area, ahead in found.items()}
    if not any(former.values()):
        return ""
    told = "For the years to {year}, {n:the only target found is|the {n} targets found are} of {former}."
    if own:
        told = (
            "For the years to {year}, {n:the only other target found is|the {n} other targets found are} of {former}."
        )
    names = context.language.join_list([context.area(area) for area, n in former.items() if n])
    return context.language.text(told, year=plan_end(known.until.year), former=names, n=sum(former.values()))


def _of_programmes(targets: pd.DataFrame) -> pd.DataFrame:
    """Those of the programmes, without those of the economy around them."""
    return targets[targets["role"] != "context"]
