"""Writes a chart as SVG, lengths in hundredths of a point, its lines of words apart: they are text on a page, which brings
the font (`page_svg`), and outlines in a file, which brings none (`svg_file`).

What matplotlib looks up anew for each line of words, and at each measuring of it (the font and its height), is remembered
here. There is no style inside, which the policy of a page forbids.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any, NamedTuple

from matplotlib import _path
from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Transform

DECIMALS = 2
COMMANDS = {Path.MOVETO: ("M", 1), Path.LINETO: ("L", 1), Path.CURVE3: ("Q", 2), Path.CURVE4: ("C", 3)}  # with points
AROUND_COMMAND = re.compile(r"\s*([MLQCz])\s*")
UNWRITTEN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")  # which no font has
WITHOUT_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
OPENING, CLOSING = re.compile(r"\A.*?</style>\s*</defs>", re.DOTALL), "</svg>"
STYLE = re.compile(r'\bstyle="([^"]*)"')
LONG_NUMBER = re.compile(rf'(?<==")(-?\d+\.\d{{{DECIMALS}}})\d+(?=")')
GAP = re.compile(r' *<text id="(\d+)"/>')


class Lettering(NamedTuple):
    """A line of words: where it begins, in points from the upper left corner of a chart, and how it looks."""

    text: str
    x: float
    y: float
    angle: float
    font: FontProperties
    colour: tuple[float, float, float, float]  # red, green, blue, opacity


class Drawing(NamedTuple):
    """A chart in points: SVG and lines of words, one after the other."""

    width: float
    height: float
    parts: tuple[str | Lettering, ...]


class Pen(RendererSVG):
    """Writes a chart as SVG, lengths in points."""

    writer: Any

    def __init__(self, figure: Figure) -> None:
        self.text = io.StringIO()
        self.written_groups: list[bool] = []
        self.words: list[Lettering] = []
        super().__init__(*figure.bbox.size, self.text, metadata=WITHOUT_METADATA)  # type: ignore[no-untyped-call]

    def write(self, *artists: Artist) -> Drawing:
        """What has been drawn, after these artists."""
        for artist in artists:
            artist.draw(self)
        self.finalize()  # type: ignore[no-untyped-call]
        drawn = OPENING.sub("", self.text.getvalue()).strip().removesuffix(CLOSING)
        parts = GAP.split(LONG_NUMBER.sub(r"\1", STYLE.sub(_as_attributes, drawn)))
        placed = [self.words[int(part)] if number % 2 else part for number, part in enumerate(parts)]
        return Drawing(self.width, self.height, tuple(placed))

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin a group; only one that the chart has named is written."""
        self.written_groups.append(gid is not None)
        if gid is not None:
            super().open_group(s, gid)  # type: ignore[no-untyped-call]

    def close_group(self, s: str) -> None:
        """End a group."""
        if self.written_groups.pop():
            super().close_group(s)  # type: ignore[no-untyped-call]

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
        """Leave a gap for a line of words; a formula is drawn as matplotlib does."""
        if ismath:
            super()._draw_text_as_path(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
        elif s.strip():
            self.writer.element("text", id=str(len(self.words)))
            self.words.append(Lettering(s, x, y, angle, prop.copy(), gc.get_rgb()))

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """The size of a line of words."""
        return extent(s, prop.copy(), ismath)

    def _get_font_height_metrics(self, prop: FontProperties) -> tuple[float, float, float]:
        return font_height(prop.copy())

    def _convert_path(
        self,
        path: Path,
        transform: Transform | None = None,
        clip: Any = None,
        simplify: bool | None = None,
        sketch: Any = None,
    ) -> str:
        """A path as SVG has it; `clip` is whether what is outside the chart is left out."""
        frame = (0.0, 0.0, self.width, self.height) if clip else None
        letters = [letter.encode() for letter, _ in COMMANDS.values()]
        data = _path.convert_to_string(path, transform, frame, simplify, sketch, DECIMALS, [*letters, b"z"], False)  # type: ignore[attr-defined]
        return AROUND_COMMAND.sub(r"\1", data.decode("ascii"))


@cache
def extent(words: str, font: FontProperties, mathematical: bool) -> tuple[float, float, float]:
    """The width of a line of words in a chart, its height, and how much of that is below the line.

    Raises:
        ValueError: no font has a letter for what they hold.
    """
    if UNWRITTEN.search(words):
        raise ValueError(f"the words {words!a} hold half a character or a control character: take it out")
    return text_to_path.get_text_width_height_descent(words, font, mathematical)


@cache
def font_height(font: FontProperties) -> tuple[float, float, float]:
    """How far a font reaches above the line and below it, and what it leaves between two lines, in points."""
    face = get_font(findfont(font))
    table = face.get_sfnt_table("OS/2")
    assert table
    point = 1 / face.units_per_EM * font.get_size_in_points()
    return table["sTypoAscender"] * point, -table["sTypoDescender"] * point, table["sTypoLineGap"] * point


def _as_attributes(found: re.Match[str]) -> str:
    """What a style says, as attributes of its element."""
    said = (part.split(":", 1) for part in found[1].split(";") if part.strip())
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, value in said)
