"""Words and marks of a drawn chart are read as what they are: none is taken for another one's."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.text import Text

from builders import NARROW, WIDE, drawn, words
from promotion_book import charts
from promotion_book.charts.axes import legend
from promotion_book.charts.labels import PAD, Spot
from promotion_book.charts.placing import Free, Wording
from promotion_book.charts.redrawing import draw_anew, draw_panels, panels_height
from promotion_book.charts.standing import STANDING
from promotion_book.charts.style import MUTED, Size, figure_of
from promotion_book.charts.taken import RADIUS, right_edge


def written(*waiting: Wording, draw=lambda ax: None) -> tuple[Axes, dict[str, Text]]:
    """A chart from 0 to 10 with words, and these by what they say."""

    def draw_all(ax: Axes, size: Size) -> None:
        ax.set(xlim=(0, 10), ylim=(0, 10))
        draw(ax)
        Free(ax).write(waiting)

    (ax,) = draw_anew(draw_all, WIDE).axes
    return ax, {note.get_text(): note for note in ax.texts}


def at(x: float, *ups: float) -> list[Spot]:
    return [Spot(x, 5, up=up) for up in ups]


@pytest.mark.parametrize("beside", [Spot(5.5, 5), Spot(5, 5, up=13)], ids=["on a line", "in two lines"])
def test_words_that_would_be_read_on_stand_apart(beside):
    _, words = written(Wording("41", at(5, 0)), Wording("45", [beside, Spot(5, 5, up=-32)]))
    assert words["45"].xyann == (0, -32)


def test_words_stand_nearer_to_their_mark_than_to_another():
    def marks(ax: Axes) -> None:
        ax.plot([5, 5.4], [5, 5], "o")

    between, outside = (Spot(5, 5, right, 7, upright="bottom") for right in (14, -14))
    _, words = written(Wording("1,000", [between, outside]), draw=marks)
    assert words["1,000"].xyann == (-14, 7)


def test_words_that_a_line_leads_to_keep_off_what_is_beside_them_and_so_does_the_line():
    def bars(ax: Axes) -> None:
        ax.hlines([5.15], 5.6, 6.4, lw=2.5)

    past, over = Spot(5, 5, 80, 0, "left"), Spot(5, 5, 0, 40)
    _, words = written(Wording("1,330", [past, over]), draw=bars)
    assert words["1,330"].xyann == (0, 40)


def test_no_words_stand_on_a_line_at_zero_or_on_the_axis():
    ax, words = written(
        Wording("on the line", [Spot(3, 4), Spot(3, 4, up=20)]),
        Wording("on the axis", [Spot(7, 0, upright="bottom")]),
        draw=lambda ax: ax.axhline(4),
    )
    assert words["on the line"].xyann == (0, 20)
    assert words["on the axis"].get_window_extent().y0 > ax.get_window_extent().y0 + 2


def test_words_of_a_panel_keep_off_the_numbers_of_the_next_one():
    def draw(ax: Axes) -> None:
        ax.plot([2020, 2025], [0, 1_000_000])

    first, second = draw_panels(dict.fromkeys("ABCD", draw), Size("narrow", NARROW.width, 4)).axes[:2]
    assert right_edge(first) <= second.yaxis.get_tightbbox().x0 - 10


def test_beside_high_bars_there_is_room_for_a_target_at_the_right():
    goal = pd.DataFrame({"period": ["2025"], "value": [3054.0], "low": None, "high": None, "shown": "3,054"})
    goal = goal.assign(first_year=2025, year=2025, standing="target")

    def draw(ax: Axes, size: Size) -> None:
        bars = pd.DataFrame(
            {"year": range(2019, 2026), "value": 3463.0, "status": "actual", "standing": "", "shown": "3,463"}
        )
        ax.bar(bars["year"], bars["value"])
        charts.targets(charts.marks(ax, bars), goal)

    (ax,) = draw_anew(draw, WIDE).axes
    (words,) = (text for text in ax.texts if text.get_text() == "3,054")
    (*_, last) = ax.patches
    assert words.get_window_extent().x0 > last.get_window_extent().x1


def test_two_panels_beside_each_other_are_higher_on_a_desk_than_three():
    assert panels_height(4, narrow=False) / 2 > panels_height(6, narrow=False) / 2


@pytest.mark.parametrize(("names", "colours"), [(["A", "B"], [MUTED, MUTED]), (["A"], ["#12436d", "#12436d"])])
def test_marks_of_a_legend_are_grey_where_lines_have_several_colours(names, colours):
    rows = pd.DataFrame({"year": [2020, 2021], "value": [1.0, 2.0], "status": ["derived", "estimate"]})
    rows = rows.assign(standing=rows["status"], shown=rows["status"])
    every = pd.concat([rows.assign(value=rows["value"] * n, part=name) for n, name in enumerate(names, start=1)])

    def draw(ax: Axes, size: Size) -> None:
        for number, (_, some) in enumerate(every.groupby("part")):
            ax.plot(some["year"], some["value"], color=f"C{number}")
        charts.marks(ax, every, by="part")
        legend(ax, size)

    (key,) = draw_anew(draw, WIDE).legends
    marks = [(line.get_marker(), to_hex(line.get_markeredgecolor())) for line in key.get_lines()]
    assert marks == list(zip(["D", "o"], colours, strict=True))


FIGURES = pd.DataFrame(
    {"year": [2018, 2019], "value": [12.0, 14.0], "status": "actual", "standing": "observed", "shown": ["12", "14"]}
)
GOALS = pd.DataFrame(
    {
        "year": [2019, 2020, 2021],
        "value": [14.0, 14.0, None],
        "low": [None, None, 10.0],
        "high": [None, None, 15.0],
        "shown": ["14", "14", "10–15"],
        "standing": "target",
    }
).assign(first_year=lambda rows: rows["year"], period=lambda rows: rows["year"].astype(str))


def finished(draw) -> Axes:
    """The axes of a picture that an author draws, for a desk."""

    def draw_all(ax: Axes, size: Size) -> None:
        draw(ax)
        legend(ax, size)

    return drawn(draw_all, WIDE)


@pytest.mark.parametrize(
    ("goals", "entries"),
    [(0, []), (1, ["observed", "target"]), (3, ["observed", "target"])],
    ids=["no target", "a point", "points and a range"],
)
def test_a_legend_has_each_name_once_and_observed_figures_which_alone_need_none(goals, entries):
    ax = finished(lambda ax: charts.targets(charts.marks(ax, FIGURES), GOALS.head(goals)))
    assert [text.get_text() for key in figure_of(ax).legends for text in key.get_texts()] == entries


def test_what_a_figure_on_a_target_says_is_not_written_again():
    ax = finished(lambda ax: charts.targets(charts.marks(ax, FIGURES), GOALS))
    assert sorted(words(ax)) == ["10–15", "12", "14", "14"]


@pytest.mark.parametrize("standing", STANDING)
def test_no_mark_reaches_into_the_words_beside_it(standing):
    mark = STANDING[standing].mark
    corner = 2**0.5 if mark["marker"] == "D" else 1
    assert corner * (mark["ms"] + mark["mew"]) / 2 < RADIUS + PAD + 0.1


def test_words_that_stand_far_from_what_they_name_have_a_line_to_it():
    def draw(ax: Axes, size: Size) -> None:
        ax.bar([0], [2])
        ax.bar([1], [1])
        Free(ax).write([Wording("near", [Spot(1, 1, up=9)]), Wording("far", [Spot(0, 2, up=-9), Spot(0, 2, 90)])])

    (ax,) = draw_anew(draw, WIDE).axes
    assert {note.get_text(): note.arrow_patch is not None for note in ax.texts} == {"near": False, "far": True}


def test_words_find_the_order_in_which_each_has_room():
    def draw(ax: Axes, size: Size) -> None:
        ax.plot([0, 1, 2], [0, 1, 2])
        only, other = Spot(1, 1, 0, -60), Spot(1, 1, 0, 60)
        Free(ax).write([Wording("may move", [only, other]), Wording("may not", [only])])

    (ax,) = draw_anew(draw, WIDE).axes
    assert [(note.get_text(), note.xyann) for note in ax.texts] == [("may move", (0, 60)), ("may not", (0, -60))]


def test_words_stand_where_no_line_lies_between_them_and_what_they_name():
    def draw(ax: Axes, size: Size) -> None:
        ax.set(xlim=(0, 1), ylim=(0, 100))
        ax.plot([0, 1], [53, 53])
        sides = [Spot(0.5, 50, 0, up, upright=upright) for up, upright in ((11, "bottom"), (-11, "top"))]
        Free(ax).write([Wording("the point below the line", sides)])

    (ax,) = draw_anew(draw, WIDE).axes
    assert [note.xyann for note in ax.texts] == [(0, -11)]
