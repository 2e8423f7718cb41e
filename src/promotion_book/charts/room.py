"""Room for the words of a chart: its scale across goes on so far that no word leaves the picture, and it is so high that
each word has a place that covers nothing."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from promotion_book.charts.labels import BESIDE, width
from promotion_book.charts.layers import WaitingWords
from promotion_book.charts.placing import right_edge
from promotion_book.charts.style import settle

HIGHER, MOST = 0.12, 6  # inches of height that a row of panels gets more at a time, and how many times at most


def make_room(figure: Figure, rows: int = 1) -> bool:
    """Put all that is drawn in a picture in its place, with room for its words in its rows of panels.

    Returns:
        Whether each of its words has a place that covers nothing.
    """
    settle(figure)
    for ax in figure.axes:
        _lengthen(ax)
    least, tried = figure.get_figheight(), []
    for more in range(MOST + 1):
        tried.append((*_lacking(figure, least + more * rows * HIGHER), more))
        if not any(tried[-1][:2]):
            return True
    _lacking(figure, least + min(tried)[2] * rows * HIGHER)
    return False


def _lacking(figure: Figure, height: float) -> tuple[float, int]:
    """What the words of a picture cover at a height in inches, and how many of them have no place."""
    if height != figure.get_figheight():
        figure.set_figheight(height)
        figure.set_layout_engine("constrained")
        settle(figure)
    found = [(0.0, 0)]
    for waiting in (artist for ax in figure.axes for artist in ax.artists if isinstance(artist, WaitingWords)):
        waiting.settle()
        found.append(waiting.lacking)
    covered, missing = zip(*found, strict=True)
    return round(sum(covered)), sum(missing)


def _lengthen(ax: Axes) -> None:
    """Lengthen the scale across where words of a settled picture would reach beyond its right edge, or into a panel."""
    (left, end), start, right = ax.get_xlim(), ax.get_window_extent().x0, right_edge(ax)
    longest = end
    for x, beyond in _reaches(ax):
        room = right - start - beyond
        if room > 0:
            longest = max(longest, left + (x - left) * ax.get_window_extent().width / room)
    if longest > end:
        ax.set_xticks([tick for tick in ax.get_xticks() if left <= tick <= end])
        ax.set_xlim(left, longest)


def _reaches(ax: Axes) -> Iterator[tuple[float, float]]:
    """The marks of a chart that have words, and how many points beyond them these reach to the right."""
    for words in ax.texts:
        if isinstance(words, Annotation) and words.xycoords == "data":
            x, y = words.xy
            yield x, words.get_window_extent().x1 - ax.transData.transform((x, y))[0]
    for waiting in (artist for artist in ax.artists if isinstance(artist, WaitingWords)):
        for x, text in waiting.ends:
            yield x, BESIDE + max(map(width, text.splitlines()))
