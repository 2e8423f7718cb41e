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
from promotion_book.display.arithmetic import implied_sentences, implied_wholes, rates_table, stock_check
from promotion_book.display.charts import series_chart
from promotion_book.display.composition import share_figure
from promotion_book.display.context import Context
from promotion_book.display.elements import Goal, Mark, Path
from promotion_book.display.figures import ALT_LIMIT, Figure
from promotion_book.display.language import Language
from promotion_book.display.money import conversions, exports_against_revenue
from promotion_book.display.numbers import NON_BREAKING
from promotion_book.display.outlook import base_sentences, outlook_figure, outlook_sentence
from promotion_book.display.readings import two_readings
from promotion_book.display.series import plan_figure, series_figure
from promotion_book.display.sources import Source
from promotion_book.display.statements import statements_figure
from promotion_book.display.style import Size, drawing
from promotion_book.display.tables import Column, Table
from promotion_book.display.targets import (
    attainment_figure,
    reasons_table,
    status_counts,
    status_table,
    with_figure,
    without_figure,
)
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
        "Key industrial products recognised since 2018. Target for 2025: 150–180 products. 300 products have been recognised by 2025, 150 products above the low end; "
        "104 products hold a valid title, 46 products below the low end. The sources do not say which of the two is meant. "
        "The number of valid titles is computed from the awards."
    ]


def test_a_reader_of_2025_finds_why_the_national_shares_cannot_all_be_right(context):
    table = implied_wholes(context, "craft_villages_total", "craft_villages_national_share")
    assert [(r["printed"], r["implied"]) for r in table.rows] == [
        ("60%", "2,250 villages"),
        ("45%", "3,000 villages"),
        ("over 45%", "under 3,000 villages"),
        ("40%", "3,375 villages"),
        ("25%", "5,400 villages"),
    ]
    assert implied_sentences(context, "craft_villages_total", table) == [
        "Villages with a craft: Hanoi has 1,350 villages (2020). The printed shares of the country imply anything from "
        "2,250 villages to 5,400 villages in the country; they cannot all be right for one definition.",
        "Villages with a craft: one source counts 5,411 villages in the country (2017); 1,350 villages (2020) are 24.9% "
        "of them.",
    ]


def test_a_reader_of_2020_finds_what_the_only_share_implies_beside_the_count_of_the_country(known_in):
    context = Context(known_in("2020"), ENGLISH)
    table = implied_wholes(context, "craft_villages_total", "craft_villages_national_share")
    assert implied_sentences(context, "craft_villages_total", table) == [
        "Villages with a craft: Hanoi has 1,350 villages (2020); its printed share implies 2,250 villages in the country.",
        "Villages with a craft: one source counts 5,411 villages in the country (2017); 1,350 villages (2020) are 24.9% "
        "of them.",
    ]


def test_a_reader_of_2025_finds_where_sources_want_different_things(context):
    said = disagreements(context, current(context.known))
    assert (
        "Rural jobs created, 2021–2025: the targets given are 60,000–70,000 jobs or up to 70,000 jobs or 50,000 jobs."
        in said
    )
    assert (
        "New handicraft designs, 2021–2025: 2,000 designs (for export) or over 3,500 designs (for home and export). "
        "The scope differs."
    ) in said


