"""A page in the open: what its author draws and computes is shown as the report shows its own."""

from __future__ import annotations

import math
import random
import re
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from bs4 import BeautifulSoup
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from places import LONGER_FINDING
from promotion_book.report.author_figures import author_figure
from promotion_book.report.figures import PictureError
from promotion_book.report.page import OpenPage
from promotion_book.scenarios.probability import chance

HOSTILE = "<script>p()</script>"


def draw_line(ax: Axes, page: OpenPage) -> Axes:
    return sns.lineplot(page.series("ocop_total"), x="year", y="value", ax=ax)


def show_figure(page: OpenPage, picture: object, **changes) -> None:
    page.figure(picture, **{"title": "OCOP", "data": page.series("ocop_total"), **changes})


def test_an_open_page_shows_its_dateline_and_draws_in_the_style_of_the_report(page, shown):
    assert [block.text for block in shown] == ["Lang Moi · 2023 · Figures public by 31 March 2024"]
    assert "<!--revision-->Not published.<!--/revision-->" in shown[-1].html
    assert mpl.rcParams["svg.hashsalt"] == "promotion-book"


def test_what_a_page_draws_by_chance_is_the_same_at_each_run(opened):
    def drawn() -> tuple[float, float]:
        opened()
        return random.random(), np.random.normal()

    assert drawn() == drawn()


def test_a_function_is_called_for_a_desk_and_for_a_phone(page):
    widths = []

    def draw(ax: Axes) -> None:
        widths.append(ax.figure.get_figwidth())
        draw_line(ax, page)

    show_figure(page, draw)
    assert widths == [3.5, 7.4]


FIELDS = {"name": "n", "title": "T", "kind": "Chart", "finding": "F", "table": None, "sources": ()}


def whole_figure(page: OpenPage) -> Figure:
    figure, ax = pyplot.subplots()
    draw_line(ax, page)
    return figure


PICTURES = {
    "a function": lambda page: lambda ax: draw_line(ax, page),
    "an Axes": lambda page: draw_line(pyplot.figure().add_subplot(), page),
    "a Figure": whole_figure,
    "what df.plot() returns": lambda page: page.series("ocop_total").plot(x="year", y="value"),
    "several Axes": lambda page: page.series("ocop_total").plot(x="year", y=["value"], subplots=True),
    "a grid of seaborn": lambda page: sns.relplot(page.series("ocop_total"), x="year", y="value"),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_any_picture_becomes_a_figure_of_the_report(page, shown, kind):
    show_figure(page, PICTURES[kind](page))
    charts = [(*chart["class"], chart["aria-label"]) for chart in shown.last.find_all("svg")]
    assert charts == [("chart", size, f"Chart: OCOP. {LONGER_FINDING}") for size in ("wide", "narrow")]
    assert shown.last.find(class_="figure-sources").get_text() == (
        "Sources: Lang Moi Paper, 2023; Lang Moi Paper, 2024."
    )
    assert sorted(path.name for path in Path("results/ocop").iterdir()) == [
        "ocop_total.csv",
        "ocop_total.png",
        "ocop_total.svg",
    ]
    assert pyplot.get_fignums() == []


def test_the_panels_of_a_grid_of_seaborn_name_no_column_and_its_legend_stands_below_them(page):
    total = page.series("ocop_total")
    both = pd.concat([total.assign(way=way) for way in ("in all", "in force")])
    grid = sns.relplot(both, x="year", y="value", hue="way", col="way")
    figure = author_figure(grid, str, panels={}, **FIELDS)
    for size in figure.sizes:
        picture = figure.draw_at(size)
        (legend,) = picture.legends
        assert [ax.get_title() for ax in picture.axes] == ["in all", "in force"]
        assert [text.get_text() for text in legend.get_texts()] == ["in all", "in force"]
        assert legend.get_window_extent().y1 <= min(ax.get_tightbbox().y0 for ax in picture.axes)


def some_axes_empty(page: OpenPage) -> Figure:
    figure, panels = pyplot.subplots(1, 2)
    draw_line(panels[0], page)
    panels[1].axis("off")
    return figure


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "picture",
    [
        some_axes_empty,
        lambda page: sns.jointplot(page.series("ocop_total"), x="year", y="value"),
        lambda page: sns.clustermap(pd.DataFrame({"a": [1, 2, 5], "b": [3, 1, 4]})),
    ],
    ids=["some axes empty", "axes in a grid of seaborn", "a map with a scale of colours"],
)
def test_a_picture_of_several_axes_is_a_figure_as_its_author_placed_them(page, shown, picture):
    show_figure(page, picture(page))
    assert [chart["class"][1] for chart in shown.last.find_all("svg", class_="chart")] == ["wide", "narrow"]


