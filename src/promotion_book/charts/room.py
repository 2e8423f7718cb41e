"""Room for the words of a chart: its scale across goes on so far that no word leaves the picture, and it is so high that
each word has a place that covers nothing; where that is not enough, there is room for each at its right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from promotion_book.charts.labels import BESIDE, width
from promotion_book.charts.style import settle
from promotion_book.charts.taken import right_edge
from promotion_book.charts.waiting_words import words_of

HIGHER, MOST = 0.2, 3  # inches of height that a row of panels gets more at a time, and how many times at most


def make_room(figure: Figure, rows: int = 1, *, higher: int = MOST) -> bool:
    """Put all that is drawn in a picture in its place, with room for its words in its rows of panels, which get `higher` so
    many times at most.

    Returns:
        Whether each of its words has a place that covers nothing.
    """
    settle(figure)
    least = figure.get_figheight()
    for ax in figure.axes:
        _lengthen(ax, _reaches(ax))
    covered, missing = _heighten(figure, least, rows=rows, most=higher)
    if covered:
        for ax in figure.axes:
            _lengthen(ax, _reaches_at_right(ax))
        covered, missing = _heighten(figure, least, rows=rows, most=higher)
    return not (covered or missing)


def _heighten(figure: Figure, least: float, *, rows: int, most: int) -> tuple[float, int]:
    """Make a picture so high that its words lack least: what they cover then, and how many of them have no place."""
    tried = []
    for more in range(most + 1):
        tried.append((*_lacking(figure, least + more * rows * HIGHER), more))
        if not any(tried[-1][:2]):
            return 0.0, 0
    return _lacking(figure, least + min(tried)[2] * rows * HIGHER)


def _lacking(figure: Figure, height: float) -> tuple[float, int]:
    """What the words of a picture cover at a height in inches, and how many of them have no place."""
    if height != figure.get_figheight():
        figure.set_figheight(height)
        figure.set_layout_engine("constrained")
        settle(figure)
    found = [(0.0, 0)]
    for waiting in (waiting for ax in figure.axes for waiting in words_of(ax)):
        waiting.settle()
        found.append(waiting.lacking)
    covered, missing = zip(*found, strict=True)
    return round(sum(covered)), sum(missing)


def _lengthen(ax: Axes, reaches: Iterable[tuple[float, float]]) -> None:
    """Lengthen the scale across where words of a settled picture would reach beyond its right edge, or into a panel.

    Args:
        reaches: places across, and how many points beyond them words reach to the right.
    """
    (left, end), start, right = ax.get_xlim(), ax.get_window_extent().x0, right_edge(ax)
    longest = end
    for x, beyond in reaches:
        room = right - start - beyond
        if room > 0:
            longest = max(longest, left + (x - left) * ax.get_window_extent().width / room)
    if longest > end:
        ax.set_xticks([tick for tick in ax.get_xticks() if left <= tick <= end])
        ax.set_xlim(left, longest)
        for waiting in words_of(ax):
            waiting.room = None  # they are written anew


def _reaches(ax: Axes) -> Iterator[tuple[float, float]]:
    """The marks of a chart that have words, and how many points beyond them these reach to the right."""
    for words in ax.texts:
        if isinstance(words, Annotation) and words.xycoords == "data":
            x, y = words.xy
            yield x, words.get_window_extent().x1 - ax.transData.transform((x, y))[0]
    for waiting in words_of(ax):
        for x, text in waiting.ends:
            yield x, BESIDE + max(map(width, text.splitlines()))


def _reaches_at_right(ax: Axes) -> Iterator[tuple[float, float]]:
    """What the words of a chart name, and how many points beyond it these reach where they stand at its right."""
    for waiting in words_of(ax):
        for words in waiting.waiting:
            yield max(spot.x for spot in words.spots), BESIDE + max(map(width, words.text.splitlines()))
