"""What may follow the known figures: a fan with its bands.

A fan is a dashed central line that is never drawn without its two bands. They are told apart in grey:
the inner one is darker with whole edges, the outer one lighter with dotted edges. Marks, targets and
required paths are those of `charts.series_chart`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from promotion_book.charts import axes
from promotion_book.charts.axes import Format
from promotion_book.charts.elements import Elements, Goal, Mark, Path, draw_elements, goal_handles, write_elements
from promotion_book.charts.standing import LINES
from promotion_book.charts.style import MUTED, Draw, Size
from promotion_book.words.language import Language


@dataclass(frozen=True)
class Band:
    """The range around a central line, one low and one high end a year, and its label."""

    low: Sequence[float]
    high: Sequence[float]
    label: str


@dataclass(frozen=True)
class Fan:
    """A central line over some years with its inner and its outer band."""

    years: Sequence[int]
    centre: Sequence[float]
    inner: Band
    outer: Band


def fan_chart(
    marks: Sequence[Mark],
    fan: Fan,
    *,
    show: Format,
    language: Language,
    goals: Sequence[Goal] = (),
    paths: Sequence[Path] = (),
) -> Draw:
    """The figures of a series and the fan that goes on from the last of them, with targets and the paths to them."""
    last, label = marks[-1], f"{language.text('projected')} {show(fan.centre[-1])}"
    ahead = Path([last.x, *fan.years], [last.y, *fan.centre], label, "projected")
    elements = Elements(marks, goals, paths, [ahead])
    standing = [mark.status for mark in marks]

    def draw(ax: Axes, size: Size) -> None:
        for band, style in ((fan.outer, _OUTER), (fan.inner, _INNER)):
            ax.fill_between(ahead.xs, [last.y, *band.low], [last.y, *band.high], **style)  # type: ignore[arg-type]
        draw_elements(ax, elements, show)
        known, aims = axes.mark_handles(standing, language), goal_handles(goals, paths, language=language)
        axes.legend(ax, size, [*known, *_fan_handles(fan, language), *aims], 4)
        write_elements(ax, size, elements=elements, show=show)

    return draw


_OUTER = {"facecolor": "#ececec", "edgecolor": MUTED, "lw": 1, "ls": (0, (1, 2)), "zorder": 1}
_INNER = {"facecolor": "#c4c4c4", "edgecolor": MUTED, "lw": 1, "zorder": 1}


def _fan_handles(fan: Fan, language: Language) -> list[Artist]:
    bands = [Patch(label=band.label, **style) for band, style in ((fan.inner, _INNER), (fan.outer, _OUTER))]  # type: ignore[arg-type]
    return [axes.line_handle(language.text("projected"), LINES["projected"]), *bands]