def test_of_two_axes_only_the_first_has_lines_across(page):
    figure, ax = pyplot.subplots()
    other = ax.twinx()
    for axes, values in ((ax, [1, 2]), (other, [30, 40])):
        axes.plot([2022, 2023], values)
    author_figure(figure, str, panels={}, **FIELDS)
    assert [any(line.get_visible() for line in axes.get_ygridlines()) for axes in (ax, other)] == [True, False]


def test_a_finished_picture_is_resized_for_a_phone(page, shown):
    show_figure(page, PICTURES["an Axes"](page))
    assert [chart["viewbox"].split()[2] for chart in shown.last.find_all("svg")] == ["532.8", "252"]


@pytest.mark.parametrize("kind", ["a function", "a grid of seaborn"])
def test_the_same_picture_gives_the_same_bytes(page, kind):
    written = []
    for _ in range(2):
        show_figure(page, PICTURES[kind](page))
        written.append({path.name: path.read_bytes() for path in Path("results/ocop").iterdir()})
    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("picture", "reason"),
    [
        (None, "NoneType is no picture"),
        ("chart.png", "str is no picture"),
        (lambda ax: pyplot.figure().add_subplot().plot([1, 2]), "nothing is drawn on the axes"),
        (Figure(), "an empty Figure is no picture"),
        (lambda ax: ax.remove(), "nothing is drawn on the axes"),
        (lambda ax: ax.plot([2020, 2021], [math.nan, math.nan]), "nothing that is drawn on the axes is a number"),
        (
            lambda ax: ax.plot([2020, 2021], [1e308, -1e308]),
            "an axis reaches 1e.308, and has room for numbers up to 1e.18",
        ),
        (lambda ax: ax.plot([1, 2]) and ax.set_ylim(-1e308, 1e308), "an axis reaches 1e.308"),
        (
            lambda ax: ax.barh([f"n{i}" for i in range(200)], 1),
            "has 200 names beside bars, and a page has room for 150",
        ),
        (lambda ax: ax.figure.subplots(7, 7)[0, 0].plot([1, 2]) and ax.plot([1, 2]), "the picture has 50 axes"),
        (lambda ax: ax.plot([1, 2]) and ax.figure.set_size_inches(99, 99), "the picture has 9,801 square inches"),
    ],
    ids=[
        *("nothing", "a text", "drawn elsewhere", "an empty Figure", "axes that are gone"),
        *("no number", "huge numbers", "huge ends", "too many names", "too many axes", "too large"),
    ],
)
def test_a_picture_never_vanishes_without_a_word(page, picture, reason):
    with pytest.raises(PictureError, match=reason):
        show_figure(page, picture)


def test_words_that_no_font_can_write_are_named(page):
    with pytest.raises(ValueError, match=re.escape(r"the words 'A \ud800 b' hold half a character")):
        show_figure(page, lambda ax: ax.plot([1, 2], label="A \ud800 b") and ax.legend())


def test_a_picture_of_more_marks_than_a_page_has_room_for_is_refused(page, monkeypatch):
    monkeypatch.setattr("promotion_book.report.figures.HEAVIEST", 1000)
    with pytest.raises(PictureError, match="characters on the page, and a page has room for 1,000"):
        show_figure(page, PICTURES["a function"](page))


def test_what_has_no_data_is_not_shown(page, shown):
    page.figure(PICTURES["a function"](page), title="", subtitle="Exports", data=page.series("handicraft_exports"))
    page.table(page.series("handicraft_exports"), caption="Exports by year")
    assert len(shown) == 1  # the dateline


def test_a_picture_of_two_numbers_is_a_table(page, shown):
    show_figure(page, PICTURES["a function"](page), data=page.series("ocop_total").tail(2))
    assert shown.last.svg is None
    assert shown[-1].text.splitlines()[0] == "OCOP"


def test_a_title_that_lacks_its_number_gives_way_to_the_subtitle(page, shown):
    show_figure(
        page, PICTURES["a function"](page), title=page.text("{n} more", n=float("nan")), subtitle="OCOP products"
    )
    assert shown.last.find(class_="figure-title").get_text() == "Figure 1 OCOP products"
    assert shown.last.find(class_="figure-subtitle") is None


def test_a_sentence_writes_its_numbers_days_and_lists_and_is_empty_without_one_of_them(page):
    last = page.last(page.series("ocop_total"))
    assert page.text("{shown} by {end}", **last) == "1,500 by the end of 2022"
    assert page.text("{value} and {low}", **last) == ""
    assert (
        page.text("{n} in {year}: {parts}", n=1234.0, year=2022, parts=["a", "b", "c"]) == "1,234 in 2022: a, b and c"
    )
    assert page.text("{days}", days=[pd.Timestamp(2014, 3, 31), pd.Timestamp(2025, 12, 31)]) == (
        "31 March 2014 and the end of 2025"
    )
    assert page.text("{parts}", parts=[]) == ""
    assert page.text("The chance is {n}.", n=chance(0.35)) == "The chance is about 35%, about as likely as not."
    assert page.text("{shown}", **page.last(page.series("handicraft_exports"))) == ""


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (
            lambda page: page.text("{vale}", value=1),
            "the message '{vale}' is given no value for 'vale'; did you mean value?",
        ),
        (lambda page: page.show(page.series("ocop_total")), "table is a table that is ready, and no DataFrame"),
        (
            lambda page: page.table(page.series("ocop_total"), sources=[["src_001"]]),
            "sources is a list of texts, and of no list",
        ),
    ],
    ids=["a value that is not given", "a frame where a table is shown", "a list among sources"],
)
def test_what_a_page_cannot_show_is_refused_in_words(page, ask, said):
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(said)}"):
        ask(page)


