"""An edition at a glance: the leading figures as tiles, and a row for each programme."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from promotion_book.facts.rows import each
from promotion_book.report.chapter import Block
from promotion_book.report.chapters.figure_time import figure_time
from promotion_book.report.chapters.verdicts import counted_name, statement_name, status_label
from promotion_book.report.context import Context
from promotion_book.report.sentences import boundaries_sentence, next_release_sentence
from promotion_book.report.sources import link_sources
from promotion_book.report.sparkline import sparkline
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.statistics.leading import (
    FIGURE,
    counts_by_programme,
    first_with_figure,
    former_areas,
    other_figure,
    plan_end,
    shown_figure,
    targets_ahead,
    yearly_figures,
)
from promotion_book.statistics.statuses import CLASSES, by_target
from promotion_book.words.language import NON_BREAKING
from promotion_book.words.markup import Html, fill, join, link_page
from promotion_book.words.status_words import SIGNS

RAW = (
    *("programme_id", *CLASSES, "indicator_id", "area", "value", "low", "high", "period_start", "period_end", "scope"),
    *("status", "source_id", "target_id", "share"),
)
TOLD = ("indicator_id", "area", *FIGURE)
SHOWN_AHEAD = 2


def headline_tiles(context: Context, judged: pd.DataFrame, *, leading: pd.DataFrame) -> pd.DataFrame:
    """The figures that lead, a row each, in words: `name`, `figure` and `time`, its `target` and `status` (empty without
    one), and the labels of its `sources`.

    As `html` it is a tile, with links and the figure through the years.
    """
    return as_frame(_tile(context, row, judged=judged) for row in each(first_with_figure(leading)))


def opening(context: Context, headlines: pd.DataFrame, *, verdict: Sequence[str], period: str) -> Block:
    """What the start page opens with: the verdict, a point for each of its sentences but the first, and the tiles of
    `headline_tiles`.
    """
    tiles = [row.html for row in each(headlines)]
    first, *rest = verdict
    dates = dateline(context, period)
    html = fill('<p class="dateline">{dates}</p>\n<p class="verdict">{first}</p>', dates=dates, first=first)
    if rest:
        points = join("\n", (fill("<li>{said}</li>", said=said) for said in rest))
        html = fill('{html}\n<ul class="verdict-points">\n{points}\n</ul>', html=html, points=points)
    if tiles:
        html = fill('{html}\n<ul class="headline-tiles">\n{tiles}\n</ul>', html=html, tiles=join("\n", tiles))
    if any("<svg" in tile for tile in tiles):
        html = fill('{html}\n<p class="table-note">{note}</p>', html=html, note=_lines_note(context, tiles))
    return Block(html, "\n".join([dates, *verdict, *(tile.text() for tile in tiles)]))


def _lines_note(context: Context, tiles: Sequence[Html]) -> str:
    """How the lines of the tiles are read; of targets only where one is drawn beside a line."""
    text = context.language.text
    note = text("The scale of each line begins at zero. The dot at its end is the latest figure.")
    aims = text("A bar beside it is the target.") if any("<rect" in tile for tile in tiles) else ""
    return f"{note} {aims}".strip()


def dateline(context: Context, period: str) -> str:
    """Until when figures were looked for, when the next edition comes, and since when the place is what it is."""
    public = context.language.text("Figures public by {day}.", day=context.day(context.known.on))
    return " ".join(filter(None, [public, next_release_sentence(context, period), boundaries_sentence(context)]))


def _tile(context: Context, row: Any, *, judged: pd.DataFrame) -> dict[str, Any]:
    target = _statement(judged, row.target_id)
    row = _as_read(row, target)
    sources = context.sources([row.source_id, *([target.source_id] if target is not None else [])])
    told = {
        "name": _name(context, row, target),
        "figure": _told(context, row, target),
        "time": _when(context, row),
        **_aim(context, target, figure=row, judged=judged),
    }
    html = fill(
        '<li><p class="tile-figure">{figure}</p>\n<p class="tile-name">{link}<br>\n<span class="tile-time">{time}</span></p>\n'
        '{line}\n{aim}\n<p class="cell-source">{sources}</p></li>',
        **told,
        link=link_page(f"{row.chapter}.html", told["name"]),
        line=_line(context, row, target=target),
        sources=link_sources(sources),
    )
    return {**told, "sources": [source.label for source in sources], "html": html}


def _statement(judged: pd.DataFrame, target_id: str) -> Any:
    """The statement that a leading figure is set against; None without one."""
    return next(iter(each(judged[judged["target_id"] == target_id])), None)


def _as_read(row: Any, target: Any) -> Any:
    """A leading figure; where its target has several readings, the span of what they count on the day of the figure."""
    found = [one.assessment.latest for one in target.readings] if target is not None else []
    values = {point.value for point in found if point is not None and point.end == row.period_end.date()}
    return row._replace(value=math.nan, low=min(values), high=max(values)) if len(values) > 1 else row


def _name(context: Context, row: Any, target: Any) -> str:
    """What a leading figure counts; of the span of several readings, what they have in common."""
    if not _is_span(row, target):
        return counted_name(context, row.indicator_id, ())
    name = counted_name(context, row.indicator_id, target.readings)
    return context.language.text("{name}, by what is counted", name=name)


def _told(context: Context, row: Any, target: Any) -> str:
    """A leading figure; the span of several readings as words."""
    if not _is_span(row, target):
        return context.numbers.figure(row, words=False)
    ends = {name: context.short(row.indicator_id)(getattr(row, name)) for name in ("low", "high")}
    return context.language.text("{low} to {high}", **ends)


def _is_span(row: Any, target: Any) -> bool:
    """Whether a leading figure is the span of several readings of its target."""
    return bool(target is not None and target.readings and pd.isna(row.value))


def _aim(context: Context, target: Any, *, figure: Any, judged: pd.DataFrame) -> dict[str, str]:
    """What is wanted and when, the status of it, and both in HTML; empty texts without a target."""
    if target is None:
        return dict.fromkeys(("target", "status", "aim"), "")
    text, classes = context.language.text, by_target(judged).set_index("target")["status"]
    status = str(classes[target.target])
    said = status_label(context, status)
    if target.readings:
        said += ": " + "; ".join(_read(context, one) for one in target.readings if one.assessment.latest)
    elif status == "not_assessable" and pd.notna(figure.share):
        share = context.numbers.share(figure.share, figure)
        said = text("{said}; the latest figure is {share} of the target", said=said, share=share)
    wanted, due = context.numbers.figure(target, words=False, target=True), context.period(target.period)
    aim = fill(
        '<p class="tile-target">{aim}<br>\n<strong class="status-{status}">{said}</strong></p>',
        aim=text("Target for {period}: {wanted}", period=due, wanted=wanted),
        status=status,
        said=said,
    )
    return {"target": f"{wanted} ({due})", "status": said, "aim": aim}


def _read(context: Context, reading: Any) -> str:
    """The figure by a reading of a target, what it counts, and the sign of its verdict."""
    found, counts = reading.assessment, context.in_language(reading.row, "counts")
    figure = context.numbers.figure(found.latest, indicator=reading.row.indicator_id)
    return f"{figure} {counts}{NON_BREAKING}{SIGNS[found.status]}"


def _when(context: Context, row: Any) -> str:
    """The time of a figure, and what else it is unless it is observed: 2024, average a year, estimate.

    One as a source prints it has its `period`.
    """
    printed = context.period_beside(row.period) if hasattr(row, "period") else ""
    when = printed or figure_time(context, row.indicator_id, first=row.period_start, last=row.period_end)
    return ", ".join(filter(None, [when, context.scope(row), context.standing(row.status)]))


def _line(context: Context, row: Any, *, target: Any) -> Html:
    """The leading figure through the years, with its target; empty for a single year."""
    yearly = yearly_figures(context.known, row.indicator_id)
    points = [*zip(yearly["year"].astype(float), yearly["value"].astype(float), strict=True)]
    if len(points) < 2 or points[-1] != (float(row.period_end.year), row.value):
        return Html()  # a figure of several years has no place in a line
    shown, text = context.short(row.indicator_id), context.language.text
    said = {"name": context.indicator(row.indicator_id), "last": shown(points[-1][1]), "until": f"{points[-1][0]:.0f}"}
    said |= {"first": shown(points[0][1]), "since": f"{points[0][0]:.0f}"}
    alt = text("{name}: {first} in {since}, {last} in {until}.", **said)
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
    ahead = pd.concat([targets_ahead(context.known, area) for area in ("", *former_areas(context.known))])
    columns = (
        Column("programme", text("Programme")),
        Column("targets", text("Targets"), wide=True),
        Column("figure", text("Latest figure"), wide=True),
        Column("ahead", text("To {year}", year=year), wide=True),
    )
    counts = counts_by_programme(context.known, judged)
    rows = [_row(context, row, counts=counts, ahead=ahead, judged=judged) for row in each(leading)]
    caption = text("Targets of each programme by status, its latest figure, and what comes next")
    empty = text("No figure and no target of a programme was known on the cut-off day.")
    return Table("programmes", caption, columns=columns, frame=as_frame(rows), raw=RAW, empty=empty)


def _row(
    context: Context, row: Any, *, counts: pd.DataFrame, ahead: pd.DataFrame, judged: pd.DataFrame
) -> dict[str, Any]:
    figure = shown_figure(context.known, row)
    leads = figure is row
    target = _statement(judged, row.target_id) if leads else None
    shown = _as_read(figure, target) if figure is not None else None
    mine = counts.loc[row.programme_id] if row.programme_id in counts.index else pd.Series(0, index=counts.columns)
    return {
        **row._asdict(),
        **mine.to_dict(),
        **({name: getattr(shown, name) for name in TOLD} if shown is not None else {}),
        "programme": link_page(f"{row.chapter}.html", context.programme(row.programme_id)),
        "targets": _counts(context, mine, own=_own(judged) if row.role == "context" else 0),
        "figure": _unknown(context, row) if shown is None else _figure(context, shown, target=target, drawn=leads),
        "ahead": _next_targets(context, ahead[ahead["programme_id"] == row.programme_id]),
    }


def _unknown(context: Context, row: Any) -> str:
    """Why no figure of a programme is shown: none is known, or none that could be set against its target."""
    text, misfit = context.language.text, row.target_id and other_figure(context.known, row)
    return text("no figure that fits the target was found") if misfit else text("no figure was found")


def _own(judged: pd.DataFrame) -> int:
    """How many targets are of the programmes, and not of the economy around them."""
    return int((by_target(judged)["role"] != "context").sum())


def _counts(context: Context, counts: pd.Series[int], *, own: int) -> Html:
    """How many targets have which status; those that stand beside the `own` of the programmes say so."""
    text = context.language.text
    said = [f"{status_label(context, str(s))}: {n}" for s, n in counts.items() if n]
    apart = [text("not counted with the {n:one target|{n} targets} of the programmes:", n=own)] if own and said else []
    return join("<br>\n", [*apart, *said] or [text("no target for this period")])


def _figure(context: Context, row: Any, *, target: Any, drawn: bool) -> Html:
    """A figure with its time, name and source, and where it is `drawn` through the years."""
    return fill(
        '<strong>{figure}</strong> ({when})<br>\n{name}<br>\n<span class="cell-source">{source}</span>{line}',
        figure=_told(context, row, target),
        when=_when(context, row),
        name=_name(context, row, target),
        source=context.source(row.source_id).link,
        line=_line(context, row, target=target) if drawn else Html(),
    )


def _next_targets(context: Context, ahead: pd.DataFrame) -> Html | str:
    """The first targets to come; of what the place was before only where it has none."""
    text, mine = context.language.text, ahead[ahead["area"] == context.known.package.area]
    ahead = mine if len(mine) else ahead
    if ahead.empty:
        return text("none is known")
    shown = [_next_target(context, row) for row in each(ahead.head(SHOWN_AHEAD))]
    more = len(ahead) - len(shown)
    rest = [text("and one more") if more == 1 else text("and {n} more", n=more)] if more else []
    return join("<br>\n", [*shown, *rest])


def _next_target(context: Context, row: Any) -> Html:
    return fill(
        '{name}: {wanted} <span class="cell-source">{source}</span>',
        name=statement_name(context, row),
        wanted=context.numbers.figure(row, words=False, target=True),
        source=context.source(row.source_id).link,
    )
