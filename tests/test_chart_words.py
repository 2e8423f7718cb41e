"""Words of a drawn chart: none is cut at an edge, none lies on another, none is far from its mark without a line to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations

import pandas as pd
import pytest
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.path import Path as Line
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from builders import NARROW, SIZES, WIDE
from promotion_book import charts
from promotion_book.charts.axes import legend
from promotion_book.charts.labels import MOST, PAD, Spot
from promotion_book.charts.pen import Pen
from promotion_book.charts.redrawing import draw_anew
from promotion_book.charts.style import MUTED, PALETTE, Size, drawing
from promotion_book.charts.waiting_words import write
from promotion_book.report.author_figures import author_figure

NAMES = ["Key industrial products recognised since 2018", "Losses of electricity in the grid", "Hats"]
LONG = ["200% (2025, derived)", "85% of the limit (2021–2025, estimate)", "17% (2022)"]
YEARS = [*range(2018, 2026)]


def money(value: float) -> str:
    return f"USD {value:g} million"


def figures(*ends: float, **columns: object) -> pd.DataFrame:
    """A frame of series that rise from 10 to their ends, as a page gives it."""
    rows = [
        {"year": year, "value": 10 + (end - 10) * number / 7, "part": f"{end:g} products held by a firm"}
        for end in ends
        for number, year in enumerate(YEARS)
    ]
    frame = pd.DataFrame(rows).assign(status="derived", standing="derived", first_year=lambda all: all["year"])
    frame["shown"] = [money(round(value)) for value in frame["value"]]
    return frame.assign(period="2030", low=float("nan"), high=float("nan"), **columns)


def bars(ax: Axes) -> None:
    sns.barplot(x=[200, 85, 17], y=NAMES, hue=NAMES, palette=[PALETTE[0], "#b9b9b9", "#e3e3e3"], saturation=1, ax=ax)
    for row, words in enumerate(LONG):
        ax.annotate(words, ([200, 85, 17][row], row), (4, 0), textcoords="offset points", va="center", fontsize=8)
    ax.set_xticks([])


def stacked(ax: Axes) -> None:
    for left, name in ((0, "known"), (3, "unknown")):
        ax.barh(NAMES, [3, 2, 1], left=left, label=name)
    ax.bar_label(ax.containers[-1], labels=LONG, padding=3)


def three_lines(ax: Axes) -> None:
    rows = figures(300, 183, 104)
    shades = [PALETTE[n] for n in (0, 3, 1)]
    sns.lineplot(rows, x="year", y="value", hue="part", palette=shades, legend=False, ax=ax)
    charts.targets(charts.marks(ax, rows, by="part"), rows.tail(1).assign(value=170, shown="USD 150–180 million"))


def a_panel(ax: Axes, rows: pd.DataFrame) -> None:
    sns.lineplot(rows, x="year", y="value", ax=ax)
    goal = rows.tail(1).assign(value=1.1 * rows["value"].max(), shown="over USD 300 million")
    charts.targets(charts.marks(ax, rows), goal)
    ax.set(yticks=[], ylim=(0, 1.5 * rows["value"].max()))


def crowded(ax: Axes, rows: pd.DataFrame) -> None:
    """A panel of a phone: figures of few years among many, and targets close to them."""
    ends = rows.tail(3).assign(value=[100.0, 104.0, 98.0])
    sns.lineplot(ends, x="year", y="value", ax=ax)
    goals = pd.concat([ends.tail(1)] * 3).assign(year=[2024, 2026, 2027], first_year=[2024, 2026, 2027])
    goals = goals.assign(value=[101.0, 99.0, 103.0], shown=["101", "USD 99 million", "over 103"], period=[*"abc"])
    charts.targets(charts.marks(ax, ends), goals)
    ax.set(yticks=[], xlim=(2010, 2040), ylim=(0, 130))


def ahead(ax: Axes) -> None:
    """A line that goes on between two others, with a plan at its end."""
    rows = figures(60)
    later = pd.DataFrame({"year": [2025, 2030], "value": [60.0, 120.0], "low": [60.0, 90], "high": [60.0, 160]})
    sns.lineplot(rows, x="year", y="value", ax=ax)
    ax.fill_between(later["year"], later["low"], later["high"], alpha=0.15, lw=0)
    charts.path(charts.marks(ax, rows), later, style="assumed", label="120 at the average pace so far")
    charts.path(ax, later.assign(value=[60.0, 115.0]), label="pace required")
    charts.targets(ax, rows.tail(1).assign(year=2030, first_year=2030, value=115, shown="115"), label="target")


HARDLY = ("crowded panels", "desk")  # they are those of a phone; at night they are drawn for a desk as well
DRAWN = {
    "a line ahead": (ahead, {}),
    "crowded panels": (crowded, {f"{name}, a year": figures(100) for name in "ABCD"}),
    "bars": (bars, {}),
    "bars of parts": (stacked, {}),
    "three lines": (three_lines, {}),
    "one panel": (a_panel, {"Jobs of rural workers in rural industry, over several years": figures(300)}),
    "five panels": (a_panel, {f"{name}, a year and over several years": figures(300) for name in "ABCDE"}),
}
KINDS = pytest.mark.parametrize(
    ("kind", "size"),
    [
        pytest.param(kind, size, id=f"{kind}-{name}", marks=pytest.mark.nightly if (kind, name) == HARDLY else ())
        for kind in DRAWN
        for name, size in (("desk", WIDE), ("phone", NARROW))
    ],
)
ONCE = pytest.mark.xdist_group("pictures, each drawn once")


@cache
def sample(kind: str, size: Size) -> Figure:
    """A picture of a kind, which no test changes."""
    draw, panels = DRAWN[kind]
    return picture(draw, size, panels)


def picture(
    draw: Callable[..., None], size: Size, panels: dict[str, pd.DataFrame] | None = None, title: str = "x"
) -> Figure:
    """A picture of an author as a page draws it."""
    said = dict.fromkeys(("table", "sources")) | dict.fromkeys(("name", "kind", "finding"), "x") | {"title": title}
    drawn = author_figure(draw, money, panels=panels or {}, **said).draw_at(size)
    drawing(drawn)
    return drawn


def words_of(figure: Figure) -> dict[str, Bbox]:
    """All words of a picture and where they are, in points."""
    axes = figure.axes
    ticks = [label for ax in axes for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels()]
    titles = [title for ax in axes for title in (ax.title, ax._left_title)]
    legends = [text for legend in figure.legends for text in legend.get_texts()]
    inside = [tick for tick in ticks if tick.axes and tick.get_text()]
    found = [*(text for ax in axes for text in ax.texts), *titles, *legends, *inside]
    return {f"{n} {text.get_text()}": Text.get_window_extent(text) for n, text in enumerate(found) if text.get_text()}


VERY_LONG = "Establishments and cooperatives that were helped to renew machinery of craft villages and clusters, " * 3


@SIZES
@pytest.mark.parametrize("name", [VERY_LONG, "x" * 120], ids=["many words", "a word"])
def test_a_very_long_name_of_a_row_ends_in_an_ellipsis_and_leaves_room_for_the_bars(name, size):
    def draw(ax: Axes) -> None:
        sns.barplot(x=[1, 2], y=[name, "Hats"], ax=ax).set_xticks([])

    (ax,) = picture(draw, size).axes
    first, second = (label.get_text() for label in ax.get_yticklabels())
    assert (first[-1], first.count("\n") < MOST, second) == ("…", True, "Hats")
    assert ax.get_window_extent().width > 0.5 * ax.figure.bbox.width


@pytest.mark.parametrize(("name", "heading"), [("Jobs of rural workers", ""), ("Jobs", ""), ("Women", "Women")])
def test_a_single_panel_has_its_name_above_it_unless_the_title_says_it(name, heading):
    (ax,) = picture(a_panel, WIDE, {name: figures(300)}, title="Jobs of rural workers rose to 300").axes
    assert ax.get_title(loc="left") == heading


@ONCE
@KINDS
def test_no_words_of_a_picture_are_cut_at_its_edge(kind, size):
    figure = sample(kind, size)
    edge = figure.bbox.padded(0.5)
    assert [
        words
        for words, box in words_of(figure).items()
        if not (edge.contains(box.x0, box.y0) and edge.contains(box.x1, box.y1))
    ] == []


@ONCE
@KINDS
def test_no_words_of_a_picture_lie_on_others(kind, size):
    figure = sample(kind, size)
    boxes = {words: box.padded(-1) for words, box in words_of(figure).items()}
    assert [(one, other) for one, other in combinations(boxes, 2) if boxes[one].overlaps(boxes[other])] == []


def leaders(figure: Figure) -> dict[str, Line]:
    """The lines that lead to words of a picture, in points."""
    notes = {f"{n} {note.get_text()}": note for n, note in enumerate(note for ax in figure.axes for note in ax.texts)}
    arrows = {words: note.arrow_patch for words, note in notes.items() if getattr(note, "arrow_patch", None)}
    return {words: arrow.get_transform().transform_path(arrow.get_path()) for words, arrow in arrows.items()}


def lines_of(ax: Axes) -> list[Line]:
    """The lines of data and the targets of a chart, in points."""
    lines = [line.get_path() for line in ax.lines if line.get_linestyle() != "None"]
    bars = [path for some in ax.collections if isinstance(some, LineCollection) for path in some.get_paths()]
    return [path.transformed(ax.transData) for path in [*lines, *bars]]


@ONCE
@KINDS
def test_no_line_that_leads_to_words_crosses_other_words_or_another_such_line(kind, size):
    figure = sample(kind, size)
    found, boxes = leaders(figure), words_of(figure)
    words = [
        (one, other) for one in found for other in boxes if one != other and found[one].intersects_bbox(boxes[other])
    ]
    lines = [pair for pair in combinations(found, 2) if found[pair[0]].intersects_path(found[pair[1]])]
    assert (words, lines) == ([], [])


@ONCE
@KINDS
def test_no_words_on_a_ground_hide_a_line_and_none_reach_into_the_next_panel(kind, size):
    figure = sample(kind, size)
    notes = [(ax, note, Text.get_window_extent(note)) for ax in figure.axes for note in ax.texts]
    hidden = [
        note.get_text()
        for ax, note, box in notes
        if note.get_bbox_patch() and any(line.intersects_bbox(box.padded(PAD), filled=False) for line in lines_of(ax))
    ]
    panels = [(ax, ax.get_tightbbox(Pen(figure), for_layout_only=True)) for ax in figure.axes]
    beyond = [
        note.get_text() for ax, note, box in notes for other, panel in panels if other is not ax and box.overlaps(panel)
    ]
    assert (hidden, beyond) == ([], [])


WORDS = "a target of " + "very many words " * 9


@pytest.mark.parametrize(("targets", "written"), [((20,), [1]), ((20, 19), [0])], ids=["one", "two"])
def test_a_target_without_a_free_place_for_its_words_has_none_unless_it_is_alone_and_figures_have_their_own(
    targets, written
):
    def draw(ax: Axes) -> None:
        rows = figures(20).tail(1)
        charts.targets(charts.marks(ax, rows), pd.concat([rows.assign(value=v, shown=WORDS) for v in targets]))

    (ax,) = picture(draw, NARROW).axes
    said = [note.get_text().replace("\n", " ") for note in ax.texts]
    assert (said[0], [said[1:].count(WORDS.strip())]) == ("USD 20 million", written)


def test_a_picture_gets_higher_until_each_of_its_words_has_a_place_that_covers_nothing():
    def draw(ax: Axes, size: Size) -> None:
        ax.plot([0, 2], [0, 1], lw=0, label="a line")
        legend(ax, size)
        for name, height in (("low", 0.45), ("high", 0.55)):
            write(ax, name, [Spot(1, height, upright="center")])

    figure = draw_anew(draw, Size("narrow", 3.5, 1.8))
    boxes = [note.get_window_extent() for note in figure.axes[0].texts]
    below = figure.legends[0].get_window_extent().y1 <= figure.axes[0].get_tightbbox().y0
    assert (1.8 < figure.get_figheight() < 2.6, boxes[0].y1 <= boxes[1].y0 + 1, below) == (True, True, True)


def test_a_panel_without_numbers_has_a_line_at_zero_where_figures_lie_below_it():
    def draw(ax: Axes, rows: pd.DataFrame) -> None:
        charts.series(ax, rows).set(yticks=[], ylim=(min(0, rows["value"].min()), 30))

    falling = figures(20).assign(value=lambda rows: rows["value"] - 14)
    below, above = picture(draw, WIDE, {"A": falling, "B": figures(20)}).axes
    bases = [
        (ax.spines["bottom"].get_visible(), [label.get_text() for label in ax.get_yticklabels()])
        for ax in (below, above)
    ]
    assert bases == [(False, ["0"]), (True, [])]


def test_on_a_phone_panels_stand_one_below_the_other_where_their_words_have_no_room_beside_each_other():
    def draw(ax: Axes, rows: pd.DataFrame) -> None:
        goal = rows.tail(1).assign(value=rows["value"].max(), shown=rows["said"])
        charts.targets(charts.series(ax, rows), goal).set(yticks=[], ylim=(0, 400))

    lefts = []
    for said in ("300", "an-extraordinarily-long-word"):
        made = picture(draw, NARROW, {name: figures(300, said=said) for name in "ABCD"})
        lefts.append(len({ax.get_position().x0 for ax in made.axes}))
    assert lefts == [2, 1]


@SIZES
def test_few_panels_stand_one_below_the_other(size):
    lefts = {ax.get_position().x0 for ax in picture(a_panel, size, {name: figures(300) for name in "ABC"}).axes}
    assert len(lefts) == 1


def test_the_name_of_a_line_that_goes_on_stands_beside_its_last_point():
    (ax,) = picture(ahead, NARROW).axes
    right, _ = ax.transData.transform((2030, 120))
    names = [note for note in ax.texts if note.get_text().startswith(("120", "pace"))]
    assert [note.get_window_extent().x0 > right for note in names] == [True, True]


def test_on_a_phone_the_names_of_rows_are_above_bars_that_have_the_whole_width():
    (ax,) = picture(bars, NARROW).axes
    frame = ax.get_window_extent()
    names = [label.get_window_extent() for label in ax.get_yticklabels()]
    tops = [bar.get_window_extent().y1 for bar in ax.patches]
    assert frame.width > 0.9 * ax.figure.bbox.width
    assert [0 < name.y0 - top < 6 for name, top in zip(names, tops, strict=True)] == [True] * 3
    assert [round(bar.get_window_extent().height) for bar in ax.patches] == [12] * 3


def test_bars_have_a_line_of_the_ground_around_them_and_those_too_pale_for_it_a_dark_one():
    (ax,) = picture(bars, WIDE).axes
    lined = {to_hex(bar.get_facecolor()): to_hex(bar.get_edgecolor()) for bar in ax.patches}
    assert lined == {PALETTE[0].lower(): "#ffffff", "#b9b9b9": MUTED, "#e3e3e3": MUTED}


def test_a_mark_has_the_colour_of_the_line_that_ends_with_its_series_and_is_grey_in_the_legend_of_several():
    (ax,) = picture(three_lines, WIDE).axes
    marked = [to_hex(line.get_markeredgecolor()) for line in ax.lines if line.get_marker() == "D"]
    assert marked == [*(PALETTE[n].lower() for n in (0, 3, 1) for _ in YEARS), MUTED]


def test_the_unit_of_an_axis_is_said_once_above_it():
    (ax,) = picture(three_lines, NARROW).axes
    ticks = [label.get_text() for label in ax.get_yticklabels()]
    assert (ax.get_title(loc="left"), ticks[:3]) == ("USD million", ["0", "100", "200"])


def test_the_first_figure_of_a_line_that_rises_steeply_beside_another_is_written_on_neither():
    upper, lower = [5.8, 5.9, 7.6, 9.8, 7.4, 11.3, 10.1, 9.1], [5.0, 4.5, 4.2, 8.3, 7.3, 7.0, 6.9, 8.4]
    rows = pd.concat([figures(1).assign(value=values, part=part) for part, values in (("a", upper), ("b", lower))])
    rows["shown"] = rows["value"].map("{:.1f}%".format)

    def draw(ax: Axes) -> None:
        sns.lineplot(rows, x="year", y="value", hue="part", legend=False, ax=ax)
        charts.marks(ax, rows, by="part")
        ax.set(xlim=(2017.4, 2037), ylim=(0, 12.5))

    (ax,) = picture(draw, NARROW).axes
    boxes = {note.get_text(): Text.get_window_extent(note) for note in ax.texts}
    assert [
        text for text, box in boxes.items() for line in lines_of(ax) if line.intersects_bbox(box, filled=False)
    ] == []


def test_bars_of_single_figures_whose_ranges_have_no_ends_are_drawn_with_their_words():
    def draw(ax: Axes) -> None:
        rows = figures(20)
        sns.barplot(rows, x="year", y="value", native_scale=True, ax=ax)
        charts.marks(ax, rows)

    assert picture(draw, WIDE).axes[0].texts
