"""The reader's explorer: sliders for growth and start that redraw path, target and required growth.

The chart is a Vega-Lite specification, made with Altair, that the page carries itself. Its parameters hold
the formulas of `statistics.growth_assumption`: the start becomes `start * (1 + growth)^n`, and the target needs
`(target / start)^(1/n) - 1`. The page shows a picture of the first setting and the sentence on it, which are complete
without JavaScript. Once a slider is used, `book/_static/explorer.js` draws the chart in the place of the picture, and
keeps each part of the sentence at the value of the parameter that it names.
Out of scope: a start or target that is not positive.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import altair as alt

from promotion_book.charts.axes import ASSUMED, ASSUMED_DASH, FIGURE, PATH, REQUIRED_DASH, TARGET
from promotion_book.charts.elements import Goal, Mark, Path
from promotion_book.charts.style import GRID, INK, MUTED
from promotion_book.charts.years import series_chart
from promotion_book.report.chapters.explorer_words import (
    SLOT,
    Part,
    Subject,
    parts,
    quoted,
    sentence,
    table,
    with_signal,
)
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure
from promotion_book.report.sources import Source, name_sources
from promotion_book.report.tables import Table
from promotion_book.statistics.growth_assumption import GrowthOutlook, wishes
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, dump_for_script, escape, fill, join, link_download
from promotion_book.words.status_words import FIGURE_STATUS

SLOWEST, FASTEST = -10.0, 20.0  # per cent a year: the slider, unless the page's growth or the target is beyond
_SHAPES = {"to_date": "triangle-right", "provisional": "square", "derived": "diamond", "derived_estimate": "diamond"}
_HOLLOW = ("to_date", "estimate", "derived", "derived_estimate")


@dataclass(frozen=True)
class Explorer:
    """A chart with sliders. `spec` is a Vega-Lite specification; `picture` is of the first setting."""

    sentence: Html
    spec: dict[str, Any]
    picture: ReportFigure

    @property
    def name(self) -> str:
        """The name of its block and files."""
        return self.picture.name

    @property
    def title(self) -> str:
        """The title of its block."""
        return self.picture.title

    @property
    def twin(self) -> Table:
        """The numbers of the first setting as a table."""
        return self.picture.twin

    def with_notice(self, words: str) -> Explorer:
        """The explorer with words above its picture."""
        return replace(self, picture=self.picture.with_notice(words))

    def files(self) -> dict[str, bytes]:
        """The downloads: the specification of the chart, and picture and paths of the first setting."""
        spec = json.dumps(self.spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        return {f"{self.name}.vl.json": spec.encode("utf-8"), **self.picture.files()}

    def html(self, folder: str, language: Language) -> Html:
        """The block for a page; `folder` is where its files lie, relative to the page."""
        text, title = language.text, escape(self.title)
        without = escape(text("The sliders need JavaScript. These are the paths as the page sets them."))
        sliders = "\n".join(_input(each) for each in self.spec["params"] if "bind" in each)
        endings = {"csv": text("CSV"), "svg": "SVG", "png": "PNG", "vl.json": "Vega-Lite"}
        files = join(" · ", (link_download(f"{folder}/{self.name}.{end}", label) for end, label in endings.items()))
        return Html(f"""<figure class="report-figure report-explorer" id="explorer-{escape(self.name)}">
