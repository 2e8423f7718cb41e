"""Where a growth leads, with what moves marked: the chart that the slider of a page redraws."""

from __future__ import annotations

import re
from dataclasses import replace

from matplotlib.axes import Axes

from promotion_book.charts import axes, labels
from promotion_book.charts.axes import Format
from promotion_book.charts.elements import Elements, Goal, Mark, Path, draw_elements, goal_handles, write_elements
from promotion_book.charts.standing import ASSUMED
from promotion_book.charts.style import Draw, Size
from promotion_book.words.language import Language

MOVING = re.compile(rb'^( *)<g id="moves\d">.*?^\1</g>\n', re.DOTALL | re.MULTILINE)
OUTLINES = re.compile(rb"^ *<defs>.*?</defs>\n", re.DOTALL | re.MULTILINE)


def growth_chart(
    mark: Mark, goal: Goal, *, paths: tuple[Path, Path], top: float, show: Format, language: Language
) -> Draw:
    """Where a required and an assumed growth lead from a figure, from zero to `top`; the assumed one is named at its end.

    Both lines and that name move with the assumption: `without_moving` leaves them out of the drawing.
    """
    required, assumed = (replace(path, label="") for path in paths)
    elements = Elements([mark], [goal], [required, assumed])

    def draw(ax: Axes, size: Size) -> None:
        draw_elements(ax, elements, show)
        ax.set_ylim(0, top)
        aims = goal_handles([goal], elements.paths, language=language)
        axes.legend(ax, size, [*axes.mark_handles([mark.status], language), *aims])
        write_elements(ax, size, elements=elements, show=show)
        end = labels.at_end(assumed.xs[-1], assumed.ys[-1])[0]
        labels.note(ax, paths[1].label, end, colour=ASSUMED, ground=False)
        ax.texts[-1].set_in_layout(False)
        for number, artist in enumerate([*ax.lines[-2:], ax.texts[-1]]):
            artist.set_gid(f"moves{number}")

    return draw


def without_moving(svg: bytes) -> bytes:
    """The drawing of a growth chart without what moves; outlines of its letters stay, for other words have them too."""
    return MOVING.sub(lambda moving: b"".join(OUTLINES.findall(moving[0])), svg)
