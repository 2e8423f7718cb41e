"""The contrast that stands beside a colour of a style sheet is the colour's own, and enough.

Source: W3C, Web Content Accessibility Guidelines 2.2, success criteria 1.4.3 and 1.4.11.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from promotion_book.charts.contrast import PART, TEXT
from promotion_book.charts.contrast import contrast as exact
from promotion_book.charts.style import INK, MUTED, PALETTE
from promotion_book.site.front.site_pages import STYLE, own_files

BOOK = Path("book/_static/book.css")
BLOCK = re.compile(r"([^{}]+)\{([^{}]*)\}")
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]+);(?: /\* (.+) \*/)?")


def contrast(one: str, other: str) -> float:
    """The contrast as it is written beside a colour."""
    return round(exact(one, other), 1)


def palettes(css: str) -> list[dict[str, tuple[str, str]]]:
    """The colours of each block that names some, with what stands beside them."""
    found = [{name: (colour, said) for name, colour, said in COLOUR.findall(body)} for _, body in BLOCK.findall(css)]
    return [palette for palette in found if palette]


def test_black_on_white_and_a_grey_have_the_contrast_of_the_guidelines():
    assert (contrast("#000", "#ffffff"), contrast("#777777", "#fff")) == (21.0, 4.5)


@pytest.mark.parametrize(("mode", "ground"), [(0, "white"), (1, "the dark ground")])
def test_the_contrast_beside_a_colour_of_the_book_is_true(mode, ground):
    css = BOOK.read_text(encoding="utf-8")
    palette = palettes(css)[mode]
    dark = re.search(r"the dark ground (#\w+)", css)
    assert dark
    grounds = {"white": "#fff", "the dark ground": dark[1], "the soft ground": palette["report-soft"][0]}
    written = {name: re.findall(r"([\d.]+) on ([a-z ]+)", said) for name, (_, said) in palette.items() if said}
    true = {
        name: [(str(contrast(palette[name][0], grounds[on])), on) for _, on in said] for name, said in written.items()
    }
    assert written == true
    assert {name for name, said in written.items() if said[0][1] == ground} == set(palette) - {"report-soft"}
    assert [n for n, said in written.items() if min(float(r) for r, _ in said) < (PART if "line" in n else TEXT)] == []


@pytest.mark.parametrize("mode", [0, 1])
def test_the_contrast_beside_a_colour_of_the_archive_is_true(mode):
    palette = palettes(own_files()[STYLE])[mode]
    written = {name: float(said.partition(":")[0]) for name, (_, said) in palette.items() if said}
    assert written == {name: contrast(palette[name][0], palette["page"][0]) for name in written}
    assert (set(written), min(written.values()) >= TEXT) == ({"text", "quiet", "link"}, True)


def turned(colour: str, inverted: float, degrees: float) -> str:
    """A colour after the filters `invert` and `hue-rotate` of CSS.

    Source: W3C, Filter Effects Module Level 1, sections 9.5 and 9.7.
    """
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    parts = parts * (1 - inverted) + (1 - parts) * inverted
    grey = np.array([0.213, 0.715, 0.072])
    sine = [[-0.213, -0.715, 0.928], [0.143, 0.140, -0.283], [-0.787, 0.715, 0.072]]
    angle = np.radians(degrees)
    turn = np.tile(grey, (3, 1)) + np.cos(angle) * (np.eye(3) - grey) + np.sin(angle) * np.array(sine)
    return "#" + "".join(f"{round(255 * part):02x}" for part in np.clip(turn @ parts, 0, 1))


def test_a_picture_in_the_dark_mode_has_the_dark_ground_and_enough_contrast_on_it():
    css = BOOK.read_text(encoding="utf-8")
    dark = re.search(r"the dark ground (#\w+)", css)
    inverted, degrees = re.findall(r"filter: invert\(([\d.]+)\) hue-rotate\((\d+)deg\)", css)[0]
    assert dark
    on_dark = {colour: turned(colour, float(inverted), float(degrees)) for colour in ("#ffffff", *PALETTE, INK, MUTED)}
    assert on_dark["#ffffff"] == dark[1]
    assert [c for c in PALETTE if contrast(on_dark[c], dark[1]) < PART] == []
    assert [c for c in (INK, MUTED) if contrast(on_dark[c], dark[1]) < TEXT] == []


def test_colours_that_stand_beside_each_other_in_a_chart_are_told_apart_on_paper():
    assert [pair for pair in pairwise(PALETTE) if contrast(*pair) < PART] == []
