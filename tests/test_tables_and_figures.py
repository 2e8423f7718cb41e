"""Tables and figures on a page and in its downloads."""

from __future__ import annotations

import csv
import io
import re
import struct
from dataclasses import replace
from xml.etree import ElementTree

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.font_manager import FontProperties
from PIL import Image

from builders import CAPTION, ENGLISH, WIDE, aim, figures, series_chart
from promotion_book.charts.caption import CREDIT_SHARE, TITLE_SHARE, draw_with_caption
from promotion_book.charts.pen import Drawing, Lettering, Pen
from promotion_book.charts.redrawing import draw_anew
from promotion_book.charts.style import FONT, Size, drawing, settle
from promotion_book.charts.svg_file import OUTLINES, spell, svg_file
from promotion_book.report.figures import ALT_LIMIT, ReportFigure
from promotion_book.report.numbering import Numbering
from promotion_book.report.sources import Source
from promotion_book.report.tables import MISSING, Column, Table, as_frame, same_decimals
from promotion_book.scenarios.probability import chance

NAN = float("nan")


def table(**changes) -> Table:
    columns = (Column("name", "Name"), Column("money", "Money", lambda v: f"USD {v:,.0f}", number=True))
    return Table(
        "t",
        "A <caption>",
        columns=columns,
        frame=as_frame([{"name": "a & b", "money": 5.0}, {"name": "c", "money": NAN}]),
        **changes,
    )


def test_a_table_has_caption_headers_and_escaped_text():
    root = ElementTree.fromstring(f"<div>{table().html()}</div>")
    cells = {kind: ["".join(e.itertext()) for e in root.iter(kind)] for kind in ("caption", "th", "td")}
    assert cells == {"caption": ["A <caption>"], "th": ["Name", "Money", "a & b", "c"], "td": ["USD 5", "–"]}
    assert {e.get("scope") for e in root.iter("th")} == {"col", "row"}


def test_a_csv_with_letters_beyond_ascii_begins_with_the_mark_of_its_encoding():
    plain, marked = (Table("t", "T", columns=(Column("a", "A"),), frame=as_frame([{"a": text}])) for text in ("a", "Đ"))
    assert (plain.csv_file(), marked.csv_file()) == (b"a\na\n", b"\xef\xbb\xbfa\n\xc4\x90\n")


def test_the_csv_of_a_table_holds_raw_values_and_no_dashes():
    assert list(csv.reader(io.StringIO(table().csv()))) == [["name", "money"], ["a & b", "5"], ["c", ""]]


def test_a_table_may_offer_other_columns_than_it_shows():
    assert table(raw=("money",)).csv() == 'money\n5\n""\n'


def test_a_missing_cell_is_a_dash_in_text_too():
    assert table().text().splitlines()[-1] == "c\t–"


def test_a_column_that_is_empty_in_every_row_is_left_out_and_one_of_no_rows_is_not():
    columns = (Column("name", "Name"), Column("note", "Note"))
    rows = as_frame([{"name": "a", "note": ""}, {"name": "b", "note": None}])
    some, none = (Table("t", "T", columns=columns, frame=frame).lean() for frame in (rows, rows.iloc[:0]))
    assert (some.columns, none.columns) == (columns[:1], columns)


def test_a_column_that_is_made_of_rows_has_what_they_say_once_and_for_all():
    columns = (Column("name", "Name", of=lambda row: f"{row.name} {row.value}"),)
    made = Table("t", "T", columns=columns, frame=as_frame([{"name": "jobs:", "value": 7}]))
    assert (made.text(), replace(made, caption="U").text()) == ("T\nName\njobs: 7", "U\nName\njobs: 7")


def figure(**changes) -> ReportFigure:
    known = [((2020, 117), "actual"), ((2021, 163), "estimate"), ((2022, 196), "derived")]
    rows = pd.concat([figures(one, status=status) for one, status in known], ignore_index=True)
    draw = series_chart(rows, wanted=[aim(2025, 150, "150")])
    base = ReportFigure(
        "f",
        "Products",
        kind="Line chart",
        finding="From 117 to 196.",
        picture=draw,
        table=table(),
        sources=(Source("src_001", "A, 2020"),),
    )
    return replace(base, **changes)


def test_a_figure_has_alt_text_table_sources_and_downloads():
    html = figure().html("results/x", ENGLISH, number="Figure 3.2")
    assert html.count('role="img" aria-label="Line chart: Products. From 117 to 196."') == 2
    assert '<a href="sources_and_conflicts.html#src_001">A, 2020</a>' in html
    assert all(f'href="results/x/f.{form}" download' in html for form in ("csv", "svg", "png"))
    assert "<table" in html


