"""Figures by quarter, and first figures beside later ones."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest
from worlds import knowing

from builders import yearly
from promotion_book.facts.rows import records
from promotion_book.report.chapters.side_by_side import (
    pairs_table,
    periods_figure,
    revision_sentence,
)
from promotion_book.report.figures import ReportFigure
from promotion_book.report.tables import Table
from promotion_book.statistics.first_figures import index_pairs, revised_pairs
from promotion_book.statistics.revisions import revisions


def quarters(*labels: str) -> pd.DataFrame:
    rows = yearly(*((2020 + n, 5.0 + n) for n in range(len(labels))))
    return rows.assign(period=labels)


@pytest.mark.parametrize(
    ("labels", "finding"),
    [
        (["2020-Q1", "2020-Q2"], "5% in quarter 1 of 2020 and 6% in quarter 2 of 2020."),
        (["2020-Q1", "2021-Q2"], "5% in quarter 1 of 2020 and 6% in quarter 2 of 2021."),
        (
            ["2020-Q1", "2020-Q2", "2020-Q3"],
            "Lowest 5% (quarter 1 of 2020), highest 7% (quarter 3 of 2020).",
        ),
        (
            ["2020-Q1", "2020-Q2", "2021-Q4"],
            "Lowest 5% (quarter 1 of 2020), highest 7% (quarter 4 of 2021). "
            "Known: quarter 1 of 2020 to quarter 2 of 2020 and quarter 4 of 2021.",
        ),
        (
            ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2022-Q1"],
            "Lowest 5% (quarter 1 of 2020), highest 9% (quarter 1 of 2022). Known: all of 2020 and quarter 1 of 2022.",
        ),
        (
            ["2020-Q1", "2020-Q3", "2021-Q1", "2021-Q3"],
            "Lowest 5% (quarter 1 of 2020), highest 8% (quarter 3 of 2021). "
            "Known: 4 from quarter 1 of 2020 to quarter 3 of 2021, with gaps.",
        ),
    ],
)
def test_a_figure_by_quarter_says_which_quarters_are_known_if_some_are_missing(context, labels, finding):
    figure = periods_figure(knowing(context, quarters(*labels)), "grdp_growth", frequency="quarter")
    assert isinstance(figure, ReportFigure)
    assert figure.finding == finding


def test_periods_in_tables_begin_with_a_capital_letter_and_their_sources_are_linked(context):
    table = periods_figure(knowing(context, quarters("2020-Q1", "2020-Q2")), "grdp_growth", frequency="quarter").table
    assert '<th scope="row" role="rowheader">Quarter 1 of 2020</th>' in table.html()
    assert f'data-label="Source">{context.source("src_001").link}</td>' in table.html()


def test_a_single_quarter_is_a_table(context):
    table = periods_figure(knowing(context, quarters("2020-Q1")), "grdp_growth", frequency="quarter")
    assert isinstance(table, Table)
    assert [row["value"] for row in records(table.frame)] == [5.0]


def test_a_later_figure_with_other_decimals_is_no_revision(context):
    first = yearly((2016, 8.5), (2017, 8.46), (2018, 7.1), (2019, 7.1))
    index = yearly((2016, 108.46), (2017, 108.5), (2018, 107.4), (2019, 107.0)).assign(source_id="src_002")
    known = SimpleNamespace(series=lambda indicator: {"growth": first, "index": index}[indicator])
    pairs = index_pairs(known, "growth", index="index")
    table = pairs_table(context, "iip_growth", pairs=pairs, name="pairs")
    assert [(row["period"], row["first"], row["printed"], row["revision"]) for row in records(table.frame)] == [
        ("2016", 8.5, 8.46, 0),
        ("2017", 8.46, 8.5, 0),
        ("2018", 7.1, 7.4, 0.3),
        ("2019", 7.1, 7.0, -0.1),
    ]
    assert table.text().splitlines()[2:] == [
        "2016\t8.50\t8.46\t0.0",
        "2017\t8.46\t8.50\t0.0",
        "2018\t7.10\t7.40\t0.3",
        "2019\t7.10\t7.00\t−0.1",
    ]
    assert [source.source_id for source in table.sources] == ["src_001", "src_002"]
    assert revision_sentence(context, revisions(list(pairs["first"]), list(pairs["latest"])), pairs=pairs) == (
        "Figures that differ from their first value by more than rounding: 2 of 4. "
        "The mean absolute revision is 0.1 percentage points; the mean revision, in which ups and downs offset each "
        "other, is 0.05 percentage points."
    )


def test_a_mean_revision_has_no_more_decimals_than_the_figures(context):
    pairs = pd.DataFrame({"first": [7.1, 6.2, 5.0, 4.0, 3.5], "latest": [7.3, 6.1, 5.0, 4.0, 3.5]})
    assert "The mean absolute revision is 0.1 percentage points" in revision_sentence(
        context, revisions(list(pairs["first"]), list(pairs["latest"])), pairs=pairs
    )


def test_only_revised_figures_are_pairs(context):
    rows = pd.concat(
        [yearly((2020, 8.5), (2021, 3.94)), yearly((2020, 8.46), (2021, 3.98)).assign(source_id="src_002")]
    )
    rows = rows.assign(scope="", known=pd.to_datetime(["2021-01-01"] * 2 + ["2022-01-01"] * 2))
    known = SimpleNamespace(figures=lambda indicator, area: rows, package=context.known.package)
    pairs = revised_pairs(known, "grdp_growth")
    assert pairs.to_dict("records") == [
        {"period": "2021", "first": 3.94, "latest": 3.98, "printed": 3.98, "source_ids": ("src_001", "src_002")}
    ]
