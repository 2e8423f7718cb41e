"""Charts leave room for their words, and figures say what their numbers allow."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Picture
from matplotlib.transforms import Bbox

from builders import yearly
from promotion_book.display.axes import narrow_height
from promotion_book.display.charts import (
    Goal,
    Mark,
    Path,
    Statement,
    bars_chart,
    coverage_chart,
    plan_chart,
    series_chart,
    statements_chart,
)
from promotion_book.display.comparison import index_pairs, pairs_table, periods_figure, revised_pairs, revision_sentence
from promotion_book.display.context import Context
from promotion_book.display.figures import Figure
from promotion_book.display.language import NON_BREAKING, Language
from promotion_book.display.series import plan_figure, series_figure
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


def test_a_plan_chart_has_only_years_with_figures_and_fills_only_what_is_observed():
    outcomes = [Statement("2008", 9, 9, "9", "actual"), Statement("2019", 5, 5, "5", "estimate")]
    ax = drawn(plan_chart(outcomes, [Statement("2019", 4, 6, "4-6", "plan")], ENGLISH), WIDE)
    (legend,) = ax.get_figure().legends
    assert [label.get_text() for label in ax.get_yticklabels()] == ["2008", "2019"]
    assert words(ax) == ["9", "5, plan 4-6"]
    assert [to_hex(bar.get_facecolor()) for bar in ax.patches] == ["#12436d", "#ffffff"]
    assert [text.get_text() for text in legend.get_texts()] == ["observed", "estimate", "plan"]


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


def quarters(*labels: str) -> pd.DataFrame:
    rows = yearly(*((2020 + n, 5.0 + n) for n in range(len(labels))))
    return rows.assign(period=labels)


@pytest.mark.parametrize(
    ("labels", "known"),
    [
        (["2020-Q1", "2020-Q2"], ""),
        (["2020-Q1", "2020-Q2", "2021-Q4"], " Known: quarter 1 of 2020 to quarter 2 of 2020 and quarter 4 of 2021."),
        (
            ["2020-Q1", "2020-Q2", "2020-Q3", "2020-Q4", "2022-Q1"],
            " Known: all of 2020 and quarter 1 of 2022.",
        ),
        (
            ["2020-Q1", "2020-Q3", "2021-Q1", "2021-Q3"],
            " Known: 4 from quarter 1 of 2020 to quarter 3 of 2021, with gaps.",
        ),
    ],
)
def test_a_figure_by_quarter_says_which_quarters_are_known_if_some_are_missing(context, labels, known):
    figure = periods_figure(knowing(context, quarters(*labels)), "grdp_growth", "quarter")
    last = f"{context.period(labels[-1])}"
    assert isinstance(figure, Figure)
    assert figure.finding == f"Lowest 5% (quarter 1 of 2020), highest {4 + len(labels)}% ({last}).{known}"


def test_a_single_quarter_is_a_table(context):
    table = periods_figure(knowing(context, quarters("2020-Q1")), "grdp_growth", "quarter")
    assert isinstance(table, Table)
    assert [row["value"] for row in table.rows] == [5.0]


def test_figures_that_form_no_series_are_not_said_to_grow(context):
    figure = series_figure(knowing(context, yearly((2019, 16.7e9), (2020, 15.5e9), (2024, 19.4e9))), "exports")
    assert figure is not None
    assert (figure.kind, plain(figure.finding)) == (
        "Dot chart",
        "3 figures between USD 15.5 billion and USD 19.4 billion; they do not form a series.",
    )


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
