"""Charts: each function takes what is to be shown and returns a drawing of it.

Targets are hatched, required paths are dashed, assumed paths dotted (`axes` has the marks). Every
drawing fits a desk and a phone (`Size.narrow`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matplotlib.axes import Axes

from promotion_book.charts import axes, bars, labels
from promotion_book.charts.axes import Format
from promotion_book.charts.elements import Elements, Goal, Mark, Path, draw_elements, goal_handles, write_elements
from promotion_book.charts.labels import Spot
from promotion_book.charts.standing import ASSUMED, TARGET
from promotion_book.charts.style import INK, Draw, Size
from promotion_book.words.language import Language

MOVING = re.compile(rb'^( *)<g id="moves\d">.*?^\1</g>\n', re.DOTALL | re.MULTILINE)


def growth_chart(
    mark: Mark, goal: Goal, *, paths: tuple[Path, Path], top: float, show: Format, language: Language
) -> Draw:
    """Where a required and an assumed growth lead from a figure, from zero to `top`; the assumed one is named at its end.

    Both lines and that name move with the assumption: `without_moving` leaves them out of the drawing.
    """
    required, assumed = (replace(path, label="") for path in paths)
    elements = Elements([mark], [goal], [required, assumed])

    def draw(ax: Axes, size: Size) -> None:
        draw_elements(ax, size, elements=elements, show=show)
        ax.set_ylim(0, top)
        aims = goal_handles([goal], elements.paths, language=language)
        axes.legend(ax, size, [*axes.mark_handles([mark.status], language), *aims])
        write_elements(ax, size, elements=elements, show=show)
        up, side = (17, "bottom") if assumed.ys[-1] > goal.high else (-11, "top")
        labels.note(ax, paths[1].label, Spot(assumed.xs[-1], assumed.ys[-1], 0, up, "right", side), colour=ASSUMED)
        for number, artist in enumerate([*ax.lines[-2:], ax.texts[-1]]):
            artist.set_gid(f"moves{number}")

    return draw


def without_moving(svg: bytes) -> bytes:
    """The drawing of a growth chart without what moves."""
    return MOVING.sub(b"", svg)


def bars_chart(
    names: Sequence[str],
    numbers: Sequence[float],
    *,
    shown: Sequence[str],
    reference: tuple[float, str] | None = None,
    hollow: tuple[Sequence[bool], str, str] | None = None,
) -> Draw:
    """Values of several things, one bar each; an optional reference line with its label.

    `hollow` says which bars are hollow, what that means, and what the others mean: bars and legend then tell.
    """
    fills = [bars.HOLLOW if empty else bars.FILLED for empty in (hollow[0] if hollow else [False] * len(names))]

    def draw(ax: Axes, size: Size) -> None:
        rows = axes.rows(ax, names, size)
        for place, value, fill in zip(rows.places, numbers, fills, strict=True):
            bars.bar(ax, value, place, rows.thickness, fill)
        axes.no_scale(ax)
        axes.upright(ax, 0, rows, color=INK, lw=0.8)
        handles = []
        if hollow and any(hollow[0]):
            meanings = [(bars.HOLLOW, hollow[1]), (bars.FILLED, hollow[2])]
            handles += [bars.handle(meaning, fill) for fill, meaning in meanings if fill in fills]
        handles += [axes.line_handle(reference[1], {"color": TARGET})] if reference else []
        axes.legend(ax, size, handles)
        if reference:
            bars.target(ax, reference[0], rows)
            bars.written_clear(ax, rows, ends=numbers, shown=shown, fills=fills, line=reference[0])
        else:
            bars.written(ax, rows.places, [max(value, 0) for value in numbers], shown, min([0, *numbers]))

    return draw
