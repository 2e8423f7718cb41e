"""A figure through the years, as small as a word: a line that ends in a dot, and a bar where the target is.

It is drawn in the page itself, in the colours of the page, so that it follows the dark mode.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from promotion_book.words.markup import Html, fill, join

WIDTH, HEIGHT, EDGE, BAR = 160, 36, 5, 14  # pixels
LEAST = 3  # of the height of a bar


def sparkline(points: Sequence[tuple[float, float]], *, alt: str, target: tuple[float, float] | None = None) -> Html:
    """The drawing as HTML. Its scale begins at zero, or at the lowest figure below it.

    Args:
        points: year and figure, oldest first; two or more.
        alt: what it shows, for those who cannot see it.
        target: the low and the high end of what is wanted; a single figure is both.
    """
    right = WIDTH - EDGE - (BAR + EDGE if target else 0)
    across = _scale([year for year, _ in points], EDGE, right)
    up = _scale([0.0, *(value for _, value in points), *(target or ())], HEIGHT - EDGE, EDGE)
    placed = [(across(year), up(value)) for year, value in points]
    line = fill('<polyline points="{points}"/>', points=" ".join(f"{x:.1f},{y:.1f}" for x, y in placed))
    dot = fill(f'<circle cx="{placed[-1][0]:.1f}" cy="{placed[-1][1]:.1f}" r="3.5"/>')
    bar = [_bar(up(target[1]), up(target[0]))] if target else []
    return fill(
        '<svg class="sparkline" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        'aria-label="{alt}">{parts}</svg>',
        width=WIDTH,
        height=HEIGHT,
        alt=alt,
        parts=join("", [line, dot, *bar]),
    )


def _scale(values: Sequence[float], start: float, end: float) -> Callable[[float], float]:
    """Places values between two ends; where all are the same, at the last one."""
    low, high = min(values), max(values)
    return lambda value: start + (value - low) / (high - low) * (end - start) if high > low else end


def _bar(top: float, bottom: float) -> Html:
    thick = max(bottom - top, LEAST)
    middle = (top + bottom) / 2
    return fill(
        '<rect x="{x}" y="{y}" width="{width}" height="{thick}"/>',
        x=WIDTH - EDGE - BAR,
        y=f"{middle - thick / 2:.1f}",
        width=BAR,
        thick=f"{thick:.1f}",
    )
