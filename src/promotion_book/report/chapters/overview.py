"""An edition at a glance: the leading figures as tiles, and a row for each programme."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from promotion_book.facts.calendar import next_release, releases
from promotion_book.facts.rows import each
from promotion_book.report.chapter import Block
from promotion_book.report.chapters.verdicts import figure_time, target_name
from promotion_book.report.context import Context
from promotion_book.report.sentences import boundaries_sentence
from promotion_book.report.sources import link_sources
from promotion_book.report.sparkline import sparkline
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.leading import (
    counts_by_programme,
    first_with_figure,
    plan_end,
    targets_ahead,
    yearly_figures,
)
from promotion_book.statistics.statuses import CLASSES, by_target
from promotion_book.words.language import NON_BREAKING
from promotion_book.words.markup import Html, fill, join, link_page
from promotion_book.words.status_words import FIGURE_STATUS, SIGNS, STATUS

RAW = (
    *("programme_id", *CLASSES, "indicator_id", "value", "period_start", "period_end", "scope", "status", "source_id"),
    *("target_id", "share"),
)
SHOWN_AHEAD = 2


def opening(
    context: Context, judged: pd.DataFrame, *, leading: pd.DataFrame, verdict: Sequence[str], period: str
) -> Block:
    """What the start page opens with: the verdict, and a tile for each of the figures that lead.

    A tile has the figure, its year, target and status, its sources, and the figure through the years.
    """
    tiles = [_tile(context, row, judged=judged) for row in each(first_with_figure(leading))]
    first, *rest = verdict
    dates = dateline(context, period)
    note = context.language.text(
        "Each line begins at zero and ends in a dot, the latest figure; the bar beside it is the target."
    )
    template = '<p class="dateline">{dates}</p>\n<p class="verdict">{first}</p>\n<p>{rest}</p>'
    html = fill(template, dates=dates, first=first, rest=" ".join(rest))
    if tiles:
        template = '{html}\n<ul class="headline-tiles">\n{tiles}\n</ul>\n<p class="table-note">{note}</p>'
        html = fill(template, html=html, tiles=join("\n", tiles), note=note)
    return Block(html, "\n".join([dates, *verdict, *(tile.text() for tile in tiles)]))


def dateline(context: Context, period: str) -> str:
    """Until when figures were looked for, when the next edition comes, and since when the place is what it is."""
    return " ".join(filter(None, [_dates(context, period), boundaries_sentence(context)]))


def _dates(context: Context, period: str) -> str:
    text, coming = context.language.text, next_release(releases(context.known.package), period)
    said = text("Figures public by {day}.", day=context.day(context.known.on))
    if coming is None:
        return said
    day, name = context.day(coming.release_on), context.period(coming.period)
    return f"{said} {text('Next release: {day} ({period}).', day=day, period=name)}"


def _tile(context: Context, row: Any, *, judged: pd.DataFrame) -> Html:
    target = _statement(judged, row.target_id)
    aim = [_aim(context, target, share=row.share, status=_class(judged, target))] if target is not None else []
    sources = context.sources([row.source_id, *([target.source_id] if target is not None else [])])
    return fill(
        '<li><p class="tile-figure">{figure}</p>\n<p class="tile-name">{name}<br>\n<span class="tile-time">{when}</span></p>\n'
        '{line}\n{aim}\n<p class="cell-source">{sources}</p></li>',
        figure=context.numbers.figure(row, words=False),
        name=link_page(f"{row.chapter}.html", context.indicator(row.indicator_id)),
        when=_when(context, row),
        line=_line(context, row, target=target),
        aim=join("\n", aim),
        sources=link_sources(sources),
    )


def _statement(judged: pd.DataFrame, target_id: str) -> Any:
    """The statement that a leading figure is set against; None without one."""
    return next(iter(each(judged[judged["target_id"] == target_id])), None)


def _class(judged: pd.DataFrame, target: Any) -> str:
    return str(by_target(judged).set_index("target")["status"][target.target])


def _aim(context: Context, target: Any, *, share: float, status: str) -> Html:
    text = context.language.text
    wanted = context.numbers.figure(target, words=False, target=True)
    said = f"{SIGNS[status]} {text(STATUS[status])}"
    if target.readings:
        said += ": " + ", ".join(_read(context, one) for one in target.readings if one.assessment.latest)
    elif status == "not_assessable" and pd.notna(share):
        said = text("{said}; {share} of the target", said=said, share=context.numbers.percent(share))
    return fill(
        '<p class="tile-target">{aim}<br>\n<strong class="status-{status}">{said}</strong></p>',
        aim=text("Target for {period}: {wanted}", period=context.period(target.period), wanted=wanted),
        status=status,
        said=said,
    )


def _read(context: Context, reading: Any) -> str:
    """The figure by one reading of a target with the sign of its verdict."""
    found = reading.assessment
    return f"{context.numbers.figure(found.latest, indicator=reading.row.indicator_id, words=False)}{NON_BREAKING}{SIGNS[found.status]}"


def _when(context: Context, row: Any) -> str:
    """The time of a leading figure, and what else it is unless it is observed: 2024, average a year, estimate."""
    kind = context.known.package.row("indicators", row.indicator_id)["kind"]
    parts = [figure_time(context, row.period_start, row.period_end, kind=kind)]
    parts += [context.scope_name(row.scope)] if row.scope else []
    parts += [context.language.text(FIGURE_STATUS[row.status])] if row.status != "actual" else []
    return ", ".join(parts)


def _line(context: Context, row: Any, *, target: Any) -> Html:
    """The leading figure through the years, with its target."""
    yearly = yearly_figures(context.known, row.indicator_id)
    points = [*zip(yearly["year"].astype(float), yearly["value"].astype(float), strict=True)]
    if not points or points[-1] != (float(row.period_end.year), row.value):
        points = [(float(row.period_end.year), float(row.value))]  # of several years: no year can be set beside it
    shown, text = context.short(row.indicator_id), context.language.text
    said = {"name": context.indicator(row.indicator_id), "last": shown(points[-1][1]), "until": f"{points[-1][0]:.0f}"}
    said |= {"first": shown(points[0][1]), "since": f"{points[0][0]:.0f}"}
    alt = text("{name}: {first} in {since}, {last} in {until}.", **said)
    alt = alt if len(points) > 1 else text("{name}: {last} in {until}.", **said)
    if target is None:
        return sparkline(points, alt=alt)
    wanted = context.numbers.figure(target, words=False, target=True)
    alt = text("{said} Target: {wanted}.", said=alt, wanted=wanted)
    return sparkline(points, alt=alt, target=_ends(target))


def _ends(target: Any) -> tuple[float, float]:
    low, high = (target.low, target.high) if pd.isna(target.value) else (target.value, target.value)
    return float(low), float(high)


def programmes_table(context: Context, judged: pd.DataFrame, *, leading: pd.DataFrame) -> Table:
    """A row a programme: its targets by status, its leading figure through the years, and what it is to reach next."""
    text, year = context.language.text, plan_end(context.known.until.year)
    counts, ahead = counts_by_programme(context.known, judged), targets_ahead(context.known)
    columns = (
        Column("programme", text("Programme")),
        Column("targets", text("Targets"), wide=True),
        Column("figure", text("Latest figure"), wide=True),
        Column("line", text("Through the years")),
        Column("ahead", text("To {year}", year=year), wide=True),
    )
    rows = [_row(context, row, counts=counts, ahead=ahead, judged=judged) for row in each(leading)]
    caption = text("Targets of each programme by status, its latest figure, and what comes next")
    empty = text("No figure and no target of a programme was known on the cut-off day.")
    return Table("programmes", caption, columns=columns, frame=as_frame(rows), raw=RAW, empty=empty)


def _row(
    context: Context, row: Any, *, counts: pd.DataFrame, ahead: pd.DataFrame, judged: pd.DataFrame
) -> dict[str, Any]:
    known = pd.notna(row.value)
    mine = counts.loc[row.programme_id] if row.programme_id in counts.index else pd.Series(0, index=counts.columns)
    return {
        **row._asdict(),
        **mine.to_dict(),
        "programme": link_page(f"{row.chapter}.html", context.programme(row.programme_id)),
        "targets": _counts(context, mine),
        "figure": _figure(context, row) if known else context.language.text("none published"),
        "line": _line(context, row, target=_statement(judged, row.target_id)) if known else None,
        "ahead": _next_targets(context, ahead[ahead["programme_id"] == row.programme_id]),
    }


def _counts(context: Context, counts: pd.Series[int]) -> Html:
    text = context.language.text
    said = [f"{SIGNS[str(s)]} {text(STATUS[str(s)])}: {n}" for s, n in counts.items() if n]
    return join("<br>\n", said or [text("no target for this period")])


def _figure(context: Context, row: Any) -> Html:
    return fill(
        '<strong>{figure}</strong> ({when})<br>\n{name}<br>\n<span class="cell-source">{source}</span>',
        figure=context.numbers.figure(row, words=False),
        when=_when(context, row),
        name=context.indicator(row.indicator_id),
        source=context.source(row.source_id).link,
    )


def _next_targets(context: Context, ahead: pd.DataFrame) -> Html | str:
    text = context.language.text
    if ahead.empty:
        return text("none is known")
    shown = [_next_target(context, row) for row in each(ahead.head(SHOWN_AHEAD))]
    more = len(ahead) - len(shown)
    rest = [text("and one more") if more == 1 else text("and {n} more", n=more)] if more else []
    return join("<br>\n", [*shown, *rest])


def _next_target(context: Context, row: Any) -> Html:
    return fill(
        '{name}: {wanted} <span class="cell-source">{source}</span>',
        name=target_name(context, row.indicator_id, scope=row.scope, period=row.period),
        wanted=context.numbers.figure(row, words=False, target=True),
        source=context.source(row.source_id).link,
    )
