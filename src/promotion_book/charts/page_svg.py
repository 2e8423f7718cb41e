"""Writes a chart as a part of a page: its words are text, in the font that the book brings (`book.chart_font`).

Each line of words is as wide as it is in the chart, so that nothing moves where another font stands in for it. Ids begin
with the name of the chart, so that a page has each once.
"""

from __future__ import annotations

import re

from matplotlib.colors import to_hex

from promotion_book.charts.pen import DECIMALS, Drawing, Lettering, extent
from promotion_book.charts.style import FONT
from promotion_book.words.markup import Html, escape, fill

FONTS = f"Chart, {FONT}, sans-serif"
INDENT = re.compile(r"\s*\n\s*")
ID = re.compile(r'(\bid="|url\(#|href="#)')


def page_svg(drawing: Drawing, name: str, *, size: str, alt: str) -> Html:
    """A chart as an element of a page, on which nothing else has its name and size; the same input gives the same bytes."""
    own = rf"\1{escape(name)}-{size}-"
    parts = (
        ID.sub(own, INDENT.sub("\n", part.replace("xlink:href", "href"))) if isinstance(part, str) else _text(part)
        for part in drawing.parts
    )
    return fill(
        '<svg class="chart {size}" viewBox="0 0 {width} {height}" role="img" aria-label="{alt}" font-family="{fonts}" '
        'stroke-linejoin="round"{hidden}>{drawn}</svg>',
        size=size,
        width=f"{drawing.width:g}",
        height=f"{drawing.height:g}",
        alt=alt,
        fonts=FONTS,
        hidden=Html(' display="none"') if size == "narrow" else "",
        drawn=Html("".join(parts)),
    )


def _text(words: Lettering) -> str:
    """A line of words as an element."""
    *_, opacity = words.colour
    across, down = f"{words.x:.{DECIMALS}f}", f"{words.y:.{DECIMALS}f}"
    looks = {
        "x": across,
        "y": down,
        "font-size": f"{words.font.get_size_in_points():g}",
        "textLength": f"{extent(words.text, words.font, False)[0]:.{DECIMALS}f}",
        "lengthAdjust": "spacingAndGlyphs",
        "fill": to_hex(words.colour),
        "font-weight": "bold" if words.font.get_weight() == "bold" else "",
        "opacity": f"{opacity:g}" if opacity < 1 else "",
        "transform": f"rotate({-words.angle:g} {across} {down})" if words.angle else "",
    }
    told = " ".join(f'{name}="{look}"' for name, look in looks.items() if look)
    return f"<text {told}>{escape(words.text)}</text>"
