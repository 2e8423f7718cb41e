"""Charts leave room for their words, and figures say what their numbers allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Picture
from matplotlib.transforms import Bbox

from builders import yearly
from promotion_book.display.axes import BREAK, REQUIRED_DASH, narrow_height
from promotion_book.display.charts import (
    Statement,
    bars_chart,
    coverage_chart,
    plan_chart,
    series_chart,
    statements_chart,
)
from promotion_book.display.comparison import index_pairs, pairs_table, periods_figure, revised_pairs, revision_sentence
from promotion_book.display.context import Context
from promotion_book.display.elements import Goal, Mark, Path
from promotion_book.display.figures import Figure
from promotion_book.display.language import NON_BREAKING, Language
from promotion_book.display.series import breaks, plan_figure, required_paths, series_figure, target_goals
from promotion_book.display.style import Draw, Size, style
from promotion_book.display.tables import Table
from promotion_book.statistics.revisions import revisions

ENGLISH = Language("en")
WIDE, NARROW = Size("wide", 7.4, 3.9), Size("narrow", 3.5, 4.2)
SIZES = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["desk", "phone"])


def drawn(draw: Draw, size: Size) -> Axes:
    with style():
        picture = Picture(figsize=(size.width, size.height), layout="constrained")
        ax = picture.add_subplot()
        draw(ax, size)
        picture.draw_without_rendering()
    return ax


def words(ax: Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def places(ax: Axes) -> list[Bbox]:
    """Where the words of a chart are, in pixels."""
    return [text.get_window_extent() for text in ax.texts]


def points(ax: Axes, marks: list[Mark]) -> list[Bbox]:
    centres = ax.transData.transform([(mark.x, mark.y) for mark in marks])
    return [Bbox([(x - 4, y - 4), (x + 4, y + 4)]) for x, y in centres]


def plain(text: str) -> str:
    return text.replace(NON_BREAKING, " ")


def knowing(context: Context, series: pd.DataFrame, plans: pd.DataFrame | None = None) -> Context:
    """A context in which every indicator has this series and these plans."""
    known = SimpleNamespace(
        series=lambda indicator, **wanted: plans if wanted.get("plans") else series,
        package=context.known.package,
        indicators=context.known.indicators,
        on=context.known.on,
    )
    return Context(known, ENGLISH)


SHOWN = pytest.mark.parametrize("shown", ["7%", "over VND 24 trillion", "173% (January to September 2025)"])


@SIZES
@SHOWN
@pytest.mark.parametrize("kind", ["bars", "statements"])
def test_values_beside_bars_and_marks_end_where_the_chart_ends(kind, shown, size):
    if kind == "bars":
        draw = bars_chart(["a long name of a thing", "b"], [40, 100], ["1", shown])
    else:
        said = [Statement("2024: a source with a name", 100, 100, shown, "actual"), Statement("b", 20, 60, "1", "plan")]
        draw = statements_chart(said, str, ENGLISH)
    ax = drawn(draw, size)
    right = places(ax)[words(ax).index(shown)].x1
    assert right <= ax.get_figure().bbox.x1
    assert right == pytest.approx(ax.get_window_extent().x1, abs=0.03 * ax.get_figure().bbox.width)


def test_on_a_phone_names_stand_above_bars_that_start_at_the_edge():
    names = ["Growth of gross regional domestic product in the city", "? Share of supporting industries"]
    size = Size("narrow", 3.5, narrow_height(names, legend=0))
    ax = drawn(bars_chart(names, [10, 100], ["10%", "100%"]), size)
    bars = [bar.get_window_extent() for bar in ax.patches]
    written = places(ax)
    assert min(bar.x0 for bar in bars) < 0.03 * ax.get_figure().bbox.width
    assert not any(a.overlaps(b) for a, b in combinations([*bars, *written], 2))


LONG = [Mark(2018 + n, 15.0 + n % 3, "estimate") for n in range(7)]
SHORT = [Mark(2018 + n, 60.0 + 10 * n, "actual") for n in range(6)]


@SIZES
@pytest.mark.parametrize("marks", [LONG, SHORT], ids=["long values", "short values"])
def test_words_of_a_series_hide_no_point_and_no_other_words(marks, size):
    last = marks[-1]
    goals = [Goal(last.x, last.x, last.y, last.y, "over 80"), Goal(2020, 2020, marks[2].y, marks[2].y, "target 2020")]
    paths = [
        Path([2018, 2023], [marks[0].y, last.y], "required"),
        Path([2018, 2023], [marks[0].y, 5], "8% a year", "assumed"),
    ]
    show = (lambda value: f"USD {value} billion") if marks is LONG else (lambda value: f"{value:.0f}")
    ax = drawn(series_chart(marks, show, ENGLISH, goals, paths), size)
    written = places(ax)
    assert {"over 80", "target 2020", "required", "8% a year", show(marks[0].y), show(last.y)} <= set(words(ax))
    assert not any(a.overlaps(b) for a, b in combinations(written, 2))
    assert not any(a.overlaps(b) for a in written for b in points(ax, marks))


def test_on_a_phone_long_values_are_written_at_the_first_and_last_figure_only():
    ax = drawn(series_chart(LONG, lambda value: f"USD {value} billion", ENGLISH), NARROW)
    assert [text.xy for text in ax.texts] == [(2024, 15.0), (2018, 15.0)]


def test_a_legend_shows_two_dashes_as_they_are_drawn():
    path = Path([2018, 2023], [60, 110], "required")
    ax = drawn(series_chart(SHORT, str, ENGLISH, paths=[path]), WIDE)
    (legend,) = ax.get_figure().legends
    path_drawn, sample = ax.lines[-1], legend.get_lines()[-1]
    assert sample.get_linewidth() == path_drawn.get_linewidth()
    assert legend.handlelength * 9 == pytest.approx((2 * REQUIRED_DASH[0] + REQUIRED_DASH[1]) * sample.get_linewidth())


@SIZES
def test_no_value_covers_the_axis_at_the_left(size):
    ax = drawn(series_chart([Mark(2010 + n, 18_612.92 + 400 * n, "actual") for n in range(12)], str, ENGLISH), size)
    assert min(place.x0 for place in places(ax)) > ax.get_window_extent().x0 + 2


PLANNED = [Statement("2020", 35, 35, "35", "plan"), Statement("2021", 25, 30, "25-30", "plan")]
DONE = [Statement("2020", 26, 26, "26", "actual"), Statement("2021", 46, 46, "46", "estimate")]


@SIZES
def test_plan_and_outcome_have_a_line_each_with_their_value_at_its_end(size):
    ax = drawn(plan_chart(DONE, PLANNED, ENGLISH), replace(size, height=1.7))
    beside = [(text.get_text(), text.xy[0]) for text in ax.texts]
    marked = [line.get_window_extent() for line in ax.lines]
    bars = [bar.get_window_extent() for bar in ax.patches]
    assert beside == [("26", 26), ("plan 35", 35), ("46", 46), ("plan 25-30", 30)]
    assert not any(bar.overlaps(mark) for bar in bars for mark in marked)
    assert not any(a.overlaps(b) for a, b in combinations([*bars, *places(ax)], 2))


def test_a_plan_chart_has_only_years_with_figures_and_fills_only_what_is_observed():
    ax = drawn(plan_chart(DONE, [*PLANNED, Statement("2024", 9, 9, "9", "plan")], ENGLISH, breaks=[2]), WIDE)
    (legend,) = ax.get_figure().legends
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2020", "2021", "2024"]
    assert list(ax.get_yticks()) == [0, -1, -2 - BREAK]
    assert [to_hex(bar.get_facecolor()) for bar in ax.patches] == ["#12436d", "#ffffff"]
    assert [text.get_text() for text in legend.get_texts()] == ["observed", "estimate", "plan"]


ATTAINED = (
    [200, 99, 72, 35, 17, 104],
    ["200% (2025, derived)", "99% (2018)", "72% (2018)", "35%", "17% (2022)", "104%"],
)


@SIZES
@pytest.mark.parametrize("name", ["a", "Share of supporting industries in industrial output"], ids=["short", "long"])
def test_the_target_is_whole_because_no_words_lie_on_it(name, size):
    names = [f"{name} {n}" for n in range(6)]
    size = replace(size, height=narrow_height(names)) if size.narrow else size
    ax = drawn(bars_chart(names, *ATTAINED, (100.0, "target")), size)
    line = ax.transData.transform([(100, 0)])[0, 0]
    values = [text.get_window_extent() for text in ax.texts if text.get_text() in ATTAINED[1]]
    assert len(values) == 6
    assert not any(value.x0 - 2 <= line <= value.x1 + 2 for value in values)
    assert max(value.x1 for value in values) <= ax.get_figure().bbox.x1


def test_bars_are_hollow_where_the_caller_says_so_and_the_legend_says_why():
    ax = drawn(
        bars_chart(["a", "b"], [120, 70], ["120%", "70%"], (100, "target"), hollow=([False, True], "unknown")), WIDE
    )
    (legend,) = ax.get_figure().legends
    assert [to_hex(bar.get_facecolor()) for bar in ax.patches] == ["#12436d", "#ffffff"]
    assert [text.get_text() for text in legend.get_texts()] == ["unknown", "target"]


@SIZES
@pytest.mark.parametrize("names", [["a", "b", "c"], ["quarter 4 of 2020", "quarter 1 of 2023", "quarter 2 of 2023"]])
def test_rows_that_do_not_follow_each_other_are_parted_by_a_gap(names, size):
    ax = drawn(bars_chart(names, [1, 2, 3], ["1", "2", "3"], breaks=[1]), size)
    first, second, third = (bar.get_y() for bar in ax.patches)
    assert first - second > 1.3 * (second - third)


def test_names_of_rows_begin_with_a_capital_letter():
    ax = drawn(bars_chart(["quarter 4 of 2020", "iron"], [1, 2], ["1", "2"]), WIDE)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Quarter 4 of 2020", "Iron"]


def test_the_heat_map_on_a_phone_names_the_years_it_shows():
    counts = pd.DataFrame([range(16)], index=["Craft villages"], columns=range(2010, 2026))
    assert drawn(coverage_chart(counts), NARROW).get_xlabel() == "2020–2025"


def test_plan_and_outcome_of_a_single_year_are_a_table(context):
    plan, outcome = yearly((2019, 38.0), status="plan"), yearly((2019, 40.0))
    table = plan_figure(knowing(context, outcome, plan), "craft_classes")
    assert isinstance(table, Table)
    assert table.note == "2019 is the only year with both: 40 classes against a plan of 38."
    assert [source.source_id for source in table.sources] == ["src_001"]


@pytest.mark.parametrize(
    ("outcomes", "finding"),
    [
        ([(2018, 40)], "Plans were found, outcomes of the same years were not."),
        ([(2018, 40), (2019, 40)], "2019 is the only year with both: 40 classes against a plan of 38."),
        (
            [(2019, 40), (2020, 40)],
            "Years with both figures: 2019, 2020. The outcome reached the plan, or its low end, in 1 of 2.",
        ),
    ],
)
def test_a_plan_figure_says_of_which_years_it_knows_both(context, outcomes, finding):
    plans = yearly((2019, 38.0), (2020, 47.0), status="plan")
    figure = plan_figure(knowing(context, yearly(*outcomes), plans), "craft_classes")
    assert isinstance(figure, Figure)
    assert figure.finding == finding


def test_a_plan_figure_begins_with_the_first_planned_year(context):
    outcomes = yearly((2008, 11_000), (2019, 40), (2020, 47))
    figure = plan_figure(knowing(context, outcomes, yearly((2019, 38.0), status="plan")), "craft_classes")
    assert [row["year"] for row in figure.table.rows] == ["2019", "2020"]
    assert words(drawn(figure.draw, WIDE)) == ["40", "plan 38", "47"]


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
    figure = periods_figure(knowing(context, quarters(*labels)), "grdp_growth", "quarter")
    assert isinstance(figure, Figure)
    assert figure.finding == finding


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


def test_periods_in_tables_begin_with_a_capital_letter_and_their_sources_are_linked(context):
    table = periods_figure(knowing(context, quarters("2020-Q1", "2020-Q2")), "grdp_growth", "quarter").table
    assert '<th scope="row" role="rowheader">Quarter 1 of 2020</th>' in table.html()
    assert f'data-label="Source">{context.source("src_001").link}</td>' in table.html()


def test_a_single_quarter_is_a_table(context):
    table = periods_figure(knowing(context, quarters("2020-Q1")), "grdp_growth", "quarter")
    assert isinstance(table, Table)
    assert [row["value"] for row in table.rows] == [5.0]


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
    assert [(row["period"], row["value"]) for row in table.rows] == [("2019", 16.7e9)]
    assert series_figure(knowing(context, one.head(0)), "exports") is None


def test_targets_that_a_known_one_replaced_are_neither_marked_nor_led_to(context):
    rows = yearly((2025, 150.0), (2025, 180.0)).assign(
        target_id=["old", "new"], indicator_id="ocop_total", base_year=2020, base_value=117.0
    )
    known = SimpleNamespace(
        statements=lambda indicator: rows,
        current_targets=rows.tail(1),
        series=lambda indicator: yearly((2020, 117.0)),
        until=date(2020, 12, 31),
        package=context.known.package,
        indicators=context.known.indicators,
    )
    replaced = Context(known, ENGLISH)
    assert target_goals(replaced, "ocop_total") == [Goal(2025, 2025, 180.0, 180.0, "180")]
    assert required_paths(replaced, "ocop_total") == [Path([2020, 2025], [117.0, 180.0], "required")]


@pytest.mark.parametrize(
    ("indicator", "unit"),
    [
        ("exchange_rate", " (dong for one US dollar)"),
        ("iip", " (index, year before = 100)"),
        ("energy_saved", " (thousand tonnes of oil equivalent)"),
        ("kip_recognised", ""),
        ("exports", ""),
        ("grdp_growth", ""),
    ],
)
def test_a_title_names_the_unit_where_the_values_are_written_without_it(context, indicator, unit):
    assert context.in_unit(indicator) == unit


def test_a_later_figure_with_other_decimals_is_no_revision(context):
    first = yearly((2016, 8.5), (2017, 8.46), (2018, 7.1), (2019, 7.1))
    index = yearly((2016, 108.46), (2017, 108.5), (2018, 107.4), (2019, 107.0)).assign(source_id="src_002")
    known = SimpleNamespace(series=lambda indicator: {"growth": first, "index": index}[indicator])
    pairs = index_pairs(SimpleNamespace(known=known), "growth", "index")
    table = pairs_table(context, "iip_growth", pairs, "pairs")
    assert [(row["period"], row["first"], row["printed"], row["revision"]) for row in table.rows] == [
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
    assert revision_sentence(context, revisions(list(pairs["first"]), list(pairs["latest"])), pairs) == (
        "Figures that differ from their first value by more than rounding: 2 of 4. "
        "The mean absolute revision is 0.1 percentage points; the mean revision, in which ups and downs offset each "
        "other, is 0.05 percentage points."
    )


def test_only_revised_figures_are_pairs(context):
    rows = pd.concat(
        [yearly((2020, 8.5), (2021, 3.94)), yearly((2020, 8.46), (2021, 3.98)).assign(source_id="src_002")]
    )
    rows = rows.assign(scope="", known=pd.to_datetime(["2021-01-01"] * 2 + ["2022-01-01"] * 2))
    known = SimpleNamespace(figures=lambda indicator, area: rows, package=context.known.package)
    pairs = revised_pairs(SimpleNamespace(known=known), "grdp_growth")
    assert pairs.to_dict("records") == [
        {"period": "2021", "first": 3.94, "latest": 3.98, "printed": 3.98, "source_ids": ("src_001", "src_002")}
    ]
