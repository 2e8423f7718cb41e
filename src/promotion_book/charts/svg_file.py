"""Writes a chart as an SVG file: every letter an outline, because a file brings no font.

A letter is defined once in a file, in the units of its font.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

import numpy as np
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from numpy.typing import NDArray

from promotion_book.charts.pen import COMMANDS, DECIMALS, Drawing, Lettering

EM = 2048  # units of an outline in the size of the font
UNIT = EM / text_to_path.FONT_SCALE
FILE = """<?xml version="1.0" encoding="utf-8"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}pt" height="{height}pt" \
viewBox="0 0 {width} {height}" stroke-linejoin="round">{drawn}</svg>
"""

OUTLINES: dict[str, str] = {}  # of all letters so far


def svg_file(drawing: Drawing) -> bytes:
    """A chart as a file of its own; the same input gives the same bytes."""
    names: dict[str, str] = {}
    drawn = "".join(part if isinstance(part, str) else _outlined(part, names) for part in drawing.parts)
    return FILE.format(width=f"{drawing.width:g}", height=f"{drawing.height:g}", drawn=drawn).encode("utf-8")


def _outlined(words: Lettering, names: dict[str, str]) -> str:
    """A line of words as outlines, after those that the file does not have yet, by their `names` in it."""
    line, unit, (*_, opacity) = spell(words.text, words.font), words.font.get_size_in_points() / EM, words.colour
    new = [name for name in dict.fromkeys(name for name, *_ in line) if name not in names]
    for name in new:
        names[name] = f"l{len(names)}"
    defined = "\n".join(f'<path id="{names[name]}" d="{OUTLINES[name]}"/>' for name in new)
    turn = f" rotate({-words.angle:g})" if words.angle else ""
    place = f"translate({words.x:.{DECIMALS}f} {words.y:.{DECIMALS}f}){turn} scale({unit:.5g} {-unit:.5g})"
    pale = f' opacity="{opacity:g}"' if opacity < 1 else ""
    letters = "\n".join(_letter(names[name], x, y) for name, x, y in line)
    first = f"<defs>{defined}</defs>\n" if new else ""
    return f'{first}<g fill="{to_hex(words.colour)}" transform="{place}"{pale}>\n{letters}</g>'


def _letter(name: str, x: int, y: int) -> str:
    up = f' y="{y}"' if y else ""
    return f'<use xlink:href="#{name}" x="{x}"{up}/>'


@cache
def spell(words: str, font: FontProperties) -> list[tuple[str, int, int]]:
    """The name and the place of each letter of a line of words, in units; those without an outline, as blanks, are left out."""
    face, known = text_to_path._get_font(font), cast("dict[str, Any]", OUTLINES)  # type: ignore[attr-defined]
    found, new, _ = text_to_path.get_glyphs_with_font(face, words, known, return_new_glyphs_only=True)
    OUTLINES.update({name: outline(vertices * UNIT, codes) for name, (vertices, codes) in new.items()})
    return [(name, round(x * UNIT), round(y * UNIT)) for name, x, y, _ in found if OUTLINES[name]]


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