def test_the_verdict_on_key_products_names_figure_high_end_and_year(context):
    judged = statuses(context.known, date(2025, 1, 1))
    told = status_sentences(context, judged[judged["indicator_id"] == "kip_recognised_total"])
    assert told == [
        "Key industrial products recognised since 2018. Target for 2025: 150–180 products. ✓ target met. "
        "Latest figure: 300 products (2025, derived). The high end is met too. Reached in 2021."
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
    assert status_sentences(context, none) == ["No target of these programmes that applies to the period was found."]


def test_the_status_table_leaves_out_a_column_that_has_no_number(context):
    judged = statuses(context.known, date(2025, 1, 1))
    assert "pace" not in [c.key for c in status_table(context, judged).columns]


def test_money_without_a_published_rate_is_said_to_have_none(context):
    table = conversions(context, "kip_budget")
    assert [(r["years"], plain(r["usd"])) for r in table.rows] == [
        ("2020", "USD 8.62 million"),
        ("2021", "USD 8.64 million"),
        ("2022–2025", "no average rate of this period in the data"),
    ]


def test_exports_are_set_only_against_the_revenue_of_the_same_source_and_period(context):
    table = exports_against_revenue(context, "kip_revenue", ["kip_exports", "kip_exports_vnd"])
    assert [(r["period"], r["source_id"], r.get("share")) for r in table.rows] == [
        ("2018", "seed_002", "over 25%"),
        ("2018-2020", "src_006", None),
        ("2021", "src_012", "17%"),
        ("2021", "src_001", "17%"),
        ("2022", "src_009", None),
        ("2024", "src_002", None),
        ("2024", "src_007", None),
    ]


def test_the_share_of_the_trained_with_work_is_computed_where_both_counts_are_known(context):
    table = rates_table(context, "craft_trainees", "craft_trainees_employed")
    assert [(r["period"], round(r["share"], 3)) for r in table.rows] == [("2019", 0.8), ("2016-2020", 0.811)]


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


def test_a_series_of_one_figure_is_a_table_and_no_chart(context):
    shown = series_figure(context, "handicraft_exports")
    assert isinstance(shown, Table)
    assert [(r["period"], r["value"]) for r in shown.rows] == [("2018", 192e6)]


def test_one_statement_is_no_comparison(context):
    rows = context.known.statements("handicraft_exports").tail(1)
    assert isinstance(statements_figure(context, rows, "x", "x"), Table)
    assert statements_figure(context, rows.head(0), "x", "x") is None


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


def said(period: str = "2021-2025", scope: str = "", source_id: str = "src_024", **figure: float) -> dict[str, object]:
    base = {"indicator_id": "rural_jobs", "area": "hanoi", "scope": scope, "period": period, "source_id": source_id}
    blank = {"value": NAN, "low": NAN, "high": NAN, "reading": "at_least", "unit": "jobs", "note": "", "checked": ""}
    return {**base, **blank, **figure}


@pytest.mark.parametrize(
    ("rows", "finding"),
    [
        (
            [said(value=7e4), said(value=7e4, source_id="src_012")],
            "2 sources give 70,000.",
        ),
        (
            [said(value=5e4), said(low=6e4, high=7e4)],
            "2 statements between 50,000 and 70,000.",
        ),
        (
            [said(value=7e4), said(value=7e4, high=7e4)],
            "2 statements name 70,000, for different periods or less exactly.",
        ),
        (
            [said(value=5e4), said(value=7e4, period="2022-2025")],
            "2 statements for periods of different length; they are not compared.",
        ),
        (
            [said(value=5e4), said(value=7e4, scope="women")],
            "2 statements, not all of the same scope; they are not compared.",
        ),
    ],
    ids=["agree", "differ", "precision", "period", "scope"],
)
def test_statements_are_compared_only_where_they_are_about_the_same(context, rows, finding):
    figure = statements_figure(context, pd.DataFrame(rows), "jobs", "Jobs")
    assert figure is not None
    assert figure.finding == finding


def judged_row(context: Context, indicator: str, period: str) -> pd.DataFrame:
    judged = statuses(context.known, date(2025, 1, 1))
    return judged[(judged["indicator_id"] == indicator) & (judged["period"] == period)]


def test_an_estimate_behind_a_verdict_is_called_one_in_sentence_and_table(context):
    rows = judged_row(context, "energy_saved_rate", "2021-2025")
    assert "Latest figure: 8.26% (2021–2025, estimate)." in status_sentences(context, rows)[0]
    assert "8.26% (2021–2025, estimate; " in status_table(context, rows).rows[0]["latest"]


def test_a_target_of_growth_is_told_by_the_difference_and_not_by_a_share(context):
    rows = judged_row(context, "exports_growth", "2025")
    assert "Difference: +5.1 percentage points." in status_sentences(context, rows)[0]
    assert [(r["share"], r["difference"]) for r in status_table(context, rows).rows] == [(None, pytest.approx(5.1))]
    assert attainment_figure(context, rows) is None


def test_the_table_of_statuses_names_the_source_of_the_target_and_of_the_figure(context):
    (row,) = status_table(context, judged_row(context, "kip_recognised_total", "2025")).rows
    assert "#seed_002" in row["wanted"]
    assert "#" in row["latest"]
    assert row["latest_source_id"] in set(context.known.sources["source_id"])


def test_every_statement_stands_in_the_table_with_or_without_a_figure(context):
    judged = statuses(context.known, date(2025, 1, 1))
    assert len(with_figure(judged)) + len(without_figure(judged)) == len(judged)
    told = [r["target_id"] for r in reasons_table(context, without_figure(judged)).rows]
    assert told == [r.target_id for r in judged.itertuples() if r.assessment.latest is None]


def test_targets_are_counted_beside_their_statements(context):
    judged = statuses(context.known, date(2025, 1, 1))
    rows = status_counts(context, judged).rows
    assert [(r["status"], r["n"], r["targets"]) for r in rows] == [("met", 6, 5), ("not_assessable", 35, 24)]
    assert headline(context, judged)[0].startswith("41 statements of 29 targets apply to the period.")


def test_a_target_whose_time_has_not_come_says_when_it_begins(known_in):
    context = Context(known_in("2020"), ENGLISH)
    judged = statuses(context.known, date(2020, 1, 1))
    told = status_sentences(context, judged[(judged["status"] == "not_started")])
    assert told == [
        "Key industrial products recognised since 2018. Target for 2025: 150–180 products. ○ not started. "
        "Latest figure: 117 products (2020). Progress is measured from 2020 on."
    ]


def test_two_readings_that_agree_are_told_as_one(known_in):
    assert two_readings(Context(known_in("2020"), ENGLISH), "kip_recognised_total", "kip_recognised_in_force")[1] == (
        "Key industrial products recognised since 2018. Target for 2025: 150–180 products. 117 products have been recognised by 2020 and all hold a valid title, "
        "33 products below the low end. The number of valid titles is computed from the awards."
    )
