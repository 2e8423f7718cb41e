"""Room at the right of a chart for the words of its marks: the scale across goes on so far that no word leaves the picture."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from promotion_book.charts.labels import BESIDE, width
from promotion_book.charts.layers import WaitingWords
from promotion_book.charts.placing import right_edge


def make_room(figure: Figure) -> None:
    """Lengthen the scale across where words of a settled picture would reach beyond its right edge, or into a panel."""
    for ax in figure.axes:
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