def test_a_figure_begins_with_its_number_which_leads_to_it_and_its_title():
    page = BeautifulSoup(figure().html("results/x", ENGLISH, number="Figure 3.2"), "html.parser")
    number = page.select_one(".figure-title a")
    assert (page.select_one(".figure-title").get_text(), page.figure["id"]) == ("Figure 3.2 Products", "figure-f")
    assert (number.get_text(), number["href"]) == ("Figure 3.2", "#figure-f")


def test_a_table_begins_with_its_number_where_it_has_one():
    page = BeautifulSoup(table().html("Table 3.2"), "html.parser")
    assert (page.caption.get_text(), page.div["id"]) == ("Table 3.2 A <caption>", "table-t")
    assert BeautifulSoup(table().html(), "html.parser").caption.get_text() == "A <caption>"


def test_figures_and_tables_are_counted_apart_and_what_is_shown_again_keeps_its_number():
    numbers = Numbering(3)
    asked = [("figure", "a"), ("table", "a"), ("figure", "b"), ("figure", "a")]
    assert [numbers.number(*one) for one in asked] == ["3.1", "3.1", "3.2", "3.1"]
    assert Numbering(0).number("figure", "a") == "1"


def test_words_of_a_chart_on_a_page_are_text_of_the_width_that_they_have_in_the_chart():
    page = BeautifulSoup(figure().html("results/x", ENGLISH, number="Figure 1"), "html.parser")
    said = {text.get_text(): text for text in page.select_one("svg.chart.wide").find_all("text")}
    assert {"117", "196", "150", "2025"} <= {*said}
    assert float(said["2025"]["textlength"]) == pytest.approx(25.45, abs=0.01)


def test_a_chart_on_a_page_has_no_style_of_its_own_and_each_id_once():
    html = figure().html("results/x", ENGLISH, number="Figure 1")
    ids = re.findall(r'\bid="([^"]*)"', html)
    assert ("style=" in html, "<style" in html, len(ids) == len(set(ids))) == (False, False, True)
    assert set(re.findall(r'url\(#([^)]*)\)|<use href="#([^"]*)"', html)) <= {(i, "") for i in ids} | {
        ("", i) for i in ids
    }


def test_a_chart_on_a_page_shows_what_words_say_and_not_what_they_would_do():
    write = '<b>{:.0f}</b> & "onload=alert()'.format
    draw = series_chart(figures((2018, 40.0), (2019, 100.0), write=write), write)
    html = figure(picture=draw).html("results/x", ENGLISH, number="Figure 1")
    page = BeautifulSoup(html, "html.parser")
    assert page.find("b") is None
    assert [tag for tag in page.find_all(True) if "onload" in tag.attrs] == []


def test_a_download_says_what_it_shows_and_where_it_is_from_and_leaves_the_chart_as_it_is():
    shown = draw_anew(figure().picture, WIDE)
    bare = drawing(shown)
    svg, png = draw_with_caption(shown, bare, CAPTION)
    size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg.decode())
    assert size
    assert (float(size[1]), float(size[2]) > 72 * WIDE.height + 40) == (pytest.approx(72 * WIDE.width), True)
    assert struct.unpack(">II", png[16:24]) == (int(300 * WIDE.width), int(300 / 72 * float(size[2])))
    assert drawing(shown) == bare


def test_a_file_has_each_letter_once_and_spells_its_words_with_them():
    font = FontProperties(family=FONT, size=9)
    lines = [Lettering(text, 1, 2, 0, font, (0, 0, 0, 1)) for text in ("năm 2025", "nam")]
    names = {"svg": "http://www.w3.org/2000/svg", "xlink": "{http://www.w3.org/1999/xlink}href"}
    file = ElementTree.fromstring(svg_file(Drawing(10, 10, tuple(lines))))
    letters = [(f"#{one.get('id')}", one.get("d")) for one in file.findall(".//svg:defs/svg:path", names)]
    written = [[dict(letters)[use.get(names["xlink"])] for use in line] for line in file.findall("svg:g", names)]
    assert written == [[OUTLINES[name] for name, *_ in spell(line.text, font)] for line in lines]
    assert len(letters) == len({outline for line in written for outline in line}) == len(dict(letters))


def test_the_words_of_a_picture_are_cut_off_between_two_lines():
    image = Image.open(io.BytesIO(figure().files(CAPTION)["f.png"]))
    cuts = [float(image.info[TITLE_SHARE]), 1 - float(image.info[CREDIT_SHARE])]
    for cut in cuts:
        row = image.convert("L").crop((0, int(cut * image.height) - 4, image.width, int(cut * image.height) + 4))
        assert row.getextrema()[0] > 250


