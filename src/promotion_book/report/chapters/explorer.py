"""The reader's explorer: sliders for growth and start that move two paths of a chart and the sentence below it.

The chart is drawn without its paths, which the page draws over it, so that a slider moves nothing but them. Its scale
stays: what leaves it at the top is told by the sentence. The start becomes `start * (1 + growth)^n`, and the target
needs `(target / start)^(1/n) - 1`, as in `statistics.growth_assumption`; `book/_static/explorer.js` computes and writes
the same. Without JavaScript the first setting is complete.
Out of scope: a start or target that is not positive.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

import pandas as pd
from matplotlib.figure import Figure as Canvas

from promotion_book.charts.caption import Caption, draw_with_caption
from promotion_book.charts.labels import BESIDE
from promotion_book.charts.projection_charts import growth_chart, without_moving
from promotion_book.charts.standing import ASSUMED, LINES
from promotion_book.charts.style import DPI, drawing
from promotion_book.charts.svg_file import svg_file
from promotion_book.report.chapters.explorer_words import Subject, known_to_script, sentence, table
from promotion_book.report.context import Context
from promotion_book.report.figures import ReportFigure, link_files
from promotion_book.report.sources import source_line
from promotion_book.statistics.growth_assumption import GrowthOutlook
from promotion_book.words.language import Language
from promotion_book.words.markup import Html, dump_for_script, escape, fill, join
from promotion_book.words.status_words import FIGURE_STATUS

SLOWEST, FASTEST = -10.0, 20.0  # per cent a year: the slider, unless the page's growth or the target is beyond
ROOM = 1.5  # how high the scale is, for the highest of what is shown first
PIXELS = 96  # of a page, an inch
PATHS = ("required", "assumed")


@dataclass(frozen=True)
class Explorer(ReportFigure):
    """A chart with sliders; what it draws, says and holds is of the first setting."""

    subject: Subject

    @property
    def address(self) -> str:
        """Where it stands on its page."""
        return f"explorer-{self.name}"

    @cached_property
    def canvases(self) -> dict[str, Canvas]:
        """The chart of the first setting for desk and phone, with all in its place."""
        return {size.name: self.draw_at(size) for size in self.sizes}

    def files(self, caption: Caption) -> dict[str, bytes]:
        """The downloads, which are of the first setting, and what the page draws the paths over."""
        svg, png = draw_with_caption(self.canvases["wide"], drawing(self.canvases["wide"]), caption)
        still = {name: svg_file(without_moving(canvas)) for name, canvas in self.canvases.items()}
        return {
            **{f"{self.name}-{name}.svg": file for name, file in still.items()},
            f"{self.name}.svg": svg,
            f"{self.name}.png": png,
            f"{self.name}.csv": self.table.csv_file(),
        }

    def html(self, folder: str, language: Language, *, number: str) -> Html:
        """The block for a page; `folder` is where its files lie, relative to the page."""
        text, title = language.text, escape(self.title)
        without = escape(text("The sliders need JavaScript. These are the paths as the page sets them."))
        sliders = join("\n", [_growth(self.subject), _start(self.subject)])
        charts = join("\n", (self._chart(folder, name, canvas=canvas) for name, canvas in self.canvases.items()))
        return Html(f"""<figure class="report-figure report-explorer" id="{escape(self.address)}">
{self.heading(number)}
<div class="explorer-controls pst-js-only" role="group" aria-label="{title}">
{sliders}
</div>
{charts}
<figcaption aria-live="polite" aria-atomic="true">{sentence(self.subject)}</figcaption>
<noscript><p class="nothing">{without}</p></noscript>
{self.details(language)}
{source_line(self.sources, language)}
<p class="figure-files">{link_files(self.name, folder, language)}</p>
<script type="application/json">{dump_for_script({**known_to_script(self.subject), "top": _top(self.subject)})}</script>
</figure>""")

    def text(self) -> str:
        """The first setting in plain text."""
        return f"{self.title}. {sentence(self.subject).text()}\n{self.table.text()}"

    def _chart(self, folder: str, name: str, *, canvas: Canvas) -> Html:
        """The chart with its paths over it: lengths are pixels of the page, in the innermost part years and values."""
        outlook, (ax,) = self.subject.outlook, canvas.axes
        width, height = (round(inches * PIXELS) for inches in canvas.get_size_inches())
        left, low, across, up = (length * PIXELS / DPI for length in ax.get_window_extent().bounds)
        (first, last), top = ax.get_xlim(), _top(self.subject)
        return fill(
            '<svg class="explorer-chart {name}" viewBox="0 0 {width} {height}" role="img" aria-label="{alt}"{hidden}>'
            '<image href="{file}" width="{width}" height="{height}"/>'
            '<svg x="{left}" y="{above}" width="{across}" height="{up}" overflow="visible">'
            '<svg viewBox="{before} -{top} {years} {top}" preserveAspectRatio="none">{paths}</svg>'
            '<text x="{end}%" y="{reached}%" dx="{beside}" dominant-baseline="central" fill="{colour}">{shown}</text>'
            "</svg></svg>",
            name=name,
            width=width,
            height=height,
            alt=self.alt,
            hidden=Html("" if name == "wide" else ' display="none"'),
            file=quote(f"{folder}/{self.name}-{name}.svg"),
            left=f"{left:.2f}",
            above=f"{height - low - up:.2f}",
            across=f"{across:.2f}",
            up=f"{up:.2f}",
            before=f"{first - outlook.base_year:g}",
            top=f"{top:g}",
            years=f"{last - first:g}",
            paths=join("", (_path(self.subject, path, values=getattr(outlook, path)) for path in PATHS)),
            end=f"{100 * (outlook.end_year - first) / (last - first):.2f}",
            reached=f"{100 * (1 - outlook.reached / self.subject.size / top):.6f}",
            beside=f"{BESIDE * PIXELS / DPI:g}",
            colour=ASSUMED,
            shown=self.subject.result(outlook.reached),
        )


def explorer(context: Context, indicator: str, *, outlook: GrowthOutlook, name: str) -> Explorer:
    """An explorer that begins with an outlook: its start, its growth, its target.

    Args:
        outlook: in the unit of the indicator, with a positive start and target.
        name: of the block and its files; each has its own on a page.
    """
    subject, text = Subject(context, indicator, outlook), context.language.text
    last = context.known.series(indicator).dropna(subset=["value"]).iloc[-1]
    end, years = outlook.end_year, range(outlook.base_year, outlook.end_year + 1)
    figure = {"year": outlook.base_year, "value": outlook.base, "status": last["status"]}
    figure |= {"standing": text(FIGURE_STATUS[last["status"]]), "shown": context.short(indicator)(outlook.base)}
    wanted = {"period": str(end), "first_year": end, "year": end, "value": outlook.target, "low": None, "high": None}
    wanted |= {"standing": text("target"), "shown": subject.aim}
    draw = growth_chart(
        pd.DataFrame([figure]),
        pd.DataFrame([wanted]),
        paths=pd.DataFrame({"year": years, **{path: getattr(outlook, path) for path in PATHS}}),
        end=subject.result(outlook.reached),
        top=_top(subject) * subject.size,
        write=context.short(indicator),
        language=context.language,
    )
    return Explorer(
        name,
        text("{name} to {end} at an assumed growth", name=context.indicator(indicator), end=end),
        subject,
        kind=text("Line chart"),
        finding=text("The sentence below the chart tells what it shows."),
        picture=draw,
        table=table(subject, name),
        sources=context.sources([last["source_id"], *subject.aims["source_id"]]),
    )


def _top(subject: Subject) -> float:
    """Where the scale ends, in the size of the subject."""
    outlook = subject.outlook
    return ROOM * max(outlook.base, outlook.reached, outlook.target) / subject.size


def _path(subject: Subject, name: str, *, values: Sequence[float]) -> Html:
    """A path of the page, in years from the first one and in the size of the subject, upwards below zero."""
    look = LINES[name]
    width = look["lw"] * PIXELS / DPI
    dash, gap = (length * width for length in look["dashes"])
    return fill(
        '<path class="{name}" d="M{points}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-dasharray="{dash} {gap}" vector-effect="non-scaling-stroke"/>',
        name=name,
        points=" ".join(f"{year} {-value / subject.size:.10g}" for year, value in enumerate(values)),
        colour=look["color"],
        width=f"{width:g}",
        dash=f"{dash:g}",
        gap=f"{gap:g}",
    )


def _growth(subject: Subject) -> Html:
    """The slider of the growth."""
    text, growth = subject.context.language.text, round(100 * subject.outlook.growth, 6)
    label = text("Growth a year, % of itself, not points") if subject.unit == "%" else text("Growth a year, %")
    fastest = max(FASTEST, growth, 5 * math.ceil(30 * subject.outlook.required_growth))
    return _slider("growth", label, value=growth, ends=(min(SLOWEST, growth), fastest), step=0.1)


def _start(subject: Subject) -> Html:
    """The slider of the start, which counts in the size of the subject."""
    outlook, start = subject.outlook, round(subject.outlook.base / subject.size, 6)
    label = subject.context.language.text("Start in {year}, {unit}", year=outlook.base_year, unit=subject.unit)
    return _slider("start", label, value=start, ends=(start / 2, start * 1.5), step=subject.step / subject.size)


def _slider(name: str, label: str, *, value: float, ends: tuple[float, float], step: float) -> Html:
    """A slider over two ends at least, in whole steps from the value, so that it can come back to it."""
    down, up = math.ceil(round((value - ends[0]) / step, 6)), math.ceil(round((ends[1] - value) / step, 6))
    return fill(
        '<label><span>{label}</span><input type="range" name="{name}" min="{low}" max="{high}" step="{step}" value="{value}"'
        ' autocomplete="off"><output></output></label>',
        label=label,
        name=name,
        low=f"{round(value - down * step, 6):g}",
        high=f"{round(value + up * step, 6):g}",
        step=f"{step:g}",
        value=f"{value:g}",
    )
