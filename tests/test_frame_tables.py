"""A frame as a table of an open page: words for readers, every column in the CSV."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from promotion_book.facts import PackageError


def test_a_long_table_is_short_in_plain_text(page, shown):
    data = pd.concat([page.series("ocop_total")] * 10)
    page.table(data, caption="Many", fold=True)
    assert shown[-1].text.splitlines()[-1] == "\N{HORIZONTAL ELLIPSIS} 12"
    assert len(shown.last.select("tbody tr")) == 30


def test_a_table_shows_words_and_its_csv_has_every_column_but_that_of_words(page, shown):
    growth = page.series("ocop_total").assign(growth=lambda rows: rows["value"].pct_change())
    page.table(growth, caption="Growth", columns={"growth": ("Growth a year", page.percent)})
    assert shown[-1].text.splitlines() == [
        "Growth",
        "Period\tOCOP products recognised so far\tStanding\tGrowth a year\tSource",
        "2020\t800\tobserved\t\N{EN DASH}\tLang Moi Paper, 2023",
        "2021\t1,000\tobserved\t25%\tLang Moi Paper, 2023",
        "2022\t1,500\testimate\t50%\tLang Moi Paper, 2024",
    ]
    assert Path("results/ocop/ocop_total_table.csv").read_text(encoding="utf-8").splitlines() == [
        "indicator_id,period,year,end,value,low,high,unit,status,source_id,standing,source,growth",
        'ocop_total,2020,2020,2020-12-31,800,,,products,actual,src_001,observed,"Lang Moi Paper, 2023",',
        'ocop_total,2021,2021,2021-12-31,1000,,,products,actual,src_001,observed,"Lang Moi Paper, 2023",0.25',
        'ocop_total,2022,2022,2022-12-31,1500,,,products,estimate,src_002,estimate,"Lang Moi Paper, 2024",0.5',
    ]


@pytest.mark.parametrize(("kept", "header"), [(["shown", "value"], "period,value"), (["shown"], "period,shown")])
def test_words_without_their_value_stand_in_the_csv_so_that_its_rows_can_be_told_apart(page, shown, kept, header):
    page.table(page.series("ocop_total")[["period", *kept]], name="words", caption="Words")
    assert Path("results/ocop/words.csv").read_text(encoding="utf-8").splitlines()[0] == header


def test_a_figure_that_was_read_before_the_end_of_its_year_has_its_month_or_day_in_a_table(page, shown):
    rows = page.series("ocop_total").assign(end=pd.to_datetime(["2020-03-31", "2021-11-10", "2022-12-31"]))
    page.table(rows, caption="OCOP products")
    assert [row.th.text for row in shown.last.tbody.find_all("tr")] == ["March 2020", "10 November 2021", "2022"]


def test_a_table_of_many_columns_has_the_source_below_the_figure(page, shown):
    many = page.series("ocop_total").assign(a=1, b=2, c=3, d=4)
    page.table(many, caption="Many", columns={"a": "A", "b": "B", "c": "C", "d": "D"})
    heads, figure = shown.last.select("thead th"), shown.last.select_one("tbody td")
    assert [head.text for head in heads][2:] == ["Standing", *"ABCD"]
    assert [*figure.stripped_strings] == ["800", "Lang Moi Paper, 2023"]


def test_a_note_is_below_the_head_of_its_row_or_below_the_table_where_all_rows_have_it(page, shown):
    page.table(page.series("ocop_total").assign(note=["", "Of a part.", ""]), caption="Few")
    assert [head.text for head in shown.last.select("thead th")][-1] == "Source"
    assert [[*row.th.stripped_strings] for row in shown.last.select("tbody tr")] == [
        ["2020"],
        ["2021", "Of a part."],
        ["2022"],
    ]
    page.table(page.series("ocop_total").assign(note="Of a part."), caption="All", name="all", note="Counted.")
    assert [row.th.text for row in shown.last.select("tbody tr")] == ["2020", "2021", "2022"]
    assert shown.last.select_one("p.table-note").text == "Counted. Of a part."


def test_what_names_a_row_stands_first_in_it_also_under_a_heading_of_the_author(page, shown):
    rows = pd.DataFrame({"share": [0.5], "part": ["a"], "after": [2.0], "value": [1.0]})
    columns = {"share": "Share", "part": "Village", "after": "After", "value": "Before"}
    page.table(rows, caption="Parts", columns=columns, name="parts")
    assert [head.text for head in shown.last.select("thead th")] == ["Village", "Share", "After", "Before"]


def test_a_name_that_stands_over_the_figures_stands_beside_none_of_them(page, shown):
    rows = page.series("ocop_total").assign(part="OCOP products recognised so far")
    page.table(rows, caption="One panel", columns={"part": "Indicator"}, name="one")
    page.table(rows.assign(part="Five stars"), caption="One part", columns={"part": "Indicator"}, name="other")
    usual = "Period\tOCOP products recognised so far\tStanding\tSource"
    assert [block.text.splitlines()[1] for block in shown[-2:]] == [usual, f"Indicator\t{usual}"]
    page.table(rows.drop(columns="part"), caption="Named", columns={"indicator_id": "Indicator"}, name="named")
    assert shown[-1].text.splitlines()[1] == "Indicator\tPeriod\tFigure\tStanding\tSource"


def test_a_frame_of_indicators_side_by_side_names_them(page, shown):
    wide = page.series("ocop_total").pivot(index="year", columns="indicator_id", values="value").reset_index()
    page.table(wide, caption="By year", name="by_year")
    assert shown[-1].text.splitlines()[1:] == [
        "Year\tOCOP products recognised so far",
        "2020\t800",
        "2021\t1,000",
        "2022\t1,500",
    ]


@pytest.mark.parametrize(
    ("frame", "columns", "reason"),
    [
        (lambda rows: rows.set_index("year")["value"], {}, r"^a table is of a DataFrame, and not of a Series: write"),
        (lambda rows: rows, {"vale": "Value"}, "^the frame has no column 'vale'; did you mean value\\?$"),
        (lambda rows: rows, ["value"], "^columns are headings, as in {'value': 'Products'}; to show some"),
        (
            lambda rows: rows,
            {"value": ("Products", "percent")},
            "^the values of 'value' are written by a function, as ",
        ),
        (lambda rows: [rows], {}, "^a table is of a DataFrame, and not of a list"),
        (lambda rows: rows[["year", "year"]], {}, "^the frame has several columns 'year': give each a name of its own"),
        (
            lambda rows: rows.sample(10_001, replace=True),
            {},
            "^the frame has 10001 rows, and a page has room for 10000",
        ),
        (lambda rows: rows.assign(source_id="seed"), {}, "^sources.csv has no row 'seed'"),
        (lambda rows: rows.assign(note="a\ud800"), {}, r"^column 'note' has a text that no file can hold, 'a\\ud800'"),
    ],
    ids=[
        "a Series",
        "a wrong column",
        "columns without headings",
        "a column without a function",
        "a list",
        "columns of one name",
        "too many rows",
        "a wrong source",
        "half a sign",
    ],
)
def test_what_cannot_be_a_table_is_refused_in_words(page, frame, columns, reason):
    with pytest.raises((TypeError, ValueError, PackageError), match=reason):
        page.table(frame(page.series("ocop_total")), name="mine", columns=columns)


def test_a_table_of_an_indicator_without_a_caption_has_its_name(page, shown):
    page.table(page.series("ocop_total"))
    assert shown[-1].text.splitlines()[0] == "OCOP products recognised so far"


def test_the_groups_of_a_frame_stand_in_its_table(page, shown):
    page.table(page.series("ocop_total").groupby("year")[["value"]].sum(), name="mine")
    assert [cell.get_text() for cell in shown.last.find_all("th")][:2] == ["Year", "Figure"]


ODD = {
    "years across": (pd.DataFrame({2022: [1.5], 2023: [2.5]}), "2022\t2023\n1.5\t2.5"),
    "columns of several levels": (pd.DataFrame({("a", "b"): [1], ("c", ""): [2]}), "a b\tc\n1\t2"),
    "numbers that may be missing": (pd.DataFrame({"a": pd.array([1, None], "Int64")}), "a\n1\n\N{EN DASH}"),
    "numbers that are not finite": (pd.DataFrame({"a": [1.0, math.inf]}), "a\n1\n\N{EN DASH}"),
    "numbers of many digits": (pd.DataFrame({"a": [1e30]}), "a\n1" + 10 * ",000"),
    "complex numbers": (pd.DataFrame({"a": [1j]}), "a\n1j"),
    "arrays": (pd.DataFrame({"a": [np.array([1, 2])]}), "a\n[1 2]"),
}


@pytest.mark.parametrize("kind", ODD)
def test_whatever_a_frame_holds_is_written(page, shown, kind):
    frame, written = ODD[kind]
    page.table(frame, name="odd", caption="Odd")
    page.finish()
    assert shown[1].text == f"Odd\n{written}"


def test_what_a_column_of_the_author_writes_as_a_number_or_as_nothing_is_text_on_the_page(page, shown):
    write = {"a": ("A", lambda value: value + 1), "b": ("B", lambda value: None)}
    page.table(pd.DataFrame({"a": [1], "b": [2]}), name="odd", caption="Odd", columns=write)
    assert shown[1].text == "Odd\nA\tB\n2\t\N{EN DASH}"
