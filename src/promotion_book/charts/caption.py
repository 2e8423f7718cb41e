"""What a picture carries when somebody takes it away from its page: what it shows above it, and below where it is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text

from promotion_book.charts.labels import SIZE, wrap_label
from promotion_book.charts.pen import DECIMALS, Drawing, Pen
from promotion_book.charts.style import DPI, INK, MUTED, more_room, pixels, style
from promotion_book.charts.svg_file import svg_file
from promotion_book.pause_collection import pause_collection

LARGE = 12.0  # points of the title
TITLE_SHARE, CREDIT_SHARE = "title_share", "credit_share"  # what a PNG calls the parts of its height that words take
BOLDER, LEADING = 1.2, 1.35  # how much wider bold letters may be; of a line, for its size
BETWEEN = (LEADING - 1) / 2  # so far from the top of a line it is cut from the one before it
SIDE, APART = 6.0, 8.0  # points beside the words, and between them and the picture


@dataclass(frozen=True)
class Caption:
    """The words of a picture: its title, what is drawn and in what unit, and lines on where it is from."""

    title: str
    subtitle: str
    foot: tuple[str, ...]


def draw_with_caption(picture: Figure, drawn: Drawing, caption: Caption) -> tuple[bytes, bytes]:
    """A finished picture and its drawing with words around it as SVG and as PNG; the picture stays as it is.

    The PNG says how much of its height the title takes, and the last line on where it is from: who writes them beside
    it can cut them off.
    """
    with pause_collection(), style():
        title = _wrapped(picture, caption.title, wider=LARGE / SIZE * BOLDER)
        above = [*_wrapped(picture, caption.subtitle)]
        below = [line for said in caption.foot for line in _wrapped(picture, said)]
        high = LEADING * (LARGE * len(title) + SIZE * len(above)) + 2 * APART
        low = LEADING * SIZE * len(below) + 2 * APART
        lines = [
            *_put(picture, title, down=APART - high, size=LARGE, weight="bold", color=INK),
            *_put(picture, above, down=APART - high + LEADING * LARGE * len(title), color=MUTED),
            *_put(picture, below, down=picture.get_figheight() * DPI + APART, color=MUTED),
        ]
        room = (low / DPI, high / DPI)
        whole = picture.get_figheight() * DPI + low + high
        credit = (LEADING * len(_wrapped(picture, "".join(caption.foot[-1:]))) + BETWEEN) * SIZE
        shares = {TITLE_SHARE: (LEADING * len(title) - BETWEEN) * LARGE, CREDIT_SHARE: credit}
        said = {word: f"{(APART + points) / whole:.4f}" for word, points in shares.items()}
        with more_room(picture, room):
            around = Pen(picture).write(picture.patch, *lines)
        png = pixels(picture, room, said=said)
        for line in lines:
            line.remove()
    inside = (f'<g transform="translate(0 {high:.{DECIMALS}f})">', *drawn.parts, "</g>")
    return svg_file(around._replace(parts=(*around.parts, *inside))), png


def _wrapped(picture: Figure, text: str, wider: float = 1.0) -> list[str]:
    return wrap_label(text, (picture.get_figwidth() * DPI - 2 * SIDE) / wider).splitlines() if text else []


def _put(picture: Figure, lines: list[str], *, down: float, size: float = SIZE, **looks: Any) -> list[Text]:
    """Write lines so many points below the upper edge of the picture, or above it."""
    width, height = (inches * DPI for inches in picture.get_size_inches())
    placed = [
        Text(SIDE / width, 1 - (down + number * LEADING * size) / height, line, size=size, va="top", **looks)
        for number, line in enumerate(lines)
    ]
    for text in placed:
        text.set_transform(picture.transFigure)
        picture.add_artist(text)
    return placed
