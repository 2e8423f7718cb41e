"""Words of a chart that wait for all else of it, and are then written where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.text import Text

from promotion_book.charts import labels
from promotion_book.charts.labels import Spot
from promotion_book.charts.placing import Free, Wording
from promotion_book.charts.style import INK, figure_of

AT_END = 0.3  # of the width of a picture, for the names of lines at their ends
DECIMALS = 3  # of an inch


class WaitingWords(Artist):
    """Words of a chart that wait for the rest of it: they are written where there is room, in each size anew.

    What they cover then, in square points, and how many of them have no place, is what they are `lacking`; `of_years` says
    whether the report's marks stand beside them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.set_in_layout(False)
        self.set_zorder(6)
        self.waiting: list[Wording] = []
        self.ends: list[tuple[float, str]] = []  # names of lines, at the place across where each ends
        self.notes: list[Text] = []
        self.room: tuple[float, float] | None = None
        self.lacking = 0.0, 0
        self.of_years = False

    def draw(self, renderer: RendererBase) -> None:
        """Write them, if that is not done for the size of the chart, and draw what is new."""
        before = self.notes
        self.settle()
        for note in self.notes if self.notes is not before else ():
            note.draw(renderer)

    def settle(self) -> None:
        """Write them, if that is not done for the size of the chart."""
        assert isinstance(self.axes, Axes)
        (width, height), dots = self.axes.get_window_extent().size, figure_of(self.axes).dpi
        room = (round(width / dots, DECIMALS), round(height / dots, DECIMALS))
        if self.room != room:
            self.room, self.notes = room, self._write(self.axes)

    def _write(self, ax: Axes) -> list[Text]:
        for note in self.notes:
            note.remove()
        before = len(ax.texts)
        self.lacking = Free(ax).write(self.waiting) if self.waiting else (0.0, 0)
        return list(ax.texts)[before:]


def write(ax: Axes, text: str, spots: Sequence[Spot], *, colour: str = INK, always: bool = True) -> None:
    """Words at the best of the spots that is free once all is drawn; where none is, only if they are there `always`.

    What was said of the same point already is not said again.
    """
    words, waiting = Wording(text, spots, colour, always), waiting_words(ax).waiting
    if words not in waiting:
        waiting.append(words)


def name_end(ax: Axes, text: str, x: float, y: float, *, colour: str) -> None:
    """The name of a line beside its last point, for which the picture gets room at its right."""
    words = labels.wrap_label(text, 72 * AT_END * figure_of(ax).get_figwidth())
    write(ax, words, labels.at_end(x, y), colour=colour)
    waiting_words(ax).ends.append((x, words))


def words_of(ax: Axes) -> list[WaitingWords]:
    """The words of a chart that wait, if there are any."""
    return [artist for artist in ax.artists if isinstance(artist, WaitingWords)]


def waiting_words(ax: Axes) -> WaitingWords:
    """The words of a chart that wait."""
    for found in words_of(ax):
        return found
    waiting = WaitingWords()
    ax.add_artist(waiting)
    return waiting
