"""A series as readers meet it: a chart, rows without a line, or a table; with its targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from worlds import knowing

from builders import ENGLISH, SIZES, drawn, plain, words, yearly
from promotion_book.charts.elements import Goal, Path
from promotion_book.facts.rows import records
from promotion_book.report.chapters.series import breaks, required_paths, series_figure, target_goals
from promotion_book.report.context import Context
from promotion_book.report.tables import Table


@pytest.mark.parametrize(
    ("labels", "apart"),
    [
        (["2019", "2020", "2021"], []),
        (["2019", "2021", "2022", "2025"], [1, 3]),
        (["2020-Q4", "2021-Q1", "2021-Q3"], [2]),
        (["2018-H1", "2018-H2", "2021-H1"], [2]),
        (["2020-9M", "2025-9M"], [1]),
    ],
)
def test_periods_break_where_one_does_not_begin_when_the_last_ends(labels, apart):
    assert breaks(labels) == apart


@SIZES
def test_figures_that_form_no_series_are_rows_with_a_value_each_and_not_said_to_grow(context, size):
    rows = yearly((2019, 16.7e9), (2020, 15.5e9), (2024, 19.4e9))
    figure = series_figure(knowing(context, rows), "exports")
    ax = drawn(figure.draw, replace(size, height=figure.narrow_height))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2019", "2020", "2024"]
    assert [plain(text) for text in words(ax)] == ["USD 16.7 billion", "USD 15.5 billion", "USD 19.4 billion"]
    assert (figure.kind, plain(figure.finding)) == (
        "Dot chart",
        "3 figures between USD 15.5 billion and USD 19.4 billion; they do not form a series.",
    )


def test_a_single_figure_of_a_year_is_a_table_and_none_is_nothing(context):
    one = yearly((2019, 16.7e9))
    table = series_figure(knowing(context, one), "exports")
    assert isinstance(table, Table)
    assert [(row["period"], row["value"]) for row in records(table.frame)] == [("2019", 16.7e9)]
    assert series_figure(knowing(context, one.head(0)), "exports") is None


def test_targets_that_a_known_one_replaced_are_neither_marked_nor_led_to(context):
    rows = yearly((2025, 150.0), (2025, 180.0)).assign(
        target_id=["old", "new"], indicator_id="ocop_total", base_year=2020, base_value=117.0, scope=""
    )
    known = SimpleNamespace(
        statements=lambda indicator, **_: rows,
        current_targets=rows.tail(1),
        series=lambda indicator: yearly((2020, 117.0)),
        until=date(2020, 12, 31),
        package=context.known.package,
        indicators=context.known.indicators,
    )
    replaced = Context(known, ENGLISH)
    assert target_goals(replaced, "ocop_total") == [Goal(2025, 2025, 180.0, 180.0, "180")]
    assert required_paths(replaced, "ocop_total") == [Path([2020, 2025], [117.0, 180.0], "required")]


def test_a_series_of_one_figure_is_a_table_and_no_chart(context):
    shown = series_figure(context, "handicraft_exports")
    assert isinstance(shown, Table)
    assert [(r["period"], r["value"]) for r in records(shown.frame)] == [("2018", 192e6)]
