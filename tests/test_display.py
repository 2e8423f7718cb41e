"""Numbers, sentences, tables and charts as readers meet them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree

import pandas as pd
import pytest

from promotion_book.display import words
from promotion_book.display.arithmetic import conversions, implied_sentence, implied_wholes, stock_check
from promotion_book.display.charts import Goal, Mark, Path, series_chart
from promotion_book.display.composition import share_figure
from promotion_book.display.context import Context
from promotion_book.display.figures import ALT_LIMIT, Figure, Source
from promotion_book.display.language import Language
from promotion_book.display.numbers import NON_BREAKING
from promotion_book.display.outlook import base_sentences, outlook_figure, outlook_sentence
from promotion_book.display.readings import two_readings
from promotion_book.display.series import plan_figure, series_figure
from promotion_book.display.statements import statements_figure
from promotion_book.display.style import Size, drawing
from promotion_book.display.tables import Column, Table
from promotion_book.display.targets import attainment_figure, status_table
from promotion_book.display.verdicts import disagreements, headline, status_sentences
from promotion_book.statistics.assessment import STATUSES
from promotion_book.statistics.outlook import target_outlooks
from promotion_book.statistics.pace import ACCELERATE, ON_TRACK
from promotion_book.statistics.refusal import REASONS
from promotion_book.statistics.statuses import current, statuses

ENGLISH = Language("en")
NAN = float("nan")


def row(indicator: str, value: float = NAN, low: float = NAN, high: float = NAN) -> SimpleNamespace:
    return SimpleNamespace(indicator_id=indicator, value=value, low=low, high=high)


def plain(text: str) -> str:
    return text.replace(NON_BREAKING, " ")


@pytest.mark.parametrize(
    ("said", "written"),
    [
        (row("rural_jobs", 50_000), "50,000 jobs"),
        (row("rural_jobs", low=60_000, high=70_000), "60,000–70,000 jobs"),
        (row("establishments_supported", 10_000, low=10_000), "over 10,000 establishments"),
        (row("handicraft_workers", 1e6, high=1e6), "nearly 1,000,000 people"),
        (row("ceiling_machinery", 3e8, high=3e8), "up to VND 300 million"),
        (row("kip_budget", 2e11), "VND 200 billion"),
        (row("kip_budget_usd", 8.63e6), "USD 8.63 million"),
        (row("handicraft_exports_growth", low=5, high=8), "5–8%"),
        (row("exports_growth", -2.4), "−2.4%"),
        (row("kip_share_of_output", 34.23), "34.23%"),
        (row("iip", 103.03), "103.03"),
        (row("energy_saved", 739.7), "739.7 kTOE"),
    ],
)
def test_a_figure_is_written_as_its_source_meant_it(context, said, written):
    assert plain(context.numbers.figure(said)) == written


def test_a_target_printed_as_up_to_says_so(context):
    assert context.numbers.figure(row("rural_jobs", 70_000, high=70_000), target=True) == "up to 70,000 jobs"


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("2024", "2024"),
        ("2024-H1", "first half of 2024"),
        ("2024-Q3", "quarter 3 of 2024"),
        ("2016-2020", "2016–2020"),
        ("2019-9M", "January–September 2019"),
        ("2024-07", "July 2024"),
        ("2024-09-10", "10 September 2024"),
        ("2018-01-01/2020-09-16", "1 January 2018 to 16 September 2020"),
        ("2018-05-15/..", "since 15 May 2018"),
    ],
)
def test_a_period_is_written_as_readers_write_it(context, label, written):
    assert context.period(label) == written


@pytest.mark.parametrize(
    ("items", "written"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_items_are_listed_as_in_a_sentence(items, written):
    assert ENGLISH.listed(items) == written


def test_every_status_and_reason_has_its_words():
    assert set(words.STATUS) == set(words.SIGNS) == set(words.MEANING) == set(STATUSES)
    assert set(words.REASONS) == set(REASONS)
    assert len(set(words.SIGNS.values())) == len(STATUSES)


def test_the_page_on_statuses_names_the_thresholds_that_the_code_uses():
    assert f"{ON_TRACK:.0%}" in words.MEANING["on_track"]
    assert f"{ACCELERATE:.0%}" in words.MEANING["limited"]
    assert f"{ACCELERATE:.0%} to {ON_TRACK:.0%}" in words.MEANING["accelerate"]


def test_a_reader_of_2025_finds_what_a_growth_of_eight_per_cent_leads_to(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", 0.08)
    assert plain(outlook_sentence(context, "handicraft_exports", outlook)) == (
        "8% a year from USD 192 million in 2018 gives USD 329 million in 2025; the target of USD 550 million needs "
        "16.2% a year. The first is an assumption, not a forecast."
    )


def test_a_level_and_a_growth_rate_imply_a_base_that_no_source_prints(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", 0.08)
    wanted = context.known.statements("handicraft_exports_growth", frequency="years")
    assert [plain(s) for s in base_sentences(context, "handicraft_exports", outlook, wanted)] == [
        "5% a year up to USD 550 million would need a base of USD 431 million in 2020.",
        "8% a year up to USD 550 million would need a base of USD 374 million in 2020.",
    ]


def test_a_reader_of_2025_finds_by_how_much_the_product_target_was_passed_and_the_other_reading(context):
    assert two_readings(context, "kip_recognised_total", "kip_recognised_in_force") == [
        "Target 150–180 products: 300 products have been recognised by 2025, 150 products above the low end; "
        "104 products hold a valid title, 46 products below the low end."
    ]


def test_a_reader_of_2025_finds_why_the_national_shares_cannot_all_be_right(context):
    table = implied_wholes(context, "craft_villages_total", "craft_villages_national_share")
    assert [(r["share"], round(r["whole"])) for r in table.rows] == [
        (60, 2250),
        (45, 3000),
        (45, 3000),
        (40, 3375),
        (25, 5400),
    ]
    assert implied_sentence(context, "craft_villages_total", table)[1] == (
        "With the 5,411 villages that one source counts in the country, the share is 24.9%."
    )


def test_a_reader_of_2025_finds_where_sources_want_different_things(context):
    said = disagreements(context, current(context.known))
    assert "Rural jobs created, 2021–2025: sources want 60,000–70,000 jobs or up to 70,000 jobs or 50,000 jobs." in said
    assert (
        "New handicraft designs, 2021–2025: 2,000 designs (for export) or over 3,500 designs (for home and export). "
        "The scope differs."
    ) in said


def test_the_verdict_on_key_products_names_figure_high_end_and_year(context):
    judged = statuses(context.known, date(2025, 1, 1))
    told = status_sentences(context, judged[judged["indicator_id"] == "kip_recognised_total"])
    assert told == [
        "Key industrial products recognised since 2018, 2025 (wanted: 150–180 products): ✓ target met. "
        "300 products in 2025. The high end is met too. Reached in 2021."
    ]


def test_a_verdict_that_depends_on_the_source_says_so(context):
    judged = statuses(context.known, date(2025, 1, 1))
    row = judged[judged["indicator_id"] == "ocop_total"]
    missed = row.assign(assessment=[replace(row["assessment"].iloc[0], status="missed")], status="missed", value=4000.0)
    both = pd.concat([row, missed]).assign(robust=False)
    assert status_sentences(context, both)[0].endswith(
        "The verdict depends on the statement: ✓ target met (3,054 products); ✕ target missed (4,000 products)."
    )
    assert headline(context, both)[-1].startswith("For OCOP products recognised since 2019 the verdict depends")


def test_an_edition_without_targets_says_so(context):
    none = statuses(context.known, date(2040, 1, 1))
    assert headline(context, none) == ["No target was known for this period on the cut-off day."]
    assert status_sentences(context, none) == ["No target of these programmes was known for the period."]


def test_the_status_table_leaves_out_a_column_that_has_no_number(context):
    judged = statuses(context.known, date(2025, 1, 1))
    assert "pace" not in [c.key for c in status_table(context, judged).columns]


def test_money_without_a_published_rate_is_said_to_have_none(context):
    table = conversions(context, [("budget", 2e11, "2021"), ("budget", 2e11, "2022")])
    assert [plain(r["usd"]) for r in table.rows] == ["USD 8.64 million", "no average rate is published"]


def test_totals_are_checked_only_where_both_figures_are_printed(context):
    table = stock_check(context, "kip_recognised_total", "kip_recognised")
    assert [(r["year"], r["agrees"]) for r in table.rows] == [("2021", True), ("2022", True), ("2023", True)]


def test_shares_of_industries_add_up_to_a_hundred(context):
    figure = share_figure(context, "kip_recognised")
    assert figure is not None
    assert sum(r["share"] for r in figure.table.rows) == pytest.approx(100)


def table(**changes) -> Table:
    columns = (Column("name", "Name"), Column("money", "Money", lambda v: f"USD {v:,.0f}", number=True))
    return Table("t", "A <caption>", columns, [{"name": "a & b", "money": 5.0}, {"name": "c", "money": NAN}], **changes)


def test_a_table_has_caption_headers_and_escaped_text():
    root = ElementTree.fromstring(f"<div>{table().html()}</div>")
    cells = {kind: ["".join(e.itertext()) for e in root.iter(kind)] for kind in ("caption", "th", "td")}
    assert cells == {"caption": ["A <caption>"], "th": ["Name", "Money", "a & b", "c"], "td": ["USD 5", "–"]}
    assert {e.get("scope") for e in root.iter("th")} == {"col", "row"}


def test_the_csv_of_a_table_holds_raw_values_and_no_dashes():
    assert list(csv.reader(io.StringIO(table().csv()))) == [["name", "money"], ["a & b", "5"], ["c", ""]]


def test_a_table_may_offer_other_columns_than_it_shows():
    assert table(raw=("money",)).csv() == 'money\n5\n""\n'


def test_a_missing_cell_is_a_dash_in_text_too():
    assert table().text().splitlines()[-1] == "c\t–"


def figure(**changes) -> Figure:
    marks = [Mark(2020, 117, "actual"), Mark(2021, 163, "estimate"), Mark(2022, 196, "derived")]
    draw = series_chart(
        marks, str, ENGLISH, [Goal(2025, 2025, 150, 180, "150-180")], [Path([2020, 2025], [117, 150], "required")]
    )
    base = Figure("f", "Products", "Line chart", "From 117 to 196.", draw, table(), (Source("src_001", "A, 2020"),))
    return replace(base, **changes)


def test_a_figure_has_alt_text_table_sources_and_downloads():
    html = figure().html("results/x", ENGLISH)
    assert 'alt="Line chart: Products. From 117 to 196."' in html
    assert '<a href="sources_and_conflicts.html#src_001">A, 2020</a>' in html
    assert all(f'href="results/x/f.{form}" download' in html for form in ("csv", "svg", "png"))
    assert "<table" in html
    assert 'srcset="results/x/f-narrow.svg"' in html


def test_a_figure_without_finding_or_with_an_endless_one_is_refused():
    for finding in ("", "x" * ALT_LIMIT):
        with pytest.raises(ValueError, match="alt text"):
            figure(finding=finding)


def test_drawing_twice_gives_the_same_bytes():
    assert figure().files() == figure().files()


def test_a_drawing_tells_standings_apart_without_colour():
    def marks(status: str) -> bytes:
        draw = series_chart([Mark(2020, 1, status), Mark(2021, 2, status)], str, ENGLISH)
        return drawing(draw, Size("wide", 4, 3), "png")

    assert len({marks(status) for status in ("actual", "estimate", "provisional", "derived", "plan")}) == 5


def test_a_drawing_for_a_phone_is_narrow():
    svg = figure().files()["f-narrow.svg"].decode()
    assert 'width="252pt"' in svg


def test_a_series_of_one_figure_is_no_figure(context):
    assert series_figure(context, "handicraft_exports") is None


def test_one_statement_is_no_comparison(context):
    rows = context.known.statements("handicraft_exports").tail(1)
    assert statements_figure(context, rows, "x", "x") is None


def test_an_indicator_without_a_plan_has_no_plan_figure(context):
    assert plan_figure(context, "ocop_total") is None


@pytest.mark.parametrize("period", ["2020", "2022", "2025"])
def test_the_figures_of_the_summary_fit_their_alt_text(known_in, period):
    context = Context(known_in(period), ENGLISH)
    figure = attainment_figure(context, statuses(context.known, date(int(period), 1, 1)))
    assert figure is not None
    assert len(figure.alt) <= ALT_LIMIT


def test_an_outlook_is_drawn_with_its_required_path(context):
    (outlook,) = target_outlooks(context.known, "handicraft_exports", 0.05)
    drawn = outlook_figure(context, "handicraft_exports", outlook)
    assert [r["year"] for r in drawn.table.rows] == list(range(2018, 2026))
    assert drawn.table.rows[-1]["required"] == pytest.approx(550e6)
