"""Charts leave room for their words and tell by marks what they show."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pandas as pd
import pytest
import seaborn as sns
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from builders import NARROW, SIZES, WIDE, aim, drawn, figures, series_chart, words
from places import OCOP, figure, put_place
from promotion_book import charts
from promotion_book.charts.axes import legend
from promotion_book.charts.labels import SIZE, Spot, note, width
from promotion_book.charts.pen import Pen
from promotion_book.charts.placing import Free, Wording
from promotion_book.charts.redrawing import draw_anew
from promotion_book.charts.standing import LINES, STANDING
from promotion_book.charts.style import Size, drawing
from promotion_book.report.frames import Frames, open_frames
from promotion_book.words.status_words import FIGURE_SIGNS

LETTERS = "".join(
    chr(c) for c in [*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x1EA0, 0x1EFA), 0x2013, 0x2014, 0x2212]
)


def places(ax: Axes) -> list[Bbox]:
    """Where the words of a chart are, in pixels, without the lines that lead to what they name."""
    return [Text.get_window_extent(text) for text in ax.texts]


def points(ax: Axes, rows: pd.DataFrame) -> list[Bbox]:
    centres = ax.transData.transform(rows[["year", "value"]])
    return [Bbox([(x - 4, y - 4), (x + 4, y + 4)]) for x, y in centres]


@pytest.mark.parametrize(("always", "written"), [(True, ["12"]), (False, [])])
def test_a_value_that_would_cover_a_bar_is_written_only_where_it_must_be(always, written):
    def draw(ax: Axes, size: Size) -> None:
        ax.bar([1], [2])
        Free(ax).write([Wording("12", [Spot(1, 1)], always=always)])

    assert words(drawn(draw, WIDE)) == written


def billions(value: float) -> str:
    return f"USD {value} billion"


LONG = figures(*((2018 + n, 15.0 + n % 3) for n in range(7)), status="estimate", write=billions)
SHORT = figures(*((2018 + n, 60 + 10 * n) for n in range(6)))


@SIZES
@pytest.mark.parametrize("rows", [LONG, SHORT], ids=["long values", "short values"])
def test_words_of_a_series_hide_no_point_and_no_other_words(rows, size):
    first, last = rows.iloc[0], rows.iloc[-1]
    wanted = [aim(last["year"], last["value"], "over 80"), aim(2020, rows["value"][2], "target 2020")]
    ways = {"required": ("required", last["value"]), "assumed": ("8% a year", 5)}

    def draw(ax: Axes, size: Size) -> None:
        series_chart(rows, wanted=wanted)(ax, size)
        for style, (label, end) in ways.items():
            charts.path(ax, pd.DataFrame({"year": [2018, 2023], "value": [first["value"], end]}), style, label)

    ax = drawn(draw, size)
    written = places(ax)
    said = {text.replace("\n", " ") for text in words(ax)}
    assert {"over 80", "target 2020", "required", "8% a year", first["shown"], last["shown"]} <= said
    assert not any(a.overlaps(b) for a, b in combinations(written, 2))
    assert not any(a.overlaps(b) for a in written for b in points(ax, rows))


def test_of_many_figures_the_first_and_the_last_one_are_written():
    ax = drawn(series_chart(LONG, billions), NARROW)
    assert [text.xy for text in ax.texts] == [(2018, 15.0), (2024, 15.0)]


def test_a_legend_shows_two_dashes_as_they_are_drawn():
    def draw(ax: Axes, size: Size) -> None:
        charts.path(ax, SHORT)
        ax.lines[-1].set_label("required path")
        legend(ax, size)

    ax = drawn(draw, WIDE)
    (beside,) = ax.get_figure().legends
    path_drawn, sample = ax.lines[-1], beside.get_lines()[-1]
    assert sample.get_linewidth() == path_drawn.get_linewidth()
    assert beside.handlelength * 9 == pytest.approx(
        (2 * LINES["required"]["dashes"][0] + LINES["required"]["dashes"][1]) * sample.get_linewidth()
    )


@SIZES
def test_no_value_covers_the_axis_at_the_left(size):
    ax = drawn(series_chart(figures(*((2010 + n, 18_612.92 + 400 * n) for n in range(12)))), size)
    assert min(place.x0 for place in places(ax)) > ax.get_window_extent().x0 + 2


@given(st.text(LETTERS, min_size=1, max_size=12))
@example("US$ 1 or US$ 2")
@settings(max_examples=25, deadline=None)
def test_words_are_as_wide_as_the_chart_makes_them(text):
    ax = drawn(lambda ax, _: note(ax, text, Spot(0, 0)), WIDE)
    assert ax.texts[0].get_window_extent(Pen(ax.figure)).width == pytest.approx(width(text))


def test_no_letter_but_one_is_wider_than_its_size():
    assert [letter for letter in LETTERS if width(f"i{letter}i") - width("ii") > SIZE + 1e-9] == ["Œ", "œ"]


def test_the_year_of_a_single_figure_is_written_as_a_year():
    ax = pyplot.figure(figsize=(7.4, 3.9)).add_subplot()
    ax.plot([2024], [4.38])
    charts.readable(ax, lambda value: f"{value:,.0f}")
    assert ax.xaxis.get_major_formatter()(2024) == "2024"
    pyplot.close(ax.figure)


def test_the_name_of_a_line_keeps_off_the_edge_of_a_shade():
    figure = pyplot.figure(figsize=(7.4, 3.9))
    ax, rows = figure.add_subplot(), pd.DataFrame({"year": range(2018, 2026), "value": range(200, 600, 50)})
    ax.fill_between(rows["year"], rows["value"] - 90, rows["value"] - 10, alpha=0.15)
    charts.path(ax, rows, label="50 a year")
    drawing(charts.readable(ax, str).get_figure())
    (edge,) = (path.transformed(ax.transData) for path in ax.collections[0].get_paths())
    assert [edge.intersects_bbox(note.get_window_extent(), filled=False) for note in ax.texts] == [False]
    pyplot.close(figure)


@pytest.mark.parametrize(
    ("values", "chosen", "low"), [([800, 1500], {}, 0), ([800, 1500], {"ylim": (700, 1600)}, 700), ([-2, 6], {}, -2.4)]
)
def test_an_axis_of_amounts_begins_at_zero_unless_its_author_chose_where_or_an_amount_is_below(values, chosen, low):
    figure = pyplot.figure(figsize=(7.4, 2))
    ax = sns.lineplot(x=[2020, 2022], y=values, ax=figure.add_subplot())
    ax.set(**chosen)
    assert charts.readable(ax, str).get_ylim()[0] == pytest.approx(low)
    pyplot.close(figure)


def test_panels_that_share_an_axis_show_the_highest_of_all_whole():
    figure, panels = pyplot.subplots(1, 2, sharey=True)
    for ax, value in zip(panels, [9, 1800], strict=True):
        ax.bar([2024, 2025], [value, value])
    assert [charts.readable(ax, str).get_ylim() for ax in panels] == [(0, pytest.approx(1890))] * 2
    pyplot.close(figure)


@pytest.mark.parametrize(
    ("panels", "title", "shown"),
    [(2, "way = in all", "in all"), (2, "n = 5", "n = 5"), (1, "share = 5%", "share = 5%")],
)
def test_only_a_title_of_several_panels_loses_the_name_of_its_column(panels, title, shown):
    figure = pyplot.figure()
    ax, *_ = figure.subplots(1, panels, squeeze=False).flat
    ax.bar([2024, 2025], [1, 2])
    ax.set_title(title)
    assert charts.readable(ax, str).get_title() == shown
    pyplot.close(figure)


def ticks(draw: Callable[[Axes], object]) -> list[str]:
    """What stands along the axis of a picture at the left, written as per cent."""
    figure, ax = pyplot.subplots()
    draw(ax)
    labels = charts.readable(ax, "{:g}%".format).get_yticklabels()
    low, high = ax.get_ylim()
    pyplot.close(figure)
    return [label.get_text() for label in labels if low <= label.get_position()[1] <= high]


def test_an_axis_that_counts_rows_has_whole_numbers_without_their_unit():
    assert ticks(lambda ax: sns.histplot(x=[6.1, 6.2, 8.3, 8.4], bins=2, ax=ax)) == ["0", "1", "2"]


def test_no_number_stands_twice_along_an_axis():
    figure, ax = pyplot.subplots()
    ax.plot([2024, 2025], [0, 2])
    written = [label.get_text() for label in charts.readable(ax, "{:.0f}".format).get_yticklabels()]
    pyplot.close(figure)
    assert written == ["0", "1", "2", "3"]


def test_an_axis_of_magnitudes_has_numbers_as_readers_write_them():
    assert ticks(lambda ax: (ax.plot([4, 80]), ax.set_yscale("log"))) == ["5%", "10%", "20%", "50%"]


@pytest.mark.parametrize(
    ("width", "name"), [(7.4, "Villages that live from bamboo"), (3.5, "Villages that live\nfrom bamboo")]
)
def test_long_names_of_rows_take_several_lines_where_a_picture_is_narrow(width, name):
    figure = pyplot.figure(figsize=(width, 2))
    ax = sns.barplot(x=[1, 2], y=["Villages that live from bamboo", "Hats"], ax=figure.add_subplot())
    assert [label.get_text() for label in charts.readable(ax, str).get_yticklabels()] == [name, "Hats"]
    pyplot.close(figure)


@pytest.fixture
def frames(tmp_path, monkeypatch) -> Frames:
    known = OCOP | {"observations": [figure("ocop_total", 2020, 800, "products", "src_001"), *OCOP["observations"]]}
    put_place(tmp_path, tables=known)
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))
    return open_frames("lang_moi", "2023")


@SIZES
def test_the_layers_of_the_report_write_the_few_figures_of_a_series_and_its_targets(frames, size):
    def draw(ax: Axes, size: Size) -> None:
        charts.targets(charts.series(ax, frames.series("ocop_total")), frames.targets("ocop_total"))
        charts.readable(ax, lambda value: f"{value:,.0f}")

    made = draw_anew(draw, size)
    drawing(made)
    (ax,) = made.axes
    assert [tick.get_text() for tick in ax.get_xticklabels()][1:-1] == ["2020", "2021", "2022", "2023"]
    assert [text.get_text() for text in ax.texts] == ["800", "1,000", "1,500", "over 1,200"]


def test_the_marks_of_several_series_have_one_legend_and_each_name_beside_its_last_figure(frames):
    total = frames.series("ocop_total")
    both = pd.concat([total.assign(way="in all"), total.assign(value=total["value"] / 2, way="in force")])
    made = pyplot.figure(figsize=(7.4, 3.9))
    ax = charts.marks(made.add_subplot(), both, by="way")
    drawing(made)
    assert [text.get_text() for text in ax.texts] == ["800", "1,000", "1,500 in all", "800", "1,000", "1,500 in force"]
    labels = [line.get_label() for line in ax.lines]
    assert sorted(label for label in labels if not str(label).startswith("_")) == sorted(set(total["standing"]))
    pyplot.close(made)


@pytest.mark.parametrize("layer", ["series", "marks", "targets", "path"])
def test_years_are_refused_a_place_on_an_axis_of_names(frames, layer):
    def draw(ax: Axes, size: Size) -> None:
        total = frames.series("ocop_total")
        ax.bar(total["period"].astype(str), total["value"])
        getattr(charts, layer)(ax, frames.targets("ocop_total") if layer == "targets" else total)

    with pytest.raises(ValueError, match="These axes have names, dates or positions across, not years"):
        draw_anew(draw, WIDE)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    "other",
    [
        lambda ax, rows: sns.barplot(rows, x="year", y="value", ax=ax),
        lambda ax, rows: sns.lineplot(rows, x="end", y="value", ax=ax),
        lambda ax, rows: rows.plot.bar(x="year", y="value", ax=ax),
        lambda ax, rows: rows.set_index(pd.PeriodIndex(rows["end"], freq="Y"))["value"].plot(ax=ax),
    ],
    ids=["names", "dates", "positions", "periods"],
)
def test_years_are_refused_a_place_beside_what_is_no_year_whatever_is_drawn_first(frames, first, other):
    def draw(ax: Axes, size: Size) -> None:
        total = frames.series("ocop_total")
        for put in (charts.marks, other) if first else (other, charts.marks):
            put(ax, total)
        charts.readable(ax, str)

    with pytest.raises(ValueError, match="These axes have names, dates or positions across, not years"):
        draw_anew(draw, WIDE)


def test_words_that_must_stand_on_a_bar_have_a_ground_on_which_they_are_read():
    def draw(ax: Axes, size: Size) -> None:
        ax.bar(range(3), [9, 9, 9], width=1)
        Free(ax).write([Wording("on a bar", [Spot(1, 4)])])

    (ax,) = draw_anew(draw, WIDE).axes
    assert [text.get_bbox_patch() is not None for text in ax.texts] == [True]


def test_the_axis_cuts_no_mark(frames):
    def draw(ax: Axes, size: Size) -> None:
        charts.readable(charts.marks(ax, frames.series("ocop_total")), str)

    (ax,) = draw_anew(draw, WIDE).axes
    assert {line.get_clip_on() for line in ax.lines if line.get_marker() != "None"} == {False}


def test_a_plan_among_figures_is_a_bar_as_a_target_is():
    names = ["period", "first_year", "year", "value", "low", "high", "shown", "status", "standing"]
    rows = pd.DataFrame(
        [
            ("2024", 2024, 2024, 100.0, None, None, "100", "actual", "observed"),
            ("2025", 2025, 2025, 120.0, None, None, "120", "plan", "plan"),
        ],
        columns=names,
    )
    made, ax = pyplot.subplots()
    charts.marks(ax, rows)
    (bar,) = ax.collections
    marked = [*{float(x) for line in ax.lines for x in line.get_xdata()}]
    assert (marked, bar.get_segments()[0].tolist()) == ([2024], [[2024.65, 120], [2025.35, 120]])
    pyplot.close(made)


def test_the_sign_before_the_word_of_a_figure_is_its_mark_in_charts():
    marks = {"●": ("o", True), "○": ("o", False), "■": ("s", True), "▷": (">", False)}
    marks |= {"◆": ("D", True), "◇": ("D", False)}
    drawn_as = {key: (look.marker, look.filled) for key, look in STANDING.items()}
    assert {key: marks[sign] for key, sign in FIGURE_SIGNS.items()} == drawn_as