def test_a_figure_without_finding_is_refused():
    with pytest.raises(ValueError, match="alt text"):
        figure(finding="")


def test_an_alt_text_says_as_much_of_a_long_finding_as_fits():
    alt = figure(finding="word " * 100).alt
    assert alt == "Line chart: Products. " + "word " * 44 + "word…"
    assert ALT_LIMIT - 5 < len(alt) <= ALT_LIMIT


def test_numbers_of_a_csv_have_no_exponent():
    text = Table(
        "t", "T", columns=(), frame=as_frame([{"value": 4.2e-06}, {"value": 1.5e17}, {"value": 0.25}]), raw=("value",)
    ).csv()
    assert text.splitlines() == ["value", "0.0000042", "150000000000000000", "0.25"]


def test_what_is_no_number_in_a_frame_has_the_words_of_its_column_in_the_csv():
    columns = (Column("odds", "Chance", lambda chance: f"about {chance.percent}%"),)
    odds = Table("odds", "Chances", columns=columns, frame=as_frame([{"odds": chance(0.43)}]))
    assert odds.csv().splitlines() == ["odds", "about 45%"]


def test_drawing_twice_gives_the_same_bytes():
    assert figure().files(CAPTION) == figure().files(CAPTION)
    assert figure().html("x", ENGLISH, number="1") == figure().html("x", ENGLISH, number="1")


def test_a_drawing_tells_standings_apart_without_colour():
    def marks(status: str) -> Drawing:
        draw = series_chart(figures((2020, 1), (2021, 2), status=status))
        return drawing(draw_anew(draw, Size("wide", 4, 3)))

    assert len({marks(status) for status in ("actual", "estimate", "provisional", "derived")}) == 4


def test_a_drawing_for_a_phone_is_narrow():
    page = BeautifulSoup(figure().html("x", ENGLISH, number="1"), "html.parser")
    boxes = {svg["class"][1]: svg["viewbox"] for svg in page.find_all("svg")}
    assert boxes == {"wide": "0 0 532.8 280.8", "narrow": "0 0 252 302.4"}


def test_what_is_drawn_once_a_chart_has_settled_does_not_move_it():
    def draw(ax: Axes, _: Size) -> None:
        settle(ax.get_figure())
        places.append(ax.get_position().bounds)
        ax.set_title("Two\nlines")

    places: list[tuple[float, ...]] = []
    (ax,) = draw_anew(draw, WIDE).axes
    assert places == [ax.get_position().bounds]


@given(
    st.text("aàfijl VW.,—0123456789", min_size=1), st.sampled_from([8, 9, 10.5]), st.sampled_from(["normal", "bold"])
)
def test_words_are_as_large_as_they_are_written(text, size, weight):
    font = FontProperties(family=FONT, size=size, weight=weight)
    pen = Pen(Canvas(dpi=72))
    assert pen.get_text_width_height_descent(text, font, False) == super(Pen, pen).get_text_width_height_descent(
        text, font, False
    )


def test_a_marked_figure_has_its_words_on_the_chart_and_is_else_the_same():
    figure = ReportFigure(
        "jobs",
        "Jobs",
        kind="Chart",
        finding="Few.",
        picture=lambda ax, _: ax.plot([1], [2]) and ax.set_xlabel("year"),
        table=table(),
        sources=(),
    )
    marked = replace(figure, notice="What-if")
    picture = marked.draw_at(Size("wide", 4, 3))
    assert (picture.get_suptitle(), picture.axes[0].get_xlabel(), marked.alt) == ("What-if", "year", figure.alt)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["8%", "16.2%", "7.75%"], ["8.00%", "16.20%", "7.75%"]),
        (["6,9%", "8,5%", MISSING, "\N{MINUS SIGN}7%"], ["6,9%", "8,5%", MISSING, "\N{MINUS SIGN}7,0%"]),
        (["105", "104.5", "1,350.25"], ["105.00", "104.50", "1,350.25"]),
        (["35", "300", "0.16"], ["35", "300", "0.16"]),
        (["35", "0.5"], ["35", "0.5"]),
        (["1.5%", "2.5% (2024)", "3%"], ["1.5%", "2.5% (2024)", "3%"]),
        (["0.157", "6.4", "2.3"], ["0.157", "6.4", "2.3"]),
        ([], []),
    ],
)
def test_most_numbers_of_a_column_have_decimals_so_all_have_as_many(texts, shown):
    assert same_decimals(texts) == shown
