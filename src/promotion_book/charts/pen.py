"""Writes a chart as SVG: lengths in hundredths of a point, every letter an outline, because a picture brings no font.

A letter is defined once in a chart, in the units of its font. What matplotlib looks up anew for each line of words, and
at each measuring of it (the font, its height, the letters), is remembered here.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any, NamedTuple, cast

import numpy as np
from matplotlib import _path
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Transform
from numpy.typing import NDArray

DECIMALS = 2
COMMANDS = {Path.MOVETO: ("M", 1), Path.LINETO: ("L", 1), Path.CURVE3: ("Q", 2), Path.CURVE4: ("C", 3)}  # with points
AROUND_COMMAND = re.compile(r"\s*([MLQCz])\s*")
EM = 2048  # units of an outline in the size of the font
UNIT = EM / text_to_path.FONT_SCALE
WITHOUT_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


OUTLINES: dict[str, str] = {}  # of all letters so far


class Spelling(NamedTuple):
    """A line of words: the name and the place of each of its letters, in units, and their outlines by name."""

    letters: list[tuple[str, int, int]]
    outlines: dict[str, str]


class Pen(RendererSVG):
    """Writes a chart as SVG, lengths in points."""

    writer: Any

    def __init__(self, figure: Figure) -> None:
        self.text = io.StringIO()
        self.written_groups: list[bool] = []
        self.short_names: dict[str, str] = {}  # of the outlines that the chart has
        super().__init__(*figure.bbox.size, self.text, metadata=WITHOUT_METADATA)  # type: ignore[no-untyped-call]

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
        """Write a line of words; a formula as matplotlib does."""
        if ismath:
            super()._draw_text_as_path(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[no-untyped-call]
            return
        line, unit, (*_, opacity) = spell(s, prop.copy()), prop.get_size_in_points() / EM, gc.get_rgb()
        self._define(line.outlines)
        turn = f" rotate({-angle:g})" if angle else ""
        place = f"translate({x:.{DECIMALS}f} {y:.{DECIMALS}f}){turn} scale({unit:.5g} {-unit:.5g})"
        pale = {"opacity": f"{opacity:g}"} if opacity < 1 else {}
        self.writer.start("g", fill=to_hex(gc.get_rgb()), transform=place, **pale)
        for name, right, up in line.letters:
            where = {"x": str(right), "y": str(up) if up else ""}
            self.writer.element("use", attrib={"xlink:href": f"#{self.short_names[name]}", **where})
        self.writer.end("g")

    def _define(self, outlines: dict[str, str]) -> None:
        """Write the outlines that the chart has not had before."""
        new = [name for name in outlines if name not in self.short_names]
        if new:
            self.writer.start("defs")
            for name in new:
                self.short_names[name] = f"l{len(self.short_names)}"
                self.writer.element("path", id=self.short_names[name], d=outlines[name])
            self.writer.end("defs")

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
    """The width of a line of words in a chart, its height, and how much of that is below the line."""
    return text_to_path.get_text_width_height_descent(words, font, mathematical)


@cache
def font_height(font: FontProperties) -> tuple[float, float, float]:
    """How far a font reaches above the line and below it, and what it leaves between two lines, in points."""
    face = get_font(findfont(font))
    table = face.get_sfnt_table("OS/2")
    assert table
    point = 1 / face.units_per_EM * font.get_size_in_points()
    return table["sTypoAscender"] * point, -table["sTypoDescender"] * point, table["sTypoLineGap"] * point


@cache
def spell(words: str, font: FontProperties) -> Spelling:
    """A line of words letter by letter; those without an outline, as blanks, are left out."""
    face, known = text_to_path._get_font(font), cast("dict[str, Any]", OUTLINES)  # type: ignore[attr-defined]
    found, new, _ = text_to_path.get_glyphs_with_font(face, words, known, return_new_glyphs_only=True)
    OUTLINES.update({name: outline(vertices * UNIT, codes) for name, (vertices, codes) in new.items()})
    letters = [(name, round(x * UNIT), round(y * UNIT)) for name, x, y, _ in found if OUTLINES[name]]
    return Spelling(letters, {name: OUTLINES[name] for name, _, _ in letters})


def outline(points: NDArray[np.float64], codes: NDArray[np.uint8]) -> str:
    """A path in whole numbers as SVG has it, each point counted from the last one, which is the shortest way."""
    written, part, (x, y), start = [], [], (0, 0), (0, 0)
    for code, (right, up) in zip(codes.tolist(), points.round().astype(int).tolist(), strict=True):
        if code == Path.CLOSEPOLY:
            written.append("z")
            x, y = start
            continue
        letter, count = COMMANDS[code]
        part.append(f"{right - x} {up - y}")
        if len(part) == count:
            written.append(letter.lower() + " ".join(part).replace(" -", "-"))
            part, x, y = [], right, up
            start = (x, y) if code == Path.MOVETO else start
    return "".join(written)
