"""An edition at a glance: which figures lead it, its verdict in sentences, and a row for each programme."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from places import NAME, TABLES, Row, figure, put_place
from promotion_book.book.result_directive import lead_from
from promotion_book.facts import Known
from promotion_book.facts.package import read
from promotion_book.report.chapters.edition_verdict import verdict_sentences
from promotion_book.report.chapters.overview import opening, programmes_table
from promotion_book.report.context import Context
from promotion_book.report.sparkline import sparkline
from promotion_book.statistics.leading import (
    counts_by_programme,
    first_with_figure,
    leading_figures,
    targets_ahead,
    yearly_figures,
)
from promotion_book.statistics.statuses import statuses_in_force
from promotion_book.words.language import Language

AHEAD = figure("ocop_total", 2030, 40, "products", "src_003", kind="level")
SHORT = figure("handicraft_exports", 2024, 20_000_000, "usd", "src_001", kind="level")
AVERAGE = figure("handicraft_exports", 2024, 6_000_000, "usd", "src_003", scope="average_a_year")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What a made-up place knows at the end of 2024, with rows of its own."""
    monkeypatch.setenv("PROMOTION_BOOK_DATA", str(tmp_path))

    def make(**added: list[Row]) -> Known:
        tables: Mapping[str, list[Row]] = {name: [*rows, *added.get(name, [])] for name, rows in TABLES.items()}
        put_place(tmp_path, tables=tables)
        return Known(read(NAME), date(2025, 3, 31), date(2024, 12, 31))

    return make


def judged_of(known: Known) -> pd.DataFrame:
    return statuses_in_force(known, date(2024, 1, 1))


def told(known: Known) -> list[str]:
    judged = judged_of(known)
    leading = leading_figures(known, judged)
    return verdict_sentences(Context(known, Language("en")), judged, leading=leading, period="2024")


def test_a_programme_is_led_by_the_newest_figure_of_its_indicator_beside_its_target(small):
    known = small()
    leading = leading_figures(known, judged_of(known)).set_index("programme_id")
    assert leading["indicator_id"]["ocop"] == "ocop_total"
    assert leading.loc["ocop", ["value", "target_id", "share"]].tolist() == [12, "ocop_total-2025-src_001", 1.2]
    assert leading.loc["handicraft", ["value", "source_id", "target_id"]].tolist() == [5_000_000, "src_002", ""]
    assert set(leading["value"].dropna().index) == {"handicraft", "ocop"}


def test_a_later_average_leads_before_the_older_figure_behind_the_verdict(small):
    known = small(observations=[AVERAGE], targets=[SHORT])
    row = leading_figures(known, judged_of(known)).set_index("programme_id").loc["handicraft"]
    assert row[["value", "scope", "share"]].tolist() == [6_000_000, "average_a_year", 0.3]
    assert yearly_figures(known, "handicraft_exports")["year"].tolist() == [2022, 2023, 2024]


def test_the_first_figures_have_a_target_and_stand_in_the_order_of_the_programmes(small):
    known = small()
    leading = leading_figures(known, judged_of(known))
    assert first_with_figure(leading, 1)["programme_id"].tolist() == ["ocop"]
    assert first_with_figure(leading, 6)["programme_id"].tolist() == ["handicraft", "ocop"]


def test_the_targets_of_a_programme_are_counted_once(small):
    again = figure("ocop_total", 2025, 10, "products", "src_002", kind="level")
    known = small(targets=[again, SHORT])
    counts = counts_by_programme(known, judged_of(known))
    assert counts.loc[:, counts.any()].to_dict("index") == {
        "handicraft": {"met": 0, "not_assessable": 1},
        "ocop": {"met": 1, "not_assessable": 0},
    }


def test_what_comes_next_ends_with_the_plan_that_runs_after_the_period(small):
    known = small(targets=[AHEAD])
    assert targets_ahead(known)["target_id"].tolist() == ["ocop_total-2025-src_001"]
    later = Known(known.package, date(2026, 3, 31), date(2025, 12, 31))
    assert targets_ahead(later)["target_id"].tolist() == ["ocop_total-2030-src_003"]


def test_the_verdict_counts_one_target_in_words_of_one(small):
    assert told(small()) == [
        "One target of the programmes applies to 2024: target met.",
        "The target met belongs to One Commune One Product (OCOP) (1).",
        "One target is set for the years to 2025.",
    ]


def test_the_verdict_says_what_is_due_without_a_figure_and_where_the_gap_is_widest(small):
    assert told(small(observations=[AVERAGE], targets=[SHORT])) == [
        "Of the 2 targets of the programmes that apply to 2024, 1 is met and 1 cannot be judged.",
        "The target met belongs to One Commune One Product (OCOP) (1).",
        "One target without a verdict was due by now, but no figure that would decide it was published.",
        "The widest gap is that of Handicraft exports: USD\N{NO-BREAK SPACE}6\N{NO-BREAK SPACE}million in 2024, or 30% of the "
        "target of USD\N{NO-BREAK SPACE}20\N{NO-BREAK SPACE}million.",
        "One target is set for the years to 2025.",
    ]


def test_a_place_without_a_target_says_so(small):
    known = small()
    nothing = judged_of(known).iloc[:0]
    said = verdict_sentences(
        Context(known, Language("en")), nothing, leading=leading_figures(known, nothing), period="2024"
    )
    assert said[0] == "No target of the programmes was known for this period on the cut-off day."


@pytest.mark.parametrize("period", ["2020", "2024-H1", "2025"])
def test_each_figure_of_the_start_page_leads_to_its_source_and_its_chapter(known_in, period):
    known = known_in(period)
    context, judged = Context(known, Language("en")), statuses_in_force(known, date(int(period[:4]), 1, 1))
    leading = leading_figures(known, judged)
    start = opening(context, judged, leading=leading, verdict=["Verdict."], period=period)
    tiles = start.html.split("<li>")[1:]
    assert len(tiles) == 6
    assert [tile.count('class="sparkline"') for tile in tiles] == [1] * 6
    assert all('href="sources_and_conflicts.html#' in tile for tile in tiles)
    rows = programmes_table(context, judged, leading=leading).frame
    assert [str(row).count(".html") for row in rows["programme"]] == [1] * len(leading)
    assert rows["figure"].map(lambda cell: "none published" in cell or "sources_and_conflicts.html#" in cell).all()


def test_a_line_through_the_years_ends_in_a_dot_and_begins_at_zero():
    drawn = sparkline([(2020, 10), (2021, 5), (2022, 20)], alt="A < B", target=(20, 20))
    assert drawn == (
        '<svg class="sparkline" viewBox="0 0 160 36" width="160" height="36" role="img" aria-label="A &lt; B">'
        '<polyline points="5.0,18.0 70.5,24.5 136.0,5.0"/><circle cx="136.0" cy="5.0" r="3.5"/>'
        '<rect x="141" y="3.5" width="14" height="3.0"/></svg>'
    )
    assert sparkline([], alt="Nothing") == ""


def test_links_of_a_result_lead_from_its_new_page_to_the_same_places():
    html = '<a href="ocop.html#a">1</a> <a href="results/x.csv">2</a> <a href="../book/reading.html">3</a> <a href="https://a.b/">4</a> <a href="#c">5</a>'
    assert lead_from(html, page="notebooks", to="book") == (
        '<a href="../notebooks/ocop.html#a">1</a> <a href="../notebooks/results/x.csv">2</a> <a href="reading.html">3</a> '
        '<a href="https://a.b/">4</a> <a href="#c">5</a>'
    )