<p class="figure-title">{title}</p>
<div class="explorer-controls pst-js-only" role="group" aria-label="{title}">
{sliders}
</div>
<div class="explorer-chart">{self.picture.image(folder)}</div>
<figcaption aria-live="polite" aria-atomic="true">{self.sentence}</figcaption>
<noscript><p class="nothing">{without}</p></noscript>
{self.picture.details(language)}
<p class="figure-sources">{name_sources(self.picture.sources, language)}</p>
<p class="figure-files">{text("Download")}: {files}</p>
<script type="application/json">{dump_for_script(self.spec)}</script>
</figure>""")

    def text(self) -> str:
        """The first setting in plain text."""
        return f"{self.title}. {self.sentence.text()}\n{self.picture.table.text()}"


def explorer(context: Context, indicator: str, outlook: GrowthOutlook, name: str) -> Explorer:
    """An explorer that begins with an outlook: its start, its growth, its target.

    Args:
        outlook: in the unit of the indicator, with a positive start and target.
        name: of the block and its files; each has its own on a page.
    """
    subject = Subject(context, indicator, outlook)
    series = context.known.series(indicator).dropna(subset=["value"])
    statements = wishes(context.known, indicator, "")
    aims = statements[statements["period_end"].dt.year == outlook.end_year]
    aims = aims[aims[["value", "low", "high"]].eq(outlook.target).any(axis=1)]
    sources = context.sources([series["source_id"].iloc[-1], *aims["source_id"]])
    title = context.language.text(
        "{name} to {end}: choose growth and start", name=context.indicator(indicator), end=outlook.end_year
    )
    said = parts(subject)
    chart = _chart(subject, series["status"].iloc[-1]).add_params(*_signals(subject, said))
    spec = chart.properties(description=title).to_dict()
    return Explorer(
        sentence(subject, said), spec, _picture(subject, name, title, str(series["status"].iloc[-1]), sources)
    )


def _picture(subject: Subject, name: str, title: str, standing: str, sources: tuple[Source, ...]) -> ReportFigure:
    """The first setting: the last published figure, the target, and the two paths."""
    context, outlook = subject.context, subject.outlook
    years = list(range(outlook.base_year, outlook.end_year + 1))
    paths = [
        Path(years, outlook.required, context.numbers.percent(outlook.required_growth, 1)),
        Path(years, outlook.assumed, context.numbers.percent(outlook.growth, 1), "assumed"),
    ]
    goal = Goal(outlook.end_year, outlook.end_year, outlook.target, outlook.target, subject.written(outlook.target))
    marks = [Mark(outlook.base_year, outlook.base, standing)]
    draw = series_chart(marks, context.short(subject.indicator), context.language, [goal], paths)
    finding = context.language.text("The sentence below the chart tells what it shows.")
    return ReportFigure(name, title, context.language.text("Line chart"), finding, draw, table(subject, name), sources)


def _input(parameter: Mapping[str, Any]) -> Html:
    """A slider of the page for a parameter of the chart."""
    bind = parameter["bind"]
    ends = "".join(f' {key}="{bind[key]:g}"' for key in ("min", "max", "step"))
    return fill(
        '<label><span>{label}</span><input type="range" name="{name}"{ends} value="{value}"><output></output></label>',
        label=bind["name"],
        name=parameter["name"],
        ends=Html(ends),
        value=f"{parameter['value']:g}",
    )


def _signals(subject: Subject, said: dict[str, Part]) -> list[alt.Parameter]:
    """The two sliders, and what follows from them; `start` counts in the size of the subject, `level` does not."""
    text, outlook, step = subject.context.language.text, subject.outlook, subject.step
    years = outlook.end_year - outlook.base_year
    growth, start = round(100 * outlook.growth, 6), round(outlook.base / subject.size, 6)
    fastest = max(FASTEST, growth, 5 * math.ceil(30 * outlook.required_growth))
    a_year = text("Growth a year, % of itself, not points") if subject.unit == "%" else text("Growth a year, %")
    begin = text("Start in {year}, {unit}", year=outlook.base_year, unit=subject.unit)
    follows = {
        "level": f"start * {subject.size:.0f}",
        "reached": f"level * pow(1 + growth / 100, {years})",
        "result": f"round(reached / {step:g}) * {step:g}",
        "required": f"pow({outlook.target!r} / level, 1 / {years}) - 1",
        **{f"says_{name}": part.expression for name, part in said.items()},
    }
    return [
        alt.param(name="growth", value=growth, bind=_slider(a_year, growth, min(SLOWEST, growth), fastest, 0.1)),
        alt.param(name="start", value=start, bind=_slider(begin, start, start / 2, start * 1.5, step / subject.size)),
        *(alt.param(name=name, expr=expression) for name, expression in follows.items()),
    ]


def _slider(label: str, value: float, low: float, high: float, step: float) -> alt.BindRange:
    """A slider over two ends at least, in whole steps from the value, so that it can come back to it."""
    down, up = math.ceil(round((value - low) / step, 6)), math.ceil(round((high - value) / step, 6))
    ends = round(value - down * step, 6), round(value + up * step, 6)
    return alt.binding_range(min=ends[0], max=ends[1], step=step, name=label)


def _chart(subject: Subject, standing: str) -> alt.LayerChart:
    """The two paths, the last published figure and the target, on white in the dark mode too."""
    text, outlook = subject.context.language.text, subject.outlook
    first, last, size = outlook.base_year, outlook.end_year, subject.size
    published = f"{text(FIGURE_STATUS[standing])}: {subject.written(outlook.base)}"
    wanted = f"{text('target')}: {subject.written(outlook.target)}"
    base, goal = _at(first, repr(outlook.base / size)), _at(last, repr(outlook.target / size))
    end, above = _at(last, f"reached / {size:.0f}"), f"reached > {outlook.target!r}"
    layers = alt.layer(
        _paths(subject),
        base.mark_point(shape=_SHAPES.get(standing, "circle"), size=80, opacity=1).encode(
            fill=alt.value("white" if standing in _HOLLOW else FIGURE), stroke=alt.value(FIGURE)
        ),
        goal.mark_tick(orient="horizontal", color=TARGET, thickness=3, size=30, opacity=1),
        *_note(base, quoted(published), FIGURE, "left", "20"),
        *_note(goal, quoted(wanted), TARGET, "right", f"{above} ? 20 : -12"),
        *_note(end, "says_reached", ASSUMED, "right", f"{above} ? -12 : 20"),
    )
    years = alt.X("year:Q", title=None).scale(domain=[first - 0.4, last + 0.4], nice=False)
    ticks = alt.Axis(values=list(range(last, first - 1, -1)), format="d", grid=False, labelOverlap="parity")
    values = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=5, domain=False, ticks=False))
    title = alt.Title(subject.unit, anchor="start", fontSize=12, fontWeight="normal", color=INK)
    chart: alt.LayerChart = (
        layers.encode(years.axis(ticks), values)
        .properties(width="container", height=300, title=title)
        .configure(background="white", font="sans-serif", aria=True, locale=_locale(subject.context.language))
        .configure_axis(
            labelFontSize=12, labelColor=INK, domainColor=MUTED, tickColor=MUTED, gridColor=GRID, aria=False
        )
        .configure_view(stroke=None)
        .configure_mark(aria=False)
    )
    return chart


def _paths(subject: Subject) -> alt.Chart:
    """The assumed path, dotted, and the required one, dashed; the legend gives their rates."""
    outlook, text = subject.outlook, subject.context.language.text
    assumed = with_signal(text("assumed path: {g} a year", g=SLOT), "says_growth")
    required = with_signal(text("required path: {g} a year", g=SLOT), "says_required")
    legend = alt.Legend(
        title=None,
        orient="bottom",
        direction="vertical",
        labelExpr=f"datum.value == 'assumed' ? {assumed} : {required}",
        offset=8,
        labelLimit=0,
        labelFontSize=12,
        symbolType="stroke",
        symbolSize=1600,
        symbolStrokeWidth=PATH,
        aria=False,
    )
    names, dashes = ["assumed", "required"], [[PATH * part for part in dash] for dash in (ASSUMED_DASH, REQUIRED_DASH)]
    chart: alt.Chart = (
        alt.Chart(alt.sequence(outlook.end_year - outlook.base_year + 1, as_="after"))
        .transform_calculate(
            year=f"{outlook.base_year} + datum.after",
            assumed="start * pow(1 + growth / 100, datum.after)",
            required="start * pow(1 + required, datum.after)",
        )
        .transform_fold(["assumed", "required"], as_=["path", "value"])
        .mark_line(strokeWidth=PATH)
        .encode(
            strokeDash=alt.StrokeDash("path:N", legend=legend).scale(domain=names, range=dashes),
            color=alt.Color("path:N", legend=legend).scale(domain=names, range=[ASSUMED, TARGET]),
        )
    )
    return chart


def _at(year: int, value: str) -> alt.Chart:
    """A point of the chart; its value is a Vega expression."""
    return alt.Chart(alt.InlineData(values=[{"year": year}])).transform_calculate(value=value)


def _note(point: alt.Chart, words: str, colour: str, align: str, down: str) -> list[alt.Chart]:
    """Words above or below a point, with a white rim that keeps lines off; words and distance are expressions."""
    style: Any = {"text": alt.expr(words), "align": align, "dy": alt.expr(down), "dx": 8 if align == "right" else -8}
    rim = point.mark_text(**style, fontSize=12, color="white", stroke="white", strokeWidth=6, strokeJoin="round")
    return [rim, point.mark_text(**style, fontSize=12, color=colour)]


def _locale(language: Language) -> alt.Locale:
    """The separators of the language's numbers."""
    written = language.number(1234.5, 1)
    number = alt.NumberLocale(decimal=written[-2], thousands=written[1], grouping=[3], currency=["", ""])
    return alt.Locale(number=number)
