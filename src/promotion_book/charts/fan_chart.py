"""What may follow the known figures: a fan with its bands, or assumed cases as lines without any.

A fan is a dashed central line that is never drawn without its two bands. They are told apart in grey:
the inner one is darker with whole edges, the outer one lighter with dotted edges. Cases have no band,
for they are not a probability; each has its name at its end. Marks, targets and required paths are
those of `charts.series_chart`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from promotion_book.charts import axes, labels
from promotion_book.charts.axes import Format
from promotion_book.charts.elements import (
    Elements,
    Goal,
    Mark,
    Path,
    draw_elements,
    goal_handles,
    write_elements,
)
from promotion_book.charts.labels import LINE, Spot
from promotion_book.charts.standing import ASSUMED, LINES
from promotion_book.charts.style import MUTED, Draw, Size
from promotion_book.charts.years import series_chart
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
        draw_elements(ax, size, elements=elements, show=show)
        known, aims = axes.mark_handles(standing, language), goal_handles(goals, paths, language=language)
        axes.legend(ax, size, [*known, *_fan_handles(fan, language), *aims], 4)
        write_elements(ax, size, elements=elements, show=show)

    return draw


_OUTER = {"facecolor": "#ececec", "edgecolor": MUTED, "lw": 1, "ls": (0, (1, 2)), "zorder": 1}
_INNER = {"facecolor": "#c4c4c4", "edgecolor": MUTED, "lw": 1, "zorder": 1}


def _fan_handles(fan: Fan, language: Language) -> list[Artist]:
    bands = [Patch(label=band.label, **style) for band, style in ((fan.inner, _INNER), (fan.outer, _OUTER))]  # type: ignore[arg-type]
    return [axes.line_handle(language.text("projected"), LINES["projected"]), *bands]


def cases_chart(
    marks: Sequence[Mark],
    cases: Sequence[Path],
    *,
    required: Path,
    show: Format,
    language: Language,
    goals: Sequence[Goal],
) -> Draw:
    """The figures of a series, assumed paths that end in the same year, the required path and the targets.

    Each case is named beside its end, since words along lines that are close would name the wrong one.
    """
    unnamed = [replace(case, label="") for case in cases]
    series = series_chart(marks, show, language=language, goals=goals, paths=[required, *unnamed])

    def draw(ax: Axes, size: Size) -> None:
        series(ax, size)
        _name_ends(ax, cases)

    return draw


def _name_ends(ax: Axes, paths: Sequence[Path]) -> None:
    """The name of each path to the right of its end; where ends are close the lower name moves down."""
    end, room = paths[0].xs[-1], ax.get_window_extent().width
    words = max(labels.width(path.label) for path in paths) + 8
    left, right = ax.get_xlim()
    ax.set_xlim(left, max(right, left + (end - left) * room / max(room - words, room / 2)))
    above = float("inf")
    for path in sorted(paths, key=lambda path: -path.ys[-1]):
        height = float(ax.transData.transform((end, path.ys[-1]))[1])
        above = min(height, above - LINE)
        labels.note(ax, path.label, Spot(end, path.ys[-1], 6, above - height, "left"), ASSUMED)
        ax.texts[-1].set_in_layout(False)
