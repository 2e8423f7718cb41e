"""Which input moves the result most? Bars across, one an input, the largest swing first.

Each input goes from its low end to its high end while the others stay, so the bars say nothing of inputs
that move together, and nothing of how likely the ends are. The low end is hatched, the high end filled.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from promotion_book.charts import axes, bars, labels
from promotion_book.charts.axes import Format
from promotion_book.charts.labels import GAP, Free, Spot
from promotion_book.charts.standing import LINES, STANDING, TARGET, WIDTH
from promotion_book.charts.style import Draw, Size
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Column, Table, as_frame
from promotion_book.scenarios.outlook import aim
from promotion_book.scenarios.sensitivity import Bar, Sensitivity, Tornado, pace_swings
from promotion_book.words.language import Language, capitalize

BASE = LINES["assumed"]
LOW, HIGH = STANDING["derived"].bar, bars.FILLED
_RAW = ("input", "low", "base", "high", "at_low", "at_base", "at_high", "swing")
_ROW, _AWAY = 0.62, 8.0  # inches of a row on a desk; points between the end of a bar and its words


@dataclass(frozen=True)
class Told:
    """An input in words: its name, how a value of it is written, and the number that the download has for it."""

    name: str
    show: Callable[[Any], str]
    number: Callable[[Any], float] = float


@dataclass(frozen=True)
class Result:
    """The result in words: its title, what moves, how a value is written, and the target as number and words."""

    title: str
    moves: str
    show: Format
    target: tuple[float, str] | None = None


def pace_sensitivity(context: Context, indicator: str) -> ReportFigure | None:
    """Whether the start or the level moves most what a share's target takes a year, in percentage points.

    None without a target, without a figure before it, or where sources leave neither of the two open.
    """
    found, aimed = pace_swings(context.known, indicator), aim(context.known, indicator)
    if found is None or aimed is None:
        return None
    text, numbers = context.language.text, context.numbers
    told = {
        "start": Told(
            text("the start"), lambda s: f"{numbers.of(indicator, s.value)} ({s.year})", lambda s: float(s.value)
        ),
        "level": Told(text("the target"), lambda level: numbers.of(indicator, level)),
    }
    title = text("{name}: pace to {year}, one input at a time", name=context.indicator(indicator), year=aimed.year)
    result = Result(title, text("the pace"), lambda v: text("{n} points a year", n=numbers.plain(v, 2)))
    return _figure(context, f"{indicator}_sensitivity", found=found, told=told, result=result, sources=aimed.sources)


def _figure(
    context: Context, name: str, *, found: Sensitivity, told: Mapping[str, Told], result: Result, sources: Sequence[str]
) -> ReportFigure:
    names, language = _names(found, told, result=result, language=context.language), context.language
    used = [source for given in found.inputs.values() for source in given.sources]
    return ReportFigure(
        name,
        result.title,
        kind=language.text("Bar chart"),
        finding=_finding(found, told, result=result, language=language),
        draw=tornado_chart(found.swings, names, show=result.show, language=language, target=result.target),
        table=_table(name, found, told=told, result=result, language=language),
        sources=context.sources([*sources, *used]),
        height=axes.rows_height(names, _ROW),
        narrow_height=axes.narrow_height([narrow for _, narrow in names], legend=2),
    )


def _names(
    found: Sensitivity, told: Mapping[str, Told], *, result: Result, language: Language
) -> list[tuple[str, str]]:
    """The rows of the chart: each input with its range, and for a phone what both ends give."""
    rows = []
    for bar in found.swings.bars:
        given, said = found.inputs[bar.name], told[bar.name]
        low, high = said.show(given.low), said.show(given.high)
        wide = language.text("{name}: {low} to {high}", name=said.name, low=low, high=high)
        ends = {"at_low": result.show(bar.at_low), "at_high": result.show(bar.at_high)}
        rows.append((wide, language.text("{row}, which gives {at_low} to {at_high}", row=wide, **ends)))
    return rows


def _finding(found: Sensitivity, told: Mapping[str, Told], *, result: Result, language: Language) -> str:
    text, (first, *others) = language.text, found.swings.bars
    given, said = found.inputs[first.name], told[first.name]
    more = [text("{name} by {swing}", name=told[bar.name].name, swing=result.show(bar.swing)) for bar in others]
    still = [text(" Of {name} only one value is known.", name=told[name].name) for name in found.still]
    return capitalize(
        text(
            "{name}, {low} to {high}, moves {moves} by {swing}{more}.{still} Nothing says how likely the ends are.",
            name=said.name,
            low=said.show(given.low),
            high=said.show(given.high),
            moves=result.moves,
            swing=result.show(first.swing),
            more="".join(f"; {one}" for one in more),
            still="".join(still),
        )
    )


def _table(name: str, found: Sensitivity, *, told: Mapping[str, Told], result: Result, language: Language) -> Table:
    text, base = language.text, found.swings.base
    columns = (
        Column("told", text("Input")),
        *(Column(f"{end}_told", heading) for end, heading in _ends(language).items()),
        Column("at_low", text("Result at the low end"), result.show, number=True),
        Column("at_base", text("Result at the base"), result.show, number=True),
        Column("at_high", text("Result at the high end"), result.show, number=True),
        Column("swing", text("Moves it by"), result.show, number=True),
    )
    moving = {bar.name: bar for bar in found.swings.bars}
    bars_of = [*moving.values(), *(Bar(name, base, base, 0.0) for name in found.still)]
    rows = []
    for bar in bars_of:
        given, said = vars(found.inputs[bar.name]), told[bar.name]
        ends = {end: said.number(given[end]) for end in _ends(language)}
        written = {f"{end}_told": said.show(given[end]) for end in ends}
        rows.append({"input": bar.name, "told": capitalize(said.name), "at_base": base, **vars(bar), **ends, **written})
    note = text("Each row moves one input from its low end to its high end; the others stay at their base.")
    return Table(name, result.title, columns=columns, frame=as_frame(rows), note=note, raw=_RAW)


def _ends(language: Language) -> dict[str, str]:
    text = language.text
    return {"low": text("Low end"), "base": text("Base"), "high": text("High end")}


def tornado_chart(
    swings: Tornado,
    names: Sequence[tuple[str, str]],
    *,
    show: Format,
    language: Language,
    target: tuple[float, str] | None,
) -> Draw:
    """A bar an input on both sides of the base, in the order given, with the results at its ends in words.

    `names` are those of the rows on a desk, and on a phone, where no words stand beside the bars.
    """
    text, base = language.text, swings.base

    def draw(ax: Axes, size: Size) -> None:
        rows = axes.rows(ax, [name[size.narrow] for name in names], size)
        for place, bar in zip(rows.places, swings.bars, strict=True):
            for end, fill in ((bar.at_low, LOW), (bar.at_high, HIGH)):
                if end != base:
                    ax.barh(place, end - base, rows.thickness, base, lw=1.4, **fill)
        axes.no_scale(ax)
        ax.spines["left"].set_visible(False)  # the chart does not begin at zero
        rim = [withStroke(linewidth=4, foreground="white")]
        axes.upright(ax, base, rows, color=BASE["color"], lw=WIDTH, ls=(0, BASE["dashes"]), zorder=4, path_effects=rim)
        handles = [bars.handle(text("low end"), LOW), bars.handle(text("high end"), HIGH)]
        handles.append(axes.line_handle(text("base: {value}", value=show(base)), BASE))
        if target:
            bars.target(ax, target[0], rows)
            handles.append(axes.line_handle(text("target: {value}", value=target[1]), {"color": TARGET}))
        axes.legend(ax, size, handles)
        ends = [] if size.narrow else [_words(bar, show) for bar in swings.bars]
        _limit(ax, [*chain.from_iterable(ends), *_reach(swings, target)])
        for place, pair in zip(rows.places, ends, strict=False):
            for said in pair:
                away, side = (-_AWAY, "right") if said.before else (_AWAY, "left")
                labels.note(ax, said.before or said.after, Spot(said.value, place, away, 0, side))

    return draw


@dataclass(frozen=True)
class End:
    """A value of the chart, with the words before it or after it."""

    value: float
    before: str = ""
    after: str = ""


def _words(bar: Bar, show: Format) -> tuple[End, End]:
    """The smaller result of a bar with its words before it, the larger one with its words after it."""
    low, high = sorted((bar.at_low, bar.at_high))
    return End(low, before=show(low)), End(high, after=show(high))


def _reach(swings: Tornado, target: tuple[float, str] | None) -> list[End]:
    values = [swings.base, *(end for bar in swings.bars for end in (bar.at_low, bar.at_high))]
    return [End(value) for value in (*values, *([target[0]] if target else []))]


def _limit(ax: Axes, ends: Sequence[End]) -> None:
    """Ends the axis on both sides where the words just fit; without words close to the values."""
    left, _, right, _ = Free(ax).frame
    rooms = [(end.value, labels.width(end.before) + GAP, labels.width(end.after) + GAP) for end in ends]
    scale = min(
        (right - left - before - after) / (high - low)
        for low, before, _ in rooms
        for high, _, after in rooms
        if high > low
    )
    lowest, highest = (
        min(v - before / scale for v, before, _ in rooms),
        max(v + after / scale for v, _, after in rooms),
    )
    ax.set_xlim(lowest, highest)