def test_a_lead_begins_with_the_verdict_and_says_no_empty_sentence(page, shown):
    page.lead(page.verdict("ocop_total").words, "", "It grew.")
    assert shown[-1].text == "\N{CHECK MARK} Target met a year early. It grew."
    assert shown.last.strong.get_text() == "\N{CHECK MARK} Target met a year early."
    page.lead("", "")
    page.say("")
    assert len(shown) == 2


def test_the_title_of_a_chart_is_the_verdict_on_its_target(page):
    assert page.verdict("ocop_total").title == "The target of over 1,200 products for 2023 was reached in 2022"


def test_small_multiples_have_a_panel_for_each_part_and_fit_a_phone(page, shown):
    data, drawn = page.series("ocop_total"), []

    def draw(ax: Axes, rows) -> None:
        drawn.append((round(ax.figure.get_figwidth(), 1), rows["year"].iloc[0]))
        sns.lineplot(rows, x="year", y="value", marker="o", ax=ax)

    page.figure(draw, by="year", title="OCOP", data=data)
    assert drawn == [(width, year) for width in (3.5, 7.4) for year in (2020, 2021, 2022)]
    assert shown.last.svg["aria-label"].startswith("Chart: OCOP.")


def test_the_foot_of_a_page_says_what_was_checked_and_how_to_run_it_again(page, shown):
    page.check({"No count is negative.": [True]})
    page.finish()
    assert shown.last.details["id"] == "about-this-page"
    assert [item.get_text() for item in shown.last.select("li")] == ["No count is negative."]
    assert shown.last.code.get_text() == "promotion-book run notebooks/ocop.ipynb -p place=lang_moi -p period=2023"
    assert "results/ocop.ipynb" in [link["href"] for link in shown.last.select("a")]


def test_targets_and_series_of_an_indicator_have_files_of_their_own(page, shown):
    page.table(page.series("ocop_total"), caption="Figures")
    page.table(page.targets("ocop_total"), caption="Targets")
    assert shown[-1].text.splitlines()[1:] == [
        "Period\tOCOP products recognised so far\tStatus\tSource",
        "2023\tover 1,200\ttarget met\tLang Moi Paper, 2023",
    ]
    assert Path("results/ocop/ocop_total_targets.csv").is_file()


def test_what_is_of_no_single_indicator_asks_for_a_name(page):
    frame = page.series("ocop_total")[["year", "value"]]
    with pytest.raises(ValueError, match="give figure or table a name of its own"):
        page.table(frame, caption="Figures")


def test_a_figure_of_other_numbers_says_how_far_they_reach(page, shown):
    frame = page.series("ocop_total")[["year", "value"]].rename(columns={"value": "Products"})
    show_figure(page, lambda ax: ax.plot(frame["year"], frame["Products"]), data=frame, name="products")
    assert shown.last.svg["aria-label"] == "Chart: OCOP. Products: from 800 to 1,500."


def test_what_an_author_writes_is_text_on_the_page(page, shown):
    frame = page.series("ocop_total").assign(**{HOSTILE: HOSTILE})
    page.say(HOSTILE)
    page.table(frame, caption=HOSTILE)
    show_figure(page, PICTURES["a function"](page), data=frame, title=HOSTILE, finding=HOSTILE)
    assert [BeautifulSoup(block.html, "html.parser").find_all("script") for block in shown] == [[], [], [], []]


def test_a_caption_and_a_heading_that_stand_as_they_are_are_told_in_the_language_of_the_page(opened, shown):
    page = opened("vi")
    rows = page.series("ocop_total")[["year"]]
    page.table(rows, caption="Check of the totals", columns={"year": "Year"}, name="check")
    words = page.context.language
    assert [*shown.last.caption.stripped_strings][-1] == words.text("Check of the totals")
    assert [head.text for head in shown.last.select("thead th")] == [words.text("Year")]


def test_a_page_in_vietnamese_writes_numbers_and_words_of_the_report_in_vietnamese(opened, shown):
    page = opened("vi")
    show_figure(page, PICTURES["a function"](page))
    assert shown.last.svg["aria-label"].startswith("Biểu đồ: OCOP. Từ 800 sản phẩm")
    assert "1.500" in shown[-1].text
    assert page.text("{end}", end=pd.Timestamp(2014, 3, 31)) == "ngày 31/3/2014"
