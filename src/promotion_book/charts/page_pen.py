"""Writes a chart as a part of a page: its words are text, in the font that the book brings (`book.chart_font`).

Each line of words is as wide as it is in the chart, so that nothing moves where another font stands in for it. There is
no style inside, which the policy of a page forbids; ids begin with the name of the chart, so that a page has each once.
"""

from __future__ import annotations

import re
from typing import Any

from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from promotion_book.charts.pen import DECIMALS, Pen, extent
from promotion_book.charts.style import FONT, style
from promotion_book.pause_collection import pause_collection
from promotion_book.words.markup import Html, escape, fill

FONTS = f"Chart, {FONT}, sans-serif"
OPENING, CLOSING = re.compile(r"\A.*?</style>\s*</defs>", re.DOTALL), "</svg>"
STYLE, INDENT = re.compile(r'\bstyle="([^"]*)"'), re.compile(r"\s*\n\s*")
LONG_NUMBER = re.compile(rf'(?<==")(-?\d+\.\d{{{DECIMALS}}})\d+(?=")')
ID = re.compile(r'(\bid="|url\(#|href="#)')


class PagePen(Pen):
    """Writes a chart as SVG with text."""

    def _draw_text_as_path(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any,
        mtext: Text | None = None,
    ) -> None:
        """Write a line of words."""
        *_, opacity = gc.get_rgb()
        across, down = f"{x:.{DECIMALS}f}", f"{y:.{DECIMALS}f}"
        looks = {
            "x": across,
            "y": down,
            "font-size": f"{prop.get_size_in_points():g}",
            "textLength": f"{extent(s, prop.copy(), False)[0]:.{DECIMALS}f}",
            "lengthAdjust": "spacingAndGlyphs",
            "fill": to_hex(gc.get_rgb()),
            "font-weight": "bold" if prop.get_weight() == "bold" else "",
            "opacity": f"{opacity:g}" if opacity < 1 else "",
            "transform": f"rotate({-angle:g} {across} {down})" if angle else "",
        }
        if s.strip():
            self.writer.element("text", s, attrib={name: told for name, told in looks.items() if told})


def page_drawing(figure: Figure, name: str, *, size: str, alt: str) -> Html:
    """A chart as an element of a page, on which nothing else has its name and size; the same input gives the same bytes."""
    with pause_collection(), style():
        pen = PagePen(figure)
        figure.draw(pen)
        pen.finalize()  # type: ignore[no-untyped-call]
    drawn = OPENING.sub("", pen.text.getvalue()).strip().removesuffix(CLOSING)
    drawn = LONG_NUMBER.sub(r"\1", STYLE.sub(_as_attributes, drawn.replace("xlink:href", "href")))
    return fill(
        '<svg class="chart {size}" viewBox="0 0 {width} {height}" role="img" aria-label="{alt}" font-family="{fonts}" '
        'stroke-linejoin="round"{hidden}>{drawn}</svg>',
        size=size,
        width=f"{pen.width:g}",
        height=f"{pen.height:g}",
        alt=alt,
        fonts=FONTS,
        hidden=Html(' display="none"') if size == "narrow" else "",
        drawn=Html(INDENT.sub("\n", ID.sub(rf"\1{escape(name)}-{size}-", drawn))),
    )


def _as_attributes(found: re.Match[str]) -> str:
    """What a style says, as attributes of its element."""
    said = (part.split(":", 1) for part in found[1].split(";") if part.strip())
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, value in said)
